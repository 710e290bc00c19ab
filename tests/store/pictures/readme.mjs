/** The first five pictures of readme.txt: from the chat to My account, as a customer sees them. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { at } from '../../../pkg/build/paths.mjs';
import { buyer } from '../plugin/buyer.mjs';
import { owner } from '../plugin/shopper.mjs';
import { state } from './state.mjs';

/** @typedef {import('playwright-core').Page} Page */

const FOLDER = at('target/pictures');
const SIZE = { width: 1280, height: 960 };

/** @param {Page} page @param {number} number */
async function keep(page, number) {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(600);
  const path = join(FOLDER, `screenshot-${number}.png`);
  await page.screenshot({ path, animations: 'disabled' });
  console.log(path);
}

/** A picture of a package: how much is in it. @param {Page} page @param {number} credits */
async function drawPackage(page, credits) {
  const level = 30 + Math.min(50, credits / 800);
  await page.setViewportSize({ width: 600, height: 600 });
  await page.setContent(`<style>
    body { margin: 0; height: 600px; display: grid; place-items: center; background: #e4f2ef }
    svg { width: 340px }
    text { font: 600 13px "DejaVu Sans", sans-serif; fill: #14201d; text-anchor: middle }
  </style><svg viewBox="0 0 100 100"><clipPath id="c"><circle cx="50" cy="50" r="45"/></clipPath>
    <circle cx="50" cy="50" r="48" fill="#fff" stroke="#0b6b5f" stroke-width="3"/>
    <rect y="${100 - level}" width="100" height="100" fill="#14917f" opacity=".55"
      clip-path="url(#c)"/><text x="50" y="55">${credits.toLocaleString('en-US')}</text></svg>`);
  const path = join(FOLDER, `package-${credits}.png`);
  await page.screenshot({ path });
  state('image', path, `NV-${credits}`);
}

/**
 * @param {import('playwright-core').Browser} browser
 * @param {any} shop
 */
export async function takeReadme(browser, shop) {
  mkdirSync(FOLDER, { recursive: true });
  state('look', 'twentytwentyfive', '', '');
  const person = await buyer(browser, { locale: 'en-US', viewport: SIZE });
  const { page } = person;
  for (const credits of [2000, 5000, 10000, 20000, 30000, 40000]) await drawPackage(page, credits);
  await page.setViewportSize(SIZE);
  // One with variations is beside the point here.
  const admin = owner(shop.password);
  const [flexible] = await admin('GET', 'products?slug=flexible');
  await admin('PUT', `products/${flexible.id}`, { catalog_visibility: 'hidden' });
  await person.signIn('maya');

  await person.go('chat/');
  await page.locator('nivella-credit-pill button').first().click();
  await page.getByRole('button', { name: 'Add credit' }).click();
  const dialog = page.getByRole('dialog', { name: 'Buy Credits' });
  await dialog.getByRole('radio').first().waitFor();
  await page.waitForTimeout(1000);
  await keep(page, 1);

  await person.go('product/ai-credits-5000/');
  await keep(page, 2);

  state('empty', 'maya');
  await person.add(shop.simple);
  await person.go('checkout/');
  await person.rows();
  await keep(page, 3);

  await person.payInBlocks('bacs');
  await admin('PUT', `orders/${person.order()}`, { status: 'completed' });
  await page.reload();
  await person.result();
  await keep(page, 4);

  await person.go('my-account/credits/');
  await page.locator('nivella-usage-dashboard #ring').waitFor();
  await page.evaluate(() => scrollTo(0, 120));
  await page.waitForTimeout(1500);
  await keep(page, 5);
  await person.close();
}
