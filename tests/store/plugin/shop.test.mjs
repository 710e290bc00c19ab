/**
 * The shop's pages in Chromium at the real store: what a package is worth, what its owner enters,
 * My account → Credits, and pages of guests. Run by `make test-store`.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, afterEach, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launch } from '../../browser/harness.mjs';

const STORE = (process.env.STORE ?? '').replace(/\/?$/, '/');
const skip = !process.env.NIVELLA_RUN && 'run by: make test-store WP_DIR=folder';

describe('the shop of a real store', { skip }, () => {
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {Record<string, any>} */
  let shop = {};
  before(async () => {
    const script = fileURLToPath(new URL('shop.php', import.meta.url));
    shop = JSON.parse(execFileSync('php', [script], { encoding: 'utf8' }));
    browser = await launch();
  });
  after(() => browser?.close());
  // Also after one that failed: its page would go on asking.
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

  /**
   * @param {string} who signs in with this name and password; empty for a guest
   * @param {import('playwright-core').BrowserContextOptions} [how]
   */
  async function reader(who, how) {
    const context = await browser.newContext(how);
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    if (who) {
      await page.goto(`${STORE}wp-login.php`);
      await page.fill('#user_login', who);
      await page.fill('#user_pass', who);
      await Promise.all([page.waitForNavigation(), page.click('#wp-submit')]);
    }
    /** @type {string[]} what a browser shows as an error, of this store alone */
    const errors = [];
    page.on('response', (answer) => {
      if (answer.status() >= 400 && answer.url().startsWith(STORE)) {
        errors.push(`${answer.status()} ${answer.url()}`);
      }
    });
    page.on('pageerror', (error) => errors.push(error.message));
    return { page, errors, close: () => context.close() };
  }

  test('a list and a product say what a package is worth', async () => {
    const { page, close } = await reader('', { javaScriptEnabled: false });
    for (const path of ['product-category/tokens/', 'product/ai-credits-2000/']) {
      await page.goto(STORE + path);
      const worth = page.locator('.nivella-credits-worth', { hasText: '2,000 credits' }).first();
      assert.equal(await worth.innerText(), '2,000 credits\u00a0· $0.0050 per credit', path);
    }
    await close();
  });

  test('a chosen variation says its own worth, where all cost the same', async () => {
    const { page, close } = await reader('');
    await page.goto(`${STORE}product/choice/`);
    for (const [size, says] of [['Small', '1,500 credits'], ['Large', '4,500 credits']]) {
      await page.selectOption('select[name="attribute_size"]', String(size));
      const chosen = page.locator('.single_variation .nivella-credits-worth');
      await chosen.filter({ hasText: String(says) }).waitFor();
    }
    await close();
  });

  test('a customer turns a mail off, and it stays off', async () => {
    const { page, errors, close } = await reader('customer');
    await page.goto(`${STORE}my-account/credits/`);
    const box = page.getByLabel('When credits are getting low');
    assert.equal(await box.isChecked(), true);
    await box.uncheck();
    await page.getByRole('button', { name: 'Save the choice' }).click();
    await page.getByText('The choice was saved.').waitFor();
    await page.reload();
    assert.equal(await box.isChecked(), false);
    assert.equal(await page.getByLabel('When they are almost gone').isChecked(), true);
    assert.deepEqual(errors, []);
    await close();
  });

  test('what an owner enters wrongly is told, and the old value stays', async () => {
    const { page, close } = await reader('admin');
    await page.goto(`${STORE}wp-admin/post.php?post=${shop.simple}&action=edit`);
    await page.fill('#_nivella_credits_credits', 'abc');
    await page.fill('#_nivella_credits_bonus', '1,000.5');
    await Promise.all([page.waitForNavigation(), page.click('#publish')]);
    assert.match(await page.locator('#woocommerce_errors').innerText(), /Credits: “abc” was not/);
    assert.equal(await page.inputValue('#_nivella_credits_credits'), '2000');
    assert.equal(await page.inputValue('#_nivella_credits_bonus'), '1000.5');
    await page.fill('#_nivella_credits_bonus', '');
    await Promise.all([page.waitForNavigation(), page.click('#publish')]);
    assert.equal(await page.locator('#woocommerce_errors').count(), 0);
    await close();
  });

  for (const javaScriptEnabled of [true, false]) {
    test(`My account has the page, ${javaScriptEnabled ? 'live' : 'without scripts'}`, async () => {
      const { page, errors, close } = await reader('customer', { javaScriptEnabled });
      await page.goto(`${STORE}my-account/`);
      await page.locator('.woocommerce-MyAccount-navigation a', { hasText: 'Credits' }).click();
      await page.waitForURL(/my-account\/credits/);
      if (javaScriptEnabled) {
        const dashboard = page.locator('nivella-usage-dashboard');
        await dashboard.locator('text=2,341 >> visible=true').first().waitFor();
        await page.locator('nivella-credit-pill').locator('text=2,341').first().waitFor();
      } else {
        const text = await page.locator('.nivella-credits-account').innerText();
        assert.match(text, /2,341 Credits: 2,341 purchased/);
        assert.match(text, /\+2,341/);
      }
      const all = await page.locator('a', { hasText: 'All entries (CSV)' }).getAttribute('href');
      const csv = await page.request.get(String(all));
      assert.equal(csv.status(), 200);
      assert.match(await csv.text(), /2341/);
      assert.deepEqual(errors, []);
      await close();
    });
  }

  test('a page with every element asks nothing for a guest that is refused', async () => {
    const { page, errors, close } = await reader('');
    await page.goto(shop.page);
    await page.locator('nivella-usage-dashboard').locator('text=Sign in').first().waitFor();
    assert.deepEqual(errors, []);
    assert.equal(await page.locator('nivella-credit-pill').getByText('0').count(), 0);
    await close();
  });

  test('a page from a cache finds out who reads it', async () => {
    const guest = await reader('');
    const kept = await (await guest.page.request.get(shop.page)).text();
    await guest.close();
    const { page, errors, close } = await reader('customer');
    await page.route(shop.page, (route) => route.fulfill({ body: kept, contentType: 'text/html' }));
    await page.goto(shop.page);
    await page.locator('nivella-credit-pill').locator('text=2,341').first().waitFor();
    assert.deepEqual(errors, []);
    await close();
  });

  test('the editor has the three blocks with a preview', async () => {
    const { page, close } = await reader('admin');
    const id = new URL(shop.page).searchParams.get('page_id');
    await page.goto(shop.page);
    const edit = await page.locator('#wp-admin-bar-edit a').getAttribute('href');
    await page.goto(edit ?? `${STORE}wp-admin/post.php?post=${id}&action=edit`);
    const canvas = page.locator('iframe[name="editor-canvas"]');
    await page.locator('.block-editor-block-list__layout, iframe[name="editor-canvas"]').first()
      .waitFor();
    const inside = (await canvas.count()) > 0 ? canvas.contentFrame() : page;
    for (const name of ['pill', 'buy', 'usage']) {
      await inside.locator(`[data-type="nivella-credits/${name}"]`).waitFor();
    }
    await close();
  });
});
