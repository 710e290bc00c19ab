/** Balances that a store should never send: the old view stays, and an event says what is wrong. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import {
  codesOf, eventually, notesOf, oneLine, pill, pillShows, pillText, says,
} from './person.mjs';
import {
  BALANCE, NO_ROUTE, balanceWith, json, openStand, publish, readAgain, refusal, settle, text,
} from './stand.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof openStand>>} */
let stand;
before(async () => {
  stand = await openStand();
});
afterEach(() => stand?.leave());
after(() => stand?.close());

/** @param {number} depth */
const deep = (depth) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** A body as text, so that it may hold what JSON.stringify would not write. @param {string} raw */
const raw = (raw) => (/** @type {number} */ version) => raw.replaceAll('VERSION', String(version));
/** @param {Record<string, unknown>} change */
const changed = (change) => (/** @type {number} */ version) =>
  JSON.stringify(balanceWith({ version, ...change }));

/** @type {[what: string, body: (version: number) => string, codes: string[]][]} */
const BAD = [
  ['cut in half', (version) => JSON.stringify(balanceWith({ version })).slice(0, 120),
    ['store_answer_invalid']],
  ['empty', raw(''), ['store_answer_invalid']],
  ['a page of HTML', raw('<!doctype html><p>Down for maintenance</p>'), ['store_answer_invalid']],
  ['null', raw('null'), ['store_answer_invalid']],
  ['a list', raw('[]'), ['store_answer_invalid']],
  ['a text', raw('"2341"'), ['store_answer_invalid']],
  ['nothing but braces', raw('{}'), ['snapshot_invalid']],
  ['a number as amount', changed({ available: 2341 }), ['amount_invalid']],
  ['null as amount', changed({ available: null }), ['amount_invalid']],
  ['an object as amount', changed({ available: {} }), ['amount_invalid']],
  ['no amount', raw('{"version":VERSION,"as_of":"2026-11-21T00:00:00.000Z","level":"ok"}'),
    ['amount_invalid', 'snapshot_invalid']],
  ['NaN', changed({ available: 'NaN' }), ['amount_invalid']],
  ['Infinity', changed({ available: 'Infinity' }), ['amount_invalid']],
  ['an exponent', changed({ available: '1e3' }), ['amount_invalid']],
  ['a minus', changed({ available: '-5' }), ['amount_invalid']],
  ['seven decimals', changed({ available: '1.0000001' }), ['amount_invalid']],
  ['a thousands comma', changed({ available: '2,341' }), ['amount_invalid']],
  ['Arabic digits', changed({ available: '٢٣٤١' }), ['amount_invalid']],
  ['a megabyte of digits', changed({ available: '9'.repeat(1_000_000) }),
    ['amount_invalid', 'amount_out_of_range', 'snapshot_too_large']],
  ['more than a ledger holds', changed({ available: '99999999999999999999' }),
    ['amount_invalid', 'amount_out_of_range']],
  ['a text as version', changed({ version: '42' }), ['snapshot_invalid']],
  ['a negative version', changed({ version: -1 }), ['snapshot_invalid']],
  ['half a version', changed({ version: 1.5 }), ['snapshot_invalid']],
  ['a version beyond counting', raw('{"version":1e300,"as_of":"2026-11-21T00:00:00.000Z"}'),
    ['snapshot_invalid']],
  ['no time', changed({ as_of: null }), ['snapshot_invalid']],
  ['a time in words', changed({ as_of: 'yesterday' }), ['snapshot_invalid']],
  ['a time out of all reason', changed({ as_of: '+275760-09-13T00:00:00.000Z' }),
    ['time_invalid', 'snapshot_invalid']],
  ['an unknown level', changed({ level: 'splendid' }), ['snapshot_invalid']],
  ['a level from the prototype', changed({ level: 'constructor' }), ['snapshot_invalid']],
  ['prototype keys', raw('{"__proto__":{"available":"9","level":"ok"},"version":VERSION,'
    + '"as_of":"2026-11-21T00:00:00.000Z","constructor":{"prototype":{"version":9}}}'),
  ['amount_invalid', 'snapshot_invalid']],
  ['deep nesting', raw(deep(100_000)), ['store_answer_invalid']],
];

// A25: on a page.
test('a bad snapshot leaves the last number, is told by code, and is healed', async () => {
  const { page, faults } = await stand.visitor({ answers: { [BALANCE]: json(balanceWith()) } });
  await pillShows(page, '2,341 Credits');
  let version = 41;
  for (const [what, body, codes] of BAD) {
    version += 1;
    const known = (await codesOf(page)).length;
    stand.answer({ [BALANCE]: text(body(version)) });
    await readAgain(page);
    const code = await eventually(async () => {
      const all = await codesOf(page);
      assert.ok(all.length > known, `${what}: nothing was said`);
      return all[known];
    });
    assert.ok(codes.includes(code), `${what}: ${code}, expected one of ${codes}`);
    assert.match(await pillText(page), /^2,\d{3} Credits( as of .+)?$/, what);

    version += 1;
    const available = String(2000 + version);
    stand.answer({ [BALANCE]: json(balanceWith({ version, available })) });
    await readAgain(page);
    await pillShows(page, new RegExp(`^2,${available.slice(1)} Credits$`));
  }
  const { shown } = await notesOf(page);
  assert.ok(shown.every((each) => /^2,\d{3}$/.test(each)), `shown: ${shown}`);
  assert.deepEqual(faults.filter((each) => !/status of/.test(each)), [], 'nothing is uncaught');
});

test('a bad first snapshot leaves what the server printed', async () => {
  for (const body of ['{"version":', '{"version":42,"as_of":"2026-11-21T00:00:00.000Z"}']) {
    const { page } = await stand.visitor({ answers: { [BALANCE]: text(body) } });
    await settle(page);
    await eventually(async () => assert.ok((await codesOf(page)).length > 0));
    assert.equal(oneLine(await page.locator('nivella-credit-pill').innerText()), '2,300 Credits');
    assert.equal(await pill(page).count(), 0, 'and no button that leads nowhere');
    assert.deepEqual((await notesOf(page)).shown, ['2,300']);
    await stand.leave();
  }
});

describe('order of versions', () => {
  test('an older version never takes the place of a newer, wherever it comes from', async () => {
    const { page } = await stand.visitor({ answers: { [BALANCE]: json(balanceWith()) } });
    await pillShows(page, '2,341 Credits');
    assert.equal(await publish(page, balanceWith({ version: 43, available: '2000' })), true);
    await pillShows(page, '2,000 Credits');
    stand.answer({ [BALANCE]: json(balanceWith({ version: 42, available: '2341' })) });
    assert.equal((await readAgain(page)).version, 43);
    assert.equal(await publish(page, balanceWith({ version: 42, available: '9000' })), false);
    await pillShows(page, '2,000 Credits');
    assert.deepEqual((await notesOf(page)).shown.slice(-2), ['2,341', '2,000']);
  });

  test('what was refused does not stand in the way of what comes after it', async () => {
    const { page } = await stand.visitor({ answers: { [BALANCE]: json(balanceWith()) } });
    await pillShows(page, '2,341 Credits');
    const huge = { ...balanceWith({ version: 9_000_000_000_000_000 }), available: 'lots' };
    assert.equal(await publish(page, huge), 'amount_invalid');
    await pillShows(page, '2,341 Credits');
    stand.answer({ [BALANCE]: json(balanceWith({ version: 44, available: '2001' })) });
    await readAgain(page);
    await pillShows(page, '2,001 Credits');
    await page.reload();
    await pillShows(page, '2,001 Credits');
  });
});

describe('a store that fails', () => {
  for (const [what, reply, code] of /** @type {const} */ ([
    ['500 with a code', refusal(500, 'internal_server_error'), 'store_refused'],
    ['500 with a page', text('<h1>Oops</h1>', 500, 'text/html'), 'store_answer_invalid'],
    ['502 of a gateway', text('Bad Gateway', 502, 'text/plain'), 'store_unreachable'],
    ['503 for maintenance', text('', 503), 'store_unreachable'],
    ['401', refusal(401, 'rest_not_logged_in'), 'not_signed_in'],
    ['403', refusal(403, 'rest_forbidden'), 'forbidden'],
    ['429', refusal(429, 'too_many_requests'), 'store_rate_limited'],
  ])) {
    test(`${what}: the number stays, with its time, and the next answer is taken`, async () => {
      const { page } = await stand.visitor({ answers: { [BALANCE]: json(balanceWith()) } });
      await pillShows(page, '2,341 Credits');
      stand.answer({ [BALANCE]: reply });
      await readAgain(page);
      if (code === 'not_signed_in') return; // whose number it was is not known any more
      await pillShows(page, /^2,341 Credits as of \d+:\d\d [AP]M$/);
      await eventually(async () => assert.ok((await codesOf(page)).includes(code)));
      const empty = balanceWith({ version: 42, available: '0', level: 'depleted' });
      stand.answer({ [BALANCE]: json(empty) });
      await readAgain(page);
      await pillShows(page, '0 Credits');
      const { shown } = await notesOf(page);
      assert.deepEqual(shown.slice(-2), ['2,341', '0'], 'a true zero is shown');
    });
  }

  test('no answer at all: the printed text stays, and the number comes when it can', async () => {
    let calls = 0;
    /** @type {(() => void)[]} */
    const waiting = [];
    const { page } = await stand.visitor({
      // Patience is eight seconds for a person, one for a test.
      before: (page) => page.addInitScript(() => {
        const { timeout } = AbortSignal;
        AbortSignal.timeout = (ms) => timeout.call(AbortSignal, ms / 8);
      }),
      answers: {
        [BALANCE]: () => new Promise((resolve) => {
          calls += 1;
          waiting.push(() => resolve(json(balanceWith())(/** @type {any} */ (null))));
        }),
      },
    });
    await eventually(() => assert.ok(calls > 0));
    assert.equal(oneLine(await page.locator('nivella-credit-pill').innerText()), '2,300 Credits');
    await eventually(async () =>
      assert.ok((await codesOf(page)).includes('store_unreachable')));
    assert.equal(oneLine(await page.locator('nivella-credit-pill').innerText()), '2,300 Credits');
    stand.answer({ [BALANCE]: json(balanceWith()) });
    await page.evaluate(() => globalThis.dispatchEvent(new Event('online')));
    await pillShows(page, '2,341 Credits');
    waiting.forEach((each) => each());
  });

  test('a store without a ledger: the pill says that it cannot know', async () => {
    const { page } = await stand.visitor({ answers: { [BALANCE]: NO_ROUTE } });
    await pillShows(page, 'Balance not known');
    assert.match(await pill(page).ariaSnapshot(), /button "Balance not known, account menu"/);
    await eventually(async () => assert.ok((await codesOf(page)).includes('ledger_missing')));
    await pill(page).click();
    const menu = page.getByRole('dialog', { name: 'Credits', exact: true });
    await says(menu, '#menu-value', 'Not known here');
    await says(menu, '#menu-note', /^This store sells credits but doesn’t show balances here yet/);
    await menu.getByRole('button', { name: 'Add credit' }).waitFor();
  });
});
