/** Alerts by choice: each level is said once, again only after it was made up for, in every tab. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { watched } from './harness.mjs';
import {
  balanceOf, buy, eventually, notesOf, openShop, openWorld, pay, pillShows, says, takeNotes, textOf,
} from './person.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ share: number } | { amount: string }} Threshold */

/** @type {Awaited<ReturnType<typeof openWorld>>} */
let world;
before(async () => {
  world = await openWorld();
});
afterEach(() => world?.leave());
after(() => world?.close());

/** @param {Page} page */
const toastOf = (page) => page.locator('nivella-credit-toast');

/** What the page was told of levels, in order. @param {Page} page */
async function levelsTold(page) {
  const { told } = await notesOf(page);
  const ours = ['low-balance', 'depleted', 'recovered'];
  return told.filter(({ name }) => ours.includes(name)).map(({ detail }) => detail.level);
}

/** @param {Page} page @param {string[]} expected */
const isTold = (page, expected) =>
  eventually(async () => assert.deepEqual(await levelsTold(page), expected));

/**
 * A write of the ledger's own, by the page's own interface, and its answer for all that show it.
 * @param {Page} page @param {string} what @param {any[]} args
 */
const write = (page, what, ...args) => page.evaluate(async ([name, given]) => {
  const address = '/pkg/nivella-credits.js';
  const { connect } = await import(address);
  const { account, ledger } = await connect({ store: 'demo' });
  const answer = await ledger[/** @type {string} */ (name)](.../** @type {any[]} */ (given));
  account.publish(answer.balance);
  return answer;
}, /** @type {any} */ ([what, args]));

/** @param {Page} page @param {string} amount */
const spend = (page, amount) =>
  write(page, 'use', { request_id: crypto.randomUUID(), mode: 'strict', amount });

/** @param {Page} page @param {Threshold} low @param {Threshold} critical */
const choose = (page, low, critical) => write(page, 'saveAlerts', { low, critical });

/** Another page of the same browser. @param {Page} page @param {string} path */
async function tab(page, path) {
  const { page: other } = watched(await page.context().newPage());
  other.setDefaultTimeout(15_000);
  await other.addInitScript(takeNotes);
  await other.goto(new URL(path, world.origin).href);
  await balanceOf(other);
  return other;
}

test('25 % by choice: one toast on the way down, recovered by a purchase', async () => {
  const { page, faults } = await world.visitor();
  const usage = await tab(page, '/usage.html');
  const form = usage.locator('nivella-usage-dashboard #alerts-form');
  await form.locator('[name=low]').waitFor();
  assert.equal(await form.locator('[name=low]').inputValue(), '20');
  await form.locator('[name=low]').fill('25');
  await form.getByRole('button', { name: 'Save' }).click();
  await says(usage.locator('nivella-usage-dashboard'), '#alerts-said', /^Saved/);
  await page.bringToFront();
  // A quarter of the plan's 1,500 is 375.
  await spend(page, '1965.9');
  await pillShows(page, '375 Credits');
  assert.deepEqual(await levelsTold(page), []);
  await spend(page, '0.1');
  await isTold(page, ['low']);
  await says(toastOf(page), '#notice-title', /./);
  await toastOf(page).getByRole('button', { name: 'Not now' }).click();
  for (const amount of ['10', '20']) await spend(page, amount);
  await pillShows(page, '345 Credits');
  assert.equal(await textOf(toastOf(page), '#notice'), '', 'one toast, not one for each use');
  assert.deepEqual(await levelsTold(page), ['low']);
  await isTold(usage, ['low']);

  await usage.bringToFront();
  await openShop(usage);
  await buy(usage);
  await says(await pay(usage), '#notice-title', '2,000 credits added');
  await isTold(page, ['low', 'recovered']);
  await pillShows(page, '2,345 Credits');
  assert.deepEqual(faults, []);
});

test('an amount by choice: said where it is raised above, taken back where lowered', async () => {
  const { page } = await world.visitor();
  const other = await tab(page, '/');
  await choose(page, { amount: '2341' }, { amount: '100' });
  for (const each of [page, other]) {
    await isTold(each, ['low']);
    await eventually(async () => assert.equal((await balanceOf(each)).level, 'low'));
  }
  await says(toastOf(page), '#notice-title', /./);
  await choose(page, { amount: '2340.999999' }, { amount: '100' });
  for (const each of [page, other]) await isTold(each, ['low', 'recovered']);
  await eventually(async () => assert.equal(await textOf(toastOf(page), '#notice'), ''));
});

test('a hold that dips under the level and is given back is not said, however often', async () => {
  const { page } = await world.visitor();
  await choose(page, { amount: '2300' }, { amount: '100' });
  for (const round of ['a', 'b']) {
    const body = { request_id: `hold-${round}-1`, amount: '100', duration_ms: 60_000 };
    const { hold, balance } = await write(page, 'hold', body);
    assert.equal(balance.level, 'low');
    await pillShows(page, '2,241 Credits');
    await write(page, 'release', hold.id, { request_id: `release-${round}-1` });
    await pillShows(page, '2,341 Credits');
  }
  assert.deepEqual(await levelsTold(page), []);
  await spend(page, '41');
  await isTold(page, ['low']);
});

test('a critical level above the first is refused at its field', async () => {
  const { page } = await world.visitor();
  await page.goto(`${world.origin}/usage.html`);
  const form = page.locator('nivella-usage-dashboard #alerts-form');
  const critical = form.locator('[name=critical]');
  await critical.waitFor();
  await critical.fill('30');
  await form.getByRole('button', { name: 'Save' }).click();
  await eventually(async () => assert.equal(await critical.getAttribute('aria-invalid'), 'true'));
  assert.equal(await textOf(page.locator('nivella-usage-dashboard'), '#alerts-said'), '');
  await critical.fill('20');
  await form.getByRole('button', { name: 'Save' }).click();
  await says(page.locator('nivella-usage-dashboard'), '#alerts-said', /^Saved/);
});

test('the page’s own events, and a checked balance, are shown on the dashboard', async () => {
  const { page, faults } = await world.visitor();
  await page.goto(`${world.origin}/usage.html?days=7`);
  const dashboard = page.locator('nivella-usage-dashboard');
  // Yesterday, in any zone within the last seven days. It may be set before the element is there.
  await dashboard.evaluate((each) => {
    const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    const events = [{ day, count: 2 }, { day, count: 1 }];
    /** @type {any} */ (each).value = { name: 'lead', events };
  });
  await says(dashboard, '#value', /credits? per lead, 3 in this range/);
  await dashboard.evaluate((each) => {
    /** @type {any} */ (each).value = { name: 'lead', events: [{ day: 'x', count: 1 }] };
  });
  await eventually(async () => assert.equal(await textOf(dashboard, '#value'), ''));
  await eventually(async () => {
    const { told } = await notesOf(page);
    const errors = told.filter(({ name }) => name === 'error').map(({ detail }) => detail);
    assert.deepEqual(errors.map(({ code, field }) => [code, field]), [['time_invalid', 'day']]);
  });
  await dashboard.locator('#verify-live').click();
  await says(dashboard, '#log-checked', /^Balance checked against [\d,]+ entries$/);
  await spend(page, '1');
  await eventually(async () => assert.equal(await textOf(dashboard, '#log-checked'), ''));
  assert.deepEqual(faults, []);
});
