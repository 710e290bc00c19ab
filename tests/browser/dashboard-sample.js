/** A month of a small agency, in the shape of dashboard-view.d.ts; nobody's real data. */

/** @typedef {import('../../www/shim/elements/dashboard-view.js').View} View */
/** @typedef {import('../../www/shim/elements/dashboard-view.js').Filter} Filter */
/** @typedef {import('../../www/shim/elements/dashboard-view.js').Family} Family */

export const TODAY = '2026-11-21';
const DAY_MS = 86_400_000;
/** @param {number} ago @returns {string} the day so many days ago */
export const day = (ago) => new Date(Date.parse(TODAY) - ago * DAY_MS).toISOString().slice(0, 10);

/** @type {[string, Family, number, any, string, any][]} */
const AGENTS = [
  ['chat', 'chat', 1284, 'reply', '1070', { to: 'more', share: 40 }],
  ['voice_inbound', 'voice', 742, 'minute', '371', { to: 'more', share: 380 }],
  ['voice_outbound', 'voice', 318, 'minute', '159', { to: 'less', share: 60 }],
  ['voice_web', 'voice', 201, 'minute', '134', { to: 'more', share: 120 }],
  ['auto_trigger', 'auto', 164, 'run', '82', { to: 'less', share: 90 }],
  ['nox', 'auto', 351, 'task', '117', { to: 'more', share: 210 }],
];
const DAYS = [
  91, 99, 77, 63, 95, 107, 113, 101, 93, 69, 61, 102, 109, 114, 103, 98, 72, 66, 120, 115, 214, 123,
  106, 80, 74, 110, 128, 133, 121, 103,
];
const FAMILIES = /** @type {const} */ (['chat', 'voice', 'auto']);
/** @type {[string, [string, string, number][]][]} */
const BREAKDOWNS = [
  ['model', [
    ['realtime', 'Realtime voice', 1261], ['standard', 'Standard', 1098],
    ['advanced', 'Advanced', 547], ['summaries', 'Summaries', 154],
  ]],
  ['feature', [
    ['conversation', 'Visitor conversations', 1412], ['knowledge', 'Business-aware answers', 748],
    ['store', '', 402], ['workflow', '', 287], ['operator', 'Operator assistance', 211],
  ]],
  ['site', [
    ['s1', 'shop.example.com', 1702], ['s2', 'clinic.example.com', 988],
    ['s3', 'garden-furniture-and-lighting.example.com', 370],
  ]],
  ['company', [
    ['Halden & Sons', 'Halden & Sons', 2100], ['عيادة النور', 'عيادة النور', 960],
  ]],
];

/** @param {Filter} filter @returns {View['trend']} */
function trendOf(filter) {
  const agent = AGENTS.find(([key]) => key === filter.agent);
  const series = agent ? [{ family: agent[1], label: '' }]
    : FAMILIES.map((family) => ({ family, label: '' }));
  const count = filter.days === 7 ? 7 : filter.days === 90 || filter.days === 'all' ? 90 : 30;
  const bars = Array.from({ length: count }, (_, index) => {
    const total = DAYS[(index + 300 - count) % 30];
    const spike = index === count - 10;
    const chat = Math.round(total * (spike ? 0.2 : 0.46));
    const voice = Math.round(total * (spike ? 0.71 : 0.38));
    const all = [chat, voice, total - chat - voice];
    const parts = agent ? [all[FAMILIES.indexOf(/** @type {'chat'} */ (agent[1]))]] : all;
    const before = Math.round(DAYS[(index + 9) % 30] * 0.62 + 34) * (agent ? 0.4 : 1);
    const height = (/** @type {number} */ credits) => Math.round(credits / 0.25);
    return {
      from: day(count - 1 - index), to: day(count - 1 - index),
      total: String(parts.reduce((sum, part) => sum + part, 0)),
      parts: parts.map(String), heights: parts.map(height),
      previous: String(before), previous_height: height(before), spike,
    };
  });
  const totals = bars.map(({ total }) => Number(total));
  return {
    unit: 'day', series, bars, previous: filter.days !== 'all',
    ticks: [{ amount: '0', at: 0 }, { amount: '100', at: 400 }, { amount: '200', at: 800 }],
    top: totals.indexOf(Math.max(...totals)),
  };
}

/** @param {Filter} filter @returns {View['breakdowns']} */
function breakdownsOf(filter) {
  return BREAKDOWNS.map(([by, rows]) => ({
    by: /** @type {'model'} */ (by),
    rows: rows.map(([key, label, credits]) => ({
      key, label, credits: String(credits), share: Math.round(credits / 3.06),
      pressed: filter[/** @type {'model'} */ (by)] === key,
    })),
    others: by === 'site' ? { count: 14, credits: '61.25', share: 20 } : null,
    note: by === 'model' ? {
      key: 'usage.advice.model.text', args: { name: { text: 'Standard' }, amount: '273' },
    } : null,
  }));
}

/** @param {Filter} filter @returns {View['chips']} */
function chipsOf(filter) {
  const all = [];
  for (const of of /** @type {const} */ (['agent', 'model', 'feature', 'site', 'company'])) {
    const key = filter[of];
    const [, rows = []] = BREAKDOWNS.find(([by]) => by === of) ?? [];
    const [, label = ''] = rows.find(([found]) => found === key) ?? [];
    if (key) all.push({ in: of, key, label });
  }
  return all;
}

/** @type {View['advice']} */
export const SPIKE = {
  kind: 'spike',
  title: {
    key: 'usage.advice.spike.title',
    args: { name: { in: 'agent', key: 'voice_inbound', label: '' }, date: '2026-11-12' },
  },
  text: [
    { key: 'usage.advice.spike.text', args: { amount: '214', usual: '101' } },
    {
      key: 'usage.advice.spike.by',
      args: { name: { in: 'agent', key: 'voice_inbound', label: '' }, amount: '152', usual: '49' },
    },
  ],
  evidence: [
    { key: 'usage.evidence.pace', args: { amount: '102' } },
    { key: 'usage.evidence.share',
      args: { name: { in: 'agent', key: 'voice_inbound', label: '' }, share: 242 } },
  ],
  action: 'show',
  filter: { from: '2026-11-12', to: '2026-11-12', agent: 'voice_inbound' },
};

/** @type {View['cycle']} */
export const CYCLE = {
  state: 'plan', used: 413, held_arc: 27, allowance: '1500', consumed: '619', remaining: '841',
  purchased: '1500', purchased_expires: null, held: '40', over: '0', waived: '0', debt: '0',
  available: '2341', resets_at: '2026-12-15', renews: true, days_left: 24,
};

/** @type {View['runway']} */
export const RUNWAY = {
  state: 'known', until: '2026-12-14', from: '2026-12-11', to: '2026-12-18', available: '2341',
  per_day: '102', line: [0, 70, 870, 1000], band: [0, 70, 770, 1000, 1000, 1000, 1000, 860],
};

/** @param {Filter} filter @returns {View} */
export function sampleView(filter) {
  const count = filter.days === 7 ? 7 : filter.days === 90 ? 90 : 30;
  return {
    as_of: `${TODAY}T14:36:00`, today: TODAY, yesterday: day(1), state: 'ready', stale: null,
    partial: null, filter,
    range: { from: filter.from ?? day(count - 1), to: filter.to ?? TODAY, first: '2026-03-02' },
    total: '3060', change: { to: 'more', share: 130 }, chips: chipsOf(filter), cycle: CYCLE,
    runway: RUNWAY, advice: SPIKE,
    agents: AGENTS.map(([key, family, credits, unit, amount, change]) => ({
      key, label: '', family, credits: String(credits), quantity: { unit, amount }, change,
      pressed: filter.agent === key,
    })),
    trend: trendOf(filter), breakdowns: breakdownsOf(filter),
    value: { name: 'lead', count: '116', per: '26.38', change: { to: 'less', share: 80 } },
    log: { count: 412, earlier: true, checked: 412 },
    alerts: { low: { share: 200 }, critical: { share: 50 } },
  };
}
