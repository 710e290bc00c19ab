/** A balance as it arrives: enough of it is looked at here to keep a newer one from an older. */
import { CODES, NivellaError } from './errors.js';

/** @typedef {{version: number, as_of: string, account?: string, [more: string]: any}} Snapshot */

/**
 * Order is (version, as_of), for one account.
 *
 * @param {Snapshot} a @param {?Snapshot} b
 * @returns {boolean}
 */
export function isNewer(a, b) {
  if (!b || a.account !== b.account) return true;
  if (a.version !== b.version) return a.version > b.version;
  return Date.parse(a.as_of) > Date.parse(b.as_of);
}

const LEVELS = new Set(['ok', 'low', 'critical', 'depleted', 'unlimited']);
const TIME = /^\d{4}-\d\d-\d\dT/;
const AMOUNT = /^\d{1,13}(\.\d{1,6})?$/;

/**
 * What every snapshot has; the module looks at the rest. The old view stays when it throws, and
 * what is refused here never counts as newer than what comes after it.
 *
 * @param {unknown} found
 * @returns {Snapshot}
 */
export function snapshotOf(found) {
  const { version, as_of, level, available, show = 'exact' } =
    /** @type {Partial<Snapshot>} */ (found ?? {});
  const counted = Number.isSafeInteger(version) && Number(version) >= 0;
  const timed = typeof as_of === 'string' && TIME.test(as_of) && !Number.isNaN(Date.parse(as_of));
  if (!counted || !timed || !LEVELS.has(level)) {
    throw new NivellaError('snapshot_invalid', 'no version, no time or no level');
  }
  // Only who is told less than the number gets none.
  const less = available === undefined && (show !== 'exact' || level === 'unlimited');
  if (!less && !(typeof available === 'string' && AMOUNT.test(available))) {
    throw new NivellaError('amount_invalid', 'no decimal string', { field: 'available' });
  }
  return /** @type {Snapshot} */ (found);
}

/**
 * @param {unknown} found in the browser's storage or in another tab's message
 * @returns {import('./account-keeper.js').Shared | 'forget' | null} null for what is not ours
 */
export function recordOf(found) {
  if (found === 'forget') return found;
  const { snapshot, checked_at, server_at, etag } = /** @type {any} */ (found ?? {});
  if (!Number.isFinite(checked_at) || !Number.isFinite(server_at)) return null;
  try {
    const tag = typeof etag === 'string' ? etag : null;
    return { snapshot: snapshotOf(snapshot), etag: tag, checked_at, server_at };
  } catch {
    return null;
  }
}

/** @param {unknown} found in another tab's message @returns {?NivellaError} */
export function failureOf(found) {
  const { failed } = /** @type {{failed?: unknown}} */ (found ?? {});
  return typeof failed === 'string' && CODES.has(failed) ? new NivellaError(failed) : null;
}
