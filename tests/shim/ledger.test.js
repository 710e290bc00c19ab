import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLedgerApi, newRequestId } from '../../www/shim/ledger-api.js';
import { PAGE, replay } from './recorded.js';

/** @typedef {import('./recorded.js').Step} Step */

const V1 = '/wp-json/nivella-credits/v1';
const BALANCE = { version: 41, as_of: '2026-11-21T10:00:00.000Z', available: '2341' };
const USAGE = { as_of: 'x', zone: { base_offset_s: 0 }, through_seq: 7, rows: [] };
const PAGE_OF_1 = { rows: [{ seq: 299 }], next: null, as_of: 'x' };
const JSON_TYPE = { 'Content-Type': 'application/json; charset=UTF-8' };
const AJAX = '/wp-admin/admin-ajax.php';
const OLD_NONCE = {
  path: `${V1}/balance`,
  status: 403,
  answer: { code: 'rest_cookie_invalid_nonce', message: 'Cookie check failed' },
};

/** @param {Step[]} steps @param {string} [nonce] */
function ledgerOf(steps, nonce) {
  const player = replay(steps);
  return {
    ledger: createLedgerApi({ home: '/', page: PAGE, fetch: player.fetch, nonce }),
    ...player,
  };
}

test('a balance comes with its tag, and an unchanged one without a body', async () => {
  const { ledger, seen, done } = ledgerOf(
    [
      { path: `${V1}/balance`, answer: BALANCE, headers: { ETag: '"41"' } },
      { path: `${V1}/balance`, status: 200, answer: BALANCE, headers: { ETag: '"42"' } },
    ],
    'n1',
  );
  assert.deepEqual(await ledger.balance(), { snapshot: BALANCE, etag: '"41"', date: null });
  await ledger.balance({ etag: '"41"' });
  done();
  assert.equal(seen[0]?.headers.get('X-WP-Nonce'), 'n1');
  assert.equal(seen[0]?.headers.get('If-None-Match'), null);
  assert.equal(seen[1]?.headers.get('If-None-Match'), '"41"');
});

test('304 says that nothing has changed', async () => {
  const date = 'Sat, 21 Nov 2026 10:00:15 GMT';
  const fetch = async () =>
    new Response(null, { status: 304, headers: { ETag: '"41"', Date: date } });
  const ledger = createLedgerApi({ home: '/', page: PAGE, fetch });
  assert.deepEqual(await ledger.balance({ etag: '"41"' }), { snapshot: null, etag: '"41"', date });
});

test('the pill of a visitor names its site', async () => {
  const { ledger, seen } = ledgerOf([{ path: `${V1}/pill`, answer: { version: 1, as_of: 'x' } }]);
  await ledger.pill('site-1');
  assert.equal(seen[0]?.url.searchParams.get('site'), 'site-1');
});

test('an outdated nonce is renewed once and the request sent again', async () => {
  const { ledger, seen, done } = ledgerOf(
    [OLD_NONCE, { path: AJAX, raw: 'fresh12345' }, { path: `${V1}/balance`, answer: BALANCE }],
    'old',
  );
  assert.deepEqual((await ledger.balance()).snapshot, BALANCE);
  assert.equal(seen[1]?.url.search, '?action=rest-nonce');
  assert.equal(seen[2]?.headers.get('X-WP-Nonce'), 'fresh12345');
  done();
});

test('a page from a cache has no nonce: a signed-in reader gets one', async () => {
  const { ledger, done } = ledgerOf([
    { path: `${V1}/balance`, status: 401, answer: { code: 'rest_forbidden', message: '' } },
    { path: AJAX, raw: 'fresh12345' },
    { path: `${V1}/balance`, answer: BALANCE },
  ]);
  await ledger.balance();
  done();
});

test('a guest is asked for nothing that is refused, where the plugin says who renews', async () => {
  const ajax = `${AJAX}?action=nivella_credits_nonce`;
  const { fetch, seen, done } = replay([
    { path: AJAX, raw: '0' },
    { path: AJAX, raw: 'fresh12345' },
    { path: `${V1}/balance`, answer: BALANCE },
  ]);
  const ledger = createLedgerApi({ home: '/', page: PAGE, ajax, fetch });
  const both = await Promise.allSettled([ledger.balance(), ledger.usage()]);
  assert.deepEqual(both.map((one) => /** @type {any} */ (one).reason?.code), [
    'not_signed_in',
    'not_signed_in',
  ]);
  assert.equal(seen[0]?.url.search, '?action=nivella_credits_nonce');
  // Signed in meanwhile, in another tab.
  assert.deepEqual((await ledger.balance()).snapshot, BALANCE);
  done();
});

test('what was answered to who has asked for a nonce is not asked for again', async () => {
  const ajax = `${AJAX}?action=nivella_credits_nonce`;
  const answered = (/** @type {string} */ nonceAnswer, /** @type {Step[]} */ steps) => {
    const player = replay(steps);
    const { fetch } = player;
    const options = { home: '/', page: PAGE, ajax, nonce: 'old', nonceAnswer, fetch };
    return { ledger: createLedgerApi(options), ...player };
  };
  const known = answered('fresh12345', [{ path: `${V1}/balance`, answer: BALANCE }]);
  assert.deepEqual((await known.ledger.balance()).snapshot, BALANCE);
  assert.equal(known.seen[0]?.headers.get('X-WP-Nonce'), 'fresh12345');
  known.done();
  const guest = answered('0', [
    { path: AJAX, raw: 'fresh12345' },
    { path: `${V1}/balance`, answer: BALANCE },
  ]);
  await assert.rejects(guest.ledger.balance(), { code: 'not_signed_in' });
  assert.equal(guest.seen.length, 0);
  // Signed in meanwhile: later it is asked for.
  assert.deepEqual((await guest.ledger.balance()).snapshot, BALANCE);
  guest.done();
});

test('a card without rates is a store without prices', async () => {
  const card = { version: 0, effective_at: 'x', quantum: '0', rates: [] };
  const { ledger, done } = ledgerOf([{ path: `${V1}/rate-card`, answer: card }]);
  await assert.rejects(ledger.rateCard(), { code: 'rate_not_found' });
  done();
});

test('a guest gets no nonce: not_signed_in', async () => {
  const { ledger, done } = ledgerOf([OLD_NONCE, { path: AJAX, status: 400, raw: '0' }], 'old');
  await assert.rejects(ledger.balance(), { code: 'not_signed_in' });
  done();
});

test('a nonce that stays refused is not renewed for ever', async () => {
  const { ledger, done } = ledgerOf(
    [OLD_NONCE, { path: AJAX, raw: 'fresh12345' }, OLD_NONCE],
    'old',
  );
  await assert.rejects(ledger.balance(), { code: 'forbidden' });
  done();
});

const REFUSALS = /** @type {[string, number, any, string, any?][]} */ ([
  ['a store without the plugin', 404, { code: 'rest_no_route', message: '' }, 'ledger_missing'],
  ['a reader without the right', 403, { code: 'rest_forbidden', message: '' }, 'forbidden'],
  ['a guest', 401, { code: 'rest_forbidden', message: '' }, 'not_signed_in'],
  ['a hold that is settled', 409, { code: 'hold_resolved', message: '' }, 'hold_resolved'],
  [
    'a used request id',
    409,
    { code: 'request_id_conflict', message: 'm', field: 'request_id', details: { id: 'x' } },
    'request_id_conflict',
    { field: 'request_id', details: { id: 'x' } },
  ],
  [
    'what WordPress says beside it',
    400,
    { code: 'amount_invalid', message: '', data: { status: 400, field: 'a', details: { b: 'c' } } },
    'amount_invalid',
    { field: 'a', details: { b: 'c' } },
  ],
  [
    'a code of another plugin',
    400,
    { code: 'firewall_says_no', message: '' },
    'store_refused',
    { details: { store_code: 'firewall_says_no', status: '400' } },
  ],
  ['too many requests', 429, { code: 'slow', message: '' }, 'store_rate_limited'],
]);

for (const [what, status, answer, code, more] of REFUSALS) {
  test(`${what}: ${code}`, async () => {
    const { ledger } = ledgerOf([{ path: `${V1}/use`, status, answer }], 'n1');
    await assert.rejects(ledger.use({ request_id: 'a' }), { name: 'NivellaError', code, ...more });
  });
}

test('"not enough credits" is an answer, not an error', async () => {
  const no = { booked: false, reason: 'insufficient_credits', short_by: '0.4', balance: BALANCE };
  const { ledger, seen } = ledgerOf([{ method: 'POST', path: `${V1}/use`, answer: no }], 'n1');
  const body = { request_id: 'a', mode: 'strict', amount: '1.2' };
  assert.deepEqual(await ledger.use(body), no);
  assert.deepEqual(seen[0]?.body, body);
});

test('a write is never sent twice by itself; the caller repeats the request id', async () => {
  const gone = { fail: new TypeError('gone') };
  const { ledger, seen } = ledgerOf([gone, { path: `${V1}/use`, answer: { booked: true } }], 'n1');
  const body = { request_id: newRequestId(), mode: 'strict', amount: '1.2' };
  await assert.rejects(ledger.use(body), { code: 'store_unreachable' });
  assert.equal(seen.length, 1);
  await ledger.use(body);
  assert.deepEqual(seen[0]?.body, seen[1]?.body);
});

test('every route is asked in its own way', async () => {
  const { ledger, done } = ledgerOf([
    { method: 'POST', path: `${V1}/quote`, answer: {} },
    { method: 'POST', path: `${V1}/holds`, answer: {} },
    { method: 'POST', path: `${V1}/holds/7%2F..%2F8/settle`, answer: {} },
    { method: 'POST', path: `${V1}/holds/7/release`, answer: {} },
    { method: 'GET', path: `${V1}/usage?from=2026-11-01&to=2026-11-30`, answer: USAGE },
    { method: 'GET', path: `${V1}/activity?limit=20&before=300&agent=chat`, answer: PAGE_OF_1 },
    { method: 'GET', path: `${V1}/activity/300`, answer: { row: { seq: 300 }, draws: [] } },
    { method: 'GET', path: `${V1}/statement`, raw: '{"head":{}}', headers: JSON_TYPE },
    { method: 'GET', path: `${V1}/rate-card`, answer: {} },
    { method: 'GET', path: `${V1}/plans`, answer: {} },
  ]);
  await ledger.quote({});
  await ledger.hold({});
  await ledger.settle('7/../8', {});
  await ledger.release('7', {});
  assert.deepEqual(await ledger.usage({ from: '2026-11-01', to: '2026-11-30' }), USAGE);
  assert.deepEqual(await ledger.activity({ limit: 20, before: 300, agent: 'chat' }), PAGE_OF_1);
  assert.equal((await ledger.receipt(300)).row.seq, 300);
  assert.equal(await new Response(await ledger.statement()).text(), '{"head":{}}');
  await ledger.rateCard();
  await ledger.plans();
  done();
});

for (const answer of [[], null, 7, 'x']) {
  test(`${JSON.stringify(answer)} instead of a balance: store_answer_invalid`, async () => {
    const { ledger } = ledgerOf([{ path: `${V1}/balance`, answer }], 'n1');
    await assert.rejects(ledger.balance(), { code: 'store_answer_invalid' });
  });
}

test('request ids differ and are printable', () => {
  const ids = new Set(Array.from({ length: 1000 }, newRequestId));
  assert.equal(ids.size, 1000);
  for (const id of ids) assert.match(id, /^[0-9a-f-]{32,36}$/);
});

test('only the own origin is asked, for the nonce too', () => {
  const options = { home: '/', page: PAGE, ajax: 'https://other.example/wp-admin/admin-ajax.php' };
  assert.throws(() => createLedgerApi(options), { code: 'store_origin_refused' });
});
