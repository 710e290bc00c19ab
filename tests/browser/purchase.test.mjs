/** The story that everything is for: from the pill to more credits, and back into the chat. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import {
  balanceOf, buy, codesOf, eventually, notesOf, oneLine, openMenu, openShop, openWorld, pay, pill,
  pillShows, pillText, says, shopOf, textOf,
} from './person.mjs';

/** @type {Awaited<ReturnType<typeof openWorld>>} */
let world;
before(async () => {
  world = await openWorld();
});
afterEach(() => world?.leave());
after(() => world?.close());

describe('the pill and its menu', () => {
  test('the pill says what is left, in words for the eye and for the ear', async () => {
    const { page, faults } = await world.visitor();
    await pillShows(page, '2,341 Credits');
    assert.match(await pill(page).ariaSnapshot(), /button "2,341 Credits(, .*)?, account menu"/);
    assert.equal(await pill(page).getAttribute('aria-expanded'), 'false');
    assert.deepEqual((await notesOf(page)).shown, ['2,341']);
    assert.deepEqual(faults, []);
  });

  test('a click opens the menu with plan and purchased apart, and another closes it', async () => {
    const { page } = await world.visitor();
    const menu = await openMenu(page);
    assert.match(await textOf(menu), /^Available Credits 2,341 /);
    const lines = (await menu.getByRole('listitem').allInnerTexts()).map(oneLine);
    assert.equal(lines.length, 2);
    assert.match(lines[0] ?? '', /^Plan allowance 841 of 1,500, renews \w+ \d+$/);
    assert.equal(lines[1], 'Purchased 1,500 Never expires');
    await menu.getByRole('button', { name: 'Add credit' }).waitFor();
    await menu.getByRole('button', { name: 'How credits work' }).waitFor();
    assert.equal(await pill(page).getAttribute('aria-expanded'), 'true');

    await pill(page).click();
    await menu.waitFor({ state: 'hidden' });
    await openMenu(page);
    await page.getByRole('heading', { name: 'How can we help?' }).click();
    await menu.waitFor({ state: 'hidden' });
  });

  test('keys open the menu, walk it, and Escape gives the focus back to the pill', async () => {
    const { page } = await world.visitor();
    await pill(page).focus();
    await page.keyboard.press('Enter');
    const menu = page.getByRole('dialog', { name: 'Credits', exact: true });
    await menu.waitFor();
    const focused = () => page.evaluate(() => {
      const inside = document.activeElement?.shadowRoot?.activeElement;
      return `${inside?.id}`;
    });
    await eventually(async () => assert.equal(await focused(), 'menu'));
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'menu-add');
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'menu-usage');
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'menu-explain');
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'hidden' });
    assert.equal(await focused(), 'pill');
    await page.keyboard.press('Space');
    await menu.waitFor();
  });

  test('How credits work names prices, order and zero, and closes to the pill', async () => {
    const { page } = await world.visitor();
    const menu = await openMenu(page);
    await menu.getByRole('button', { name: 'How credits work' }).click();
    const about = page.getByRole('dialog', { name: 'How credits work' });
    await says(about, '#explain-rates', /Voice calls.* 8 credits a started minute/);
    const text = await textOf(about);
    assert.match(text, /Whatever ends first: your plan’s allowance/);
    assert.match(text, /AI answers pause, and nothing is charged on its own/);
    assert.doesNotMatch(text, /token/i, 'raw model tokens are nobody’s business');
    await page.keyboard.press('Escape');
    await about.waitFor({ state: 'hidden' });
    const focused = await page.evaluate(() => document.activeElement?.localName);
    assert.equal(focused, 'nivella-credit-pill');
  });
});

describe('the Buy Credits dialog', () => {
  test('lists the packages and says what the first of them would do', async () => {
    const { page } = await world.visitor();
    const shop = await openShop(page);
    const radios = await shop.getByRole('radio').all();
    assert.equal(radios.length, 6);
    assert.ok(await radios[0]?.isChecked(), 'the first buyable one is chosen, not a larger one');
    const cards = (await shop.locator('[part~=package]').allInnerTexts()).map(oneLine);
    assert.match(cards[1] ?? '', /^5,000 credits (.+ )?\$20\.00 \$0\.0040 per credit$/);
    assert.match(cards[5] ?? '', /^40,000 credits (.+ )?\$60\.00 \$0\.0015 per credit$/);
    await says(shop, '[part~=before]', '2,341');
    await says(shop, '#buy-after', '4,341');
    await says(shop, '[part~=payable]', '$10.00');
    const steps = (await shop.getByRole('listitem').allInnerTexts()).map(oneLine);
    assert.match(steps[0] ?? '', /^Plan allowance Renews \w+ \d+, unused credits end then 841$/);
    assert.equal(steps[1], 'Purchased before Never expires 1,500');
    assert.equal(steps[2], 'This package Never expires +2,000');
  });

  test('arrows move and choose, a quantity multiplies, and one sentence says so', async () => {
    const { page } = await world.visitor();
    const shop = await openShop(page);
    await eventually(async () => assert.ok(
      await shop.getByRole('radio').first().evaluate((each) => each.matches(':focus')),
      'the chosen radio has the focus',
    ));
    await page.keyboard.press('ArrowDown');
    await says(shop, '#buy-after', '7,341');
    await says(shop, '[part~=payable]', '$20.00');
    const quantity = shop.getByRole('spinbutton', { name: 'Quantity' });
    await quantity.fill('3');
    await quantity.press('Tab');
    await says(shop, '#buy-after', '17,341');
    await says(shop, '[part~=payable]', '$60.00');
    await eventually(async () => assert.match(
      (await shop.getByRole('status').textContent()) ?? '',
      /^17,341 after this purchase, (until about .+, )?\$60\.00 to pay$/,
    ));
    const projected = await page.locator('nivella-buy-credits').first()
      .evaluate((each) => /** @type {any} */ (each).projection);
    assert.equal(projected.current, '2341');
    assert.equal(projected.projected, '17341');
    assert.deepEqual(projected.payable, { amount: '60.00', currency: 'USD', text: '$60.00' });
  });

  test('a quantity below one or of parts is refused and the last true one comes back', async () => {
    const { page } = await world.visitor();
    const shop = await openShop(page);
    const quantity = shop.getByRole('spinbutton', { name: 'Quantity' });
    for (const wrong of ['-2', '0', '1.5', '']) {
      await quantity.fill(wrong);
      await quantity.press('Enter');
      await eventually(async () =>
        assert.equal(await quantity.inputValue(), '1', `after “${wrong}”`));
      assert.equal(new URL(page.url()).pathname, '/', 'nothing is bought');
      await says(shop, '#buy-after', '4,341');
    }
    await eventually(async () =>
      assert.deepEqual([...new Set(await codesOf(page))], ['quantity_invalid']));
  });
});

test('from three packages of 5,000 to 17,341 credits, a receipt, and the chat', async () => {
  const { page, faults } = await world.visitor();
  await openShop(page);
  await page.keyboard.press('ArrowDown');
  const quantity = shopOf(page).getByRole('spinbutton', { name: 'Quantity' });
  await quantity.fill('3');
  await quantity.press('Tab');
  await says(shopOf(page), '#buy-after', '17,341');
  await buy(page);
  await says(page.locator('#lines'), 'li', '5,000 AI Credits, 3 pieces $60.00');
  await says(page.locator('#sums'), 'div >> nth=-1', 'Total $60.00');

  const result = await pay(page);
  await says(result, '#notice-title', '15,000 credits added');
  await says(result, '#notice-text', /^You now have 17,341, as projected\./);
  await pillShows(page, '17,341 Credits');
  const told = (await notesOf(page)).told.find(({ name }) => name === 'credits-purchased');
  assert.equal(told?.detail.credits, '15000');
  assert.equal(told?.detail.balance.available, '17341');

  await result.getByRole('link', { name: 'View receipt' }).click();
  const receipt = page.getByRole('region', { name: 'Receipt' });
  await receipt.waitFor();
  assert.match(await textOf(receipt), /Paid 5,000 AI Credits, 3 pieces \$60\.00 Total \$60\.00/);
  await receipt.scrollIntoViewIfNeeded();
  await result.getByRole('link', { name: 'Back to the chat' }).click();
  await page.waitForURL(/\/$|index\.html$/);
  await pillShows(page, '17,341 Credits');
  const { shown } = await notesOf(page);
  assert.deepEqual(shown, ['17,341'], 'no other number before it');
  assert.equal((await balanceOf(page)).available, '17341');
  assert.match(await pillText(page), /^17,341 Credits( until ~\w+ \d+(, \d{4})?)?$/);
  assert.deepEqual(faults, []);
});

test('texts that come late cost nobody the greeting', async () => {
  const { page } = await world.visitor();
  await page.route('**/texts.json', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue();
  });
  await openShop(page);
  await buy(page);
  const result = await pay(page);
  await says(result, '#notice-title', '2,000 credits added');
  await result.getByRole('link', { name: 'Back to the chat' }).click();
  await says(page.locator('nivella-credit-toast'), '#notice-title', '2,000 credits added');
});
