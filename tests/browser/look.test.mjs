/** What the eye gets: dark and light, small screens, still ones. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { shot } from './harness.mjs';
import {
  control, eventually, openMenu, openShop, openWorld, pill, pillShows, say, says, shopOf,
} from './person.mjs';
import { shopPage } from './shop.mjs';
import { BALANCE, balanceWith, json, openStand, publish, showShop } from './stand.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Locator} Locator */

/** @type {Awaited<ReturnType<typeof openWorld>>} */
let world;
/** @type {Awaited<ReturnType<typeof openStand>>} */
let stand;
before(async () => {
  [world, stand] = await Promise.all([openWorld(), openStand()]);
});
afterEach(() => Promise.all([world?.leave(), stand?.leave()]));
after(() => Promise.all([world?.close(), stand?.close()]));

/** @param {Page} page */
const sideways = (page) => page.evaluate(() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth - clientWidth;
});

/** What sticks out of the window to a side. @param {Page} page */
const stickingOut = (page) => page.evaluate(() => {
  /** @type {string[]} */
  const found = [];
  const walk = (/** @type {ParentNode} */ root) => {
    for (const each of root.querySelectorAll('*')) {
      if (each.shadowRoot) walk(each.shadowRoot);
      const box = each.getBoundingClientRect();
      const seen = box.width > 1 && box.height > 1 && each.checkVisibility({
        opacityProperty: true, visibilityProperty: true,
      });
      if (seen && (box.left < -1 || box.right > innerWidth + 1)) {
        found.push(`${each.localName}#${each.id} ${box.left}..${box.right}`);
      }
    }
  };
  walk(document.body);
  return found;
});

/** How light a ground is, from 0 (black) to 255. @param {Locator} of */
const lightness = (of) => of.evaluate((each) => {
  const [r = 0, g = 0, b = 0] = (getComputedStyle(each).backgroundColor.match(/[\d.]+/g) ?? [])
    .map(Number);
  return (r + g + b) / 3;
});

/** @param {Locator} of */
async function boxOf(of) {
  const box = await of.boundingBox();
  assert.ok(box);
  return { ...box, right: box.x + box.width, bottom: box.y + box.height };
}

describe('dark and light', () => {
  const tags = shopPage({ dialog: true });
  const declares = (/** @type {string} */ what) =>
    shopPage({ dialog: true, head: `<meta name="color-scheme" content="${what}">` });

  for (const [what, html, colorScheme, dark] of /** @type {const} */ ([
    ['a page that declares both, on a dark machine, is dark', declares('light dark'), 'dark', true],
    ['a page that declares both, on a light machine, is light', declares('light dark'), 'light',
      false],
    ['a page that declares nothing stays light on a dark machine', tags, 'dark', false],
    ['a page that declares light stays light on a dark machine', declares('light'), 'dark', false],
    ['a dark page is dark on a light machine', declares('dark'), 'light', true],
  ])) {
    test(what, async () => {
      const { page } = await stand.visitor({ html, colorScheme });
      await pillShows(page, '2,341 Credits');
      const shop = await showShop(page);
      const ground = await lightness(shop);
      assert.equal(ground < 80, dark, `the dialog’s ground is ${ground}`);
      await page.keyboard.press('Escape');
      const ink = await page.locator('nivella-credit-pill #value').evaluate((each) =>
        Number(/\d+/.exec(getComputedStyle(each).color)?.[0]));
      assert.equal(ink > 128, dark, `the number’s ink is ${ink}`);
    });
  }

  test('a reader who turns to dark while the page is open is followed', async () => {
    const { page } = await stand.visitor({ html: declares('light dark'), colorScheme: 'light' });
    await pillShows(page, '2,341 Credits');
    const shop = await showShop(page);
    assert.ok((await lightness(shop)) > 200);
    await page.emulateMedia({ colorScheme: 'dark' });
    await eventually(async () => assert.ok((await lightness(shop)) < 80));
  });
});

describe('small screens', () => {
  for (const width of [320, 390]) {
    test(`${width} px: the chat, its menu and its dialog fit, with nothing to a side`, async () => {
      const { page } = await world.visitor({ viewport: { width, height: 720 } });
      await pillShows(page, '2,341');
      assert.equal(await sideways(page), 0);
      assert.deepEqual(await stickingOut(page), []);
      await pill(page).click();
      await page.getByRole('dialog', { name: 'Credits', exact: true }).waitFor();
      assert.deepEqual(await stickingOut(page), []);
      await shot(page, `menu-${width}`);
      await page.keyboard.press('Escape');
      const shop = await openShop(page);
      await says(shop, '#buy-after', '4,341');
      assert.equal(await sideways(page), 0);
      assert.deepEqual(await stickingOut(page), []);
      await shot(page, `buy-${width}`);
    });
  }

  test('on a phone the dialog is a sheet whose foot keeps price and button in reach', async () => {
    const { page } = await world.visitor({ viewport: { width: 390, height: 720 } });
    const shop = await openShop(page);
    await eventually(async () => {
      const sheet = await boxOf(shop);
      assert.deepEqual([sheet.x, Math.round(sheet.width)], [0, 390]);
    });
    const button = shop.getByRole('button', { name: 'Buy credits' });
    const inReach = async () => {
      const [foot, payable] = [await boxOf(button), await boxOf(shop.locator('[part~=payable]'))];
      return foot.bottom <= 720 && payable.bottom <= 720 && payable.y > 360;
    };
    await eventually(async () => assert.ok(await inReach(), 'once the sheet has risen'));
    await shop.getByRole('radio').last().scrollIntoViewIfNeeded();
    assert.ok(await inReach(), 'and after it');
    await says(shop, '#buy-peek-after', '4,341');
  });

  test('in a view under 480 px high the foot lets go, and everything can be reached', async () => {
    const { page } = await world.visitor({ viewport: { width: 390, height: 400 } });
    const shop = await openShop(page);
    const button = shop.getByRole('button', { name: 'Buy credits' });
    await button.scrollIntoViewIfNeeded();
    assert.ok((await boxOf(button)).bottom <= 400);
    await shop.getByRole('radio').first().scrollIntoViewIfNeeded();
    assert.ok((await boxOf(button)).bottom > 400, 'it does not cover the packages');
  });

  test('twice as large text is not cut and does not scroll sideways', async () => {
    const { page } = await stand.visitor({
      viewport: { width: 640, height: 800 },
      html: shopPage({ dialog: true }),
      before: (page) => page.addInitScript(() => {
        addEventListener('DOMContentLoaded', () =>
          document.documentElement.style.setProperty('--nivella-unit', '2px'));
      }),
    });
    await pillShows(page, '2,341 Credits');
    const shop = await showShop(page);
    await says(shop, '#buy-after', '3,341');
    assert.equal(await sideways(page), 0);
    assert.deepEqual(await stickingOut(page), []);
    await shot(page, 'buy-200-percent');
  });
});

describe('motion', () => {
  /** @param {Page} page */
  const moving = (page) => page.evaluate(() => document.getAnimations()
    .filter((each) => Number(each.effect?.getComputedTiming().duration) > 0)
    .map((each) => `${/** @type {any} */ (each).transitionProperty ?? each.id}`));

  test('with reduced motion nothing moves, opening, changing or closing', async () => {
    const { page } = await world.visitor({ reducedMotion: 'reduce' });
    await pillShows(page, '2,341 Credits');
    await openMenu(page);
    assert.deepEqual(await moving(page), []);
    await page.keyboard.press('Escape');
    const shop = await openShop(page);
    assert.deepEqual(await moving(page), []);
    await page.keyboard.press('ArrowDown');
    await says(shop, '#buy-after', '7,341');
    assert.deepEqual(await moving(page), []);
    await page.keyboard.press('Escape');
    assert.deepEqual(await moving(page), []);
    await control(page, 'Spend down to 3 credits');
    await pillShows(page, '3 Credits');
    assert.deepEqual(await moving(page), []);
  });

  test('nothing moves at the first painting, and a number never counts', async () => {
    const { page } = await stand.visitor({ answers: { [BALANCE]: json(balanceWith()) } });
    await pillShows(page, '2,341 Credits');
    assert.deepEqual(await moving(page), []);
    await publish(page, balanceWith({ version: 42, available: '5000' }));
    await pillShows(page, '5,000 Credits');
    const { shown } = await page.evaluate(() => /** @type {any} */ (globalThis).look());
    assert.deepEqual(shown.slice(-2), ['2,341', '5,000']);
  });
});

test('with forced colours every control has an edge and the choice is told by more', async () => {
  const { page } = await world.visitor({ forcedColors: 'active' });
  /** Width and colour of its edge. @param {Locator} of @param {string} [pseudo] */
  const edge = (of, pseudo) => of.evaluate((each, part) => {
    const { borderTopWidth, borderTopStyle, borderTopColor } = getComputedStyle(each, part);
    return borderTopStyle === 'none' ? '0px' : `${borderTopWidth} ${borderTopColor}`;
  }, pseudo);
  assert.match(await edge(pill(page)), /^[1-9]/, 'the pill');
  const shop = await openShop(page);
  assert.match(await edge(shop.getByRole('button', { name: 'Buy credits' })), /^[1-9]/);
  const cards = shop.locator('[part~=package] .what');
  const [chosen, other] = [
    await edge(cards.first(), '::before'), await edge(cards.last(), '::before'),
  ];
  assert.match(other, /^[1-9]/, 'the cards');
  assert.notEqual(parseFloat(chosen), parseFloat(other), 'the chosen one has a wider edge');
  await shot(page, 'buy-forced-colours');
  await page.keyboard.press('Escape');
  await say(page, 'Where is my order?');
  await shopOf(page).waitFor({ state: 'hidden' });
  await shot(page, 'chat-forced-colours');
});
