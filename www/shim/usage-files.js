/** Files of the dashboard: the activity as CSV, a statement, and the check of one. */
import { engineModule, guarded } from './boot.js';
import { NivellaError } from './errors.js';
import { breathe } from './usage-data.js';

/** @typedef {import('./elements/dashboard-view.js').Verdict} Verdict */
/** @typedef {import('./ledger-api.js').LedgerApi} LedgerApi */

/** Rows that are written in one task. */
const ROWS = 10_000;

/**
 * The rows of the present filter, newest first.
 * @param {Awaited<ReturnType<typeof import('./usage-data.js').openData>>} feed
 * @param {(done: number) => void} progress in permille
 * @param {AbortSignal} signal
 */
export async function activityFile(feed, progress, signal) {
  const { data, guard } = feed;
  // Whatever the store still has belongs to the file too.
  while (feed.hasEarlier) {
    await feed.earlier();
    signal.throwIfAborted();
  }
  while (!guard(() => data.find(ROWS))) await breathe();
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const parts = [];
  const all = Math.max(1, guard(() => data.found()));
  guard(() => data.begin_csv());
  for (let done = 0; ; done += ROWS) {
    const bytes = guard(() => data.next_csv(ROWS));
    if (bytes.length === 0) break;
    parts.push(/** @type {Uint8Array<ArrayBuffer>} */ (bytes));
    progress(Math.min(1000, Math.floor((done * 1000) / all)));
    await breathe();
    signal.throwIfAborted();
  }
  return new File(parts, 'activity.csv', { type: 'text/csv' });
}

/**
 * The live statement, to keep.
 * @param {LedgerApi} ledger
 */
export async function statementFile(ledger) {
  const text = await new Response(await ledger.statement()).blob();
  return new File([text], 'statement.json', { type: 'application/json' });
}

/** Bytes that are recomputed in one task. */
const CHUNK = 64 * 1024;

/**
 * Checks a file, or the live statement: every balance, draw and total is recomputed.
 * @param {LedgerApi} ledger
 * @param {File | null} file
 * @param {(done: number) => void} progress in permille
 * @param {AbortSignal} signal
 * @returns {Promise<Verdict>}
 * @throws {NivellaError} for what is no statement of ours
 */
export async function verified(ledger, file, progress, signal) {
  const glue = await engineModule();
  const bytes = new Uint8Array(await (file ?? await statementFile(ledger)).arrayBuffer());
  const check = guarded(glue, () => new glue.StatementCheck());
  try {
    for (let at = 0; at < bytes.length; at += CHUNK) {
      guarded(glue, () => check.push(bytes.subarray(at, at + CHUNK)));
      progress(Math.floor((at * 1000) / bytes.length));
      await breathe();
      signal.throwIfAborted();
    }
    return verdictOf(guarded(glue, () => check.finish()));
  } finally {
    check.free();
  }
}

/** @param {Record<string, any>} told @returns {Verdict} */
function verdictOf({ verdict, code, field, entries = 0, id, place, what, ...more }) {
  if (verdict === 'refused') throw new NivellaError(code, 'no statement of ours', { field });
  const { posted, found, expected } = more;
  if (verdict === 'matches') return { matches: true, entries, posted, differs: null };
  const differs = { place, id: id ?? '', field: what, found, expected };
  return { matches: false, entries, differs };
}
