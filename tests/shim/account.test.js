import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NivellaError } from '../../www/shim/errors.js';
import { START, down, setUp } from './account-server.js';

test('the first listener has the balance read; listeners hear of it at once', async () => {
  const { browser, server, open } = setUp();
  const { account, states } = open();
  assert.deepEqual(account.state().snapshot, null);
  await browser.settle();
  assert.equal(server.reads, 1);
  assert.equal(account.snapshot?.available, '2341');
  const last = states.at(-1);
  assert.deepEqual([last?.status, last?.stale, last?.error], ['fresh', false, null]);
  assert.equal(last?.since, new Date(START).toISOString());
});

// A34: an answer of a server that lags behind.
test('an older snapshot never replaces a newer one', async () => {
  const { browser, server, open } = setUp();
  const { account } = open();
  await browser.settle();
  /** @param {number} version @param {string} as_of @param {string} available */
  const publish = (version, as_of, available) =>
    account.publish({ version, as_of, available, level: 'ok' });
  assert.equal(publish(42, server.at(), '2340'), true);
  assert.equal(publish(41, '2027-01-01T00:00:00.000Z', '9'), false);
  assert.equal(publish(42, '2020-01-01T00:00:00.000Z', '8'), false);
  assert.equal(publish(42, server.at(), '2340'), false);
  assert.equal(publish(42, new Date(START + 5).toISOString(), '2339'), true);
  assert.equal(account.snapshot?.available, '2339');
});

const GOOD = { version: 50, as_of: '2026-11-21T10:00:00.000Z', level: 'ok', available: '1' };
const SNAPSHOT = 'snapshot_invalid';
const BAD = /** @type {[string, any, string][]} */ ([
  ['nothing', null, SNAPSHOT],
  ['a list', [], SNAPSHOT],
  ['no version', { ...GOOD, version: undefined }, SNAPSHOT],
  ['NaN as version', { ...GOOD, version: NaN }, SNAPSHOT],
  ['a fraction as version', { ...GOOD, version: 1.5 }, SNAPSHOT],
  ['a text as version', { ...GOOD, version: '41' }, SNAPSHOT],
  ['no time', { ...GOOD, as_of: undefined }, SNAPSHOT],
  ['a time that is none', { ...GOOD, as_of: 'soon' }, SNAPSHOT],
  ['a time that is a number', { ...GOOD, as_of: 5 }, SNAPSHOT],
  ['no level', { ...GOOD, level: undefined }, SNAPSHOT],
  ['an unknown level', { ...GOOD, level: 'constructor' }, SNAPSHOT],
  ['a number as amount', { ...GOOD, available: 1 }, 'amount_invalid'],
  ['no amount for who is told the number', { ...GOOD, available: undefined }, 'amount_invalid'],
]);
for (const [what, snapshot, code] of BAD) {
  test(`${what} instead of a snapshot: refused, and the old view stays`, async () => {
    const { browser, server, open } = setUp();
    const { account } = open();
    await browser.settle();
    assert.throws(() => account.publish(snapshot), { code });
    if (snapshot === null) return; // in an answer it stands for "not modified"
    server.snapshot = () => snapshot;
    server.version = 42;
    const state = await account.refresh();
    assert.equal(state.snapshot?.available, '2341');
    assert.equal(state.stale, true);
    assert.equal(state.error?.code, code);
  });
}

test('without a first answer there is no number, only a reason', async () => {
  const { browser, open } = setUp({}, { fail: new NivellaError('ledger_missing') });
  const { account } = open();
  await browser.settle();
  const { snapshot, status, error } = account.state();
  assert.deepEqual([snapshot, status, error?.code], [null, 'stale', 'ledger_missing']);
});

test('the next page shows the last known value, with its time, before any answer', async () => {
  const { browser, server, open } = setUp();
  open().stop();
  await browser.settle();
  await browser.pass(3_600_000);
  server.how.fail = down();
  const { account, states } = open();
  assert.equal(account.snapshot?.available, '2341');
  assert.deepEqual(
    [states[0]?.status, states[0]?.since],
    ['loading', new Date(START).toISOString()],
  );
  await browser.settle();
  assert.deepEqual([account.state().stale, account.snapshot?.available], [true, '2341']);
});

test('accounts of another store, site or reader are kept apart', async () => {
  const { browser, open } = setUp();
  open().stop();
  await browser.settle();
  for (const more of [{ store: 'https://shop.example/b/' }, { who: '7' }]) {
    assert.equal(open({ visible: false }, more).account.snapshot, null);
  }
});

test('a visitor reads the pill of the site', async () => {
  const { browser, open } = setUp();
  const sites = /** @type {string[]} */ ([]);
  const ledger = {
    balance: () => assert.fail('not a customer'),
    pill: async (/** @type {string} */ site) => {
      sites.push(site);
      const snapshot = {
        version: 1,
        as_of: new Date(START).toISOString(),
        show: 'level',
        level: 'ok',
      };
      return { snapshot, etag: null, date: null };
    },
  };
  const { account } = open({}, { site: 's1', ledger });
  await browser.settle();
  assert.deepEqual(sites, ['s1']);
  assert.equal(account.snapshot?.level, 'ok');
});

for (const kept of [
  '{',
  '{"snapshot":{"version":-1}}',
  '[]',
  '"forget"',
  'null',
  '{"__proto__":{}}',
]) {
  test(`a spoilt storage (${kept}) is no balance`, async () => {
    const { browser, open } = setUp();
    const key = 'nivella-credits account https%3A%2F%2Fshop.example%2F  ';
    browser.storage.set(key, kept);
    const { account } = open();
    assert.equal(account.snapshot, null);
    await browser.settle();
    assert.equal(account.snapshot?.['available'], '2341');
    assert.match(browser.storage.get(key) ?? '', /2341/);
  });
}

test('a storage that refuses is done without', async () => {
  const { browser, open } = setUp({ broken: true });
  const { account } = open();
  await browser.settle();
  assert.equal(account.snapshot?.available, '2341');
});

// A24: the clock of the browser is wrong, and is set while the page is open.
test("time is the server's, on a clock that nobody sets", async () => {
  const { browser, open } = setUp({}, { skew: 3_600_000 });
  const { account, problems } = open();
  await browser.settle();
  assert.equal(account.now(), START - 3_600_000);
  await browser.pass(5000);
  browser.setWall(START + 86_400_000);
  assert.equal(account.now(), START - 3_600_000 + 5000);
  assert.deepEqual(problems, ['clock_skewed']);
  await account.refresh();
  assert.deepEqual(problems, ['clock_skewed']);
});

test('a clock within five minutes is not worth a word', async () => {
  const { browser, open } = setUp({}, { skew: 299_000 });
  const { problems } = open();
  await browser.settle();
  assert.deepEqual(problems, []);
});

test('signing out forgets the value here and in the storage', async () => {
  const { browser, server, open } = setUp();
  const first = open();
  await browser.settle();
  const second = open();
  await browser.settle();
  server.how.fail = new NivellaError('not_signed_in');
  await browser.pass(15_000);
  assert.equal(first.account.snapshot, null);
  assert.equal(second.account.snapshot, null);
  assert.equal(browser.storage.size, 0);
});

test('a demo that starts anew is read again in every tab', async () => {
  const { browser, server, open } = setUp();
  const [first, second] = [open(), open()];
  await browser.settle();
  await browser.pass(5000);
  server.version = 1;
  server.available = '5';
  first.account.forget();
  await first.account.refresh();
  await browser.settle();
  for (const { account } of [first, second]) assert.equal(account.snapshot?.available, '5');
});

test('a burst of 10,000 changes is kept and told once', async () => {
  const { browser, server, open } = setUp();
  const { account } = open();
  await browser.settle();
  let writes = 0;
  const set = browser.storage.set.bind(browser.storage);
  browser.storage.set = (...args) => {
    writes += 1;
    return set(...args);
  };
  for (let n = 0; n < 10_000; n += 1) {
    const [version, available] = [100 + n, String(n)];
    account.publish({ version, as_of: server.at(), available, level: 'ok' });
  }
  await browser.settle();
  assert.equal(writes, 1);
  assert.equal(account.snapshot?.available, '9999');
});
