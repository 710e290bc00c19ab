/** Bad days of the embedded store, for demo controls and tests. */

/**
 * @typedef {object} Faults
 * @property {boolean} offline no request gets through
 * @property {number} slowMs how long each request takes
 * @property {number} failNext so many requests get no answer
 * @property {number} breakNext so many answers are cut in half
 */

export function createFaults() {
  /** @type {Faults} */
  const faults = { offline: false, slowMs: 0, failNext: 0, breakNext: 0 };

  return {
    faults,
    /**
     * @param {AbortSignal | null | undefined} signal
     * @returns {Promise<boolean>} whether the answer breaks off
     * @throws {TypeError} as `fetch` does without a network
     */
    async suffer(signal) {
      signal?.throwIfAborted();
      if (faults.slowMs > 0) await pause(faults.slowMs, signal);
      if (faults.offline || faults.failNext > 0) {
        faults.failNext = Math.max(0, faults.failNext - 1);
        throw new TypeError('Failed to fetch');
      }
      const broken = faults.breakNext > 0;
      if (broken) faults.breakNext -= 1;
      return broken;
    },
  };
}

/** @param {number} ms @param {AbortSignal | null | undefined} signal @returns {Promise<void>} */
function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
