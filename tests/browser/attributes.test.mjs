/** What a page's attributes, its clock and its kind of reader may be: each shows something true. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import {
  codesOf, eventually, notesOf, oneLine, pill, pillShows, pillText, textOf,
} from './person.mjs';
import { shopPage } from './shop.mjs';
import {
  BALANCE, PILL, balanceWith, json, openStand, pageOf, readAgain, settle, showShop, text,
} from './stand.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof openStand>>} */
let stand;
before(async () => {
  stand = await openStand();
});
afterEach(() => stand?.leave());
after(() => stand?.close());

/** @param {string} map */
const shop = (map) => pageOf(`<nivella-credit-pill store="/"></nivella-credit-pill>
<nivella-buy-credits store="/" credits-map="${map}"></nivella-buy-credits>`);

/** @param {Page} page */
const errorsOf = async (page) =>
  (await notesOf(page)).told.filter(({ name }) => name === 'error').map(({ detail }) => detail);

describe('attributes', () => {
  for (const [tag, expected] of /** @type {const} */ ([
    ['store="/" theme="purple"', ['attribute_invalid', 'theme']],
    ['store="/" show="everything"', ['attribute_invalid', 'show']],
    ['store="/" locale="xx-Klingon"', ['locale_unknown', 'locale']],
    ['store="/" locale="not a locale"', ['locale_unknown', 'locale']],
  ])) {
    test(`${tag}: told by code, and the balance is shown all the same`, async () => {
      const html = pageOf(`<nivella-credit-pill ${tag}>2,300 Credits</nivella-credit-pill>`);
      const { page } = await stand.visitor({ html });
      await pillShows(page, '2,341 Credits');
      await eventually(async () => {
        const found = (await errorsOf(page)).map(({ code, field }) => [code, field]);
        assert.deepEqual(found, [expected]);
      });
    });
  }

  for (const [tag, code] of [
    ['', 'store_not_configured'],
    ['store="https://elsewhere.example/"', 'store_origin_refused'],
    ['store="//elsewhere.example/"', 'store_origin_refused'],
    ['store="javascript:alert(1)"', 'store_origin_refused'],
  ]) {
    test(`store: ‘${tag}’ is refused by code, and the printed text stays`, async () => {
      const html = pageOf(`<nivella-credit-pill ${tag}>2,300 Credits</nivella-credit-pill>`);
      const { page } = await stand.visitor({ html });
      await eventually(async () => assert.deepEqual([...new Set(await codesOf(page))], [code]));
      await settle(page);
      const shown = oneLine(await page.locator('nivella-credit-pill').innerText());
      assert.equal(shown, '2,300 Credits');
      assert.equal(await pill(page).count(), 0);
    });
  }

  for (const map of ['{"id:10":', '[]', '{"id:10": 2000}']) {
    test(`credits-map='${map}': told by code; no package is guessed`, async () => {
      const { page } = await stand.visitor({ html: shop(map.replaceAll('"', '&quot;')) });
      const dialog = await showShop(page);
      await eventually(async () => assert.ok((await codesOf(page)).includes('attribute_invalid')));
      assert.match(await textOf(dialog), /No packages on offer/);
    });
  }

  test('an attribute that changes is followed', async () => {
    const { page } = await stand.visitor({ html: shopPage() });
    await pillShows(page, '2,341 Credits');
    const element = page.locator('nivella-credit-pill');
    await element.evaluate((each) => each.setAttribute('show', 'rounded'));
    await pillShows(page, '2,300+ Credits');
    await element.evaluate((each) => each.setAttribute('show', 'level'));
    await pillShows(page, 'Credits available');
    await element.evaluate((each) => each.setAttribute('locale', 'de-DE'));
    await element.evaluate((each) => each.removeAttribute('show'));
    await pillShows(page, '2.341 Credits');
    await element.evaluate((each) => each.setAttribute('locale', 'en'));
    await pillShows(page, '2,341 Credits');
  });
});

test('a clock that is an hour off is told once; times shown are the server’s', async () => {
  const known = balanceWith();
  const { page } = await stand.visitor({
    timezoneId: 'UTC',
    before: (page) => page.clock.setFixedTime(Date.parse(known.as_of) + 3_600_000),
    answers: { [BALANCE]: json(known) },
  });
  await pillShows(page, '2,341 Credits');
  await eventually(async () => {
    const found = await errorsOf(page);
    assert.deepEqual(found.map(({ code }) => code), ['clock_skewed']);
    assert.equal(found[0].details.ahead_s, '3600');
  });
  stand.answer({ [BALANCE]: text('', 503) });
  await readAgain(page);
  const at = new Date(known.as_of)
    .toLocaleTimeString('en-US', { timeZone: 'UTC', hour: 'numeric' });
  await pillShows(page, /as of/);
  const shown = (await pillText(page)).replaceAll('\u202f', ' ');
  const [hour, half] = at.replaceAll('\u202f', ' ').split(' ');
  assert.match(shown, new RegExp(`as of ${hour}:\\d\\d ${half}$`));
});

describe('a visitor’s pill', () => {
  const tag = '<nivella-credit-pill store="/" site="s1">Credits</nivella-credit-pill>';
  const seen = { version: 3, as_of: new Date().toISOString(), level: 'ok' };

  for (const [what, answer, shown] of /** @type {const} */ ([
    ['the number', { ...seen, show: 'exact', available: '2341.9' }, '2,341 Credits'],
    ['a rounded number', { ...seen, show: 'rounded', available: '2300' }, '2,300+ Credits'],
    ['the level alone', { ...seen, show: 'level' }, 'Credits available'],
    ['that there is nothing left', { ...seen, show: 'level', level: 'depleted' }, 'No credits'],
    ['that none are left, exactly', { ...seen, show: 'exact', available: '0', level: 'depleted' },
      '0 Credits'],
    ['no limit', { ...seen, show: 'level', level: 'unlimited' }, 'Unlimited'],
  ])) {
    test(`shows ${what}, as plain text`, async () => {
      const earlier = stand.requests.length;
      const { page } = await stand.visitor({
        html: pageOf(tag), answers: { [PILL]: json(answer) },
      });
      await eventually(async () => assert.equal(await pillText(page), shown));
      assert.equal(await page.getByRole('button').count(), 0);
      const heard = await page.locator('nivella-credit-pill').ariaSnapshot();
      assert.doesNotMatch(heard, /button|account|menu|add credit|buy|top up|pay/i);
      assert.ok(heard.includes(shown), heard);
      await page.locator('nivella-credit-pill [part~=pill]:visible').click();
      assert.equal(await page.getByRole('dialog').count(), 0);
      const asked = stand.requests.filter((each) => each.startsWith(PILL));
      assert.match(asked.at(-1) ?? '', /\?site=s1$/);
      assert.ok(!stand.requests.slice(earlier).some((each) => each.startsWith(BALANCE)));
    });
  }
});
