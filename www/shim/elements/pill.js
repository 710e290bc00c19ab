/**
 * `<nivella-credit-pill>`: the live balance, for a chat's header or a page's.
 *
 * Attributes: `store`, `site`, `locale`, `theme`, `show` (`exact`, `rounded`, `level`: it can only
 * reduce what the server sent), `usage-url`, and for the dialog that it opens `category`,
 * `credits-map`. Property: `balance`, as last read, or null. Events: `nivella:balance-changed`,
 * `nivella:low-balance`, `nivella:depleted`, `nivella:recovered`, `nivella:error`.
 * Inside the tag: what the server printed, shown until there is a reading.
 */
import { pillModule, prefetchApp } from '../boot.js';
import { firstReading } from '../first-reading.js';
import { localeOf } from '../locale.js';
import { NivellaElement } from './element.js';
import { PillPainter, SHOW } from './pill-painter.js';
import html from './pill.html';
import css from './pill.css';
import tokens from './tokens.css';

/** @typedef {import('../snapshot.js').Snapshot} Snapshot */

export class CreditPill extends NivellaElement {
  static observedAttributes = [...NivellaElement.observedAttributes, 'show'];
  /** @type {Snapshot | null} */
  balance = null;

  /** @param {AbortSignal} signal */
  async start(signal) {
    const [store, site] = [this.getAttribute('store'), this.getAttribute('site')];
    const first = firstReading(store, site);
    const [glue, locale] = await Promise.all([pillModule(), localeOf(this)]);
    if (signal.aborted) return;
    const root = this.render(html, tokens + css);
    const show = SHOW.indexOf(this.word('show', SHOW));
    const menu = site === null;
    const painter = new PillPainter(this, { glue, locale, root, show, menu, signal });
    const reading = await first;
    if (reading?.snapshot) painter.read(reading.snapshot, null);
    await painter.painted;
    if (menu) this.#listen(root, signal);
    const { account } = await this.connection();
    if (signal.aborted) return;
    const leave = account.subscribe(
      (state) => painter.hear(state, account.now()),
      (problem) => this.report(problem),
    );
    signal.addEventListener('abort', leave);
  }

  /** @param {ShadowRoot} root @param {AbortSignal} signal */
  #listen(root, signal) {
    const button = root.getElementById('pill');
    button?.addEventListener('pointerenter', prefetchApp, { signal });
    button?.addEventListener('focus', prefetchApp, { signal });
    button?.addEventListener('click', () => this.openMenu(), { signal });
  }

  /** Opens the account menu, or closes it. */
  async openMenu() {
    try {
      const { toggleMenu } = await import('./menu.js');
      await toggleMenu(this);
    } catch (error) {
      this.report(error);
    }
  }
}
