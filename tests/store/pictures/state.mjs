/** Who the pictures are of: customers, carts and orders in every state that a buyer may meet. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { owner, php, shopper } from '../plugin/shopper.mjs';

/** @param {string[]} words @returns {any} what state.php says */
export function state(...words) {
  const script = fileURLToPath(new URL('state.php', import.meta.url));
  return JSON.parse(execFileSync('php', [script, ...words], { encoding: 'utf8' }));
}

/** The page after the checkout. @param {any} order as the Store API answers it */
const pageOf = (order) =>
  `checkout/order-received/${order.order_id}/?key=${order.order_key}`;

/** Orders and carts; where their pages are. */
export async function prepare() {
  const shop = php('prepare');
  state('people');
  state('pages');
  const admin = owner(shop.password);
  const set = (/** @type {any} */ order, /** @type {string} */ status) =>
    admin('PUT', `orders/${order.order_id}`, { status });
  const noor = shopper();
  await noor.signIn('noor');
  const paid = await noor.buy(shop.simple, 1, 'bacs');
  await set(paid, 'completed');
  const waiting = await noor.buy(shop.simple, 1, 'bacs');
  const failed = await noor.buy(shop.simple, 1, 'bacs');
  await set(failed, 'failed');
  const dan = shopper();
  await dan.signIn('dan');
  const guest = shopper();
  const claim = await guest.buy(shop.simple, 2, 'bacs', { email: 'guest@example.com' });
  await set(claim, 'completed');
  for (const name of ['maya', 'dan']) {
    const person = shopper();
    await person.signIn(name);
    await person.call('POST', 'cart/add-item', { id: shop.large, quantity: 2 });
    await person.call('POST', 'cart/add-item', { id: shop.simple, quantity: 1 });
  }
  php('jobs');
  php('jobs');
  const mails = readFileSync(`${process.env.NIVELLA_RUN}/mails.txt`, 'utf8')
    .replaceAll(/=\r?\n/g, '').replaceAll('=3D', '=');
  const [link = ''] = /http\S+?nivella_credits_claim=\d+-[0-9a-f]{64}/.exec(mails) ?? [];
  return {
    ...shop,
    link: new URL(link).pathname.slice(1) + new URL(link).search,
    paid: paid.order_id,
    received: {
      paid: pageOf(paid), waiting: pageOf(waiting), failed: pageOf(failed), claim: pageOf(claim),
    },
  };
}
