/**
 * What a page's elements share: one connection for each store and site. It is loaded after the
 * first painting; see first-reading.js.
 */
import { createAccount } from './account.js';
import { engineModule, guarded } from './boot.js';
import { endpoints } from './endpoints.js';
import { firstReading } from './first-reading.js';
import { createLedgerApi } from './ledger-api.js';
import { createStoreApi } from './store-api.js';

/**
 * @typedef {object} Connection
 * @property {import('./account.js').Account} account the balance, and the server's time
 * @property {import('./ledger-api.js').LedgerApi} ledger
 * @property {import('./store-api.js').StoreApi} store
 * @property {boolean} visitor whether a visitor reads, who has no account of their own here
 * @property {Demo | null} demo only for the store that lives in this browser
 */
/** @typedef {Awaited<ReturnType<typeof openDemo>>} Demo */

/** @type {Map<string, Promise<Connection>>} */
const connections = new Map();

/**
 * The connection of this store and site; the same one for every element that asks.
 * @param {{ store?: string | null, site?: string | null }} [where]
 * @returns {Promise<Connection>}
 * @throws {import('./errors.js').NivellaError} `store_not_configured`, `store_origin_refused`,
 *   `module_unavailable`
 */
export function connect({ store = null, site = null } = {}) {
  const key = JSON.stringify([store, site]);
  let connection = connections.get(key);
  if (!connection) {
    connection = open(store, site).catch((error) => {
      connections.delete(key);
      throw error;
    });
    connections.set(key, connection);
  }
  return connection;
}

/**
 * @param {string | null} store
 * @param {string | null} site
 * @returns {Promise<Connection>}
 */
async function open(store, site) {
  const demo = store === 'demo' ? await openDemo() : null;
  const ends = demo?.endpoints ?? endpoints(store);
  const first = await firstReading(store, site);
  const ledger = createLedgerApi({ ...ends, nonceAnswer: first?.nonce });
  const account = createAccount({ store: ends.home, site: site ?? undefined, ledger });
  try {
    if (first?.snapshot) account.publish(first.snapshot, first.etag);
  } catch {
    // A malformed answer is read again, and reported, by the account itself.
  }
  demo?.onChange(() => account.refresh());
  return { account, ledger, store: createStoreApi(ends), visitor: site !== null, demo };
}

async function openDemo() {
  const [{ createEmbeddedStore }, glue] = await Promise.all(
    [import('./embedded/store.js'), engineModule()],
  );
  const home = new URL('/nivella-demo-store/', location.origin).href;
  /** @template T @param {() => T} call */
  const guard = (call) => guarded(glue, call);
  const store = await createEmbeddedStore({ Engine: glue.Engine, home, guard });
  const checkout = new URL('checkout.html', location.href).href;
  return {
    ...store,
    endpoints: { home, rest: `${home}wp-json/`, checkout, fetch: store.fetch },
  };
}
