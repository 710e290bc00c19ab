/** The order behind a grant, as the receipt of a purchase says it. */
import { plus } from './amounts.js';
import { MONEY } from './answers.js';

/** @typedef {import('./database.js').Transaction} Transaction */
/** @typedef {import('./rows.js').Entry} Entry */
/** @typedef {Record<string, any>} Json */

const STORE = 'Nivella Store';
/** @type {Record<string, string>} */
const METHODS = { demo_card: 'Demo card', bacs: 'Bank transfer', free: 'Nothing to pay' };

/** @param {number} cents */
function money(cents) {
  const { currency_prefix: prefix, currency_decimal_separator: point } = MONEY;
  const whole = Math.floor(cents / 100).toLocaleString('en-US');
  return `${prefix}${whole}${point}${String(cents % 100).padStart(2, '0')}`;
}

/** A grant is what became of it, in all. @param {Json} grant */
const amountOf = (grant) =>
  ['available', 'held', 'consumed', 'reversed', 'expired'].map((part) => grant[part] ?? '0')
    .reduce(plus);

/**
 * @param {Transaction} tx
 * @param {Json[]} grants of the account
 * @param {Entry} entry
 * @returns {Promise<?Json>} null where no order is behind it
 */
export async function purchaseOf(tx, grants, { kind, grant: id }) {
  const key = kind === 'grant' ? grants.find((each) => each.id === id)?.order_item : '';
  const [, order_id, item_id] = /^order-(\d+)-item-(\d+)$/.exec(key ?? '') ?? [];
  if (!order_id) return null;
  const order = await tx.get('orders', Number(order_id));
  const line = order?.items.find((/** @type {Json} */ { item }) => item === Number(item_id));
  if (!line) return null;
  const of = (/** @type {string} */ wanted) =>
    grants.find((each) => each.order_item === key && each.kind === wanted) ?? {};
  const coupons = (order.coupons ?? []).map((/** @type {string} */ code) =>
    ({ name: 'Coupon', text: code }));
  return {
    store: STORE,
    order: `order ${order.id}`,
    at: order.paid_at ?? order.created_at,
    package: line.quantity > 1 ? `${line.quantity} × ${line.article.name}` : line.article.name,
    credits: amountOf(of('purchase')),
    bonus: amountOf(of('bonus')),
    expires_at: of('purchase').expires_at ?? null,
    price: money(line.cents ?? order.cents),
    lines: [...coupons, { name: 'Payment', text: METHODS[order.method] ?? order.method }],
  };
}
