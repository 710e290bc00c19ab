import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimal, micro } from '../../www/shim/embedded/amounts.js';
import { NOW, createBrowser } from './embedded.js';

/** @typedef {import('../../www/shim/ledger-shapes.js').Rollup} Rollup */

const DAY = 86_400_000;
/** Portland's clock: an hour back on 1 November 2026. */
const PORTLAND = {
  base_offset_s: -8 * 3600,
  transitions: [
    { at: '2026-03-08T10:00:00.000Z', offset_s: -7 * 3600 },
    { at: '2026-11-01T09:00:00.000Z', offset_s: -8 * 3600 },
    { at: '2027-03-14T10:00:00.000Z', offset_s: -7 * 3600 },
  ],
};

/** @param {Rollup[]} rows @param {(row: Rollup) => boolean} [of] */
const creditsOf = (rows, of = () => true) =>
  Number(decimal(rows.filter(of).reduce((sum, { credits }) => sum + micro(credits), 0n)));

/** @param {any} snapshot */
const poolsOf = ({ pools }) =>
  pools.map((/** @type {any} */ pool) => [pool.kind, pool.available, pool.held]);

test('four months of history end at the balance that the first look showed', async () => {
  const cases = /** @type {[number, any][]} */ ([
    [NOW, undefined],
    [Date.UTC(2026, 10, 3, 1), () => PORTLAND],
    [Date.UTC(2028, 1, 29, 23, 59), () => PORTLAND],
    [Date.UTC(2027, 2, 1, 8, 30), undefined],
  ]);
  for (const [now, zone] of cases) {
    const browser = createBrowser({ months: 4, ...(zone && { zone }) });
    browser.clock.now = now;
    const { ledger, controls } = await browser.tab();
    const first = await ledger.balance();
    await controls.settle();
    const then = await ledger.balance();
    // Only the runway is new: the first look had no days to tell it from.
    const { runway = null, ...rest } = then.snapshot ?? {};
    assert.ok(runway);
    assert.deepEqual({ ...rest, runway: null }, first.snapshot);
    assert.equal((await ledger.balance({ etag: then.etag })).snapshot, null);
    assert.equal(then.snapshot?.available, '2341');
    assert.deepEqual(poolsOf(then.snapshot), [
      ['allowance', '841', '0'],
      ['purchase', '1500', '0'],
    ]);
  }
});

test('the first look writes nothing; who needs the history writes it, once', async () => {
  const browser = createBrowser({ months: 4 });
  const [a, b] = [await browser.tab(), await browser.tab()];
  await a.available();
  const { version, databases } = await new Promise((resolve) => {
    const request = browser.indexedDB.open('nivella-credits-demo');
    request.onsuccess = async () => {
      const { result } = request;
      const all = result.transaction('entries').objectStore('entries').count();
      all.onsuccess = () => {
        result.close();
        resolve({ version: result.version, databases: all.result });
      };
    };
  });
  assert.deepEqual([version, databases], [2, 0]);
  const [one, other] = await Promise.all([a.ledger.usage(), b.ledger.usage()]);
  assert.deepEqual(one, other);
  assert.equal((await a.ledger.balance()).snapshot?.account,
    (await b.ledger.balance()).snapshot?.account);
});

test('the same today gives the same history', async () => {
  const days = async () => (await (await createBrowser({ months: 4 }).tab()).ledger.usage()).rows;
  assert.deepEqual(await days(), await days());
});

test('the history has all agents, features, models, sites, a spike and weekends', async () => {
  const { ledger } = await createBrowser({ months: 4 }).tab();
  const { rows, labels } = await ledger.usage();
  const keys = (/** @type {'agent' | 'feature' | 'model' | 'site' | 'company'} */ name) =>
    [...new Set(rows.map((row) => row[name]))].filter(Boolean).sort();
  assert.deepEqual(keys('agent'), Object.keys(labels?.agent ?? {}).sort());
  assert.deepEqual(keys('feature'), Object.keys(labels?.feature ?? {}).sort());
  assert.deepEqual(keys('model'), Object.keys(labels?.model ?? {}).sort());
  assert.deepEqual(keys('site'), ['demo', 'ferrow', 'northlight']);
  assert.equal(keys('company').length, 3);
  assert.ok(rows.every(({ agent, site }) => agent && site), 'every use says whose it is');

  const days = [...new Set(rows.map(({ day }) => day))].sort();
  const length = (Date.parse(days.at(-1) ?? '') - Date.parse(days[0] ?? '')) / DAY;
  assert.ok(length >= 110 && length <= 140, `${length} days`);
  assert.equal(days.at(-1), '2026-11-21', 'today has begun');

  const byDay = days.map((day) => creditsOf(rows, (row) => row.day === day));
  const usual = [...byDay].sort((a, b) => a - b)[Math.floor(byDay.length / 2)] ?? 0;
  const spike = days[byDay.indexOf(Math.max(...byDay))];
  assert.ok(Math.max(...byDay) > 2.5 * usual, 'one day stands out');
  const rush = creditsOf(rows, ({ day, agent }) => day === spike && agent === 'voice_inbound');
  assert.ok(rush > 0.5 * Math.max(...byDay), 'by its calls');

  const weekend = (/** @type {string} */ day) => [0, 6].includes(new Date(day).getUTCDay());
  const mean = (/** @type {number[]} */ all) => all.reduce((a, b) => a + b, 0) / all.length;
  const free = byDay.filter((_, n) => weekend(days[n] ?? ''));
  const busy = byDay.filter((_, n) => !weekend(days[n] ?? '') && days[n] !== spike);
  assert.ok(mean(free) < 0.7 * mean(busy), 'weekends are quieter');
  const failed = rows.reduce((sum, row) => sum + row.failed, 0);
  assert.ok(failed > 20 && failed < 100, `${failed} failures`);
});

test('the history has a purchase that was used, a refund, a bonus and an expiry', async () => {
  const { ledger } = await createBrowser({ months: 4 }).tab();
  /** @type {import('../../www/shim/ledger-shapes.js').Row[]} */
  const other = [];
  const types = ['purchase', 'bonus', 'adjustment', 'reversal', 'expiry'];
  for (const type of types) {
    other.push(...(await ledger.activity({ type, limit: 100 })).rows);
  }
  const of = (/** @type {string} */ details) =>
    other.filter((row) => row.details === details).map(({ kind, amount }) => [kind, amount]);
  assert.deepEqual(of('order 24'), [['grant', '2000']]);
  assert.deepEqual(of('order 27').sort(), [['grant', '5000'], ['reversal', '-5000']]);
  assert.deepEqual(of('Welcome'), [['grant', '100']]);
  assert.ok(other.some(({ kind }) => kind === 'expiry'), 'an allowance was not used up');
  const purchase = other.find(({ details }) => details === 'order 24')?.seq ?? 0;
  const { rows } = await ledger.activity({ agent: 'chat', to: '2026-11-08', limit: 1 });
  const { draws } = await ledger.receipt(rows[0]?.seq ?? 0);
  assert.deepEqual(draws.map(({ kind }) => kind), ['purchase'], 'the allowance was used up');
  assert.ok((rows[0]?.seq ?? 0) > purchase);
});

test('a purchase’s receipt says what was bought, and for how much', async () => {
  const { ledger } = await createBrowser({ months: 4 }).tab();
  const { rows } = await ledger.activity({ type: 'purchase', limit: 100 });
  const bought = rows.find(({ details }) => details === 'order 24');
  const { purchase } = await ledger.receipt(bought?.seq ?? 0);
  assert.deepEqual(purchase, {
    store: 'Nivella Store',
    order: 'order 24',
    at: bought?.booked_at,
    package: '2,000 AI Credits',
    credits: '2000',
    bonus: '0',
    expires_at: null,
    price: '$10.00',
    lines: [{ name: 'Payment', text: 'Demo card' }],
  });
  const [use] = (await ledger.activity({ agent: 'chat', limit: 1 })).rows;
  assert.equal((await ledger.receipt(use?.seq ?? 0)).purchase, null);
});

test('the rates have changed once: a receipt keeps those of its time', async () => {
  const { ledger } = await createBrowser({ months: 4 }).tab();
  const before = await ledger.activity({ type: 'call', to: '2026-09-30', limit: 1 });
  const now = await ledger.activity({ type: 'call', from: '2026-11-01', limit: 1 });
  const rates = [];
  for (const { rows } of [before, now]) {
    const { rate } = await ledger.receipt(rows[0]?.seq ?? 0);
    rates.push([rate?.version, rate?.lines[0]?.unit, rate?.lines[0]?.rate]);
  }
  assert.deepEqual(rates, [[1, 'call_minute', '9'], [2, 'call_minute', '8']]);
  assert.equal((await ledger.rateCard()).version, 2);
});

/** The database as the first version made it. @param {IDBFactory} indexedDB @param {any} kept */
function firstVersion(indexedDB, { head, entries }) {
  return new Promise((resolve) => {
    const request = indexedDB.open('nivella-credits-demo', 1);
    request.onupgradeneeded = () => {
      const { result } = request;
      result.createObjectStore('shop');
      result.createObjectStore('ledger').put(head, 'head');
      const table = result.createObjectStore('entries', { keyPath: 'seq' });
      for (const entry of entries) table.put(entry);
      result.createObjectStore('orders', { keyPath: 'id' });
    };
    request.onsuccess = () => resolve(request.result.close());
  });
}

/** @param {IDBFactory} indexedDB @returns {Promise<{head: any, entries: any[]}>} what is kept */
function keptBy(indexedDB) {
  return new Promise((resolve) => {
    const request = indexedDB.open('nivella-credits-demo');
    request.onsuccess = () => {
      const { result } = request;
      const tx = result.transaction(['ledger', 'entries']);
      const head = tx.objectStore('ledger').get('head');
      const entries = tx.objectStore('entries').getAll();
      tx.oncomplete = () => {
        result.close();
        resolve({ head: head.result, entries: entries.result });
      };
    };
  });
}

test('a store of the first version is kept, with its account, and gets its sums', async () => {
  const old = createBrowser();
  const { ledger, controls } = await old.tab();
  await ledger.use({ request_id: 'mine', mode: 'strict', amount: '1', reason: 'Demo' });
  const expected = await ledger.usage();
  const { snapshot } = await ledger.balance();
  await controls.close();
  const { head, entries } = await keptBy(old.indexedDB);
  const { rolled: _, base: __, ...bare } = head;

  const browser = createBrowser();
  await firstVersion(browser.indexedDB, { head: bare, entries });
  const tabs = [await browser.tab(), await browser.tab()];
  const [first, second] = await Promise.all(tabs.map((tab) => tab.ledger.usage()));
  assert.deepEqual(first, expected);
  assert.deepEqual(second, expected);
  const kept = (await tabs[0]?.ledger.balance())?.snapshot;
  assert.deepEqual([kept?.account, kept?.available], [snapshot?.account, '2340']);
  await tabs[1]?.ledger.use({ request_id: 'more', mode: 'strict', amount: '1' });
  assert.equal((await browser.tab().then((tab) => tab.available())), '2339');
});

test('agents that an earlier version named are those with the key', async () => {
  const { ledger } = await createBrowser().tab();
  const usage = { feature: 'voice', agent: 'Voice Inbound', call_ms: 60_000 };
  await ledger.use({ request_id: 'a', mode: 'strict', usage });
  await ledger.use({ request_id: 'b', mode: 'strict', usage: { ...usage, agent: 'Robot 7' } });
  const { rows } = await ledger.activity({ limit: 2 });
  assert.deepEqual(rows.map(({ agent }) => agent), ['Robot 7', 'voice_inbound']);
});
