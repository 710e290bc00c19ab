/** Hands readings to the module, has it paint once a frame, and says what it crossed. */
import { guarded } from '../boot.js';
import { NivellaError } from '../error.js';

/** @typedef {import('../snapshot.js').Snapshot} Snapshot */
/** @typedef {import('./pill.js').CreditPill} CreditPill */
/**
 * @typedef {object} With
 * @property {import('../boot.js').PillModule} glue
 * @property {import('../locale.js').Locale} locale
 * @property {ShadowRoot} root
 * @property {number} show
 * @property {boolean} menu
 * @property {AbortSignal} signal
 */

/** From the most to the least; the first is the default. */
export const SHOW = ['exact', 'rounded', 'level'];
const LEVELS = ['ok', 'low', 'critical', 'depleted', 'unlimited'];
/** What the module answers to a reading, from 2 on. */
const REFUSALS = ['amount_invalid', 'amount_out_of_range', 'time_invalid', 'snapshot_invalid'];
const CROSSED = ['', 'low', 'critical', 'depleted', 'recovered'];

export class PillPainter {
  #frame = false;
  #blank = true;
  /** The time of the frame that was painted last. @type {CSSNumberish | null} */
  #painted = null;
  /** Why the balance cannot be read, as last told. */
  #told = '';
  #now = Date.now();

  /** @param {CreditPill} host @param {With} with_ */
  constructor(host, with_) {
    this.host = host;
    this.with = with_;
    this.pill = this.#make();
  }

  #make() {
    const { glue, root, locale, show, menu } = this.with;
    const pill = glue.Pill.make(root, locale, 2 - show, menu);
    if (!pill) throw new Error('the template lacks a part');
    return pill;
  }

  /** @param {import('../account.js').State} state @param {number} now */
  hear({ snapshot, since, stale, error }, now) {
    this.#now = now;
    if (snapshot) this.#take(snapshot, since);
    if (stale) this.#attempt(() => this.pill.lose(error?.code === 'ledger_missing'));
    // Once for each run of failures, however often it is tried.
    const code = (stale && error?.code) || '';
    if (code && code !== this.#told) this.host.report(error);
    this.#told = code;
    this.#schedule();
  }

  /** @param {Snapshot} snapshot @param {string | null} since when it was last confirmed */
  read(snapshot, since) {
    if (this.#take(snapshot, since)) this.#schedule();
  }

  /**
   * @param {Snapshot} snapshot @param {string | null} since
   * @returns {boolean} whether it was taken
   */
  #take(snapshot, since) {
    const { host, pill } = this;
    if (!this.#attempt(() => give(pill, snapshot, since))) return false;
    const changed = host.balance?.version !== snapshot.version;
    host.balance = snapshot;
    if (changed) host.dispatch('balance-changed', { balance: snapshot });
    return true;
  }

  /** Resolves when what was read is painted; at once where there is nothing to paint. */
  get painted() {
    return new Promise((resolve) => (this.#frame ? requestAnimationFrame(resolve) : resolve(0)));
  }

  /**
   * Once a frame: at once where this frame has painted nothing yet. A hidden page draws no frames,
   * and must still say what it crosses.
   */
  #schedule() {
    if (this.#frame) return;
    this.#frame = true;
    const { currentTime } = document.timeline;
    if (this.#blank || (!document.hidden && currentTime !== this.#painted)) this.#paint();
    else if (document.hidden) setTimeout(() => this.#paint());
    else requestAnimationFrame(() => this.#paint());
  }

  #paint() {
    const { host, pill } = this;
    const first = this.#blank;
    this.#frame = this.#blank = false;
    this.#painted = document.timeline.currentTime;
    if (this.with.signal.aborted) return;
    const crossed = this.#attempt(() => pill.paint(this.#now)) ?? 0;
    const level = CROSSED[crossed] ?? '';
    if (level) host.dispatch(crossed < 3 ? 'low-balance' : level, { balance: host.balance, level });
    // Motion begins behind the first painting, so that the first number does not fade in.
    if (first) requestAnimationFrame(() => host.toggleAttribute('data-ready', true));
  }

  /** @template T @param {() => T} call @returns {T | undefined} */
  #attempt(call) {
    try {
      return guarded(this.with.glue, call);
    } catch (error) {
      const { host } = this;
      host.report(error);
      if (/** @type {{ code?: string }} */ (error).code !== 'module_trapped') return undefined;
      this.pill = this.#make();
      const { balance } = host;
      host.balance = null;
      // The old view stays on screen; the fresh instance learns what it shows.
      if (balance) this.read(balance, null);
      return undefined;
    }
  }
}

/**
 * @param {import('#pill-module').Pill} pill
 * @param {Snapshot} snapshot
 * @param {string | null} since
 */
function give(pill, snapshot, since) {
  const { version, as_of, show = 'exact', available, level, alert = level, runway } = snapshot;
  const seen = Math.max(Date.parse(as_of), Date.parse(since ?? as_of));
  const until = runway ? Date.parse(runway.around ?? runway.from) : undefined;
  // A number in place of a decimal string has lost what it was: refused as no amount. None at all
  // is true where the server tells less than the exact number.
  const less = available === undefined && (show !== SHOW[0] || level === 'unlimited');
  const amount = less || typeof available === 'string' ? available : '';
  const most = 2 - SHOW.indexOf(show);
  const levels = LEVELS.indexOf(level) + 16 * LEVELS.indexOf(alert);
  const taken = pill.read(version, seen, most > 2 ? 0 : most, amount, levels, until);
  if (taken > 1) throw new NivellaError(REFUSALS[taken - 2] ?? '');
  return taken === 1;
}
