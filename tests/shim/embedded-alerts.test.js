/** Alerts of the embedded store: chosen levels count at once, in every tab, and stay. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBrowser } from './embedded.js';

const USUAL = { low: { share: 200 }, critical: { share: 50 } };
/** 2,341 credits are there to begin with. */
const AT_2300 = { low: { amount: '2300' }, critical: { amount: '2000' } };

/** @param {{ledger: import('../../www/shim/ledger-api.js').LedgerApi}} tab */
async function levels({ ledger }) {
  const { snapshot } = await ledger.balance();
  return [snapshot?.level, snapshot?.alert];
}

/** @param {string} request_id @param {string} amount */
const spend = (request_id, amount) => ({ request_id, mode: 'strict', amount });

test('alerts begin at 20 % and 5 %, before anything is kept and after', async () => {
  const tab = await createBrowser().tab();
  assert.deepEqual(await tab.ledger.alerts(), USUAL);
  await tab.controls.settle();
  assert.deepEqual(await tab.ledger.alerts(), USUAL);
});

test('chosen levels are kept, and a balance has its level by them', async () => {
  const browser = createBrowser();
  const [tab, other] = [await browser.tab(), await browser.tab()];
  const before = (await other.ledger.balance()).snapshot;
  const { balance, ...saved } = await tab.ledger.saveAlerts(AT_2300);
  assert.deepEqual(saved, AT_2300);
  assert.equal(balance?.level, 'ok');
  await tab.ledger.use(spend('a', '41'));
  assert.deepEqual(await levels(tab), ['low', 'low']);
  assert.deepEqual(await levels(other), ['low', 'low']);
  assert.deepEqual(await other.ledger.alerts(), AT_2300);
  const lowered = { ...AT_2300, low: { amount: '2299.999999' } };
  const answer = await other.ledger.saveAlerts(lowered);
  assert.equal(answer.balance?.level, 'ok');
  assert.ok(answer.balance?.version > before?.version, 'newer than what every tab shows');
  assert.deepEqual(await levels(tab), ['ok', 'ok']);
  const later = await browser.tab();
  assert.deepEqual(await later.ledger.alerts(), lowered, 'the page is closed and opened again');
  const { rows } = await later.ledger.activity({ limit: 1 });
  assert.equal(rows[0]?.request_id, 'a', 'no entry of the ledger');
});

test('a hold dips under a level and alerts of nothing until it is settled', async () => {
  const tab = await createBrowser().tab();
  await tab.ledger.saveAlerts(AT_2300);
  for (const round of [1, 2]) {
    const body = { request_id: `h-${round}`, amount: '100', duration_ms: 60_000 };
    const { hold, balance } = await tab.ledger.hold(body);
    assert.deepEqual([balance.level, balance.alert], ['low', 'ok']);
    await tab.ledger.release(hold.id, { request_id: `r-${round}` });
    assert.deepEqual(await levels(tab), ['ok', 'ok']);
  }
  const { hold } = await tab.ledger.hold({ ...spend('h-3', '100'), duration_ms: 60_000 });
  const { balance } = await tab.ledger.settle(hold.id, spend('s-3', '50'));
  assert.deepEqual([balance.level, balance.alert], ['low', 'low']);
});

test('a critical level above the low one is refused, and nothing has changed', async () => {
  const tab = await createBrowser().tab();
  await tab.ledger.saveAlerts(AT_2300);
  const above = { low: { share: 50 }, critical: { share: 51 } };
  await assert.rejects(tab.ledger.saveAlerts(above), { code: 'field_invalid', field: 'critical' });
  assert.deepEqual(await tab.ledger.alerts(), AT_2300);
});
