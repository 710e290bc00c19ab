/** A source with sample data for `<nivella-usage-dashboard>`: every state, and a million rows. */
import { CYCLE, RUNWAY, SPIKE, TODAY, day, sampleView } from './dashboard-sample.js';

/** @typedef {import('../../www/shim/elements/dashboard-view.js').Source} Source */
/** @typedef {import('../../www/shim/elements/dashboard-view.js').View} View */
/** @typedef {import('../../www/shim/elements/dashboard-view.js').Row} Row */
/** @typedef {import('../../www/shim/elements/dashboard-view.js').Receipt} Receipt */

const NO_BARS = { unit: /** @type {const} */ ('day'), series: [], bars: [], ticks: [],
  previous: false, top: null };
const NO_RUNWAY = {
  ...RUNWAY, until: null, from: null, to: null, per_day: null, line: [], band: [],
};

/** What each state changes in the sample. @type {Record<string, Partial<View>>} */
export const STATES = {
  ready: {},
  filtered: {},
  empty: {
    state: 'empty', total: '0', change: null, trend: NO_BARS, breakdowns: [], advice: null,
    value: null, runway: { ...NO_RUNWAY, state: 'none', available: '1500' },
    cycle: { ...CYCLE, used: 0, held_arc: 0, consumed: '0', remaining: '1500', held: '0',
      purchased: '0', available: '1500' },
    log: { count: 0, earlier: false, checked: null },
  },
  nothing: {
    state: 'nothing', total: '0', change: null, trend: NO_BARS, breakdowns: [], value: null,
    chips: [{ in: 'agent', key: 'nox', label: '' }, { in: 'site', key: 's2',
      label: 'clinic.example.com' }],
    log: { count: 0, earlier: false, checked: 412 },
  },
  offline: { stale: `${TODAY}T14:02:00` },
  partial: { partial: { key: 'usage.partial.refused', args: { amount: '3' } } },
  over: {
    cycle: { ...CYCLE, state: 'over', used: 1000, held_arc: 0, consumed: '1500', remaining: '0',
      over: '212.5', purchased: '1287.5', available: '1247.5' },
    advice: {
      kind: 'package', action: 'buy', filter: null,
      title: { key: 'usage.advice.package.title',
        args: { name: { text: '5,000 AI Credits' }, date: '2027-03-31' } },
      text: [{ key: 'usage.advice.package.text', args: { price: { text: '$20.00' } } }],
      evidence: [
        { key: 'usage.evidence.pace', args: { amount: '102.35' } },
        { key: 'usage.evidence.compared' },
        { key: 'usage.evidence.next',
          args: { name: { text: '2 × 2,000 AI Credits' }, price: { text: '$20.00' } } },
      ],
    },
  },
  unlimited: {
    cycle: { ...CYCLE, state: 'unlimited', used: 0, held_arc: 0, allowance: null, remaining: null,
      consumed: '0', waived: '3060.4', held: '0' },
    runway: { ...NO_RUNWAY, state: 'unlimited' },
    advice: { kind: 'nothing', title: { key: 'usage.advice.nothing.title' },
      text: [{ key: 'usage.runway.unlimited.text' }], evidence: [], action: null, filter: null },
  },
  'no plan': {
    cycle: { ...CYCLE, state: 'none', used: 0, held_arc: 27, allowance: null, remaining: null,
      consumed: '3060', available: '1460.25', resets_at: null, renews: false,
      days_left: null, debt: '120',
      purchased_expires: '2027-03-31' },
    advice: null, alerts: null,
  },
  depleted: {
    cycle: { ...CYCLE, state: 'over', used: 1000, held_arc: 0, consumed: '1500', remaining: '0',
      purchased: '0', held: '0', over: '1500', available: '0', debt: '12.5' },
    runway: { ...NO_RUNWAY, state: 'depleted', available: '0' },
  },
  vast: {
    log: { count: 1_000_000, earlier: false, checked: 1_000_000 },
    total: '1000000000000.123456', advice: { .../** @type {any} */ (SPIKE), action: null },
    cycle: { ...CYCLE, state: 'none', available: '1000000000000.123456' },
  },
};

/** Why nothing can be shown. @type {Record<string, string>} */
export const FAULTS = {
  failed: 'store_unreachable', unclear: 'store_answer_invalid', busy: 'store_rate_limited',
  guest: 'not_signed_in', refused: 'forbidden',
};

const WHAT = /** @type {const} */ ([
  ['chat', 'chat', 'charge',
    { key: 'usage.row.feature', args: { name: { text: 'Store support' } } }, '-1.2',
    'One answered message in conversation 4821'],
  ['chat', 'chat', 'free', { key: 'usage.row.failed' }, '0', ''],
  ['voice_inbound', 'voice', 'charge', { key: 'usage.row.call', args: { min: '4', s: '12' } },
    '-8.4', ''],
  ['nox', 'auto', 'charge',
    { key: 'usage.row.feature', args: { name: { text: 'Conversation summary' } } }, '-3', ''],
  ['', '', 'in', { key: 'usage.row.purchase', args: { amount: '2000',
    order: { text: '1038' } } }, '2000', ''],
  ['', '', 'held', { key: 'usage.row.hold' }, '0', ''],
  ['', '', 'reversed', { key: 'usage.row.refund', args: { order: { text: '1031' } } }, '-500', ''],
  ['', '', 'expired', { key: 'usage.row.expired' }, '-120.5', ''],
]);

/** @param {number} index from the newest @param {number} count @returns {Row} */
function rowOf(index, count) {
  const [agent, family, kind, what, amount, details] = WHAT[index % WHAT.length];
  const clock = new Date(Date.parse(`${TODAY}T14:34:05Z`) - index * 1_900_000);
  return {
    seq: count - index, at: clock.toISOString().slice(0, 19), kind,
    what: /** @type {any} */ (what), agent: agent ? { in: 'agent', key: agent, label: '' } : null,
    family: family || null,
    model: agent ? { in: 'model', key: 'standard', label: 'Standard' } : null,
    site: agent ? (index % 3 ? 'shop.example.com' : 'clinic.example.com') : '',
    company: '', details, amount,
  };
}

/** @param {Row} row @returns {Receipt} */
function receiptOf(row) {
  return {
    row,
    rate: row.kind === 'charge' ? { version: '4', since: '2026-10-01',
      lines: [{ unit: 'reply', quantity: '1', rate: '1.2', product: '1.2' }] } : null,
    draws: row.kind === 'charge' ? [{ pool: 'plan', since: '2026-11-15', expires: '2026-12-15',
      amount: '1.2', before: '842.2', after: '841' }] : [],
    hold: row.what.key === 'usage.row.call' ? { amount: '12', at: `${TODAY}T13:57:00` } : null,
    purchase: row.kind === 'in' ? { store: 'Halden Store', order: '1038', at: row.at,
      package: '2,000 AI Credits', credits: '2000', bonus: '0', expires: null, price: '$10.00',
      lines: [{ name: 'Payment', text: 'Card ending in 4242' }] } : null,
  };
}

/** @param {Promise<void>} waited @param {AbortSignal} signal */
const orStopped = (waited, signal) => Promise.race([waited, new Promise((_, stop) =>
  signal.addEventListener('abort', () => stop(signal.reason)))]);
const wait = (/** @type {number} */ ms) => new Promise((done) => setTimeout(done, ms));

/**
 * @param {string} state
 * @returns {Source & {
 *   asked: any[], changed: () => void, linger: () => void, sample: typeof sampleView,
 * }}
 */
export function sampleSource(state) {
  const patch = STATES[state] ?? {};
  /** @type {any[]} */
  const asked = [];
  const heard = new Set();
  let more = 0;
  let count = 0;
  let pace = 1;
  return {
    asked,
    changed: () => heard.forEach((hear) => hear()),
    /** From now on what can be stopped takes long enough for it. */
    linger: () => void (pace = 200),
    /** What a failing one answers once it is back. */
    sample: sampleView,
    view(filter) {
      asked.push(filter);
      if (state === 'loading') return new Promise(() => {});
      const code = FAULTS[state];
      if (code) throw Object.assign(new Error('no answer'), { name: 'NivellaError', code });
      const view = { ...sampleView(filter), ...patch };
      count = view.log.count + more;
      return { ...view, log: { ...view.log, count } };
    },
    rows: (from, wanted) => Array.from({ length: Math.min(wanted, count - from) },
      (_, index) => rowOf(from + index, count)),
    receipt: async (seq) => receiptOf(rowOf(count - seq, count)),
    async earlier() {
      more += 20;
      this.changed();
      return 20;
    },
    async csv(progress, signal) {
      for (let done = 0; done < 1000; done += 100) {
        progress(done);
        await orStopped(wait(50 * pace), signal);
      }
      return new File(['seq\r\n'], 'activity.csv', { type: 'text/csv' });
    },
    statement: async () => new File(['{}'], 'statement.json', { type: 'application/json' }),
    async verify(file, progress, signal) {
      for (let done = 0; done < 1000; done += 200) {
        progress(done);
        await orStopped(wait(40 * pace), signal);
      }
      const text = await file?.text();
      if (text === 'other') throw Object.assign(new Error('no'), { code: 'field_invalid' });
      return { matches: !text, entries: 412, differs: text
        ? { place: 'entry', id: '318', field: 'balance', found: '1200', expected: '1201.2' }
        : null };
    },
    campaign: async ({ visitors }) => ({
      need: String(visitors), have: '1440', left: '560', total: '$10.00', by: day(-6),
      buy: visitors > 100
        ? [{ id: '1', name: '2,000 AI Credits', quantity: 1, price: '$10.00' }] : [],
      evidence: [{ key: 'usage.evidence.pace', args: { amount: '102' } }],
    }),
    saveAlerts: async (alerts) => void asked.push(alerts),
    subscribe: (changed) => (heard.add(changed), () => heard.delete(changed)),
  };
}
