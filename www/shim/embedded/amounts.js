/** Exact sums of decimal strings, in millionths of a credit. */

/** @param {string | undefined} text at most 6 decimals, perhaps a minus; 0 when absent */
export function micro(text) {
  const [, sign = '', whole = '0', part = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text ?? '0') ?? [];
  const amount = BigInt(whole) * 1_000_000n + BigInt(part.slice(0, 6).padEnd(6, '0'));
  return sign ? -amount : amount;
}

/** @param {bigint} amount in millionths @returns {string} */
export function decimal(amount) {
  const size = amount < 0n ? -amount : amount;
  const part = String(size % 1_000_000n)
    .padStart(6, '0')
    .replace(/0+$/, '');
  return `${amount < 0n ? '-' : ''}${size / 1_000_000n}${part && `.${part}`}`;
}

/** @param {string} a @param {string} b */
export const plus = (a, b) => decimal(micro(a) + micro(b));
