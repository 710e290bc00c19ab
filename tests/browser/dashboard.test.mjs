/** The usage dashboard with sample data: what a person sees, and does with pointer and keys. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { dashboardStand, openDashboard } from './dashboard-stand.mjs';
import { axeViolations, launch } from './harness.mjs';
import { eventually } from './person.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof dashboardStand>>} */
let stand;
/** @type {import('playwright-core').Browser} */
let browser;
before(async () => {
  [stand, browser] = await Promise.all([dashboardStand(), launch()]);
});
after(async () => {
  await browser?.close();
  await stand?.close();
});

const open = (/** @type {string} */ query) => openDashboard(browser, stand.origin, query);

/** @param {Page} page */
const asked = (page) => page.evaluate(() =>
  /** @type {any} */ (document.querySelector('nivella-usage-dashboard')).source.asked.at(-1));

/** What can be stopped takes its time from now on. @param {Page} page */
const linger = (page) => page.evaluate(() =>
  /** @type {any} */ (document.querySelector('nivella-usage-dashboard')).source.linger());

test('a card filters everything, says so, and "back" undoes it', async () => {
  const { page, at } = await open('state=ready');
  const card = at('#agents button').nth(1);
  await card.click();
  assert.equal(await card.getAttribute('aria-pressed'), 'true');
  assert.deepEqual(await asked(page), { days: 30, agent: 'voice_inbound' });
  assert.match(page.url(), /usage_agent=voice_inbound/);
  await at('.chip', ).filter({ hasText: 'Voice Inbound' }).waitFor();
  await at('#breakdowns button').filter({ hasText: 'Standard' }).first().click();
  assert.deepEqual(await asked(page), { days: 30, agent: 'voice_inbound', model: 'standard' });
  await page.goBack();
  assert.deepEqual(await asked(page), { days: 30, agent: 'voice_inbound' });
  await page.reload();
  await at('.chip').filter({ hasText: 'Voice Inbound' }).waitFor();
  await at('.chip').click();
  assert.equal(await at('.chip').count(), 0);
  assert.doesNotMatch(page.url(), /usage_/);
});

test('the range: radios by arrow keys, and two days of one’s own', async () => {
  const { page, at } = await open('state=ready');
  await at('#range input[value="30"]').focus();
  await page.keyboard.press('ArrowRight');
  assert.deepEqual(await asked(page), { days: 90 });
  await at('#dates summary').click();
  await at('#dates-from').fill('2026-11-20');
  await at('#dates-to').fill('2026-11-03');
  await at('#dates-form button').click();
  assert.deepEqual(await asked(page), { from: '2026-11-03', to: '2026-11-20' });
  assert.match(await at('#dates-text').innerText(), /Nov 3.+20/);
  assert.equal(await at('#range input:checked').count(), 0);
});

test('the chart is read by arrow keys, as a table, and opens a day', async () => {
  const { page, at } = await open('state=ready');
  const cursor = at('#trend-cursor');
  await at('#agents button').last().focus();
  await page.keyboard.press('Tab');
  assert.match(await cursor.getAttribute('aria-valuetext') ?? '', /Nov 21: 103 credits, Chat 47/);
  await page.keyboard.press('Home');
  for (let day = 0; day < 20; day += 1) await page.keyboard.press('ArrowRight');
  const spike = await cursor.getAttribute('aria-valuetext') ?? '';
  assert.match(spike,
    /Thu, Nov 12: 214 credits, unusually high, Chat 43, Voice 152, Automations 19/);
  assert.equal(await at('#trend-read').innerText(), spike);
  await at('#trend-table summary').click();
  assert.equal(await at('#trend-body tr').count(), 30);
  assert.deepEqual(await at('#trend-body tr').nth(20).locator('th,td').allInnerTexts(),
    ['Thu, Nov 12', '214', '43', '152', '19', '98']);
  await cursor.focus();
  await page.keyboard.press('Enter');
  assert.match(JSON.stringify(await asked(page)), /"from":"2026-11-\d\d"/);
});

describe('the activity', () => {
  test('opens one receipt at a time, by key, and stays a table', async () => {
    const { page, at } = await open('state=ready');
    const first = at('#log-space [data-f=open]').first();
    await first.focus();
    await page.keyboard.press('Enter');
    await at('[data-f=receipt]').waitFor();
    assert.match(await at('[data-f=receipt]').innerText(),
      /Plan allowance of Nov 15: 1\.2, 842\.2/);
    assert.equal(await first.getAttribute('aria-expanded'), 'true');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await at('[data-f=receipt]').filter({ hasText: 'Held before' }).waitFor();
    assert.equal(await at('[data-f=receipt]').count(), 1);
    assert.deepEqual(await axeViolations(page), []);
  });

  test('reaches every one of a million rows, and holds few of them', async () => {
    const { page, at } = await open('state=vast');
    assert.equal(await at('#log-table').getAttribute('aria-rowcount'), '1000001');
    const seen = () => at('#log-view').evaluate((box) => {
      const { top, bottom } = box.getBoundingClientRect();
      return [...box.querySelectorAll('.entry')]
        .filter((row) => row.getBoundingClientRect().bottom > top + 1
          && row.getBoundingClientRect().top < bottom - 1)
        .map((row) => Number(row.getAttribute('aria-rowindex')) - 2);
    });
    const steady = (/** @type {number[]} */ rows) =>
      rows.every((row, at) => row === rows[0] + at) && rows.length >= 12;
    await at('#log-space [data-f=open]').first().focus();
    await page.keyboard.press('End');
    assert.equal((await seen()).at(-1), 999_999);
    assert.ok(steady(await seen()));
    await at('#log-view').evaluate((box) => { box.scrollTop = box.scrollHeight / 2; });
    const middle = await eventually(async () => {
      const rows = await seen();
      assert.ok(steady(rows) && Math.abs((rows[0] ?? 0) - 500_000) < 5000, String(rows));
      return rows;
    });
    // A small movement moves the rows by just as much, and nothing jumps once it rests.
    await at('#log-view').evaluate((box) => { box.scrollTop += 46 * 3; });
    const moved = async () => assert.equal((await seen())[0], (middle[0] ?? 0) + 3);
    await eventually(moved);
    await page.waitForTimeout(400);
    await moved();
    assert.ok(await at('.entry').count() < 40);
  });

  test('keeps the focus when earlier entries come, and says how many', async () => {
    const { at } = await open('state=ready');
    await at('#log-earlier').click();
    assert.equal(await at('#says').innerText(), '20 earlier entries');
    assert.ok(await at('#log-earlier').evaluate((button) => button.matches(':focus')));
    assert.equal(await at('#log-count').innerText(), '432 entries');
  });

  test('is searched while typing, without a step back for each letter', async () => {
    const { page, at } = await open('state=ready');
    const before = await page.evaluate(() => history.length);
    await at('#search').pressSequentially('4821');
    await page.waitForURL(/usage_search=4821/);
    assert.deepEqual(await asked(page), { days: 30, search: '4821' });
    assert.equal(await page.evaluate(() => history.length), before);
  });
});

test('a statement: the live one matches, a changed file names its entry, another is refused',
  async () => {
    const { page, at } = await open('state=ready');
    const said = at('#verify-said');
    await at('#verify-live').click();
    await said.filter({ hasText: 'Matches' }).waitFor();
    const file = (/** @type {string} */ text) =>
      ({ name: 's.json', mimeType: 'application/json', buffer: Buffer.from(text) });
    await at('#verify-file').setInputFiles(file('changed'));
    await said.filter({ hasText: 'Entry 318 differs' }).waitFor();
    await at('#verify-file').setInputFiles(file('other'));
    await said.filter({ hasText: 'This is no statement of ours' }).waitFor();
    await linger(page);
    await at('#verify-live').click();
    await at('#verify-stop').click();
    await at('#verify[data-state=rest]').waitFor();
    assert.ok(await at('#verify-live').evaluate((button) => button.matches(':focus')));
  });

test('an export is saved, and can be cancelled', async () => {
  const { page, at } = await open('state=ready');
  await at('#export summary').click();
  const [download] = await Promise.all([page.waitForEvent('download'), at('#export-csv').click()]);
  assert.equal(download.suggestedFilename(), 'activity.csv');
  await at('#task').waitFor({ state: 'hidden' });
  await at('#export summary').click();
  await linger(page);
  await at('#export-csv').click();
  await at('#task-stop').click();
  await at('#task').waitFor({ state: 'hidden' });
});

test('a campaign and alerts take a comma and refuse what is no number', async () => {
  const { page, at } = await open('state=ready&lang=de');
  await at('#plan-visitors').fill('2000');
  await at('#plan-talks').fill('viele');
  await at('#plan-from').fill('2026-12-01');
  await at('#plan-to').fill('2026-12-24');
  await at('#plan button').click();
  assert.equal(await at('#plan-talks').getAttribute('aria-invalid'), 'true');
  await at('#plan-talks').fill('0,3');
  await at('#plan button').click();
  await at('#plan-buy').filter({ hasText: '1 × 2.000 AI Credits, $10.00' }).or(
    at('#plan-buy').filter({ hasText: '1 × 2,000 AI Credits, $10.00' })).waitFor();
  await at('input[name=low]').fill('12,5');
  await at('select[name=critical-unit]').selectOption('amount');
  await at('input[name=critical]').fill('100');
  await at('#alerts-form button').click();
  await at('#alerts-said').filter({ hasText: 'Gespeichert' }).waitFor();
  assert.deepEqual(await asked(page), { low: { share: 125 }, critical: { amount: '100' } });
});

test('a purchase’s receipt is alone on the paper, and gone afterwards', async () => {
  const { page, at } = await open('state=ready');
  await page.evaluate(() => { globalThis.print = () => {}; });
  await at('.entry').filter({ hasText: 'order 1038' }).first().locator('[data-f=open]').click();
  await at('[data-f=print]').click();
  await page.emulateMedia({ media: 'print' });
  const paper = page.locator('[data-nivella-paper]');
  const text = await paper.locator('article').innerText();
  assert.match(text, /Halden Store\s+Receipt[\s\S]+2,000 credits[\s\S]+\$10\.00/);
  assert.equal(await page.locator('main').isVisible(), false);
  await page.evaluate(() => { dispatchEvent(new Event('afterprint')); });
  assert.equal(await paper.count(), 0);
});

test('properties: what is shown, as exact decimals, and a filter that a page sets', async () => {
  const { page } = await open('state=over');
  const read = () => page.evaluate(() => {
    const dashboard = /** @type {any} */ (document.querySelector('nivella-usage-dashboard'));
    return { total: dashboard.total, over: dashboard.summary.over, filter: dashboard.filter };
  });
  assert.deepEqual(await read(), { total: '3060', over: '212.5', filter: { days: 30 } });
  await page.evaluate(() => {
    /** @type {any} */ (document.querySelector('nivella-usage-dashboard')).filter =
      { from: '2026-02-31x', days: 7, agent: 'nox', colour: 'red' };
  });
  assert.deepEqual((await read()).filter, { days: 7, agent: 'nox' });
});

test('a store that comes back is shown at once, and a later failure leaves what was read',
  async () => {
    const { page, at } = await open('state=failed');
    await at('#notice-title').filter({ hasText: 'The store can’t be reached' }).waitFor();
    /** @param {string} from @param {string} to */
    const turn = (from, to) => page.evaluate(([failing, working]) => {
      const { source } = /** @type {any} */ (document.querySelector('nivella-usage-dashboard'));
      source[failing] ??= source.view;
      source.view = source[working] ?? ((/** @type {any} */ filter) => source.sample(filter));
    }, [from, to]);
    await turn('broken', 'sample');
    await at('#notice-retry').click();
    assert.equal(await at('#stats dd b').nth(1).innerText(), '619');
    assert.ok(await at('#agents button').first().isEnabled());
    await at('#agents button').first().click();
    await at('.chip').waitFor();
    await turn('sample', 'broken');
    await at('#agents button').nth(1).click();
    assert.equal(await at('#stats dd b').nth(1).innerText(), '619');
  });
