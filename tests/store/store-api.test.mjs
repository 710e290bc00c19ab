/**
 * The shim against a real WooCommerce, without the plugin. `make test-store` makes one for it.
 *
 * `STORE=URL` alone reads a store and uses carts of guests; `WP_DIR` (its folder on this machine, a
 * store that is only for trying) adds odd products and turns permalinks off and on.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createLedgerApi } from '../../www/shim/ledger-api.js';
import { createStoreApi } from '../../www/shim/store-api.js';
import { tabStorage, visitor } from './jar.mjs';

/** @typedef {import('../../www/shim/http.js').Fetch} Fetch */

const { WP_DIR } = process.env;
const STORE = (process.env.STORE ?? '').replace(/\/?$/, '/');
const skip = STORE === '/' && 'no store to try on: make test-store, or set STORE';
const skipOdd = !WP_DIR && 'needs the folder of a store that is for trying: set WP_DIR';

/** @param {string[]} words */
function php(...words) {
  const script = fileURLToPath(new URL('odd-products.php', import.meta.url));
  const env = { ...process.env, WP_URL: STORE.slice(0, -1) };
  return execFileSync('php', [script, ...words], { env, encoding: 'utf8' });
}

/** @param {string} origin @param {Fetch} [fetch] */
function storeOf(origin, fetch = visitor()) {
  const page = `${origin}chat.html`;
  const lock = (/** @type {string} */ _name, /** @type {() => Promise<any>} */ run) => run();
  const ends = { home: '/', page, fetch };
  const shared = { session: tabStorage(), lock, cartChanged: () => {} };
  return { ...createStoreApi({ ...ends, ...shared }), ledger: createLedgerApi(ends) };
}

/** @param {{lines: {id: string, quantity: number}[]}} cart */
const held = ({ lines }) => lines.map(({ id, quantity }) => [id, quantity]);

describe('a real store', { skip }, () => {
  /** @type {import('node:child_process').ChildProcess} */
  let server;
  /** @type {Record<'demo' | 'store', string>} */
  const origins = { demo: '', store: STORE };
  /** @type {string[]} cheapest first */
  let ids = [];

  before(async () => {
    const script = fileURLToPath(new URL('../../www/demo/serve.mjs', import.meta.url));
    const env = { ...process.env, PORT: '0', STORE };
    server = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const said = await new Promise((resolve) => server.stdout?.once('data', resolve));
    origins.demo = `${/http:\/\/localhost:\d+/.exec(String(said))?.[0]}/`;
    const usual = (await storeOf(STORE).packages()).filter(({ sku }) => sku.startsWith('NV-'));
    ids = usual.map(({ id }) => id);
    assert.ok(ids.length >= 3, 'the store has no packages NV-...');
  });
  after(() => void server?.kill());

  for (const way of /** @type {const} */ (['store', 'demo'])) {
    const where = way === 'demo' ? "through the demo's server" : 'on its own origin';

    test(`packages ${where}: live prices, cheapest first`, async () => {
      const packages = await storeOf(origins[way]).packages();
      const usual = packages.filter(({ sku }) => sku.startsWith('NV-'));
      assert.deepEqual(
        usual.map(({ sku }) => sku),
        ['NV-2000', 'NV-5000', 'NV-10000', 'NV-20000', 'NV-30000', 'NV-40000'],
      );
      assert.deepEqual(usual[0]?.prices, {
        price: '1000',
        currency: 'USD',
        minor_unit: 2,
        prefix: '$',
        suffix: '',
        symbol: '$',
        decimal_separator: '.',
        thousand_separator: ',',
      });
      assert.equal(usual[0]?.is_purchasable && usual[0]?.is_in_stock, true);
    });

    test(`a choice ${where} is exact, and another one replaces it`, async () => {
      const store = storeOf(origins[way]);
      const [first = '', second = ''] = ids;
      assert.equal((await store.choose({ id: first, quantity: 1 })).line.quantity, 1);
      const more = await store.choose({ id: first, quantity: 3 });
      assert.deepEqual(held(more.cart), [[first, 3]]);
      assert.equal(more.cart.totals.price, '3000');
      await store.choose({ id: second, quantity: 2 });
      assert.deepEqual(held(await store.cart()), [[second, 2]]);
    });

    test(`a double click ${where} adds once`, async () => {
      const store = storeOf(origins[way]);
      const choice = { id: ids[0] ?? '', quantity: 1 };
      await Promise.all([store.choose(choice), store.choose(choice), store.choose(choice)]);
      assert.deepEqual(held(await store.cart()), [[ids[0], 1]]);
    });

    test(`a quantity above the store's limit ${where}: quantity_limited`, async () => {
      const store = storeOf(origins[way]);
      const id = ids[0] ?? '';
      const limited = { code: 'quantity_limited', field: 'quantity' };
      const details = { id, asked: '10000', quantity: '9999' };
      await assert.rejects(store.choose({ id, quantity: 10000 }), { ...limited, details });
      assert.equal((await store.choose({ id, quantity: 2 })).line.quantity, 2);
      await assert.rejects(store.choose({ id, quantity: 10000 }), limited);
      assert.deepEqual(held(await store.cart()), [[id, 2]]);
    });

    test(`an outdated nonce ${where} is renewed without adding twice`, async () => {
      const jar = visitor();
      let spoilt = 0;
      /** @type {Fetch} */
      const fetch = (url, init = {}) => {
        const headers = new Headers(init.headers);
        if (init.method === 'POST' && spoilt++ === 0) headers.set('Nonce', 'deadbeef00');
        return jar(url, { ...init, headers });
      };
      const store = storeOf(origins[way], fetch);
      const { line } = await store.choose({ id: ids[0] ?? '', quantity: 2 });
      assert.deepEqual([line.quantity, spoilt], [2, 2]);
    });

    test(`an answer that gets lost ${where} is looked up in the cart`, async () => {
      const jar = visitor();
      let lost = 0;
      /** @type {Fetch} */
      const fetch = async (url, init = {}) => {
        const response = await jar(url, init);
        if (init.method === 'POST' && lost++ === 0) throw new TypeError('gone');
        return response;
      };
      const store = storeOf(origins[way], fetch);
      assert.equal((await store.choose({ id: ids[0] ?? '', quantity: 2 })).line.quantity, 2);
      assert.deepEqual(held(await store.cart()), [[ids[0], 2]]);
    });

    test(`an unknown package ${where}: package_unknown`, async () => {
      const choice = { id: '99999999', quantity: 1 };
      await assert.rejects(storeOf(origins[way]).choose(choice), { code: 'package_unknown' });
    });

    test(`without the plugin ${where} no balance can be read: ledger_missing`, async () => {
      await assert.rejects(storeOf(origins[way]).ledger.balance(), { code: 'ledger_missing' });
    });
  }

  test('one navigation hands the choice to the checkout; loading it again adds again', async () => {
    const jar = visitor();
    const [id = ''] = ids;
    const address = `${STORE}checkout/?add-to-cart=${id}&quantity=2`;
    assert.equal((await jar(address)).status, 200);
    const store = storeOf(STORE, jar);
    assert.deepEqual(held(await store.cart()), [[id, 2]]);
    await jar(address);
    assert.deepEqual(held(await store.cart()), [[id, 4]]);
  });

  test("the demo's server passes on nothing but products, the cart and the ledger", async () => {
    const refused = [
      ['GET', 'wp-json/wp/v2/users'],
      ['GET', 'wp-json/wc/store/v1/checkout'],
      ['POST', 'wp-json/wc/store/v1/checkout'],
      ['POST', 'wp-json/wc/store/v1/batch'],
      ['GET', '?rest_route=/wp/v2/users'],
      ['GET', 'wp-json/wc/store/v1/products/../../../../wp/v2/users'],
      ['POST', 'wp-json/wc/store/v1/products'],
    ];
    for (const [method = '', path = ''] of refused) {
      const { status } = await fetch(origins.demo + path, { method });
      assert.equal(status, 404, `${method} ${path}`);
    }
  });

  describe('with odd products', { skip: skipOdd }, () => {
    /** @type {Record<string, number>} */
    let odd = {};
    before(() => {
      odd = JSON.parse(php());
    });

    test('each odd product says what it is', async () => {
      const packages = await storeOf(STORE).packages();
      const of = (/** @type {string} */ key) => packages.find(({ id }) => id === String(odd[key]));
      assert.equal(of('single')?.maximum, 1);
      assert.equal(of('stock')?.maximum, 3);
      assert.equal(of('sold')?.is_in_stock, false);
      assert.equal(of('priceless')?.is_purchasable, false);
      assert.deepEqual([of('free')?.is_purchasable, of('free')?.prices.price], [true, '0']);
      assert.equal(of('hidden'), undefined);
      // WordPress lets an owner write tags into a title: here they are text like any other.
      assert.equal(of('named')?.name, 'Tom & Jerry’s “Best” <b>Pack</b>');
      assert.equal(of('goods'), undefined);
      assert.equal(of('parent'), undefined);
      assert.equal(of('small')?.name, 'Flexible Pack (Size: Small)');
      assert.deepEqual([of('large')?.prices.price, of('large')?.has_options], ['4500', false]);
      assert.equal(of('open')?.has_options, true);
    });

    test('variations are chosen by their id', async () => {
      const store = storeOf(STORE);
      const id = String(odd.large);
      assert.equal((await store.choose({ id, quantity: 2 })).line.quantity, 2);
      const jar = visitor();
      await jar(`${STORE}checkout/?add-to-cart=${id}&quantity=1`);
      assert.deepEqual(held(await storeOf(STORE, jar).cart()), [[id, 1]]);
    });

    const REFUSED = /** @type {[string, number, string][]} */ ([
      ['single', 2, 'quantity_limited'],
      ['stock', 4, 'quantity_limited'],
      ['sold', 1, 'package_unavailable'],
      ['priceless', 1, 'package_unavailable'],
      ['parent', 1, 'package_unavailable'],
    ]);
    for (const [key, quantity, code] of REFUSED) {
      test(`${quantity} of "${key}": ${code}`, async () => {
        const choice = { id: String(odd[key]), quantity };
        await assert.rejects(storeOf(STORE).choose(choice), { code });
      });
    }

    test('other goods stay, and are named with the total', async () => {
      const jar = visitor();
      await jar(`${STORE}?add-to-cart=${odd.goods}&quantity=2`);
      const store = storeOf(STORE, jar);
      await store.choose({ id: ids[0] ?? '', quantity: 1 });
      const { others, cart } = await store.choose({ id: ids[1] ?? '', quantity: 1 });
      assert.deepEqual(
        others.map(({ name, quantity }) => [name, quantity]),
        [['Desk lamp', 2]],
      );
      assert.equal(cart.totals.items, '6800');
    });

    test('signing in between two choices: the nonce is renewed', async () => {
      const jar = visitor();
      const store = storeOf(STORE, jar);
      await store.choose({ id: ids[0] ?? '', quantity: 1 });
      const form = new URLSearchParams({ log: 'admin', pwd: 'admin', testcookie: '1' });
      jar.cookies.set('wordpress_test_cookie', 'WP%20Cookie%20check');
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
      const init = { method: 'POST', headers, body: String(form), redirect: 'manual' };
      const login = await jar(`${STORE}wp-login.php`, /** @type {RequestInit} */ (init));
      assert.equal(login.status, 302);
      const { line } = await store.choose({ id: ids[1] ?? '', quantity: 2 });
      assert.equal(line.quantity, 2);
      await store.choose({ id: ids[1] ?? '', quantity: 1 });
      const nonce = await jar(`${STORE}wp-admin/admin-ajax.php?action=rest-nonce`);
      assert.match(await nonce.text(), /^\w{10}$/);
    });

    test('without pretty permalinks the store is found all the same', async () => {
      php('permalinks');
      try {
        for (const origin of Object.values(origins)) {
          const store = storeOf(origin);
          assert.ok((await store.packages()).length >= 6);
          const { line } = await store.choose({ id: ids[0] ?? '', quantity: 2 });
          assert.equal(line.quantity, 2);
          await assert.rejects(store.ledger.balance(), { code: 'ledger_missing' });
        }
      } finally {
        php('permalinks', '/%postname%/');
      }
    });
  });
});
