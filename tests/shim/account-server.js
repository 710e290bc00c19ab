/** Accounts in the tabs of a pretended browser, and the server that they read. */
import assert from 'node:assert/strict';
import { createAccount } from '../../www/shim/account.js';
import { NivellaError } from '../../www/shim/errors.js';
import { fakeBrowser } from './fake-page.js';

export const START = Date.UTC(2026, 10, 21, 10);

/** @param {ReturnType<typeof fakeBrowser>} browser @param {{fail?: any, skew?: number}} [how] */
function serverOf(browser, how = {}) {
  const server = {
    reads: 0,
    version: 41,
    available: '2341',
    how,
    at: () => new Date(browser.clock.wall() - (how.skew ?? 0)).toISOString(),
    snapshot: () => {
      const { version, available } = server;
      return { version, as_of: server.at(), available, level: 'ok' };
    },
    /** @param {{etag?: ?string}} [known] */
    async balance(known) {
      server.reads += 1;
      if (how.fail) throw how.fail;
      const etag = `"${server.version}"`;
      if (known?.etag === etag) return { snapshot: null, etag, date: null };
      return { snapshot: server.snapshot(), etag, date: null };
    },
    pill: async () => assert.fail('not a visitor'),
  };
  return server;
}

/** @param {any} [options] @param {any} [how] */
export function setUp(options, how) {
  const browser = fakeBrowser(options);
  const server = serverOf(browser, how);
  /** An account that nobody listens to yet. */
  const make = (/** @type {any} */ tabOptions = {}, /** @type {any} */ more = {}) => {
    const tab = browser.tab(tabOptions);
    const account = createAccount({
      store: 'https://shop.example/',
      ledger: server,
      ...tab.deps,
      ...more,
    });
    return { tab, account };
  };
  const open = (/** @type {any} */ tabOptions = {}, /** @type {any} */ more = {}) => {
    const { tab, account } = make(tabOptions, more);
    /** @type {import('../../www/shim/account.js').State[]} */
    const states = [];
    /** @type {string[]} */
    const problems = [];
    const stop = account.subscribe(
      (state) => states.push(state),
      (problem) => problems.push(problem.code),
    );
    return { tab, account, states, problems, stop };
  };
  return { browser, server, open, make };
}

export const down = () => new NivellaError('store_unreachable', 'no answer');
