/**
 * When to read a balance again: one tab of the browser does it for all, only while it is seen,
 * every 15 seconds, less often while it fails.
 *
 * The tab that polls holds a Web Lock; others ask it. Where there are no locks, every seen tab
 * polls, but waits as long as another one has just done so.
 */

/** @typedef {import('./account.js').Clock} Clock */
/** @typedef {import('./account.js').State} State */
/**
 * @typedef {object} PollerOptions
 * @property {() => boolean} [visible]
 * @property {(wake: () => void) => () => void} [listen] to what should read at once
 * @property {?Pick<LockManager, 'request'>} [locks]
 */
/**
 * @typedef {object} Polled
 * @property {string} name
 * @property {Clock} clock
 * @property {() => Promise<State>} refresh
 * @property {() => void} repeat tells the other tabs what is known
 * @property {() => number} heardAt the monotonic time of the last answer, also of another tab's
 * @property {Pick<import('./account-keeper.js').Keeper, 'ask' | 'onAsk'>} keeper
 */

const INTERVAL_MS = 15_000;
const MOST_MS = 120_000;
/** Two wishes within this time are one. */
const JUST_NOW_MS = 1000;
/** How long the polling tab may take before another one reads by itself. */
const PATIENCE_MS = 2000;
/** By how much tabs without locks keep apart. */
const BEHIND_MS = 500;
/** What another try in 15 seconds will not mend. */
const LASTING = new Set(['not_signed_in', 'forbidden', 'ledger_missing', 'store_origin_refused']);

/**
 * @param {Polled} polled
 * @param {PollerOptions} [options]
 * @returns {{start: (checkedAt?: number) => void, stop: () => void}}
 */
export function createPoller({ name, clock, refresh, repeat, heardAt, keeper }, options = {}) {
  const { visible = pageVisible, listen = pageListen } = options;
  const locks = options.locks === undefined ? (globalThis.navigator?.locks ?? null) : options.locks;
  let failures = 0;
  let readAt = -Infinity;
  /** @type {any} */
  let timer;
  /** @type {(() => void) | undefined} gives the lock back */
  let release;
  /** @type {AbortController | undefined} */
  let campaign;
  let unlisten = () => {};

  /** @param {number} ms @param {() => void} [then] */
  function wait(ms, then = tick) {
    clock.cancel(timer);
    timer = clock.later(then, ms);
  }

  /** Without locks another tab may have read meanwhile: then it is that one's turn again. */
  function tick() {
    const quiet = clock.mono() - heardAt();
    if (locks || failures > 0 || quiet >= INTERVAL_MS) read();
    else wait(INTERVAL_MS - quiet + BEHIND_MS);
  }

  /** Has the polling tab read; reads by itself when that one stays silent. */
  function ask() {
    const asked = clock.mono();
    keeper.ask();
    wait(PATIENCE_MS, () => {
      if (heardAt() < asked) read();
    });
  }

  async function read() {
    clock.cancel(timer);
    readAt = clock.mono();
    const { error } = await refresh();
    if (!campaign || !visible()) return;
    failures = error ? failures + 1 : 0;
    if (error && LASTING.has(error.code)) failures = 9;
    const least = Number(error?.details?.retry_after_s ?? 0) * 1000;
    const pause = Math.min(MOST_MS, INTERVAL_MS * 2 ** failures);
    if (leads()) wait(Math.max(least, pause));
  }

  const leads = () => !locks || release !== undefined;
  const justRead = () => clock.mono() - Math.max(readAt, heardAt()) < JUST_NOW_MS;

  /** Reads now, or has the polling tab read; by itself when that one does not. */
  function wake() {
    if (!campaign) return;
    if (!visible()) return rest();
    if (locks && !release) stand();
    if (justRead()) return;
    if (leads()) read();
    else ask();
  }

  /** Queues for the lock; whoever leaves or hides makes room for the next. */
  function stand() {
    const mine = (campaign = new AbortController());
    const held = new Promise((/** @type {(value?: unknown) => void} */ resolve) => {
      mine.signal.addEventListener('abort', () => resolve());
    });
    locks
      ?.request(`${name} poll`, { signal: mine.signal }, () => {
        if (mine.signal.aborted) return undefined;
        release = () => mine.abort();
        if (justRead()) wait(INTERVAL_MS);
        else read();
        return held;
      })
      .catch(() => {}); // gave up waiting
  }

  function rest() {
    clock.cancel(timer);
    release = undefined;
    campaign?.abort();
    campaign = new AbortController();
  }

  keeper.onAsk(() => {
    if (!campaign || !leads() || !visible()) return;
    // Whoever has just opened wants what the last reading said, not another one.
    if (justRead()) repeat();
    else read();
  });

  return {
    start(checkedAt = -Infinity) {
      campaign = new AbortController();
      unlisten = listen(wake);
      if (!visible()) return;
      // A fresh record means that another tab may be polling: then the lock decides who reads.
      // An old one means that nobody is, and the first paint should not wait for a lock.
      const fresh = clock.wall() - checkedAt < INTERVAL_MS + PATIENCE_MS;
      if (justRead()) wait(INTERVAL_MS);
      else if (fresh && locks) ask();
      else read();
      if (locks) stand();
    },
    stop() {
      rest();
      campaign = undefined;
      unlisten();
    },
  };
}

const pageVisible = () => globalThis.document?.visibilityState !== 'hidden';

/** @param {() => void} wake */
function pageListen(wake) {
  const heard = /** @type {const} */ (['focus', 'online', 'pageshow']);
  for (const name of heard) globalThis.addEventListener?.(name, wake);
  globalThis.document?.addEventListener('visibilitychange', wake);
  return () => {
    for (const name of heard) globalThis.removeEventListener?.(name, wake);
    globalThis.document?.removeEventListener('visibilitychange', wake);
  };
}
