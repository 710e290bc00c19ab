import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIST, product, storeOf } from './recorded-store.js';

/** @typedef {import('./recorded.js').Step} Step */

const BROKEN = /** @type {[string, (row: any) => void][]} */ ([
  ['no id', (row) => delete row.id],
  ['an id that is a text', (row) => (row.id = '10')],
  ['no prices', (row) => (row.prices = null)],
  ['a price that is a number', (row) => (row.prices.price = 10.5)],
  ['a price with a fraction', (row) => (row.prices.price = '10.5')],
  ['an absurd number of decimals', (row) => (row.prices.currency_minor_unit = 400)],
  ['no currency', (row) => delete row.prices.currency_code],
]);

for (const [what, spoil] of BROKEN) {
  test(`a product with ${what} is left out and reported`, async () => {
    const row = product('products-list-tokens');
    spoil(row);
    /** @type {string[]} */
    const problems = [];
    const { store } = storeOf([{ path: LIST, answer: [row, product('products-list-tokens', 1)] }], {
      report: (problem) => problems.push(problem.code),
    });
    assert.deepEqual(
      (await store.packages()).map((each) => each.id),
      ['11'],
    );
    assert.deepEqual(problems, ['store_answer_invalid']);
  });
}

const FAILURES = /** @type {[string, Step[], string, Record<string, string>?][]} */ ([
  [
    'no network, twice',
    [{ fail: new TypeError('x') }, { fail: new TypeError('x') }],
    'store_unreachable',
  ],
  [
    'a gateway without its store',
    [
      { status: 502, raw: '' },
      { status: 503, raw: '' },
    ],
    'store_unreachable',
  ],
  [
    'broken JSON on both roots',
    [{ raw: '[{"id":' }, { path: '/?rest_route=/wc/store/v1/products', raw: '<' }],
    'store_answer_invalid',
  ],
  ['an object instead of a list', [{ answer: { 0: {} } }], 'store_answer_invalid'],
  ['only unreadable products', [{ answer: [{}, null, 7] }], 'store_answer_invalid'],
  [
    'a failure without a code',
    [
      { status: 500, answer: 'x' },
      { status: 500, answer: 'x' },
    ],
    'store_answer_invalid',
  ],
  [
    'a refusal',
    [{ as: 'route-not-found', path: LIST }],
    'store_refused',
    { store_code: 'rest_no_route', status: '404' },
  ],
  [
    'too many requests',
    [{ as: 'rate-limited', path: LIST }],
    'store_rate_limited',
    { retry_after_s: '8' },
  ],
]);

for (const [what, steps, code, details] of FAILURES) {
  test(`${what}: ${code}`, async () => {
    const { store, done } = storeOf(steps);
    await assert.rejects(store.packages(), {
      name: 'NivellaError',
      code,
      ...(details && { details }),
    });
    done();
  });
}

test('a read that met no network is tried once more', async () => {
  const { store, done } = storeOf([{ fail: new TypeError('gone') }, 'products-list-tokens']);
  assert.equal((await store.packages()).length, 6);
  done();
});

test('without pretty permalinks the other root is found and remembered', async () => {
  const { store, seen } = storeOf([
    { raw: '<!doctype html>' },
    'products-list-tokens',
    'cart-empty',
  ]);
  await store.packages();
  await store.cart();
  assert.equal(seen[0]?.url.pathname, '/wp-json/wc/store/v1/products');
  assert.equal(seen[1]?.url.searchParams.get('rest_route'), '/wc/store/v1/products');
  assert.equal(seen[2]?.url.href, 'https://shop.example/?rest_route=%2Fwc%2Fstore%2Fv1%2Fcart');
});

test('the root that the plugin printed is used as it is', async () => {
  const rest = 'https://shop.example/shop/index.php?rest_route=/';
  const { store, seen } = storeOf(['products-list-tokens'], { rest });
  await store.packages();
  assert.match(seen[0]?.url.href ?? '', /^https:\/\/shop\.example\/shop\/index\.php\?rest_route=/);
});

const ORIGINS = /** @type {const} */ ([
  ['https://other.example/', 'store_origin_refused'],
  ['http://shop.example/', 'store_origin_refused'],
  ['https://shop.example:8443/', 'store_origin_refused'],
  ['//other.example/shop', 'store_origin_refused'],
  ['javascript:alert(1)', 'store_origin_refused'],
  ['data:text/html,x', 'store_origin_refused'],
  ['https://[', 'attribute_invalid'],
]);

for (const [home, code] of ORIGINS) {
  test(`a store at ${home} is refused before any request`, () => {
    assert.throws(() => storeOf([], { home }), { code, field: 'store' });
    assert.throws(() => storeOf([], { rest: home }), { code });
    assert.throws(() => storeOf([], { checkout: home }), { code });
  });
}

test('a store in a folder keeps its folder', async () => {
  const { store, seen } = storeOf(['products-list-tokens'], { home: '/shop' });
  await store.packages();
  assert.equal(seen[0]?.url.pathname, '/shop/wp-json/wc/store/v1/products');
  assert.equal(store.checkoutUrl(), 'https://shop.example/shop/checkout/');
});
