/** What a person does and notices on the demo's pages, for the tests that tell a story. */
import assert from 'node:assert/strict';
import { launch, openPage, startDemo } from './harness.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Locator} Locator */
/** @typedef {import('playwright-core').BrowserContextOptions} ContextOptions */
/** @typedef {{ name: string, detail: any }} Told */

/** Long enough for two slow cores; a condition that holds is seen at once. */
export const PATIENCE_MS = 15_000;
const LOOK_AGAIN_MS = 40;

/**
 * Tries until nothing is thrown any more.
 * @template T
 * @param {() => T | Promise<T>} look
 * @param {number} [patience]
 * @returns {Promise<T>}
 */
export async function eventually(look, patience = PATIENCE_MS) {
  const end = performance.now() + patience;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (performance.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }
}

/**
 * Notes, from the start of each page on, what the pill shows in each frame and which of our events
 * are dispatched. It runs in the page.
 */
export function takeNotes() {
  /** @type {string[]} */
  const shown = [];
  /** @type {Told[]} */
  const told = [];
  const look = () => {
    const pill = document.querySelector('nivella-credit-pill');
    const value = pill?.shadowRoot?.querySelector('#value')?.textContent;
    const text = (value || pill?.textContent || '').trim().replace(/ [Cc]redits?$/, '');
    if (text && text !== shown.at(-1)) shown.push(text);
    return { shown, told };
  };
  const always = () => void (look(), requestAnimationFrame(always));
  Object.assign(globalThis, { look });
  always();
  const names = [
    'balance-changed', 'low-balance', 'depleted', 'recovered', 'checkout-started',
    'credits-purchased', 'error',
  ];
  for (const name of names) {
    document.addEventListener(`nivella:${name}`, (event) => {
      const { detail: said = null } = /** @type {CustomEvent} */ (event);
      const detail = JSON.parse(JSON.stringify(said));
      told.push({ name, detail });
    });
  }
}

/** @param {Page} page @returns {Promise<{ shown: string[], told: Told[] }>} */
export const notesOf = (page) => page.evaluate(() => /** @type {any} */ (globalThis).look());

/** The codes that were said to the page. @param {Page} page */
export async function codesOf(page) {
  const { told } = await notesOf(page);
  return told.filter(({ name }) => name === 'error').map(({ detail }) => detail.code);
}

/**
 * A demo server and a browser of a test file's own.
 * @param {Record<string, string>} [env]
 */
export async function openWorld(env) {
  const [demo, browser] = await Promise.all([startDemo(env), launch()]);
  return {
    browser,
    origin: demo.origin,
    /**
     * Somebody new, at the demo's chat.
     * @param {ContextOptions & { path?: string, wait?: boolean }} [options]
     */
    async visitor({ path = '/', wait = true, ...options } = {}) {
      const { page, faults } = await openPage(browser, {
        locale: 'en-US', ...options, baseURL: demo.origin,
      });
      page.setDefaultTimeout(PATIENCE_MS);
      await page.addInitScript(takeNotes);
      await page.goto(path);
      if (wait) {
        await started(page);
        await balanceOf(page);
      }
      return { page, faults };
    },
    /** Everybody goes; put it after each test. */
    async leave() {
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    async close() {
      await browser.close();
      demo.stop();
    },
  };
}

/** The pill that can be clicked. @param {Page} page */
export const pill = (page) => page.locator('nivella-credit-pill').getByRole('button').first();

/** @param {string} text */
export const oneLine = (text) => text.replace(/\s+/g, ' ').trim();

/** What the eye sees of the pill, in one line. @param {Page} page */
export const pillText = async (page) =>
  oneLine(await page.locator('nivella-credit-pill #face').innerText());

/** @param {Page} page @param {string | RegExp} expected its beginning, or what it matches */
export async function pillShows(page, expected) {
  await eventually(async () => {
    const shown = await pillText(page);
    const meets = typeof expected === 'string' ? shown.startsWith(expected) : expected.test(shown);
    assert.ok(meets, `the pill shows “${shown}”, expected ${expected}`);
  });
}

/** The exact balance, once there is one. @param {Page} page @returns {Promise<any>} */
export async function balanceOf(page) {
  return eventually(async () => {
    const found = await page
      .locator('nivella-credit-pill')
      .evaluate((each) => /** @type {any} */ (each).balance ?? null);
    assert.ok(found, 'the pill has read no balance');
    return found;
  });
}

/** @param {Page} page */
export async function openMenu(page) {
  await pill(page).click();
  const menu = page.getByRole('dialog', { name: 'Credits', exact: true });
  await menu.waitFor();
  return menu;
}

/** @param {Page} page */
export const shopOf = (page) => page.getByRole('dialog', { name: 'Buy Credits' });

/** @param {Page} page */
export async function openShop(page) {
  const menu = await openMenu(page);
  await menu.getByRole('button', { name: 'Add credit' }).click();
  const shop = shopOf(page);
  await shop.getByRole('radio').first().waitFor();
  return shop;
}

/**
 * The text of a part, in one line; empty while it is not seen.
 * @param {Locator} within @param {string} [selector]
 */
export async function textOf(within, selector) {
  const found = selector ? within.locator(selector) : within;
  if (!(await found.isVisible())) return '';
  return oneLine(await found.innerText());
}

/**
 * Waits until the part says it.
 * @param {Locator} within @param {string} selector @param {string | RegExp} expected
 */
export async function says(within, selector, expected) {
  await eventually(async () => {
    const text = await textOf(within, selector);
    if (typeof expected === 'string') assert.equal(text, expected, selector);
    else assert.match(text, expected, selector);
  });
}

/**
 * Waits until the chat, where the page has one, listens: its pill may be live before its texts have
 * come. It greets then.
 * @param {Page} page
 */
export const started = (page) => page.waitForFunction(() =>
  !document.getElementById('chat') || document.getElementById('said-greeting'));

/**
 * The demo with other settings, as its controls keep them.
 * @param {Page} page @param {Record<string, string>} settings
 */
export async function withSettings(page, settings) {
  await page.evaluate((value) =>
    localStorage.setItem('halden:settings', JSON.stringify(value)), settings);
  await page.reload();
  await started(page);
}

/** Writes into the chat and sends. @param {Page} page @param {string} text */
export async function say(page, text) {
  await started(page);
  const composer = page.getByRole('textbox', { name: 'Write a message' });
  await composer.fill(text);
  await composer.press('Enter');
}

/**
 * The answer to what was said last, once it is there: its words and the line below it.
 * @param {Page} page @param {number} nth which answer of the conversation, from 1
 */
export async function answer(page, nth) {
  const said = page.locator('.said.them:not(.pending) small').nth(nth - 1);
  await said.waitFor();
  const words = await said.locator('xpath=..').locator('p').innerText();
  return { words, below: await said.innerText() };
}

/** Opens the demo's controls and uses one. @param {Page} page @param {string} name its label */
export async function control(page, name) {
  await started(page);
  await page.locator('#controls').evaluate((each) => {
    /** @type {HTMLDetailsElement} */ (each).open = true;
  });
  const found = page.locator('#controls').getByText(name, { exact: true });
  await found.click();
}

/** From the open dialog to the checkout. @param {Page} page */
export async function buy(page) {
  await shopOf(page).getByRole('button', { name: 'Buy credits' }).click();
  await page.waitForURL(/checkout\.html/);
  await page.getByRole('button', { name: 'Place order' }).waitFor();
  await page.locator('#checkout:not([aria-busy])').waitFor();
}

/** Places the order. @param {Page} page @param {string} [method] */
export async function pay(page, method = 'Demo card') {
  await page.locator('label.method').filter({ hasText: method }).click();
  await page.getByRole('button', { name: 'Place order' }).click();
  await page.waitForURL(/payment\.html/);
  return page.locator('nivella-purchase-result');
}

/** An amount in millionths, from a decimal string. @param {string} text */
export function micro(text) {
  const [whole = '0', part = ''] = text.split('.');
  return BigInt(whole) * 1_000_000n + BigInt(part.padEnd(6, '0'));
}
