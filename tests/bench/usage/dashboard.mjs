/** The dashboard of an everyday account and of a million rows: filtered, loaded, scrolled. */
import { budgets } from '../budgets.mjs';
import { median, spread } from '../stats.mjs';
import { tasksOf } from './tasks.mjs';
import { EVERYDAY, STRESS, inWorld, load } from './world.mjs';

/** @typedef {import('../report.mjs').Report} Report */
/** @typedef {import('playwright-core').Browser} Browser */
/** @typedef {import('playwright-core').Page} Page */
/**
 * Milliseconds.
 * @typedef {{ painted: number, script: number, module: Record<string, number> }} Change
 */

const ROUNDS = 5;
const FRAMES = { steady: 400, jumps: 100 };

/** In the page. @param {{ name: string, options: unknown }} what */
async function called({ name, options }) {
  const script = '/bench/dashboard.js';
  return (await import(script))[name](options);
}

/** @param {Page} page @param {string} name @param {unknown} [options] @returns {Promise<any>} */
const call = (page, name, options = null) => page.evaluate(called, { name, options });

/** @param {number} part @param {number[]} values */
function quantile(part, values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
}

/**
 * From a new filter to the painted page.
 * @param {Page} page @param {Report} report @param {number} budget milliseconds
 */
async function changing(page, report, budget) {
  /** @type {Change[]} */
  const all = await call(page, 'changes', { rounds: ROUNDS });
  const painted = all.map((one) => one.painted);
  report.check(
    'filter change to painted, median',
    `${median(painted).toFixed(1)} ms`,
    median(painted) <= budget,
    `at most ${budget} ms`,
  );
  report.say(`of ${all.length} changes, ms`, `${spread(painted)}, ${load()}`);
  report.say('of 95 in 100, at most', `${quantile(0.95, painted).toFixed(1)} ms`);
  const part = (/** @type {(one: Change) => number} */ of) => `${spread(all.map(of))} ms`;
  const inModule = (/** @type {Change} */ { module }) =>
    Object.values(module).reduce((sum, own) => sum + own, 0);
  for (const name of ['view', 'look', 'find', 'rows']) {
    report.say(`of it in the module: ${name}`, part(({ module }) => module[name] ?? 0));
  }
  report.say('of it other script', part((one) => one.script - inModule(one)));
  report.say('of it style, layout, paint', part((one) => one.painted - one.script));
}

/** Nothing is measured of rows that are not there. @param {Page} page @param {Report} report */
async function known(page, report, /** @type {number} */ least) {
  const entries = await call(page, 'entries', least);
  const there = Number(entries.replace(/\D/g, '')) >= least;
  report.check('in the log, all days', entries, there, `at least ${least}`);
}

/** @param {Browser} browser @param {Report} report */
async function everyday(browser, report) {
  report.title(`The dashboard with its rollups and ${EVERYDAY} rows`);
  await inWorld(browser, '/usage.html', async (page) => {
    await call(page, 'prepare', EVERYDAY);
    await call(page, 'load');
    await known(page, report, EVERYDAY);
    await changing(page, report, budgets.everydayPaintMs);
  });
}

/** @param {Browser} browser @param {Report} report */
async function stress(browser, report) {
  report.title(`The dashboard with ${STRESS} rows`);
  await inWorld(browser, '/usage.html', async (page) => {
    await call(page, 'prepare', STRESS);
    const loading = () => call(page, 'load');
    const { result, tasks } = await tasksOf(browser, page, loading);
    const longest = Math.max(...tasks);
    report.say('loading, in all', `${(result / 1000).toFixed(1)} s, ${load()}`);
    report.say('tasks', `${tasks.length}, over 8 ms: ${tasks.filter((ms) => ms > 8).length}`);
    const limit = `at most ${budgets.longestTaskMs} ms (goal ${budgets.longestTaskGoalMs})`;
    const fits = longest <= budgets.longestTaskMs;
    report.check('loading, longest task', `${longest.toFixed(1)} ms`, fits, limit);
    report.say('of 99 in 100, at most', `${quantile(0.99, tasks).toFixed(1)} ms`);
    await known(page, report, STRESS);
    await changing(page, report, budgets.stressPaintMs);
    await scrolling(page, report);
  });
}

/** @param {Page} page @param {Report} report */
async function scrolling(page, report) {
  await known(page, report, STRESS);
  const { steady, jumps, work, blank } = await call(page, 'scroll', FRAMES);
  const late = quantile(0.95, [...steady, ...jumps]);
  report.say('frame to frame, steadily, ms', `${spread(steady)}, ${load()}`);
  report.say('frame to frame, anywhere, ms', spread(jumps));
  report.say('of it work of the main thread, ms', spread(work));
  // Times of frames are told in tenths.
  const fits = late <= budgets.frameMs + 0.1;
  const limit = `at most ${budgets.frameMs} ms`;
  report.check('95 in 100 frames', `${late.toFixed(1)} ms`, fits, limit);
  report.check('rows without their content', String(blank), blank === 0, 'none');
}

/** @param {Browser} browser @param {Report} report */
export async function dashboard(browser, report) {
  await everyday(browser, report);
  await stress(browser, report);
}
