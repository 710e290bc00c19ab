/** Where the result of a purchase leads on: to what its element, or who went to buy, named. */
import { ownAddress } from '../purchase.js';

/** @typedef {[key: string, attribute: string]} Way */

/** @type {Way[]} */
const [BACK, HOME] = [['action.back', 'back-url'], ['action.home', 'home-url']];
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

/**
 * @param {Element} element whose attributes name addresses
 * @param {string} state of the purchase
 * @param {import('../purchase.js').Purchase | null} kept
 * @returns {[string, string][]} messages' keys and addresses; what leads elsewhere is left out
 */
export function waysOn(element, state, kept) {
  const to = element.hasAttribute('back-url') ? null : kept?.return_to;
  const addressOf = (/** @type {string} */ name) =>
    ownAddress(element.getAttribute(name) ?? (name === 'return-url' ? to : null));
  /** @type {[string, string][]} */
  const ways = [];
  for (const [key, name] of WAYS[state] ?? []) {
    const address = addressOf(name);
    if (address) ways.push([key, address]);
  }
  return ways;
}
