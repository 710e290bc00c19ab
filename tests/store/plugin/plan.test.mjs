/**
 * A plan that a product sells, at the real store in a browser: its owner chooses it for a product,
 * it is bought, runs, is bought again, upgraded and refunded, and what all are told of it is true.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launch } from '../../browser/harness.mjs';
import { oneLine } from '../../browser/person.mjs';
import { buyer } from './buyer.mjs';
import { owner, php } from './shopper.mjs';

const { STORE, NIVELLA_RUN } = process.env;
const skip = !(STORE && NIVELLA_RUN) && 'run by: make test-store WP_DIR=folder';
const NAME = `planner${Date.now().toString(36)}`;

describe('a plan that a product sells', { skip, timeout: 600_000 }, () => {
  const url = (STORE ?? '').replace(/\/?$/, '/');
  /** @type {Record<string, any>} */
  let shop = {};
  /** @type {ReturnType<typeof owner>} */
  let admin;
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {import('playwright-core').Page} */
  let desk;
  /** @type {Awaited<ReturnType<typeof buyer>>} */
  let person;
  /** The last order. */
  let order = 0;
  let received = '';
  before(async () => {
    shop = { ...php('prepare'), ...php('plans') };
    admin = owner(shop.password);
    browser = await launch();
    desk = (await buyer(browser, { locale: 'en-US' })).page;
    await desk.goto(`${url}wp-login.php`);
    await desk.fill('#user_login', 'admin');
    await desk.fill('#user_pass', 'admin');
    await desk.click('#wp-submit');
    await desk.waitForURL(/wp-admin/);
    person = await buyer(browser, { locale: 'en-US' });
    await person.signIn(NAME);
  });
  after(() => browser?.close());

  /** Buys a month, and the owner completes the order. @param {number} id */
  async function buy(id) {
    await person.add(id);
    await person.go('checkout/');
    await person.payInBlocks('cod');
    order = person.order();
    received = person.page.url();
    const waiting = oneLine(await person.page.locator('main').innerText());
    await admin('PUT', `orders/${order}`, { status: 'completed' });
    await person.page.reload({ waitUntil: 'networkidle' });
    return { waiting, done: oneLine(await person.page.locator('main').innerText()) };
  }

  /** What My account → Credits says. */
  async function account() {
    await person.go('my-account/credits/');
    return oneLine(await person.page.locator('.nivella-credits-plan').innerText());
  }

  /** What the owner's screen says of the account. */
  async function screen() {
    const id = php('account', NAME);
    await desk.goto(`${url}wp-admin/admin.php?page=nivella-credits&account=${id}`);
    return oneLine(await desk.locator('.nivella-credits-admin').innerText());
  }

  const note = () => php('notes', String(order)).join('\n');

  test('its owner chooses it in the product’s editor', async () => {
    for (const name of ['solo', 'team']) {
      await desk.goto(`${url}wp-admin/post.php?post=${shop[name]}&action=edit`);
      await desk.selectOption('#_nivella_credits_plan', name);
      await Promise.all([desk.waitForNavigation(), desk.click('#publish')]);
      assert.equal(await desk.inputValue('#_nivella_credits_plan'), name);
    }
    await desk.goto(`${url}wp-admin/admin.php?page=nivella-credits-plans`);
    assert.match(oneLine(await desk.locator('tr', { hasText: 'Team' }).innerText()), /\$29\.00/);
  });

  test('bought, it begins when the order is paid, and all are told until when', async () => {
    const { waiting, done } = await buy(shop.solo);
    assert.match(waiting, /Your plan Solo counts from the moment the order is paid\./);
    assert.match(done, new RegExp(`Your plan Solo began, and is paid until ${day(1)}\\.`));
    assert.match(note(), new RegExp(`The plan Solo began, and is paid until ${day(1)}\\.`));
    assert.equal(await account(), `Your plan: Solo, paid until ${day(1)}`);
    assert.match(await screen(), /Available 1,000 .*Allowance solo \+1,000/);
  });

  test('bought again, it goes on for another month, and brings nothing more now', async () => {
    const { done } = await buy(shop.solo);
    assert.match(done, new RegExp(`Your plan Solo goes on, and is paid until ${day(2)}\\.`));
    assert.match(note(), new RegExp(`The plan Solo goes on, and is paid until ${day(2)}\\.`));
    assert.equal(await account(), `Your plan: Solo, paid until ${day(2)}`);
    assert.match(await screen(), /Available 1,000 /);
  });

  test('that month refunded, the one before it stays', async () => {
    await admin('POST', `orders/${order}/refunds`, { amount: '9.00', api_refund: false });
    assert.match(note(), new RegExp(`goes on with the plan Solo until ${day(1)}\\.`));
    await person.page.goto(received, { waitUntil: 'networkidle' });
    const said = oneLine(await person.page.locator('main').innerText());
    assert.match(said, /What this order paid for the plan Solo does not count any more\./);
  });

  test('upgraded, the difference is there at once', async () => {
    const { done } = await buy(shop.team);
    assert.match(done, /Your plan changes from Solo to Team, and is paid until /);
    assert.match(note(), /The plan changes from Solo to Team, and is paid until /);
    assert.match(await account(), /^Your plan: Team, paid until /);
    assert.match(await screen(), /Available 5,000 /);
  });

  test('refunded, what was paid before goes on, and all are told so', async () => {
    await admin('POST', `orders/${order}/refunds`, { amount: '29.00', api_refund: false });
    assert.match(note(), new RegExp(`goes on with the plan Solo until ${day(1)}\\.`));
    await person.page.goto(received, { waitUntil: 'networkidle' });
    const said = oneLine(await person.page.locator('main').innerText());
    assert.match(said, /What this order paid for the plan Team does not count any more\./);
    // The running cycle keeps what it has brought.
    assert.equal(await account(), `Your plan: Team, paid until ${day(1)}`);
    assert.match(await screen(), /Available 5,000 /);
  });
});

/** So many months from today, as the store writes days; a month without that day ends earlier. */
function day(/** @type {number} */ months) {
  const now = new Date();
  const last = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months + 1, 0));
  const of = Math.min(now.getUTCDate(), last.getUTCDate());
  const date = new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), of));
  return date.toLocaleDateString('en-US', {
    timeZone: 'UTC', year: 'numeric', month: 'long', day: 'numeric',
  });
}
