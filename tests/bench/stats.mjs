/** Small numbers about many numbers. */

/** @param {number[]} values @returns {number} */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Median, least and most. @param {number[]} values @param {number} digits */
export function spread(values, digits = 1) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const text = (/** @type {number} */ value) => value.toFixed(digits);
  return `${text(median(values))} (${text(low)} to ${text(high)})`;
}
