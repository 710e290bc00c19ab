/** The client's reads of usage, and the export that is taken as it comes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLedgerApi } from '../../www/shim/ledger-api.js';
import { PAGE, replay } from './recorded.js';

const V1 = '/wp-json/nivella-credits/v1';
const AJAX = '/wp-admin/admin-ajax.php';
const CSV = { 'Content-Type': 'text/csv; charset=UTF-8' };
const ZONE = { base_offset_s: 0, transitions: [] };

/** @param {import('./recorded.js').Step[]} steps @param {string} [nonce] */
function ledgerOf(steps, nonce) {
  const player = replay(steps);
  const ledger = createLedgerApi({ home: '/', page: PAGE, fetch: player.fetch, nonce });
  return { ledger, ...player };
}

const ALERTS = { low: { share: 255 }, critical: { amount: '50' } };

test('alerts are asked for, and saved as they are, with the balance that follows', async () => {
  const saved = { ...ALERTS, balance: { version: 8 } };
  const { ledger, seen, done } = ledgerOf(
    [
      { method: 'GET', path: `${V1}/alerts`, answer: ALERTS },
      { method: 'POST', path: `${V1}/alerts`, answer: saved },
    ],
    'n1',
  );
  assert.deepEqual(await ledger.alerts(), ALERTS);
  assert.deepEqual(await ledger.saveAlerts(ALERTS), saved);
  assert.deepEqual(seen[1]?.body, ALERTS);
  done();
});

test('levels that the store refuses name their field', async () => {
  const answer = { code: 'field_invalid', message: 'm', field: 'critical' };
  const { ledger } = ledgerOf([{ status: 400, answer }], 'n1');
  await assert.rejects(ledger.saveAlerts(ALERTS), { code: 'field_invalid', field: 'critical' });
});

for (const share of [-1, 1001, 12.5, '200', null]) {
  test(`alerts at a share of ${share}: store_answer_invalid`, async () => {
    const { ledger } = ledgerOf([{ answer: { ...ALERTS, low: { share } } }], 'n1');
    await assert.rejects(ledger.alerts(), { code: 'store_answer_invalid' });
  });
}

const refused = {
  status: 400,
  answer: { code: 'period_invalid', message: 'm', field: 'to', details: { to: '2026-02-27' } },
};
/** @param {number} seq @param {number[]} rows @param {string} query */
const sums = (seq, rows, query) => ({
  path: `${V1}/usage${query}`,
  answer: { rows, through_seq: seq, zone: ZONE },
});
const FIRST = '?to=2026-02-27';
const REST = '?from=2026-02-28';

test('sums of more days than an answer holds come in parts, in their order', async () => {
  const steps = [refused, sums(9, [1, 2], FIRST), sums(9, [3], REST)];
  const { ledger, done } = ledgerOf(steps, 'n1');
  const { rows, through_seq: seq } = await ledger.usage();
  assert.deepEqual([rows, seq], [[1, 2, 3], 9]);
  done();
});

test('parts between which something was booked are asked for again', async () => {
  const parts = (/** @type {number} */ a, /** @type {number} */ b) =>
    [refused, sums(a, [1], FIRST), sums(b, [2], REST)];
  const { ledger, done } = ledgerOf([...parts(9, 10), ...parts(10, 10)], 'n1');
  assert.equal((await ledger.usage()).through_seq, 10);
  done();
});

test('a period that is refused without a day that fits stays refused', async () => {
  const answer = { code: 'period_invalid', message: 'm', field: 'to' };
  const { ledger } = ledgerOf([{ status: 400, answer }], 'n1');
  await assert.rejects(ledger.usage({ from: '2026-02-02', to: '2026-01-01' }), {
    code: 'period_invalid',
  });
});

const BROKEN = /** @type {['usage' | 'activity' | 'receipt', any][]} */ ([
  ['usage', {}],
  ['usage', { rows: {}, through_seq: 1, zone: ZONE }],
  ['usage', { rows: [], through_seq: '1', zone: ZONE }],
  ['usage', { rows: [], through_seq: -1, zone: ZONE }],
  ['usage', { rows: [], through_seq: 1, zone: null }],
  ['activity', { next: null }],
  ['activity', { rows: [] }],
  ['activity', { rows: [], next: 0 }],
  ['activity', { rows: [], next: 1.5 }],
  ['activity', { entries: [], next: null }],
  ['receipt', { row: {}, draws: [] }],
  ['receipt', { row: { seq: 3 } }],
  ['receipt', []],
]);
for (const [what, answer] of BROKEN) {
  test(`${JSON.stringify(answer)} for ${what}: store_answer_invalid`, async () => {
    const { ledger } = ledgerOf([{ answer }], 'n1');
    const asked = what === 'receipt' ? ledger.receipt(3) : ledger[what]();
    await assert.rejects(asked, { name: 'NivellaError', code: 'store_answer_invalid' });
  });
}

test('what is not asked for is not in the address, and text is written safely', async () => {
  const { ledger, seen } = ledgerOf([{ answer: { rows: [], next: null } }], 'n1');
  await ledger.activity({ before: null, agent: undefined, search: 'a&b=c ü' });
  const asked = [...(seen[0]?.url.searchParams ?? [])];
  assert.deepEqual(asked, [['limit', '50'], ['search', 'a&b=c ü']]);
});

test('the export comes as a stream of bytes, asked for with the nonce and its days', async () => {
  const step = { path: `${V1}/activity.csv`, raw: 'a\r\n', headers: CSV };
  const { ledger, seen } = ledgerOf([step], 'n1');
  const stream = await ledger.activityCsv({ from: '2026-11-01', to: '2026-11-30' });
  assert.equal(await new Response(stream).text(), 'a\r\n');
  assert.equal(seen[0]?.headers.get('X-WP-Nonce'), 'n1');
  assert.equal(seen[0]?.url.search, '?from=2026-11-01&to=2026-11-30');
});

test('an outdated nonce is renewed once for the export, too', async () => {
  const old = { status: 403, answer: { code: 'rest_cookie_invalid_nonce', message: '' } };
  const { ledger, seen, done } = ledgerOf(
    [old, { path: AJAX, raw: 'fresh12345' }, { raw: 'a', headers: CSV }],
    'old',
  );
  await ledger.activityCsv();
  assert.equal(seen[2]?.headers.get('X-WP-Nonce'), 'fresh12345');
  done();
});

test('where plain permalinks answer a page, the other root is asked', async () => {
  const { ledger, seen } = ledgerOf([{ raw: '<html>' }, { raw: 'a', headers: CSV }], 'n1');
  assert.equal(await new Response(await ledger.activityCsv()).text(), 'a');
  assert.equal(seen[1]?.url.searchParams.get('rest_route'), '/nivella-credits/v1/activity.csv');
});

const REFUSED = /** @type {[string, any, string][]} */ ([
  ['a day that is none', { status: 400, answer: { code: 'time_invalid', message: '' } },
    'time_invalid'],
  ['no right to it', { status: 403, answer: { code: 'rest_forbidden', message: '' } }, 'forbidden'],
  ['no such plugin', { status: 404, answer: { code: 'rest_no_route', message: '' } },
    'ledger_missing'],
  ['too many requests', { status: 429, answer: { code: 'slow', message: '' } },
    'store_rate_limited'],
  ['a gateway without its store', { status: 503, raw: 'away' }, 'store_unreachable'],
  ['no network', { fail: new TypeError('gone') }, 'store_unreachable'],
]);
for (const [what, step, code] of REFUSED) {
  test(`export, ${what}: ${code}`, async () => {
    const { ledger } = ledgerOf([step], 'n1');
    await assert.rejects(ledger.activityCsv(), { name: 'NivellaError', code });
  });
}

test('JSON where CSV was asked for is no export', async () => {
  const { ledger } = ledgerOf([{ answer: { rows: [] } }, { answer: { rows: [] } }], 'n1');
  await assert.rejects(ledger.activityCsv(), { code: 'store_answer_invalid' });
});

/** A server that never answers. @type {import('../../www/shim/http.js').Fetch} */
const never = (_url, { signal } = {}) =>
  new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason));
  });

test('an export that does not begin within 8 seconds: store_unreachable', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const ledger = createLedgerApi({ home: '/', page: PAGE, fetch: never, nonce: 'n1' });
  const asked = ledger.activityCsv();
  context.mock.timers.tick(8000);
  await assert.rejects(asked, { code: 'store_unreachable', details: { timeout: 'true' } });
});

test('an export may take longer than that once it has begun', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  /** @type {AbortSignal | null | undefined} */
  let signal;
  const ledger = createLedgerApi({
    home: '/',
    page: PAGE,
    nonce: 'n1',
    fetch: async (_url, init) => {
      signal = init?.signal;
      return new Response('a', { headers: CSV });
    },
  });
  await ledger.activityCsv();
  context.mock.timers.tick(60_000);
  assert.equal(signal?.aborted, false);
});

test('who cancels an export gets the reason, not an error of the network', async () => {
  const ledger = createLedgerApi({ home: '/', page: PAGE, fetch: never, nonce: 'n1' });
  const stop = new AbortController();
  const asked = ledger.activityCsv({}, stop.signal);
  stop.abort();
  await assert.rejects(asked, { name: 'AbortError' });
});
