/** Two tabs of one browser, a reload, and a store that is away for a while. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { watched } from './harness.mjs';
import {
  answer, balanceOf, buy, codesOf, control, eventually, notesOf, openMenu, openShop, openWorld, pay,
  pill, pillShows, pillText, say, says, shopOf, started, textOf,
} from './person.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof openWorld>>} */
let world;
before(async () => {
  world = await openWorld();
});
afterEach(() => world?.leave());
after(() => world?.close());

describe('two tabs', () => {
  /** @param {Page} page */
  const second = async (page) => {
    const { page: other } = watched(await page.context().newPage());
    other.setDefaultTimeout(15_000);
    await other.goto('/');
    await started(other);
    await balanceOf(other);
    return other;
  };

  /** @param {Page} one @param {Page} other */
  const agree = (one, other) => eventually(async () => {
    const [a, b] = [await balanceOf(one), await balanceOf(other)];
    assert.deepEqual([b.version, b.available], [a.version, a.available]);
    assert.equal(await pillText(other), await pillText(one));
  });

  test('show the same number after an answer, whichever of them asked', async () => {
    const { page } = await world.visitor();
    const other = await second(page);
    await agree(page, other);
    await other.bringToFront();
    await say(other, 'Where is my order?');
    await answer(other, 1);
    await agree(other, page);
    await page.bringToFront();
    await say(page, 'How do I remove a water stain?');
    await answer(page, 1);
    await agree(page, other);
    assert.notEqual((await balanceOf(other)).available, '2341');
  });

  test('show the same number after a purchase in one of them', async () => {
    const { page } = await world.visitor();
    const other = await second(page);
    await other.bringToFront();
    await openShop(other);
    await buy(other);
    await says(await pay(other), '#notice-title', '2,000 credits added');
    await pillShows(page, '4,341 Credits');
    await page.bringToFront();
    await eventually(async () =>
      assert.deepEqual((await notesOf(page)).shown, ['2,341', '4,341']));
  });

  test('never fork: both ask at once, and both answers are paid for', async () => {
    const { page } = await world.visitor();
    const other = await second(page);
    await Promise.all([say(page, 'Where is my order?'), say(other, 'Do you deliver abroad?')]);
    const lines = await Promise.all([answer(page, 1), answer(other, 1)]);
    const cost = lines.reduce((sum, { below }) => sum + Math.round(parseFloat(below) * 10), 0);
    await eventually(async () => {
      const { available, held } = await balanceOf(page);
      assert.deepEqual([held, Math.round(Number(available) * 10)], ['0', 23410 - cost]);
    });
    await agree(page, other);
  });
});

test('a reload keeps the conversation, the draft, the settings and the exact balance', async () => {
  const { page } = await world.visitor();
  await page.locator('#model').selectOption({ label: 'Deep, in detail' });
  await say(page, 'Where is my order?');
  const { words, below } = await answer(page, 1);
  const composer = page.getByRole('textbox', { name: 'Write a message' });
  await composer.fill('One more thing');
  const { available, version } = await balanceOf(page);
  await page.reload();
  await started(page);
  const again = await balanceOf(page);
  assert.deepEqual([again.available, again.version], [available, version]);
  const said = await answer(page, 1);
  assert.deepEqual([said.words, said.below], [words, below]);
  assert.equal(await composer.inputValue(), 'One more thing');
  assert.equal(await page.locator('#model').inputValue(), 'deep');
  await pillShows(page, /^2,33\d Credits/);
  const { shown } = await notesOf(page);
  assert.equal(shown.length, 1, `no other number in between: ${shown}`);
});

describe('a store out of reach', () => {
  test('leaves the last known value with its time, never a zero, and comes back', async () => {
    const { page } = await world.visitor();
    await control(page, 'Out of reach');
    await pillShows(page, /^2,341 Credits as of \d+:\d\d [AP]M$/);
    const named = (await pill(page).ariaSnapshot()).replaceAll(' ', ' ');
    assert.match(named, /2,341 Credits, as of \d+:\d\d [AP]M, account menu/);
    const menu = await openMenu(page);
    await says(menu, '#menu-runway', /^As of \d+:\d\d [AP]M$/);
    await says(menu, '#menu-note', /as soon as we can reach it/);
    await menu.getByRole('button', { name: 'Add credit' }).waitFor();
    await page.keyboard.press('Escape');

    await say(page, 'Where is my order?');
    const toast = page.locator('nivella-credit-toast');
    await says(toast, '#notice-title', 'The store can’t be reached');
    const composer = page.getByRole('textbox', { name: 'Write a message' });
    assert.equal(await composer.inputValue(), 'Where is my order?');
    assert.equal((await notesOf(page)).shown.includes('0'), false);

    await control(page, 'Answers at once');
    await pillShows(page, /^2,341 Credits( until ~.+)?$/);
    await composer.press('Enter');
    assert.match((await answer(page, 1)).words, /tracking link/);
    await pillShows(page, /^2,3(3\d|40) Credits( until ~.+)?$/);
    assert.equal((await notesOf(page)).shown.includes('0'), false);
  });

  test('the dialog says so, buys nothing, and “Try again” brings the packages', async () => {
    const { page } = await world.visitor();
    await control(page, 'Out of reach');
    const menu = await openMenu(page);
    await menu.getByRole('button', { name: 'Add credit' }).click();
    const shop = shopOf(page);
    await says(shop, '#buy-failure-title', 'The store can’t be reached');
    assert.equal(await shop.getByRole('radio').count(), 0);
    const buyButton = shop.getByRole('button', { name: 'Buy credits' });
    assert.equal(await buyButton.isVisible() && await buyButton.isEnabled(), false);
    await eventually(async () => assert.ok((await codesOf(page)).includes('store_unreachable')));
    await page.locator('input[name=net][value=good]').evaluate((each) =>
      /** @type {HTMLInputElement} */ (each).click());
    await shop.getByRole('button', { name: 'Try again' }).click();
    await shop.getByRole('radio').first().waitFor();
    await says(shop, '#buy-after', '4,341');
    assert.equal(await textOf(shop, '#buy-failure'), '');
  });

  test('a store that is slow shows that it is read, and the choice when it is', async () => {
    const { page } = await world.visitor();
    await control(page, 'Slow, 3 seconds');
    const menu = await openMenu(page);
    await menu.getByRole('button', { name: 'Add credit' }).click();
    const shop = shopOf(page);
    await shop.waitFor();
    // At once: it does not stay so for long.
    const seen = await shop.evaluate((dialog) => ({
      choices: dialog.querySelectorAll('input[type=radio]').length,
      blanks: dialog.querySelector('#buy-blanks')?.checkVisibility(),
      button: dialog.querySelector('[aria-disabled=true]')?.textContent?.trim(),
    }));
    assert.deepEqual(seen, { choices: 0, blanks: true, button: 'Buy credits' });
    await shop.getByRole('radio').first().waitFor();
    await says(shop, '#buy-after', '4,341');
  });
});
