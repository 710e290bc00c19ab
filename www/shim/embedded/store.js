/**
 * A whole store that lives in the browser: WooCommerce's Store API and the ledger's REST over
 * IndexedDB and the module's engine, behind a function that is called like `fetch`.
 *
 * The page's own code cannot tell it from a store on a server: it has a cart, nonces, a checkout,
 * refusals, and may be slow or out of reach when a test says so.
 */
import { toNivellaError } from '../errors.js';
import { Refusal } from './answers.js';
import { Unprepared, createBooks } from './books.js';
import { articlesOf } from './catalog.js';
import { createDatabase } from './database.js';
import { createFaults } from './faults.js';
import { failureReply, ledgerReply } from './ledger-routes.js';
import { createShop } from './shop.js';
import { activityCsv, statement } from './usage-routes.js';

/** @typedef {import('./answers.js').Reply} Reply */
/** @typedef {import('./checkout.js').Order} Order */
/** @typedef {import('./database.js').Transaction} Transaction */
/** @typedef {import('./ledger-routes.js').Asked} Asked */
/** @typedef {import('./books.js').Outcome} Outcome */
/** @typedef {import('./refunds.js').Wanted} Wanted */
/**
 * @typedef {object} EmbeddedOptions
 * @property {import('./books.js').EngineClass} Engine the module's engine
 * @property {string} home the address that the store answers under
 * @property {import('./catalog.js').Range} [range] what it sells; else `?packages=` of the page
 * @property {IDBFactory} [indexedDB]
 * @property {string} [name] of the database
 * @property {() => number} [now]
 * @property {<T>(call: () => T) => T} [guard] heals the module after a trap
 * @property {(now: number) => import('./zone.js').Zone} [zone] the account's; else the browser's
 * @property {number} [months] how many whole cycles of history it starts with
 * @property {(run: () => void) => void} [later] when the page has nothing better to do
 */
/**
 * @typedef {object} Controls what a page's demo controls and tests may do to the store
 * @property {ReturnType<typeof createFaults>['faults']} faults
 * @property {() => Promise<void>} reset starts anew; the account has to be forgotten, too
 * @property {(order: number) => Promise<Order>} markPaid a bank transfer has arrived
 * @property {(order: number, wanted: Wanted) => Promise<{order: Order, outcome: ?Outcome}>} refund
 *   of a line; the credits follow
 * @property {() => Promise<Order[]>} orders newest first
 * @property {() => Promise<void>} expireNonce
 * @property {() => Promise<void>} settle writes the account's history now, if it is not written
 * @property {() => Promise<void>} close
 */
/**
 * @typedef {object} EmbeddedStore
 * @property {import('../http.js').Fetch} fetch
 * @property {(listener: () => void) => () => void} onChange after this tab has booked something,
 *   and once the history is there
 * @property {Controls} controls
 */

const V1 = 'nivella-credits/v1/';

/**
 * @param {EmbeddedOptions} options
 * @returns {Promise<EmbeddedStore>}
 */
export async function createEmbeddedStore(options) {
  const { home, now = Date.now, guard = (call) => call(), later = whenIdle } = options;
  const articles = articlesOf(options.range ?? rangeOfPage());
  const database = createDatabase(
    options.name ?? 'nivella-credits-demo',
    'indexedDB' in options ? options.indexedDB : globalThis.indexedDB,
  );
  const books = createBooks({ ...options, guard, now });
  const { faults, suffer } = createFaults();
  const shop = createShop({ offer: { articles, home }, books, now });
  /** @type {Set<() => void>} */
  const listeners = new Set();
  const tell = () => [...listeners].forEach((listener) => listener());
  /** @type {Promise<void> | undefined} */
  let settling;

  /**
   * One request, one transaction. The engine may be ahead of what is kept when it fails.
   *
   * @template T
   * @param {(tx: Transaction) => Promise<T>} work
   * @returns {Promise<T>}
   */
  async function transact(work) {
    try {
      return await database.run('readwrite', work);
    } catch (error) {
      if (!(error instanceof Unprepared)) {
        books.drop();
        throw error;
      }
      // Nothing was booked. What others are preparing meanwhile is not to be dropped: two that
      // drop each other's would begin anew for ever.
      await settle();
      return transact(work);
    }
  }

  /** @param {Transaction} tx */
  const begin = async (tx) => void (await shop.begin(tx, await books.start(tx)));

  /** The account's history is kept as a whole, in a transaction of its own. */
  async function settle() {
    await books.prepare();
    await database.run('readwrite', begin).catch((error) => {
      // Dropped meanwhile, by a reset: whoever asked asks again.
      if (error instanceof Unprepared) return;
      books.drop();
      throw error;
    });
    books.started();
    // The first look knew no days; now there is a runway to tell.
    tell();
  }

  /** Whoever needs it first writes it; should nobody, it is written when there is time. */
  function settleLater() {
    settling ??= new Promise((resolve) => later(() => resolve(transact(begin)))).then(
      nothing,
      nothing,
    );
  }

  /** @param {Asked} asked @returns {Promise<Reply>} */
  async function replyTo(asked) {
    const { method, route, query } = asked;
    const ours = route.startsWith(V1) ? route.slice(V1.length) : null;
    try {
      if (method === 'GET' && ours === 'statement') {
        return statement(await transact((tx) => books.touched(tx)));
      }
      if (method === 'GET' && ours === 'activity.csv') {
        const { head } = await transact((tx) => books.touched(tx));
        return activityCsv(query, head, (work) => database.run('readonly', work));
      }
      const reply = await transact(async (tx) =>
        ours === null
          ? shop.reply({ ...asked, route: route.replace(/^wc\/store(\/v1)?\//, '') }, tx)
          : ledgerReply({ ...asked, route: ours }, books, tx),
      );
      if (ours === 'balance' || ours === 'pill') settleLater();
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
    const broken = await suffer(init.signal);
    const { status, body, headers, stream } = await replyTo(asked);
    if (asked.method !== 'GET' && status < 400) tell();
    const text = status === 304 ? null : JSON.stringify(body);
    const whole = stream ?? text;
    return new Response(broken ? (text?.slice(0, text.length / 2) ?? null) : whole, {
      status,
      headers: {
        'Content-Type': stream ? 'text/csv; charset=UTF-8' : 'application/json; charset=UTF-8',
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
        settling = undefined;
        tell();
      },
      settle: () => transact(begin),
      async markPaid(id) {
        const paid = await transact((tx) => shop.markPaid(id, tx));
        tell();
        return paid;
      },
      async refund(id, wanted) {
        const answer = await transact((tx) => shop.refund(id, wanted, tx));
        tell();
        return answer;
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

const nothing = () => {};

/** @param {() => void} run */
function whenIdle(run) {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(run, { timeout: 2000 });
  else setTimeout(run, 300);
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
