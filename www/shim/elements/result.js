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
import { forgetPurchase, keptPurchase, ownAddress, settlePurchase } from '../purchase.js';
import { NivellaElement } from './element.js';

const STATES = ['error', 'success', 'pending', 'cancelled', 'failed', 'claim', 'waiting'];
/** @typedef {[key: string, attribute: string]} Way */

/** @type {Way} */
const BACK = ['action.back', 'back-url'];
/** @type {Way} */
const HOME = ['action.home', 'home-url'];
/** @type {Way[]} */
const [RETURN, PAY] = [['action.return', 'return-url'], ['action.pay', 'pay-url']];
/** @type {Way[]} */
const AGAIN = [
  PAY, ['action.checkout', 'checkout-url'], ['action.choose', 'choose-url'], BACK, RETURN,
];
/** @type {Record<string, Way[]>} */
const WAYS = {
  success: [BACK, RETURN, ['action.receipt', 'receipt-url'], ['action.plans', 'plans-url']],
  pending: [PAY, BACK, RETURN, ['action.order', 'order-url'], HOME],
  cancelled: AGAIN,
  failed: AGAIN,
  claim: [BACK, RETURN, HOME],
  waiting: [BACK, RETURN, ['action.order', 'order-url']],
  error: [BACK, RETURN, HOME],
};

export class PurchaseResult extends NivellaElement {
  static observedAttributes = [...NivellaElement.observedAttributes, 'state', 'order'];

  /** @param {AbortSignal} signal */
  async start(signal) {
    const { makeNotice } = await import('./notice.js');
    const reading = this.hasAttribute('guest') ? null : this.connection();
    const [notice, connection] = await Promise.all([makeNotice(this, signal), reading]);
    const query = new URLSearchParams(location.search);
    const asked = this.getAttribute('state') ?? query.get('purchase') ?? 'error';
    const state = STATES.includes(asked) ? asked : 'error';
    const order = this.getAttribute('order') ?? query.get('order') ?? '';
    const kept = keptPurchase(order);
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
    notice.show('result', shown, { ...facts, order: order || 'default' }, this.#ways(state, kept));
    const placed = ['success', 'pending', 'claim'].includes(state);
    if (placed && this.hasAttribute('order')) settlePurchase(order);
    if (shown !== 'success') return;
    const { snapshot: balance } = known;
    this.dispatch('credits-purchased', { order, credits, balance });
    if (booked === null) forgetPurchase();
  }

  /** @param {string} state @param {import('../purchase.js').Purchase | null} kept */
  #ways(state, kept) {
    const to = this.hasAttribute('back-url') ? null : kept?.return_to;
    const addressOf = (/** @type {string} */ name) =>
      ownAddress(this.getAttribute(name) ?? (name === 'return-url' ? to : null));
    /** @type {[string, string][]} */
    const ways = [];
    for (const [key, name] of WAYS[state] ?? []) {
      const address = addressOf(name);
      if (address) ways.push([key, address]);
    }
    return ways;
  }
}
