/** What a buyer or a visitor meets, one screen after the other. */

/** @typedef {import('playwright-core').Page} Page */

/**
 * @typedef {object} Scene
 * @property {string} name
 * @property {string} [who] is signed in
 * @property {(shop: any) => string} path
 * @property {(page: Page, shop: any) => Promise<unknown>} [first] before the page is opened
 * @property {(page: Page, shop: any) => Promise<unknown>} [then] once it is there
 * @property {boolean} [window] of what is seen without scrolling alone
 * @property {boolean} [crowded] also on the smallest phone
 * @property {'block' | 'classic'} [theme] only there
 */

/** By either of the addresses that a store's REST may have, as those below. */
const LEDGER = /nivella-credits(\/|%2F)v1(\/|%2F)/;
const BALANCE = /nivella-credits(\/|%2F)v1(\/|%2F)balance/;
const PRODUCTS = /store(\/|%2F)v1(\/|%2F)products/;

/** @param {Page} page @param {string | RegExp} what @param {'fails' | 'waits' | 'offline'} how */
const answers = (page, what, how) => page.route(what, (route) => {
  if (how === 'waits') return;
  if (how === 'offline') return route.abort('internetdisconnected');
  const body = '<p>There has been a critical error on this website.</p>';
  return route.fulfill({ status: 500, contentType: 'text/html', body });
});

/** @param {Page} page */
const pillOf = (page) => page.locator('nivella-credit-pill').first();

/** @param {Page} page */
async function openMenu(page) {
  await pillOf(page).locator('button').first().click();
  await page.waitForTimeout(500);
}

/** @param {Page} page */
async function openShop(page) {
  await page.locator('nivella-buy-credits').first().locator('a, button').first().click();
  await page.waitForTimeout(1500);
}

const line = (/** @type {Page} */ page) =>
  page.locator('nivella-order-credits').first().locator('#order').waitFor();
const result = (/** @type {Page} */ page) =>
  page.locator('nivella-purchase-result, .nivella-credits-result').first().waitFor();

/** @type {Scene[]} */
const shop = [
  { name: 'shop', path: () => 'shop/' },
  { name: 'tokens', path: () => 'product-category/tokens/', crowded: true },
  { name: 'simple', path: () => 'product/ai-credits-5000/' },
  {
    name: 'variable',
    path: () => 'product/flexible/',
    then: (page) => page.selectOption('.variations select', 'Large'),
  },
  { name: 'cart', who: 'maya', path: () => 'cart/', then: line, crowded: true },
  { name: 'checkout', who: 'maya', path: () => 'checkout/', then: line, crowded: true },
  { name: 'classic-cart', who: 'maya', path: () => 'classic-cart/', then: line },
  {
    name: 'classic-checkout', who: 'maya', path: () => 'classic-checkout/', then: line,
    crowded: true,
  },
  { name: 'debt-checkout', who: 'dan', path: () => 'checkout/', then: line },
  {
    name: 'guest-checkout',
    first: (page, { simple }) => page.goto(`${process.env.STORE}/cart/?add-to-cart=${simple}`),
    path: () => 'checkout/',
    then: line,
  },
  { name: 'received-paid', who: 'noor', path: ({ received }) => received.paid, then: result },
  { name: 'received-waiting', who: 'noor', path: ({ received }) => received.waiting, then: result },
  { name: 'received-failed', who: 'noor', path: ({ received }) => received.failed, then: result },
  { name: 'received-claim', path: ({ received }) => received.claim, then: result },
  { name: 'claim-guest', path: ({ link }) => link },
  { name: 'claim', who: 'sam', path: ({ link }) => link },
];

/** @type {Scene[]} */
const account = [
  ...['maya', 'noor', 'sam', 'dan', 'ulf'].map((who) => ({
    name: `account-${who}`, who, path: () => 'my-account/credits/', crowded: who === 'maya',
  })),
  { name: 'account-guest', path: () => 'my-account/credits/' },
  { name: 'usage-guest', path: () => 'usage/' },
  { name: 'usage-maya', who: 'maya', path: () => 'usage/' },
  {
    name: 'usage-fails', who: 'maya', path: () => 'usage/',
    first: (page) => answers(page, LEDGER, 'fails'),
  },
];

/** @type {Scene[]} */
const pill = [
  ...['maya', 'noor', 'sam', 'lena', 'zoe', 'dan', 'ulf'].map((who) => ({
    name: `menu-${who}`, who, path: () => 'support/', window: true, then: openMenu,
  })),
  { name: 'pill-guest', path: () => 'support/', window: true },
  {
    name: 'pill-loading', who: 'maya', path: () => 'support/', window: true,
    first: (page) => answers(page, BALANCE, 'waits'),
  },
  {
    name: 'pill-fails', who: 'maya', path: () => 'support/', window: true,
    first: (page) => answers(page, BALANCE, 'fails'),
  },
  {
    name: 'pill-offline', who: 'maya', path: () => 'support/', window: true,
    first: (page) => answers(page, BALANCE, 'offline'),
  },
  {
    name: 'dialog', who: 'maya', path: () => 'support/', window: true, crowded: true,
    then: openShop,
  },
  { name: 'dialog-guest', path: () => 'support/', window: true, then: openShop },
  { name: 'dialog-dan', who: 'dan', path: () => 'support/', window: true, then: openShop },
  { name: 'dialog-ulf', who: 'ulf', path: () => 'support/', window: true, then: openShop },
  ...(/** @type {const} */ (['waits', 'fails', 'offline'])).map((how) => ({
    name: `dialog-${how}`, who: 'maya', path: () => 'support/', window: true,
    first: (/** @type {Page} */ page) => answers(page, PRODUCTS, how),
    then: openShop,
  })),
];

export const SCENES = [...shop, ...account, ...pill];
