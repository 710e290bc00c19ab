/**
 * The same random histories through the PHP ledger and the Rust engine: every answer must be the
 * same JSON, byte by byte, the statement's text too. `NIVELLA_SEEDS` says how many histories of 200
 * steps there are, from `NIVELLA_FIRST_SEED` on; a difference is printed with its seed and step.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { at } from '../../../pkg/build/paths.mjs';
import { historyOf } from './rust-ledger.mjs';

const SEEDS = Number(process.env.NIVELLA_SEEDS ?? 200);
const FIRST = Number(process.env.NIVELLA_FIRST_SEED ?? 0);

/** A generator that went silent is noticed. */
const MUST_REACH = [
  'grant', 'use', 'hold', 'settle', 'release', 'lapse', 'expiry', 'reversal', 'reinstatement',
  'adjustment', 'plan', 'replayed', 'insufficient_credits', 'request_id_conflict', 'not_found',
  'hold_resolved', 'hold_lapsed', 'feature_not_in_plan', 'plan_unknown', 'reversal_invalid',
  'amount_invalid', 'amount_out_of_range', 'amount_overflow', 'field_invalid', 'period_invalid',
  'time_invalid', 'occurred_at_out_of_range', 'rate_not_found', 'quantity_invalid',
  'request_id_invalid', 'snapshot_invalid', 'debt', 'forgiven', 'spared', 'waived', 'repaid',
  'several draws', 'given back to lenders', 'fresh credits', 'unlimited until',
  'expiry of what was held', 'several items evened out', 'who lent twice gets both back',
];

/** The PHP ledger in a process of its own: a history in, its answers out. */
function phpLedger() {
  const child = spawn('php', [at('tests/php/ledger/driver.php')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    /** @param {{settings: object, steps: object[]}} history @returns {Promise<unknown[]>} */
    async answers({ settings, steps }) {
      child.stdin.write(`${JSON.stringify({ settings, steps })}\n`);
      const { done, value } = await lines.next();
      assert.ok(!done, 'the PHP process ended');
      return JSON.parse(value);
    },
    async end() {
      child.stdin.end();
      const [status] = await once(child, 'close');
      assert.equal(status, 0);
    },
    kill: () => child.kill(),
  };
}

test('PHP and Rust answer the same to every command of random histories', async (t) => {
  const php = phpLedger();
  t.after(php.kill);
  /** @type {Set<string>} */
  const reached = new Set();
  for (let seed = FIRST; seed < FIRST + SEEDS; seed += 1) {
    const history = historyOf(seed);
    const answers = await php.answers(history);
    assert.equal(answers.length, history.answers.length, `seed ${seed}`);
    history.answers.forEach((expected, n) => {
      const found = JSON.stringify(answers[n]);
      if (found === expected) return;
      const where = `NIVELLA_FIRST_SEED=${seed} NIVELLA_SEEDS=1, step ${n}`;
      assert.equal(found, expected, `${where}: ${JSON.stringify(history.steps[n])}`);
    });
    history.reached.forEach((what) => reached.add(what));
  }
  await php.end();
  const missing = MUST_REACH.filter((what) => !reached.has(what));
  assert.ok(SEEDS < 100 || missing.length === 0, `no history reached ${missing.join(', ')}`);
});
