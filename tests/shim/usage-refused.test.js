/** The dashboard's module as it is shipped: what it refuses has a code, and the rest is painted. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  AGENTS, BALANCE, NOW, PRODUCT, SETTINGS, built, errorOf, openUsage, rowOf, rowsOf, sum,
  usageGlue, usageWithRows,
} from './usage-glue.js';

/** @typedef {import('./usage-glue.js').Json} Json */

if (!built) {
  test('the module of the dashboard', { skip: 'not built: node pkg/build/build.mjs' }, () => {});
} else {
  const glue = await usageGlue();
  const open = (/** @type {Json} */ balance = BALANCE) => openUsage(glue, balance);

  test('what is refused is counted and said, and the rest is painted', () => {
    const usage = open();
    const good = rowsOf(300, 400);
    const bad = [
      { ...rowOf(1), occurred_at: '2026-11-21T10:05:01Z' },
      { ...rowOf(2), credits: '-1' },
      { ...rowOf(3), agent: 7 },
      { ...rowOf(350), details: 'another' },
      null,
      'row',
    ];
    assert.equal(usage.add_rows([...good, ...bad]), bad.length);
    assert.equal(usage.add_rows(good), 0, 'known ones are no refusals');
    const { partial, total } = usage.view({ days: 'all' });
    assert.deepEqual(partial, { key: 'usage.partial.refused', args: { amount: '6' } });
    assert.equal(total, sum(good.map(({ credits }) => credits)));
    assert.throws(() => usage.add_rows({}), { code: 'snapshot_invalid' });
    assert.throws(() => usage.add_rollups({ through_seq: 5 }), { code: 'snapshot_invalid' });
  });

  test('packages in two currencies give no advice, and everything else is painted', () => {
    const usage = usageWithRows(glue);
    const euro = { ...PRODUCT, id: '11', prices: { ...PRODUCT.prices, currency: 'EUR' } };
    assert.equal(usage.set_offers({ products: [PRODUCT, euro] }), 0);
    const { advice, total } = usage.view({ days: '30' });
    assert.equal(advice, null);
    assert.notEqual(total, '0');
  });

  test('a view without a balance, and settings that are none, are refused with their code', () => {
    const bare = glue.Usage.open(SETTINGS, AGENTS, NOW);
    assert.equal(errorOf(() => bare.view({})).code, 'snapshot_invalid');
    assert.equal(errorOf(() => open({ ...BALANCE, available: '301' })).field, 'available');
    assert.equal(errorOf(() => glue.Usage.open(SETTINGS, AGENTS, 'now')).code, 'time_invalid');
    assert.equal(errorOf(() => glue.Usage.open(SETTINGS, {}, NOW)).field, 'agents');
    const zone = { base_offset_s: 1e9, transitions: [] };
    assert.equal(errorOf(() => glue.Usage.open({ zone }, AGENTS, NOW)).code, 'zone_invalid');
  });
}
