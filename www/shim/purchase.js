/**
 * What the buyer went to the checkout for, kept in this browser until they are back: so that the
 * page they return to can say whether the balance is what was projected.
 */
const KEY = 'nivella-credits:purchase';
/** After this long nobody comes back from the checkout for it. */
const KEPT_MS = 7 * 86_400_000;

/**
 * @typedef {object} Purchase
 * @property {string} id
 * @property {number} quantity
 * @property {string} credits
 * @property {string | null} projected
 * @property {string} return_to
 * @property {string} [order] which it became, once that is known
 * @property {number} [kept_at]
 */

/** @param {Purchase} purchase */
export function keepPurchase(purchase) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...purchase, kept_at: Date.now() }));
  } catch {
    // Without storage the result is told without a comparison.
  }
}

/**
 * The whole order as the checkout shows it takes the place of the one package that was chosen; the
 * way back stays.
 * @param {string} credits
 * @param {string | null} projected
 */
export function keepOrder(credits, projected) {
  // A tab behind the one that pays learns of the new balance too: it would project once more.
  if (document.hidden) return;
  const { id = 'order', quantity = 1, return_to = '' } = keptPurchase() ?? {};
  keepPurchase({ id, quantity, credits, projected, return_to });
}

/**
 * @param {string} [order] whose page asks; what became another order is not told
 * @returns {Purchase | null}
 */
export function keptPurchase(order = '') {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    const valid = typeof found?.id === 'string' && typeof found.credits === 'string'
      && typeof found.return_to === 'string' && Date.now() - found.kept_at < KEPT_MS;
    return valid && [undefined, order].includes(found.order) ? found : null;
  } catch {
    return null;
  }
}

/**
 * What is kept became this order: its page may be loaded again and then says the same, and the
 * next purchase begins anew.
 * @param {string} order
 */
export function settlePurchase(order) {
  const kept = keptPurchase(order);
  if (kept) keepPurchase({ ...kept, order });
}

export function forgetPurchase() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // As above.
  }
}

/**
 * The page to go back to: on this origin, or on one that the plugin printed from the store's own
 * list, so that a stored address leads nowhere else.
 * @param {string | null | undefined} address
 * @returns {string | null}
 */
export function ownAddress(address) {
  if (!address || !URL.canParse(address, location.href)) return null;
  const url = new URL(address, location.href);
  return url.origin === location.origin || listed().includes(url.origin) ? url.href : null;
}

/** @returns {string[]} */
function listed() {
  const printed = document.getElementById('wp-script-module-data-nivella-credits')?.textContent;
  return JSON.parse(printed || '{}').endpoints?.origins ?? [];
}
