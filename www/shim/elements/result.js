/**
 * `<nivella-purchase-result>`: what became of a purchase, for the page that a checkout returns to.
 *
 * Attributes: `store`, `site`, `locale`, `theme`; `state` (`success`, `pending`, `cancelled`,
 * `failed`) and `order`, else they are read from the page's address (`?purchase=success&order=12`);
 * `receipt-url`, `checkout-url`, `choose-url`, `order-url`, `home-url`, `plans-url`: ways on.
 * Events: `nivella:credits-purchased`, `nivella:error`.
 */
import { forgetPurchase, keptPurchase, ownAddress } from '../purchase.js';
import { NivellaElement } from './element.js';

const STATES = ['error', 'success', 'pending', 'cancelled', 'failed'];
/** @typedef {[key: string, attribute: string]} Way */

/** @type {Way} */
const BACK = ['action.back', 'back-url'];
/** @type {Way} */
const HOME = ['action.home', 'home-url'];
/** @type {Way[]} */
const AGAIN = [['action.checkout', 'checkout-url'], ['action.choose', 'choose-url'], BACK];
/** @type {Record<string, Way[]>} */
const WAYS = {
  success: [BACK, ['action.receipt', 'receipt-url'], ['action.plans', 'plans-url']],
  pending: [BACK, ['action.order', 'order-url'], HOME],
  cancelled: AGAIN,
  failed: AGAIN,
  error: [BACK, HOME],
};

export class PurchaseResult extends NivellaElement {
  static observedAttributes = [...NivellaElement.observedAttributes, 'state', 'order'];

  /** @param {AbortSignal} signal */
  async start(signal) {
    const { makeNotice } = await import('./notice.js');
    const [notice, { account }] = await Promise.all([makeNotice(this, signal), this.connection()]);
    const query = new URLSearchParams(location.search);
    const asked = this.getAttribute('state') ?? query.get('purchase') ?? 'error';
    const state = STATES.includes(asked) ? asked : 'error';
    const order = this.getAttribute('order') ?? query.get('order') ?? '';
    const kept = keptPurchase();
    if (state === 'success') await account.refresh();
    if (signal.aborted) return;
    const known = account.state();
    const word = state === 'success' && (known.stale || !known.snapshot) ? 'waiting' : state;
    const facts = { credits: kept?.credits, projected: kept?.projected ?? undefined };
    // An amount that is not kept is not told: then the title would say "0 credits added".
    const shown = word === 'success' && !kept ? 'waiting' : word;
    notice.show('result', shown, { ...facts, order: order || 'default' }, this.#ways(state, kept));
    if (shown !== 'success') return;
    const { snapshot: balance } = known;
    this.dispatch('credits-purchased', { order, credits: kept?.credits, balance });
    forgetPurchase();
  }

  /** @param {string} state @param {import('../purchase.js').Purchase | null} kept */
  #ways(state, kept) {
    const addressOf = (/** @type {string} */ name) =>
      ownAddress(this.getAttribute(name) ?? (name === 'back-url' ? kept?.return_to : null));
    /** @type {[string, string][]} */
    const ways = [];
    for (const [key, name] of WAYS[state] ?? []) {
      const address = addressOf(name);
      if (address) ways.push([key, address]);
    }
    return ways;
  }
}
