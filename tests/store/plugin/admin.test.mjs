/**
 * The owner's screens at the real store, in a browser: nothing reaches beyond a phone, whoever uses
 * a screen reader finds their way, and what is clicked twice is booked once.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { axeViolations, launch, openPage } from '../../browser/harness.mjs';
import { php } from './shopper.mjs';

const { STORE, NIVELLA_RUN } = process.env;
const skip = !(STORE && NIVELLA_RUN) && 'run by: make test-store WP_DIR=folder';

const SCREENS = [
  '',
  '&account=1',
  '&account=1&entry=1',
  '-plans',
  '-plans&new=1',
  '-rates',
  '-rates&new=1',
  '-labels',
  '-policies',
  '-keys',
  '-health',
  '-tools',
];

describe('the owner’s screens at a real store', { skip }, () => {
  const url = (/** @type {string} */ screen) =>
    `${(STORE ?? '').replace(/\/$/, '')}/wp-admin/admin.php?page=nivella-credits${screen}`;
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {import('playwright-core').Page} */
  let page;
  before(async () => {
    php('customer', 'screens');
    php('grant', 'screens', '5000');
    browser = await launch();
    ({ page } = await openPage(browser));
    await page.goto(`${STORE}/wp-login.php`);
    await page.fill('#user_login', 'admin');
    await page.fill('#user_pass', 'admin');
    await page.click('#wp-submit');
    await page.waitForLoadState();
  });
  after(() => browser?.close());

  for (const screen of SCREENS) {
    test(`“${screen || 'accounts'}” fits a phone and a desktop, for all readers`, async () => {
      for (const width of [390, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        await page.goto(url(screen));
        await page.waitForSelector('.nivella-credits-admin h1');
        const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(beyond <= 0, `${beyond} px beyond ${width}`);
        assert.deepEqual(await axeViolations(page, '.nivella-credits-admin'), []);
      }
    });
  }

  test('each field of a row has its name beside it on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 800 });
    await page.goto(url('-rates&new=1'));
    const names = await page.$$eval('.unfolded tbody tr:first-child td', (cells) =>
      cells.map((cell) => getComputedStyle(cell, '::before').content.replaceAll('"', '')),
    );
    const all = ['Feature', 'Model (empty: any)', 'For each', 'Call seconds a step', 'Credits'];
    assert.deepEqual(names, all);
  });

  for (const width of [390, 1280]) {
    test(`a form that is refused opens at its field, ${width} wide`, async () => {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(url('-rates&new=1'));
      await page.fill('[name="rates[0][feature]"]', 'chat');
      await page.fill('[name="rates[0][credits]"]', 'abc');
      await page.click('button[value=save]');
      const wrong = page.locator('[aria-invalid]');
      await wrong.waitFor();
      assert.equal(await wrong.getAttribute('name'), 'rates[0][credits]');
      assert.equal(await wrong.inputValue(), 'abc', 'what was typed is kept');
      const { inSight, focused, beyond } = await wrong.evaluate((field) => ({
        inSight: field.getBoundingClientRect().bottom < innerHeight,
        focused: document.activeElement === field,
        beyond: document.documentElement.scrollWidth - innerWidth,
      }));
      assert.ok(inSight && focused, 'the next key goes there');
      assert.ok(beyond <= 0, `${beyond} px beyond`);
      assert.match((await page.textContent('.field-error')) ?? '', /^Row 1: .* 0\.05\.$/);
      assert.deepEqual(await axeViolations(page, '.nivella-credits-admin'), []);
    });
  }

  test('what has no way back is asked first, and by keys alone', async () => {
    await page.goto(url('-keys'));
    await page.fill('#create_key-label', 'Chat');
    await page.press('#create_key-label', 'Enter');
    await page.waitForSelector('.new-key');
    const revoke = page.locator('.form-revoke_key button').first();
    assert.equal(await revoke.isVisible(), false);
    await page.locator('summary').first().press('Enter');
    await revoke.press('Enter');
    await page.waitForSelector('.notice-success');
    assert.match((await page.textContent('.notice-success')) ?? '', /The key was revoked/);
  });

  test('what is clicked twice is booked once', async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(url('&account=1'));
    const available = () => page.textContent('.figures dd');
    const before = await available();
    await page.fill('#adjust-amount', '0.5');
    await page.fill('#adjust-reason', 'Twice');
    await page.evaluate(() => {
      const form = /** @type {HTMLFormElement} */ (document.querySelector('.form-adjust'));
      const body = () => new URLSearchParams(/** @type {any} */ (new FormData(form)));
      for (let n = 0; n < 3; n++) void fetch(form.action, { method: 'POST', body: body() });
    });
    await page.dblclick('.form-adjust button');
    await page.waitForSelector('.notice-success');
    assert.match((await page.textContent('.notice-success')) ?? '', /0\.5 credits were given/);
    // Whichever of the four came last has answered by then.
    await page.waitForTimeout(3000);
    await page.goto(url('&account=1'));
    const amount = (/** @type {string | null} */ text) => Number((text ?? '').replaceAll(',', ''));
    assert.equal(amount(await available()), amount(before) + 0.5);
  });
});
