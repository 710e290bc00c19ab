/** Files of the dashboard: the activity as CSV, a statement, and the check of one. */
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
export async function activityFile({ data, guard, ...feed }, progress, signal) {
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
