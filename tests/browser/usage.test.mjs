/** The usage page of the demo: the module over the entries of the store in the browser. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, afterEach, before, describe, test } from 'node:test';
import { eventually, micro, openWorld } from './person.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof openWorld>>} */
let world;
before(async () => {
  world = await openWorld();
});
afterEach(() => world?.leave());
after(() => world?.close());

/** @param {Page} page */
const dashOf = (page) => page.locator('nivella-usage-dashboard');

/** @param {string} [query] */
async function usage(query = '') {
  const path = `/usage.html${query}`;
  const { page, faults } = await world.visitor({ path, acceptDownloads: true });
  const dash = dashOf(page);
  await dash.locator('#dash[data-state=ready]').waitFor({ state: 'attached', timeout: 60_000 });
  const at = (/** @type {string} */ selector) => dash.locator(selector);
  return { page, dash, at, faults };
}

/** What an element of ours says of itself. @param {Page} page @param {'total' | 'summary'} name */
const read = (page, name) =>
  dashOf(page).evaluate((each, key) => /** @type {any} */ (each)[key], name);

/** @param {Page} page @param {string} name of a file that a button saves */
async function saved(page, name) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    (async () => {
      await dashOf(page).locator('#export summary').click();
      await dashOf(page).locator(name).click();
    })(),
  ]);
  return readFile(await download.path(), 'utf8');
}

/** The amounts of a card each, in millionths. @param {import('playwright-core').Locator} cells */
async function sumOf(cells) {
  const texts = await cells.allInnerTexts();
  return texts.reduce((sum, text) => sum + micro(text.replaceAll(',', '')), 0n);
}

describe('every number adds up', () => {
  for (const days of ['7', '30', '90', 'all']) {
    test(`the agents' cards come to the total: ${days} days`, async () => {
      const { page, at } = await usage(`?usage_days=${days}`);
      const total = micro(await read(page, 'total'));
      assert.ok(total > 0n);
      assert.equal(await sumOf(at('#agents [data-f=credits]')), total);
    });
  }

  test('a card, and then a bar, filter to exactly what they say', async () => {
    const { page, at } = await usage();
    const card = at('#agents button').nth(1);
    const credits = await card.locator('[data-f=credits]').innerText();
    await card.click();
    await eventually(async () =>
      assert.equal(micro(await read(page, 'total')), micro(credits.replaceAll(',', ''))));
    assert.match(page.url(), /usage_agent=voice_inbound/);
    await page.reload();
    await at('#dash[data-state=ready]').waitFor({ state: 'attached', timeout: 60_000 });
    assert.equal(micro(await read(page, 'total')), micro(credits.replaceAll(',', '')));
    await page.goBack();
  });

  test('the gauge says what the pill says', async () => {
    const { page } = await usage();
    const { available, remaining, purchased } = await read(page, 'summary');
    assert.equal(available, '2341');
    assert.equal(micro(remaining) + micro(purchased), micro(available));
  });
});

test('an answer in another tab arrives in the log and in the totals', async () => {
  const { page, at } = await usage('?usage_days=7');
  const before = micro(await read(page, 'total'));
  await page.evaluate(async () => {
    const entry = '/pkg/nivella-credits.js';
    const { connect, newRequestId } = await import(entry);
    const { ledger, account } = await connect({ store: 'demo' });
    const usage = { feature: 'summary', agent: 'nox' };
    const used = await ledger.use({ request_id: await newRequestId(), mode: 'strict', usage });
    account.publish(used.balance);
  });
  await eventually(async () =>
    assert.equal(micro(await read(page, 'total')), before + micro('3')));
  await eventually(async () =>
    assert.match(await at('#log-space .entry').first().innerText(), /Nox[\s\S]*Summaries[\s\S]*3/));
});

test('a row opens its receipt: rate, and what each grant gave', async () => {
  const { at } = await usage();
  await at('#log-space [data-f=open]').first().click();
  const receipt = at('[data-f=receipt]');
  await receipt.waitFor();
  await eventually(async () =>
    assert.match(await receipt.innerText(),
      /Rate card of[\s\S]*Drawn from[\s\S]*before[\s\S]*after/));
});

test('a filter that leaves little looks further back, and a purchase has its receipt', async () => {
  const { page, at } = await usage();
  await page.evaluate(() => {
    const dashboard = /** @type {any} */ (document.querySelector('nivella-usage-dashboard'));
    dashboard.filter = { days: 'all', type: 'purchase' };
  });
  await at('#log').scrollIntoViewIfNeeded();
  const row = at('.entry').first();
  await eventually(async () => {
    if (await at('#log-earlier').isVisible()) await at('#log-earlier').click();
    assert.equal(await row.isVisible(), true);
  });
  await row.locator('[data-f=open]').click();
  await eventually(async () =>
    assert.match(await row.innerText(), /Order\s+order \d+, [\d,]+ AI Credits, \$\d+\.00/));
  await page.evaluate(() => { globalThis.print = () => {}; });
  await at('[data-f=print]').click();
  await page.emulateMedia({ media: 'print' });
  await eventually(async () =>
    assert.match(await page.locator('[data-nivella-paper] article').innerText(), /Nivella Store/));
});

describe('proof', () => {
  test('the live statement matches, and the log says that it was checked', async () => {
    const { page, at } = await usage();
    await page.getByRole('button', { name: 'Check the live one' }).click();
    await eventually(async () => assert.match(await at('#verify').innerText(), /Matches/));
    assert.match(await at('#verify').innerText(), /\d,\d{3} entries/);
  });

  test('an exported statement matches; one with a changed amount names the entry', async () => {
    const { page, at } = await usage();
    const text = await saved(page, '#export-json');
    const file = (/** @type {string} */ body) => ({
      name: 'statement.json', mimeType: 'application/json', buffer: Buffer.from(body),
    });
    await at('#verify input[type=file]').setInputFiles(file(text));
    await eventually(async () => assert.match(await at('#verify').innerText(), /Matches/));
    const changed = text.replace(/("seq":1500,"kind":"\w+","amount":"-?)(\d)/, (_, head, digit) =>
      head + ((Number(digit) + 1) % 10));
    assert.notEqual(changed, text);
    await at('#verify input[type=file]').setInputFiles(file(changed));
    await eventually(async () =>
      assert.match(await at('#verify').innerText(), /Entry 1,?500 differs/));
    const ends = text.replace(/("closing": \{[^}]*?"posted":")(\d)/, (_, head, digit) =>
      head + ((Number(digit) + 1) % 10));
    assert.notEqual(ends, text);
    await at('#verify input[type=file]').setInputFiles(file(ends));
    await eventually(async () =>
      assert.match(await at('#verify').innerText(), /The closing balances differ/));
    await at('#verify input[type=file]').setInputFiles(file('{"no": "statement"}'));
    await eventually(async () =>
      assert.match(await at('#verify').innerText(), /no statement of ours/i));
  });
});

test('the CSV has every row of the filter, and reads back', async () => {
  const { page, at } = await usage('?usage_days=7');
  const count = await eventually(async () => {
    const counted = Number((await at('#log-count').innerText()).replace(/\D/g, ''));
    assert.ok(counted > 0);
    return counted;
  });
  const text = await saved(page, '#export-csv');
  const lines = text.trimEnd().split('\r\n');
  assert.match(lines[0], /^seq,occurred_at,booked_at,kind,type,agent,feature,model,site,company,/);
  assert.ok(lines.length - 1 >= count, `${lines.length - 1} lines for ${count} rows`);
  const credits = lines.slice(1).reduce((sum, line) => sum + micro(line.split(',')[10] ?? '0'), 0n);
  assert.equal(credits, micro(await read(page, 'total')));
});

test('a campaign says what to buy, and by when', async () => {
  const { at } = await usage();
  const day = (/** @type {number} */ ahead) =>
    new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  await at('#plan-visitors').fill('5000');
  await at('#plan-talks').fill('0.5');
  await at('#plan-from').fill(day(5));
  await at('#plan-to').fill(day(20));
  await at('#plan button').last().click();
  await eventually(async () =>
    assert.match(await at('#plan-answer').innerText(), /credits needed[\s\S]*AI Credits/));
});
