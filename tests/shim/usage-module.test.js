/** The dashboard's module as it is shipped: what goes in comes out painted, exact or refused. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  BALANCE, BERLIN, NOW, PRODUCT, SETTINGS, built, dayOf, errorOf, openUsage, rollupsOf, rowOf,
  rowsOf, sum, usageGlue, usageWithRows,
} from './usage-glue.js';

/** @typedef {import('./usage-glue.js').Json} Json */

if (!built) {
  test('the module of the dashboard', { skip: 'not built: node pkg/build/build.mjs' }, () => {});
} else {
  const glue = await usageGlue();
  const open = (/** @type {Json} */ balance = BALANCE, settings = SETTINGS) =>
    openUsage(glue, balance, settings);
  const withRows = (last = 400) => usageWithRows(glue, last);
  const FILTERS = [
    { days: '7' },
    { days: '30' },
    { days: 'all' },
    { from: '2026-10-20', to: '2026-10-27', agent: 'chat' },
    { days: '90', model: 'small', company: 'Company 3' },
    { days: '90', site: 'blog', feature: 'voice', type: 'call' },
    { days: '90', agent: '' },
    { days: '30', agent: 'nobody' },
  ];

  test('sums by day and the rows behind them paint what the rows alone paint', () => {
    const alone = withRows();
    for (const through of [1, 137, 320, 400]) {
      const both = open();
      both.add_rollups(rollupsOf(rowsOf(1, through)));
      // The log's rows that are in the sums are not counted again, whenever they come.
      both.add_rows(rowsOf(200, 400));
      both.add_rows(rowsOf(1, 260));
      assert.equal(both.rows_known(), 400);
      for (const filter of FILTERS) {
        const asked = JSON.stringify({ through, filter });
        assert.deepEqual(both.view(filter), alone.view(filter), asked);
      }
    }
  });

  test('what is painted adds up to the rows', () => {
    const usage = withRows();
    const { total, agents, trend, breakdowns, change } = usage.view({ days: '30' });
    const month = rowsOf(1, 400).filter((row) => dayOf(row.occurred_at) >= '2026-10-23');
    const spent = sum(month.map(({ credits }) => credits));
    assert.equal(total, spent);
    assert.equal(sum(agents.map((/** @type {Json} */ card) => card.credits)), spent);
    assert.equal(sum(trend.bars.map((/** @type {Json} */ bar) => bar.total)), spent);
    assert.equal(trend.bars.length, 30);
    for (const { rows, others } of breakdowns) {
      const shown = rows.map((/** @type {Json} */ row) => row.credits);
      assert.equal(sum([...shown, others?.credits ?? '0']), spent);
    }
    assert.deepEqual(breakdowns.map((/** @type {Json} */ one) => one.by),
      ['model', 'feature', 'site', 'company', 'type']);
    assert.ok(change, 'there is a period before');
  });

  test('rows that come while the view is open are in the next one', () => {
    const usage = withRows(399);
    const before = usage.view({ days: 'all' }).total;
    usage.look({ days: 'all' });
    assert.equal(usage.find(1e6), true);
    assert.equal(usage.found(), 399);
    usage.add_rows([rowOf(400)]);
    assert.equal(usage.find(1e6), true);
    assert.equal(usage.rows(0, 1)[0].seq, 400);
    assert.equal(usage.view({ days: 'all' }).total, sum([before, rowOf(400).credits]));
  });

  test('the log: newest first, filtered, searched, with labels and the clock of the zone', () => {
    const usage = withRows();
    usage.set_labels({ site: { blog: 'blog.example' }, model: { small: 'Small' } });
    usage.look({ days: 'all', search: 'CONVERSATION 4187' });
    while (!usage.find(50));
    const rows = usage.rows(0, 9);
    assert.deepEqual(rows.map((/** @type {Json} */ row) => row.seq), [375, 374]);
    const { occurred_at: at } = rowOf(375);
    assert.equal(rows[0].at, usage.clock(at));
    assert.equal(rows[0].at.slice(0, 10), dayOf(at));
    usage.look({ days: 'all', site: 'blog', model: 'small', agent: 'chat' });
    while (!usage.find(50));
    const wanted = rowsOf(1, 400).filter(
      ({ site, model, agent }) => site === 'blog' && model === 'small' && agent === 'chat',
    );
    const found = usage.rows(0, 500);
    assert.deepEqual(found.map((/** @type {Json} */ row) => row.seq), wanted.map(({ seq }) => seq));
    assert.equal(found[0].site, 'blog.example');
    assert.deepEqual(found[0].model, { in: 'model', key: 'small', label: 'Small' });
    assert.deepEqual(usage.rows(500, 4_294_967_295), [], 'behind the last');
    usage.look({ days: 'all', search: 'blog.example' });
    while (!usage.find(50));
    assert.equal(usage.found(), 100, 'what people read can be searched');
  });

  test('moments are those of the wall in the account’s zone, also where a clock is changed', () => {
    const usage = open();
    for (const [at, wall] of [
      ['2026-03-29T00:59:59Z', '2026-03-29T01:59:59'],
      ['2026-03-29T01:00:00Z', '2026-03-29T03:00:00'],
      ['2026-10-25T00:59:59Z', '2026-10-25T02:59:59'],
      ['2026-10-25T01:00:00Z', '2026-10-25T02:00:00'],
      ['2026-12-31T23:00:00Z', '2027-01-01T00:00:00'],
      ['2026-11-21T10:00:00.999+05:30', '2026-11-21T05:30:00'],
    ]) {
      assert.equal(usage.clock(at ?? ''), wall, at);
    }
    const west = { ...SETTINGS, zone: { base_offset_s: -34_200, transitions: [] } };
    assert.equal(open(BALANCE, west).clock('2026-01-01T00:00:00Z'), '2025-12-31T14:30:00');
    assert.throws(() => usage.clock('yesterday'), { code: 'time_invalid' });
  });

  test('a receipt has its rate in business units, its draws and its hold', () => {
    const usage = withRows();
    const answer = {
      row: rowOf(399),
      rate: {
        version: 1,
        effective_at: '2026-01-01T00:00:00Z',
        quantum: '0.1',
        lines: [
          { unit: 'message', quantity: 3, rate: '1', product: '3' },
          { unit: 'call_minute', quantity: 2, rate: '8', product: '16' },
          { unit: 'work', product: '0.250001' },
        ],
      },
      draws: [{
        grant: '1', kind: 'purchase', effective_at: '2026-11-03T23:30:00Z',
        expires_at: '2027-11-03T22:59:59Z', amount: '3.2', before: '10', after: '6.8',
      }],
      hold: { id: '4', amount: '5', booked_at: '2026-11-21T09:00:00Z' },
      reason: '',
    };
    const { row, rate, draws, hold } = usage.receipt(answer);
    assert.equal(row.seq, 399);
    assert.deepEqual(rate, {
      version: '1',
      since: '2026-01-01',
      lines: [
        { unit: 'reply', quantity: '3', rate: '1', product: '3' },
        { unit: 'minute', quantity: '2', rate: '8', product: '16' },
        { unit: 'work', product: '0.250001' },
      ],
    });
    assert.deepEqual(draws, [{
      pool: 'purchased', since: '2026-11-04', expires: '2027-11-03', amount: '3.2', before: '10',
      after: '6.8',
    }]);
    assert.deepEqual(hold, { amount: '5', at: '2026-11-21T10:00:00' });
    const bare = usage.receipt({ row: rowOf(399), rate: null, draws: [], hold: null });
    assert.deepEqual([bare.rate, bare.draws, bare.hold], [null, [], null]);
    for (const [broken, field] of /** @type {[Json, string][]} */ ([
      [{ ...answer, row: undefined }, 'row'],
      [{ ...answer, draws: [{ ...answer.draws[0], amount: '-3' }] }, 'amount'],
      [{ ...answer, draws: [{ ...answer.draws[0], kind: 'gift' }] }, 'kind'],
      [{ ...answer, hold: { amount: 5, booked_at: NOW } }, 'amount'],
      [{ ...answer, rate: { version: 1, effective_at: 'then' } }, 'effective_at'],
    ])) {
      const thrown = errorOf(() => usage.receipt(broken));
      assert.equal(thrown.name, 'NivellaError', field);
      assert.equal(thrown.field, field);
    }
  });

  test('a campaign: what its conversations need, and what to buy before it', () => {
    const usage = withRows();
    const asked = { visitors: 500, conversations: '0.5', from: '2026-12-01', to: '2026-12-10' };
    const without = usage.campaign(asked);
    assert.equal(without.answer, 'not_enough');
    assert.deepEqual([without.buy, without.by, without.total], [[], null, null]);
    assert.equal(usage.set_offers({ products: [PRODUCT], credits_map: {} }), 0);
    const plan = usage.campaign(asked);
    assert.equal(plan.answer, 'buy');
    assert.equal(plan.buy[0].id, '10');
    assert.equal(plan.have, '1800', 'what is there, and the allowance of December');
    assert.ok(plan.by >= '2026-11-21' && plan.by <= '2026-12-01', plan.by);
    assert.equal(plan.total, `$${plan.buy[0].quantity * 20}.00`);
    const [talks] = plan.evidence;
    assert.equal(talks.key, 'usage.evidence.talks');
    assert.equal(talks.args.talks, '250');
    const today = { from: '2026-11-21', to: '2026-11-21' };
    const none = usage.campaign({ ...asked, visitors: 1, ...today });
    assert.deepEqual([none.answer, none.buy], ['nothing', []]);
    for (const [change, code] of /** @type {[Json, string][]} */ ([
      [{ from: '2026-11-20' }, 'period_invalid'],
      [{ to: '2026-11-30' }, 'period_invalid'],
      [{ to: '2032-01-01' }, 'period_invalid'],
      [{ visitors: 2_000_000_000 }, 'quantity_invalid'],
      [{ visitors: -1 }, 'snapshot_invalid'],
      [{ conversations: '1001' }, 'quantity_invalid'],
      [{ from: '2026-02-30' }, 'time_invalid'],
    ])) {
      const thrown = errorOf(() => usage.campaign({ ...asked, ...change }));
      assert.equal(thrown.code, code, JSON.stringify(change));
    }
    assert.equal(errorOf(() => open().campaign(asked)).code, 'quantity_invalid', 'no conversation');
  });

  test('an export is read back as what it was written from', () => {
    const usage = withRows();
    usage.look({ days: 'all' });
    while (!usage.find(100));
    usage.begin_csv();
    /** @type {Uint8Array[]} */
    const parts = [];
    for (let part; (part = usage.next_csv(60)).length > 0;) parts.push(part);
    assert.ok(parts.length > 0);
    const bytes = Buffer.concat(parts);
    const [, first] = bytes.toString().split('\r\n');
    assert.match(first ?? '', /^400,2026-11-21T10:59:00\+01:00,/);
    const again = open();
    for (let at = 0; at < bytes.length; at += 997) again.read_csv(bytes.subarray(at, at + 997));
    assert.equal(again.end_csv(), 0);
    for (const filter of FILTERS) assert.deepEqual(again.view(filter), usage.view(filter));
    const other = Buffer.from('name,price\r\n1,2\r\n');
    assert.throws(() => again.read_csv(other), { code: 'snapshot_invalid' });
    assert.throws(() => again.end_csv(), { code: 'snapshot_invalid' });
    assert.equal(again.read_csv(bytes), 0, 'a file behind one that was none of ours');
    assert.equal(again.end_csv(), 0);
  });

  test('the advice of a rate card names the model, and the labels are in the sentence', () => {
    const rich = { ...BALANCE, available: '90000', posted: '90040' };
    const pools = [BALANCE.pools[0], { ...BALANCE.pools[1], available: '90000' }];
    const usage = open({ ...rich, pools });
    usage.set_labels({ model: { small: 'Small' } });
    const rows = rowsOf(1, 300).map(({ seq, model }) => {
      const credits = model === 'swift' ? '1' : '0.5';
      const work = { kind: 'use', type: 'message', feature: 'chat_reply', model, messages: 1 };
      const { occurred_at, booked_at } = rowOf(seq, 301);
      return { seq, ...work, occurred_at, booked_at, credits, amount: `-${credits}` };
    });
    assert.equal(usage.add_rows(rows), 0);
    const { advice } = usage.view({ days: '7' });
    assert.equal(advice.kind, 'model');
    assert.deepEqual(advice.title.args.name, { in: 'model', key: 'small', label: 'Small' });
  });

  test('the zone is that of the account, whatever the machine has', () => {
    const late = { ...rowOf(400), occurred_at: '2026-11-20T23:30:00Z' };
    for (const [zone, day] of /** @type {[typeof BERLIN, string][]} */ ([
      [BERLIN, '2026-11-21'],
      [{ base_offset_s: -18_000, transitions: [] }, '2026-11-20'],
    ])) {
      const usage = open(BALANCE, { ...SETTINGS, zone });
      usage.add_rows([late]);
      const { bars, top } = usage.view({ days: '7' }).trend;
      assert.equal(bars[top].from, day);
    }
  });
}
