/**
 * `<nivella-usage-dashboard>`: where credits went, how long they last, what to buy, and proof.
 *
 * Attributes: `store`, `site`, `locale`, `theme`, `refund-policy`, `plans-url`,
 * `sign-in-url`. Properties:
 * `filter` (`{days}` or `{from, to}`, and `agent`, `feature`, `model`, `type`, `site`, `company`,
 * `search`; to be set too), `value` (`{name, events: [{day, count}]}`, such as leads; to be set),
 * `summary`, `total`, `source` (whom it asks). Event: `nivella:error`.
 */
import { NivellaElement } from './element.js';
import { adopt, summaryOf } from './dashboard-properties.js';
import { readFilter, sameFilter, tidyFilter, writeFilter } from './dashboard-url.js';

/** @typedef {import('./dashboard-view.js').Filter} Filter */
/** @typedef {import('./dashboard-view.js').Source} Source */
/** @typedef {(host: UsageDashboard) => Promise<Source>} Open for one that was given no source */

export class UsageDashboard extends NivellaElement {
  /** @type {Open | null} whoever defines the element sets it */
  static open = null;
  /** @type {Source | null} */
  source = null;
  /** @type {import('./dashboard-view.js').View | null} */
  #view = null;
  /** @type {import('./dashboard-view.js').ValueEvents | null} what the page counts, by day */
  #value = null;
  /** @type {Filter} */
  #filter = readFilter();
  /** @type {import('./dashboard-board.js').Board | null} */
  #board = null;

  /** The cycle and the runway as last computed; null before. Amounts are decimal strings. */
  get summary() { return this.#view && summaryOf(this.#view); }

  /** What the filter leaves, exactly; null before it was computed. */
  get total() { return this.#view?.total ?? null; }

  get filter() { return { ...this.#filter }; }
  /** @param {Filter} filter */
  set filter(filter) { this.choose(tidyFilter({ ...filter })); }

  get value() { return this.#value; }
  set value(value) {
    this.#value = value;
    this.refresh();
  }

  /** @param {AbortSignal} signal */
  async start(signal) {
    adopt(this, 'filter', 'value');
    const { makeBoard } = await import('./dashboard-board.js');
    const board = await makeBoard(this, signal);
    if (!board || signal.aborted) return;
    this.#board = board;
    addEventListener('popstate', () => this.choose(readFilter(), null), { signal });
    await this.#connect(signal);
  }

  /** @param {AbortSignal} signal */
  async #connect(signal) {
    const board = /** @type {import('./dashboard-board.js').Board} */ (this.#board);
    try {
      const source = this.source ?? await UsageDashboard.open?.(this);
      if (!source || signal.aborted) return;
      board.take(source);
      await this.#show();
      signal.addEventListener('abort', source.subscribe(() => this.refresh()));
    } catch (error) {
      if (signal.aborted) return;
      this.report(error);
      board.fail(error, () => this.#connect(signal));
    }
  }

  /** @param {Filter} filter @param {boolean | null} step for "back"; null: it is in the address */
  choose(filter, step = true) {
    if (sameFilter(filter, this.#filter)) return;
    this.#filter = filter;
    this.refresh();
    if (step !== null) writeFilter(filter, step);
  }

  /** Adds the rows of a CSV export. @param {ReadableStream} csv @param {AbortSignal} [signal] */
  async load(csv, signal) { await this.ready.then(() => this.#board?.load(csv, signal)); }

  /** Computes and paints anew; in the same task where the data is here. */
  async refresh() { await this.#show().catch((error) => this.report(error)); }

  #show = async () => this.#board?.show(this.#filter, this.#value, (view) => (this.#view = view));
}
