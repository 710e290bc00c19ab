/** No violation that axe finds, in any state, light and dark, from left and from right. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { at } from '../../pkg/build/paths.mjs';
import { axeViolations, openPage } from './harness.mjs';
import {
  buy, control, eventually, openMenu, openShop, openWorld, pay, pillShows, says, shopOf,
  withSettings,
} from './person.mjs';
import { states } from './gallery-states.mjs';
import { serveFiles } from './static.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof openWorld>>} */
let world;
/** @type {Awaited<ReturnType<typeof serveFiles>>} */
let gallery;
before(async () => {
  world = await openWorld();
  const folders = { '/tests/browser/': at('tests/browser'), '/www/': at('www') };
  gallery = await serveFiles({ folders });
});
afterEach(() => world?.leave());
after(async () => {
  await world?.close();
  await gallery?.close();
});

const plain = (/** @type {string} */ key) => key;
const dressed = [['light', 'en'], ['dark', 'en'], ['light', 'ar'], ['dark', 'ar']];

describe('the templates, with every state that a painter writes', () => {
  const dialogs = Object.keys(states('buy', plain, String));
  const buying = dialogs.map((state) => `buy&state=${state}`);
  const views = ['pill', 'menu', 'notice', 'explain', ...buying];
  for (const [theme, lang] of dressed) {
    test(`${theme}, ${lang}`, async () => {
      const { page } = await openPage(world.browser, { reducedMotion: 'reduce' });
      for (const view of views) {
        await page.goto(`${gallery.origin}/tests/browser/gallery.html?view=${view}`
          + `&theme=${theme}&lang=${lang}`);
        await page.locator('html[data-hung=true]').waitFor({ state: 'attached' });
        const found = await axeViolations(page, 'body');
        // A picture book has no headings of its own, and shows many pills and menus at once.
        const ours = found.filter((each) =>
          !/^(page-has-heading-one|landmark-unique|region|scrollable-region-focusable)/.test(each));
        assert.deepEqual(ours, [], view);
      }
    });
  }
});

describe('the demo', () => {
  /** @param {Page} page @param {string} where */
  const clean = async (page, where) => assert.deepEqual(await axeViolations(page), [], where);

  for (const [theme, lang] of dressed) {
    test(`pill, menu, explanation and dialog: ${theme}, ${lang}`, async () => {
      const { page } = await world.visitor({ reducedMotion: 'reduce' });
      await withSettings(page, { theme, lang });
      await pillShows(page, lang === 'ar' ? '٢٬٣٤١' : '2,341');
      await clean(page, 'the chat');
      const pill = page.locator('nivella-credit-pill');
      await pill.getByRole('button').first().click();
      await pill.locator('#menu').waitFor();
      await clean(page, 'the menu');
      await pill.locator('#menu-explain').click();
      await pill.locator('#explain-rates > *').first().waitFor();
      await clean(page, 'How credits work');
      await page.keyboard.press('Escape');
      await pill.getByRole('button').first().click();
      await pill.locator('#menu-add').click();
      await page.locator('#buy input[type=radio]').first().waitFor();
      await clean(page, 'the dialog');
    });
  }

  test('a store out of reach: pill, menu, dialog; then toast, checkout and result', async () => {
    const { page } = await world.visitor({ reducedMotion: 'reduce' });
    await control(page, 'Out of reach');
    await pillShows(page, /as of/);
    await openMenu(page);
    await clean(page, 'the menu of an unknown balance');
    await page.getByRole('button', { name: 'Add credit' }).click();
    await says(shopOf(page), '#buy-failure-title', 'The store can’t be reached');
    await clean(page, 'the dialog that failed');
    await page.keyboard.press('Escape');
    await control(page, 'Answers at once');
    await pillShows(page, /^2,341 Credits( until ~.+)?$/);
    await control(page, 'Spend down to 3 credits');
    await says(page.locator('nivella-credit-toast'), '#notice-title', 'Almost out of credits');
    await clean(page, 'the toast');
    await openShop(page);
    await buy(page);
    await clean(page, 'the checkout');
    const result = await pay(page);
    await says(result, '#notice-title', '2,000 credits added');
    await eventually(async () => assert.ok(await page.locator('#plans').isVisible()));
    await clean(page, 'the result');
  });
});
