/** The runway in the embedded store's balance, on a clock that stands still. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOW, createBrowser } from './embedded.js';

const DAY = 86_400_000;

/** @typedef {import('../../www/shim/ledger-api.js').LedgerApi} LedgerApi */

/** @param {LedgerApi} ledger */
const runwayOf = async (ledger) => (await ledger.balance()).snapshot?.runway;
/** @param {string} at */
const daysUntil = (at) => (Date.parse(at) - NOW) / DAY;

test('the first look has no days to tell from; once they are there, a runway', async () => {
  const { ledger, controls, onChange } = await createBrowser({ months: 4 }).tab();
  let told = 0;
  onChange(() => (told += 1));
  assert.equal(await runwayOf(ledger), null);
  await controls.settle();
  assert.equal(told, 1, 'whoever shows a balance reads it again');
  const { from, around, to } = await runwayOf(ledger);
  assert.ok(from < around && around < (to ?? '9999'), `${from} ${around} ${to}`);
  const [after, usual] = [daysUntil(around), await usualDay(ledger)];
  // All that there is, at the pace of the last four weeks, and perhaps the next allowance.
  const [least, most] = [2341 / usual, 3841 / usual];
  assert.ok(after > least * 0.8 && after < most * 1.2, `${after} days of ${least} to ${most}`);
});

/** Credits of a day, in the mean of the last four weeks. @param {LedgerApi} ledger */
async function usualDay(ledger) {
  const { rows } = await ledger.usage({ from: '2026-10-24', to: '2026-11-20' });
  return rows.reduce((sum, { credits }) => sum + Number(credits), 0) / 28;
}

test('an unchanged balance keeps its runway and its tag, all day long', async () => {
  const browser = createBrowser({ months: 4 });
  const { ledger, controls } = await browser.tab();
  await controls.settle();
  const { snapshot, etag } = await ledger.balance();
  browser.clock.now += 3 * 3_600_000;
  assert.equal((await ledger.balance({ etag })).snapshot, null);
  browser.clock.now += DAY;
  const next = await ledger.balance({ etag });
  assert.equal(next.snapshot?.available, '2341');
  assert.notDeepEqual(next.snapshot?.runway, snapshot?.runway, 'a day without use is a longer one');
});

test('what is booked answers with the runway that is then, and less lasts less', async () => {
  const { ledger, controls } = await createBrowser({ months: 4 }).tab();
  await controls.settle();
  const before = await runwayOf(ledger);
  const used = await ledger.use({ request_id: 'much', mode: 'strict', amount: '1800' });
  assert.deepEqual(used.balance.runway, await runwayOf(ledger));
  assert.ok(used.balance.runway.around < before.around);
  assert.ok(daysUntil(used.balance.runway.around) < 10);
});

test('nothing left, and too few days, have none', async () => {
  const all = await createBrowser({ months: 4 }).tab();
  await all.ledger.use({ request_id: 'all', mode: 'strict', amount: '2341' });
  assert.equal(await runwayOf(all.ledger), null);
  // This cycle began a few days ago, and the account with it.
  const browser = createBrowser();
  browser.clock.now = NOW;
  const young = await browser.tab();
  await young.controls.settle();
  const { rows } = await young.ledger.usage();
  const days = new Set(rows.map(({ day }) => day).filter((day) => day < '2026-11-21'));
  assert.equal(await runwayOf(young.ledger) === null, days.size < 7);
});

test('another tab’s write is heard: both tell the same', async () => {
  const browser = createBrowser({ months: 4 });
  const [a, b] = [await browser.tab(), await browser.tab()];
  await a.controls.settle();
  assert.deepEqual(await runwayOf(a.ledger), await runwayOf(b.ledger));
  await b.ledger.use({ request_id: 'b', mode: 'strict', amount: '1200' });
  assert.deepEqual(await runwayOf(a.ledger), await runwayOf(b.ledger));
});
