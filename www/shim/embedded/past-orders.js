/** The orders that an account's history has paid for, as the shop would have kept them. */
import { random } from './answers.js';

/** @typedef {import('./catalog.js').Article} Article */
/** @typedef {import('./checkout.js').Order} Order */
/** @typedef {import('./seed.js').Step} Step */

const BILLING = { first_name: 'Ada Lovelace', last_name: '', email: 'ada@example.com' };

/** What was sold then may not be any more. @param {string} credits @returns {Article} */
const former = (credits) => ({
  id: 9,
  name: `${Number(credits).toLocaleString('en-US')} AI Credits`,
  slug: `ai-credits-${credits}`,
  sku: '',
  cents: Math.round(Number(credits) / 2),
  credits,
});

/** @param {Step[]} sales grants and reversals of order items @param {Article[]} articles */
export function pastOrders(sales, articles) {
  /** @type {Map<string, Order>} */
  const orders = new Map();
  for (const { at, command } of sales) {
    const key = String(command.order_item);
    const [, id, item] = /^order-(\d+)-item-(\d+)$/.exec(key) ?? [];
    const iso = new Date(at).toISOString();
    const order = orders.get(key);
    if (command.op === 'grant') {
      const credits = String(command.amount);
      const article = articles.find((each) => each.credits === credits) ?? former(credits);
      const cents = article.cents ?? 0;
      orders.set(key, {
        id: Number(id),
        key: `wc_order_${random(7)}`,
        status: 'processing',
        items: [{ item: Number(item), quantity: 1, article, cents }],
        cents,
        billing: BILLING,
        method: 'demo_card',
        created_at: iso,
        paid_at: iso,
      });
    } else if (order) {
      const refunds = [{ item: Number(item), cents: order.cents, pieces: 0, at: iso }];
      orders.set(key, { ...order, status: 'refunded', refunds });
    }
  }
  return [...orders.values()];
}
