import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimal, micro } from '../../www/shim/embedded/amounts.js';
import { dayOf, plusDays } from '../../www/shim/embedded/zone.js';
import { NOW, createBrowser } from './embedded.js';

/** @typedef {import('../../www/shim/ledger-shapes.js').Row} Row */
/** @typedef {import('../../www/shim/ledger-api.js').LedgerApi} LedgerApi */
/** @typedef {import('../../www/shim/ledger-api.js').Page} Page */

/** @param {LedgerApi} ledger @param {Page} [page] @returns {Promise<Row[]>} */
async function allRows(ledger, page = {}) {
  const rows = [];
  for (let before; before !== null;) {
    const found = await ledger.activity({ limit: 100, ...page, before });
    rows.push(...found.rows);
    before = found.next;
  }
  return rows;
}

/** @param {ReadableStream<Uint8Array>} stream */
const textOf = (stream) => new Response(stream).text();

/** @param {Row} row */
const isUsage = ({ kind }) => kind === 'use' || kind === 'settle';
/** @param {{credits: string}[]} rows */
const sumOf = (rows) => decimal(rows.reduce((sum, { credits }) => sum + micro(credits), 0n));
/** @param {any} row what a day's sums are kept by */
const keyOf = ({ agent, feature, model, type, site, company }) =>
  [agent, feature, model, type, site, company].join('|');

const CHAT = { feature: 'chat_reply', agent: 'chat', model: 'swift', messages: 1 };
const USAGE = { ...CHAT, input_tokens: 800, output_tokens: 350 };
const USE = { mode: 'strict', usage: USAGE, site: 'northlight', reference: 'Appointment' };

test('activity comes newest first, page by page, to the first entry', async () => {
  const { ledger } = await createBrowser().tab();
  const first = await ledger.activity({ limit: 10 });
  assert.equal(first.rows.length, 10);
  const next = await ledger.activity({ limit: 10, before: first.next });
  assert.equal(next.rows[0]?.seq, Number(first.rows[9]?.seq) - 1);
  const seqs = (await allRows(ledger)).map(({ seq }) => seq);
  assert.deepEqual(seqs, Array.from(seqs, (_, at) => seqs.length - at));
});

const REFUSED = /** @type {[string, any, string, string][]} */ ([
  ['limit 0', { limit: 0 }, 'field_invalid', 'limit'],
  ['limit 101', { limit: 101 }, 'field_invalid', 'limit'],
  ['a page before nothing', { before: 0 }, 'field_invalid', 'before'],
  ['a day that does not exist', { from: '2026-02-30' }, 'time_invalid', 'from'],
  ['a range that ends before it starts', { from: '2026-02-02', to: '2026-02-01' },
    'period_invalid', 'to'],
]);
for (const [what, page, code, field] of REFUSED) {
  test(`${what}: ${code}`, async () => {
    const { ledger } = await createBrowser().tab();
    await assert.rejects(ledger.activity(page), { code, field });
  });
}

test('a row says what a customer may know, and nothing that a model counted', async () => {
  const { ledger, ask } = await createBrowser().tab();
  await ledger.use({ ...USE, request_id: 'a' });
  const { status, body } = await ask('GET', 'nivella-credits/v1/activity?limit=100');
  assert.equal(status, 200);
  assert.doesNotMatch(JSON.stringify(body), /token/);
  const at = new Date(NOW).toISOString();
  const { seq, ...row } = body.rows[0];
  assert.ok(seq > 1);
  assert.deepEqual(row, {
    kind: 'use',
    type: 'message',
    occurred_at: at,
    booked_at: at,
    agent: 'chat',
    feature: 'chat_reply',
    model: 'swift',
    site: 'northlight',
    company: 'Northlight Dental',
    details: 'Appointment',
    reason: '',
    amount: '-1.2',
    credits: '1.2',
    waived: '0',
    messages: 1,
    call_ms: 0,
    images: 0,
    rate_version: 2,
    request_id: 'a',
  });
  assert.equal(body.labels.agent.voice_inbound, 'Voice Inbound');
  assert.equal(body.labels.site.northlight, 'clinic.northlight.example');
});

test('work that failed is a row of 0 with its reason, and keeps who it was for', async () => {
  const { ledger } = await createBrowser().tab();
  const body = { ...USE, request_id: 'h', duration_ms: 60_000 };
  const { hold } = await ledger.hold(body);
  const failed = { request_id: 's', mode: 'record', amount: '0', reason: 'no_reply' };
  await ledger.settle(hold.id, failed);
  const [row] = (await ledger.activity({ limit: 1 })).rows;
  const { kind, type, agent, credits, amount, reason, site, messages, details } = row ?? {};
  assert.deepEqual([kind, type, agent, site], ['settle', 'message', 'chat', 'northlight']);
  assert.deepEqual([credits, amount, reason, messages], ['0', '0', 'no_reply', 0]);
  assert.equal(details, 'Appointment');
});

test('filters leave what fits all of them', async () => {
  const { ledger } = await createBrowser().tab();
  await ledger.use({ ...USE, request_id: 'a', reference: 'Ünusual question' });
  const rows = await allRows(ledger);
  const today = dayOf({ base_offset_s: 0, transitions: [] }, NOW);
  const cases = /** @type {[any, (row: Row) => boolean][]} */ ([
    [{ agent: 'chat' }, (row) => row.agent === 'chat'],
    [{ agent: 'chat', model: 'deep' }, (row) => row.agent === 'chat' && row.model === 'deep'],
    [{ type: 'call', company: 'Ferrow Motors' }, (row) =>
      row.type === 'call' && row.company === 'Ferrow Motors'],
    [{ from: plusDays(today, -3), to: plusDays(today, -1) }, ({ occurred_at: at }) =>
      at.slice(0, 10) < today && at.slice(0, 10) >= plusDays(today, -3)],
    [{ search: 'ünUSUAL' }, (row) => row.details === 'Ünusual question'],
    [{ feature: 'nosuch' }, () => false],
  ]);
  for (const [filter, fits] of cases) {
    const expected = rows.filter(fits);
    assert.deepEqual(await allRows(ledger, filter), expected, JSON.stringify(filter));
    if (filter.feature !== 'nosuch') assert.ok(expected.length > 0, JSON.stringify(filter));
  }
});

test('the sums of the days are those of the rows, exactly, and stay so', async () => {
  const { ledger } = await createBrowser().tab();
  for (const round of ['before', 'after']) {
    const { rows, through_seq } = await ledger.usage();
    const known = (await allRows(ledger)).filter(({ seq }) => seq <= through_seq);
    const uses = known.filter(isUsage);
    assert.equal(through_seq, known[0]?.seq);
    assert.equal(rows.reduce((sum, row) => sum + row.uses, 0), uses.length);
    const keys = new Set(uses.map((row) => `${row.occurred_at.slice(0, 10)}|${keyOf(row)}`));
    assert.equal(rows.length, keys.size, 'one sum for each day and key');
    for (const sum of rows) {
      const same = uses.filter(
        (row) => row.occurred_at.startsWith(sum.day) && keyOf(row) === keyOf(sum),
      );
      assert.deepEqual([sum.credits, sum.uses], [sumOf(same), same.length], sum.day);
      assert.equal(sum.failed, same.filter(({ credits }) => credits === '0').length);
      assert.equal(sum.call_ms, same.reduce((all, { call_ms }) => all + call_ms, 0));
      assert.equal(sum.messages, same.reduce((all, { messages }) => all + messages, 0));
    }
    if (round === 'before') await ledger.use({ ...USE, request_id: 'one-more' });
  }
});

test('usage of some days is of those days, with the zone that they are in', async () => {
  const { ledger } = await createBrowser().tab();
  const [from, to] = ['2026-11-17', '2026-11-19'];
  const { rows, zone, as_of } = await ledger.usage({ from, to });
  assert.deepEqual([...new Set(rows.map(({ day }) => day))].sort(), [from, '2026-11-18', to]);
  assert.deepEqual(zone, { base_offset_s: 0, transitions: [] });
  assert.equal(as_of, new Date(NOW).toISOString());
});

test('a use late in the evening counts on the day of the account’s zone', async () => {
  const zone = { base_offset_s: -8 * 3600, transitions: [] };
  const browser = createBrowser({ zone: () => zone });
  const { ledger } = await browser.tab();
  await ledger.activity();
  browser.clock.now = Date.UTC(2026, 10, 23, 5);
  await ledger.use({ ...USE, request_id: 'late' });
  const { rows } = await ledger.usage({ from: '2026-11-22', to: '2026-11-23' });
  assert.deepEqual(rows.map(({ day, uses }) => [day, uses]), [['2026-11-22', 1]]);
});

test('a receipt shows the rates in business units, and each grant before and after', async () => {
  const { ledger, ask } = await createBrowser().tab();
  await ledger.use({ ...USE, request_id: 'a' });
  const [{ seq } = { seq: 0 }] = (await ledger.activity({ limit: 1 })).rows;
  await ledger.use({ request_id: 'b', mode: 'strict', amount: '7' });
  const receipt = await ledger.receipt(seq);
  assert.equal(receipt.row.seq, seq);
  assert.equal(receipt.rate?.version, 2);
  assert.equal(receipt.rate?.quantum, '0.1');
  assert.deepEqual(receipt.rate?.lines, [
    { unit: 'message', quantity: 1, rate: '1', product: '1' },
    { unit: 'work', product: '0.18' },
  ]);
  const [draw, ...more] = receipt.draws;
  assert.deepEqual(more, []);
  const { kind, amount, before, after } = draw ?? {};
  assert.deepEqual([kind, amount, before, after], ['allowance', '1.2', '841', '839.8']);
  assert.match(String(draw?.expires_at), /^2026-12-16T/);
  assert.deepEqual([receipt.hold, receipt.reason], [null, '']);
  const { body } = await ask('GET', `nivella-credits/v1/activity/${seq}`);
  assert.doesNotMatch(JSON.stringify(body), /token/);
});

test('a receipt of a settled hold says what was held, and draws over two grants', async () => {
  const { ledger } = await createBrowser().tab();
  const body = { request_id: 'h', amount: '900', duration_ms: 60_000, mode: 'strict' };
  const { hold } = await ledger.hold(body);
  await ledger.settle(hold.id, { request_id: 's', mode: 'strict', amount: '850' });
  const [{ seq } = { seq: 0 }] = (await ledger.activity({ limit: 1 })).rows;
  const { hold: held, draws } = await ledger.receipt(seq);
  const at = new Date(NOW).toISOString();
  assert.deepEqual(held, { id: hold.id, amount: '900', booked_at: at });
  assert.deepEqual(
    draws.map(({ kind, amount, before, after }) => [kind, amount, before, after]),
    [
      ['allowance', '841', '841', '0'],
      ['purchase', '9', '1500', '1491'],
    ],
  );
});

for (const seq of ['0', '999999', 'x', '1.5', '-1']) {
  test(`a receipt of entry ${seq}: not_found`, async () => {
    const { ledger } = await createBrowser().tab();
    const none = ledger.receipt(/** @type {any} */ (seq));
    await assert.rejects(none, { code: 'not_found', field: 'seq' });
  });
}

test('the export is the same rows as CSV, newest first, and safe in a sheet', async () => {
  const { ledger } = await createBrowser().tab();
  await ledger.use({ ...USE, request_id: 'a', reference: '=HYPERLINK("x"), more' });
  const text = await textOf(await ledger.activityCsv());
  const [header, first, ...lines] = text.split('\r\n');
  assert.equal(lines.pop(), '', 'the last line ends as every other');
  const rows = await allRows(ledger);
  assert.equal(lines.length + 1, rows.length);
  assert.equal(
    header,
    'seq,occurred_at,booked_at,kind,type,agent,feature,model,site,company,credits,amount,waived,' +
      'messages,call_seconds,images,rate_version,reason,details',
  );
  const at = '2026-11-21T10:00:00+00:00';
  assert.equal(
    first,
    `${rows[0]?.seq},${at},${at},use,message,chat,chat_reply,swift,northlight,Northlight Dental,` +
      '1.2,-1.2,0,1,0,0,2,,"\'=HYPERLINK(""x""), more"',
  );
  const seqs = lines.map((line) => Number(line.split(',')[0]));
  assert.deepEqual(seqs, rows.slice(1).map(({ seq }) => seq));
  const call = rows.find(({ type }) => type === 'call');
  const seconds = lines.find((line) => line.startsWith(`${call?.seq},`))?.split(',')[14];
  assert.equal(Number(seconds) * 1000, call?.call_ms);
});

test('the export of some days has those, and can be left half-way', async () => {
  const { ledger } = await createBrowser().tab();
  const days = { from: '2026-11-17', to: '2026-11-18' };
  const lines = (await textOf(await ledger.activityCsv(days))).trim().split('\r\n').slice(1);
  assert.ok(lines.length > 20);
  for (const line of lines) assert.match(line, /^\d+,2026-11-1[78]T/);
  const reader = (await ledger.activityCsv()).getReader();
  assert.equal((await reader.read()).done, false);
  await reader.cancel();
  await assert.rejects(ledger.activityCsv({ from: 'x' }), { code: 'time_invalid', field: 'from' });
});
