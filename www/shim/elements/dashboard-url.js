/** The filter in the page's address, so that a view can be kept, sent and gone back to. */
import { afterPaint } from './after-paint.js';

/** @typedef {import('./dashboard-view.js').Filter} Filter */

const PREFIX = 'usage_';
const DIMENSIONS = /** @type {const} */ (
  ['agent', 'feature', 'model', 'type', 'site', 'company', 'search']);
const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const RANGES = /** @type {const} */ ([7, 30, 90, 'all']);
const MOST = 200;

/**
 * A filter with what it may hold, and nothing else; 30 days where it names no range of ours.
 * @param {Record<string, unknown>} given
 * @returns {Filter}
 */
export function tidyFilter(given) {
  /** @type {Filter} */
  const filter = {};
  const { from, to } = given;
  const dated = DAY.test(String(from)) && DAY.test(String(to)) && String(from) <= String(to);
  if (dated) Object.assign(filter, { from, to });
  else filter.days = RANGES.find((range) => String(range) === String(given.days)) ?? 30;
  for (const name of DIMENSIONS) {
    const value = given[name];
    if (typeof value === 'string' && value) filter[name] = value.slice(0, MOST);
  }
  return filter;
}

/** @param {Filter} a @param {Filter} b */
export const sameFilter = (a, b) =>
  JSON.stringify(tidyFilter({ ...a })) === JSON.stringify(tidyFilter({ ...b }));

/** @returns {Filter} what the address says */
export function readFilter() {
  const found = [...new URLSearchParams(location.search)]
    .filter(([name]) => name.startsWith(PREFIX))
    .map(([name, value]) => [name.slice(PREFIX.length), value]);
  return tidyFilter(Object.fromEntries(found));
}

/**
 * Writes the address, once the picture is there: it takes a part of a frame. A choice is a step
 * that "back" undoes; typing replaces the last one.
 * @param {Filter} filter
 * @param {boolean} step
 */
export function writeFilter(filter, step) { afterPaint(() => write(filter, step)); }

/** @param {Filter} filter @param {boolean} step */
function write(filter, step) {
  const url = new URL(location.href);
  for (const name of [...url.searchParams.keys()]) {
    if (name.startsWith(PREFIX)) url.searchParams.delete(name);
  }
  for (const [name, value] of Object.entries(filter)) {
    if (name !== 'days' || value !== 30) url.searchParams.set(PREFIX + name, String(value));
  }
  if (url.href === location.href) return;
  if (step) history.pushState(history.state, '', url);
  else history.replaceState(history.state, '', url);
}
