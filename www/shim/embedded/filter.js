/** What a reader wants to see of the activity: a range of days, keys, a text. */
import { NivellaError } from '../errors.js';
import { dayOf } from './zone.js';

/** @typedef {import('./rows.js').Row} Row */
/** @typedef {import('./zone.js').Zone} Zone */

const KEYS = /** @type {const} */ (['agent', 'feature', 'model', 'type', 'site', 'company']);
export const FIRST = '0001-01-01';
export const LAST = '9999-12-31';

/** @param {string} day */
const isDay = (day) =>
  /^\d{4}-\d\d-\d\d$/.test(day) &&
  !Number.isNaN(Date.parse(day)) &&
  new Date(day).toISOString().startsWith(day);

/**
 * @param {URLSearchParams} query
 * @returns {{from: string, to: string}} civil days, both included
 */
export function rangeOf(query) {
  const [from, to] = [query.get('from') ?? FIRST, query.get('to') ?? LAST];
  for (const [field, day] of Object.entries({ from, to })) {
    if (!isDay(day)) throw new NivellaError('time_invalid', 'not a day', { field });
  }
  if (from > to) {
    throw new NivellaError('period_invalid', 'it ends before it starts', { field: 'to' });
  }
  return { from, to };
}

/** @param {URLSearchParams} query @param {Zone} zone @returns {(row: Row) => boolean} */
export function filterOf(query, zone) {
  const { from, to } = rangeOf(query);
  const keys = KEYS.filter((key) => query.has(key));
  const search = (query.get('search') ?? '').toLowerCase();
  return (row) => {
    const day = dayOf(zone, Date.parse(row.occurred_at));
    if (day < from || day > to || keys.some((key) => row[key] !== query.get(key))) return false;
    const { seq, details, site, company } = row;
    return !search || [seq, details, site, company].join('\n').toLowerCase().includes(search);
  };
}

/** @param {URLSearchParams} query @returns {{limit: number, before: number}} */
export function pageOf(query) {
  const limit = Number(query.get('limit') ?? 50);
  const before = Number(query.get('before') ?? Number.MAX_SAFE_INTEGER);
  if (!(Number.isInteger(limit) && limit >= 1 && limit <= 100)) {
    throw new NivellaError('field_invalid', 'limit is 1 to 100', { field: 'limit' });
  }
  if (!(Number.isSafeInteger(before) && before >= 1)) {
    throw new NivellaError('field_invalid', 'before is a sequence number', { field: 'before' });
  }
  return { limit, before };
}
