/**
 * What the demo starts with: a customer of the Growth plan, an agency with three sites, who has
 * 2,341 credits left today, whatever day today is. How it came to that is history.js.
 */
import { DAY, dayOf, instantOf, plusDays, plusMonths } from './zone.js';

/** @typedef {import('./books.js').Command} Command */
/** @typedef {import('./zone.js').Zone} Zone */
/** @typedef {{at: number, command: Command}} Step */

/** Used of this cycle's 1,500: 841 are left. */
export const USED = '659';
/** Left of what was bought. */
export const BOUGHT = '1500';
/** So many days ago this cycle began; up to three more where a month was short. */
const CYCLE_DAYS = 5;
/** When the customer signed up, by the wall: mid-morning. */
const SIGNED_UP = 10.2 * 3_600_000;

const rate = (
  /** @type {string} */ feature,
  /** @type {object} */ unit,
  /** @type {string} */ credits,
) => ({
  feature,
  ...unit,
  credits,
});

/** @param {string} feature @param {string[]} credits @param {object} [more] */
const byLength = (feature, [message = '', read = '', written = ''], more = {}) => [
  rate(feature, { unit: 'message', ...more }, message),
  rate(feature, { unit: 'input_tokens', ...more }, read),
  rate(feature, { unit: 'output_tokens', ...more }, written),
];

/** @param {string} minute */
const rates = (minute) => [
  ...byLength('chat_reply', ['1', '0.05', '0.4']),
  ...byLength('knowledge_answer', ['1.5', '0.05', '0.4']),
  ...byLength('store', ['1.2', '0.05', '0.4']),
  rate('voice', { unit: 'call_minute', increment_s: 60 }, minute),
  rate('workflow', { unit: 'use' }, '2'),
  rate('image', { unit: 'image' }, '12'),
  rate('summary', { unit: 'use' }, '3'),
  rate('reply_suggestion', { unit: 'use' }, '0.5'),
];

/** The rates that count today. */
export const RATE_CARD = { version: 2, quantum: '0.1', rates: rates('8') };

/** @param {string} key @param {string} name @param {number} level @param {string} allowance */
const plan = (key, name, level, allowance) => ({
  key,
  name,
  level,
  allowance,
  unlimited: false,
  rollover_cap: '0',
  features: [],
});

export const PLANS = [
  plan('starter', 'Starter', 1, '100'),
  plan('growth', 'Growth', 2, '1500'),
  plan('scale', 'Scale', 3, '5000'),
  { ...plan('unlimited', 'Unlimited', 4, '0'), unlimited: true },
];

/** What a cycle of each plan costs, in cents. @type {Record<string, number>} */
const PLAN_CENTS = { starter: 400, growth: 900, scale: 2500, unlimited: 9900 };

/** As a product's prices are handed over by the shim. @param {string} key of a plan */
export const planPrices = (key) => ({
  price: String(PLAN_CENTS[key] ?? 0),
  minor_unit: 2,
  currency: 'USD',
  prefix: '$',
  suffix: '',
  decimal_separator: '.',
  thousand_separator: ',',
});

/**
 * Where the account's time begins.
 *
 * @param {number} now @param {Zone} zone @param {number} months whole cycles before this one
 */
export function calendarOf(now, zone, months) {
  const today = dayOf(zone, now);
  const first = plusMonths(plusDays(today, -CYCLE_DAYS), -months);
  const cycles = Array.from({ length: months + 1 }, (_, n) => plusMonths(first, n));
  return { today, cycles, start: instantOf(zone, first, SIGNED_UP) };
}

/** @param {number} now @param {Zone} zone @param {number} months */
export function settingsOf(now, zone, months) {
  const { today, start } = calendarOf(now, zone, months);
  const at = (/** @type {number} */ ms) => new Date(ms).toISOString();
  const since = instantOf(zone, plusDays(today, -41));
  return {
    zone,
    plans: PLANS,
    rate_cards: [
      { ...RATE_CARD, effective_at: at(since) },
      { version: 1, quantum: '0.1', rates: rates('9'), effective_at: at(start - 400 * DAY) },
    ],
  };
}

/**
 * The shortest way to today's balance: for the first look, until the history is written.
 *
 * @param {number} start
 * @returns {Command[]}
 */
export const shortcut = (start) => [
  {
    op: 'subscribe',
    request_id: 'plan',
    plan: 'growth',
    open_ended: true,
    started_at: new Date(start).toISOString(),
  },
  { op: 'grant', request_id: 'order', kind: 'purchase', amount: BOUGHT, order_item: 'order' },
  { op: 'use', request_id: 'use', mode: 'strict', amount: USED },
];
