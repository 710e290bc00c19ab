/** The check of a statement as it is shipped, given statements that somebody changed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as glue from '#engine-module';
import { INPUTS, SEED, harmless, moduleOf } from './harmless.mjs';
import { broken, randomFrom } from './hostile.mjs';

const NOW = '2026-11-21T10:00:00Z';

glue.initSync({ module: moduleOf('engine') });

test('a statement with whatever changes is told apart', () => {
  const engine = glue.Engine.open({});
  engine.apply({ op: 'grant', request_id: 'g', kind: 'bonus', amount: '90' }, NOW);
  for (let n = 0; n < 9; n += 1) {
    engine.apply({ op: 'use', request_id: `u${n}`, mode: 'strict', amount: '1.5' }, NOW);
  }
  engine.begin_statement('fuzz', NOW);
  const statement = Buffer.from(engine.next_statement(99) ?? '');
  for (let input = 0; input < INPUTS / 4; input += 1) {
    const random = randomFrom(SEED * 5_000_011 + input);
    const where = `NIVELLA_FUZZ_SEED=${SEED}, statement ${input}`;
    const check = new glue.StatementCheck();
    const bytes = broken(statement, random);
    const half = random.below(bytes.length);
    for (const part of [bytes.subarray(0, half), bytes.subarray(half)]) {
      harmless(() => check.push(part), where);
    }
    const { verdict, code } = check.finish();
    assert.ok(verdict !== 'matches' || bytes.equals(statement) || bytes.length > statement.length,
      `${where}: it matches`);
    assert.equal(typeof code, verdict === 'refused' ? 'string' : 'undefined', where);
    check.free();
  }
});
