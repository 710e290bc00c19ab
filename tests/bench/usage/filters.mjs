/** Any combination of filters over a million rows, and how many times decimal.js that is. */
import { budgets } from '../budgets.mjs';
import { median, spread } from '../stats.mjs';
import { STRESS, inWorld, load } from './world.mjs';

/** @typedef {import('../report.mjs').Report} Report */
/** @typedef {import('playwright-core').Browser} Browser */
/** @typedef {{ filter: Record<string, string>, own: number, peer: number }} Pair milliseconds */

const ROUNDS = 5;
const SAMPLED = 20_000;

/** In the page. @param {{ rows: number, sampled: number, rounds: number }} options */
async function measure(options) {
  const script = '/bench/filters.js';
  const { measureFilters } = await import(script);
  return measureFilters(options);
}

/**
 * A row that a filter leaves out costs the peer no addition, so the ratio is told by how many
 * dimensions are filtered. The budget is for any combination: the worst one is held to it.
 * @param {Report} report @param {Pair[]} pairs
 */
function compare(report, pairs) {
  const chosen = (/** @type {Pair} */ { filter }) =>
    Object.keys(filter).filter((name) => !['days', 'from', 'to'].includes(name)).length;
  const kinds = /** @type {const} */ ([['none', 0, 0], ['one', 1, 1], ['more', 2, 6]]);
  for (const [title, least, most] of kinds) {
    const some = pairs.filter((pair) => chosen(pair) >= least && chosen(pair) <= most);
    report.say(`times decimal.js, ${title} filtered`, spread(some.map(ratio), 0));
  }
  const whole = pairs.filter((pair) => pair.filter.days === 'all' && chosen(pair) === 0);
  report.say('times decimal.js, every row counted', median(whole.map(ratio)).toFixed(0));
  const worst = Math.min(...pairs.map(ratio));
  const limit = `at least ${budgets.filterRatio}`;
  const fits = worst >= budgets.filterRatio;
  report.check('times decimal.js, any combination', worst.toFixed(1), fits, limit);
}

const ratio = (/** @type {Pair} */ { own, peer }) => peer / own;

/** @param {Browser} browser @param {Report} report */
export async function filters(browser, report) {
  report.title(`Filters over ${STRESS} rows, everything but the log's rows as the page gets it`);
  const options = { rows: STRESS, sampled: SAMPLED, rounds: ROUNDS };
  const result = await inWorld(browser, '/bare', (page) => page.evaluate(measure, options));
  const { ours, ranges, pairs, differ } = result;
  const most = Math.max(...ours);
  report.say('rows known', `${result.known}, ${load()}`);
  report.say(`${ours.length} combinations, medians of ${ROUNDS}, ms`, spread(ours, 2));
  report.check(
    'the slowest combination',
    `${most.toFixed(2)} ms`,
    most <= budgets.filterMs,
    `at most ${budgets.filterMs} ms`,
  );
  report.say('which is', JSON.stringify(result.slowest));
  const range = Math.max(...ranges);
  report.say(`${ranges.length} ranges of days without a filter, ms`, spread(ranges, 3));
  const goal = `at most ${budgets.filterMs} ms (goal ${budgets.rangeGoalMs})`;
  report.check('the slowest range', `${range.toFixed(3)} ms`, range <= budgets.filterMs, goal);
  const same = differ.length === 0;
  const agree = same ? `${pairs.length} answers equal` : differ.slice(0, 3).join('; ');
  report.check(`module and decimal.js on ${result.sampled} rows`, agree, same, 'equal');
  const scaled = `scaled from ${result.sampled} rows`;
  const peers = pairs.map((/** @type {Pair} */ { peer }) => peer);
  report.say('decimal.js, ms', `${spread(peers, 0)}, ${scaled}`);
  compare(report, pairs);
}
