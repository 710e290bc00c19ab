import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ADD, KEYS, UPDATE, read, cartWith, session, storeOf } from './recorded-cart.js';

test('the chosen package is added once, with the newest nonce and no Cart-Token', async () => {
  const { store, seen, told, done } = storeOf(['cart-empty', 'add-item-ok']);
  const { line, others, cart } = await store.choose({ id: '10', quantity: 1 });
  done();
  assert.deepEqual([line.id, line.quantity, line.name], ['10', 1, '2,000 AI Credits']);
  assert.deepEqual(others, []);
  assert.equal(cart.totals.price, '1000');
  assert.equal(seen[1]?.headers.get('Nonce'), 'eeacf867f2');
  assert.equal(seen[1]?.headers.get('Cart-Token'), null);
  assert.equal(told.times, 1);
});

test('a line that is there is set to the quantity; other goods are named', async () => {
  const { store, done } = storeOf(['cart-two-items', 'update-item-ok']);
  const { line, others, cart } = await store.choose({ id: '10', quantity: 5 });
  done();
  assert.equal(line.quantity, 5);
  assert.deepEqual(
    others.map((each) => [each.name, each.quantity]),
    [['10,000 AI Credits', 2]],
  );
  assert.equal(cart.totals.price, '11000');
});

test('a cart that already holds it is not written to', async () => {
  const { store, done } = storeOf(['cart-two-items']);
  assert.equal((await store.choose({ id: '12', quantity: 2 })).line.quantity, 2);
  done();
});

test('a double click does one thing', async () => {
  const { store, done } = storeOf(['cart-empty', 'add-item-ok']);
  const both = [store.choose({ id: '10', quantity: 1 }), store.choose({ id: '10', quantity: 1 })];
  const [first, second] = await Promise.all(both);
  assert.equal(first, second);
  done();
});

test('another choice takes out what this tab chose before, after the new one is in', async () => {
  const { store, done } = storeOf([
    'cart-empty',
    'add-item-ok',
    read({ 10: 1 }),
    { path: ADD, body: { id: 12, quantity: 2 }, answer: cartWith({ 10: 1, 12: 2 }) },
    'remove-item-ok',
  ]);
  await store.choose({ id: '10', quantity: 1 });
  const { cart } = await store.choose({ id: '12', quantity: 2 });
  done();
  assert.deepEqual(
    cart.lines.map((line) => line.id),
    ['12'],
  );
});

test('a reload of the tab remembers what it chose', async () => {
  const kept = session();
  const before = storeOf(['cart-empty', 'add-item-ok'], { session: kept });
  await before.store.choose({ id: '10', quantity: 1 });
  const after = storeOf(
    [
      read({ 10: 1 }),
      { path: ADD, body: { id: 12, quantity: 2 }, answer: cartWith({ 10: 1, 12: 2 }) },
      'remove-item-ok',
    ],
    { session: kept },
  );
  await after.store.choose({ id: '12', quantity: 2 });
  after.done();
});

test("the visitor's own quantity of a package comes back when another is chosen", async () => {
  const { store, done } = storeOf([
    'cart-two-items',
    'update-item-ok',
    read({ 10: 5, 12: 2 }),
    { path: UPDATE, body: { key: KEYS[12], quantity: 3 }, answer: cartWith({ 10: 5, 12: 3 }) },
    { path: UPDATE, body: { key: KEYS[10], quantity: 1 }, answer: cartWith({ 10: 1, 12: 3 }) },
  ]);
  await store.choose({ id: '10', quantity: 5 });
  const { others } = await store.choose({ id: '12', quantity: 3 });
  done();
  assert.deepEqual(
    others.map((line) => [line.id, line.quantity]),
    [['10', 1]],
  );
});

test('goods that this tab did not choose are never touched', async () => {
  const { store, done } = storeOf([
    read({ 12: 2 }),
    { path: ADD, body: { id: 10, quantity: 1 }, answer: cartWith({ 10: 1, 12: 2 }) },
    read({ 10: 1, 12: 2 }),
    { path: UPDATE, body: { key: KEYS[10], quantity: 4 }, answer: cartWith({ 10: 4, 12: 2 }) },
  ]);
  await store.choose({ id: '10', quantity: 1 });
  await store.choose({ id: '10', quantity: 4 });
  done();
});

test('what was bought is forgotten: the next choice removes nothing', async () => {
  const kept = session();
  const { store, done } = storeOf(
    [
      'cart-empty',
      'add-item-ok',
      'cart-after-checkout',
      { path: ADD, body: { id: 12, quantity: 1 }, answer: cartWith({ 12: 1 }) },
      read({ 10: 1, 12: 1 }),
    ],
    { session: kept },
  );
  await store.choose({ id: '10', quantity: 1 });
  await store.choose({ id: '12', quantity: 1 });
  const { others } = await store.choose({ id: '12', quantity: 1 });
  done();
  assert.deepEqual(
    others.map((line) => line.id),
    ['10'],
  );
});

const NONCES = /** @type {const} */ (['add-item-bad-nonce', 'add-item-missing-nonce']);
for (const name of NONCES) {
  test(`${name}: the cart is read once more and the choice made again`, async () => {
    const { store, done } = storeOf(['cart-empty', name, 'cart-empty', 'add-item-ok']);
    assert.equal((await store.choose({ id: '10', quantity: 1 })).line.quantity, 1);
    done();
  });
}

test('a nonce that is refused twice is not tried a third time', async () => {
  const bad = 'add-item-bad-nonce';
  const { store, done } = storeOf(['cart-empty', bad, 'cart-empty', bad]);
  await assert.rejects(store.choose({ id: '10', quantity: 1 }), {
    code: 'store_refused',
    details: { store_code: 'woocommerce_rest_invalid_nonce', status: '403' },
  });
  done();
});

test('after signing in, the other cart of the account is not added to twice', async () => {
  const { store, done } = storeOf(['cart-empty', 'add-item-bad-nonce', read({ 10: 1 })]);
  assert.equal((await store.choose({ id: '10', quantity: 1 })).line.quantity, 1);
  done();
});

test('a quantity that the store clamps is said, with what the cart holds', async () => {
  const { store, told, done } = storeOf(['cart-empty', 'add-item-quantity-too-big']);
  await assert.rejects(store.choose({ id: '10', quantity: 10000 }), {
    code: 'quantity_limited',
    field: 'quantity',
    details: { id: '10', asked: '10000', quantity: '9999' },
  });
  assert.equal(told.times, 1);
  done();
});

test('a package sold one at a time says so', async () => {
  const { store } = storeOf(['cart-empty', 'add-item-sold-individually-two']);
  await assert.rejects(store.choose({ id: '19', quantity: 2 }), {
    code: 'quantity_limited',
    details: { id: '19', asked: '2', quantity: '1' },
  });
});

test('a refused change of quantity says what the cart holds', async () => {
  const { store, done } = storeOf(['cart-two-items', 'update-item-too-big', 'cart-two-items']);
  await assert.rejects(store.choose({ id: '10', quantity: 10000 }), {
    code: 'quantity_limited',
    details: {
      id: '10',
      asked: '10000',
      quantity: '1',
      store_code: 'invalid_quantity',
      status: '400',
    },
  });
  done();
});

test('a line that another tab added in between is set to the quantity', async () => {
  const { store, done } = storeOf([
    'cart-empty',
    { path: ADD, body: { id: 10, quantity: 1 }, answer: cartWith({ 10: 2 }) },
    { path: UPDATE, body: { key: KEYS[10], quantity: 1 }, answer: cartWith({ 10: 1 }) },
  ]);
  assert.equal((await store.choose({ id: '10', quantity: 1 })).line.quantity, 1);
  done();
});

test('an add whose answer got lost is looked up, not sent again', async () => {
  const { store, done } = storeOf(['cart-empty', { fail: new TypeError('gone') }, read({ 10: 1 })]);
  assert.equal((await store.choose({ id: '10', quantity: 1 })).line.quantity, 1);
  done();
});

test('an add that never arrived is an error, and the next try starts from the cart', async () => {
  const gone = { fail: new TypeError('gone') };
  const { store, done } = storeOf(['cart-empty', gone, 'cart-empty', read({ 10: 1 })]);
  await assert.rejects(store.choose({ id: '10', quantity: 1 }), { code: 'store_unreachable' });
  assert.equal((await store.choose({ id: '10', quantity: 1 })).line.quantity, 1);
  done();
});
