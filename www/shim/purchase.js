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

/** @returns {Purchase | null} */
export function keptPurchase() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    const valid = typeof found?.id === 'string' && typeof found.credits === 'string'
      && typeof found.return_to === 'string' && Date.now() - found.kept_at < KEPT_MS;
    return valid ? found : null;
  } catch {
    return null;
  }
}

export function forgetPurchase() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // As above.
  }
}

/**
 * The page to go back to: on this origin only, so that a stored address leads nowhere else.
 * @param {string | null | undefined} address
 * @returns {string | null}
 */
export function ownAddress(address) {
  if (!address || !URL.canParse(address, location.href)) return null;
  const url = new URL(address, location.href);
  return url.origin === location.origin ? url.href : null;
}
