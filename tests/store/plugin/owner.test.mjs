/**
 * The owner's first ten minutes at the real store, in a browser: from the zip to the first sale,
 * without reading anything but what the screens say. Every click is counted.
 *
 * It begins without the plugin, so it has a store of its own.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { writeZip } from '../../../pkg/build/zip.mjs';
import { php } from '../../../pkg/store/installed.mjs';
import { openStore } from '../../../pkg/store/opened.mjs';
import { prepareSite } from '../../../pkg/store/site.mjs';
import { launch, openPage } from '../../browser/harness.mjs';
import { oneLine, shopOf } from '../../browser/person.mjs';

const { HPOS, NIVELLA_RUN, NIVELLA_SHOTS } = process.env;
const skip = !NIVELLA_RUN && 'run by: make test-store WP_DIR=folder';
const PATIENCE_MS = 30_000;
const ADDRESS = {
  first_name: 'Anna', last_name: 'Buyer', address_1: '1 Road', city: 'Town', postcode: '94016',
};

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Locator} Locator */

/** A store of the real WooCommerce that nothing was done to, and takes no money yet. */
async function newStore() {
  const set = '../../tests/store/plugin/store.php';
  const store = await openStore(prepareSite(process.env, { linked: false }), {
    name: 'owner',
    apart: true,
    scripts: [
      ['orders.php', HPOS === 'yes' ? 'tables' : 'posts'],
      [set, 'option', 'woocommerce_bacs_settings', ''],
      [set, 'option', 'woocommerce_cod_settings', ''],
    ],
    more: { WP_FILE_MODS: '1' },
  });
  const customer = (/** @type {string} */ name) => void php(set, ['customer', name], store.env);
  return { ...store, customer };
}

/** Somebody with a browser whose clicks are counted. @param {Page} page @param {string} who */
function person(page, who) {
  page.setDefaultTimeout(PATIENCE_MS);
  let clicks = 0;
  let pictures = 0;
  return {
    page,
    clicks: () => clicks,
    /** @param {Locator} what */
    async click(what) {
      clicks++;
      await what.first().click();
      await page.waitForLoadState('networkidle');
      if (!NIVELLA_SHOTS) return;
      const name = `${who}-${String(++pictures).padStart(2, '0')}.png`;
      await page.screenshot({ path: `${NIVELLA_SHOTS}/${name}` });
    },
    /** @param {string} text of the page, in time */
    says: (text) => page.getByText(text).first().waitFor(),
  };
}

describe(`an owner’s first ten minutes, HPOS ${HPOS}`, { skip, timeout: 600_000 }, () => {
  /** @type {Awaited<ReturnType<typeof newStore>>} */
  let store;
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {ReturnType<typeof person>} */
  let owner;
  /** The page that the owner made. */
  let place = '';
  /** @type {Page} */
  let buyer;
  before(async () => {
    store = await newStore();
    browser = await launch();
    const { page } = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    owner = person(page, 'owner');
    await page.goto(`${store.url}/wp-login.php`);
    await page.fill('#user_login', 'admin');
    await page.fill('#user_pass', 'admin');
    await page.click('#wp-submit');
    await page.waitForURL(/wp-admin/);
  });
  after(async () => {
    await browser?.close();
    await store?.close();
  });

  test('six clicks from the list of plugins to packages that are sold', async () => {
    const { page, click } = owner;
    await page.goto(`${store.url}/wp-admin/plugins.php`);
    const before = owner.clicks();
    await click(page.locator('.page-title-action'));
    await click(page.locator('.upload-view-toggle'));
    // The click that opens the browser's own window of files.
    const [files] = await Promise.all([
      page.waitForEvent('filechooser'),
      click(page.locator('#pluginzip')),
    ]);
    await files.setFiles(await writeZip());
    await click(page.locator('#install-plugin-submit'));
    await click(page.getByRole('link', { name: 'Activate Plugin' }));
    await click(page.getByRole('button', { name: 'Make them and sell them' }));
    await owner.says('Packages made:');
    assert.equal(owner.clicks() - before, 6);
  });

  test('the next step is said and leads to a way to pay, in three clicks', async () => {
    const { page, click } = owner;
    const before = owner.clicks();
    await click(page.getByRole('link', { name: 'Choose how customers pay' }));
    await click(page.getByText('Take offline payments'));
    const cash = page.locator('.woocommerce-list__item', { hasText: 'Cash on delivery' });
    await click(cash.locator('.components-button', { hasText: 'Enable' }));
    // The store switches it on, and leads to its settings.
    await page.waitForURL(/section=cod/);
    assert.equal(owner.clicks() - before, 3);
  });

  test('what is done is ticked, and customers see their balance, in two clicks', async () => {
    const { page, click } = owner;
    const before = owner.clicks();
    await click(page.locator('#adminmenu > li > a', { hasText: 'Credits' }));
    const steps = page.locator('.notice', { hasText: 'Until your first sale' }).locator('li');
    assert.deepEqual((await steps.allInnerTexts()).map((text) => oneLine(text)), [
      'Done: Choose how customers pay',
      'To do: Show customers their balance, beside “Buy credits”',
    ]);
    await click(page.getByRole('button', { name: /^Make a page/ }));
    await steps.filter({ hasText: 'Done: Show customers' }).waitFor();
    place = (await steps.last().getByRole('link').getAttribute('href')) ?? '';
    assert.equal(owner.clicks() - before, 2);
  });

  test('a buyer gets there and orders, in three clicks', async () => {
    store.customer('anna');
    const { page } = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    const { click, clicks } = person(page, 'buyer');
    await page.goto(`${store.url}/wp-login.php`);
    await page.fill('#user_login', 'anna');
    await page.fill('#user_pass', 'anna');
    await page.click('#wp-submit');
    await page.waitForLoadState('networkidle');
    await page.goto(place, { waitUntil: 'networkidle' });
    await click(page.locator('nivella-buy-credits').getByText('Buy credits'));
    await click(shopOf(page).getByRole('button', { name: 'Buy credits' }));
    await page.waitForURL(/checkout/);
    for (const [name, value] of Object.entries(ADDRESS)) {
      await page.fill(`#billing-${name}`, value);
    }
    // The store takes no click while it still takes in the address.
    await page.waitForTimeout(4000);
    await page.waitForLoadState('networkidle');
    await click(page.locator('.wc-block-components-checkout-place-order-button:not([disabled])'));
    await page.waitForURL(/order-received/);
    await page.getByText('Payment pending', { exact: true }).waitFor();
    assert.equal(clicks(), 3);
    buyer = page;
  });

  test('the owner completes the order and sees the credits, in five clicks', async () => {
    const { page, click } = owner;
    const before = owner.clicks();
    await click(page.locator('#adminmenu > li > a', { hasText: 'WooCommerce' }));
    await click(page.locator('#adminmenu').getByRole('link', { name: /^Orders/ }));
    await click(page.locator('.order-view'));
    await page.selectOption('#order_status', 'wc-completed', { force: true });
    await click(page.locator('.save_order'));
    await click(page.locator('#adminmenu > li > a', { hasText: 'Credits' }));
    const row = page.locator('tr', { hasText: 'anna' });
    assert.match(oneLine(await row.innerText()), /2,000/);
    assert.equal(owner.clicks() - before, 5);
  });

  test('the buyer has them', async () => {
    await buyer.reload({ waitUntil: 'networkidle' });
    await buyer.getByText('2,000 credits added', { exact: true }).waitFor();
  });
});
