import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BILLING, NOW, createBrowser, pay } from './embedded.js';
import { recording } from './recorded.js';

const V1 = 'wc/store/v1/';

/**
 * The names and types of a value; of a list, those of its first element.
 * @param {any} value @returns {any}
 */
function shape(value) {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shape(value[0])];
  if (value === null || typeof value !== 'object') return typeof value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, shape(value[name])]));
}

/** What differs on purpose: a plugin, own methods, and the quirk that is the key "0". */
const OWN = new Set(['extensions', 'payment_methods', 'variation', 'low_stock_remaining', '0']);

/** @param {any} value @returns {any} */
const common = (value) =>
  JSON.parse(JSON.stringify(value, (name, each) => (OWN.has(name) ? undefined : each)));

/** @param {any} found @param {string} name */
function like(found, name) {
  const { status, body } = recording(name).response;
  assert.equal(found.status, status);
  assert.deepEqual(shape(common(found.body)), shape(common(body)));
  if (status >= 400) assert.equal(found.body.code, body.code);
}

test('products, cart and checkout have the shapes of the recorded store', async () => {
  const { ask } = await createBrowser({ range: 'odd' }).tab();
  like(
    await ask('GET', `${V1}products?category=tokens&per_page=100&page=1`),
    'products-list-tokens',
  );
  like(await ask('GET', `${V1}products?category=nosuch`), 'products-list-unknown-category');
  like(await ask('GET', `${V1}products?category=tokens&page=9`), 'products-list-page-beyond-end');
  like(await ask('GET', `${V1}products/999999`), 'product-single-not-found');
  like(await ask('GET', `${V1}nosuch`), 'route-not-found');
  like(await ask('GET', `${V1}cart`), 'cart-empty');
  like(await ask('GET', `${V1}checkout`), 'checkout-get-empty-cart');
  const body = { billing_address: BILLING, payment_method: 'bacs' };
  like(await ask('POST', `${V1}checkout`, body), 'checkout-post-empty-cart');
  like(await ask('POST', `${V1}cart/add-item`, { id: 10, quantity: 1 }), 'add-item-ok');
  like(await ask('GET', `${V1}checkout`), 'checkout-get-ok');
  like(await ask('POST', `${V1}checkout`, {}), 'checkout-post-empty-body');
  const nobody = { ...body, billing_address: { ...BILLING, email: undefined } };
  like(await ask('POST', `${V1}checkout`, nobody), 'checkout-post-missing-email');
  const nameless = { ...body, billing_address: { ...BILLING, first_name: '' } };
  like(await ask('POST', `${V1}checkout`, nameless), 'checkout-post-missing-first-name');
  const free = { billing_address: BILLING };
  like(await ask('POST', `${V1}checkout`, free), 'checkout-post-missing-payment-method');
  const stripe = { ...body, payment_method: 'stripe' };
  like(await ask('POST', `${V1}checkout`, stripe), 'checkout-post-unknown-payment-method');
  const placed = await ask('POST', `${V1}checkout`, body);
  like(placed, 'checkout-post-bacs-ok');
  const { order_id, order_key } = placed.body;
  like(await ask('GET', `${V1}order/${order_id}?key=${order_key}`), 'order-get-guest-ok');
  like(await ask('GET', `${V1}order/${order_id}?key=wrong`), 'order-get-bad-key');
  like(await ask('DELETE', `${V1}cart/items`), 'cart-items-delete-all');
});

const ADDS = /** @type {[string, any][]} */ ([
  ['add-item-ok', { id: 10, quantity: 1 }],
  ['add-item-quantity-too-big', { id: 10, quantity: 10000 }],
  ['add-item-sold-individually-two', { id: 19, quantity: 2 }],
  ['add-item-variation-ok', { id: 29, quantity: 1 }],
  ['add-item-out-of-stock', { id: 17, quantity: 1 }],
  ['add-item-exceeds-stock', { id: 18, quantity: 4 }],
  ['add-item-draft', { id: 25, quantity: 1 }],
  ['add-item-invalid-id', { id: 999999, quantity: 1 }],
  ['add-item-id-not-integer', { id: 'abc', quantity: 1 }],
  ['add-item-float-qty', { id: 10, quantity: 1.5 }],
]);
for (const [name, body] of ADDS) {
  test(`${name}: as the recorded store`, async () => {
    const { ask } = await createBrowser({ range: 'odd' }).tab();
    await ask('GET', `${V1}cart`);
    const found = await ask('POST', `${V1}cart/add-item`, body);
    like(found, name);
    const recorded = recording(name).response.body;
    const quantity = recorded.items?.[0]?.quantity;
    if (quantity) assert.equal(found.body.items[0].quantity, quantity);
  });
}

test('adding adds again, and single ones refuse', async () => {
  const { ask } = await createBrowser({ range: 'odd' }).tab();
  await ask('GET', `${V1}cart`);
  await ask('POST', `${V1}cart/add-item`, { id: 10, quantity: 2 });
  const twice = await ask('POST', `${V1}cart/add-item`, { id: 10, quantity: 2 });
  assert.equal(twice.body.items[0].quantity, 4);
  assert.equal(twice.body.totals.total_price, '4000');
  const { key } = twice.body.items[0];
  like(await ask('POST', `${V1}cart/update-item`, { key, quantity: 10000 }), 'update-item-too-big');
  await ask('POST', `${V1}cart/add-item`, { id: 19, quantity: 1 });
  const again = await ask('POST', `${V1}cart/add-item`, { id: 19, quantity: 1 });
  like(again, 'add-item-sold-individually-again');
});

test('writing needs the nonce: missing 401, wrong 403, each with a new one', async () => {
  const { fetch, ask, controls, store } = await createBrowser().tab();
  const missing = await ask('POST', `${V1}cart/add-item`, { id: 10, quantity: 1 });
  like(missing, 'add-item-missing-nonce');
  assert.match(missing.headers.get('Nonce') ?? '', /^\w{10}$/);
  await store.cart();
  await controls.expireNonce();
  const { line } = await store.choose({ id: '10', quantity: 1 });
  assert.equal(line.quantity, 1);
  const wrong = await fetch('https://demo.example/wp-json/wc/store/v1/cart/add-item', {
    method: 'POST',
    headers: { Nonce: 'deadbeef00' },
    body: '{"id":10,"quantity":1}',
  });
  assert.equal(wrong.status, 403);
  assert.equal((await wrong.json()).code, 'woocommerce_rest_invalid_nonce');
});

test('the shim reads it like any store: packages, odd ones, very many, none', async () => {
  /** @param {any} range */
  const packages = async (range) => (await createBrowser({ range }).tab()).store.packages();
  assert.deepEqual(
    (await packages('usual')).map(({ sku, prices, extensions }) => [
      sku,
      prices.price,
      extensions?.credits,
    ]),
    [
      ['NV-2000', '1000', '2000'],
      ['NV-5000', '2000', '5000'],
      ['NV-10000', '3000', '10000'],
      ['NV-20000', '4000', '20000'],
      ['NV-30000', '5000', '30000'],
      ['NV-40000', '6000', '40000'],
    ],
  );
  const odd = new Map((await packages('odd')).map((each) => [each.id, each]));
  assert.equal(odd.get('27')?.name, 'Mug <b>"Tom & Jerry\'s"</b>');
  const summer = { credits: '2000', bonus: '500', validity_days: '90' };
  assert.deepEqual(odd.get('20')?.extensions, summer);
  assert.equal(odd.get('30')?.name, 'Flexible Pack (Size: Large)');
  assert.equal((await packages('many')).length, 120);
  assert.deepEqual(await packages('none'), []);
});

test('a paid order grants its credits, quantity and bonus included', async () => {
  const { store, ask, ledger, available } = await createBrowser({ range: 'odd' }).tab();
  await store.choose({ id: '20', quantity: 2 });
  const { status, body } = await pay(ask);
  assert.deepEqual([status, body.status], [200, 'processing']);
  assert.equal(await available(), String(2341 + 4000 + 1000));
  const { pools } = (await ledger.balance()).snapshot ?? {};
  const dated = pools.filter(
    (/** @type {any} */ pool) => pool.kind !== 'allowance' && pool.expires_at,
  );
  assert.deepEqual(
    dated.map((/** @type {any} */ pool) => pool.expires_at.slice(0, 10)),
    ['2027-02-19', '2027-02-19'],
  );
  assert.deepEqual((await store.cart()).lines, []);
});

test('goods that are no packages grant nothing', async () => {
  const { store, ask, available } = await createBrowser({ range: 'odd' }).tab();
  await store.choose({ id: '31', quantity: 1 });
  assert.equal((await pay(ask)).status, 200);
  assert.equal(await available(), '2341');
});

test('a bank transfer grants when it is marked as paid, once, from whatever tab', async () => {
  const browser = createBrowser();
  const [a, b] = [await browser.tab(), await browser.tab()];
  await a.store.choose({ id: '10', quantity: 1 });
  const { body } = await pay(a.ask, 'bacs');
  assert.equal(body.status, 'on-hold');
  assert.equal(await a.available(), '2341');
  await Promise.all([
    a.controls.markPaid(body.order_id),
    b.controls.markPaid(body.order_id),
    b.controls.markPaid(body.order_id),
  ]);
  assert.equal(await b.available(), '4341');
  assert.equal((await a.controls.orders())[0]?.status, 'processing');
});

test('a declined payment charges nothing and keeps the cart', async () => {
  const { store, ask, available, controls } = await createBrowser().tab();
  await store.choose({ id: '10', quantity: 1 });
  const { status, body } = await pay(ask, 'demo_declined');
  assert.deepEqual([status, body.code], [400, 'woocommerce_rest_payment_error']);
  assert.equal(await available(), '2341');
  assert.equal((await store.cart()).lines.length, 1);
  assert.deepEqual(await controls.orders(), []);
});

test('a double submit, also from two tabs, is one order', async () => {
  const browser = createBrowser();
  const [a, b] = [await browser.tab(), await browser.tab()];
  await a.store.choose({ id: '10', quantity: 1 });
  const answers = await Promise.all([pay(a.ask), pay(a.ask), pay(b.ask)]);
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409]);
  assert.equal(await b.available(), '4341');
  const orders = await a.controls.orders();
  assert.equal(orders.filter(({ created_at: at }) => Date.parse(at) >= NOW).length, 1);
});

test('a free order needs no method', async () => {
  const { store, ask, available } = await createBrowser({ range: 'odd' }).tab();
  await store.choose({ id: '26', quantity: 1 });
  const answer = await ask('POST', `${V1}checkout`, { billing_address: BILLING });
  assert.equal(answer.status, 401);
  assert.equal((await ask('POST', `${V1}checkout`, { billing_address: BILLING })).status, 200);
  assert.equal(await available(), '2351');
});

test('a draft keeps its number until the order is placed', async () => {
  const { store, ask } = await createBrowser().tab();
  await store.choose({ id: '10', quantity: 1 });
  await ask('GET', `${V1}cart`);
  const first = (await ask('GET', `${V1}checkout`)).body;
  const second = (await ask('GET', `${V1}checkout`)).body;
  assert.equal(first.order_id, second.order_id);
  assert.equal(first.status, 'checkout-draft');
  assert.equal((await pay(ask)).body.order_id, first.order_id);
});

test('a choice from two tabs at once leaves one package each, never more than chosen', async () => {
  const browser = createBrowser();
  const [a, b] = [await browser.tab(), await browser.tab()];
  const choices = [
    a.store.choose({ id: '10', quantity: 2 }),
    b.store.choose({ id: '10', quantity: 2 }),
    a.store.choose({ id: '10', quantity: 2 }),
  ];
  for (const { line } of await Promise.all(choices)) assert.equal(line.quantity, 2);
  assert.equal((await a.store.cart()).lines[0]?.quantity, 2);
});

test('everything survives a reload: cart, orders, numbers', async () => {
  const browser = createBrowser();
  const first = await browser.tab();
  await first.store.choose({ id: '11', quantity: 3 });
  await first.controls.close();
  const again = await browser.tab();
  assert.deepEqual(
    (await again.store.cart()).lines.map(({ id, quantity }) => [id, quantity]),
    [['11', 3]],
  );
  const { body } = await pay(again.ask);
  await again.controls.close();
  const last = await browser.tab();
  assert.equal((await last.controls.orders())[0]?.id, body.order_id);
  assert.equal(await last.available(), String(2341 + 15000));
});
