/** "How credits work": a dialog in the shadow root of the element that opens it. */
import { appLocaleOf } from '../app-locale.js';
import { appModule } from '../boot.js';
import { sheetOf, templateOf } from './element.js';
import html from './explain.html';
import css from './explain.css';

/** @typedef {import('./element.js').NivellaElement} NivellaElement */

/**
 * @param {NivellaElement} host whose sheets the dialog shares
 */
export async function explain(host) {
  const root = /** @type {ShadowRoot} */ (host.shadowRoot);
  const at = (/** @type {string} */ id) => /** @type {HTMLElement} */ (root.getElementById(id));
  let dialog = /** @type {HTMLDialogElement | null} */ (root.getElementById('explain'));
  if (!dialog) {
    root.append(templateOf(html).content.cloneNode(true));
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheetOf(css)];
    dialog = /** @type {HTMLDialogElement} */ (at('explain'));
    const close = () => dialog?.close();
    at('explain-done').addEventListener('click', close);
    at('explain-close').addEventListener('click', close);
  }
  const [glue, locale, { account, ledger }] = await Promise.all(
    [appModule(), appLocaleOf(host), host.connection()],
  );
  const painter = new glue.ExplainPainter(root, locale);
  const refunds = host.getAttribute('refund-policy') ?? '';
  painter.paint(account.state().snapshot, null, refunds, account.now());
  dialog.showModal();
  try {
    painter.paint(account.state().snapshot, await ledger.rateCard(), refunds, account.now());
  } catch {
    // A visitor's page, or a store without the plugin: the rates stay out of the text.
  }
}
