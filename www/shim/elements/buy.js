/**
 * `<nivella-buy-credits>`: the Buy Credits dialog. It shows nothing of its own until `show()`;
 * a link inside it opens it.
 *
 * Attributes: `store`, `site`, `locale`, `theme`, `category` (default `tokens`), `credits-map` for
 * a store without the plugin, `return-url` (default: this page). Properties: `packages`,
 * `projection`. Methods: `show()`, `close()`, `select(id, quantity)`, `confirm()`.
 * Events: `nivella:checkout-started`, `nivella:error`.
 */
import { NivellaError } from '../errors.js';
import { NivellaElement } from './element.js';
import { followLinks } from './follow-links.js';

/** @typedef {import('./buy-dialog.js').Dialog} Dialog */

/** A module that traps twice within this time is not tried once more by itself. */
const RENEW_MS = 5000;

export class BuyCredits extends NivellaElement {
  static observedAttributes = [...NivellaElement.observedAttributes, 'category', 'credits-map'];
  /** @type {Promise<Dialog> | undefined} */
  #opening;
  /** @type {Dialog | undefined} */
  #dialog;
  #renewedAt = -Infinity;

  /** @param {AbortSignal} signal */
  async start(signal) {
    followLinks(this, signal, () => this.show().then(() => !!this.#dialog?.open));
    // Changed attributes are read when it is opened the next time.
    signal.addEventListener('abort', () => {
      this.#dialog?.close();
      this.#dialog = this.#opening = undefined;
    });
  }

  /** What is on offer; empty until the dialog was opened. */
  get packages() { return this.#dialog?.packages() ?? []; }

  /** What the choice would do; null while nothing is chosen. */
  get projection() { return this.#dialog?.projection() ?? null; }

  /** Opens the dialog and reads the packages. Resolves when they are shown, or why they are not. */
  async show() { await this.#open(); }

  /** @param {{ id: string, quantity: number }} [picked] */
  async #open(picked) {
    try {
      await this.ready;
      this.#opening ??= import('./buy-dialog.js').then(({ makeDialog }) => makeDialog(this));
      this.#dialog = await this.#opening;
      await this.#dialog.show(picked);
    } catch (error) {
      this.#opening = this.#dialog ? this.#opening : undefined;
      this.report(error);
    }
  }

  close() { this.#dialog?.close(); }

  /**
   * The module was replaced: what stood on it is made anew, once, and the choice with it.
   * @param {{ id: string, quantity: number }} [picked]
   */
  async renew(picked) {
    const again = this.#dialog?.open && performance.now() - this.#renewedAt > RENEW_MS;
    this.#renewedAt = performance.now();
    this.#dialog?.close();
    this.#dialog = this.#opening = undefined;
    if (again) await this.#open(picked);
  }

  /**
   * Chooses a package.
   * @param {string | number} id
   * @param {number} [quantity]
   * @throws {NivellaError}
   */
  select(id, quantity = 1) {
    if (!this.#dialog) throw new NivellaError('package_unknown', 'The dialog was not opened yet');
    this.#dialog.select(String(id), quantity);
  }

  /** Puts the choice into the cart and goes to the checkout. */
  async confirm() { await this.#dialog?.confirm(); }
}
