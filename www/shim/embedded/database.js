/**
 * The embedded store's memory: one IndexedDB database, one transaction for each request.
 *
 * Transactions that write follow one another across all tabs, and what a request reads it reads in
 * the transaction that it writes in, so that two tabs never fork the ledger.
 */
import { NivellaError, toNivellaError } from '../errors.js';

/** @typedef {'shop' | 'ledger' | 'entries' | 'orders' | 'days'} Table */
/**
 * @typedef {object} Transaction
 * @property {(table: Table, key: IDBValidKey) => Promise<any>} get
 * @property {(table: Table, value: unknown, key?: IDBValidKey) => Promise<unknown>} put
 * @property {(table: Table, values: unknown[]) => Promise<void>} putAll
 * @property {(table: Table, above: number, most: number) => Promise<any[]>} after ascending
 * @property {(table: Table, first: IDBValidKey, last: IDBValidKey) => Promise<any[]>} between
 *   ascending, both included
 * @property {(hold: string) => Promise<any>} holdEntry the entry that opened a hold
 * @property {(table: Table, most: number, below?: number) => Promise<any[]>} latest newest first
 * @property {() => Promise<unknown>} clear everything
 */
/** @typedef {ReturnType<typeof createDatabase>} Database */

/** 2: the days' sums of usage, and entries by their hold. */
const VERSION = 2;
/** A long list is cloned in slices, each a task of its own. */
const SLICE = 200;
/** @type {[Table, IDBObjectStoreParameters][]} */
const TABLES = [
  ['shop', {}],
  ['ledger', {}],
  ['entries', { keyPath: 'seq' }],
  ['orders', { keyPath: 'id' }],
  ['days', { keyPath: 'day' }],
];
const NAMES = TABLES.map(([name]) => name);

/**
 * @param {string} name
 * @param {IDBFactory | undefined} indexedDB
 */
export function createDatabase(name, indexedDB) {
  /** @type {Promise<IDBDatabase> | undefined} */
  let opening;

  function open() {
    opening ??= opened(name, indexedDB).then(
      (database) => {
        // Another tab deletes or upgrades it, or the browser gives up on it.
        const forget = () => (opening = undefined);
        database.onversionchange = () => {
          database.close();
          forget();
        };
        database.onclose = forget;
        return database;
      },
      (error) => {
        opening = undefined;
        throw unavailable(error);
      },
    );
    return opening;
  }

  return {
    /**
     * Runs `work` in one transaction: all that it writes is kept, or nothing. `work` may only wait
     * for the transaction itself.
     *
     * @template T
     * @param {'readonly' | 'readwrite'} mode
     * @param {(transaction: Transaction) => Promise<T>} work
     * @returns {Promise<T>} after the browser has said that it is kept
     * @throws {NivellaError} `storage_unavailable`, or what `work` throws
     */
    async run(mode, work) {
      const database = await open();
      /** @type {IDBTransaction} */
      let transaction;
      try {
        transaction = database.transaction(NAMES, mode, { durability: 'strict' });
      } catch (error) {
        opening = undefined;
        throw unavailable(error);
      }
      const ended = endOf(transaction);
      try {
        const result = await work(tablesOf(transaction));
        await ended;
        return result;
      } catch (error) {
        abort(transaction);
        await ended.catch(() => {});
        throw error instanceof DOMException ? unavailable(error) : error;
      }
    },
    async close() {
      const database = await opening?.catch(() => undefined);
      opening = undefined;
      database?.close();
    },
  };
}

/** @param {unknown} cause */
const unavailable = (cause) =>
  new NivellaError('storage_unavailable', toNivellaError(cause).message, { cause });

/** @param {IDBTransaction} transaction */
function abort(transaction) {
  try {
    transaction.abort();
  } catch {
    // It has ended by itself.
  }
}

/** @param {IDBTransaction} transaction @returns {Promise<void>} */
function endOf(transaction) {
  const ended = new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(undefined);
    transaction.onabort = () => reject(unavailable(transaction.error ?? new Error('aborted')));
  });
  ended.catch(() => {}); // heard by whoever waits
  return /** @type {Promise<void>} */ (ended);
}

/** @param {string} name @param {IDBFactory | undefined} indexedDB */
async function opened(name, indexedDB) {
  if (!indexedDB) throw new Error('no IndexedDB here');
  const request = indexedDB.open(name, VERSION);
  request.onupgradeneeded = () => upgrade(request);
  return result(request);
}

/** Adds what an earlier version has not; what it keeps stays. @param {IDBOpenDBRequest} request */
function upgrade({ result: database, transaction }) {
  for (const [table, options] of TABLES) {
    if (!database.objectStoreNames.contains(table)) database.createObjectStore(table, options);
  }
  const entries = transaction?.objectStore('entries');
  if (entries && !entries.indexNames.contains('hold')) entries.createIndex('hold', 'hold');
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const result = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** @param {IDBTransaction} transaction @returns {Transaction} */
function tablesOf(transaction) {
  /** @param {Table} table */
  const of = (table) => transaction.objectStore(table);
  return {
    get: (table, key) => result(of(table).get(key)),
    put: (table, value, key) => result(of(table).put(value, key)),
    async putAll(table, values) {
      for (let from = 0; from < values.length; from += SLICE) {
        const requests = values.slice(from, from + SLICE).map((value) => of(table).put(value));
        await Promise.all(requests.map(result));
      }
    },
    between: (table, first, last) => result(of(table).getAll(IDBKeyRange.bound(first, last))),
    holdEntry: (hold) => result(of('entries').index('hold').get(hold)),
    after: (table, above, most) =>
      result(of(table).getAll(IDBKeyRange.lowerBound(above, true), most)),
    latest: (table, most, below) => latest(of(table), most, below),
    clear: () => Promise.all(NAMES.map((name) => result(of(name).clear()))),
  };
}

/**
 * @param {IDBObjectStore} store @param {number} most @param {number} [below]
 * @returns {Promise<any[]>}
 */
function latest(store, most, below) {
  const range = below === undefined ? null : IDBKeyRange.upperBound(below, true);
  return new Promise((resolve, reject) => {
    /** @type {any[]} */
    const found = [];
    const request = store.openCursor(range, 'prev');
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const cursor = request.result;
      if (!cursor || found.length >= most) return resolve(found);
      found.push(cursor.value);
      return cursor.continue();
    };
  });
}
