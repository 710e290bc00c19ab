/**
 * What a page computes of its rows with decimal.js: the same answer as the module's, of what it
 * shows in credits. Whatever is no credit is left out, in this peer's favour.
 */
import { cells } from './rows.js';

/** @typedef {{ day: number, keys: string[], credits: any }} PeerRow */
/** @typedef {{ from: number, to: number, before: number | null, keys: (string | null)[] }} Asked */

export const DIMENSIONS = ['agent', 'feature', 'model', 'type', 'site', 'company'];
const COLUMNS = [5, 6, 7, 4, 8, 9];
const AGENT = 0;

/** @param {string} text of a civil day */
export const dayOf = (text) => Math.floor(Date.parse(`${text.slice(0, 10)}T00:00Z`) / 86_400_000);

/** Read once, before anything is timed. @param {string[]} lines @param {any} Decimal */
export const peerRows = (lines, Decimal) => lines.map((line) => {
  const own = cells(line);
  const keys = COLUMNS.map((column) => own[column]);
  return { day: dayOf(own[1]), keys, credits: new Decimal(own[10]) };
});

/** @param {Map<any, any>} sums @param {any} key @param {any} amount */
function add(sums, key, amount) {
  const sum = sums.get(key);
  sums.set(key, sum ? sum.plus(amount) : amount);
}

/**
 * The total, the parts of each dimension without its own filter, the days by agent, and the days
 * of the period before.
 * @param {PeerRow[]} rows
 * @param {Asked} asked
 * @param {any} Decimal
 */
export function peerAnswer(rows, { from, to, before, keys }, Decimal) {
  let total = new Decimal(0);
  const parts = DIMENSIONS.map(() => new Map());
  const trend = new Map();
  const previous = new Map();
  for (const row of rows) {
    if (row.day > to || row.day < (before ?? from)) continue;
    let fails = 0;
    let failed = -1;
    for (let at = 0; at < keys.length; at += 1) {
      if (keys[at] === null || keys[at] === row.keys[at]) continue;
      fails += 1;
      failed = at;
    }
    if (row.day < from) {
      if (fails === 0) add(previous, row.day, row.credits);
    } else if (fails === 0) {
      total = total.plus(row.credits);
      parts.forEach((sums, at) => add(sums, row.keys[at], row.credits));
      if (!trend.has(row.day)) trend.set(row.day, new Map());
      add(trend.get(row.day), row.keys[AGENT], row.credits);
    } else if (fails === 1) {
      add(parts[failed], row.keys[failed], row.credits);
    }
  }
  return { total, parts, trend, previous };
}
