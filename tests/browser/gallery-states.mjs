/**
 * Sample data for gallery.mjs, after the mocks. A cell is a text, a number, a date as 2026-12-14,
 * or [message key, arguments]; an array of such arrays is joined by spaces.
 */

import { dialogs, segment } from './gallery-dialogs.mjs';
import { explained, notices } from './gallery-notices.mjs';

/**
 * @callback Texts
 * @param {string} key
 * @param {Record<string, string | number>} [named]
 * @param {number} [count]
 * @returns {string}
 */
/** @typedef {(raw: string | number) => string} Values */

/** @param {string} view @param {Texts} text @param {Values} value @returns {Record<string, any>} */
export function states(view, text, value) {
  if (view === 'pill') return pills();
  if (view === 'menu') return menus(text, value);
  if (view === 'notice') return notices();
  if (view === 'explain') return { explained: explained() };
  return dialogs(text);
}

/**
 * @param {string} level @param {string} state
 * @param {any} value @param {any} unit @param {any} hint
 * @param {Record<string, string>} [more]
 * @returns {Record<string, any>}
 */
function pill(level, state, value, unit, hint, more = {}) {
  const balance = typeof value === 'number' ? ['pill.balance', { amount: value }] : value;
  const attributes = { 'data-level': level, 'data-state': state, ...more };
  return {
    '#fallback': null,
    '#pill': { attributes },
    '#name': balance,
    '#value': value,
    '#unit': unit,
    '#hint': hint,
  };
}

/** @param {number} amount @returns {[string, Record<string, number>]} */
const unit = (amount) => ['pill.unit', { amount }];

function pills() {
  const visitor = pill('ok', 'rounded', ['pill.rounded', { amount: 2300 }], unit(2300), null);
  visitor['#plain'] = { attributes: { 'data-level': 'ok', 'data-state': 'rounded' } };
  visitor['#pill'] = null;
  return {
    ok: pill('ok', 'known', 2341, unit(2341), ['pill.until', { date: '2026-12-14' }]),
    low: pill('low', 'known', 360, unit(360), ['pill.until', { date: '2026-11-24' }]),
    critical: pill('critical', 'known', 64, unit(64), ['pill.under-a-day', {}]),
    depleted: pill('depleted', 'known', 0, unit(0), ['pill.add', {}], { 'data-hint': 'add' }),
    unlimited: pill('unlimited', 'known', ['pill.unlimited', {}], null, null),
    unknown: pill('ok', 'unknown', 2341, unit(2341), ['pill.as-of', { time: '2:02 PM' }]),
    'rounded, a visitor’s': visitor,
    level: pill('ok', 'level', ['pill.some', {}], null, null),
    open: pill('ok', 'known', 2341, unit(2341), ['pill.until', { date: '2026-12-14' }], {
      'aria-expanded': 'true',
    }),
    'no ledger': pill('ok', 'unknown', ['pill.unknown', {}], null, null),
    vast: pill('ok', 'known', 1e12, unit(1e12), null),
  };
}

/** @param {string} kind @param {number} amount @param {any} detail */
const pool = (kind, amount, detail) => ({
  row: { attributes: { 'data-pool': kind } },
  name: [`pool.${kind}`, {}],
  amount,
  detail,
});

/** @param {Texts} text @param {Values} value */
function menus(text, value) {
  const of = ['pool.plan.of', { amount: 1500, date: '2026-12-15' }];
  const bar = {
    attributes: { 'aria-label': `${text('pool.plan')} ${value(841)}` },
    template: 'menu-segment',
  };
  const never = ['pool.never', {}];
  const base = pills();
  const ok = {
    ...base.open,
    '#menu': { attributes: { 'data-level': 'ok', 'data-state': 'known' } },
    '#menu-value': 2341,
    '#menu-runway': ['menu.runway', { date: '2026-12-14' }],
    '#menu-bar': {
      ...bar,
      rows: [segment('plan', 0.353), segment('purchased', 0.63), segment('held', 0.017)],
    },
    '#menu-pools': {
      template: 'menu-pool',
      rows: [
        pool('plan', 841, of),
        pool('purchased', 1500, never),
        pool('held', 40, ['pool.held.call', {}]),
      ],
    },
    '#menu-usage': { attributes: { href: '#usage' } },
    '#menu-pace': ['menu.pace', { amount: 102 }],
  };
  const unlimited = {
    ...base.unlimited,
    '#menu': { attributes: { 'data-level': 'unlimited', 'data-state': 'known' } },
    '#menu-value': ['menu.unlimited', {}],
    '#menu-runway': ['menu.unlimited.until', { date: '2026-12-15' }],
    '#menu-note': ['menu.unlimited.text', {}],
    '#menu-add': null,
    '#menu-usage': { attributes: { href: '#usage' } },
  };
  const debt = {
    ...base.depleted,
    '#menu': { attributes: { 'data-level': 'depleted', 'data-state': 'known' } },
    '#menu-value': 0,
    '#menu-pools': {
      template: 'menu-pool',
      rows: [pool('debt', 120, ['pool.debt.text', {}]), pool('plan', 0, of)],
    },
  };
  const unknown = {
    ...ok,
    ...base.unknown,
    '#menu': { attributes: { 'data-level': 'ok', 'data-state': 'unknown' } },
    '#menu-runway': ['menu.as-of', { time: '2:02 PM' }],
    '#menu-note': ['menu.unknown', {}],
    '#menu-retry': {},
    '#menu-usage': null,
  };
  const missing = {
    ...base['no ledger'],
    '#menu': { attributes: { 'data-level': 'ok', 'data-state': 'missing' } },
    '#menu-value': ['menu.missing.value', {}],
    '#menu-note': ['menu.missing', {}],
  };
  const many = {
    ...ok,
    '#menu-value': 1000000002341,
    '#menu-runway': ['menu.runway.year', {}],
    '#menu-bar': {
      ...bar,
      rows: [
        segment('plan', 0.01),
        segment('purchased', 0.6),
        segment('bonus', 0.25),
        segment('other', 0.1),
        segment('held', 0.04),
      ],
    },
    '#menu-pools': {
      template: 'menu-pool',
      rows: [
        pool('plan', 841, of),
        pool('purchased', 1000000000000, ['pool.expires', { date: '2027-03-31' }]),
        pool('bonus', 500, ['pool.expires.part', { amount: 200, date: '2027-01-31' }]),
        pool('other', 100, never),
        pool('held', 40, ['pool.held.text', {}]),
      ],
    },
  };
  return { ok, unlimited, debt, unknown, missing, many };
}
