/**
 * The modules as they are shipped, given what no honest caller gives: a coded refusal or an answer,
 * never a trap, and what was there before stays. `NIVELLA_FUZZ_MODULE` says how many inputs.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as engineGlue from '#engine-module';
import * as pillGlue from '#pill-module';
import { INPUTS, SEED, harmless, moduleOf } from './harmless.mjs';
import { anything, mutated, randomFrom } from './hostile.mjs';

const NOW = '2026-12-10T09:00:00Z';

engineGlue.initSync({ module: moduleOf('engine') });
pillGlue.initSync({ module: moduleOf('pill') });

const settings = {
  plans: [{ key: 'growth', name: 'Growth', level: 2, allowance: '1500', rollover_cap: '300' }],
  rate_cards: [
    {
      version: 1,
      effective_at: '2026-01-01T00:00:00Z',
      quantum: '0.1',
      rates: [{ feature: 'chat', unit: 'message', credits: '1' }],
    },
  ],
};
const usage = { feature: 'chat', messages: 3 };
const commands = [
  { op: 'subscribe', request_id: 's', plan: 'growth', open_ended: true },
  { op: 'grant', request_id: 'g', kind: 'purchase', amount: '2000', order_item: '17' },
  { op: 'use', request_id: 'u', mode: 'strict', amount: '1.2' },
  { op: 'use', request_id: 'v', mode: 'record', usage },
  { op: 'hold', request_id: 'h', amount: '40', duration_ms: 60_000, mode: 'strict' },
  { op: 'settle', request_id: 't', hold: '1', amount: '41', mode: 'record' },
  { op: 'reverse', request_id: 'r', order_item: '17', refunded: '10', of: '20' },
  { op: 'batch', items: [{ request_id: 'b', mode: 'record', amount: '1' }] },
];

function usedEngine() {
  const engine = engineGlue.Engine.open(settings);
  for (const command of commands) engine.apply(command, NOW);
  return engine;
}

// A25: the same through WebAssembly.
test('the engine answers or refuses whatever it is given, and stays as it was', () => {
  let engine = usedEngine();
  const state = engine.state();
  const entries = engine.entries_since(0);
  let accepted = 0;
  for (let input = 0; input < INPUTS; input += 1) {
    const random = randomFrom(SEED * 1_000_003 + input);
    const where = `NIVELLA_FUZZ_SEED=${SEED}, input ${input}`;
    const value = (/** @type {any} */ sample) =>
      random.below(5) ? mutated(sample, random) : anything(random);
    const before = JSON.stringify(engine.balance(NOW));
    const calls = [
      () => engine.apply(value(random.pick(commands)), NOW),
      () => engine.apply(random.pick(commands), value(NOW)),
      () => engine.quote(value(usage), NOW),
      () => engine.balance(value(NOW)),
      () => engine.entries_since(value(3)),
      () => engineGlue.Engine.open(value(random.below(2) ? state : settings)).free(),
      () => openWith(value(state), value(entries)),
    ];
    if (harmless(random.pick(calls), where)) accepted += 1;
    else assert.equal(JSON.stringify(engine.balance(NOW)), before, `${where}: the state changed`);
    if (input % 500 === 499) {
      engine.free();
      engine = usedEngine();
    }
  }
  assert.ok(accepted > INPUTS / 50, `only ${accepted} of ${INPUTS} were accepted`);
});

/** @param {unknown} state @param {unknown} entries */
function openWith(state, entries) {
  const engine = engineGlue.Engine.open(state);
  try {
    engine.load(entries);
    engine.balance(NOW);
  } finally {
    engine.free();
  }
}

/** A template's part that takes what is written into it. */
const part = () => ({ textContent: '', hidden: false, setAttribute() {}, append() {} });

test('the pill takes or refuses whatever reading it is given, and paints', () => {
  const text = () => 'text';
  const locale = /** @type {any} */ ({ whole: text, day: text, time: text, short: text });
  const root = { getElementById: part };
  const pill = pillGlue.Pill.make(root, locale, 2, true);
  assert.ok(pill);
  for (let input = 0; input < INPUTS; input += 1) {
    const random = randomFrom(SEED * 7_000_003 + input);
    const where = `NIVELLA_FUZZ_SEED=${SEED}, reading ${input}`;
    const any = (/** @type {any} */ sample) => (random.below(3) ? sample : anything(random));
    const reading = [input, 1.7e12 + input, 2, '2341.5', 0, undefined].map(any);
    harmless(() => Reflect.apply(pill.read, pill, reading), where);
    if (random.below(9) === 0) pill.lose(random.below(2) === 0);
    harmless(() => pill.paint(any(1.7e12)), where);
  }
});

// A25: what panics once.
test('a trap is healed by a fresh instance', () => {
  const engine = usedEngine();
  engineGlue.__wbg_reset_state();
  assert.throws(() => engine.balance(NOW), /stale|instance/i);
  assert.equal(usedEngine().balance(NOW).available, usedEngine().balance(NOW).available);
});
