/** Everything without a mouse, and what is said aloud: at thresholds only. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import {
  answer, control, eventually, notesOf, openMenu, openShop, openWorld, pill, pillShows, say, says,
  shopOf,
} from './person.mjs';
import { balanceWith, openStand, publish } from './stand.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof openWorld>>} */
let world;
/** @type {Awaited<ReturnType<typeof openStand>>} */
let stand;
before(async () => {
  [world, stand] = await Promise.all([openWorld(), openStand()]);
});
afterEach(() => Promise.all([world?.leave(), stand?.leave()]));
after(() => Promise.all([world?.close(), stand?.close()]));

/** The name of what has the focus, through shadow roots. @param {Page} page */
const focused = (page) => page.evaluate(() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  const label = at?.getAttribute('aria-label') ?? /** @type {any} */ (at)?.labels?.[0]?.innerText;
  const said = label || at?.querySelector('#name')?.textContent || at?.textContent || '';
  return `${at?.localName} ${said.replace(/\s+/g, ' ').trim()}`;
});

/** Presses Tab until it is there. @param {Page} page @param {RegExp} wanted @param {number} most */
async function tabTo(page, wanted, most = 60) {
  const passed = [];
  for (let n = 0; n < most; n += 1) {
    await page.keyboard.press('Tab');
    passed.push(await focused(page));
    if (wanted.test(passed.at(-1) ?? '')) return passed;
  }
  return assert.fail(`no ${wanted} among ${passed.join(' | ')}`);
}

/** A visible ring around what has the focus. @param {Page} page */
const ringed = (page) => page.evaluate(() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  const parts = [at, at?.nextElementSibling, at?.parentElement].filter((each) => each !== null);
  return parts.some((each) => ['', '::before', '::after'].some((pseudo) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(/** @type {Element} */ (each), pseudo);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  }));
});

describe('keys alone', () => {
  test('buy: from the top of the page to the receipt and back to the message', async () => {
    const { page, faults } = await world.visitor();
    await tabTo(page, /^button 2,341 Credits.*account menu$/);
    assert.ok(await ringed(page), 'the pill shows that it has the focus');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Credits', exact: true }).waitFor();
    await eventually(async () => assert.match(await focused(page), /^div Credits/));
    await tabTo(page, /^button Add credit$/, 2);
    assert.ok(await ringed(page));
    await page.keyboard.press('Enter');
    const shop = shopOf(page);
    await eventually(async () => assert.match(await focused(page), /^input 2,000 credits/));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await says(shop, '#buy-after', '7,341');
    assert.match(await focused(page), /^input 5,000 credits/);
    assert.ok(await ringed(page), 'one ring for the whole card');
    await tabTo(page, /^input Quantity$/, 3);
    await page.keyboard.press('ArrowUp');
    await says(shop, '#buy-after', '12,341');
    await tabTo(page, /^button Buy credits$/, 6);
    assert.ok(await ringed(page));
    await page.keyboard.press('Enter');
    await page.waitForURL(/checkout\.html/);
    await page.locator('#checkout:not([aria-busy])').waitFor();
    await tabTo(page, /^button Place order$/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/payment\.html/);
    await says(page.locator('nivella-purchase-result'), '#notice-title', '10,000 credits added');
    await tabTo(page, /^a Back to the chat$/);
    assert.ok(await ringed(page));
    await page.keyboard.press('Enter');
    await pillShows(page, '12,341 Credits');
    await eventually(async () => assert.match(await focused(page), /^textarea Write a message/));
    assert.deepEqual(faults, []);
  });

  test('the dialog keeps the focus in, and Escape gives it back to the pill', async () => {
    const { page } = await world.visitor();
    await openShop(page);
    const seen = new Set();
    for (let n = 0; n < 14; n += 1) {
      await page.keyboard.press('Tab');
      seen.add(await focused(page));
    }
    const outside = [...seen].filter((each) => /Write a message|account menu|^a /.test(each));
    assert.deepEqual(outside, []);
    assert.ok([...seen].some((each) => /^button Close$/.test(each)), [...seen].join(' | '));
    await page.keyboard.press('Escape');
    await shopOf(page).waitFor({ state: 'hidden' });
    await eventually(async () => assert.match(await focused(page), /^button 2,341 Credits/));
  });

  test('How credits work over the dialog closes first, and the choice is kept', async () => {
    const { page } = await world.visitor();
    const shop = await openShop(page);
    await eventually(async () => assert.match(await focused(page), /^input 2,000 credits/));
    await page.keyboard.press('ArrowDown');
    await shop.getByRole('button', { name: 'How credits work' }).click();
    const about = page.getByRole('dialog', { name: 'How credits work' });
    await about.waitFor();
    await page.keyboard.press('Escape');
    await about.waitFor({ state: 'hidden' });
    assert.ok(await shop.isVisible(), 'one Escape, one layer');
    assert.match(await focused(page), /^button How credits work$/);
    await says(shop, '#buy-after', '7,341');
  });

  test('a toast takes no focus; its button gives it back when the dialog closes', async () => {
    const { page } = await world.visitor();
    const composer = page.getByRole('textbox', { name: 'Write a message' });
    await composer.focus();
    await page.locator('button[name=spend]').evaluate((each) =>
      /** @type {HTMLButtonElement} */ (each).click());
    const toast = page.locator('nivella-credit-toast');
    await says(toast, '#notice-title', 'Almost out of credits');
    assert.match(await focused(page), /^textarea/);
    const add = toast.getByRole('button', { name: 'Add credit' });
    await add.focus();
    await page.keyboard.press('Enter');
    await shopOf(page).getByRole('radio').first().waitFor();
    await page.keyboard.press('Escape');
    await shopOf(page).waitFor({ state: 'hidden' });
    await eventually(async () => assert.equal(await focused(page), 'button Add credit'));
    await page.keyboard.press('Escape');
    await says(toast, '#notice', '');
  });
});

describe('what is said aloud', () => {
  test('answers cost in silence; a level that is crossed is said once', async () => {
    const { page } = await world.visitor();
    /** Every text that the pill's live region comes to hold. */
    await page.evaluate(() => {
      /** @type {string[]} */
      const spoken = [];
      Object.assign(globalThis, { spoken });
      const root = document.querySelector('nivella-credit-pill')?.shadowRoot;
      new MutationObserver((changes) => {
        const region = root?.querySelector('#status');
        if (region?.textContent && changes.some(({ target }) => region.contains(target))) {
          spoken.push(region.textContent);
        }
      }).observe(/** @type {Node} */ (root), { childList: true, subtree: true });
    });
    const spoken = () => page.evaluate(() => /** @type {any} */ (globalThis).spoken);
    for (const [n, question] of ['Where is my order?', 'Do you deliver abroad?'].entries()) {
      await say(page, question);
      await answer(page, n + 1);
    }
    assert.deepEqual(await spoken(), []);
    await control(page, 'Spend down to 3 credits');
    await eventually(async () =>
      assert.deepEqual(await spoken(), ['Almost out of credits: 3 left.']));
    await openMenu(page);
    assert.equal((await spoken()).length, 1);
  });

  test('10,000 changes in a burst paint once a frame and say each level at most once', async () => {
    const { page } = await stand.visitor();
    await pillShows(page, '2,341 Credits');
    await publish(page, balanceWith({ version: 99, available: '10000' }));
    await pillShows(page, '10,000 Credits');
    const template = balanceWith();
    const seen = await page.evaluate(async (like) => {
      const address = '/pkg/nivella-credits.js';
      const { connect } = await import(address);
      const { account } = await connect({ store: '/' });
      const root = document.querySelector('nivella-credit-pill')?.shadowRoot;
      const count = { paintings: 0, frames: 0 };
      /** @type {string[]} */
      const spoken = [];
      const value = /** @type {Node} */ (root?.querySelector('#value'));
      const status = /** @type {Node} */ (root?.querySelector('#status'));
      const watched = { childList: true, characterData: true, subtree: true };
      new MutationObserver(() => { count.paintings += 1; }).observe(value, watched);
      new MutationObserver(() => { spoken.push(status.textContent ?? ''); })
        .observe(status, watched);
      let going = true;
      const frame = () => {
        count.frames += 1;
        if (going) requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
      const at = Date.now();
      for (let left = 9_999; left >= 0; left -= 1) {
        const low = left <= 75 ? 'critical' : left <= 300 ? 'low' : 'ok';
        const level = left === 0 ? 'depleted' : low;
        const version = 10_099 - left;
        const as_of = new Date(at + version).toISOString();
        const posted = String(left);
        account.publish({ ...like, version, as_of, available: posted, posted, level });
        // Frames pass meanwhile, as in a page that does other work.
        if (left % 500 === 0) await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      going = false;
      return { ...count, spoken };
    }, template);
    await pillShows(page, '0 Credits');
    assert.ok(seen.paintings <= seen.frames, `${seen.paintings} in ${seen.frames} frames`);
    assert.ok(seen.paintings >= 10, 'it did paint on the way');
    assert.ok(seen.spoken.length <= 3, `said: ${seen.spoken}`);
    assert.equal(seen.spoken.at(-1), 'You’re out of credits.');
    assert.equal(new Set(seen.spoken).size, seen.spoken.length);
    const { told } = await notesOf(page);
    const levels = told.filter(({ name }) => ['low-balance', 'depleted'].includes(name));
    assert.equal(levels.length, seen.spoken.length, 'an event for each, and no more');
    assert.equal(await pill(page).count(), 1);
  });
});
