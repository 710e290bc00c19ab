/**
 * `<nivella-order-credits>`: the credits in an order and the balance after it, for the store's cart
 * and checkout.
 *
 * Attributes: `store`, `site`, `locale`, `theme`; `credits` and `bonus` of the whole order, decimal
 * strings; `guest`, for a buyer without an account. Property: `projected`, the balance after the
 * order, or null. Events: `nivella:error`. Inside the tag: what the server printed.
 */
import { NivellaElement } from './element.js';

const FIGURES = ['credits', 'bonus'];

export class OrderCredits extends NivellaElement {
  static observedAttributes = [...NivellaElement.observedAttributes, ...FIGURES, 'guest'];
  /** @type {string | null} */
  projected = null;
  /** Paints other figures into what is there. @type {(() => void) | undefined} */
  #change;

  /** @param {string[]} change the attribute's name first */
  attributeChangedCallback(...[name = '']) {
    if (this.#change && FIGURES.includes(name)) this.#change();
    else super.attributeChangedCallback();
  }

  /** @param {AbortSignal} signal */
  async start(signal) {
    this.#change = undefined;
    const { showOrder } = await import('./order-line.js');
    const change = await showOrder(this, signal);
    if (!signal.aborted) this.#change = change;
  }
}
