/** Small numbers about many numbers. */

/** @param {number[]} values @returns {number} */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * The median, and between which two values it is at 99 %; whatever the values are like.
 * @param {number[]} values @param {number} digits
 */
export function interval(values, digits) {
  const sorted = [...values].sort((a, b) => a - b);
  const aside = Math.max(0, Math.floor((sorted.length - 2.576 * Math.sqrt(sorted.length)) / 2));
  const [low, high] = [sorted[aside], sorted[sorted.length - 1 - aside]];
  const text = (/** @type {number} */ value) => value.toFixed(digits);
  return { low, high, text: `${text(median(values))} (${text(low)} to ${text(high)})` };
}

/** Median, least and most. @param {number[]} values @param {number} digits */
export function spread(values, digits = 1) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const text = (/** @type {number} */ value) => value.toFixed(digits);
  return `${text(median(values))} (${text(low)} to ${text(high)})`;
}
