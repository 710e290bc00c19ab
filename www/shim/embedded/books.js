/**
 * The embedded store's ledger: the module's engine, and what is kept of it.
 *
 * The engine is opened from what the transaction at hand reads whenever another tab has written
 * since; what it books is put back in the same transaction. Nothing is computed here.
 */
import { NivellaError, toNivellaError } from '../errors.js';
import { random } from './answers.js';
import { SETTINGS, seedCommands, topUp } from './seed.js';

/** @typedef {import('./database.js').Transaction} Transaction */
/** @typedef {{op: string, request_id?: string, [field: string]: unknown}} Command */
/** @typedef {{booked?: boolean, reason?: string, balance?: any, [more: string]: any}} Outcome */
/**
 * @typedef {object} Engine the module's ledger of one account
 * @property {(entries: object[]) => void} load
 * @property {(command: object, now: string) => Outcome} apply
 * @property {(now: string) => any} balance
 * @property {(usage: object, now: string) => any} quote
 * @property {() => any} state
 * @property {(seq: number) => any[]} entries_since
 * @property {() => void} [free]
 */
/** @typedef {{open: (stateOrSettings: object) => Engine}} EngineClass */
/** @typedef {{stamp: string, seq: number, account: string, at: string, state: any}} Head */

const HEAD = 'head';
const SLICE = 1000;

/**
 * @param {{Engine: EngineClass, guard: <T>(call: () => T) => T, now: () => number}} deps
 */
export function createBooks({ Engine, guard, now }) {
  /** @type {{engine: Engine, stamp: string} | undefined} */
  let open;

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
      if (known.code === 'module_trapped') open = undefined;
      throw known;
    }
  }

  /** @param {Transaction} tx @returns {Promise<Head | undefined>} */
  async function headOf(tx) {
    const head = await tx.get('ledger', HEAD);
    if (head) return head;
    const [stray] = await tx.latest('entries', 1);
    if (stray) throw new NivellaError('storage_unavailable', 'entries without their account');
    return undefined;
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

  /** The engine's clock never runs backwards, whatever the device's does. @param {Head} head */
  const timeOf = (head) => new Date(Math.max(now(), Date.parse(head.at))).toISOString();

  /** @param {Transaction} tx @param {Head} head @param {Engine} engine @param {string} at */
  async function keep(tx, head, engine, at) {
    let { seq } = head;
    for (;;) {
      const entries = safely(() => engine.entries_since(seq));
      if (entries.length === 0) break;
      for (const entry of entries) await tx.put('entries', entry);
      seq = entries.at(-1).seq;
    }
    const next = { ...head, stamp: random(8), seq, at, state: safely(() => engine.state()) };
    open = { engine, stamp: next.stamp };
    await tx.put('ledger', next, HEAD);
    return next;
  }

  /** @param {Transaction} tx @returns {Promise<Head>} */
  async function opened(tx) {
    const head = await headOf(tx);
    if (head) return head;
    const at = now();
    const commands = seedCommands(at);
    const engine = safely(() => Engine.open(SETTINGS));
    for (const { at: when, command } of commands) {
      safely(() => engine.apply(command, new Date(when).toISOString()));
    }
    const last = new Date(commands.at(-1)?.at ?? at).toISOString();
    const rest = topUp(safely(() => engine.balance(last)).available);
    if (rest) safely(() => engine.apply(rest, last));
    const account = `demo-${random(8)}`;
    const none = { stamp: '', seq: 0, account, at: last, state: null };
    return keep(tx, none, engine, last);
  }

  return {
    /** To be called when a transaction failed: the engine may be ahead of what is kept. */
    drop: close,
    close,

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
      await keep(tx, head, engine, at);
      return outcome.balance ? { ...outcome, balance: named(outcome.balance, head) } : outcome;
    },

    /** What the demo starts with, where nothing is kept yet. @param {Transaction} tx */
    start: async (tx) => void (await opened(tx)),

    /** @param {Transaction} tx @returns {Promise<any>} */
    async balance(tx) {
      const head = await opened(tx);
      const engine = await engineOf(tx, head);
      const at = timeOf(head);
      safely(() => engine.apply({ op: 'touch' }, at));
      if (safely(() => engine.entries_since(head.seq)).length > 0) {
        await keep(tx, head, engine, at);
      }
      return named(
        safely(() => engine.balance(at)),
        head,
      );
    },

    /** @param {Transaction} tx @param {object} usage */
    async quote(tx, usage) {
      const head = await opened(tx);
      const engine = await engineOf(tx, head);
      return safely(() => engine.quote(usage, timeOf(head)));
    },
  };
}

/** A demo that starts anew counts versions anew: its snapshots say whose they are. */
const named = (/** @type {any} */ balance, /** @type {Head} */ { account }) => ({
  ...balance,
  account,
});
