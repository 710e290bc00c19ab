/**
 * The customer's reads of the ledger: usage by day, activity, receipts, exports. Each answers from
 * the account's own entries, or from the sums that are kept beside them.
 */
import { ok } from './answers.js';
import { HEADER, lineOf } from './csv.js';
import { filterOf, pageOf, rangeOf } from './filter.js';
import { LABELS } from './labels.js';
import { receiptOf } from './receipts.js';
import { rowOf } from './rows.js';

/** @typedef {import('./answers.js').Reply} Reply */
/** @typedef {import('./books.js').Head} Head */
/** @typedef {import('./database.js').Transaction} Transaction */
/** @typedef {import('./ledger-routes.js').Books} Books */
/** @typedef {import('./rows.js').Row} Row */
/** @typedef {<T>(work: (tx: Transaction) => Promise<T>) => Promise<T>} Read */

const SLICE = 200;
/** So many entries are looked through for one page; a filter that leaves few gets short pages. */
const MOST = 5000;

/**
 * @param {Transaction} tx @param {Head} head @param {number} before
 * @returns {Promise<Row[]>} a slice of them
 */
async function rowsBefore(tx, head, before) {
  const entries = await tx.between('entries', Math.max(1, before - SLICE), before - 1);
  const rows = entries.map(async (entry) => {
    const resolves = entry.kind === 'settle' || entry.kind === 'release' || entry.kind === 'lapse';
    const opened = resolves ? await tx.holdEntry(entry.hold) : undefined;
    return rowOf(entry, opened, head.state.grants);
  });
  return (await Promise.all(rows)).reverse();
}

/** @param {URLSearchParams} query @param {Books} books @param {Transaction} tx */
export async function usage(query, books, tx) {
  const { from, to } = rangeOf(query);
  const { head, at } = await books.touched(tx);
  const days = await tx.between('days', from, to);
  const rows = days.flatMap(({ day, rows: sums }) =>
    sums.map((/** @type {object} */ sum) => ({ day, ...sum })),
  );
  const { zone } = head.state.settings;
  return ok({ as_of: at, zone, through_seq: head.rolled, labels: LABELS, rows });
}

/** @param {URLSearchParams} query @param {Books} books @param {Transaction} tx */
export async function activity(query, books, tx) {
  const { limit, before } = pageOf(query);
  rangeOf(query);
  const { head, at } = await books.touched(tx);
  const fits = filterOf(query, head.state.settings.zone);
  /** @type {Row[]} */
  const rows = [];
  let next = Math.min(before, head.seq + 1);
  const until = next - MOST;
  while (rows.length < limit && next > 1 && next > until) {
    for (const row of await rowsBefore(tx, head, next)) {
      next = row.seq;
      if (fits(row) && rows.push(row) === limit) break;
    }
  }
  return ok({ rows, next: next > 1 ? next : null, as_of: at, labels: LABELS });
}

/** @param {string} seq @param {Books} books @param {Transaction} tx */
export const receipt = async (seq, books, tx) =>
  ok(await receiptOf(tx, await books.touched(tx), seq));

/**
 * The activity of some days, newest first, as a stream: read slice by slice, as far as someone
 * takes it.
 *
 * @param {URLSearchParams} query @param {Head} head @param {Read} read
 * @returns {Reply}
 */
export function activityCsv(query, head, read) {
  const { zone } = head.state.settings;
  const fits = filterOf(query, zone);
  const encoder = new TextEncoder();
  let next = head.seq + 1;
  const stream = new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(HEADER)),
    async pull(controller) {
      for (let text = ''; text === '';) {
        if (next <= 1) return controller.close();
        const rows = await read((tx) => rowsBefore(tx, head, next));
        if (rows.length === 0) throw new Error('entries are missing');
        next = rows.at(-1)?.seq ?? 0;
        text = rows
          .filter(fits)
          .map((row) => lineOf(row, zone))
          .join('');
        if (text) controller.enqueue(encoder.encode(text));
      }
    },
  });
  return { status: 200, body: null, stream };
}

/** Entries that are written in one piece of a statement. */
const PIECE = 1000;

/**
 * The whole account with its proof, as text. It is written at once, because what is booked
 * meanwhile would not belong to it.
 *
 * @param {{head: Head, engine: import('./books.js').Engine, at: string}} account
 * @returns {Reply}
 */
export function statement({ head, engine, at }) {
  const encoder = new TextEncoder();
  engine.begin_statement(head.account, at);
  /** @type {Uint8Array[]} */
  const pieces = [];
  for (let piece; (piece = engine.next_statement(PIECE)) !== undefined;) {
    pieces.push(encoder.encode(piece));
  }
  const stream = new ReadableStream({
    pull(controller) {
      const piece = pieces.shift();
      if (piece) controller.enqueue(piece);
      else controller.close();
    },
  });
  const headers = { 'Content-Type': 'application/json; charset=UTF-8' };
  return { status: 200, body: null, headers, stream };
}
