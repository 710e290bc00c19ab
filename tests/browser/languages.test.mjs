/** What the eye gets in other languages: texts, plurals, digits, direction. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { shot } from './harness.mjs';
import { eventually, openWorld, pill, pillShows, pillText, says, withSettings } from './person.mjs';
import { balanceWith, openStand, pageOf, publish } from './stand.mjs';

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

/** @param {Locator} of */
async function boxOf(of) {
  const box = await of.boundingBox();
  assert.ok(box);
  return { ...box, right: box.x + box.width, bottom: box.y + box.height };
}

describe('languages', () => {
  test('German groups by dots and says German words', async () => {
    const { page } = await world.visitor();
    await withSettings(page, { lang: 'de' });
    await pillShows(page, '2.341 Credits');
    await pill(page).click();
    const menu = page.getByRole('dialog', { name: 'Credits', exact: true });
    await says(menu, '#menu-pools', /1\.500 .*Verfällt nie/);
    await menu.getByRole('button', { name: 'Credits aufladen' }).click();
    const shop = page.getByRole('dialog', { name: 'Credits kaufen' });
    await shop.getByRole('radio').first().waitFor();
    await says(shop, '#buy-after', '4.341');
    await says(shop, '[part~=payable]', '$10.00');
    assert.equal(await sideways(page), 0);
    assert.deepEqual(await stickingOut(page), []);
    await shot(page, 'buy-de');
  });

  test('Polish has a form for one, for few, for many and for parts', async () => {
    const html = pageOf('<nivella-credit-pill store="/" locale="pl"></nivella-credit-pill>');
    const { page } = await stand.visitor({ html });
    await pillShows(page, '2341 kredytów');
    let version = 41;
    for (const [available, shown] of /** @type {const} */ ([
      ['1', '1 kredyt'], ['2', '2 kredyty'], ['5', '5 kredytów'], ['22', '22 kredyty'],
      ['12', '12 kredytów'], ['1000000', '1 000 000 kredytów'],
    ])) {
      version += 1;
      await publish(page, balanceWith({ version, available }));
      await eventually(async () =>
        assert.equal((await pillText(page)).replaceAll(/\u00a0|\u202f/g, ' '), shown));
    }
  });

  test('prices in credits take their forms, too: 3 kredyty, 8 kredytów, 0,5 kredytu', async () => {
    const { page } = await world.visitor();
    await withSettings(page, { lang: 'pl' });
    await pillShows(page, /^2341 kredytów/);
    await pill(page).click();
    const element = page.locator('nivella-credit-pill');
    await element.locator('#menu-explain').click();
    const rates = /8 kredytów .* 3 kredyty .* 0,5 kredytu /;
    await says(element, '#explain-rates', rates);
  });

  test('Arabic runs from right to left, with its digits and all six forms', async () => {
    const html = pageOf('<nivella-credit-pill store="/" locale="ar-EG"></nivella-credit-pill>');
    const { page } = await stand.visitor({ html });
    let version = 41;
    for (const [available, shown] of /** @type {const} */ ([
      ['1', '١ رصيد'], ['2', '٢ رصيدان'], ['3', '٣ أرصدة'], ['11', '١١ رصيدًا'],
      ['100', '١٠٠ رصيد'], ['2341', '٢٬٣٤١ رصيدًا'],
    ])) {
      version += 1;
      await publish(page, balanceWith({ version, available }));
      await eventually(async () => assert.equal(await pillText(page), shown));
    }
  });

  test('in Arabic all of the demo mirrors, inside the window, with prices as written', async () => {
    const { page, faults } = await world.visitor();
    await withSettings(page, { lang: 'ar' });
    await pillShows(page, '٢٬٣٤١');
    await pill(page).click();
    const menu = page.getByRole('dialog', { name: 'الرصيد', exact: true });
    await menu.waitFor();
    const frame = await boxOf(menu);
    assert.ok(frame.x >= 0 && frame.right <= 1280, JSON.stringify(frame));
    const [name, amount] = await Promise.all([
      boxOf(menu.locator('[data-f=name]').first()), boxOf(menu.locator('.amount').first()),
    ]);
    assert.ok(name.x > amount.x, 'names at the right, amounts at the left');
    await shot(page, 'menu-ar');
    await menu.getByRole('button', { name: 'إضافة رصيد' }).click();
    const shop = page.getByRole('dialog', { name: 'شراء رصيد' });
    await shop.getByRole('radio').first().waitFor();
    const [radio, price] = await Promise.all([
      boxOf(shop.getByRole('radio').first()), boxOf(shop.locator('[part~=price]').first()),
    ]);
    assert.ok(radio.x > price.x, 'the radio leads, at the right');
    await says(shop, '[part~=payable]', '$10.00');
    await says(shop, '#buy-after', '٤٬٣٤١');
    assert.equal(await sideways(page), 0);
    assert.deepEqual(await stickingOut(page), []);
    await shot(page, 'buy-ar');
    assert.deepEqual(faults, []);
  });
});
