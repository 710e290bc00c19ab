/**
 * What the tabs of one browser share about an account: the last snapshot, kept for the next page
 * and told to the other tabs. Without storage or channel a page simply knows less.
 */

/** @typedef {import('./snapshot.js').Snapshot} Snapshot */
/**
 * @typedef {object} Shared
 * @property {Snapshot} snapshot
 * @property {?string} etag
 * @property {number} checked_at this device's clock when the server last confirmed it, ms
 * @property {number} server_at the server's time at that moment, ms
 */
/**
 * @typedef {object} KeeperOptions
 * @property {?Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>} [storage]
 * @property {?Pick<BroadcastChannel, 'postMessage' | 'onmessage'>} [channel]
 */
/**
 * @typedef {object} Keeper
 * @property {() => unknown} known what an earlier page left, unchecked
 * @property {(record: Shared) => void} share
 * @property {(failure: {failed: string}) => void} tell that what all tabs show is stale
 * @property {() => void} forget
 * @property {() => void} ask the tab that polls to read now
 * @property {(answer: () => void) => void} onAsk
 */

/**
 * @param {string} key
 * @param {(heard: unknown) => void} hear
 * @param {KeeperOptions} [options]
 * @returns {Keeper}
 */
export function createKeeper(key, hear, options = {}) {
  const storage = options.storage === undefined ? pageStorage() : options.storage;
  const channel = options.channel === undefined ? pageChannel(key) : options.channel;
  /** @type {?Shared} */
  let waiting = null;
  let answer = () => {};

  if (channel) {
    channel.onmessage = ({ data }) => (data === 'ask' ? answer() : hear(data));
  }

  function flush() {
    const record = waiting;
    waiting = null;
    if (!record) return;
    channel?.postMessage(record);
    attempt(() => storage?.setItem(key, JSON.stringify(record)));
  }

  return {
    known: () => attempt(() => JSON.parse(storage?.getItem(key) ?? 'null')),
    share(record) {
      // A burst of changes is written and told once.
      if (!waiting) queueMicrotask(flush);
      waiting = record;
    },
    tell: (failure) => channel?.postMessage(failure),
    forget() {
      waiting = null;
      attempt(() => storage?.removeItem(key));
      channel?.postMessage('forget');
    },
    ask: () => channel?.postMessage('ask'),
    onAsk: (run) => (answer = run),
  };
}

/** A full or forbidden storage must not stop a balance. @param {() => unknown} run */
function attempt(run) {
  try {
    return run();
  } catch {
    return null;
  }
}

const pageStorage = () => /** @type {?Storage} */ (attempt(() => globalThis.localStorage ?? null));

/** @param {string} key */
const pageChannel = (key) =>
  typeof BroadcastChannel === 'function' ? new BroadcastChannel(key) : null;
