/** Our CSV: read, held in memory, written. */
import { budgets } from '../budgets.mjs';
import { median, spread } from '../stats.mjs';
import { STRESS, inWorld, load } from './world.mjs';

/** @typedef {import('../report.mjs').Report} Report */
/** @typedef {import('playwright-core').Browser} Browser */

const READ = 200_000;
const SAMPLED = 100_000;
const ROUNDS = 7;
const EXPORTS = 5;

/** In the page. @param {{ name: string, options: object }} what @returns {Promise<any>} */
async function measure({ name, options }) {
  const script = '/bench/files.js';
  return (await import(script))[name](options);
}

/** @param {Browser} browser @param {string} name @param {object} options */
const run = (browser, name, options) =>
  inWorld(browser, '/bare', (page) => page.evaluate(measure, { name, options }));

/** @param {number} bytes */
const mb = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

/** @param {Browser} browser @param {Report} report */
async function reading(browser, report) {
  report.title(`Bytes of our CSV to rows that can be asked: ${READ} rows, ${ROUNDS} rounds`);
  const { csv, json, ratio, csvBytes, jsonBytes } = await run(browser, 'measureReading', {
    rows: READ, rounds: ROUNDS,
  });
  report.say('our CSV, ms', `${spread(csv, 0)} for ${mb(csvBytes)}, ${load()}`);
  report.say('JSON.parse alone, ms', `${spread(json, 0)} for ${mb(jsonBytes)}`);
  report.say('CSV of JSON.parse, round by round', spread(ratio, 2));
  const limit = `at most ${budgets.readRatio} (goal ${budgets.readRatioGoal})`;
  const typical = median(ratio);
  report.check('CSV of JSON.parse', typical.toFixed(2), typical <= budgets.readRatio, limit);
}

/** @param {Browser} browser @param {Report} report */
async function memory(browser, report) {
  report.title(`Memory of ${STRESS} rows`);
  const { before, after, details, known } = await run(browser, 'measureMemory', { rows: STRESS });
  report.say('module before and after', `${mb(before)}, ${mb(after)}`);
  report.say('the text of details', `${mb(details)}, ${(details / known).toFixed(1)} a row`);
  const each = (after - before - details) / known;
  const limit = `at most ${budgets.rowBytes}`;
  report.check('bytes a row beside it', each.toFixed(1), each <= budgets.rowBytes, limit);
}

/** @param {Browser} browser @param {Report} report */
async function exporting(browser, report) {
  report.title(`CSV of ${STRESS} rows; a plain exporter, scaled from ${SAMPLED}`);
  const options = { rows: STRESS, sampled: SAMPLED, rounds: EXPORTS };
  const result = await run(browser, 'measureExport', options);
  const { own, plain, ratio } = result;
  report.check('what was read, written', mb(result.bytes), result.same, 'every byte as it was');
  report.check('the plain one', `${SAMPLED} rows`, result.plainSame, 'the same bytes');
  report.say('ours, ms', `${spread(own, 0)}, ${load()}`);
  report.say('plain, ms', spread(plain, 0));
  report.say('times the plain one, round by round', spread(ratio, 1));
  report.check(
    'times the plain one',
    median(ratio).toFixed(1),
    median(ratio) >= budgets.exportRatio,
    `at least ${budgets.exportRatio}`,
  );
}

/** @param {Browser} browser @param {Report} report */
export async function files(browser, report) {
  await reading(browser, report);
  await memory(browser, report);
  await exporting(browser, report);
}
