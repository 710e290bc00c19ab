/** An embedded store for tests, on an IndexedDB in memory and a clock that the test sets. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { createEmbeddedStore } from '../../www/shim/embedded/store.js';
import { createLedgerApi } from '../../www/shim/ledger-api.js';
import { createStoreApi } from '../../www/shim/store-api.js';
import { UTC } from '../../www/shim/embedded/zone.js';
import { engine } from './engine.js';

export const PAGE = 'https://demo.example/chat.html';
export const HOME = 'https://demo.example/nivella-demo-store/';
export const NOW = Date.UTC(2026, 10, 21, 10);

export const BILLING = {
  first_name: 'Ada',
  last_name: 'Lovelace',
  company: '',
  address_1: '1 Main St',
  address_2: '',
  city: 'San Francisco',
  state: 'CA',
  postcode: '94110',
  country: 'US',
  email: 'ada@example.com',
  phone: '',
};

/** @typedef {import('../../www/shim/embedded/store.js').EmbeddedOptions} EmbeddedOptions */

/** A browser: its tabs share one database. @param {Partial<EmbeddedOptions>} [options] */
export function createBrowser(options = {}) {
  const indexedDB = new IDBFactory();
  const clock = { now: NOW };
  return {
    clock,
    indexedDB,
    /** @param {Partial<EmbeddedOptions>} [more] */
    async tab(more = {}) {
      const demo = await createEmbeddedStore({
        Engine: engine,
        home: HOME,
        indexedDB,
        now: () => clock.now,
        zone: () => UTC,
        // The days of this cycle are enough for most; what has months says so.
        months: 0,
        later: () => {},
        ...options,
        ...more,
      });
      const ends = { home: HOME, page: PAGE, fetch: demo.fetch };
      const session = new Map();
      const store = createStoreApi({
        ...ends,
        session: {
          getItem: (key) => session.get(key) ?? null,
          setItem: (key, value) => void session.set(key, value),
        },
        lock: (_name, run) => run(),
        cartChanged: () => {},
      });
      const ledger = createLedgerApi(ends);
      const ask = askOf(demo.fetch);
      const available = async () => (await ledger.balance()).snapshot?.available;
      return { ...demo, store, ledger, ask, available };
    },
  };
}

/** Plain requests with the newest nonce. @param {import('../../www/shim/http.js').Fetch} fetch */
function askOf(fetch) {
  let nonce = '';
  /** @param {string} method @param {string} route @param {unknown} [body] */
  return async (method, route, body) => {
    const response = await fetch(`${HOME}wp-json/${route}`, {
      method,
      headers: nonce ? { Nonce: nonce } : {},
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    nonce = response.headers.get('Nonce') ?? nonce;
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text && JSON.parse(text) };
  };
}

/**
 * The whole purchase of what is in the cart.
 *
 * @param {ReturnType<typeof askOf>} ask
 * @param {string} [method]
 */
export async function pay(ask, method = 'demo_card') {
  await ask('GET', 'wc/store/v1/cart');
  return ask('POST', 'wc/store/v1/checkout', { billing_address: BILLING, payment_method: method });
}
