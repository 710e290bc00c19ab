/** The demo's pages beside the chat: usage, orders and refunds, a coupon at the checkout. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { axeViolations } from './harness.mjs';
import { buy, openMenu, openShop, openWorld, pillShows, says } from './person.mjs';

/** @type {Awaited<ReturnType<typeof openWorld>>} */
let world;
before(async () => {
  world = await openWorld();
});
afterEach(() => world?.leave());
after(() => world?.close());

/** What the ledger answers the page. @param {import('playwright-core').Page} page */
const lastRow = (page) => page.evaluate(async () => {
  const address = '/pkg/nivella-credits.js';
  const { connect } = await import(address);
  const { ledger } = await connect({ store: 'demo' });
  return (await ledger.activity({ limit: 1 })).rows[0];
});

describe('the usage page', () => {
  test('is one click from the account menu, and its text is true without a script', async () => {
    const { page, faults } = await world.visitor();
    const menu = await openMenu(page);
    await menu.locator('#menu-usage').click();
    await page.waitForURL(/usage\.html/);
    await pillShows(page, '2,341 Credits');
    assert.deepEqual(faults, []);

    const { page: bare } = await world.visitor({
      path: '/usage.html', wait: false, javaScriptEnabled: false,
    });
    await says(bare.locator('nivella-usage-dashboard'), 'h1', 'Usage');
    await says(bare.locator('nivella-usage-dashboard'), 'p >> nth=0', '2,341 Credits available.');
  });
});

describe('refunds', () => {
  test('take credits back, and the order and the activity say so', async () => {
    const { page, faults } = await world.visitor({ path: '/orders.html' });
    const order = page.getByRole('region', { name: 'Order 24' });
    await order.getByRole('button', { name: 'Refund $5.00' }).click();
    await says(page.locator('main'), '#says', 'Order 24 refunded. 1,000 credits were taken back.');
    await pillShows(page, '1,341 Credits');
    const { kind, amount, details } = await lastRow(page);
    assert.deepEqual([kind, amount, details], ['reversal', '-1000', 'order 24']);
    await order.getByRole('button', { name: 'Refund $5.00' }).click();
    await says(page.locator('main'), '#says', /^Order 24 refunded\. 1,000 credits/);
    await pillShows(page, '341 Credits');
    // Nothing is left to refund.
    await order.getByRole('button').first().waitFor({ state: 'detached' });
    assert.equal(await order.getByRole('button').count(), 0);
    assert.deepEqual(await axeViolations(page), []);
    assert.deepEqual(faults, []);
  });
});

describe('a coupon of 100 %', () => {
  test('needs no payment and grants everything', async () => {
    const { page, faults } = await world.visitor();
    await openShop(page);
    await buy(page);
    await page.locator('#lines li').first().waitFor();
    await page.getByLabel('Coupon code').fill('welcome100');
    await page.getByRole('button', { name: 'Apply' }).click();
    await says(page.locator('#sums'), 'div >> nth=-1', 'Total $0.00');
    assert.equal(await page.locator('#methods').isVisible(), false);
    await page.getByRole('button', { name: 'Place order' }).click();
    await page.waitForURL(/payment\.html/);
    await says(page.locator('nivella-purchase-result'), '#notice-text', /as projected\./);
    await says(page.locator('#sums'), 'div >> nth=1', /^Coupon/);
    assert.deepEqual(faults, []);
  });
});
