/**
 * What the dashboard's module is fed with: sums by day, rows of the log page by page, the balance,
 * what is on sale. All of it stays in the module's memory; nothing is computed here.
 */
import { guarded } from './boot.js';

/** @typedef {import('./connection.js').Connection} Connection */
/** @typedef {import('#usage-module').Usage} Usage */
/** @typedef {typeof import('#usage-module')} UsageGlue */
/** @typedef {Record<string, any>} Json */

/**
 * The agents as they are shown where the page has no list of its own: what their work is counted
 * in, and whose colour they have.
 */
export const AGENTS = [
  { key: 'chat', family: 'chat', unit: 'reply' },
  { key: 'voice_inbound', family: 'voice', unit: 'minute' },
  { key: 'voice_outbound', family: 'voice', unit: 'minute' },
  { key: 'voice_web', family: 'voice', unit: 'minute' },
  { key: 'auto_trigger', family: 'auto', unit: 'run' },
  { key: 'nox', family: 'auto', unit: 'task' },
];

/** Holds move nothing in or out; the entry that resolves one shows what it came to. */
const ASIDE = new Set(['hold', 'release', 'lapse', 'plan']);
const PAGE = 100;
/** Rows of the log for one filter are looked for in slices of this many. */
export const SLICE = 50_000;

/**
 * @param {Connection} connection
 * @param {UsageGlue} glue
 * @param {{ agents?: Json[], category?: string, creditsMap?: Record<string, string> }} options
 */
export async function openData({ ledger, store, account }, glue, options) {
  const { agents = AGENTS, category = 'tokens', creditsMap = {} } = options;
  /** @template T @param {() => T} call @returns {T} */
  const guard = (call) => guarded(glue, call);
  const [usage, card] = await Promise.all([ledger.usage(), ledger.rateCard().catch(() => null)]);
  const settings = { zone: usage.zone, rate_cards: card ? [card] : [] };
  const data = guard(() => glue.Usage.open(settings, agents, usage.as_of));
  guard(() => data.set_labels(usage.labels ?? {}));
  guard(() => data.add_rollups(usage));
  /** @type {number | null | undefined} the entry before which the next page begins */
  let next;
  /** Earlier rows that are here, by sequence: the newest that is known. */
  let newest = 0;
  /** The balance that the module has, and since which minute. */
  let told = { snapshot: /** @type {unknown} */ (null), minute: 0 };

  /** @param {{ rows: Json[], labels?: Json }} page */
  function take({ rows, labels }) {
    if (labels) guard(() => data.set_labels(labels));
    guard(() => data.add_rows(rows.filter(({ kind }) => !ASIDE.has(kind))));
    newest = Math.max(newest, rows[0]?.seq ?? 0);
  }

  return {
    data,
    guard,

    /** Whether the store has earlier rows that are not here. */
    get hasEarlier() { return next !== null; },

    /** Fetches the next page of earlier rows. @returns {Promise<number>} how many came */
    async earlier() {
      if (next === null) return 0;
      const before = guard(() => data.rows_known());
      const page = await ledger.activity({ limit: PAGE, ...(next ? { before: next } : {}) });
      take(page);
      next = page.next;
      return guard(() => data.rows_known()) - before;
    },

    /**
     * Fetches what was booked since: pages from the newest down to what is known.
     * @returns {Promise<boolean>} whether there was anything
     */
    async later() {
      /** @type {number | null} */
      let before = null;
      const known = newest;
      do {
        const page = await ledger.activity({ limit: PAGE, ...(before ? { before } : {}) });
        take(page);
        const last = page.rows.at(-1)?.seq ?? 0;
        before = last > known + 1 ? page.next : null;
      } while (before);
      return newest > known;
    },

    /** The balance as the account knows it. @returns {boolean} whether there is one */
    readBalance() {
      const { snapshot } = account.state();
      if (!snapshot?.pools) return false;
      const now = account.now();
      const minute = Math.floor(now / 60_000);
      // Nothing that is shown is finer than a minute; until then the same balance says no more.
      if (snapshot === told.snapshot && minute === told.minute) return true;
      guard(() => data.set_balance({ ...snapshot, as_of: new Date(now).toISOString() }));
      told = { snapshot, minute };
      return true;
    },

    /** What is on sale; a dashboard without it gives no advice on packages. */
    async readOffers() {
      const [products, { plans }] = await Promise.all([
        store.packages(category).catch(() => []),
        ledger.plans().catch(() => ({ plans: [] })),
      ]);
      guard(() => data.set_offers({ products, credits_map: creditsMap, plans }));
    },
  };
}

/**
 * Reads a CSV export into the module, chunk by chunk.
 * @param {Awaited<ReturnType<typeof openData>>} feed
 * @param {ReadableStream<Uint8Array>} csv
 * @param {(rows: number) => void} counted how many are here; how many there will be is not known
 * @param {AbortSignal} [signal]
 */
export async function readCsv({ data, guard }, csv, counted, signal) {
  const reader = csv.getReader();
  const stop = () => void reader.cancel(signal?.reason);
  signal?.addEventListener('abort', stop);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      signal?.throwIfAborted();
      if (done) break;
      for (let at = 0; at < value.length; at += CHUNK) {
        guard(() => data.read_csv(value.subarray(at, at + CHUNK)));
        await breathe();
      }
      counted(guard(() => data.rows_known()));
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    guard(() => data.end_csv());
  }
}

/** Bytes that are read in one task. */
const CHUNK = 256 * 1024;

/** Lets the page do what it has to before the next slice of long work. */
export const breathe = () => new Promise((resolve) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => (port1.close(), resolve(undefined));
  port2.postMessage(null);
});
