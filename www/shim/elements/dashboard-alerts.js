/** The two levels that warn: a share of the base, or an amount. */
import { plainDecimal, refuse } from './dashboard-forms.js';

/** @typedef {import('./dashboard-view.js').Threshold} Threshold */

const LEVELS = /** @type {const} */ (['low', 'critical']);
/** A share's permille as a percent that can be typed, and back. */
const percents = new Intl.NumberFormat('en', { useGrouping: false, maximumFractionDigits: 1 });

/** @param {import('./dashboard-board.js').Ui} ui @returns {import('./dashboard-board.js').Paint} */
export function alertsPart({ parts, texts, source, attempt }) {
  const form = /** @type {HTMLFormElement} */ (parts.at('alerts-form'));
  /** @param {string} name @returns {any} */
  const field = (name) => form.elements.namedItem(name);
  let shown = '';

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const [low, critical] = LEVELS.map(read);
    if (!low || !critical) return;
    attempt((async () => {
      try {
        await source().saveAlerts({ low, critical });
      } catch (error) {
        const { code, field: at } = /** @type {any} */ (error);
        if (at !== 'critical' || code !== 'field_invalid') throw error;
        return refuse(field(at), texts.t('usage.alerts.order'));
      }
      parts.put('alerts-said', texts.t('usage.alerts.saved'));
    })());
  });
  form.addEventListener('input', () => parts.put('alerts-said', null));

  return ({ alerts }) => {
    parts.at('alerts').hidden = !alerts;
    const now = JSON.stringify(alerts);
    if (!alerts || now === shown) return;
    shown = now;
    for (const level of LEVELS) {
      const set = alerts[level];
      field(`${level}-unit`).value = 'share' in set ? 'share' : 'amount';
      field(level).value = 'share' in set
        ? percents.format(/** @type {any} */ (`${set.share}e-1`)) : set.amount;
    }
  };

  /** @param {string} level @returns {Threshold | null} */
  function read(level) {
    const input = field(level);
    const share = field(`${level}-unit`).value === 'share';
    const plain = plainDecimal(input.value, share ? /^(100|\d{1,2}(\.\d)?)$/ : undefined);
    refuse(input, plain ? '' : texts.t(share ? 'usage.alerts.percent' : 'usage.plan.number'));
    if (!plain) return null;
    return share ? { share: Math.round(Number(`${plain}e1`)) } : { amount: plain };
  }
}
