/** What a page with a pill asks for, whatever nonce it was printed with, and for whom. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { budgets } from '../bench/budgets.mjs';
import { watch } from '../bench/live.mjs';
import { codesOf, eventually, oneLine, pillShows } from './person.mjs';
import {
  AJAX, BALANCE, PILL, balanceWith, json, openStand, pageOf, refusal, text,
} from './stand.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('./stand.mjs').Reply} Reply */

const SCRIPT = '/pkg/nivella-credits.js';
const NONCE = `${AJAX}?action=nivella_credits_nonce`;
const FRESH = 'fresh12345';
const OUTDATED = refusal(403, 'rest_cookie_invalid_nonce');

/** @type {Awaited<ReturnType<typeof openStand>>} */
let stand;
before(async () => {
  stand = await openStand();
});
afterEach(() => stand?.leave());
after(() => stand?.close());

/** As WordPress does: without a nonce a guest, with an outdated one refused. @type {Reply} */
const toWhomItIs = (asked) => {
  const nonce = asked.headers['x-wp-nonce'];
  if (nonce === undefined) return refusal(401, 'rest_forbidden')(asked);
  return (nonce === FRESH ? json(balanceWith()) : OUTDATED)(asked);
};

const signedIn = { [BALANCE]: toWhomItIs, [AJAX]: text(FRESH, 200, 'text/plain') };
const guest = { [BALANCE]: toWhomItIs, [AJAX]: text('0', 200, 'text/plain') };

/** @param {{ nonce?: string, attributes?: string }} printed */
const page = ({ nonce, attributes = '' }) => {
  const endpoints = { home: '/', rest: '/wp-json/', checkout: '/checkout/', ajax: NONCE, nonce };
  const data = JSON.stringify({ endpoints });
  return pageOf(
    `<nivella-credit-pill ${attributes}>2,300 Credits</nivella-credit-pill>`,
    `<script type="application/json" id="wp-script-module-data-nivella-credits">${data}</script>`,
  );
};

/**
 * Somebody at such a page, and what that one asks for from now on.
 * @param {Record<string, Reply>} answers @param {Parameters<typeof page>[0]} printed
 */
async function visitor(answers, printed) {
  const before = stand.requests.length;
  const made = await stand.visitor({
    answers, html: page(printed), before: (page) => page.addInitScript(watch),
  });
  /** @param {string} path */
  const times = (path) => stand.requests.slice(before).filter((each) => each === path).length;
  return { ...made, times };
}

/** What was asked for until the number was there. @param {Page} page */
const askedBefore = (page) => page.evaluate(() => {
  const [live] = performance.getEntriesByName('live');
  return performance.getEntriesByType('resource')
    .filter(({ startTime }) => startTime <= live.startTime)
    .map(({ name }) => name.replace(location.origin, ''))
    .filter((address) => address !== '/favicon.ico');
});

/** Reads the balance once more, by the page's own connection. @param {Page} page */
const readOnceMore = (page) => page.evaluate(async (address) => {
  const { connect } = await import(address);
  const { account } = await connect();
  return (await account.refresh()).stale;
}, SCRIPT);

describe('until the pill is live, a reader who is signed in asks for', () => {
  /** @type {[string, { nonce?: string }, string[]][]} */
  const cases = [
    ['the balance, with a nonce', { nonce: FRESH }, [SCRIPT, BALANCE]],
    ['a nonce too, with an old one', { nonce: 'old1234567' }, [SCRIPT, BALANCE, NONCE, BALANCE]],
    ['a nonce first, on a page for everyone', {}, [SCRIPT, NONCE, BALANCE]],
  ];
  for (const [what, printed, expected] of cases) {
    test(`${what}; and for no nonce afterwards`, async () => {
      const { page, times } = await visitor(signedIn, printed);
      await pillShows(page, '2,341 Credits');
      assert.deepEqual(await askedBefore(page), expected);
      assert.ok(expected.length <= budgets.renewedRequests);
      const refused = expected.filter((each) => each === BALANCE).length;
      assert.equal(await readOnceMore(page), false);
      assert.equal(times(BALANCE), refused + 1, 'the next reading is not refused');
      assert.equal(times(NONCE), expected.includes(NONCE) ? 1 : 0);
      assert.deepEqual(await codesOf(page), []);
    });
  }

  test('the pill of a site, with an old nonce: renewed as well', async () => {
    const { page } = await visitor(
      { ...signedIn, [PILL]: toWhomItIs },
      { nonce: 'old1234567', attributes: 'site="s 1"' },
    );
    await eventually(async () => assert.deepEqual(
      await askedBefore(page),
      [SCRIPT, `${PILL}?site=s%201`, NONCE, `${PILL}?site=s%201`],
    ));
  });
});

/** The page has said why, and asks for nothing more. @param {Page} page @param {string} code */
async function endsIn(page, code) {
  await eventually(async () => assert.deepEqual(await codesOf(page), [code]));
  await page.waitForLoadState('networkidle');
}

test('a nonce that stays refused: it is said once, and there is no loop', async () => {
  const { page, times } = await visitor({ ...signedIn, [BALANCE]: OUTDATED }, { nonce: 'old' });
  await endsIn(page, 'forbidden');
  // Once by the first reading, once by the account, each with what was renewed.
  assert.deepEqual([times(BALANCE), times(NONCE)], [4, 2]);
});

test('a store that refuses for another reason is not asked for a nonce', async () => {
  const forbidden = refusal(403, 'rest_forbidden');
  const { page, times } = await visitor({ ...signedIn, [BALANCE]: forbidden }, { nonce: FRESH });
  await endsIn(page, 'forbidden');
  assert.equal(times(NONCE), 0);
});

test('a store that cannot renew now is asked once more by the account', async () => {
  let asked = 0;
  const { page } = await visitor({
    ...signedIn,
    [AJAX]: (request) => text((asked += 1) > 1 ? FRESH : 'away', asked > 1 ? 200 : 503)(request),
  }, { nonce: 'old1234567' });
  await pillShows(page, '2,341 Credits');
  assert.equal(asked, 2);
});

describe('a guest asks who reads once', () => {
  /** @type {[string, { nonce?: string }, number][]} */
  const cases = [
    ['and for no balance', {}, 0],
    ['and for the balance of a page that was printed for somebody else', { nonce: 'theirs' }, 1],
  ];
  for (const [what, printed, balances] of cases) {
    test(what, async () => {
      const { page, times } = await visitor(guest, printed);
      await endsIn(page, 'not_signed_in');
      assert.deepEqual([times(NONCE), times(BALANCE)], [1, balances]);
      const said = await page.locator('nivella-credit-pill').innerText();
      assert.equal(oneLine(said), '2,300 Credits', 'what was printed stays');
    });
  }
});
