/** The notice behind toast and purchase result: template, painter, and what its buttons do. */
import { appLocaleOf } from '../app-locale.js';
import { takeAccent } from './accent.js';
import { appModule, guarded } from '../boot.js';
import { openDialog } from './buy-opener.js';
import html from './notice.html';
import tokens from './tokens.css';
import more from './tokens-more.css';
import controls from './controls.css';
import css from './notice.css';

/** @typedef {import('./element.js').NivellaElement & { dismiss?: () => void }} Host */
/** @typedef {Awaited<ReturnType<typeof makeNotice>>} Painted */
/**
 * @typedef {object} Facts
 * @property {string} [credits]
 * @property {string} [projected]
 * @property {string} [order]
 * @property {string} [used]
 * @property {string} [repaid]
 */
/** @typedef {[key: string, address: string][]} Ways */

/**
 * @param {Host} host
 * @param {AbortSignal} [signal] of the start that wants it: a later one must not be painted over
 */
export async function makeNotice(host, signal) {
  // A guest has no balance to read.
  const guest = host.hasAttribute('guest');
  const [glue, locale, connection] = await Promise.all(
    [appModule(), appLocaleOf(host), guest ? null : host.connection()],
  );
  signal?.throwIfAborted();
  const root = host.render(html, tokens + more + controls + css);
  takeAccent(host);
  const painter = new glue.NoticePainter(root, locale);
  const at = (/** @type {string} */ id) => /** @type {HTMLElement} */ (root.getElementById(id));
  const dismiss = () => (host.dismiss ? host.dismiss() : painter.hide());
  let what = '';
  at('notice-do').addEventListener('click', () => {
    if (what !== 'error') return openDialog(host);
    dismiss();
    return connection?.account.refresh();
  });
  at('notice-dismiss').addEventListener('click', dismiss);
  at('notice-close').addEventListener('click', dismiss);
  at('notice').addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && host.dismiss) dismiss();
  });
  return {
    /**
     * @param {'toast' | 'result'} kind
     * @param {string} word
     * @param {Facts} facts
     * @param {Ways} ways
     */
    show(kind, word, { credits, projected, order, used, repaid }, ways) {
      what = word;
      const { snapshot, stale } = connection?.account.state() ?? {};
      const available = stale ? undefined : snapshot?.available;
      guarded(glue, () => painter.show(
        kind, word, credits, available, projected, order, ways, used, repaid,
      ));
      requestAnimationFrame(() => host.toggleAttribute('data-ready', true));
    },
    hide() {
      try {
        painter.hide();
      } catch {
        // The module was replaced since.
        at('notice').hidden = true;
      }
    },
  };
}
