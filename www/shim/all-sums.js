/**
 * Sums of more days than one answer holds: a store refuses such a question with the last day up to
 * which it would answer it, and is asked for those days first, then for the others.
 */
import { NivellaError } from './error.js';

/** @typedef {import('./ledger-shapes.js').Rollups} Rollups */
/** @typedef {{ from?: string, to?: string }} Days civil days of the account, both included */

const DAY_MS = 86_400_000;
/** Something is booked all the time in a large account: this often it is begun again. */
const TRIES = 5;

/**
 * @param {(days: Days) => Promise<Rollups>} ask
 * @param {Days} [days]
 * @returns {Promise<Rollups>} all of them as of one entry
 */
export async function allSums(ask, days = {}) {
  for (let tries = 1; ; tries++) {
    const parts = await inParts(ask, days);
    const last = /** @type {Rollups} */ (parts.at(-1));
    if (parts.every(({ through_seq: seq }) => seq === last.through_seq)) {
      return { ...last, rows: parts.flatMap(({ rows }) => rows) };
    }
    if (tries === TRIES) throw new NivellaError('store_unreachable', 'the sums keep changing');
  }
}

/** @param {(days: Days) => Promise<Rollups>} ask @param {Days} days */
async function inParts(ask, days) {
  const parts = [];
  for (let { from } = days; ;) {
    const rest = { ...days, ...(from ? { from } : {}) };
    try {
      return [...parts, await ask(rest)];
    } catch (error) {
      const to = /** @type {NivellaError} */ (error).details?.to;
      const more = /** @type {NivellaError} */ (error).code === 'period_invalid';
      if (!more || !to || (from && to < from)) throw error;
      parts.push(await ask({ ...rest, to }));
      from = new Date(Date.parse(to) + DAY_MS).toISOString().slice(0, 10);
    }
  }
}
