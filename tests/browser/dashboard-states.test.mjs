/** Every state of the usage dashboard: access, languages, width. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { STATES } from './dashboard-source.js';
import { dashboardStand, openDashboard } from './dashboard-stand.mjs';
import { axeViolations, launch } from './harness.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof dashboardStand>>} */
let stand;
/** @type {import('playwright-core').Browser} */
let browser;
before(async () => {
  [stand, browser] = await Promise.all([dashboardStand(), launch()]);
});
after(async () => {
  await browser?.close();
  await stand?.close();
});

/** @param {string} query @param {import('./harness.mjs').ContextOptions} [options] */
const open = (query, options) => openDashboard(browser, stand.origin, query, options);

/**
 * No key, placeholder or slip of a script in place of a text.
 * @param {Page} page @param {string} state
 */
async function saysAll(page, state) {
  const text = await page.locator('nivella-usage-dashboard #dash').innerText();
  assert.ok(text.length > 20, state);
  assert.doesNotMatch(text, /(usage|pool|action|menu)\.[a-z]|NaN|undefined|\{\w+\}/, state);
}

describe('every state', () => {
  const states = [...Object.keys(STATES), 'loading', 'failed'];
  for (const [theme, lang] of [['light', 'en'], ['dark', 'ar']]) {
    test(`has nothing that axe refuses, and says it all: ${theme}, ${lang}`, async () => {
      for (const state of states) {
        const { page, faults } = await open(`state=${state}&theme=${theme}&lang=${lang}`);
        assert.deepEqual(await axeViolations(page), [], state);
        assert.deepEqual(faults, [], state);
        await saysAll(page, state);
        await page.context().close();
      }
    });
  }

  for (const lang of ['de', 'pl']) {
    test(`has a text of its language for everything: ${lang}`, async () => {
      for (const state of states) {
        const { page } = await open(`state=${state}&lang=${lang}`);
        await saysAll(page, state);
        await page.context().close();
      }
    });
  }

  test('needs no sideways scroll on 320 pixels, nor with text twice as large', async () => {
    for (const state of ['ready', 'vast', 'no plan', 'nothing']) {
      for (const [lang, size] of [['en', '1px'], ['ar', '1px'], ['de', '2px']]) {
        const width = size === '2px' ? 640 : 320;
        const { page } = await open(`state=${state}&lang=${lang}`,
          { viewport: { width, height: 700 } });
        await page.evaluate((unit) => document.documentElement.style
          .setProperty('--nivella-unit', unit), size);
        await page.waitForTimeout(100);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(over <= 0, `${state}, ${lang}, ${size}: ${over} px too wide`);
        await page.context().close();
      }
    }
  });

  test('of purchased credits the next end is named, which need not be that of all', async () => {
    const { page, at } = await open('state=no+plan');
    assert.match(await at('#stats').innerText(), /Purchased\s+[\d,.]+\s+Next expiry Mar 31/);
    await page.context().close();
  });

  test('who may not see it is not told that it is being read', async () => {
    const { page, at } = await open('state=failed');
    await at('#notice').waitFor();
    assert.equal(await at('#as-of').innerText(), '');
    await page.context().close();
  });

  test('on a phone nothing is left free for what an account without use lacks', async () => {
    const { page, at } = await open('state=empty', { viewport: { width: 390, height: 844 } });
    const [title, cycle] = await Promise.all([at('.top div').first(), at('#cycle')]
      .map((part) => part.boundingBox()));
    const gap = (cycle?.y ?? 0) - (title?.y ?? 0) - (title?.height ?? 0);
    assert.ok(gap > 0 && gap <= 20, `${gap} px`);
    await page.context().close();
  });
});
