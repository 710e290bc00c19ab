import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NivellaError } from '../../www/shim/errors.js';
import { START, down, setUp } from './account-server.js';

test('a seen tab reads every 15 seconds, and unchanged answers keep the tag', async () => {
  const { browser, server, open } = setUp();
  const { account } = open();
  await browser.settle();
  await browser.pass(60_000);
  assert.equal(server.reads, 5);
  assert.equal(account.state().since, new Date(START + 60_000).toISOString());
  assert.equal(account.snapshot?.as_of, new Date(START).toISOString());
});

test('a hidden tab does not read; seen again it reads at once', async () => {
  const { browser, server, open } = setUp();
  const { tab } = open();
  await browser.settle();
  tab.show(false);
  await browser.pass(600_000);
  assert.equal(server.reads, 1);
  tab.show(true);
  await browser.settle();
  assert.equal(server.reads, 2);
  await browser.pass(15_000);
  assert.equal(server.reads, 3);
});

test('a tab that opens hidden reads when it is seen', async () => {
  const { browser, server, open } = setUp();
  const { tab } = open({ visible: false });
  await browser.pass(60_000);
  assert.equal(server.reads, 0);
  tab.show(true);
  await browser.settle();
  assert.equal(server.reads, 1);
});

for (const locks of [true, false]) {
  test(`what the page has read is not read again at once, locks: ${locks}`, async () => {
    const { browser, server, make } = setUp({ locks });
    const { account } = make();
    account.publish(server.snapshot(), '"41"');
    account.subscribe(() => {});
    await browser.settle();
    await browser.pass(14_000);
    assert.equal(server.reads, 0);
    await browser.pass(2000);
    assert.equal(server.reads, 1);
    assert.equal(account.state().status, 'fresh');
  });
}

test('when nobody listens nobody reads', async () => {
  const { browser, server, open } = setUp();
  const { stop, account } = open();
  await browser.settle();
  stop();
  await browser.pass(60_000);
  assert.equal(server.reads, 1);
  account.subscribe(() => {});
  await browser.settle();
  assert.equal(server.reads, 2);
});

for (const locks of [true, false]) {
  test(`two seen tabs are read for once, ${locks ? 'with' : 'without'} locks`, async () => {
    const { browser, server, open } = setUp({ locks });
    const first = open();
    await browser.settle();
    await browser.pass(5000);
    const second = open();
    await browser.settle();
    server.version = 50;
    server.available = '2000';
    const before = server.reads;
    await browser.pass(30_000);
    const reads = server.reads - before;
    assert.ok(reads === 2, `${reads} reads`);
    assert.equal(first.account.snapshot?.available, '2000');
    assert.equal(second.account.snapshot?.available, '2000');
  });
}

test('a tab that opens beside one that has just read shows that, without a request', async () => {
  const { browser, server, open } = setUp();
  open();
  await browser.settle();
  await browser.pass(300);
  const { states } = open();
  await browser.settle();
  assert.deepEqual([states.at(-1)?.status, server.reads], ['fresh', 1]);
  await browser.pass(14_000);
  assert.equal(server.reads, 1);
});

test('the second tab takes over when the first is closed or hidden', async () => {
  const { browser, server, open } = setUp();
  const first = open();
  await browser.settle();
  await browser.pass(3000);
  open();
  await browser.settle();
  first.tab.show(false);
  await browser.settle();
  const before = server.reads;
  await browser.pass(30_000);
  assert.ok(server.reads - before >= 2, `${server.reads - before} reads`);
});

test('a tab whose leader is silent reads by itself', async () => {
  const { browser, server, open } = setUp();
  const first = open();
  await browser.settle();
  await browser.pass(3000);
  const second = open();
  await browser.settle();
  await browser.pass(3000);
  const real = server.balance;
  let hang = true;
  server.balance = (known) => {
    const hanging = hang;
    hang = false;
    return hanging ? new Promise(() => {}) : real(known);
  };
  server.version = 60;
  server.available = '7';
  second.tab.focus();
  await browser.settle();
  await browser.pass(2500);
  assert.equal(second.account.snapshot?.available, '7');
  assert.equal(first.account.snapshot?.available, '7');
});

test('what one tab books, the others show', async () => {
  const { browser, server, open } = setUp();
  const first = open();
  const second = open();
  await browser.settle();
  first.account.publish({ version: 42, level: 'ok', as_of: server.at(), available: '2339.8' });
  await browser.settle();
  assert.equal(second.account.snapshot?.available, '2339.8');
});

test('errors: the last value stays, marked with its time; pauses grow to two minutes', async () => {
  const { browser, server, open } = setUp();
  const { account, states } = open();
  await browser.settle();
  server.how.fail = down();
  await browser.pass(15_000);
  const state = account.state();
  assert.equal(state.snapshot?.available, '2341');
  assert.deepEqual(
    [state.status, state.stale, state.error?.code],
    ['stale', true, 'store_unreachable'],
  );
  assert.equal(state.since, new Date(START).toISOString());
  const before = server.reads;
  await browser.pass(30_000 + 60_000 + 120_000 + 120_000);
  assert.equal(server.reads - before, 4);
  assert.ok(states.every((each) => each.snapshot?.available === '2341'));
  server.how.fail = undefined;
  await browser.pass(120_000);
  assert.deepEqual([account.state().stale, account.state().error], [false, null]);
});

test('a failure of the tab that polls marks the value in every tab', async () => {
  const { browser, server, open } = setUp();
  const tabs = [open(), open()];
  await browser.settle();
  server.how.fail = down();
  await browser.pass(15_000);
  for (const { account } of tabs) {
    const { stale, error, snapshot } = account.state();
    assert.deepEqual(
      [stale, error?.code, snapshot?.available],
      [true, 'store_unreachable', '2341'],
    );
  }
});

test('back online or focused, a failing account is read at once', async () => {
  const { browser, server, open } = setUp();
  const { tab, account } = open();
  await browser.settle();
  server.how.fail = down();
  await browser.pass(60_000);
  server.how.fail = undefined;
  tab.focus();
  await browser.settle();
  assert.equal(account.state().stale, false);
});

test('a store that asks to slow down is left alone for that long', async () => {
  const { browser, server, open } = setUp();
  open();
  await browser.settle();
  server.how.fail = new NivellaError('store_rate_limited', '', {
    details: { retry_after_s: '100' },
  });
  await browser.pass(15_000);
  const before = server.reads;
  await browser.pass(99_000);
  assert.equal(server.reads, before);
  await browser.pass(2000);
  assert.equal(server.reads, before + 1);
});
