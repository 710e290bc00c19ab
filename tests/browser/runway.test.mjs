/** Until when the credits last: what a person reads in the pill, its menu and the dialog. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { shot } from './harness.mjs';
import { codesOf, eventually, oneLine, openShop, openWorld, pill, says } from './person.mjs';
import { shopPage, usage } from './shop.mjs';
import { BALANCE, USAGE, balanceWith, json, openStand, refusal, showShop } from './stand.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof openWorld>>} */
let world;
/** @type {Awaited<ReturnType<typeof openStand>>} */
let stand;
before(async () => {
  [world, stand] = await Promise.all([openWorld(), openStand()]);
});
afterEach(() => Promise.all([world?.leave(), stand?.leave()]));
after(() => Promise.all([world?.close(), stand?.close()]));

const DAY = 86_400_000;
/** One day for all of them, should midnight pass meanwhile. */
const NOW = Date.now();
const at = (/** @type {number} */ days) => new Date(NOW + days * DAY).toISOString();
/** A day as it is written. @param {number} days from now */
const day = (days, language = 'en-US') =>
  new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric', timeZone: 'UTC' })
    .format(NOW + days * DAY);

const RUNWAY = { from: at(20), around: at(23), to: at(28) };
const zone = { timezoneId: 'UTC' };

/** 2,341 credits at 100 a day. @param {any} [more] */
const pace = ({ runway = RUNWAY, use = usage({ days: 40 }) } = {}) => ({
  [BALANCE]: json(balanceWith({ runway })),
  [USAGE]: json(use),
});

/** @param {Page} page @param {RegExp} name */
const named = (page, name) => page.getByRole('button', { name }).waitFor();

describe('the pill and its menu', () => {
  test('they say the expected day, for the eye and for the ear', async () => {
    const { page, faults } = await stand.visitor({ ...zone, answers: pace() });
    await says(pill(page), '#hint', `until ~${day(23)}`);
    await named(page, new RegExp(`^2,341 Credits, until about ${day(23)}, account menu$`));
    await pill(page).click();
    const menu = page.getByRole('dialog', { name: 'Credits', exact: true });
    await says(menu, '#menu-runway', `Lasts until about ${day(23)} at your pace`);
    assert.deepEqual(faults, []);
  });

  test('a store that tells no expected time has its earliest shown', async () => {
    const { from, to } = RUNWAY;
    const { page } = await stand.visitor({ ...zone, answers: pace({ runway: { from, to } }) });
    await says(pill(page), '#hint', `until ~${day(20)}`);
  });

  test('less than a day is said so; nothing to say is silent', async () => {
    const soon = { from: at(0.3), around: at(0.6), to: at(1.1) };
    const { page } = await stand.visitor({ ...zone, answers: pace({ runway: soon }) });
    await says(pill(page), '#hint', 'under a day');
    const none = await stand.visitor({ ...zone, answers: pace({ runway: null }) });
    await named(none.page, /^2,341 Credits, account menu$/);
    await pill(none.page).click();
    await none.page.getByRole('dialog', { name: 'Credits', exact: true }).waitFor();
    assert.ok(await none.page.locator('#menu-runway').isHidden());
  });
});

describe('the dialog', () => {
  /** Packages of 1,000 credits and upwards. @param {Page} page */
  const opened = async (page) => {
    const shop = await showShop(page);
    await shop.getByRole('radio').first().waitFor();
    return shop;
  };

  test('each package says until when all would last, and the summary from what', async () => {
    const { page, faults } = await stand.visitor({ ...zone, answers: pace() });
    const shop = await opened(page);
    await says(shop, '#buy-runway-title', `Lasts until about ${day(33.41)}`);
    await says(shop, '#buy-runway-text',
      `Instead of ${day(23.41)}. At about 100 credits a day.`);
    await says(shop, '#buy-basis-text',
      'The dates follow your recent use: about 100 credits a day.');
    const lasts = (await shop.locator('[part~=lasts]').allInnerTexts()).map(oneLine);
    assert.deepEqual(lasts.slice(0, 2),
      [`Until about ${day(33.41)}`, `Until about ${day(43.41)}`]);
    await says(shop, '#buy-says', new RegExp(`until about ${day(33.41)}, `));
    const told = await page.evaluate(() =>
      /** @type {any} */ (document.querySelector('nivella-buy-credits')).projection.runway);
    assert.ok(told.from < told.around && told.around < told.to);
    assert.ok(Math.abs(Date.parse(told.around) - Date.parse(at(33.41))) < 60_000);
    assert.ok(await shop.locator('[part~=fit]').first().isHidden(), 'no package is marked');
    assert.deepEqual(faults, []);
  });

  test('a choice and its quantity change what is said, and only their own card', async () => {
    const { page } = await stand.visitor({ ...zone, answers: pace() });
    const shop = await opened(page);
    await says(shop, '#buy-runway-title', `Lasts until about ${day(33.41)}`);
    await page.evaluate(() => {
      const buy = /** @type {any} */ (document.querySelector('nivella-buy-credits'));
      buy.select(buy.packages[1].id, 2);
    });
    await says(shop, '#buy-runway-title', `Lasts until about ${day(63.41)}`);
    const lasts = (await shop.locator('[part~=lasts]').allInnerTexts()).map(oneLine);
    assert.deepEqual(lasts.slice(0, 2),
      [`Until about ${day(33.41)}`, `Until about ${day(63.41)}`]);
  });

  for (const [what, answer] of /** @type {const} */ ([
    ['a store that does not tell the use', refusal(500, 'internal_error')],
    ['a use that makes no sense', json({ ...usage({ days: 40, credits: 'many' }) })],
    ['too little use', json(usage({ days: 5 }))],
  ])) {
    test(`${what}: the dialog is whole, and silent about dates`, async () => {
      const { page } = await stand.visitor({ ...zone, answers: { ...pace(), [USAGE]: answer } });
      const shop = await opened(page);
      await says(shop, '#buy-after', '3,341');
      await eventually(() => assert.ok(stand.requests.some((path) => path.startsWith(USAGE))));
      await says(shop, '#buy-says', /3,341 after this purchase, \$/);
      for (const id of ['#buy-runway', '#buy-basis-text']) {
        assert.ok(await shop.locator(id).isHidden(), id);
      }
      assert.equal((await shop.locator('[part~=lasts]').allInnerTexts()).join(''), '');
      assert.deepEqual(await codesOf(page), []);
    });
  }

  test('under an unlimited plan nothing runs out, and nobody asks', async () => {
    const unlimited = { unlimited: true, level: 'unlimited', runway: null };
    const asked = stand.requests.length;
    const answers = { ...pace(), [BALANCE]: json(balanceWith(unlimited)) };
    const viewport = { width: 390, height: 844 };
    const { page } = await stand.visitor({ ...zone, answers, viewport });
    const shop = await opened(page);
    await says(shop, '[part~=payable]', /\d/);
    // No balance before and after, not even their arrow.
    for (const id of ['#buy-runway', '#buy-numbers', '#buy-peek']) {
      assert.ok(await shop.locator(id).isHidden(), id);
    }
    await page.keyboard.press('Escape');
    await page.locator('nivella-credit-pill #pill').click();
    await page.getByRole('dialog', { name: 'Credits', exact: true }).waitFor();
    assert.ok(await page.locator('nivella-credit-pill #menu-add').isHidden(), 'nothing to top up');
    assert.ok(!stand.requests.slice(asked).some((path) => path.startsWith(USAGE)));
  });
});

describe('in other languages', () => {
  test('German', async () => {
    const html = shopPage({ dialog: true }).replaceAll('store="/"', 'store="/" locale="de"');
    const { page } = await stand.visitor({ ...zone, html, answers: pace() });
    await says(pill(page), '#hint', `bis ~${day(23, 'de')}`);
    await showShop(page);
    const shop = page.getByRole('dialog', { name: 'Credits kaufen' });
    await says(shop, '#buy-runway-title', `Reicht bis etwa ${day(33.41, 'de')}`);
    await says(shop, '#buy-runway-text',
      `Statt ${day(23.41, 'de')}. Bei etwa 100 Credits pro Tag.`);
    await shot(page, 'runway-de');
  });

  test('Arabic, from right to left', async () => {
    const html = shopPage({ dialog: true })
      .replace('<html lang="en"', '<html lang="ar" dir="rtl"')
      .replaceAll('store="/"', 'store="/" locale="ar"');
    const { page } = await stand.visitor({ ...zone, html, answers: pace() });
    await says(pill(page), '#hint', new RegExp(`^حتى ~?${day(23, 'ar')}`));
    await showShop(page);
    const title = page.locator('nivella-buy-credits #buy-runway-title');
    await title.waitFor();
    assert.equal(oneLine(await title.innerText()), `يكفي حتى نحو ${day(33.41, 'ar')}`);
    await shot(page, 'runway-ar');
  });
});

describe('the demo', () => {
  test('its history is told within seconds: a day, the same everywhere', async () => {
    const { page, faults } = await world.visitor(zone);
    await says(pill(page), '#hint', /^until ~\w+ \d+$/);
    const hint = await pill(page).locator('#hint').innerText();
    const date = hint.replace('until ~', '');
    const shop = await openShop(page);
    const reason = 'At about \\d+ credits a day, with your 1,500 allowance each month\\.';
    await says(shop, '#buy-runway-text', new RegExp(`^Instead of ${date}\\. ${reason}$`));
    await shot(page, 'runway-demo');
    assert.deepEqual(faults, []);
  });
});
