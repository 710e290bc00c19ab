/**
 * `<nivella-purchase-result>`: what became of a purchase, for the page that a checkout returns to.
 *
 * Attributes: `store`, `site`, `locale`, `theme`; `guest`, for a buyer without an account; `state`
 * (`success`, `pending`, `cancelled`, `failed`, `claim`, `waiting`) and `order`, else they are read
 * from the page's address (`?purchase=success&order=12`); what the store has booked, decimal
 * strings: `credits` of the order, `repaid` of them, `used` since it was placed; ways on:
 * `back-url` to the chat, `return-url` to any other page, `receipt-url`, `checkout-url`, `pay-url`,
 * `choose-url`, `order-url`, `home-url`, `plans-url`.
 * Events: `nivella:credits-purchased`, `nivella:error`.
 */
import { forgetPurchase, keptPurchase, settlePurchase } from '../purchase.js';
import { NivellaElement } from './element.js';
import { waysOn } from './result-ways.js';

const STATES = ['error', 'success', 'pending', 'cancelled', 'failed', 'claim', 'waiting'];

export class PurchaseResult extends NivellaElement {
  static observedAttributes = [...NivellaElement.observedAttributes, 'state', 'order'];
  /**
   * What was kept of which purchase, and whether the page was told of it: it is forgotten then, and
   * a later start, in another look or language, says the same.
   * @type {{ order: string, kept: import('../purchase.js').Purchase | null, told: boolean } | null}
   */
  #about = null;

  /** @param {AbortSignal} signal */
  async start(signal) {
    const { makeNotice } = await import('./notice.js');
    const reading = this.hasAttribute('guest') ? null : this.connection();
    const [notice, connection] = await Promise.all([makeNotice(this, signal), reading]);
    const query = new URLSearchParams(location.search);
    const asked = this.getAttribute('state') ?? query.get('purchase') ?? 'error';
    const state = STATES.includes(asked) ? asked : 'error';
    const order = this.getAttribute('order') ?? query.get('order') ?? '';
    if (this.#about?.order !== order) {
      this.#about = { order, kept: keptPurchase(order), told: false };
    }
    const about = this.#about;
    const { kept } = about;
    const booked = this.getAttribute('credits');
    const account = connection?.account;
    if (state === 'success') await account?.refresh();
    if (signal.aborted) return;
    const known = account?.state() ?? { snapshot: null, stale: true };
    const word = state === 'success' && (known.stale || !known.snapshot) ? 'waiting' : state;
    const credits = booked ?? kept?.credits;
    // What was projected for another order is no measure for this one.
    const projected = (credits === kept?.credits && kept?.projected) || undefined;
    const [used, repaid] = ['used', 'repaid'].map((name) => this.getAttribute(name) ?? undefined);
    const facts = { credits, projected, used, repaid };
    // An amount that is not known is not told: then the title would say "0 credits added".
    const told = word === 'success' && credits === undefined ? 'waiting' : word;
    // Of an order that was placed the cart may be gone.
    const shown = told === 'failed' && this.hasAttribute('order') ? 'unpaid' : told;
    const ways = waysOn(this, state, kept);
    notice.show('result', shown, { ...facts, order: order || 'default' }, ways);
    const placed = ['success', 'pending', 'claim'].includes(state);
    if (placed && this.hasAttribute('order')) settlePurchase(order);
    if (shown !== 'success' || about.told) return;
    about.told = true;
    this.dispatch('credits-purchased', { order, credits, balance: known.snapshot });
    if (booked === null) forgetPurchase();
  }
}
