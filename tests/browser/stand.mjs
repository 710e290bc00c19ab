/** A small shop's page whose answers a test gives, for what a store may do wrong. */
import { readFileSync } from 'node:fs';
import { launch, openPage } from './harness.mjs';
import { at } from '../../pkg/build/paths.mjs';
import { PATIENCE_MS, takeNotes } from './person.mjs';
import { balance, shopPage, shopPages } from './shop.mjs';
import { serveFiles, strictPolicy } from './static.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').BrowserContextOptions} ContextOptions */
/** @typedef {import('./static.mjs').Answer} Answer */
/** @typedef {import('./static.mjs').Asked} Asked */
/** @typedef {(asked: Asked) => Answer | Promise<Answer>} Reply */

export const BALANCE = '/wp-json/nivella-credits/v1/balance';
export const PILL = '/wp-json/nivella-credits/v1/pill';
export const USAGE = '/wp-json/nivella-credits/v1/usage';
export const RATES = '/wp-json/nivella-credits/v1/rate-card';
export const PRODUCTS = '/wp-json/wc/store/v1/products';
export const CART = '/wp-json/wc/store/v1/cart';
/** Where a nonce is renewed. */
export const AJAX = '/wp-admin/admin-ajax.php';

/** @param {unknown} value @param {number} [status] @returns {Reply} */
export const json = (value, status = 200) => () =>
  ({ body: JSON.stringify(value), type: 'application/json', status });

/** @param {string} body @param {number} [status] @param {string} [type] @returns {Reply} */
export const text = (body, status = 200, type = 'application/json') => () =>
  ({ body, type, status });

/** @param {number} status @param {string} code @returns {Reply} */
export const refusal = (status, code) => json({ code, message: code, data: { status } }, status);

export const NO_ROUTE = refusal(404, 'rest_no_route');

/** A balance whose figures fit each other. @param {Record<string, any>} [change] */
export function balanceWith(change = {}) {
  const { version = 41, available = '2341', level = 'ok', ...more } = change;
  const made = { ...balance({ version, available, level }), account: 'a' };
  if (available !== '2341' && !('pools' in more)) {
    made.pools = [{ kind: 'purchase', available, held: '0', expires_at: null }];
  }
  return { ...made, ...more };
}

/** A server and a browser of a test file's own. */
export async function openStand() {
  /** @type {Record<string, Reply>} */
  let answers = {};
  let html = '';
  const usual = shopPages();
  const writes = [`${CART}/add-item`, `${CART}/update-item`, '/checkout/'];
  const paths = [...Object.keys(usual), PILL, AJAX, ...writes];
  const pages = Object.fromEntries(paths.map((path) => [
    path,
    (/** @type {Asked} */ asked) => (answers[path] ?? usual[path] ?? NO_ROUTE)(asked),
  ]));
  const server = await serveFiles({
    folders: { '/pkg/': at('pkg') },
    pages: { ...pages, '/': () => ({ body: html, type: 'text/html; charset=utf-8' }) },
    policy: strictPolicy,
  });
  const browser = await launch();
  return {
    browser,
    origin: server.origin,
    requests: server.requests,
    /** Changes what the store answers from now on. @param {Record<string, Reply>} change */
    answer(change) {
      answers = { ...answers, ...change };
    },
    /**
     * Somebody new at the shop's page.
     * @param {ContextOptions & {
     *   answers?: Record<string, Reply>, html?: string, before?: (page: Page) => Promise<unknown>,
     * }} [options]
     */
    async visitor({ answers: given = {}, html: body, before, ...options } = {}) {
      answers = given;
      html = body ?? shopPage({ dialog: true });
      const made = await openPage(browser, { locale: 'en-US', ...options });
      const { page } = made;
      page.setDefaultTimeout(PATIENCE_MS);
      await page.addInitScript(takeNotes);
      await before?.(page);
      await page.goto(server.origin);
      return made;
    },
    async leave() {
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** A recorded exchange's answer. @param {string} name @returns {any} */
export const recorded = (name) =>
  JSON.parse(readFileSync(at('tests/storeapi', `${name}.json`), 'utf8')).response;

/** Opens the dialog by the element's own method. @param {Page} page */
export async function showShop(page) {
  await page.locator('nivella-buy-credits').first().evaluate(async (each) => {
    await customElements.whenDefined('nivella-buy-credits');
    await /** @type {any} */ (each).show();
  });
  return page.getByRole('dialog', { name: 'Buy Credits' });
}

/** What `shopPage` prints, with a pill of the test's own. @param {string} tags */
export const pageOf = (tags, head = '') => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Shop</title>
<meta name="viewport" content="width=device-width">${head}
<script type="module" src="/pkg/nivella-credits.js"></script>
<main><h1>Shop</h1>
${tags}</main></html>`;

/** Waits until the page's elements have shown, or said why they cannot. @param {Page} page */
export const settle = (page) => page.evaluate(async () => {
  await customElements.whenDefined('nivella-credit-pill');
  const pills = [...document.querySelectorAll('nivella-credit-pill')];
  await Promise.all(pills.map((each) => /** @type {any} */ (each).ready));
});

/** Has the page read the balance again, now. @param {Page} page @param {string} [site] */
export const readAgain = (page, site) => page.evaluate(async (id) => {
  const address = '/pkg/nivella-credits.js';
  const { connect } = await import(address);
  const { account } = await connect({ store: '/', site: id ?? null });
  const { snapshot, stale } = await account.refresh();
  return { version: snapshot?.version, stale };
}, site);

/** Hands the page what a write has answered. @param {Page} page @param {unknown} snapshot */
export const publish = (page, snapshot) => page.evaluate(async (found) => {
  const address = '/pkg/nivella-credits.js';
  const { connect } = await import(address);
  const { account } = await connect({ store: '/' });
  try {
    return account.publish(found);
  } catch (error) {
    return /** @type {any} */ (error).code;
  }
}, /** @type {any} */ (snapshot));
