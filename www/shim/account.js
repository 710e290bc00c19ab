/**
 * The one account of a page: its last known snapshot, who wants to hear of it, and the server's
 * time. Elements and tabs share it, so that all show the same number.
 *
 * A snapshot with an older (version, as_of) never replaces a newer one, and a failure never
 * replaces any: it marks what is shown as stale, with the time since when.
 */
import { createKeeper } from './account-keeper.js';
import { createPoller } from './account-poller.js';
import { NivellaError, toNivellaError } from './errors.js';
import { failureOf, isNewer, recordOf, snapshotOf } from './snapshot.js';

/** @typedef {import('./snapshot.js').Snapshot} Snapshot */
/**
 * @typedef {object} State
 * @property {?Snapshot} snapshot the last known; null while nothing is known, never a zero
 * @property {'loading' | 'fresh' | 'stale'} status
 * @property {boolean} stale the last read failed
 * @property {?string} since the server's time when the snapshot was last confirmed
 * @property {?NivellaError} error why it is stale
 */
/**
 * @typedef {object} Clock
 * @property {() => number} wall this device's clock, ms; only for records shared by tabs
 * @property {() => number} mono a clock that nobody sets, ms
 * @property {(run: () => void, ms: number) => any} later
 * @property {(timer: any) => void} cancel
 */
/**
 * @typedef {object} AccountOptions
 * @property {string} store the store's home
 * @property {?string} [site] the public id of the site whose pill a visitor sees
 * @property {string} [who] tells readers of one browser apart, where the page knows it
 * @property {Pick<import('./ledger-api.js').LedgerApi, 'balance' | 'pill'>} ledger
 * @property {Clock} [clock]
 * @property {import('./account-keeper.js').KeeperOptions} [shared] storage and channel
 * @property {import('./account-poller.js').PollerOptions} [page] visibility, events and locks
 */
/**
 * @typedef {object} Account
 * @property {() => State} state
 * @property {?Snapshot} snapshot
 * @property {(listener: (state: State) => void, report?: (problem: NivellaError) => void)
 *   => () => void} subscribe heard at once with what is known; polling runs while anyone listens
 * @property {(snapshot: unknown, etag?: ?string) => boolean} publish what a write or the first
 *   reading answered; whether it was newer
 * @property {() => Promise<State>} refresh
 * @property {() => void} forget after signing out, or when the demo starts anew
 * @property {() => number} now the server's time, ms
 */

const SKEW_MS = 5 * 60_000;

/** @type {Clock} */
const deviceClock = {
  wall: () => Date.now(),
  mono: () => performance.now(),
  later: (run, ms) => setTimeout(run, ms),
  cancel: (timer) => clearTimeout(timer),
};

/** @param {AccountOptions} options */
const nameOf = ({ store, site, who = '' }) =>
  ['nivella-credits', 'account', store, site ?? '', who].map(encodeURIComponent).join(' ');

/**
 * @param {AccountOptions} options
 * @returns {Account}
 */
export function createAccount(options) {
  const { ledger, site, clock = deviceClock } = options;
  const name = nameOf(options);
  /** @type {Map<(state: State) => void, ((problem: NivellaError) => void) | undefined>} */
  const listeners = new Map();
  /** @type {State} */
  let state = { snapshot: null, status: 'loading', stale: false, since: null, error: null };
  /** @type {?string} */
  let etag = null;
  let base = { server: clock.wall(), mono: clock.mono() };
  let skewTold = false;
  /** @type {NivellaError[]} */
  const untold = [];
  let heardAt = -Infinity;
  /** @type {Promise<State> | undefined} */
  let reading;

  const now = () => base.server + (clock.mono() - base.mono);
  const keeper = createKeeper(name, hear, options.shared);
  const heard = { name, clock, refresh, repeat: tell, heardAt: () => heardAt, keeper };
  const poller = createPoller(heard, options.page);

  /** @param {Partial<State>} change */
  function show(change) {
    state = Object.freeze({ ...state, ...change });
    for (const listener of [...listeners.keys()]) listener(state);
  }

  /** @param {NivellaError} problem told to the first who listens, where nobody does yet */
  function report(problem) {
    if (listeners.size === 0) untold.push(problem);
    for (const each of [...listeners.values()]) each?.(problem);
  }

  /** Sets the server's time, and says once when this device's clock is far from it. */
  function setTime(/** @type {number} */ server) {
    base = { server, mono: clock.mono() };
    const skew = clock.wall() - server;
    if (skewTold || Math.abs(skew) <= SKEW_MS) return;
    skewTold = true;
    const details = { ahead_s: String(Math.round(skew / 1000)) };
    report(new NivellaError('clock_skewed', "this device's clock is off", { details }));
  }

  /** The server's time now, by what another tab or page knew. */
  function setTimeBy(/** @type {import('./account-keeper.js').Shared} */ record) {
    const age = Math.max(0, clock.wall() - record.checked_at);
    base = { server: record.server_at + age, mono: clock.mono() };
  }

  /** @param {Snapshot} snapshot @param {?string} [tag] @returns {boolean} */
  function take(snapshot, tag = null) {
    const newer = isNewer(snapshot, state.snapshot);
    if (newer) etag = tag;
    heardAt = clock.mono();
    show({
      ...(newer ? { snapshot } : {}),
      status: 'fresh',
      stale: false,
      error: null,
      since: new Date(now()).toISOString(),
    });
    return newer;
  }

  /** What this tab has just learned, for the others. */
  function tell() {
    const { snapshot, error } = state;
    if (error) keeper.tell({ failed: error.code });
    else if (snapshot) keeper.share({ snapshot, etag, checked_at: clock.wall(), server_at: now() });
  }

  /** What another tab has learned, or an earlier page. @param {unknown} heard */
  function hear(heard) {
    const record = recordOf(heard);
    if (record === 'forget') {
      drop();
      if (listeners.size > 0) void refresh();
      return;
    }
    if (!record) return fail(failureOf(heard));
    setTimeBy(record);
    take(record.snapshot, record.etag);
  }

  /** @param {?NivellaError} error */
  function fail(error) {
    if (error) show({ status: 'stale', stale: true, error });
  }

  function drop() {
    etag = null;
    show({ snapshot: null, status: 'loading', stale: false, since: null, error: null });
  }

  async function readOnce() {
    try {
      const known = { etag: state.snapshot && etag };
      const answer = await (site ? ledger.pill(site, known) : ledger.balance(known));
      if (answer.snapshot) {
        const snapshot = snapshotOf(answer.snapshot);
        setTime(Date.parse(snapshot.as_of));
        take(snapshot, answer.etag);
      } else if (state.snapshot) {
        // "Not modified" has no as_of; the header's whole seconds only mend a clock that slept.
        const date = Date.parse(answer.date ?? '');
        if (date > now() + 2000) setTime(date);
        take(state.snapshot, etag);
      }
      tell();
    } catch (thrown) {
      const error = toNivellaError(thrown, 'store_answer_invalid');
      // Once only: the other tabs read for themselves when they hear of it.
      if (error.code === 'not_signed_in' && state.snapshot) forget();
      fail(error);
      tell();
    }
    return state;
  }

  function refresh() {
    reading ??= readOnce().finally(() => (reading = undefined));
    return reading;
  }

  function forget() {
    drop();
    keeper.forget();
  }

  /** @type {number | undefined} when a reading was last known, by this device's clock */
  let checkedAt;
  const known = recordOf(keeper.known());
  if (known && known !== 'forget') {
    checkedAt = known.checked_at;
    setTimeBy(known);
    etag = known.etag;
    const since = new Date(known.server_at).toISOString();
    state = Object.freeze({ ...state, snapshot: known.snapshot, since });
  }

  return {
    state: () => state,
    get snapshot() {
      return state.snapshot;
    },
    subscribe(listener, onReport) {
      listeners.set(listener, onReport);
      for (const problem of untold.splice(0)) onReport?.(problem);
      if (state.snapshot || state.error) listener(state);
      if (listeners.size === 1) poller.start(checkedAt);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) poller.stop();
      };
    },
    publish(found, tag = null) {
      const snapshot = snapshotOf(found);
      const newer = isNewer(snapshot, state.snapshot);
      if (newer) {
        setTime(Date.parse(snapshot.as_of));
        take(snapshot, tag);
        tell();
        checkedAt = clock.wall();
      }
      return newer;
    },
    refresh,
    forget,
    now,
  };
}
