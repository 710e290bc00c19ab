/**
 * Civil days by the offsets of a zone, as the ledger's settings carry them.
 *
 * The demo's account lives where its visitor does: its days are those of this browser's clock.
 */

/**
 * @typedef {object} Zone
 * @property {number} base_offset_s seconds east of UTC before the first transition
 * @property {{at: string, offset_s: number}[]} transitions ascending
 */

export const DAY = 86_400_000;
/** Longer than any cycle that the demo shows, and than anyone keeps it open. */
const BEFORE = 500 * DAY;
const AFTER = 1500 * DAY;

/** @type {Zone} */
export const UTC = { base_offset_s: 0, transitions: [] };

/** @param {number} ms @returns {number} seconds east of UTC, by this browser's own zone */
const here = (ms) => -60 * Math.round(new Date(ms).getTimezoneOffset());

/**
 * The offsets of this browser's zone around now.
 *
 * @param {number} now
 * @param {(ms: number) => number} [offsetOf]
 * @returns {Zone}
 */
export function zoneAround(now, offsetOf = here) {
  const first = now - BEFORE;
  /** @type {Zone} */
  const zone = { base_offset_s: offsetOf(first), transitions: [] };
  let offset = zone.base_offset_s;
  for (let at = first; at < now + AFTER; at += 7 * DAY) {
    const next = offsetOf(at + 7 * DAY);
    if (next === offset) continue;
    let [low, high] = [at, at + 7 * DAY];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (offsetOf(middle) === offset) low = middle;
      else high = middle;
    }
    zone.transitions.push({ at: new Date(high).toISOString(), offset_s: next });
    offset = next;
  }
  return zone;
}

/** @param {Zone} zone @param {number} ms @returns {number} seconds east of UTC */
export function offsetAt({ base_offset_s, transitions }, ms) {
  let offset = base_offset_s;
  for (const { at, offset_s } of transitions) {
    if (Date.parse(at) > ms) break;
    offset = offset_s;
  }
  return offset;
}

/** @param {Zone} zone @param {number} ms @returns {string} the civil day, `2026-11-21` */
export const dayOf = (zone, ms) =>
  new Date(ms + offsetAt(zone, ms) * 1000).toISOString().slice(0, 10);

/**
 * The moment by the wall, `2026-11-21T15:34:00+01:00`; milliseconds where there are some, so that
 * the same row read from here and from a page is the same.
 *
 * @param {Zone} zone @param {number} ms
 */
export function momentOf(zone, ms) {
  const offset = offsetAt(zone, ms);
  const minutes = Math.abs(Math.round(offset / 60));
  const two = (/** @type {number} */ number) => String(number).padStart(2, '0');
  const wall = new Date(ms + offset * 1000).toISOString().slice(0, ms % 1000 === 0 ? 19 : 23);
  return `${wall}${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/**
 * The instant of a wall clock's time on a civil day; where the clock skips it, the one after.
 *
 * @param {Zone} zone @param {string} day @param {number} [ms] since midnight, by the wall
 */
export function instantOf(zone, day, ms = 0) {
  const wall = Date.parse(`${day}T00:00:00Z`) + ms;
  const guess = wall - offsetAt(zone, wall) * 1000;
  return wall - offsetAt(zone, guess) * 1000;
}

/** @param {string} day @param {number} days @returns {string} */
export const plusDays = (day, days) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** The same day so many months later, or the month's last. @param {string} day @param {number} n */
export function plusMonths(day, n) {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + n, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + n, Math.min(date, last))).toISOString().slice(0, 10);
}
