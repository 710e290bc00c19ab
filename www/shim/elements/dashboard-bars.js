/** The agents' cards and the breakdowns: each filters everything else, and shows that it does. */
import { put, set } from './dashboard-parts.js';

/** @typedef {import('./dashboard-view.js').Change} Change */
/** @typedef {import('./dashboard-text.js').Texts} Texts */

/** @param {import('./dashboard-board.js').Ui} ui @returns {import('./dashboard-board.js').Paint} */
export function barsPart({ parts, texts, narrow }) {
  /** @param {any} event */
  const pick = (event) => {
    const button = /** @type {HTMLElement | null} */ (event.target.closest('button[data-of]'));
    if (!button) return;
    const { of = '', key } = button.dataset;
    narrow({ [of]: button.ariaPressed === 'true' ? undefined : key });
  };
  parts.on('agents', 'click', pick);
  parts.on('breakdowns', 'click', pick);

  return ({ agents, breakdowns }) => {
    parts.list(parts.at('agents'), 'agent', agents, (row, agent) => {
      const { key, label, family, credits, quantity: { unit, amount }, change, pressed } = agent;
      choice(row.agent, 'agent', key, pressed);
      set(row.dot, { 'data-family': family });
      put(row.name, texts.name({ in: 'agent', key, label }));
      put(row.credits, texts.amount(credits));
      put(row.quantity, texts.t(`usage.quantity.${unit}`, { amount }));
      put(row.change, sayChange(texts, change));
      set(row.change, { 'data-change': change?.to ?? '' });
    });
    parts.list(parts.at('breakdowns'), 'breakdown', breakdowns, (row, breakdown) => {
      const { by, rows, others, note } = breakdown;
      put(row.title, texts.t(`usage.by.${by}`));
      row.title.id = `by-${by}`;
      const picked = rows.some(({ pressed }) => pressed);
      set(row.section, { 'aria-labelledby': `by-${by}`, 'data-picked': picked });
      put(row.note, note && texts.say(note));
      const rest = others && {
        key: null, label: texts.t('usage.others', { amount: String(others.count) }),
        credits: others.credits, share: others.share, pressed: false,
      };
      parts.list(row.rows, 'breakdown-row', rest ? [...rows, rest] : rows, (cell, item) => {
        const { key, label, credits, share, pressed } = item;
        if (key === null) cell.button.removeAttribute('data-of');
        else choice(cell.button, by, key, pressed);
        cell.button.toggleAttribute('disabled', key === null);
        put(cell.name, texts.name({ in: by, key: key ?? '', label }));
        put(cell.credits, texts.amount(credits));
        put(cell.percent, texts.percent(share));
        cell.meter.style.setProperty('--share', String(share));
      });
    });
  };
}

/** @param {HTMLElement} button @param {string} of @param {string} key @param {boolean} pressed */
function choice(button, of, key, pressed) {
  Object.assign(button.dataset, { of, key });
  set(button, { 'aria-pressed': pressed });
}

/**
 * "13% more"; null where there is nothing before.
 * @param {Texts} texts @param {Change | null} change
 */
export function sayChange(texts, change) {
  return change && texts.t(`usage.change.${change.to}`, { share: change.share });
}
