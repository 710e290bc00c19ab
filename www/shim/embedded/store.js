/**
 * A whole store that lives in the browser: WooCommerce's Store API and the ledger's REST over
 * IndexedDB and the module's engine, behind a function that is called like `fetch`.
 *
 * The page's own code cannot tell it from a store on a server: it has a cart, nonces, a checkout,
 * refusals, and may be slow or out of reach when a test says so.
 */
import { toNivellaError } from '../errors.js';
import { Refusal } from './answers.js';
import { createBooks } from './books.js';
import { articlesOf } from './catalog.js';
import { createDatabase } from './database.js';
import { createFaults } from './faults.js';
import { failureReply, ledgerReply } from './ledger-routes.js';
import { createShop } from './shop.js';

/** @typedef {import('./answers.js').Reply} Reply */
/** @typedef {import('./checkout.js').Order} Order */
/** @typedef {import('./database.js').Transaction} Transaction */
/** @typedef {import('./ledger-routes.js').Asked} Asked */
/**
 * @typedef {object} EmbeddedOptions
 * @property {import('./books.js').EngineClass} Engine the module's engine
 * @property {string} home the address that the store answers under
 * @property {import('./catalog.js').Range} [range] what it sells; else `?packages=` of the page
 * @property {IDBFactory} [indexedDB]
 * @property {string} [name] of the database
 * @property {() => number} [now]
 * @property {<T>(call: () => T) => T} [guard] heals the module after a trap
 */
/**
 * @typedef {object} Controls what a page's demo controls and tests may do to the store
 * @property {ReturnType<typeof createFaults>['faults']} faults
 * @property {() => Promise<void>} reset starts anew; the account has to be forgotten, too
 * @property {(order: number) => Promise<Order>} markPaid a bank transfer has arrived
 * @property {() => Promise<Order[]>} orders newest first
 * @property {() => Promise<void>} expireNonce
 * @property {() => Promise<void>} close
 */
/**
 * @typedef {object} EmbeddedStore
 * @property {import('../http.js').Fetch} fetch
 * @property {(listener: () => void) => () => void} onChange after this tab has booked something
 * @property {Controls} controls
 */

const V1 = 'nivella-credits/v1/';

/**
 * @param {EmbeddedOptions} options
 * @returns {Promise<EmbeddedStore>}
 */
export async function createEmbeddedStore(options) {
  const { Engine, home, now = Date.now, guard = (call) => call() } = options;
  const articles = articlesOf(options.range ?? rangeOfPage());
  const database = createDatabase(
    options.name ?? 'nivella-credits-demo',
    'indexedDB' in options ? options.indexedDB : globalThis.indexedDB,
  );
  const books = createBooks({ Engine, guard, now });
  const { faults, suffer } = createFaults();
  const shop = createShop({ offer: { articles, home }, books, now });
  /** @type {Set<() => void>} */
  const listeners = new Set();
  const tell = () => [...listeners].forEach((listener) => listener());

  /**
   * One request, one transaction. The engine may be ahead of what is kept when it fails.
   *
   * @template T
   * @param {(tx: Transaction) => Promise<T>} work
   */
  async function transact(work) {
    try {
      return await database.run('readwrite', work);
    } catch (error) {
      books.drop();
      throw error;
    }
  }

  /** @param {Asked} asked @returns {Promise<Reply>} */
  async function replyTo(asked) {
    const { route } = asked;
    try {
      const reply = await transact(async (tx) =>
        route.startsWith(V1)
          ? ledgerReply({ ...asked, route: route.slice(V1.length) }, books, tx)
          : shop.reply({ ...asked, route: route.replace(/^wc\/store(\/v1)?\//, '') }, tx),
      );
      if (reply) return reply;
      const text = 'No route was found matching the URL and request method.';
      return new Refusal(404, 'rest_no_route', text).reply;
    } catch (error) {
      return error instanceof Refusal ? error.reply : failureReply(toNivellaError(error));
    }
  }

  /** @type {import('../http.js').Fetch} */
  async function fetch(address, init = {}) {
    const asked = askedOf(address, init, home);
    const spoil = await suffer(init.signal);
    const { status, body, headers } = await replyTo(asked);
    if (asked.method !== 'GET' && status < 400) tell();
    const text = status === 304 ? null : spoil(JSON.stringify(body));
    return new Response(text, {
      status,
      headers: {
        'Content-Type': 'application/json; charset=UTF-8',
        Date: new Date(now()).toUTCString(),
        ...headers,
      },
    });
  }

  return {
    fetch,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    controls: {
      faults,
      reset: async () => {
        await transact((tx) => tx.clear());
        books.close();
        tell();
      },
      async markPaid(id) {
        const paid = await transact((tx) => shop.markPaid(id, tx));
        tell();
        return paid;
      },
      orders: () => database.run('readonly', (tx) => tx.latest('orders', 200)),
      expireNonce: () => transact((tx) => shop.expireNonce(tx)),
      async close() {
        books.close();
        await database.close();
      },
    },
  };
}

/** @param {string} address @param {RequestInit} init @param {string} home @returns {Asked} */
function askedOf(address, init, home) {
  const url = new URL(address, home);
  const given = url.searchParams.get('rest_route');
  const route = (given ?? url.pathname.replace(/^.*?\/wp-json/, '')).replace(/^\//, '');
  let body;
  try {
    body = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
  } catch {
    body = undefined;
  }
  const headers = new Headers(init.headers);
  return { method: init.method ?? 'GET', route, query: url.searchParams, headers, body };
}

/** Odd goods, very many, or none, for tests and for the curious. */
function rangeOfPage() {
  const query = new URLSearchParams(globalThis.location?.search ?? '');
  const range = query.get('packages');
  return /** @type {import('./catalog.js').Range} */ (
    ['odd', 'many', 'none'].includes(range ?? '') ? range : 'usual'
  );
}
