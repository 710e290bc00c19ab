/** What the small ledger for tests does with thresholds: those that are amounts, it has no base. */
import { micro } from '../../www/shim/embedded/amounts.js';

/** @param {string} code @param {string} [field] */
export const coded = (code, field) =>
  Object.assign(new Error(code), { name: 'NivellaError', code, field });

const USUAL = { low: { share: 200 }, critical: { share: 50 } };

export class FakeLevels {
  /** @param {any} settings @param {number} [writes] that booked nothing */
  constructor(settings, writes = 0) {
    this.settings = { thresholds: USUAL, ...settings };
    this.writes = writes;
  }

  /** @param {bigint} sum */
  level(sum) {
    const { low, critical } = this.settings.thresholds;
    const reached = (/** @type {any} */ { amount }) => amount && sum <= micro(amount);
    if (sum === 0n) return 'depleted';
    return (reached(critical) && 'critical') || (reached(low) && 'low') || 'ok';
  }

  /** @param {any} thresholds */
  set_thresholds({ low, critical }) {
    const above = low.share < critical.share || Number(low.amount) < Number(critical.amount);
    if (above) throw coded('field_invalid', 'critical');
    this.settings = { ...this.settings, thresholds: { low, critical } };
    this.writes += 1;
  }
}
