/**
 * The embedded store's ledger: the module's engine, and what is kept of it.
 *
 * The engine is opened from what the transaction at hand reads whenever another tab has written
 * since; what it books is put back in the same transaction. Nothing is computed here.
 */
import { NivellaError, toNivellaError } from '../errors.js';
import { random } from './answers.js';
import { createBeginning } from './beginning.js';
import { addToDays } from './rollups.js';
import { createRunway } from './runway.js';
import { UTC, zoneAround } from './zone.js';

/** @typedef {import('./database.js').Transaction} Transaction */
/** @typedef {import('./zone.js').Zone} Zone */
/** @typedef {{op: string, request_id?: string, [field: string]: unknown}} Command */
/** @typedef {{booked?: boolean, reason?: string, balance?: any, [more: string]: any}} Outcome */
/**
 * @typedef {object} Engine the module's ledger of one account
 * @property {(entries: object[]) => void} load
 * @property {(command: object, now: string) => Outcome} apply
 * @property {(thresholds: object, now: string) => void} set_thresholds
 * @property {(now: string) => any} balance
 * @property {(used: string, now: string) => import('./runway.js').Runway | null} runway
 * @property {(usage: object, now: string) => any} quote
 * @property {() => any} state
 * @property {(seq: number) => any[]} entries_since
 * @property {(account: string, as_of: string) => void} begin_statement
 * @property {(most: number) => string | undefined} next_statement
 * @property {() => void} [free]
 */
/** @typedef {{open: (stateOrSettings: object) => Engine}} EngineClass */
/**
 * @typedef {object} Head
 * @property {string} stamp changes with every write
 * @property {number} seq of the last entry
 * @property {string} account
 * @property {string} at the last write's time
 * @property {any} state the engine's
 * @property {number} [rolled] how many entries are in the days' sums
 * @property {number} [base] snapshots are counted from here
 */

/** There is no account yet, and its history has to be booked before anything else is. */
export class Unprepared extends Error {}

const HEAD = 'head';
/** Small enough that reading and loading it is a short task. */
const SLICE = 250;

/**
 * @param {object} deps
 * @param {EngineClass} deps.Engine
 * @param {<T>(call: () => T) => T} deps.guard
 * @param {() => number} deps.now
 * @param {(now: number) => Zone} [deps.zone]
 * @param {number} [deps.months] how many whole cycles the history has
 */
export function createBooks({ Engine, guard, now, zone = zoneAround, months = 4 }) {
  /** @type {{engine: Engine, stamp: string} | undefined} */
  let open;
  const beginning = createBeginning({ Engine, safely, now, zone, months });
  const runwayOf = createRunway(safely);

  function close() {
    open?.engine.free?.();
    open = undefined;
  }

  /**
   * A trap leaves no engine to trust; what is kept is as it was.
   *
   * @template T @param {() => T} call
   */
  function safely(call) {
    try {
      return guard(call);
    } catch (error) {
      const known = toNivellaError(error);
      if (known.code === 'module_trapped') {
        open = undefined;
        beginning.drop(true);
      }
      throw known;
    }
  }

  /** @param {Transaction} tx @returns {Promise<Head | undefined>} */
  async function headOf(tx) {
    const head = await tx.get('ledger', HEAD);
    if (head) return head.rolled === head.seq ? head : rollUp(tx, head);
    const [stray] = await tx.latest('entries', 1);
    if (stray) throw new NivellaError('storage_unavailable', 'entries without their account');
    return undefined;
  }

  /** For what an earlier version kept without sums. @param {Transaction} tx @param {Head} head */
  async function rollUp(tx, head) {
    for (let seq = head.rolled ?? 0; seq < head.seq;) {
      const entries = await tx.after('entries', seq, SLICE);
      // Whoever opens the engine says that they are missing.
      if (entries.length === 0) return head;
      await addUp(tx, head.state, entries);
      seq = entries.at(-1).seq;
    }
    const next = { ...head, rolled: head.seq };
    await tx.put('ledger', next, HEAD);
    return next;
  }

  /** @param {Transaction} tx @param {any} state @param {any[]} entries kept already */
  async function addUp(tx, state, entries) {
    const known = {
      day: (/** @type {string} */ day) => tx.get('days', day),
      hold: (/** @type {string} */ hold) => tx.holdEntry(hold),
    };
    await tx.putAll('days', await addToDays(entries, state.settings?.zone ?? UTC, known));
  }

  /** @param {Transaction} tx @param {Head} head @returns {Promise<Engine>} */
  async function engineOf(tx, head) {
    if (open?.stamp === head.stamp) return open.engine;
    close();
    try {
      const engine = safely(() => Engine.open(head.state));
      // In slices, each a task of its own: a long account must not freeze the page.
      for (let seq = 0; seq < head.seq;) {
        const entries = await tx.after('entries', seq, SLICE);
        if (entries.length === 0) throw new Error('entries are missing');
        safely(() => engine.load(entries));
        seq += entries.length;
      }
      open = { engine, stamp: head.stamp };
      return engine;
    } catch (cause) {
      // Better no balance than a wrong one.
      throw new NivellaError('storage_unavailable', 'the kept ledger cannot be read', { cause });
    }
  }

  /** The engine's clock never runs backwards, the device's may. @param {{at: string}} of */
  const timeOf = (of) => new Date(Math.max(now(), Date.parse(of.at))).toISOString();

  /** @param {Transaction} tx @param {Head} head @param {Engine} engine @param {string} at */
  async function keep(tx, head, engine, at) {
    let { seq } = head;
    const state = safely(() => engine.state());
    for (;;) {
      const entries = safely(() => engine.entries_since(seq));
      if (entries.length === 0) break;
      await tx.putAll('entries', entries);
      await addUp(tx, state, entries);
      seq = entries.at(-1).seq;
    }
    const next = { ...head, stamp: random(8), seq, rolled: seq, at, state };
    open = { engine, stamp: next.stamp };
    await tx.put('ledger', next, HEAD);
    return next;
  }

  /** @param {Transaction} tx @returns {Promise<Head>} @throws {Unprepared} */
  async function opened(tx) {
    const head = await headOf(tx);
    if (head) return head;
    const whole = beginning.whole();
    if (!whole) throw new Unprepared();
    const { engine, account, at, base, entries, days } = whole;
    await tx.putAll('entries', entries);
    await tx.putAll('days', days);
    const begun = { stamp: '', seq: entries.length, account, at, base, state: null };
    return keep(tx, begun, engine, at);
  }

  /** The account with all that time has booked. @param {Transaction} tx */
  async function touched(tx) {
    const head = await opened(tx);
    const engine = await engineOf(tx, head);
    const at = timeOf(head);
    safely(() => engine.apply({ op: 'touch' }, at));
    const due = safely(() => engine.entries_since(head.seq)).length > 0;
    return { head: due ? await keep(tx, head, engine, at) : head, engine, at };
  }

  return {
    /** To be called when a transaction failed: the engine may be ahead of what is kept. */
    drop() {
      if (open && beginning.whole()?.engine === open.engine) beginning.drop(true);
      close();
    },
    close() {
      if (beginning.whole()?.engine === open?.engine) open = undefined;
      beginning.drop();
      close();
    },

    /** Books the account's history, for a transaction of its own to keep by `start`. */
    prepare: () => beginning.book(),
    /** @param {Transaction} tx @returns {Promise<import('./seed.js').Step[]>} new orders */
    async start(tx) {
      if (await headOf(tx)) return [];
      await opened(tx);
      return beginning.whole()?.sales ?? [];
    },
    /** After that transaction. */
    started: () => beginning.drop(beginning.whole()?.engine === open?.engine),

    /**
     * Books a command. What is booked, and what time alone has booked before it, is kept with the
     * transaction.
     *
     * @param {Transaction} tx
     * @param {Command} command
     * @returns {Promise<Outcome>}
     */
    async apply(tx, command) {
      const head = await opened(tx);
      const engine = await engineOf(tx, head);
      const at = timeOf(head);
      const outcome = safely(() => engine.apply(command, at));
      const kept = await keep(tx, head, engine, at);
      if (!outcome.balance) return outcome;
      const runway = await runwayOf(tx, kept, engine, at);
      return { ...outcome, balance: named({ ...outcome.balance, runway }, head) };
    },

    touched,

    /**
     * Where the levels begin from now on, kept with the account's settings.
     *
     * @param {Transaction} tx @param {object} thresholds
     */
    async setThresholds(tx, thresholds) {
      const head = await opened(tx);
      const engine = await engineOf(tx, head);
      const at = timeOf(head);
      safely(() => engine.set_thresholds(thresholds, at));
      const { state } = await keep(tx, head, engine, at);
      const balance = named(safely(() => engine.balance(at)), head);
      return { ...state.settings.thresholds, balance };
    },

    /** @param {Transaction} tx @returns {Promise<any>} */
    async balance(tx) {
      if (await headOf(tx)) {
        const { head, engine, at } = await touched(tx);
        const balance = safely(() => engine.balance(at));
        return named({ ...balance, runway: await runwayOf(tx, head, engine, at) }, head);
      }
      const quick = beginning.quick();
      const balance = safely(() => quick.engine.balance(timeOf(quick)));
      // It has no days yet to tell a runway from.
      return named({ ...balance, runway: null }, quick);
    },

    /** @param {Transaction} tx @param {object} usage */
    async quote(tx, usage) {
      const head = await headOf(tx);
      const engine = head ? await engineOf(tx, head) : beginning.quick().engine;
      return safely(() => engine.quote(usage, timeOf(head ?? beginning.quick())));
    },

    /** @param {Transaction} tx @returns {Promise<any>} the account's plans, rates and zone */
    async settings(tx) {
      const head = await headOf(tx);
      const state = head ? head.state : safely(() => beginning.quick().engine.state());
      return { ...state.settings, as_of: timeOf(head ?? beginning.quick()) };
    },
  };
}

/**
 * A demo that starts anew counts versions anew: its snapshots say whose they are.
 *
 * @param {any} balance @param {{account: string, base?: number}} of
 */
const named = (balance, { account, base = 0 }) => ({
  ...balance,
  version: balance.version - base,
  account,
});
