/** The embedded store's coupons: a share off every line; one that takes all of it is a gift. */
import { MONEY, Refusal, encoded } from './answers.js';

/** Percent off, by code. @type {ReadonlyMap<string, number>} */
const COUPONS = new Map([
  ['save10', 10],
  ['welcome100', 100],
]);

/** @param {unknown} body */
const codeOf = (body) => String(/** @type {any} */ (body)?.code ?? '').toLowerCase();

/** @param {string} text */
const refused = (text) => new Refusal(400, 'woocommerce_rest_cart_coupon_error', text);

/** @param {string[]} coupons @param {unknown} body @returns {string[]} */
export function applyCoupon(coupons, body) {
  const code = codeOf(body);
  const named = `&quot;${encoded(code)}&quot;`;
  if (!COUPONS.has(code)) throw refused(`Coupon ${named} does not exist!`);
  if (coupons.includes(code)) throw refused(`Coupon code ${named} has already been applied.`);
  return [...coupons, code];
}

/** @param {string[]} coupons @param {unknown} body @returns {string[]} */
export function removeCoupon(coupons, body) {
  const code = codeOf(body);
  if (coupons.includes(code)) return coupons.filter((each) => each !== code);
  throw new Refusal(
    409,
    'woocommerce_rest_cart_coupon_invalid_code',
    'Coupon cannot be removed because it is not already applied to the cart.',
  );
}

/** What all of them take off a line; never more than it costs. @param {string[]} coupons */
export function discountOf(coupons, /** @type {number} */ cents) {
  const percent = coupons.reduce((sum, code) => sum + (COUPONS.get(code) ?? 0), 0);
  return Math.min(cents, Math.round((cents * percent) / 100));
}

/** @param {string[]} coupons @param {number[]} lines cents of each, before any discount */
export const couponsJson = (coupons, lines) =>
  coupons.map((code) => ({
    code,
    discount_type: 'percent',
    totals: {
      total_discount: String(lines.reduce((sum, cents) => sum + discountOf([code], cents), 0)),
      total_discount_tax: '0',
      ...MONEY,
    },
  }));
