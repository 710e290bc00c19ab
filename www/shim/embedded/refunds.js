/** Refunds of order lines: the money goes back, and the credits follow it by the engine's rule. */
import { NivellaError } from '../errors.js';

/** @typedef {import('./checkout.js').Order} Order */
/** @typedef {import('./checkout.js').OrderItem} OrderItem */
/** @typedef {{item: number, cents?: number, pieces?: number}} Wanted all that is left, or a part */
/** @typedef {{item: number, cents: number, pieces: number, at: string}} Refund */

/** What a line cost after its coupons. @param {OrderItem} line */
export const lineCents = ({ cents, quantity, article }) => cents ?? (article.cents ?? 0) * quantity;

/** @param {Order} order @param {OrderItem} line what went back so far */
export function refundedOf({ refunds = [] }, { item }) {
  const own = refunds.filter((refund) => refund.item === item);
  const sum = (/** @type {'cents' | 'pieces'} */ of) =>
    own.reduce((all, refund) => all + refund[of], 0);
  return { times: own.length, cents: sum('cents'), pieces: sum('pieces') };
}

/** @param {number | undefined} part @param {number} left @param {string} field */
function within(part, left, field) {
  const wanted = part ?? left;
  if (Number.isSafeInteger(wanted) && wanted > 0 && wanted <= left) return wanted;
  throw new NivellaError('reversal_invalid', 'more than is left of the line', { field });
}

/**
 * An order with one more refund, and the command that brings its credits to the new target. A line
 * that cost nothing goes back by its pieces.
 *
 * @param {Order} order @param {Wanted} wanted @param {string} at
 * @returns {{order: Order, command: import('./books.js').Command | null}}
 */
export function refund(order, { item, cents, pieces }, at) {
  const line = order.items.find((each) => each.item === item);
  if (!line) throw new NivellaError('not_found', 'no such line', { field: 'item' });
  if (!order.paid_at) throw new NivellaError('reversal_invalid', 'not paid', { field: 'order' });
  const [of, before] = [lineCents(line), refundedOf(order, line)];
  const more = { cents: 0, pieces: 0 };
  if (of > 0) more.cents = within(cents, of - before.cents, 'cents');
  else more.pieces = within(pieces, line.quantity - before.pieces, 'pieces');
  const next = { ...order, refunds: [...(order.refunds ?? []), { item, ...more, at }] };
  const isBack = next.items.every((each) => {
    const back = refundedOf(next, each);
    return lineCents(each) > 0 ? back.cents === lineCents(each) : back.pieces === each.quantity;
  });
  if (isBack) next.status = 'refunded';
  const share =
    of > 0
      ? { refunded: String(before.cents + more.cents), of: String(of) }
      : { refunded: String(before.pieces + more.pieces), of: String(line.quantity) };
  const key = `order-${order.id}-item-${item}`;
  const command = {
    op: 'reverse',
    request_id: `${key}-refund-${before.times + 1}`,
    order_item: key,
    ...share,
    reference: `order ${order.id}`,
    reason: `Refund of order ${order.id}`,
  };
  return { order: next, command: line.article.credits === undefined ? null : command };
}
