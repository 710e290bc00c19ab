/**
 * Cart and checkout in blocks at the real store, as the window changes its width: a phone or a
 * tablet that is turned. The store lays its summaries out anew then, a narrow checkout has two.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { oneLine } from '../../browser/person.mjs';
import { launch } from '../../browser/harness.mjs';
import { buyer } from './buyer.mjs';
import { php } from './shopper.mjs';

const { STORE, NIVELLA_RUN, NIVELLA_FULL } = process.env;
const skip = !(STORE && NIVELLA_RUN) && 'run by: make test-store WP_DIR=folder';

const WIDE = 1280;
/** From wide and back to it: each of the store's layouts, from each other one. */
const TURN = [600, WIDE, 390, 600, 390, 820, 600, 820, 390, WIDE];
const TURNS = NIVELLA_FULL ? 3 : 1;
const MOMENT_MS = 5000;

/** A summary ends with its total and the place below it. */
const SUMMARY = ':has(> * > .wc-block-components-totals-footer-item)';
/** A narrow checkout begins with a summary that is closed, and its title opens it. */
const TITLE = '.wc-block-components-checkout-order-summary__title[role="button"]:visible';

describe('the order’s credits as the width changes', { skip }, () => {
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {Record<string, any>} */
  let shop = {};
  before(async () => {
    shop = php('prepare');
    php('pages', 'blocks');
    browser = await launch();
  });
  after(() => browser?.close());

  /**
   * What each summary that is seen says of credits.
   * @param {import('playwright-core').Page} page
   */
  async function said(page) {
    const summaries = await page.locator(`${SUMMARY}:visible`).all();
    return Promise.all(summaries.map(async (summary) => {
      const rows = await summary.locator('nivella-order-credits .row:visible').allInnerTexts();
      return rows.map(oneLine);
    }));
  }

  /**
   * Waits until they say it.
   * @param {import('playwright-core').Page} page
   * @param {string[][]} all
   * @param {string} when
   */
  async function says(page, all, when) {
    const until = Date.now() + MOMENT_MS;
    let found = await said(page);
    while (JSON.stringify(found) !== JSON.stringify(all) && Date.now() < until) {
      await page.waitForTimeout(50);
      found = await said(page);
    }
    assert.deepEqual(found, all, when);
  }

  for (const path of ['cart/', 'checkout/']) {
    test(`${path}: each summary that is seen has the line, at every width`, async () => {
      const person = await buyer(browser, { locale: 'en-US' });
      const name = `turner${Date.now().toString(36)}`;
      await person.signIn(name);
      await person.add(shop.simple, 3);
      await person.go(path);
      const { page } = person;
      const rows = ['Credits in this order 6,000', 'Balance after this purchase 6,000'];
      for (const width of Array(TURNS).fill([WIDE, ...TURN]).flat()) {
        await page.setViewportSize({ width, height: 900 });
        // The store measures, then lays out.
        await page.waitForTimeout(300);
        await says(page, [rows], `${width} wide`);
        const title = page.locator(TITLE);
        if (await title.count() === 0) continue;
        await title.click();
        await says(page, [rows, rows], `${width} wide, both summaries`);
        await title.click();
      }
      assert.deepEqual(person.faults, []);
      await person.close();
    });
  }

  test('a cart that changes while it is narrow is right when it is wide', async () => {
    const person = await buyer(browser, {
      locale: 'en-US', viewport: { width: 390, height: 900 },
    });
    await person.signIn(`turned${Date.now().toString(36)}`);
    await person.add(shop.simple, 1);
    const { page } = person;
    const rows = (/** @type {string} */ credits) => [
      [`Credits in this order ${credits}`, `Balance after this purchase ${credits}`],
    ];
    await says(page, rows('2,000'), 'narrow');
    await page.getByRole('button', { name: /^Increase quantity/ }).first().click();
    await says(page, rows('4,000'), 'narrow, one more');
    await page.setViewportSize({ width: WIDE, height: 900 });
    await says(page, rows('4,000'), 'wide');
    await person.close();
  });
});
