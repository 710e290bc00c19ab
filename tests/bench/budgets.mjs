/** What may be spent. One place, so that a budget is changed on purpose and in sight. */

/** A kilobyte as the measured tables of peers have it. */
const KB = 1000;
const MIB = 1024 * 1024;

export const budgets = {
  /** Brotli bytes that a page loads before the pill is live, the balance itself aside. */
  pill: 12 * KB,
  pillGoal: 8 * KB,
  /** Brotli bytes that the Buy dialog loads on top. */
  dialog: 56 * KB,
  dialogGoal: 45 * KB,
  /** Brotli bytes of all that ships, in English. */
  all: 88 * KB,
  allGoal: 64 * KB,
  /** Requests until the pill is live, with the balance; and where a nonce has to be renewed. */
  requests: 3,
  renewedRequests: 4,
  /**
   * What the shop's page may surely be worse by: nothing that Lighthouse's figures would show. A
   * hundredth of the shift that it calls good is for the pill, which the theme's own font moves.
   */
  shopMore: { lcp: 0, tbt: 0, cls: 0.001 },
  /** Milliseconds by which a live pill is later than a static page on 9 Mbit/s and 60 ms. */
  livePillMs: 15,
  /** Milliseconds of main thread from a new snapshot to the painted pill. */
  paintMs: 0.2,
  /** Times faster than the peers, for each exact operation. */
  decimalRatio: 30,
  bigRatio: 10,
  /** The longest task of the main thread in long work. */
  longestTaskMs: 50,
  longestTaskGoalMs: 8,
  /** Memory of the modules before rows. */
  pillMemory: MIB,
  appMemory: 4 * MIB,
  /** A filter change to the painted dashboard: the everyday account, and a million rows. */
  everydayPaintMs: 16,
  stressPaintMs: 50,
  /** Any combination of filters over a million rows; any range of days. */
  filterMs: 3,
  rangeGoalMs: 0.1,
  /** Times faster than the same answer with decimal.js. */
  filterRatio: 300,
  /** Our own CSV to rows that can be asked, as a part of JSON.parse alone. */
  readRatio: 1,
  readRatioGoal: 0.4,
  /** Bytes of memory of a row beside the text of its details. */
  rowBytes: 40,
  /** Times faster than a plain exporter. */
  exportRatio: 8,
  /** From one frame to the next while a million rows scroll, of 95 in 100. */
  frameMs: 16.7,
  /** Milliseconds on the server, and queries, that the plugin adds to a page without credits. */
  pageMs: 3,
  pageQueries: 3,
  /** Milliseconds of database time of a first page of the owner's list of accounts. */
  accountsMs: 200,
};
