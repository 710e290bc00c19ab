/** The ledger engine under a long account: no call of it may hold the page for long. */
import { budgets } from './budgets.mjs';

/** @typedef {import('./report.mjs').Report} Report */
/** @typedef {import('playwright-core').Page} Page */

const USES = 100_000;
const GRANTS = 100;

/**
 * In the page: makes the account, spends, stores it, opens it again; each in tasks of their own.
 * @param {{ uses: number, grants: number }} options
 */
async function measure({ uses, grants }) {
  const [glueAt, moduleAt] = ['/glue/engine/engine.js', '/glue/engine/engine_bg.wasm'];
  const glue = await import(glueAt);
  await glue.default({ module_or_path: fetch(moduleAt) });
  const now = '2026-12-10T09:00:00Z';
  const channel = new MessageChannel();
  const nextTask = () =>
    new Promise((resolve) => {
      channel.port1.onmessage = resolve;
      channel.port2.postMessage(null);
    });

  /** The longest call and task, and the time in all. */
  class Watch {
    longestCall = 0;
    longestTask = 0;
    total = 0;
    #task = 0;

    /** @template T @param {() => T} call @returns {T} */
    time(call) {
      const started = performance.now();
      const result = call();
      const took = performance.now() - started;
      this.longestCall = Math.max(this.longestCall, took);
      this.total += took;
      this.#task += took;
      this.longestTask = Math.max(this.longestTask, this.#task);
      return result;
    }

    /** A new task when this one has lasted long enough. */
    async rest() {
      if (this.#task < 8) return;
      await nextTask();
      this.#task = 0;
    }
  }

  const engine = glue.Engine.open({});
  /** @param {object} command */
  const apply = (command) => engine.apply(command, now);
  for (let n = 0; n < grants; n += 1) {
    const ends = new Date(Date.parse(now) + (n + 1) * 86_400_000).toISOString();
    const bound = n % 2 ? { expires_at: ends } : {};
    apply({ op: 'grant', request_id: `g${n}`, kind: 'purchase', amount: '2000', ...bound });
  }
  const spending = new Watch();
  for (let n = 0; n < uses; n += 1) {
    const use = { op: 'use', request_id: `u${n}`, mode: 'strict', amount: '1.2' };
    const { booked } = spending.time(() => apply(use));
    if (!booked) throw new Error(`use ${n} is not booked`);
    await spending.rest();
  }
  const before = engine.balance(now);
  const state = engine.state();
  const entries = engine.entries_since(0);
  engine.free();

  const opening = new Watch();
  const opened = opening.time(() => glue.Engine.open(state));
  opening.time(() => opened.balance(now));
  for (let from = 0; from < entries.length; from += 1000) {
    const slice = entries.slice(from, from + 1000);
    await opening.rest();
    opening.time(() => opened.load(slice));
  }
  const after = opening.time(() => opened.balance(now));
  const same = JSON.stringify(before) === JSON.stringify(after);
  return {
    spending: { ...spending },
    opening: { ...opening },
    entries: entries.length,
    available: after.available,
    same,
  };
}

/** @param {Page} page @param {Report} report */
export async function ledger(page, report) {
  report.title(`The ledger engine: ${USES} uses over ${GRANTS} grants, and opening that account`);
  const result = await page.evaluate(measure, { uses: USES, grants: GRANTS });
  const { spending, opening } = result;
  const ms = (/** @type {number} */ value) => `${value.toFixed(1)} ms`;
  const fits = (/** @type {number} */ value) => value <= budgets.longestTaskMs;
  const most = `at most ${budgets.longestTaskMs} ms`;
  const thousand = ms(spending.total / (USES / 1000));
  report.say('uses, in all', `${ms(spending.total)}, ${thousand} a thousand`);
  report.check('uses, longest task', ms(spending.longestTask), fits(spending.longestTask), most);
  report.say('uses, longest call', ms(spending.longestCall));
  report.say(`opening ${result.entries} entries, in all`, ms(opening.total));
  report.check('opening, longest task', ms(opening.longestTask), fits(opening.longestTask), most);
  const shown = `${result.available} available`;
  report.check('the opened account has the same balance', shown, result.same, 'equal');
}
