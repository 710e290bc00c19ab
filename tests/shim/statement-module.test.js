/** A statement that the module wrote, recomputed by its check, in the modules as shipped. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { built } from './engine.js';
import { NOW } from './usage-glue.js';

const engineAt = new URL('../../target/glue/engine/engine.js', import.meta.url);

/** @typedef {Record<string, any>} Json */

const commands = [
  { op: 'subscribe', request_id: 's', plan: 'growth', open_ended: true },
  {
    op: 'grant', request_id: 'g', kind: 'purchase', amount: '2000', order_item: '17',
    reference: 'order 4',
  },
  {
    op: 'use', request_id: 'u', mode: 'strict', amount: '1.2',
    reference: 'Öffnungszeiten 🎈 "a\\b"',
  },
  { op: 'use', request_id: 'v', mode: 'record', usage: { feature: 'chat', messages: 3 } },
  { op: 'hold', request_id: 'h', amount: '40', duration_ms: 60_000, mode: 'strict' },
  { op: 'settle', request_id: 't', hold: '1', amount: '41', mode: 'record' },
  { op: 'hold', request_id: 'i', amount: '7', duration_ms: 600_000, mode: 'strict' },
  { op: 'reverse', request_id: 'r', order_item: '17', refunded: '10', of: '20' },
];
const settings = {
  plans: [{ key: 'growth', name: 'Growth', level: 2, allowance: '1500', rollover_cap: '300' }],
  rate_cards: [{
    version: 1,
    effective_at: '2026-01-01T00:00:00Z',
    quantum: '0.1',
    rates: [{ feature: 'chat', unit: 'message', credits: '1' }],
  }],
};

if (!built) {
  test('a statement’s check', { skip: 'not built: node pkg/build/build.mjs' }, () => {});
} else {
  /** @type {typeof import('#engine-module')} */
  const glue = await import(engineAt.href);
  glue.initSync({ module: readFileSync(new URL('engine_bg.wasm', engineAt)) });
  const engine = glue.Engine.open(settings);
  for (const command of commands) engine.apply(command, NOW);
  const count = engine.entries_since(0).length;

  /** @param {number} most entries of a piece */
  function written(most) {
    engine.begin_statement('demo', NOW);
    let text = '';
    for (let piece; (piece = engine.next_statement(most)) !== undefined;) text += piece;
    return Buffer.from(text);
  }
  const statement = written(1000);

  /** @param {Uint8Array} bytes @param {number} [step] @returns {Json} */
  function verdictOf(bytes, step = bytes.length) {
    const check = new glue.StatementCheck();
    for (let at = 0; at < bytes.length; at += step) check.push(bytes.subarray(at, at + step));
    const verdict = check.finish();
    check.free();
    return verdict;
  }

  test('what the engine writes matches, in pieces of any size', () => {
    const { available, posted, held, debt } = engine.balance(NOW);
    for (const step of [1, 7, 4096, statement.length]) {
      const verdict = verdictOf(statement, step);
      assert.equal(verdict.verdict, 'matches', JSON.stringify(verdict));
      const figures = { available, posted, held, debt };
      for (const [name, amount] of Object.entries(figures)) assert.equal(verdict[name], amount);
      assert.equal(verdict.entries, count);
      assert.match(verdict.digest, /^[0-9a-f]{64}$/);
    }
    for (const most of [1, 3]) assert.deepEqual(written(most), statement, `pieces of ${most}`);
  });

  test('one changed byte is found, wherever it is', () => {
    /** @type {Record<string, number>} */
    const seen = { differs: 0, refused: 0 };
    const missed = [];
    for (let at = 0; at < statement.length; at += 1) {
      const changed = Buffer.from(statement);
      const byte = changed[at] ?? 0;
      // A digit becomes another digit, a letter another letter: what reads well is found as well.
      changed[at] = /[0-8a-y]/.test(String.fromCharCode(byte)) ? byte + 1 : byte ^ 1;
      const { verdict } = verdictOf(changed);
      if (verdict === 'matches') missed.push(at);
      else seen[verdict] = (seen[verdict] ?? 0) + 1;
    }
    const around = missed.map((at) => statement.subarray(at - 20, at + 9).toString());
    assert.deepEqual(around, [], `${missed.length} of ${statement.length}`);
    assert.ok((seen.differs ?? 0) > 100 && (seen.refused ?? 0) > 100, JSON.stringify(seen));
  });

  test('an entry that is missing, doubled or moved is found', () => {
    const { entries, ...rest } = JSON.parse(statement.toString());
    const [first, second, ...others] = entries;
    for (const [what, list] of /** @type {[string, Json[]][]} */ ([
      ['missing', [first, ...others]],
      ['the last missing', entries.slice(0, -1)],
      ['doubled', [first, second, second, ...others]],
      ['moved', [second, first, ...others]],
    ])) {
      const { head, ...behind } = rest;
      const text = Buffer.from(JSON.stringify({ head, entries: list, ...behind }));
      assert.notEqual(verdictOf(text).verdict, 'matches', what);
    }
  });

  test('what is no statement is refused with a code', () => {
    const { codes } = JSON.parse(readFileSync('tests/vectors/error_codes.json', 'utf8'));
    const known = new Set(codes.map((/** @type {Json} */ row) => row.code));
    for (const text of ['', '{', '{}', 'null', '[]', 'seq,occurred_at\r\n', '\ufeff{}',
      '\0'.repeat(99), '['.repeat(100_000), statement.subarray(0, 500).toString(),
      `${statement} {}`]) {
      const verdict = verdictOf(Buffer.from(text));
      assert.equal(verdict.verdict, 'refused', text.slice(0, 40));
      assert.ok(known.has(verdict.code), verdict.code);
    }
  });
}
