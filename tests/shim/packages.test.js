import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIST, product, storeOf } from './recorded-store.js';

test('packages come cheapest first, whole pages at a time, hidden ones left out', async () => {
  const { store, seen, done } = storeOf(['products-list-tokens']);
  const packages = await store.packages();
  done();
  assert.deepEqual(
    packages.map((each) => [each.id, each.sku, each.prices.price]),
    [
      ['10', 'NV-2000', '1000'],
      ['11', 'NV-5000', '2000'],
      ['12', 'NV-10000', '3000'],
      ['13', 'NV-20000', '4000'],
      ['14', 'NV-30000', '5000'],
      ['15', 'NV-40000', '6000'],
    ],
  );
  const query = Object.fromEntries(seen[0]?.url.searchParams ?? []);
  assert.deepEqual(query, {
    category: 'tokens',
    catalog_visibility: 'catalog',
    per_page: '100',
    orderby: 'price',
    order: 'asc',
    page: '1',
  });
  assert.equal(seen[0]?.headers.get('Cart-Token'), null);
});

test('a package is plain data: everything that the module reads and nothing else', async () => {
  const { store } = storeOf(['products-list-tokens']);
  const [first] = await store.packages();
  assert.deepEqual(first, {
    id: '10',
    name: '2,000 AI Credits',
    sku: 'NV-2000',
    type: 'simple',
    prices: {
      price: '1000',
      currency: 'USD',
      minor_unit: 2,
      prefix: '$',
      suffix: '',
      symbol: '$',
      decimal_separator: '.',
      thousand_separator: ',',
    },
    is_purchasable: true,
    is_in_stock: true,
    has_options: false,
    sold_individually: false,
    minimum: 1,
    maximum: 9999,
    multiple_of: 1,
    extensions: null,
    permalink: 'http://127.0.0.1:8091/product/ai-credits-2000/',
  });
});

test("the plugin's credits come with the product", async () => {
  const { store } = storeOf([{ as: 'ext-products-list', path: `${LIST}?page=1`, headers: {} }]);
  const packages = await store.packages();
  const none = { bonus: null, validity_days: null };
  assert.deepEqual(packages[0]?.extensions, { credits: '2000', ...none });
});

const SAID = /** @type {[unknown, unknown][]} */ ([
  [undefined, null],
  [[], { credits: null, bonus: null, validity_days: null }],
  ['2000', null],
  [
    { credits: '2000', bonus: '50', validity_days: 90 },
    { credits: '2000', bonus: '50', validity_days: '90' },
  ],
  [
    { credits: 0.1, bonus: {}, validity_days: -1 },
    { credits: null, bonus: null, validity_days: null },
  ],
  [{ credits: '9'.repeat(1000) }, { credits: null, bonus: null, validity_days: null }],
]);
for (const [ours, expected] of SAID) {
  const said = JSON.stringify(ours)?.slice(0, 60) ?? 'nothing';
  test(`of credits the plugin says ${said}: strings, or nothing`, async () => {
    const row = { ...product('products-list-tokens'), extensions: { 'nivella-credits': ours } };
    const { store } = storeOf([{ path: LIST, answer: [row] }]);
    assert.deepEqual((await store.packages())[0]?.extensions, expected);
  });
}

const CURRENCIES = /** @type {const} */ ([
  ['products-list-eur', ['EUR', 2, '', ' €', ',', '.']],
  ['products-list-jpy', ['JPY', 0, '¥', '', '.', ',']],
]);

for (const [name, expected] of CURRENCIES) {
  test(`${name}: amounts keep the store's own way of writing`, async () => {
    const { store } = storeOf([name]);
    const { prices } = (await store.packages())[0] ?? assert.fail();
    assert.deepEqual(
      [
        prices.currency,
        prices.minor_unit,
        prices.prefix,
        prices.suffix,
        prices.decimal_separator,
        prices.thousand_separator,
      ],
      expected,
    );
  });
}

test('three decimals, a right-to-left symbol and an apostrophe pass unchanged', async () => {
  const kuwait = product('products-list-tokens');
  Object.assign(kuwait.prices, {
    price: '3100',
    currency_code: 'KWD',
    currency_minor_unit: 3,
    currency_prefix: '',
    currency_suffix: ' د.ك',
    currency_symbol: 'د.ك',
    currency_thousand_separator: "'",
  });
  const { store } = storeOf([{ path: LIST, answer: [kuwait] }]);
  const { prices } = (await store.packages())[0] ?? assert.fail();
  assert.equal(prices.minor_unit, 3);
  assert.equal(prices.suffix, ' د.ك');
  assert.equal(prices.thousand_separator, "'");
});

test('more than a hundred products are read by page number, each once', async () => {
  /** @param {number} from @param {number} count */
  const page = (from, count) =>
    Array.from({ length: count }, (_, index) => ({
      ...product('products-list-tokens'),
      id: from + index,
    }));
  const headers = { 'X-WP-Total': '210', 'X-WP-TotalPages': '3', link: '<x>; rel="next"' };
  const { store, done } = storeOf([
    { path: `${LIST}?page=1`, answer: page(1, 100), headers },
    { path: `${LIST}?page=2`, answer: page(100, 100), headers },
    { path: `${LIST}?page=3`, answer: page(200, 10), headers },
  ]);
  const packages = await store.packages();
  done();
  assert.equal(packages.length, 209);
});

test('without the header of totals a short page is the last one', async () => {
  const full = Array.from({ length: 100 }, (_, id) => ({
    ...product('products-list-tokens'),
    id: id + 1,
  }));
  const { store, done } = storeOf([
    { path: `${LIST}?page=1`, answer: full },
    { path: `${LIST}?page=2`, answer: [] },
  ]);
  assert.equal((await store.packages()).length, 100);
  done();
});

test('an unknown category is an empty list, not an error', async () => {
  const { store } = storeOf(['products-list-unknown-category']);
  assert.deepEqual(await store.packages('nosuch'), []);
});

test('sold out, price-less, free and single ones keep what tells them apart', async () => {
  const variation = product('product-variation');
  const { store } = storeOf([
    'products-list-mixed-kinds',
    { path: `${LIST}?parent=28&type=variation`, answer: [variation] },
  ]);
  const packages = await store.packages();
  /** @param {string} id */
  const of = (id) => packages.find((each) => each.id === id) ?? assert.fail(id);
  assert.deepEqual([of('17').is_in_stock, of('17').is_purchasable], [false, true]);
  assert.deepEqual([of('25').is_purchasable, of('25').prices.price], [false, '0']);
  assert.deepEqual([of('26').is_purchasable, of('26').prices.price], [true, '0']);
  assert.deepEqual([of('19').sold_individually, of('19').maximum], [true, 1]);
  assert.equal(of('18').maximum, 3);
});

test('a variable product gives its variations, named and in order of price', async () => {
  const small = product('product-variation');
  const large = { ...product('product-variation'), id: 30, variation: 'Size: Large' };
  large.prices.price = '4500';
  const { store, seen } = storeOf([
    'products-list-mixed-kinds',
    { path: `${LIST}?parent=28&type=variation`, answer: [large, small] },
  ]);
  const packages = await store.packages();
  assert.equal(
    packages.some((each) => each.id === '28'),
    false,
  );
  const names = packages.filter((each) => each.type === 'variation').map((each) => each.name);
  assert.deepEqual(names, ['Flexible Pack (Size: Small)', 'Flexible Pack (Size: Large)']);
  const prices = packages.map((each) => Number(each.prices.price));
  assert.deepEqual(
    prices,
    [...prices].sort((a, b) => a - b),
  );
  assert.equal(seen[1]?.url.searchParams.get('category'), null);
});

test('a variation with an attribute left open has options to choose', async () => {
  const parent = product('product-variable');
  parent.variations[0].attributes[0].value = null;
  const { store } = storeOf([
    { path: LIST, answer: [parent] },
    { path: LIST, answer: [product('product-variation')] },
  ]);
  assert.deepEqual(
    (await store.packages()).map((each) => each.has_options),
    [true],
  );
});

test('names are decoded once and stay text', async () => {
  const named = product('product-name-with-entities');
  const twice = {
    ...product('products-list-tokens'),
    id: 92,
    name: '&amp;lt;b&amp;gt; x\u202e\u0007',
  };
  const markup = { ...twice, id: 93, name: '<img src=x onerror=alert(1)>' };
  const { store } = storeOf([{ path: LIST, answer: [named, twice, markup] }]);
  const names = new Map((await store.packages()).map((each) => [each.id, each.name]));
  assert.equal(names.get('91'), 'Tom & Jerry’s “Best” – 5€');
  assert.equal(names.get('92'), '&lt;b&gt; x');
  assert.equal(names.get('93'), '<img src=x onerror=alert(1)>');
});

test('an address of a product is a web address or none', async () => {
  const row = { ...product('products-list-tokens'), permalink: 'javascript:alert(1)' };
  const { store } = storeOf([{ path: LIST, answer: [row] }]);
  assert.equal((await store.packages())[0]?.permalink, null);
});
