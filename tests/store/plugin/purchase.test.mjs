/**
 * Purchases at the real store, from the cart to the balance, by every method of payment that it has
 * without a gateway. Run by `make test-store`, with orders among posts and in tables of their own.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { owner, php, shopper } from './shopper.mjs';

const { STORE, NIVELLA_RUN } = process.env;
const skip = !(STORE && NIVELLA_RUN) && 'run by: make test-store WP_DIR=folder';

describe('purchases at a real store', { skip }, () => {
  /** @type {Record<string, any>} */
  let shop = {};
  /** @type {ReturnType<typeof owner>} */
  let admin;
  let number = 0;
  before(() => {
    shop = php('prepare');
    admin = owner(shop.password);
  });

  /** A customer of their own, signed in. */
  async function customer() {
    const name = `buyer${++number}`;
    php('customer', name);
    const person = shopper();
    await person.signIn(name);
    return { ...person, name };
  }

  const PRODUCTS = /** @type {[string, string][]} */ ([
    ['simple', '6000'],
    ['small', '4500'],
    ['large', '13501.5'],
  ]);
  /** The method, the status after the checkout, what the owner sets then. */
  const WAYS = /** @type {[string, string, string[]][]} */ ([
    ['bacs', 'on-hold', ['processing']],
    ['cheque', 'on-hold', ['completed']],
    ['cod', 'processing', ['completed']],
    ['free', 'completed', []],
  ]);
  for (const [way, status, steps] of WAYS) {
    for (const [product, credits] of PRODUCTS) {
      test(`3 of "${product}" by ${way}: ${credits} when paid, not before`, async () => {
        const person = await customer();
        const coupon = way === 'free' ? 'free' : undefined;
        const order = await person.buy(shop[product], 3, way, { coupon });
        assert.equal(order.status, status);
        for (const step of steps) {
          assert.equal(await person.available(), '0');
          await admin('PUT', `orders/${order.order_id}`, { status: step });
        }
        assert.equal(await person.available(), credits);
        // Said once more, and in another way.
        await admin('PUT', `orders/${order.order_id}`, { status: 'processing' });
        await admin('PUT', `orders/${order.order_id}`, { status: 'completed' });
        assert.equal(await person.available(), credits);
        const notes = php('notes', String(order.order_id)).join('\n');
        assert.equal(notes.split('credits granted').length, 2, notes);
      });
    }
  }

  test('the store’s own list of products says what each of them gives', async () => {
    const { call } = shopper();
    const { body } = await call('GET', `products?include=${shop.simple},${shop.goods}&per_page=9`);
    /** @type {any[]} */
    const products = body;
    const of = (/** @type {number} */ id) =>
      products.find((each) => each.id === id)?.extensions['nivella-credits'];
    const simple = { credits: '2000', bonus: '0', validity_days: null };
    assert.deepEqual(of(shop.simple), simple);
    assert.deepEqual(Object.keys(of(shop.goods) ?? {}), []);
    const small = await call('GET', `products/${shop.small}`);
    assert.equal(small.body.extensions['nivella-credits'].credits, '1500');
  });

  for (const crowd of [2, 8]) {
    test(`${crowd} say at once that an order is paid: credits once`, async () => {
      const name = `crowd${crowd}`;
      const customer_id = php('customer', name);
      const person = shopper();
      await person.signIn(name);
      const line_items = [{ product_id: shop.simple, quantity: 1 }];
      const order = { customer_id, payment_method: 'bacs', status: 'on-hold', line_items };
      const count = process.env.NIVELLA_FULL ? 200 : 5;
      for (let n = 1; n <= count; n++) {
        const { id } = await admin('POST', 'orders', order);
        // By half of them it is to be processed, by the others it is done.
        const say = (/** @type {number} */ way) =>
          admin('PUT', `orders/${id}`, { status: way % 2 ? 'processing' : 'completed' });
        await Promise.all(Array.from({ length: crowd }, (_, way) => say(way)));
        assert.equal(await person.available(), String(2000 * n), `order ${id}`);
      }
    });
  }

  test('refunds by REST take their share, and give it again when they are deleted', async () => {
    const person = await customer();
    const { order_id: id } = await person.buy(shop.simple, 3, 'bacs');
    const order = await admin('PUT', `orders/${id}`, { status: 'completed' });
    assert.equal(await person.available(), '6000');
    const line = { id: order.line_items[0].id, quantity: 1, refund_total: 10 };
    const back = { amount: '10', api_refund: false, line_items: [line] };
    const first = await admin('POST', `orders/${id}/refunds`, back);
    assert.equal(await person.available(), '4000');
    await admin('POST', `orders/${id}/refunds`, { amount: '5', api_refund: false });
    assert.equal(await person.available(), '3000');
    await admin('DELETE', `orders/${id}/refunds/${first.id}?force=true`);
    assert.equal(await person.available(), '5000');
    await admin('PUT', `orders/${id}`, { status: 'cancelled' });
    assert.equal(await person.available(), '0');
    await admin('PUT', `orders/${id}`, { status: 'completed' });
    assert.equal(await person.available(), '5000');
    await admin('DELETE', `orders/${id}`);
    assert.equal(await person.available(), '0');
    await admin('DELETE', `orders/${id}?force=true`);
    assert.equal(await person.available(), '0');
  });

  /** What is bought 3 of, what of it is used, the pieces that go back, and what is told then. */
  const AFTER_USE = /** @type {[string, string, number, Record<string, string>][]} */ ([
    ['simple', '5000', 3, {
      left: '0', note: '6000 credits to be taken back, 1000 recovered; 5000 owed',
      page: 'Owed: 5,000. It is repaid first.', repaid: '5,000 of them repaid what was owed.',
    }],
    ['large', '5000', 1, {
      left: '4001', note: '4500.5 credits to be taken back, 4500.5 recovered.',
      page: '4,001 Credits',
    }],
  ]);
  for (const [product, used, pieces, told] of AFTER_USE) {
    test(`${pieces} of 3 "${product}" refunded after use: note and page say so`, async () => {
      const person = await customer();
      const { order_id: id } = await person.buy(shop[product], 3, 'cod');
      const order = await admin('PUT', `orders/${id}`, { status: 'completed' });
      php('use', person.name, used);
      const [line] = order.line_items;
      const money = (Number(line.total) / 3) * pieces;
      const back = { id: line.id, quantity: pieces, refund_total: money };
      const refund = { amount: String(money), api_refund: false, line_items: [back] };
      await admin('POST', `orders/${id}/refunds`, refund);
      assert.equal(await person.available(), told.left);
      const notes = php('notes', String(id)).join('\n');
      assert.ok(notes.includes(told.note ?? ''), notes);
      const page = async (/** @type {string} */ path) =>
        (await person.fetch(`${STORE}${STORE?.endsWith('/') ? '' : '/'}${path}`)).text();
      assert.ok((await page('my-account/credits/')).includes(told.page ?? ''), told.page);
      if (!told.repaid) return;
      const next = await person.buy(shop[product], 3, 'bacs');
      await admin('PUT', `orders/${next.order_id}`, { status: 'completed' });
      assert.equal(await person.available(), '1000');
      const after = `checkout/order-received/${next.order_id}/?key=${next.order_key}`;
      assert.ok((await page(after)).includes(told.repaid), told.repaid);
    });
  }

  test('an order that REST makes as paid is granted', async () => {
    const person = await customer();
    const name = `rest${number}`;
    const customer_id = php('customer', name);
    const line_items = [{ product_id: shop.simple, quantity: 2 }];
    const order = { customer_id, set_paid: true, payment_method: 'bacs', line_items };
    await admin('POST', 'orders', order);
    const owned = shopper();
    await owned.signIn(name);
    assert.equal(await owned.available(), '4000');
    assert.equal(await person.available(), '0');
  });

  // A7: price and credits in the request.
  test('what a buyer adds to the request changes neither price nor credits', async () => {
    const person = await customer();
    const more = { price: '0', credits: '999999', _nivella_credits_credits: '999999' };
    const body = { id: shop.simple, quantity: 1, cart_item_data: more, extensions: more, ...more };
    const { body: cart } = await person.call('POST', 'cart/add-item', body);
    assert.equal(cart.totals.total_price, '1000');
    const { order_id } = await person.buy(shop.simple, 1, 'bacs');
    await admin('PUT', `orders/${order_id}`, { status: 'completed' });
    assert.equal(await person.available(), '4000');
  });

  for (const quantity of [-1, 0.5, '1e30', 1e9, 'NaN', null, 9223372036854775807n.toString()]) {
    // A8: quantities that are none.
    test(`a quantity of ${quantity} gives what the order's line says, or no order`, async () => {
      const person = await customer();
      const body = { id: shop.simple, quantity };
      const { status, body: cart } = await person.call('POST', 'cart/add-item', body);
      if (status !== 201) {
        assert.equal(status, 400);
        return;
      }
      const held = cart.items[0].quantity;
      assert.ok(Number.isInteger(held) && held > 0 && held <= 9999);
      const { order_id } = await person.buy(shop.goods, 1, 'bacs');
      await admin('PUT', `orders/${order_id}`, { status: 'completed' });
      assert.equal(await person.available(), String(2000 * held));
    });
  }

  // A9: coupons where the owner wants none.
  test('where an owner wants no coupons on packages, they are refused for them alone', async () => {
    const person = await customer();
    php('option', 'nivella_credits_allow_coupons', 'no');
    try {
      await person.call('POST', 'cart/add-item', { id: shop.goods, quantity: 1 });
      const fine = await person.call('POST', 'cart/apply-coupon', { code: 'free' });
      assert.equal(fine.status, 200);
      // A package beside it takes the coupon away again.
      await person.call('POST', 'cart/add-item', { id: shop.simple, quantity: 1 });
      const { body: cart } = await person.call('GET', 'cart');
      assert.deepEqual([cart.coupons, cart.totals.total_price], [[], '1500']);
      const refused = await person.call('POST', 'cart/apply-coupon', { code: 'free' });
      assert.equal(refused.status, 400);
      assert.match(refused.body.message, /Coupons can not be used for credit packages/);
    } finally {
      php('option', 'nivella_credits_allow_coupons', 'yes');
    }
  });

  test('a guest claims by the link of the mail, signed in, once', async () => {
    const guest = shopper();
    const { order_id } = await guest.buy(shop.simple, 2, 'bacs', { email: 'guest@example.com' });
    await admin('PUT', `orders/${order_id}`, { status: 'completed' });
    php('jobs');
    const mails = readFileSync(`${NIVELLA_RUN}/mails.txt`, 'utf8').replaceAll('=\r\n', '');
    const [link = ''] = /http\S+nivella_credits_claim=\d+-[0-9a-f]{64}/.exec(mails) ?? [];
    assert.notEqual(link, '');
    // Whoever is not signed in, such as a mail program, changes nothing.
    assert.match(await (await guest.fetch(link)).text(), /Sign in or register/);
    const person = await customer();
    const form = await (await person.fetch(link)).text();
    assert.match(form, new RegExp(`account ${person.name}`));
    assert.equal(await person.available(), '0');
    const [, nonce = ''] = /name="_wpnonce" value="(\w+)"/.exec(form) ?? [];
    /** @param {string} value */
    const post = (value) => ({
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: `_wpnonce=${value}`,
    });
    await person.fetch(link, post('0123456789'));
    assert.equal(await person.available(), '0');
    const done = await person.fetch(link, post(nonce));
    assert.match(await done.text(), /The credits are yours/);
    assert.equal(done.headers.get('referrer-policy'), 'no-referrer');
    assert.equal(await person.available(), '4000');
    const other = await customer();
    assert.equal((await other.fetch(link)).status, 410);
    assert.equal(await other.available(), '0');
    assert.equal(await person.available(), '4000');
  });
});
