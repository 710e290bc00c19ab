/**
 * The account before anything is kept.
 *
 * A first look is answered by a shortcut to today's balance, in no time. The months behind it are
 * booked by history.js in small tasks and kept as a whole before anything else is booked, so that
 * every id, cycle and draw is that of the long way. Both give the same balance.
 */
import { NivellaError } from '../errors.js';
import { random } from './answers.js';
import { addToDays } from './rollups.js';
import { calendarOf, settingsOf, shortcut } from './seed.js';

/** @typedef {import('./books.js').Engine} Engine */
/** @typedef {import('./books.js').EngineClass} EngineClass */
/** @typedef {import('./zone.js').Zone} Zone */
/** @typedef {import('./rollups.js').Day} Day */
/** @typedef {{engine: Engine, account: string, at: string, base: number}} Begun */
/** @typedef {import('./seed.js').Step} Step */
/** @typedef {Begun & {entries: any[], days: Day[], sales: Step[]}} Whole with all that is kept */

/** A task of the page's own should never wait for longer. */
const TASK_MS = 8;

/**
 * @param {object} deps
 * @param {EngineClass} deps.Engine
 * @param {<T>(call: () => T) => T} deps.safely
 * @param {() => number} deps.now
 * @param {(now: number) => Zone} deps.zone
 * @param {number} deps.months
 */
export function createBeginning({ Engine, safely, now, zone, months }) {
  /**
   * @typedef {{at: number, zone: Zone, account: string, quick?: Begun, whole?: Whole}} Draft
   */
  /** @type {Draft | undefined} */
  let draft;
  /** @type {Promise<void> | undefined} */
  let building;

  const drafted = () => {
    const at = now();
    draft ??= { at, zone: zone(at), account: `demo-${random(8)}` };
    return draft;
  };

  /** @param {Draft} of @param {Engine} engine @returns {Begun} */
  function begun({ at, account }, engine) {
    const iso = new Date(at).toISOString();
    // Both ways count their snapshots from 1, so that one is no newer than the other.
    const base = safely(() => engine.balance(iso)).version - 1;
    return { engine, account, at: iso, base };
  }

  /**
   * Books the whole way, and sums it up as it goes.
   *
   * @param {Draft} of @param {typeof import('./history.js').historyOf} historyOf
   */
  async function book(of, historyOf) {
    const engine = safely(() => Engine.open(settingsOf(of.at, of.zone, months)));
    const steps = historyOf({ now: of.at, zone: of.zone, months });
    /** @type {Step[]} */
    const sales = [];
    /** @type {any[]} */
    const entries = [];
    /** @type {Map<string, Day>} */
    const days = new Map();
    const holds = new Map();
    const known = {
      day: (/** @type {string} */ day) => days.get(day),
      hold: (/** @type {string} */ hold) => holds.get(hold),
    };
    const collect = async () => {
      const more = safely(() => engine.entries_since(entries.length));
      for (const entry of more) if (entry.kind === 'hold') holds.set(entry.hold, entry);
      for (const day of await addToDays(more, of.zone, known)) days.set(day.day, day);
      entries.push(...more);
    };
    let step = steps.next();
    for (let task = performance.now(); !step.done;) {
      const { at, command } = step.value;
      if (command.order_item) sales.push(step.value);
      const outcome = safely(() => engine.apply(command, new Date(at).toISOString()));
      if (!outcome.booked) throw new NivellaError('storage_unavailable', 'the history is refused');
      step = steps.next(outcome);
      if (performance.now() - task < TASK_MS) continue;
      await collect();
      await new Promise((resolve) => setTimeout(resolve));
      task = performance.now();
    }
    await collect();
    const sums = { entries, days: [...days.values()], sales };
    if (draft === of) of.whole = { ...begun(of, engine), ...sums };
    else engine.free?.();
  }

  return {
    /** @returns {Begun} today's balance by the shortest way */
    quick() {
      const of = drafted();
      if (!of.quick) {
        const { start } = calendarOf(of.at, of.zone, months);
        const engine = safely(() => Engine.open(settingsOf(of.at, of.zone, months)));
        const at = new Date(of.at).toISOString();
        for (const command of shortcut(start)) safely(() => engine.apply(command, at));
        of.quick = begun(of, engine);
      }
      return of.quick;
    },

    /** The whole way, where it is booked. @returns {Whole | undefined} */
    whole: () => draft?.whole,

    /** Books the whole way, in tasks that are short. @returns {Promise<void>} */
    async book() {
      // What is being booked may be of a draft that was dropped since.
      for (let of = drafted(); !of.whole; of = drafted()) {
        const begun = of;
        building ??= import('./history.js')
          .then(({ historyOf }) => book(begun, historyOf))
          .finally(() => (building = undefined));
        await building;
      }
    },

    /** @param {boolean} kept whether the engine of the whole way is in use now */
    drop(kept = false) {
      draft?.quick?.engine.free?.();
      if (!kept) draft?.whole?.engine.free?.();
      draft = undefined;
    },
  };
}
