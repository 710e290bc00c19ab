/** Every state of the usage dashboard: access, languages, width. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { FAULTS, STATES } from './dashboard-source.js';
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
  const states = [...Object.keys(STATES), 'loading', ...Object.keys(FAULTS)];
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

  for (const [who, query, offers] of [
    ['who cannot be answered now may try again', 'state=failed', ['Try again']],
    ['a guest is led to where they sign in', 'state=guest&sign-in=/my-account/', ['Sign in']],
    ['a guest of a page that names no such place may try again', 'state=guest', ['Try again']],
    ['no script is a place', 'state=guest&sign-in=javascript:alert(1)', ['Try again']],
    ['who may not see it is offered nothing', 'state=refused&sign-in=/my-account/', []],
  ]) {
    test(String(who), async () => {
      const { page, at } = await open(String(query));
      await at('#notice').waitFor();
      const ways = at('#notice').locator('a, button').filter({ visible: true });
      assert.deepEqual(await ways.allInnerTexts(), offers);
      if (offers.includes('Sign in')) {
        const link = page.getByRole('link', { name: 'Sign in' });
        assert.equal(await link.getAttribute('href'), `${stand.origin}/my-account/`);
      }
      await page.context().close();
    });
  }

  test('what fails says nothing of a purchase: nobody has begun one', async () => {
    for (const state of Object.keys(FAULTS)) {
      const { page, at } = await open(`state=${state}`);
      await at('#notice').waitFor();
      assert.doesNotMatch(await at('#notice').innerText(), /charged|choice/, state);
      await page.context().close();
    }
  });

  test('its head is read on any page: it has the page’s ink, cards have their own', async () => {
    const { page, at } = await open('state=ready');
    await page.evaluate(() => {
      Object.assign(document.body.style, { background: '#28303d', color: 'rgb(240, 240, 240)' });
    });
    const inkOf = (/** @type {string} */ part) =>
      at(part).evaluate((node) => getComputedStyle(node).color);
    for (const part of ['#title', '#as-of']) {
      assert.equal(await inkOf(part), 'rgb(240, 240, 240)', part);
    }
    for (const part of ['#cycle h3', '#dates-form', '#explain-open']) {
      assert.notEqual(await inkOf(part), 'rgb(240, 240, 240)', part);
    }
    await page.context().close();
  });

  test('on the smallest phone no name, date or choice is cut off', async () => {
    const { page, at } = await open('state=ready', { viewport: { width: 320, height: 800 } });
    await at('.entry .who').first().waitFor();
    const cut = await at('#dash').evaluate((dash) =>
      [...dash.querySelectorAll(
        '.entry :is(.who > span, .what > span, .end), #stats *, .button')]
        .filter((node) => node.scrollWidth > node.clientWidth + 1 && node.clientWidth)
        .map((node) => node.textContent?.trim()));
    assert.deepEqual(cut, []);
    // A field does not say what it cuts off: a date with its picker, the longest choice.
    for (const [field, least] of /** @type {const} */ ([
      ['#plan-from', 130], ['[name="low-unit"]', 160],
    ])) {
      const box = await at(field).boundingBox();
      assert.ok((box?.width ?? 0) >= least, `${field}: ${box?.width} px`);
    }
    await page.context().close();
  });

  test('details in another script are read from their beginning', async () => {
    const viewport = { width: 390, height: 800 };
    const { page, at } = await open('state=ready&lang=ar', { viewport });
    const details = at('.entry small:not(:empty)').first();
    await details.waitFor();
    const [direction, text] = await details.evaluate((node) =>
      [getComputedStyle(node).direction, node.textContent ?? '']);
    assert.match(text ?? '', /^[A-Z]/i);
    assert.equal(direction, 'ltr');
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
