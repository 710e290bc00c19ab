/** What to do with objects of a module that has been replaced after a trap: make them anew. */

/**
 * Whether an object of the module is of no use any more: it has trapped, or another one has.
 * @param {unknown} thrown
 */
export function isGone(thrown) {
  const { code, message } = /** @type {{ code?: unknown, message?: unknown }} */ (thrown ?? {});
  return code === 'module_trapped' || /stale object/.test(String(message));
}
