/** The metered chat: what an answer costs, and what happens when the credits run out. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { RATE_CARD } from '../../www/shim/embedded/seed.js';
import {
  answer, balanceOf, buy, control, eventually, micro, notesOf, openWorld, pay, pillShows, say, says,
  shopOf, textOf, withSettings,
} from './person.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof openWorld>>} */
let world;
before(async () => {
  world = await openWorld();
});
afterEach(() => world?.leave());
after(() => world?.close());

const QUANTUM = micro(RATE_CARD.quantum);

/**
 * What the rate card says of it, in millionths: reckoned here once more, in whole numbers.
 * @param {{ feature: string, messages: number, input_tokens: number, output_tokens: number }} usage
 */
function priced({ feature, messages, input_tokens, output_tokens }) {
  const price = (/** @type {string} */ unit) => {
    const rate = RATE_CARD.rates.find((each) => each.feature === feature
      && /** @type {any} */ (each).unit === unit);
    return micro(rate?.credits ?? '0');
  };
  const thousandths = price('message') * BigInt(messages) * 1000n
    + price('input_tokens') * BigInt(input_tokens) + price('output_tokens') * BigInt(output_tokens);
  const step = QUANTUM * 1000n;
  return ((thousandths + step - 1n) / step) * QUANTUM;
}

/**
 * What the demo's assistant says to it, and what that uses.
 * @param {Page} page @param {string} question @param {string} model
 */
const work = (page, question, model) => page.evaluate(async ([asked, by]) => {
  const address = '/answers.js';
  const { answer: reply } = await import(address);
  return reply(asked, by);
}, [question, model]);

/** What is left once nothing is held any more. @param {Page} page */
const settled = (page) => eventually(async () => {
  const balance = await balanceOf(page);
  assert.equal(balance.held, '0', 'something is still held');
  return micro(balance.available);
});

/** @param {string} below such as "1.2 credits" */
const costIn = (below) => micro(/^([\d.]+) credits?$/.exec(below)?.[1] ?? 'no cost');

const toastOf = (/** @type {Page} */ page) => page.locator('nivella-credit-toast');

describe('what an answer costs', () => {
  test('each answer costs what the rate card says, and the pill counts down by it', async () => {
    const { page, faults } = await world.visitor();
    let left = await settled(page);
    assert.equal(left, micro('2341'));
    const asked = [
      ['Swift, to the point', 'swift', 'Can I move my delivery to Friday?'],
      ['Deep, in detail', 'deep', 'How do I care for oiled oak?'],
      ['Swift, to the point', 'swift', 'blorb'],
    ];
    for (const [at, [label, model, question]] of asked.entries()) {
      await page.locator('#model').selectOption({ label: String(label) });
      await say(page, String(question));
      const { words, below } = await answer(page, at + 1);
      const { text, usage } = await work(page, String(question), String(model));
      assert.equal(words, text);
      assert.equal(costIn(below), priced(usage), `${question}: ${below}`);
      const now = await settled(page);
      assert.equal(left - now, costIn(below), 'the line below the answer is what was taken');
      left = now;
    }
    await pillShows(page, `${(left / 1_000_000n).toLocaleString('en')} Credits`);
    const { shown } = await notesOf(page);
    assert.ok(!shown.includes('0'), `never a zero on the way: ${shown}`);
    assert.deepEqual(faults, []);
  });

  test('the most that the next answer can cost is said before, and kept', async () => {
    const { page } = await world.visitor();
    await page.locator('#model').selectOption({ label: 'Deep, in detail' });
    const composer = page.getByRole('textbox', { name: 'Write a message' });
    await composer.fill('How do I care for oiled oak?');
    await composer.blur();
    // Before it, there stood what the other model's answer can cost.
    const most = '2';
    await says(page.locator('#chat'), '#estimate', `Next one: ${most} credits at most`);
    await composer.press('Enter');
    const { below } = await answer(page, 1);
    assert.ok(costIn(below) <= micro(most), `${below}, said: ${most} at most`);
  });

  test('an answer that fails costs nothing and says so', async () => {
    const { page } = await world.visitor();
    await control(page, 'The next answer fails');
    await say(page, 'Where is my order?');
    const { words, below } = await answer(page, 1);
    assert.match(words, /couldn’t finish this answer/);
    assert.equal(below, 'No reply given, not charged');
    assert.equal(await settled(page), micro('2341'));
    await pillShows(page, '2,341 Credits');

    await say(page, 'Where is my order?');
    const second = await answer(page, 2);
    assert.match(second.words, /tracking link/);
    assert.equal(micro('2341') - (await settled(page)), costIn(second.below));
  });
});

describe('running out', () => {
  test('the message is kept, one click buys, and the next message goes through', async () => {
    const { page, faults } = await world.visitor();
    await control(page, 'Spend down to 3 credits');
    await says(toastOf(page), '#notice-title', 'Almost out of credits');
    await pillShows(page, '3 Credits');
    const question = 'Which table seats six people?';
    await page.locator('#model').selectOption({ label: 'Deep, in detail' });
    await say(page, question);
    const first = await answer(page, 1);
    assert.equal(costIn(first.below), priced((await work(page, question, 'deep')).usage));

    const kept = 'And how do I care for oiled oak, please?';
    await say(page, kept);
    await says(toastOf(page), '#notice-title', 'You’re out of credits');
    await says(toastOf(page), '#notice-text', /Your message is kept/);
    const composer = page.getByRole('textbox', { name: 'Write a message' });
    assert.equal(await composer.inputValue(), kept);
    assert.equal(await textOf(page.locator('#kept')), 'Not sent yet. Your message is kept.');
    assert.equal(await page.locator('.said.me').count(), 1, 'it does not stand there as if sent');
    const before = await settled(page);

    await toastOf(page).getByRole('button', { name: 'Add credit' }).click();
    await shopOf(page).getByRole('radio').first().waitFor();
    await buy(page);
    const result = await pay(page);
    await says(result, '#notice-title', '2,000 credits added');
    await result.getByRole('link', { name: 'Back to the chat' }).click();
    await page.waitForURL(/\/$|index\.html$/);
    await says(toastOf(page), '#notice-title', '2,000 credits added');
    assert.equal(await composer.inputValue(), kept);
    await eventually(async () => assert.ok(
      await composer.evaluate((each) => each === document.activeElement), 'ready to send',
    ));
    await page.keyboard.press('Enter');
    const second = await answer(page, 2);
    assert.equal(second.words, (await work(page, kept, 'deep')).text);
    assert.equal(await settled(page), before + micro('2000') - costIn(second.below));
    assert.equal(await textOf(page.locator('#kept')), '');
    assert.deepEqual(faults, []);
  });

  test('each level is said once, to the page and to whoever listens', async () => {
    const { page } = await world.visitor();
    const status = page.locator('nivella-credit-pill [role=status]');
    assert.equal(await status.textContent(), '', 'silent until something is crossed');
    await control(page, 'Spend down to 3 credits');
    await pillShows(page, '3 Credits');
    await eventually(async () => {
      const { told } = await notesOf(page);
      const levels = told.filter(({ name }) => name === 'low-balance');
      assert.deepEqual(levels.map(({ detail }) => detail.level), ['critical']);
    });
    await eventually(async () =>
      assert.equal(await status.textContent(), 'Almost out of credits: 3 left.'));
    await toastOf(page).getByRole('button', { name: 'Not now' }).click();
    await say(page, 'Where is my order?');
    await answer(page, 1);
    await settled(page);
    const { told } = await notesOf(page);
    assert.equal(told.filter(({ name }) => name === 'low-balance').length, 1, 'not on each charge');
    assert.equal(await textOf(toastOf(page), '#notice'), '', 'and “Not now” is heard');
  });
});

test('a visitor never reads of billing, also when there is nothing left', async () => {
  const { page, faults } = await world.visitor();
  await control(page, 'Spend down to 3 credits');
  await pillShows(page, '3 Credits');
  await withSettings(page, { viewer: 'visitor' });
  const chat = page.locator('#chat');
  await pillShows(page, /\w/);
  await page.locator('#model').selectOption({ label: 'Deep, in detail' });
  for (const [n, question] of ['Where is my order?', 'Do you deliver abroad?'].entries()) {
    await say(page, question);
    // The visitor's answer stands alone: no line below it says what it cost.
    if (n === 0) await page.locator('.said.them.done').waitFor();
  }
  await says(toastOf(page), '#notice-title', 'We’ll answer by e-mail');
  const seen = await textOf(chat);
  assert.doesNotMatch(seen, /add credit|buy|pay|top up|out of credits|balance/i);
  assert.equal(await page.locator('nivella-credit-pill').getByRole('button').count(), 0);
  const address = page.getByRole('textbox').last();
  await address.fill('someone@example.com');
  await address.press('Enter');
  await eventually(async () =>
    assert.match(await textOf(page.locator('#log')), /A person will write to you/));
  assert.equal(await textOf(toastOf(page), '#notice'), '');
  assert.deepEqual(faults, []);
});
