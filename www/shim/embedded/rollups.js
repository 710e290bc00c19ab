/**
 * Sums of usage by civil day, kept beside the entries: each entry is added once, in the
 * transaction that writes it, so that a read never sums entries again.
 */
import { plus } from './amounts.js';
import { isUsage, rowOf } from './rows.js';
import { dayOf } from './zone.js';

/** @typedef {import('./rows.js').Row} Row */
/** @typedef {import('./zone.js').Zone} Zone */
/**
 * @typedef {object} Sum
 * @property {string} agent
 * @property {string} feature
 * @property {string} model
 * @property {string} type
 * @property {string} site
 * @property {string} company
 * @property {string} credits
 * @property {string} waived
 * @property {number} uses
 * @property {number} failed
 * @property {number} messages
 * @property {number} call_ms
 * @property {number} images
 */
/** @typedef {{day: string, rows: Sum[]}} Day */
/** @typedef {import('./rows.js').Entry} Entry */

const KEYS = /** @type {const} */ (['agent', 'feature', 'model', 'type', 'site', 'company']);
const COUNTS = /** @type {const} */ (['messages', 'call_ms', 'images']);

/** @param {Row} row @returns {Sum} */
function sumOf(row) {
  const { credits, waived, messages, call_ms, images } = row;
  const { agent, feature, model, type, site, company } = row;
  const failed = credits === '0' && waived === '0' ? 1 : 0;
  const counts = { uses: 1, failed, messages, call_ms, images };
  return { agent, feature, model, type, site, company, credits, waived, ...counts };
}

/** @param {Day} day @param {Row} row */
function add(day, row) {
  const found = day.rows.find((sum) => KEYS.every((key) => sum[key] === row[key]));
  const one = sumOf(row);
  if (!found) return void day.rows.push(one);
  found.credits = plus(found.credits, one.credits);
  found.waived = plus(found.waived, one.waived);
  found.uses += 1;
  found.failed += one.failed;
  for (const key of COUNTS) found[key] += one[key];
}

/**
 * What is known before these entries; a promise where it has to be read.
 *
 * @typedef {object} Known
 * @property {(day: string) => Day | undefined | Promise<Day | undefined>} day
 * @property {(hold: string) => Entry | undefined | Promise<Entry | undefined>} hold its opening
 */

/**
 * Adds entries to the days that they belong to.
 *
 * @param {Entry[]} entries @param {Zone} zone @param {Known} known
 * @returns {Promise<Day[]>} the days that have changed
 */
export async function addToDays(entries, zone, known) {
  /** @type {Map<string, Day>} */
  const days = new Map();
  const holds = new Map();
  for (const entry of entries) {
    const { kind, hold } = entry;
    if (kind === 'hold') holds.set(hold, entry);
    if (!isUsage(entry)) continue;
    const opened = kind === 'settle' ? (holds.get(hold) ?? (await known.hold(hold))) : undefined;
    const row = rowOf(entry, opened);
    const name = dayOf(zone, Date.parse(row.occurred_at));
    const day = days.get(name) ?? (await known.day(name)) ?? { day: name, rows: [] };
    days.set(name, day);
    add(day, row);
  }
  return [...days.values()];
}
