/**
 * The dashboard's module as it is shipped, given what no honest page gives: a coded refusal or an
 * answer, never a trap, and what was painted before a refusal is painted after it.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as glue from '#usage-module';
import {
  AGENTS, BALANCE, NOW, PRODUCT, SETTINGS, rollupsOf, rowOf, rowsOf,
} from '../shim/usage-glue.js';
import { INPUTS, SEED, harmless, moduleOf } from './harmless.mjs';
import { anything, broken, mutated, randomFrom } from './hostile.mjs';

glue.initSync({ module: moduleOf('usage') });

/** A view costs more than a command does. */
const FEWER = INPUTS / 4;

const ROWS = rowsOf(300, 400);
const rollups = rollupsOf(rowsOf(1, 60));
const offers = { products: [PRODUCT], credits_map: { 'id:10': '5' } };
const labels = { agent: { chat: 'Chat' }, site: { shop: 'shop.example' } };
const filters = [
  { days: '7', agent: 'chat' },
  { from: '2026-10-01', to: '2026-11-01', company: 'Company 3' },
  { days: 'all', search: 'hours' },
];
const campaign = { visitors: 500, conversations: '0.5', from: '2026-12-01', to: '2026-12-10' };
const receipt = {
  row: rowOf(399),
  rate: {
    version: 1,
    effective_at: '2026-01-01T00:00:00Z',
    lines: [{ unit: 'message', quantity: 3, rate: '1', product: '3' }],
  },
  draws: [{
    grant: '1', kind: 'bonus', effective_at: NOW, expires_at: null, amount: '3', before: '9',
    after: '6',
  }],
  hold: { id: '4', amount: '5', booked_at: NOW },
};

function usedUsage() {
  const usage = glue.Usage.open(SETTINGS, AGENTS, NOW);
  usage.set_balance(BALANCE);
  usage.set_offers(offers);
  usage.set_labels(labels);
  usage.add_rollups(rollups);
  usage.add_rows(ROWS);
  usage.look({ days: 'all' });
  while (!usage.find(1_000));
  return usage;
}

function exported() {
  const usage = usedUsage();
  usage.begin_csv();
  const parts = [];
  for (let part; (part = usage.next_csv(99)).length > 0;) parts.push(part);
  usage.free();
  return Buffer.concat(parts);
}

const csv = exported();

test('the dashboard paints or refuses whatever it is given', () => {
  let usage = usedUsage();
  let accepted = 0;
  for (let input = 0; input < FEWER; input += 1) {
    const random = randomFrom(SEED * 3_000_017 + input);
    const where = `NIVELLA_FUZZ_SEED=${SEED}, input ${input}`;
    const value = (/** @type {any} */ sample) =>
      random.below(5) ? mutated(sample, random) : anything(random);
    const row = () => random.pick(ROWS);
    // What adds to the account, and may add a part of what it refuses: rows are counted alone.
    const adding = [
      () => usage.add_rows(value([{ ...row(), seq: 1_000 + input }, row()])),
      () => usage.add_rollups(value({ ...rollups, rows: rollups.rows.slice(0, 2) })),
      () => usage.read_csv(broken(csv.subarray(0, 400 + random.below(4_000)), random)),
      () => usage.end_csv(),
      () => usage.set_labels(value(labels)),
    ];
    const asking = [
      () => usage.view(value(random.pick(filters))),
      () => usage.look(value(random.pick(filters))),
      () => usage.rows(value(0), value(5)),
      () => usage.find(value(500)),
      () => usage.receipt(value(receipt)),
      () => usage.campaign(value(campaign)),
      () => usage.clock(value(NOW)),
      () => usage.set_balance(value(BALANCE)),
      () => usage.set_offers(value(offers)),
      () => glue.Usage.open(value(SETTINGS), value(AGENTS), NOW).free(),
      () => usage.next_csv(value(10)),
    ];
    if (random.below(3) === 0) {
      accepted += Number(harmless(random.pick(adding), where));
    } else {
      const compared = input % 16 === 0;
      const painted = () => compared && JSON.stringify(usage.view({ days: '30' }));
      const before = painted();
      if (harmless(random.pick(asking), where)) accepted += 1;
      else assert.equal(painted(), before, `${where}: what was painted changed`);
    }
    // Whatever came in: it can be painted, found and written.
    if (input % 100 === 99) {
      harmless(() => usage.view({ days: 'all' }), where);
      usage.look({ days: 'all' });
      while (!usage.find(1_000));
      usage.begin_csv();
      while (usage.next_csv(1_000).length > 0);
      assert.equal(usage.rows(0, usage.found()).length, usage.found(), where);
      usage.free();
      usage = usedUsage();
    }
  }
  assert.ok(accepted > FEWER / 20, `only ${accepted} of ${FEWER} were accepted`);
});
