/** The credits in an order and the balance after it, in the store's cart and checkout. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { axeViolations } from './harness.mjs';
import { codesOf, eventually, says } from './person.mjs';
import { BALANCE, balanceWith, json, openStand, pageOf, publish, refusal } from './stand.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof openStand>>} */
let stand;
before(async () => {
  stand = await openStand();
});
afterEach(() => stand?.leave());
after(() => stand?.close());

const PRINTED = 'Credits in this order: 5,000';
/** @param {string} attributes */
const page = (attributes) => pageOf(
  `<p id="alone"><nivella-order-credits store="/" ${attributes}>${PRINTED}`
  + '</nivella-order-credits></p>',
);

/**
 * The order's element once it has shown something.
 * @param {string} attributes @param {Record<string, any>} [more]
 */
async function order(attributes, more = {}) {
  const made = await stand.visitor({ html: page(attributes), ...more });
  await made.page.evaluate(async () => {
    const address = '/pkg/nivella-credits.js';
    await (await import(address)).define();
    await /** @type {any} */ (document.querySelector('nivella-order-credits')).ready;
  });
  return { ...made, line: made.page.locator('nivella-order-credits') };
}

/** The rows as a reader has them. @param {import('playwright-core').Locator} line */
const rows = (line) => line.evaluate((host) =>
  [...(host.shadowRoot?.querySelectorAll('.row, #order-note') ?? [])]
    .filter((row) => row.checkVisibility())
    .map((row) => /** @type {HTMLElement} */ (row).innerText.replace(/\s+/g, ' ').trim()));

const bonus = 'credits="5000" bonus="500"';
const plain = 'credits="5000" bonus="0"';
const known = (/** @type {Record<string, any>} */ change) =>
  ({ answers: { [BALANCE]: json(balanceWith(change)) } });
const debt = { available: '0', posted: '-120', debt: '120', pools: [], level: 'depleted' };
const TABLE = /** @type {[string, string, object, string[]][]} */ ([
  ['a known balance', plain, known({}), [
    'Credits in this order 5,000', 'Balance after this purchase 7,341']],
  ['a bonus', bonus, known({}), [
    'Credits in this order 5,000 +500 bonus', 'Balance after this purchase 7,841']],
  ['what is owed', plain, known(debt), [
    'Credits in this order 5,000', 'Balance after this purchase 4,880',
    '120 of them repay what is owed.']],
  ['parts of a credit', 'credits="13501.5" bonus="0"', known({}), [
    'Credits in this order 13,501.5', 'Balance after this purchase 15,842']],
  ['an unlimited plan', plain, known({ unlimited: true, level: 'unlimited' }), [
    'Credits in this order 5,000', 'Balance after this purchase Unlimited']],
  ['a balance out of reach', plain, { answers: { [BALANCE]: refusal(503, 'store_unreachable') } }, [
    'Credits in this order 5,000', '+5,000 to your balance']],
]);

describe('the order’s line', () => {
  for (const [name, attributes, more, expected] of TABLE) {
    test(`with ${name}`, async () => {
      const { line, page } = await order(attributes, more);
      assert.deepEqual(await rows(line), expected);
      assert.deepEqual(await axeViolations(page, '#alone'), []);
    });
  }

  test('a guest is told of no balance, and the ledger is not asked for one', async () => {
    const before = stand.requests.length;
    const { line, faults } = await order(`${plain} guest`);
    const [first, note, ...more] = await rows(line);
    assert.equal(first, 'Credits in this order 5,000');
    assert.match(note ?? '', /^Without an account: once the order is paid we mail you a link/);
    assert.deepEqual(more, []);
    const asked = stand.requests.slice(before).filter((path) => path.includes('balance'));
    assert.deepEqual([asked, faults], [[], []]);
  });

  test('taken out and put elsewhere, it follows cart and balance again', async () => {
    const { line, page, faults } = await order(plain);
    for (const [turn, pause] of [0, 50].entries()) {
      await line.evaluate(async (host, ms) => {
        host.remove();
        if (ms) await new Promise((resolve) => { setTimeout(resolve, ms); });
        document.body.append(host);
      }, pause);
      await publish(page, balanceWith({ version: 42 + turn, available: `${2300 + turn}` }));
      await eventually(async () => assert.deepEqual(await rows(line), [
        'Credits in this order 5,000', `Balance after this purchase 7,30${turn}`]));
      await line.evaluate((host) => host.setAttribute('credits', '6000'));
      await eventually(async () =>
        assert.equal((await rows(line))[0], 'Credits in this order 6,000'));
      await line.evaluate((host) => host.setAttribute('credits', '5000'));
    }
    assert.deepEqual(faults, []);
  });

  test('follows the cart without a new start, and says where it ends', async () => {
    const { line, page } = await order(plain);
    const text = () => line.evaluate((host) =>
      host.shadowRoot?.getElementById('order-says')?.textContent);
    assert.equal(await text(), '', 'nobody changed anything yet');
    await line.evaluate((host) => {
      /** @type {any} */ (globalThis).root = host.shadowRoot?.getElementById('order');
      host.setAttribute('credits', '6000');
      host.setAttribute('credits', '15000');
      host.setAttribute('bonus', '1500');
    });
    assert.deepEqual(await rows(line), [
      'Credits in this order 15,000 +1,500 bonus', 'Balance after this purchase 18,841']);
    await says(line, '#order-says', 'Balance after this purchase: 18,841');
    const same = await page.evaluate(() => {
      const host = document.querySelector('nivella-order-credits');
      return host?.shadowRoot?.getElementById('order') === /** @type {any} */ (globalThis).root;
    });
    assert.ok(same);
    const projected = await line.evaluate((host) => /** @type {any} */ (host).projected);
    assert.equal(projected, '18841');
  });

  test('its words begin where lines do, also in a cell whose text ends at the end', async () => {
    const { line, page } = await order(plain);
    await page.evaluate(() => {
      /** @type {HTMLElement} */ (document.querySelector('#alone')).style.textAlign = 'right';
    });
    const aligned = await line.evaluate((host) =>
      ['dt', 'dd'].map((part) =>
        getComputedStyle(/** @type {Element} */ (host.shadowRoot?.querySelector(part))).textAlign));
    assert.deepEqual(aligned, ['start', 'end']);
  });

  test('follows the balance, and stops projecting when it is no longer known', async () => {
    const { line, page } = await order(plain);
    await publish(page, balanceWith({ version: 42, available: '2300' }));
    assert.deepEqual((await rows(line))[1], 'Balance after this purchase 7,300');
    stand.answer({ [BALANCE]: refusal(503, 'store_unreachable') });
    await page.evaluate(async () => {
      const address = '/pkg/nivella-credits.js';
      const { connect } = await import(address);
      await (await connect({ store: '/' })).account.refresh();
    });
    assert.deepEqual((await rows(line))[1], '+5,000 to your balance');
  });

  for (const [name, credits] of [['no amount', 'abc'], ['below 0', '-5'], ['too much', '1e30']]) {
    test(`credits that are ${name}: the server’s text stays, the page hears a code`, async () => {
      const { line, page } = await order(`credits="${credits}" bonus="0"`);
      assert.deepEqual(await rows(line), []);
      assert.equal(await line.innerText(), PRINTED);
      assert.match(String(await codesOf(page)), /^amount_/);
    });
  }

  test('without scripts it is the server’s text', async () => {
    const { page: quiet } = await stand.visitor({ html: page(plain), javaScriptEnabled: false });
    assert.equal(await quiet.locator('#alone').innerText(), PRINTED);
  });

  test('takes size and colour of the text around it, from right to left too', async () => {
    const arabic = '<html lang="ar" dir="rtl">';
    const html = page(`${plain} locale="ar"`).replace('<html lang="en">', arabic);
    const { page: other } = await stand.visitor({ html });
    await other.evaluate(async () => {
      document.body.style.cssText = 'font-size: 22px; color: rgb(10, 20, 30)';
      const address = '/pkg/nivella-credits.js';
      await (await import(address)).define();
      await /** @type {any} */ (document.querySelector('nivella-order-credits')).ready;
    });
    const [style, sides] = await other.locator('nivella-order-credits').evaluate((host) => {
      const at = (/** @type {string} */ name) =>
        /** @type {HTMLElement} */ (host.shadowRoot?.querySelector(name));
      const { color, fontSize } = getComputedStyle(at('dd'));
      const left = (/** @type {string} */ name) => at(name).getBoundingClientRect().left;
      return [[color, fontSize], left('dd') < left('dt')];
    });
    assert.deepEqual([style, sides], [['rgb(10, 20, 30)', '22px'], true]);
  });
});

/** What a checkout shows, then what the page after it says. */
describe('the result of an order', () => {
  /** @param {string} attributes @param {string} available @param {string} [kept] */
  async function result(attributes, available, kept = '{}') {
    const html = pageOf(
      `<nivella-purchase-result store="/" ${attributes}>Printed.</nivella-purchase-result>`);
    const made = await stand.visitor({
      html,
      answers: { [BALANCE]: json(balanceWith({ available, version: 50 })) },
      before: (page) => page.addInitScript((text) => {
        if (text !== '{}') localStorage.setItem('nivella-credits:purchase', text);
      }, kept),
    });
    return { ...made, notice: made.page.locator('nivella-purchase-result') };
  }
  const keep = (/** @type {object} */ change = {}) => JSON.stringify({
    id: 'order', quantity: 1, credits: '5000', projected: '7341', return_to: '',
    kept_at: Date.now(), ...change,
  });
  const booked = 'state="success" order="12" credits="5000" repaid="0"';

  const TOLD = /** @type {[string, string, string, string, string][]} */ ([
    [
      'as it was projected', `${booked} used="0"`, '7341', keep(),
      'You now have 7,341, as projected.',
    ],
    ['less, as so much was used', `${booked} used="16"`, '7325', keep(),
      'You now have 7,325: 16 were used since your order.'],
    [
      'less, which use does not explain', `${booked} used="4"`, '7325', keep(),
      'You now have 7,325.',
    ],
    ['less, and use is not known', booked, '7325', keep(), 'You now have 7,325.'],
    ['what another order projected', `${booked} used="0"`, '7341', keep({ credits: '2000' }),
      'You now have 7,341.'],
    ['what became another order', `${booked} used="0"`, '7341', keep({ order: '11' }),
      'You now have 7,341.'],
    ['debt that was repaid', `${booked.replace('repaid="0"', 'repaid="120"')} used="0"`, '4880',
      keep({ projected: '4880' }),
      'You now have 4,880, as projected. 120 of them repaid what was owed.'],
  ]);
  for (const [name, attributes, available, kept, text] of TOLD) {
    test(`tells ${name}, and the same when the page is loaded again`, async () => {
      const { notice, page } = await result(attributes, available, kept);
      await says(notice, '#notice-title', '5,000 credits added');
      await says(notice, '#notice-text', text);
      await page.reload();
      await says(notice, '#notice-text', text);
    });
  }

  test('states of what is not booked are told without a balance', async () => {
    const claim = await result('state="claim" order="12" guest', '7341');
    await says(claim.notice, '#notice-title', 'Claim your credits');
    await says(claim.notice, '#notice-text', /^Order 12 is paid\. We mail you a link/);
    const failed = await result('state="failed" order="12" pay-url="/pay" guest', '7341');
    await says(failed.notice, '#notice-text',
      'The payment of order 12 did not go through, so no credits were added.');
    await failed.notice.getByRole('link', { name: 'Pay now' }).waitFor();
  });

  const back = (/** @type {string} */ to) => `${booked} used="0" return-url="${to}"`;
  for (const [to, shown] of /** @type {[string, number][]} */ ([
    ['/chat/?a=1', 1], ['https://evil.example/', 0], ['//evil.example/', 0],
    ['javascript:alert(1)', 0],
  ])) {
    test(`the way back to ${to} is ${shown ? 'a link' : 'not followed'}`, async () => {
      const { notice } = await result(back(to), '7341');
      await says(notice, '#notice-title', '5,000 credits added');
      const link = notice.getByRole('link', { name: 'Back to where you were' });
      assert.equal(await link.count(), shown);
    });
  }

  test('another origin of the store’s own list is a way back, one beside it is not', async () => {
    const printed = (/** @type {string} */ to) => pageOf(
      `<nivella-purchase-result ${back(to)}>Printed.</nivella-purchase-result>`,
      `<script type="application/json" id="wp-script-module-data-nivella-credits">${JSON.stringify({
        endpoints: {
          home: `${stand.origin}/`, rest: `${stand.origin}/wp-json/`, checkout: '/checkout/',
          origins: ['https://chat.example'],
        },
      })}</script>`);
    for (const [to, shown] of /** @type {[string, number][]} */ ([
      ['https://chat.example/a', 1], ['https://chat.example.evil.example/', 0],
    ])) {
      const { page } = await stand.visitor({ html: printed(to) });
      const notice = page.locator('nivella-purchase-result');
      await says(notice, '#notice-title', '5,000 credits added');
      const link = notice.getByRole('link', { name: 'Back to where you were' });
      assert.equal(await link.count(), shown, to);
    }
  });
});
