/** A buyer at the real store with a browser: signs in, fills the cart, checks out, reads. */
import { oneLine } from '../../browser/person.mjs';
import { openPage } from '../../browser/harness.mjs';
import { php } from './shopper.mjs';

/** @typedef {import('playwright-core').Page} Page */

const STORE = (process.env.STORE ?? '').replace(/\/?$/, '/');
/** PHP's own server, on a machine that others use. */
const PATIENCE_MS = 60_000;

const ADDRESS = {
  first_name: 'A', last_name: 'Buyer', address_1: '1 Road', city: 'Town', postcode: '94016',
};

/**
 * @param {import('playwright-core').Browser} browser
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
export async function buyer(browser, options = {}) {
  const { page, faults } = await openPage(browser, options);
  page.setDefaultTimeout(PATIENCE_MS);

  /**
   * What a page still asks the store for would save the visit as it was when it was asked.
   * @param {string} path
   */
  const go = async (path) => {
    await page.waitForLoadState('networkidle');
    await page.goto(STORE + path, { waitUntil: 'networkidle' });
  };

  /** A customer, made where there is none, whose password is the name. @param {string} name */
  async function signIn(name) {
    php('customer', name);
    // Without a page: what one asks for on the way would save an empty cart over the next one.
    const form = { log: name, pwd: name, testcookie: '1' };
    await page.request.get(`${STORE}wp-login.php`);
    const answer = await page.request.post(`${STORE}wp-login.php`, { form, maxRedirects: 0 });
    if (answer.status() !== 302) throw new Error(`not signed in: ${answer.status()}`);
  }

  /** @param {number} id @param {number} [quantity] @param {string} [more] of the address */
  const add = (id, quantity = 1, more = '') =>
    go(`cart/?add-to-cart=${id}&quantity=${quantity}${more}`);

  /** Fills the address, where it is not known yet. */
  async function fill(/** @type {string} */ prefix) {
    const email = page.locator(prefix === '#billing_' ? '#billing_email' : '#email');
    if (await email.isVisible() && !(await email.inputValue())) {
      await email.fill('guest@example.com');
    }
    // The block shows a known address as a card.
    if (!(await page.locator(`${prefix}first_name`).isVisible())) return;
    for (const [name, value] of Object.entries(ADDRESS)) {
      await page.fill(`${prefix}${name}`, value);
    }
    if (prefix === '#billing_') await page.selectOption('#billing_state', 'CA', { force: true });
  }

  /**
   * Orders. The store takes no click while it still takes in the address.
   * @param {string} button
   */
  async function place(button) {
    const left = () => page.waitForURL(/order-received/, { timeout: 10_000 }).then(() => true);
    for (let tries = 0; tries < 4; tries += 1) {
      await page.waitForTimeout(2000);
      await page.waitForLoadState('networkidle');
      if (await page.locator(button).isVisible()) await page.click(button);
      if (await left().catch(() => false)) return;
    }
    throw new Error(`no order: ${await page.locator('main').innerText()}`);
  }

  return {
    page,
    faults,
    go,
    signIn,
    add,
    /** @param {string} method */
    async payInBlocks(method) {
      await page.locator('.wc-block-components-checkout-place-order-button').waitFor();
      await fill('#billing-');
      if (method) await page.click(`[for=radio-control-wc-payment-method-options-${method}]`);
      await place('.wc-block-components-checkout-place-order-button');
    },
    /** @param {string} method */
    async payInClassic(method) {
      await page.locator('#place_order').waitFor();
      await fill('#billing_');
      // The table is printed anew for each part of the address.
      await page.waitForTimeout(1500);
      await page.waitForLoadState('networkidle');
      if (method) await page.click(`label[for=payment_method_${method}]`);
      await place('#place_order');
    },
    /** The rows of the order's line, as they are seen. */
    async rows() {
      const line = page.locator('nivella-order-credits').first();
      await line.locator('#order').waitFor();
      const texts = await line.locator('.row:visible, #order-note:visible').allInnerTexts();
      return texts.map(oneLine);
    },
    /** Title and text of the result. */
    async result() {
      const result = page.locator('nivella-purchase-result');
      await result.locator('#notice').waitFor();
      const at = (/** @type {string} */ id) => result.locator(id).innerText();
      return [oneLine(await at('#notice-title')), oneLine(await at('#notice-text'))];
    },
    /** The number of the order that the page is about. */
    order: () => Number(/order-received\/(\d+)/.exec(page.url())?.[1]),
    close: () => page.context().close(),
  };
}
