/** Purchases that do not end well, or not at once: cancelled, declined, waiting for the bank. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import {
  balanceOf, buy, notesOf, openShop, openWorld, pay, pillShows, says, shopOf, textOf,
} from './person.mjs';

/** @type {Awaited<ReturnType<typeof openWorld>>} */
let world;
before(async () => {
  world = await openWorld();
});
afterEach(() => world?.leave());
after(() => world?.close());

/** @param {import('playwright-core').Page} page @param {string} credits */
async function choose(page, credits) {
  await shopOf(page).locator('[part~=package]').filter({ hasText: `${credits} credits` }).click();
  await shopOf(page).getByRole('radio', { name: `${credits} credits`, checked: true }).waitFor();
}

test('a page that changes look or language after a purchase tells the same, and once', async () => {
  const { page, faults } = await world.visitor();
  await openShop(page);
  await buy(page);
  const result = await pay(page);
  await says(result, '#notice-title', '2,000 credits added');
  await result.evaluate((element) => element.setAttribute('theme', 'dark'));
  await result.evaluate((element) => element.setAttribute('locale', 'de'));
  await says(result, '#notice-title', '2.000 Credits gutgeschrieben');
  await says(result, '#notice-text', /4\.341/);
  const { told } = await notesOf(page);
  assert.equal(told.filter(({ name }) => name === 'credits-purchased').length, 1);
  assert.deepEqual(faults, []);
});

describe('a cancelled checkout', () => {
  test('says that nothing was charged, keeps the cart, and leads back to it', async () => {
    const { page } = await world.visitor();
    await openShop(page);
    await choose(page, '5,000');
    await buy(page);
    await page.getByRole('link', { name: 'Cancel and go back' }).click();
    const result = page.locator('nivella-purchase-result');
    await says(result, '#notice-title', 'Purchase cancelled');
    await says(result, '#notice-text',
      'Nothing was charged. Your cart still holds the 5,000 credit package.');
    await pillShows(page, '2,341 Credits');
    await result.getByRole('link', { name: 'Return to checkout' }).click();
    await page.waitForURL(/checkout\.html/);
    await says(page.locator('#lines'), 'li', '5,000 AI Credits $20.00');

    const paid = await pay(page);
    await says(paid, '#notice-text', /^You now have 7,341, as projected\./);
  });

  test('another package then takes the place of the first one', async () => {
    const { page, faults } = await world.visitor();
    await openShop(page);
    await choose(page, '5,000');
    await buy(page);
    await page.getByRole('link', { name: 'Cancel and go back' }).click();
    const result = page.locator('nivella-purchase-result');
    await result.getByRole('link', { name: 'Choose another package' }).click();
    await shopOf(page).getByRole('radio').first().waitFor();
    await choose(page, '10,000');
    await buy(page);
    assert.equal(await page.locator('#lines li').count(), 1, 'not both');
    await says(page.locator('#lines'), 'li', '10,000 AI Credits $30.00');
    await says(page.locator('#sums'), 'div >> nth=-1', 'Total $30.00');
    assert.deepEqual(faults, []);
  });

  test('the chat is one click away, with the balance as it was', async () => {
    const { page } = await world.visitor();
    const { available, posted } = await balanceOf(page);
    await openShop(page);
    await buy(page);
    await page.getByRole('link', { name: 'Cancel and go back' }).click();
    const result = page.locator('nivella-purchase-result');
    await result.getByRole('link', { name: 'Back to the chat' }).click();
    await page.waitForURL(/\/$|index\.html$/);
    await pillShows(page, '2,341 Credits');
    const now = await balanceOf(page);
    assert.deepEqual([now.available, now.posted], [available, posted]);
    const toast = page.locator('nivella-credit-toast');
    assert.equal(await textOf(toast, '#notice'), '', 'there is nothing to say');
  });

  test('the browser’s own way back shows the chat and a dialog that works', async () => {
    const { page } = await world.visitor();
    await openShop(page);
    await buy(page);
    await page.goBack();
    await pillShows(page, '2,341 Credits');
    const open = await shopOf(page).isVisible();
    if (!open) await openShop(page);
    await choose(page, '2,000');
    await buy(page);
    await says(page.locator('#lines'), 'li', '2,000 AI Credits $10.00');
  });
});

test('a declined card costs nothing, keeps the cart, and another card pays', async () => {
  const { page } = await world.visitor();
  await openShop(page);
  await choose(page, '20,000');
  await buy(page);
  const declined = await pay(page, 'Card that is declined');
  await says(declined, '#notice-title', 'Payment declined');
  await says(declined, '#notice-text', /^Nothing was charged\. Your cart is kept/);
  await pillShows(page, '2,341 Credits');
  await declined.getByRole('link', { name: 'Return to checkout' }).click();
  await page.waitForURL(/checkout\.html/);
  await says(page.locator('#lines'), 'li', '20,000 AI Credits $40.00');
  const paid = await pay(page);
  await says(paid, '#notice-text', /^You now have 22,341, as projected\./);
});

test('a bank transfer waits, says so, and books once the money is there', async () => {
  const { page } = await world.visitor();
  await openShop(page);
  await choose(page, '5,000');
  await buy(page);
  const result = await pay(page, 'Bank transfer');
  await says(result, '#notice-title', 'Payment pending');
  const order = new URL(page.url()).searchParams.get('order');
  await says(result, '#notice-text',
    `Order ${order} is placed. Your credits arrive the moment the payment clears.`);
  await pillShows(page, '2,341 Credits');
  const { told } = await notesOf(page);
  assert.deepEqual(told.filter(({ name }) => name === 'credits-purchased'), []);
  await page.getByRole('button', { name: 'The bank transfer arrives now' }).click();
  await says(result, '#notice-title', '5,000 credits added');
  await pillShows(page, '7,341 Credits');
  await page.reload();
  await pillShows(page, '7,341 Credits');
});
