/** Coupons, and money that goes back: the credits follow by the engine's rule. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBrowser, pay } from './embedded.js';
import { recording } from './recorded.js';

const V1 = 'wc/store/v1/';

/** @typedef {Awaited<ReturnType<ReturnType<typeof createBrowser>['tab']>>} Tab */

/** Buys so many of a package. @param {Tab} tab @param {string} id @param {number} [quantity] */
async function bought(tab, id, quantity = 1) {
  await tab.store.choose({ id, quantity });
  const { body } = await pay(tab.ask);
  const order = (await tab.controls.orders()).find((each) => each.id === body.order_id);
  return { id: body.order_id, key: body.order_key, item: order?.items[0]?.item ?? 0 };
}

/** @param {Tab} tab @param {string} code */
const coupon = (tab, code) => tab.ask('POST', `${V1}cart/apply-coupon`, { code });

test('coupons answer like the recorded store', async () => {
  const tab = await createBrowser().tab();
  await tab.store.choose({ id: '12', quantity: 1 });
  await tab.ask('GET', `${V1}cart`);
  const steps = /** @type {[string, string, string][]} */ ([
    ['apply-coupon-ok', 'apply', 'SAVE10'],
    ['apply-coupon-twice', 'apply', 'save10'],
    ['apply-coupon-invalid', 'apply', 'nosuch'],
    ['remove-coupon-ok', 'remove', 'save10'],
  ]);
  for (const [name, what, code] of steps) {
    const { status, body } = await tab.ask('POST', `${V1}cart/${what}-coupon`, { code });
    const recorded = recording(name).response;
    assert.equal(status, recorded.status, name);
    if (status < 400) {
      assert.deepEqual(Object.keys(body.totals).sort(), Object.keys(recorded.body.totals).sort());
      assert.equal(body.coupons.length, recorded.body.coupons.length);
    } else assert.deepEqual([body.code, body.message], [recorded.body.code, recorded.body.message]);
    if (name !== 'apply-coupon-ok') continue;
    const { total_items, total_discount, total_price } = body.totals;
    assert.deepEqual([total_items, total_discount, total_price], ['3000', '300', '2700']);
    assert.equal(body.items[0].totals.line_total, '2700');
    assert.equal(body.coupons[0].discount_type, 'percent');
  }
  const gone = await tab.ask('POST', `${V1}cart/remove-coupon`, { code: 'save10' });
  assert.equal(gone.status, 409);
  assert.equal(gone.body.code, 'woocommerce_rest_cart_coupon_invalid_code');
});

test('a coupon of 100 % costs nothing and grants everything', async () => {
  const tab = await createBrowser().tab();
  await tab.store.choose({ id: '10', quantity: 2 });
  await tab.ask('GET', `${V1}cart`);
  const { body } = await coupon(tab, 'WELCOME100');
  assert.deepEqual([body.totals.total_price, body.needs_payment], ['0', false]);
  const { status, body: placed } = await pay(tab.ask, '');
  assert.deepEqual([status, placed.status], [200, 'processing']);
  assert.equal(await tab.available(), '6341');
  const { order_id: id, order_key: key } = placed;
  const { body: order } = await tab.ask('GET', `${V1}order/${id}?key=${key}`);
  assert.deepEqual([order.totals.total_discount, order.totals.total_price], ['2000', '0']);
  assert.equal((await tab.ask('GET', `${V1}cart`)).body.coupons.length, 0, 'used up with its cart');
});

test('a refund takes the credits back, and the buyer sees it in order and activity', async () => {
  const tab = await createBrowser().tab();
  const { id, key, item } = await bought(tab, '10');
  assert.equal(await tab.available(), '4341');
  const { order, outcome } = await tab.controls.refund(id, { item });
  assert.equal(order.status, 'refunded');
  assert.equal(outcome?.booked, true);
  assert.equal(await tab.available(), '2341');
  const { body } = await tab.ask('GET', `${V1}order/${id}?key=${key}`);
  assert.deepEqual([body.status, body.totals.total_refund], ['refunded', '1000']);
  const [row] = (await tab.ledger.activity({ limit: 1 })).rows;
  assert.deepEqual([row?.kind, row?.amount, row?.credits], ['reversal', '-2000', '0']);
  assert.equal(row?.details, `order ${id}`);
  const { draws } = await tab.ledger.receipt(row?.seq ?? 0);
  assert.deepEqual(
    draws.map(({ kind, before, after }) => [kind, before, after]),
    [['purchase', '2000', '0']],
  );
});

test('refunds of a part add up, and nothing goes back twice', async () => {
  const tab = await createBrowser().tab();
  const { id, item } = await bought(tab, '10');
  await tab.controls.refund(id, { item, cents: 333 });
  assert.equal(await tab.available(), '3675', 'a third of 2,000 is 666');
  await tab.controls.refund(id, { item });
  assert.equal(await tab.available(), '2341');
  for (const wanted of [{ item }, { item, cents: 1 }, { item, cents: -5 }, { item, cents: 1.5 }]) {
    await assert.rejects(tab.controls.refund(id, wanted), { code: 'reversal_invalid' });
  }
  assert.equal(await tab.available(), '2341');
});

test('a gift goes back by its pieces', async () => {
  const tab = await createBrowser().tab();
  await tab.store.choose({ id: '10', quantity: 4 });
  await tab.ask('GET', `${V1}cart`);
  await coupon(tab, 'welcome100');
  const { body } = await pay(tab.ask, '');
  const [order] = (await tab.controls.orders()).filter((each) => each.id === body.order_id);
  const item = order?.items[0]?.item ?? 0;
  await tab.controls.refund(body.order_id, { item, pieces: 1 });
  assert.equal(await tab.available(), String(2341 + 6000));
  const last = await tab.controls.refund(body.order_id, { item });
  assert.equal(last.order.status, 'refunded');
  assert.equal(await tab.available(), '2341');
});

test('goods that are no package go back without credits', async () => {
  const tab = await createBrowser({ range: 'odd' }).tab();
  const { id, item } = await bought(tab, '31');
  const { order, outcome } = await tab.controls.refund(id, { item });
  assert.deepEqual([order.status, outcome, await tab.available()], ['refunded', null, '2341']);
});

test('what is not paid or not there cannot go back', async () => {
  const tab = await createBrowser().tab();
  await tab.store.choose({ id: '10', quantity: 1 });
  const { body } = await pay(tab.ask, 'bacs');
  const [order] = (await tab.controls.orders()).filter((each) => each.id === body.order_id);
  const item = order?.items[0]?.item ?? 0;
  const unpaid = tab.controls.refund(body.order_id, { item });
  await assert.rejects(unpaid, { code: 'reversal_invalid', field: 'order' });
  await assert.rejects(tab.controls.refund(9999, { item }), { code: 'not_found', field: 'order' });
  await tab.controls.markPaid(body.order_id);
  const none = tab.controls.refund(body.order_id, { item: 777 });
  await assert.rejects(none, { code: 'not_found', field: 'item' });
});

test('the orders behind the history are there, and one of them was refunded', async () => {
  const tab = await createBrowser({ months: 4 }).tab();
  await tab.controls.settle();
  const orders = await tab.controls.orders();
  assert.deepEqual(
    orders.map(({ id, status, cents }) => [id, status, cents]),
    [
      [31, 'processing', 1000],
      [27, 'refunded', 2000],
      [24, 'processing', 1000],
      [21, 'processing', 1000],
    ],
  );
  const { id, items } = orders[0] ?? { id: 0, items: [] };
  await tab.controls.refund(id, { item: items[0]?.item ?? 0 });
  const [row] = (await tab.ledger.activity({ limit: 1 })).rows;
  assert.equal(row?.kind, 'reversal');
  const fresh = await bought(tab, '10');
  assert.ok(fresh.id > 31 && fresh.item > 2, 'numbers are not used twice');
});
