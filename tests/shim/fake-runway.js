/** A runway simple enough to see through. */
import { dayOf } from '../../www/shim/embedded/zone.js';

/**
 * At the mean of a week's days or more, today not counted, give and take a tenth.
 *
 * @param {import('../../www/shim/embedded/zone.js').Zone} zone
 * @param {number} left @param {string} used @param {string} now
 */
export function meanRunway(zone, left, used, now) {
  const today = dayOf(zone, Date.parse(now));
  const rows = [...used.matchAll(/(\S+) (\S+)/g)].filter(([, day = '']) => day < today);
  const days = new Set(rows.map(([, day]) => day));
  const all = rows.reduce((sum, [, , credits]) => sum + Number(credits), 0);
  if (days.size < 7 || left === 0) return null;
  const after = (/** @type {number} */ pace) =>
    new Date(Date.parse(now) + (left / pace) * (days.size / all) * 86_400_000).toISOString();
  return { from: after(1.1), around: after(1), to: after(0.9) };
}
