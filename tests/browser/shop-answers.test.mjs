/** What a store's products, cart and page may hold: all of it is shown as what it is. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import {
  codesOf, eventually, notesOf, oneLine, pill, pillShows, says, shopOf, textOf,
} from './person.mjs';
import {
  BALANCE, CART, NO_ROUTE, PRODUCTS, balanceWith, json, openStand, pageOf, readAgain, recorded,
  refusal, showShop, text,
} from './stand.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof openStand>>} */
let stand;
before(async () => {
  stand = await openStand();
});
afterEach(() => stand?.leave());
after(() => stand?.close());

const TOKENS = recorded('products-list-tokens').body;
/** @param {Record<string, string>} map */
const mapped = (map) => JSON.stringify(map).replaceAll('"', '&quot;');
/** @param {string} map */
const shop = (map) => pageOf(`<nivella-credit-pill store="/"></nivella-credit-pill>
<nivella-buy-credits store="/" credits-map="${map}"></nivella-buy-credits>`);

/** @param {Page} page */
const errorsOf = async (page) =>
  (await notesOf(page)).told.filter(({ name }) => name === 'error').map(({ detail }) => detail);

describe('packages', () => {
  test('names with markup are shown as text, and nothing of them runs', async () => {
    const name = '&lt;b onclick=&quot;alert(1)&quot;&gt;Big&lt;/b&gt; <img src=x onerror=alert(1)>';
    const products = TOKENS.slice(0, 2).map((/** @type {any} */ each, /** @type {number} */ n) =>
      ({ ...each, name: n === 0 ? name : 'Plain &amp; simple' }));
    const html = shop(mapped({ 'id:10': '2000', 'id:11': '2000' }));
    const { page, faults } = await stand.visitor({ html, answers: { [PRODUCTS]: json(products) } });
    page.on('dialog', () => assert.fail('a name ran'));
    const dialog = await showShop(page);
    const cards = (await dialog.locator('[part~=package]').allInnerTexts()).map(oneLine);
    assert.match(cards[0] ?? '', /<b onclick="alert\(1\)">Big<\/b>/);
    assert.match(cards[1] ?? '', /Plain & simple/);
    assert.equal(await dialog.locator('[part~=package] b b, [part~=package] img').count(), 0);
    assert.deepEqual(faults, []);
  });

  test('a package that does not say its credits is left out, and an event names it', async () => {
    const html = shop(mapped({ 'id:10': '2000', 'sku:NV-5000': '5000' }));
    const { page } = await stand.visitor({ html });
    const dialog = await showShop(page);
    assert.equal(await dialog.getByRole('radio').count(), 2);
    await eventually(async () => {
      const found = await errorsOf(page);
      assert.deepEqual(found.map(({ code }) => code), Array(4).fill('package_without_credits'));
      assert.deepEqual(found.map(({ details }) => details.product), ['12', '13', '14', '15']);
    });
  });

  test('a package whose credits end is on offer, and nothing says that none do', async () => {
    const two = TOKENS.slice(0, 2);
    const products = two.map((/** @type {any} */ each, /** @type {number} */ n) => ({
      ...each,
      extensions: { 'nivella-credits': { credits: '2000', validity_days: n === 1 ? 365 : null } },
    }));
    const answers = { [PRODUCTS]: json(products) };
    const { page } = await stand.visitor({ html: shop('{}'), answers });
    const dialog = await showShop(page);
    assert.equal(await dialog.getByRole('radio').count(), 2);
    assert.doesNotMatch(await textOf(dialog, '#buy-intro'), /never expire/);
  });

  test('credits that are no amount leave their package out; the others can be bought', async () => {
    const credits = ['2000', '-5', '1e3', 2000.5, 'NaN', '99999999999999'];
    const products = TOKENS.map((/** @type {any} */ each, /** @type {number} */ n) =>
      ({ ...each, extensions: { 'nivella-credits': { credits: credits[n] } } }));
    const { page } = await stand.visitor({
      html: shop('{}'), answers: { [PRODUCTS]: json(products) },
    });
    const dialog = await showShop(page);
    assert.equal(await dialog.getByRole('radio').count(), 1);
    await says(dialog, '#buy-after', '4,341');
    await eventually(async () => assert.equal((await codesOf(page)).length, 5));
    const known = ['amount_invalid', 'amount_out_of_range', 'package_without_credits'];
    for (const code of await codesOf(page)) assert.ok(known.includes(code), code);
  });

  for (const [currency, first] of [['eur', /^10,00\s€$/], ['jpy', /^¥\s?10$/]]) {
    test(`prices are written as the store writes them: ${currency}`, async () => {
      const { body } = recorded(`products-list-${currency}`);
      const { page } = await stand.visitor({ answers: { [PRODUCTS]: json(body) } });
      const dialog = await showShop(page);
      assert.match(await textOf(dialog, '[part~=payable]'), /** @type {RegExp} */ (first));
      const [cheapest] = await page.locator('nivella-buy-credits').first()
        .evaluate((each) => /** @type {any} */ (each).packages);
      assert.match(cheapest.price.text, /** @type {RegExp} */ (first));
    });
  }

  test('quantities that are none are refused by code, and unknown packages too', async () => {
    const { page } = await stand.visitor();
    await showShop(page);
    const codes = await page.locator('nivella-buy-credits').first().evaluate((each) => {
      /** @param {any} id @param {any} quantity */
      const tried = (id, quantity) => {
        try {
          /** @type {any} */ (each).select(id, quantity);
          return 'taken';
        } catch (error) {
          return /** @type {any} */ (error).code;
        }
      };
      const quantities = [0, -1, 1.5, NaN, Infinity, 'x', {}, 1e12];
      const refused = quantities.map((quantity) => tried('10', quantity));
      return [...refused, tried('999', 1), tried('', 1)];
    });
    assert.deepEqual(codes.slice(0, 7), Array(7).fill('quantity_invalid'));
    assert.match(codes[7], /^quantity_(invalid|limited)$/);
    assert.deepEqual(codes.slice(8), ['package_unknown', 'package_unknown']);
    await says(shopOf(page), '#buy-after', '3,341');
  });
});

describe('a storefront that fails', () => {
  const titles = {
    store_answer_invalid: 'The store gave an unclear answer',
    store_unreachable: 'The store can’t be reached',
    store_refused: 'The store declined this',
  };
  for (const [what, reply, code] of /** @type {const} */ ([
    ['cut JSON', text('[{"id":10,'), 'store_answer_invalid'],
    ['an object', json({ products: [] }), 'store_answer_invalid'],
    ['rows of nothing', json([null, 7, {}]), 'store_answer_invalid'],
    ['a gateway', text('', 504), 'store_unreachable'],
    ['a refusal', refusal(403, 'woocommerce_rest_forbidden'), 'store_refused'],
  ])) {
    test(`${what}: the dialog says so and can try again`, async () => {
      const { page } = await stand.visitor({ answers: { [PRODUCTS]: reply } });
      const dialog = await showShop(page);
      await says(dialog, '#buy-failure-title', titles[code]);
      await eventually(async () => assert.ok((await codesOf(page)).includes(code)));
      assert.equal(await dialog.getByRole('button', { name: 'Buy credits' }).isVisible(), false);
      stand.answer({ [PRODUCTS]: json(TOKENS) });
      await dialog.getByRole('button', { name: 'Try again' }).click();
      await dialog.getByRole('radio').first().waitFor();
      await says(dialog, '#buy-after', '3,341');
    });
  }

  test('no packages: the dialog says so, and offers nothing to buy', async () => {
    const { page } = await stand.visitor({ answers: { [PRODUCTS]: json([]) } });
    const dialog = await showShop(page);
    assert.match(await textOf(dialog), /No packages on offer/);
    assert.equal(await dialog.getByRole('button', { name: 'Buy credits' }).isVisible(), false);
  });

  test('a refused choice is told, nothing is opened, and the next try can work', async () => {
    const refused = recorded('add-item-out-of-stock');
    const { page } = await stand.visitor({
      answers: { [`${CART}/add-item`]: json(refused.body, refused.status) },
    });
    const dialog = await showShop(page);
    const button = dialog.getByRole('button', { name: 'Buy credits' });
    await button.click();
    await says(dialog, '#buy-error-text', 'This package can’t be bought now. Choose another one.');
    assert.deepEqual(await codesOf(page), ['package_unavailable']);
    assert.equal(new URL(page.url()).pathname, '/');
    const added = recorded('add-item-ok').body;
    stand.answer({
      [`${CART}/add-item`]: json(added), '/checkout/': text('<h1>Checkout</h1>', 200, 'text/html'),
    });
    const id = String(added.items[0].id);
    await dialog.locator(`input[value="${id}"]`).check({ force: true });
    const { quantity } = added.items[0];
    if (quantity > 1) await dialog.getByRole('spinbutton').fill(String(quantity));
    await button.click();
    await page.getByRole('heading', { name: 'Checkout' }).waitFor();
  });
});

describe('a balance that is not known', () => {
  test('is not projected: the dialog says what the purchase adds', async () => {
    const { page } = await stand.visitor({ answers: { [BALANCE]: NO_ROUTE } });
    await pillShows(page, 'Balance not known');
    const dialog = await showShop(page);
    await says(dialog, '#buy-gain', '+1,000 to your balance');
    assert.equal(await textOf(dialog, '#buy-after'), '');
    await eventually(async () => assert.match(
      (await dialog.getByRole('status').textContent()) ?? '',
      /^1,000 credits to your balance, \$10\.00 to pay$/,
    ));
    assert.doesNotMatch(await textOf(dialog), /never expire/i, 'nobody has said so');
  });

  test('nor is one that is old', async () => {
    const { page } = await stand.visitor({ answers: { [BALANCE]: json(balanceWith()) } });
    await pillShows(page, '2,341 Credits');
    stand.answer({ [BALANCE]: text('', 503) });
    await readAgain(page);
    const dialog = await showShop(page);
    await says(dialog, '#buy-gain', '+1,000 to your balance');
    stand.answer({ [BALANCE]: json(balanceWith({ version: 42 })) });
    await readAgain(page);
    await says(dialog, '#buy-after', '3,341');
  });
});

describe('large numbers', () => {
  test('a million million credits are shown in full, also on a narrow page', async () => {
    const { page } = await stand.visitor({
      viewport: { width: 320, height: 640 },
      answers: { [BALANCE]: json(balanceWith({ available: '1000000000000' })) },
    });
    await pillShows(page, '1,000,000,000,000 Credits');
    const box = await pill(page).boundingBox();
    assert.ok(box && box.x >= 0 && box.x + box.width <= 320, JSON.stringify(box));
    const cut = await page.locator('nivella-credit-pill #value').evaluate((each) =>
      each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).overflow !== 'visible');
    assert.equal(cut, false);
    await pill(page).click();
    const menu = page.getByRole('dialog', { name: 'Credits', exact: true });
    await says(menu, '#menu-value', '1,000,000,000,000');
    const sideways = await page.evaluate(() =>
      document.documentElement.scrollWidth > document.documentElement.clientWidth);
    assert.equal(sideways, false);
  });
});
