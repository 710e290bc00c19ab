import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BILLING, NOW, createBrowser, pay } from './embedded.js';

test('the demo starts with 2,341 credits: 841 of the plan and 1,500 bought', async () => {
  for (const now of [
    NOW,
    Date.UTC(2028, 1, 29, 23, 59),
    Date.UTC(2027, 2, 1),
    Date.UTC(2026, 0, 31),
  ]) {
    const browser = createBrowser();
    browser.clock.now = now;
    const { ledger } = await browser.tab();
    const { snapshot } = await ledger.balance();
    assert.equal(snapshot?.available, '2341', new Date(now).toISOString());
    const pools = snapshot?.pools.map((/** @type {any} */ pool) => [pool.kind, pool.available]);
    assert.deepEqual(pools, [
      ['allowance', '841'],
      ['purchase', '1500'],
    ]);
    assert.equal(snapshot?.as_of, new Date(now).toISOString());
  }
});

test('a message costs what the rate card says, and survives a reload', async () => {
  const browser = createBrowser();
  const first = await browser.tab();
  const usage = {
    feature: 'chat_reply',
    agent: 'Chat',
    messages: 1,
    input_tokens: 800,
    output_tokens: 350,
  };
  assert.equal((await first.ledger.quote(usage)).cost, '1.2');
  const body = { request_id: 'message-1', mode: 'strict', usage };
  const { booked, balance } = await first.ledger.use(body);
  assert.deepEqual([booked, balance.available], [true, '2339.8']);
  await first.controls.close();
  const again = await browser.tab();
  assert.equal(await again.available(), '2339.8');
  assert.equal((await again.ledger.use(body)).balance.available, '2339.8');
});

test('the same request id with another body: 409 request_id_conflict', async () => {
  const { ledger, ask } = await createBrowser().tab();
  await ledger.use({ request_id: 'a', mode: 'strict', amount: '1' });
  const body = { request_id: 'a', mode: 'strict', amount: '2' };
  assert.equal((await ask('POST', 'nivella-credits/v1/use', body)).status, 409);
  await assert.rejects(ledger.use(body), { code: 'request_id_conflict' });
});

test('hold, settle and release answer as the ledger of a server', async () => {
  const { ledger } = await createBrowser().tab();
  const hold = { request_id: 'h', amount: '10', duration_ms: 60_000, mode: 'strict' };
  const held = await ledger.hold(hold);
  assert.equal(held.balance.available, '2331');
  const settle = { request_id: 's', amount: '4', mode: 'strict' };
  const settled = await ledger.settle(held.hold.id, settle);
  assert.equal(settled.balance.available, '2337');
  const none = ledger.settle('x', { ...settle, request_id: 's2' });
  await assert.rejects(none, { code: 'not_found' });
});

test('too few credits is an answer; after a purchase the same request goes through', async () => {
  const { ledger, store, ask } = await createBrowser().tab();
  const body = { request_id: 'long', mode: 'strict', amount: '3000' };
  const no = await ledger.use(body);
  assert.deepEqual([no.booked, no.reason, no.short_by], [false, 'insufficient_credits', '659']);
  await store.choose({ id: '10', quantity: 1 });
  assert.equal((await pay(ask)).status, 200);
  const yes = await ledger.use(body);
  assert.deepEqual([yes.booked, yes.balance.available], [true, '1341']);
});

test('a refusal keeps nothing', async () => {
  const browser = createBrowser();
  const { ledger } = await browser.tab();
  const before = await ledger.activity();
  await ledger.use({ request_id: 'big', mode: 'strict', amount: '900000' });
  await ledger.use({ request_id: 'bad', mode: 'strict', amount: '1e3' }).catch(() => {});
  assert.deepEqual(await (await browser.tab()).ledger.activity(), before);
});

test('an unchanged balance answers 304; a change and an expiry do not', async () => {
  const browser = createBrowser();
  const { ledger } = await browser.tab();
  const { etag } = await ledger.balance();
  browser.clock.now += 15_000;
  assert.deepEqual((await ledger.balance({ etag })).snapshot, null);
  await ledger.use({ request_id: 'a', mode: 'strict', amount: '1' });
  const changed = await ledger.balance({ etag });
  assert.equal(changed.snapshot?.available, '2340');
  browser.clock.now += 40 * 86_400_000;
  const later = await ledger.balance({ etag: changed.etag });
  assert.equal(later.snapshot?.available, '3000');
});

test('two tabs at once never fork the ledger', async () => {
  const browser = createBrowser();
  const tabs = await Promise.all([browser.tab(), browser.tab(), browser.tab()]);
  const uses = tabs.flatMap(({ ledger }, tab) =>
    Array.from({ length: 20 }, (_, n) =>
      ledger.use({ request_id: `tab-${tab}-${n}`, mode: 'strict', amount: '1' }),
    ),
  );
  await Promise.all(uses);
  for (const tab of tabs) assert.equal(await tab.available(), '2281');
  const { ledger } = await browser.tab();
  /** @type {number[]} */
  const seqs = [];
  for (let before; before !== null;) {
    const page = await ledger.activity({ limit: 100, before });
    seqs.push(...page.rows.map(({ seq }) => seq));
    before = page.next;
  }
  assert.ok(seqs.length > 60);
  assert.deepEqual(
    seqs,
    Array.from(seqs, (_, at) => seqs.length - at),
  );
});

test('one request from two tabs is booked once', async () => {
  const browser = createBrowser();
  const [a, b] = [await browser.tab(), await browser.tab()];
  const body = { request_id: 'same', mode: 'strict', amount: '1' };
  await Promise.all([a.ledger.use(body), b.ledger.use(body)]);
  assert.equal(await a.available(), '2340');
});

test('a clock that is set back does not turn the ledger back', async () => {
  const browser = createBrowser();
  const { ledger } = await browser.tab();
  await ledger.use({ request_id: 'a', mode: 'strict', amount: '1' });
  browser.clock.now -= 86_400_000;
  const { balance } = await ledger.use({ request_id: 'b', mode: 'strict', amount: '1' });
  assert.equal(balance.available, '2339');
  assert.equal(balance.as_of, new Date(NOW).toISOString());
});

test('a storage that is gone, full or spoilt: storage_unavailable, never a zero', async () => {
  const none = await createBrowser({ indexedDB: undefined }).tab();
  await assert.rejects(none.ledger.balance(), { code: 'storage_unavailable' });

  const refusing = /** @type {any} */ ({
    open: () => {
      throw new DOMException('denied', 'SecurityError');
    },
  });
  const denied = await createBrowser({ indexedDB: refusing }).tab();
  await assert.rejects(denied.ledger.balance(), { code: 'storage_unavailable' });
  assert.equal((await denied.ask('GET', 'nivella-credits/v1/balance')).status, 507);
});

/** @param {any} browser @param {(tables: (name: string) => any) => void} spoil */
async function spoilt(browser, spoil) {
  const request = browser.indexedDB.open('nivella-credits-demo');
  const database = await new Promise((resolve) => {
    request.onsuccess = () => resolve(request.result);
  });
  const transaction = database.transaction(['ledger', 'entries'], 'readwrite');
  spoil((name) => transaction.objectStore(name));
  await new Promise((resolve) => (transaction.oncomplete = resolve));
  database.close();
}

const SPOILT = /** @type {[string, (tables: (name: string) => any) => void][]} */ ([
  ['an entry is missing', (table) => table('entries').delete(3)],
  ['the last entries are missing', (table) => table('entries').delete(IDBKeyRange.lowerBound(9))],
  ['all entries are missing', (table) => table('entries').clear()],
  ['the account is missing', (table) => table('ledger').clear()],
  ['an entry is no entry', (table) => table('entries').put({ seq: 4 })],
]);
for (const [what, spoil] of SPOILT) {
  test(`${what}: storage_unavailable, nothing is booked over it, and a reset heals`, async () => {
    const browser = createBrowser();
    const first = await browser.tab();
    await first.controls.settle();
    await first.controls.close();
    await spoilt(browser, spoil);
    const { ledger, controls, available } = await browser.tab();
    await assert.rejects(ledger.balance(), { code: 'storage_unavailable' });
    const use = ledger.use({ request_id: 'a', mode: 'strict', amount: '1' });
    await assert.rejects(use, { code: 'storage_unavailable' });
    await controls.reset();
    assert.equal(await available(), '2341');
  });
}

test('an engine that traps is replaced, and nothing of the request is kept', async () => {
  const browser = createBrowser();
  const { FakeEngine } = await import('./fake-engine.js');
  let traps = 0;
  class Trapping extends FakeEngine {
    /** @param {any} state */
    static open(state) {
      return new Trapping(state?.settings ?? state);
    }
    /** @param {any} command @param {string} now */
    apply(command, now) {
      const answer = super.apply(command, now);
      if (command.request_id === 'bad' && traps++ === 0) {
        throw new WebAssembly.RuntimeError('unreachable');
      }
      return answer;
    }
  }
  const { ledger, available } = await browser.tab({ Engine: /** @type {any} */ (Trapping) });
  const bad = { request_id: 'bad', mode: 'strict', amount: '5' };
  await assert.rejects(ledger.use(bad), { code: 'module_trapped' });
  assert.equal(await available(), '2341');
  assert.equal((await ledger.use(bad)).balance.available, '2336');
});

test('a reset starts anew, with an account of its own', async () => {
  const { ledger, controls, ask, store } = await createBrowser().tab();
  const before = (await ledger.balance()).snapshot;
  await store.choose({ id: '10', quantity: 1 });
  await pay(ask);
  await controls.reset();
  const after = (await ledger.balance()).snapshot;
  assert.equal(after?.available, '2341');
  assert.notEqual(after?.account, before?.account);
  assert.deepEqual(await controls.orders(), []);
  assert.deepEqual((await store.cart()).lines, []);
});

test('offline, slow, failing and broken answers are those of a real network', async () => {
  const { ledger, controls, available } = await createBrowser().tab();
  const { faults } = controls;
  faults.offline = true;
  await assert.rejects(ledger.balance(), { code: 'store_unreachable' });
  faults.offline = false;
  faults.failNext = 1;
  assert.equal(await available(), '2341');
  faults.breakNext = 1;
  await assert.rejects(ledger.balance(), { code: 'store_answer_invalid' });
  faults.slowMs = 40;
  const start = performance.now();
  await available();
  assert.ok(performance.now() - start >= 35);
});

test('an answer that was lost does not undo what was booked', async () => {
  const { ledger, controls } = await createBrowser().tab();
  controls.faults.breakNext = 1;
  const body = { request_id: 'a', mode: 'strict', amount: '1' };
  await assert.rejects(ledger.use(body), { code: 'store_answer_invalid' });
  assert.equal((await ledger.use(body)).balance.available, '2340');
});

test('whoever listens hears of what this tab booked', async () => {
  const { ledger, onChange, store, ask, controls } = await createBrowser().tab();
  await controls.settle();
  let heard = 0;
  const stop = onChange(() => (heard += 1));
  await ledger.balance();
  assert.equal(heard, 0);
  await ledger.use({ request_id: 'a', mode: 'strict', amount: '1' });
  assert.equal(heard, 1);
  stop();
  await store.choose({ id: '10', quantity: 1 });
  await ask('POST', 'wc/store/v1/checkout', { billing_address: BILLING });
  assert.equal(heard, 1);
});

test('a visitor is told what the pill shows and nothing finer', async () => {
  const { ledger } = await createBrowser().tab();
  const { snapshot } = await ledger.pill('site-1');
  const keys = Object.keys(snapshot ?? {}).sort();
  assert.deepEqual(keys, ['account', 'as_of', 'available', 'level', 'show', 'version']);
});

test('a route that is not there: 404 rest_no_route', async () => {
  const { ask } = await createBrowser().tab();
  for (const route of ['nivella-credits/v1/nosuch', 'wc/store/v1/nosuch', 'wp/v2/posts']) {
    const { status, body } = await ask('GET', route);
    assert.deepEqual([status, body.code], [404, 'rest_no_route']);
  }
});
