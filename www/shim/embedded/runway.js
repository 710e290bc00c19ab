/** How long the credits last, told by the engine from the days' sums. */
import { dayOf, plusDays } from './zone.js';

/** @typedef {import('./books.js').Engine} Engine */
/** @typedef {import('./books.js').Head} Head */
/** @typedef {import('./database.js').Transaction} Transaction */
/** @typedef {{from: string, around: string, to: string | null}} Runway */

/** The engine's method looks back so far. */
const DAYS = 182;

/** @param {<T>(call: () => T) => T} safely */
export function createRunway(safely) {
  /** @type {{key: string, runway: Runway | null} | undefined} */
  let known;

  /**
   * Worked out once for each write and each day, so that an unchanged answer keeps its tag.
   *
   * @param {Transaction} tx @param {Head} head @param {Engine} engine @param {string} at
   * @returns {Promise<Runway | null>} null where there is too little to say
   */
  return async function runwayOf(tx, head, engine, at) {
    const today = dayOf(head.state.settings.zone, Date.parse(at));
    const key = `${head.account} ${head.stamp} ${today}`;
    if (known?.key !== key) {
      const days = await tx.between('days', plusDays(today, -DAYS), today);
      const used = days.flatMap(({ day, rows }) =>
        rows.map((/** @type {{credits: string}} */ { credits }) => `${day} ${credits}`),
      );
      known = { key, runway: safely(() => engine.runway(used.join(' '), at)) };
    }
    return known.runway;
  };
}
