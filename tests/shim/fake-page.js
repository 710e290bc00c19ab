/** A browser with tabs, for tests: one clock that the test moves, one storage, one lock each. */

/** @typedef {import('../../www/shim/account.js').AccountOptions} AccountOptions */

/**
 * @param {{wall?: number, locks?: boolean, broken?: boolean}} [options]
 */
export function fakeBrowser({ wall = Date.UTC(2026, 10, 21, 10), locks = true, broken } = {}) {
  let mono = 0;
  /** @type {{at: number, run: () => void}[]} */
  let timers = [];
  /** @type {Map<string, string>} */
  const storage = new Map();
  /** @type {Set<{onmessage: any}>} */
  const channels = new Set();
  /** @type {Map<string, {held: boolean, run: () => any}[]>} */
  const queues = new Map();

  const clock = {
    wall: () => wall,
    mono: () => mono,
    later: (/** @type {() => void} */ run, /** @type {number} */ ms) => {
      const timer = { at: mono + ms, run };
      timers.push(timer);
      return timer;
    },
    cancel: (/** @type {any} */ timer) => (timers = timers.filter((each) => each !== timer)),
  };

  const deny = () => {
    throw new DOMException('denied', 'SecurityError');
  };
  const kept = broken
    ? { getItem: deny, setItem: deny, removeItem: deny }
    : {
        getItem: (/** @type {string} */ key) => storage.get(key) ?? null,
        setItem: (/** @type {string} */ key, /** @type {string} */ value) =>
          void storage.set(key, value),
        removeItem: (/** @type {string} */ key) => void storage.delete(key),
      };

  function channelOf() {
    const channel = {
      /** @type {any} */ onmessage: null,
      postMessage(/** @type {any} */ data) {
        for (const other of channels) {
          if (other !== channel) queueMicrotask(() => other.onmessage?.({ data }));
        }
      },
    };
    channels.add(channel);
    return channel;
  }

  const lockManager = {
    /** @param {string} name @param {{signal: AbortSignal}} options @param {() => any} run */
    request(name, { signal }, run) {
      const queue = queues.get(name) ?? [];
      queues.set(name, queue);
      return new Promise((resolve, reject) => {
        const next = () => queue[0]?.run();
        const leave = () => {
          const first = queue[0] === mine;
          queue.splice(queue.indexOf(mine), 1);
          if (first) queueMicrotask(next);
        };
        const mine = {
          held: false,
          run: async () => {
            mine.held = true;
            await run();
            leave();
            resolve(undefined);
          },
        };
        signal.addEventListener('abort', () => {
          if (mine.held) return;
          leave();
          reject(signal.reason);
        });
        queue.push(mine);
        if (queue.length === 1) queueMicrotask(next);
      });
    },
  };

  return {
    clock,
    storage,
    /** Lets promises settle, timers aside. */
    async settle() {
      for (let turn = 0; turn < 12; turn += 1) await new Promise((go) => setImmediate(go));
    },
    /** Moves both clocks and runs what falls due. @param {number} ms @param {number} [wallMs] */
    async pass(ms, wallMs = ms) {
      const until = mono + ms;
      for (;;) {
        const next = timers.filter((each) => each.at <= until).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers = timers.filter((each) => each !== next);
        wall += Math.max(0, next.at - mono);
        wallMs -= Math.max(0, next.at - mono);
        mono = Math.max(mono, next.at);
        next.run();
        await this.settle();
      }
      wall += wallMs;
      mono = until;
      await this.settle();
    },
    /** The wall clock set by hand. @param {number} ms */
    setWall: (ms) => void (wall = ms),
    tab({ visible = true } = {}) {
      /** @type {(() => void) | undefined} */
      let wake;
      const page = {
        visible: () => visible,
        listen: (/** @type {() => void} */ run) => {
          wake = run;
          return () => (wake = undefined);
        },
        locks: locks ? /** @type {any} */ (lockManager) : null,
      };
      return {
        /** @type {Pick<AccountOptions, 'clock' | 'shared' | 'page'>} */
        deps: { clock, shared: { storage: kept, channel: channelOf() }, page },
        show: (/** @type {boolean} */ shown) => {
          visible = shown;
          wake?.();
        },
        focus: () => wake?.(),
      };
    },
  };
}
