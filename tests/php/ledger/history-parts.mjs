/** What random histories are made of: times, numbers, how often what happens, and wrong values. */

/** @typedef {import('../../fuzz/hostile.mjs').Random} Random */
/** @typedef {[string, number][]} Theme operations, and how many of them */

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const START = Date.parse('2026-10-20T08:00:00Z');

/** @param {number} ms */
export const instant = (ms) => new Date(ms).toISOString();
/** @param {bigint} micro */
export function decimal(micro) {
  const rest = String(micro % 1_000_000n).padStart(6, '0').replace(/0+$/, '');
  return String(micro / 1_000_000n) + (rest && `.${rest}`);
}

export const finite = (/** @type {number} */ n) => (Number.isFinite(n) ? n : undefined);
/** @param {Random} random @param {number} n */
export const oneIn = (random, n) => random.below(n) === 0;
/** Below a limit that 32 bits need not hold. @param {Random} random @param {number} limit */
export const wide = (random, limit) =>
  (random.below(2 ** 20) * 2 ** 31 + random.below(2 ** 31)) % limit;

/** How often what happens: of everything, and of what seldom meets by chance. @type {Theme[]} */
export const THEMES = [
  [
    ['grant', 6], ['use', 9], ['hold', 6], ['settle', 5], ['release', 2], ['reverse', 5],
    ['reinstate', 2], ['add', 1], ['take', 1], ['subscribe', 2], ['renew', 1], ['change', 2],
    ['cancel', 1],
  ],
  [
    ['grant', 2], ['use', 6], ['hold', 3], ['settle', 2], ['subscribe', 5], ['renew', 4],
    ['change', 6], ['cancel', 2], ['add', 1],
  ],
  [
    ['grant', 10], ['use', 5], ['hold', 9], ['settle', 6], ['release', 4], ['reverse', 10],
    ['reinstate', 4], ['take', 1],
  ],
  [['grant', 7], ['use', 4], ['hold', 9], ['settle', 8], ['release', 2], ['reverse', 2]],
];

/** What a field may be and should not. PHP cannot tell an empty list from an empty object. */
export const WRONG = [
  null, true, 7, -1, 1.5, 4294967296, ['x'], '', ' 10', '+5', '-5', '1e3', 'NaN', '1.', '.5', '٣',
  '0', '00.10', '0.0000001', '1000000000000.000001', '9223372036854.775808', '9'.repeat(20) + 'x',
  '2026-02-30T00:00:00Z', '2026-11-21', '9999-12-31T23:59:59.999Z', '2026-11-21T10:00:00+25:00',
  'a\u0000b', 'a'.repeat(192), 'é'.repeat(600), '\u0085', 'strict', 'record', 'grant', '007', '0x1',
];
