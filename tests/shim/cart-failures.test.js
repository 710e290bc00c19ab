import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ADD, REMOVE, cartWith, read, storeOf } from './recorded-cart.js';
import { recording } from './recorded.js';

const REFUSALS = /** @type {[string, number, number, string][]} */ ([
  ['add-item-out-of-stock', 17, 1, 'package_unavailable'],
  ['add-item-draft', 21, 1, 'package_unavailable'],
  ['add-item-password', 23, 1, 'package_unavailable'],
  ['add-item-invalid-id', 999999, 1, 'package_unknown'],
]);
for (const [name, id, quantity, code] of REFUSALS) {
  test(`${name}: ${code}, with the store's own code`, async () => {
    const { store, done } = storeOf(['cart-empty', name]);
    const store_code = recording(name).response.body.code;
    await assert.rejects(store.choose({ id: String(id), quantity }), {
      code,
      details: { store_code, status: '400' },
    });
    done();
  });
}

test('too little stock: quantity_limited', async () => {
  const { store } = storeOf(['cart-empty', 'add-item-exceeds-stock', 'cart-empty']);
  await assert.rejects(store.choose({ id: '18', quantity: 4 }), {
    code: 'quantity_limited',
    field: 'quantity',
  });
});

const BAD = /** @type {[string, any, string][]} */ ([
  ['a quantity of zero', { id: '10', quantity: 0 }, 'quantity_invalid'],
  ['a negative quantity', { id: '10', quantity: -3 }, 'quantity_invalid'],
  ['a fraction', { id: '10', quantity: 1.5 }, 'quantity_invalid'],
  ['not a number', { id: '10', quantity: NaN }, 'quantity_invalid'],
  ['a text as quantity', { id: '10', quantity: '2' }, 'quantity_invalid'],
  ['an id that is no id', { id: '10,12', quantity: 1 }, 'package_unknown'],
]);
for (const [what, choice, code] of BAD) {
  test(`${what} is refused before any request`, async () => {
    const { store, seen } = storeOf([]);
    await assert.rejects(store.choose(choice), { code });
    assert.equal(seen.length, 0);
  });
}

test('a variation is chosen by its own id', async () => {
  const { store, done } = storeOf(['cart-empty', 'add-item-variation-ok']);
  assert.equal((await store.choose({ id: '29', quantity: 1 })).line.id, '29');
  done();
});

test('a storage that refuses does not stop a purchase', async () => {
  const refuse = () => {
    throw new DOMException('denied', 'SecurityError');
  };
  const { store, done } = storeOf(
    [
      'cart-empty',
      'add-item-ok',
      read({ 10: 1 }),
      { path: ADD, answer: cartWith({ 10: 1, 12: 2 }) },
      { path: REMOVE, answer: cartWith({ 12: 2 }) },
    ],
    { session: { getItem: refuse, setItem: refuse } },
  );
  await store.choose({ id: '10', quantity: 1 });
  await store.choose({ id: '12', quantity: 2 });
  done();
});

const TOTALS = /** @type {const} */ ([
  ['cart-tax-excl-display-excl', { items: '7000', tax: '578', price: '7578', shipping: null }],
  ['cart-tax-incl-display-incl', { tax: '533', price: '7000', shipping: null }],
  ['cart-with-coupon', { discount: '300', price: '2700' }],
  ['cart-eur', { currency: 'EUR', suffix: ' €' }],
]);
for (const [name, expected] of TOTALS) {
  test(`${name}: totals as the store counts them`, async () => {
    const { store } = storeOf([{ as: name, method: 'GET', path: '/wp-json/wc/store/v1/cart' }]);
    const { totals } = await store.cart();
    const found = Object.fromEntries(
      Object.keys(expected).map((key) => [key, /** @type {any} */ (totals)[key]]),
    );
    assert.deepEqual(found, expected);
  });
}

test('what the store took out of the cart is told as text', async () => {
  const { store } = storeOf(['cart-item-unpublished']);
  const [error] = (await store.cart()).errors;
  assert.equal(error?.code, 'woocommerce_rest_cart_item_error');
  assert.doesNotMatch(error?.message ?? '&', /&\w+;/);
});

const SPOILT = /** @type {[string, (cart: any) => void][]} */ ([
  ['items that are no list', (cart) => (cart.items = {})],
  ['an item without a key', (cart) => delete cart.items[0].key],
  ['a quantity that is a text', (cart) => (cart.items[0].quantity = '1')],
  ['no totals', (cart) => delete cart.totals],
  ['a total that is a number', (cart) => (cart.totals.total_price = 70)],
]);
for (const [what, spoil] of SPOILT) {
  test(`a cart with ${what}: store_answer_invalid, and nothing is added to it`, async () => {
    const cart = cartWith({ 10: 1, 12: 2 });
    spoil(cart);
    const { store, done } = storeOf([{ method: 'GET', answer: cart }]);
    await assert.rejects(store.choose({ id: '12', quantity: 1 }), { code: 'store_answer_invalid' });
    done();
  });
}
