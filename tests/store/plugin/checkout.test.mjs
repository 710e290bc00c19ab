/**
 * Cart, checkout and the page after it at the real store, in a browser: what an order gives, the
 * balance after it, and what was booked. In blocks and in the classic templates.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { pillShows } from '../../browser/person.mjs';
import { launch } from '../../browser/harness.mjs';
import { buyer } from './buyer.mjs';
import { owner, php, shopper } from './shopper.mjs';

const { STORE, NIVELLA_RUN } = process.env;
const skip = !(STORE && NIVELLA_RUN) && 'run by: make test-store WP_DIR=folder';

/** Customers of this run, in a store that may have those of others. */
const RUN = Date.now().toString(36);

describe('the order’s credits at a real store', { skip }, () => {
  /** @type {Record<string, any>} */
  let shop = {};
  /** @type {ReturnType<typeof owner>} */
  let admin;
  /** @type {import('playwright-core').Browser} */
  let browser;
  let number = 0;
  before(async () => {
    shop = php('prepare');
    admin = owner(shop.password);
    browser = await launch();
  });
  after(() => browser?.close());

  /** A customer with so many credits, at the store. @param {string} [credits] */
  async function customer(credits = '0') {
    const name = `walker${RUN}x${++number}`;
    const person = await buyer(browser, { locale: 'en-US' });
    await person.signIn(name);
    if (credits !== '0') php('grant', name, credits);
    return { ...person, name };
  }

  const KINDS = /** @type {['blocks' | 'classic', 'payInBlocks' | 'payInClassic'][]} */ ([
    ['blocks', 'payInBlocks'], ['classic', 'payInClassic'],
  ]);
  for (const [kind, pay] of KINDS) {
    describe(`in ${kind}`, () => {
      before(() => php('pages', kind));
      after(() => php('pages', 'blocks'));

      test('the line follows the cart, and what it projected is booked', async () => {
        const person = await customer('2341');
        await person.add(shop.simple, 3);
        const credits = 'Credits in this order 6,000';
        const later = 'Balance after this purchase 8,341';
        assert.deepEqual(await person.rows(), [credits, later]);
        await person.add(shop.large, 1);
        const bonus = 'Credits in this order 10,500 +0.5 bonus';
        const large = [bonus, 'Balance after this purchase 12,841'];
        assert.deepEqual(await person.rows(), large);
        await person.go('checkout/');
        assert.deepEqual(await person.rows(), large);
        await person[pay]('bacs');
        assert.deepEqual(await person.result(), [
          'Payment pending',
          `Order ${person.order()} is placed. Your credits arrive the moment the payment clears.`,
        ]);
        await admin('PUT', `orders/${person.order()}`, { status: 'completed' });
        await person.page.reload();
        const booked = ['10,500 credits added', 'You now have 12,841, as projected.'];
        assert.deepEqual(await person.result(), booked);
        php('use', person.name, '16');
        await person.page.reload();
        assert.deepEqual(await person.result(), [
          booked[0], 'You now have 12,825: 16 were used since your order.',
        ]);
        await person.close();
      });

      test('an order that is free by a coupon is granted at once', async () => {
        const person = await customer();
        await person.add(shop.small, 2);
        await person.page.evaluate(applyFree, STORE);
        await person.go('checkout/');
        assert.deepEqual(await person.rows(), [
          'Credits in this order 3,000', 'Balance after this purchase 3,000',
        ]);
        await person[pay]('');
        assert.deepEqual(await person.result(), [
          '3,000 credits added', 'You now have 3,000, as projected.',
        ]);
        await person.close();
      });

      test('a guest is told of the link, before and after', async () => {
        const person = await buyer(browser, { locale: 'en-US' });
        await person.add(shop.simple);
        await person.go('checkout/');
        const [credits, note] = await person.rows();
        assert.equal(credits, 'Credits in this order 2,000');
        assert.match(note ?? '', /^Without an account: once the order is paid we mail you a link/);
        await person[pay]('cod');
        assert.equal((await person.result())[0], 'Payment pending');
        await admin('PUT', `orders/${person.order()}`, { status: 'completed' });
        await person.page.reload();
        assert.equal((await person.result())[0], 'Claim your credits');
        await person.close();
      });

      test('a cart of goods has no such line, and none of our scripts', async () => {
        const person = await customer();
        await person.add(shop.goods);
        await person.go('checkout/');
        const button = kind === 'blocks'
          ? '.wc-block-components-checkout-place-order-button' : '#place_order';
        await person.page.locator(button).waitFor();
        assert.equal(await person.page.locator('nivella-order-credits').count(), 0);
        const scripts = await person.page.evaluate(() =>
          performance.getEntriesByType('resource').map(({ name }) => name)
            .filter((name) => name.includes('/nivella-credits/assets/')));
        assert.deepEqual(scripts, []);
        await person[pay]('cod');
        assert.equal(await person.page.locator('nivella-purchase-result').count(), 0);
        await person.close();
      });

      test('a buyer who was handed over is led back, and to no other place', async () => {
        const person = await customer();
        const chat = `${STORE}/?from=chat`;
        const given = (/** @type {string} */ to) =>
          `&nivella_credits_return=${encodeURIComponent(to)}`;
        await person.add(shop.simple, 1, given(chat));
        await person.add(shop.simple, 1, given('https://evil.example/'));
        await person.go('checkout/');
        await person.rows();
        await person[pay]('bacs');
        const back = person.page.locator('nivella-purchase-result')
          .getByRole('link', { name: 'Back to where you were' });
        assert.equal(await back.getAttribute('href'), chat);
        await person.close();
      });
    });
  }

  // A1: an order's page, without its key, with another one, and for a stranger.
  test('without the order’s key nobody learns of its credits', async () => {
    const person = await customer();
    await person.add(shop.simple);
    await person.go('checkout/');
    await person.payInBlocks('bacs');
    const own = person.page.url();
    const without = own.replace(/\?.*/, '');
    for (const address of [without, `${without}?key=wc_order_abcdefghijklm`]) {
      await person.page.goto(address);
      assert.equal(await person.page.locator('nivella-purchase-result').count(), 0, address);
    }
    const stranger = await buyer(browser);
    await stranger.page.goto(own);
    assert.equal(await stranger.page.locator('nivella-purchase-result').count(), 0);
    await Promise.all([person.close(), stranger.close()]);
  });

  test('every open tab has the new balance at once', async () => {
    const person = await customer('100');
    const pages = php('pill-page');
    const other = await person.page.context().newPage();
    await other.goto(pages);
    await pillShows(other, '100 Credits');
    // The tab that waits does not ask by itself.
    let asked = 0;
    other.on('request', (request) => {
      if (request.url().includes('nivella-credits/v1/balance')) asked += 1;
    });
    await person.page.bringToFront();
    await person.add(shop.simple);
    await person.page.evaluate(applyFree, STORE);
    await person.go('checkout/');
    await person.payInBlocks('');
    assert.deepEqual(await person.result(), [
      '2,000 credits added', 'You now have 2,100, as projected.',
    ]);
    const shown = Date.now();
    await pillShows(other, '2,100 Credits');
    assert.ok(Date.now() - shown < 5000, 'sooner than any poll');
    assert.ok(asked <= 1, `asked ${asked} times`);
    await person.close();
  });

  test('two tabs that buy at once: each order is booked once, and none twice', async () => {
    const name = `pair${RUN}x${++number}`;
    php('customer', name);
    const tabs = [shopper(), shopper()];
    for (const tab of tabs) await tab.signIn(name);
    const orders = await Promise.all(tabs.map((tab) => tab.buy(shop.simple, 2, 'bacs')));
    await Promise.all(orders.map(({ order_id: id }) =>
      admin('PUT', `orders/${id}`, { status: 'completed' })));
    const ids = new Set(orders.map(({ order_id: id }) => id));
    let granted = 0;
    for (const id of ids) {
      const { line_items } = await admin('GET', `orders/${id}`);
      granted += line_items.reduce((/** @type {number} */ sum, /** @type {any} */ line) =>
        sum + line.quantity * 2000, 0);
    }
    assert.equal(await tabs[0]?.available(), String(granted));
  });

  test('what the checkout said is what is booked, though the product changes then', async () => {
    const person = await customer();
    const id = php('package', '3000');
    await person.add(id);
    await person.go('checkout/');
    assert.equal((await person.rows())[0], 'Credits in this order 3,000');
    await person.payInBlocks('bacs');
    php('credits', String(id), '10');
    await admin('PUT', `orders/${person.order()}`, { status: 'completed' });
    await person.page.reload();
    assert.deepEqual(await person.result(), [
      '3,000 credits added', 'You now have 3,000, as projected.',
    ]);
    // And before it is placed, the cart says what would be booked now.
    php('credits', String(id), '4000');
    await person.add(id);
    assert.equal((await person.rows())[0], 'Credits in this order 4,000');
    php('credits', String(id), '5000');
    await person.go('cart/');
    assert.equal((await person.rows())[0], 'Credits in this order 5,000');
    await person.close();
  });

  test('another currency changes prices and no credits', async () => {
    const person = await customer();
    await person.add(shop.simple, 2);
    php('option', 'woocommerce_currency', 'JPY');
    php('option', 'woocommerce_price_num_decimals', '0');
    try {
      await person.go('checkout/');
      assert.deepEqual(await person.rows(), [
        'Credits in this order 4,000', 'Balance after this purchase 4,000',
      ]);
      await person.payInBlocks('bacs');
      const order = await admin('PUT', `orders/${person.order()}`, { status: 'completed' });
      assert.equal(order.currency, 'JPY');
      php('option', 'woocommerce_currency', 'USD');
      await person.page.reload();
      assert.equal((await person.result())[0], '4,000 credits added');
    } finally {
      php('option', 'woocommerce_currency', 'USD');
      php('option', 'woocommerce_price_num_decimals', '2');
    }
    await person.close();
  });

  // A1: nothing of an account is in what other origins of the site may read.
  test('the Store API says what lines and cart give, and never a balance', async () => {
    const name = `api${RUN}x${++number}`;
    php('customer', name);
    php('grant', name, '777');
    const { call, signIn } = shopper();
    await signIn(name);
    await call('POST', 'cart/add-item', { id: shop.large, quantity: 3 });
    const { body } = await call('POST', 'cart/add-item', { id: shop.goods, quantity: 1 });
    const [package_, goods] = body.items.map((/** @type {any} */ item) =>
      item.extensions['nivella-credits']);
    assert.deepEqual(package_, {
      credits: '4500', bonus: '0.5', validity_days: null,
      line_credits: '13500', line_bonus: '1.5',
    });
    assert.deepEqual(Object.keys(goods ?? {}), []);
    assert.deepEqual(body.extensions['nivella-credits'], { credits: '13500', bonus: '1.5' });
    assert.ok(!JSON.stringify(body.extensions).includes('777'));
    const { body: empty } = await call('DELETE', 'cart/items');
    assert.deepEqual(empty, []);
    const { body: cart } = await call('GET', 'cart');
    assert.deepEqual(cart.extensions['nivella-credits'], { credits: '0', bonus: '0' });
  });
});

/** In the page: the coupon that makes everything free. @param {string | undefined} store */
async function applyFree(store) {
  const api = `${store}/wp-json/wc/store/v1/cart`;
  const nonce = (await fetch(api)).headers.get('Nonce') ?? '';
  const answer = await fetch(`${api}/apply-coupon`, {
    method: 'POST',
    headers: { Nonce: nonce, 'Content-Type': 'application/json' },
    body: JSON.stringify({ code: 'free' }),
  });
  if (!answer.ok) throw new Error(await answer.text());
}
