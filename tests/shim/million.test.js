import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimal, micro } from '../../www/shim/embedded/amounts.js';
import { MANY, manyRows } from '../../www/demo/million.js';

const NOW = Date.UTC(2026, 10, 21, 10);
const ZONE = {
  base_offset_s: 3600,
  transitions: [
    { at: '2026-03-29T01:00:00.000Z', offset_s: 7200 },
    { at: '2026-10-25T01:00:00.000Z', offset_s: 3600 },
  ],
};

/** @param {number} rows */
const linesOf = async (rows) => {
  const text = await new Response(manyRows({ rows, after: 40, now: NOW, zone: ZONE })).text();
  return text.split('\r\n');
};

test('a busy account’s export: without gaps, newest first, none in the future', async () => {
  const lines = await linesOf(5000);
  assert.equal(lines.length, 5002, 'a header, the rows, and the end of the last');
  const rows = lines.slice(1, -1).map((line) => line.split(','));
  assert.deepEqual(rows.map(([seq]) => Number(seq)), Array.from(rows, (_, at) => 5040 - at));
  const times = rows.map(([, at]) => Date.parse(at ?? ''));
  assert.ok(times.every((time, at) => time <= (times[at - 1] ?? NOW)));
  assert.ok((times.at(-1) ?? NOW) < NOW - 700 * 86_400_000, 'two years');
  for (const [, at = ''] of rows) {
    if (at > '2026-10-26') assert.match(at, /\+01:00$/);
    else if (at > '2026-03-30' && at < '2026-10-25') assert.match(at, /\+02:00$/);
  }
  for (const row of rows) assert.equal(micro(row[10]), -micro(row[11]), 'what it cost left');
  assert.ok(rows.some((row) => row[10] === '0' && row[17] === 'no_reply'));
  assert.notEqual(decimal(rows.reduce((sum, row) => sum + micro(row[10]), 0n)), '0');
});

test('a million rows are made in pieces, as they are taken, and can be left', async () => {
  const reader = manyRows({ rows: MANY, after: 0, now: NOW, zone: ZONE }).getReader();
  for (let piece = 0; piece < 20; piece += 1) {
    const { value, done } = await reader.read();
    assert.equal(done, false);
    assert.ok((value?.length ?? 0) < 500_000, 'a few milliseconds of work');
  }
  await reader.cancel();
  assert.equal((await reader.read()).done, true);
});
