/**
 * Every refusal that a page can see is a `NivellaError` with a stable code. The table equals
 * `tests/vectors/error_codes.json`; texts may change, codes do not.
 */

import { NivellaError } from './error.js';

export { NivellaError };

/** @type {ReadonlySet<string>} every code, as in `src/error.rs` */
export const CODES = new Set(
  `
  amount_invalid amount_out_of_range amount_overflow quantity_invalid decimal_invalid
  time_invalid occurred_at_out_of_range period_invalid zone_invalid field_invalid
  request_id_invalid request_id_conflict not_found insufficient_credits hold_resolved
  hold_lapsed too_many_holds feature_not_in_plan plan_unknown plan_invalid rate_card_invalid
  rate_not_found reversal_invalid snapshot_invalid snapshot_version snapshot_too_large
  package_without_credits package_unknown package_unavailable quantity_limited
  store_unreachable store_answer_invalid store_refused store_rate_limited
  store_origin_refused store_not_configured ledger_missing not_signed_in forbidden
  attribute_invalid locale_unknown clock_skewed storage_unavailable module_unavailable
  module_trapped
  `
    .trim()
    .split(/\s+/),
);

/**
 * What a thrown value means: a refusal of ours stays as it is, also when it comes from the
 * module, which throws plain `Error`s that carry our name and code.
 *
 * @param {unknown} thrown
 * @param {string} [fallback] the code for what nobody expected
 * @returns {NivellaError}
 */
export function toNivellaError(thrown, fallback = 'module_trapped') {
  if (thrown instanceof NivellaError) return thrown;
  const error = /** @type {{name?: unknown, message?: unknown, code?: unknown}} */ (thrown ?? {});
  const message = typeof error.message === 'string' ? error.message : String(thrown);
  if (error.name === 'NivellaError' && typeof error.code === 'string' && CODES.has(error.code)) {
    const { field, details } = /** @type {{field?: string, details?: Record<string, string>}} */ (
      thrown
    );
    return new NivellaError(error.code, message, { field, details, cause: thrown });
  }
  return new NivellaError(codeOf(error.name, fallback), message, { cause: thrown });
}

/** @param {unknown} name of an error of the platform @param {string} fallback */
function codeOf(name, fallback) {
  switch (name) {
    case 'RuntimeError': // WebAssembly's word for a trap
      return 'module_trapped';
    case 'CompileError':
    case 'LinkError':
      return 'module_unavailable';
    case 'QuotaExceededError':
      return 'storage_unavailable';
    case 'AbortError':
    case 'TimeoutError':
    case 'NetworkError':
      return 'store_unreachable';
    default:
      return fallback;
  }
}
