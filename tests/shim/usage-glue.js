/** The dashboard's module as it is built, and what an account hands it. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';

const glue = new URL('../../target/glue/usage/usage.js', import.meta.url);
const wasm = new URL('usage_bg.wasm', glue);

export const built = existsSync(glue) && existsSync(wasm);

/** @typedef {typeof import('#usage-module')} UsageGlue */
/** @typedef {Record<string, any>} Json */

/** @returns {Promise<UsageGlue>} */
export async function usageGlue() {
  const module = await import(glue.href);
  module.initSync({ module: readFileSync(wasm) });
  return module;
}

export const NOW = '2026-11-21T10:00:00Z';
export const BERLIN = {
  base_offset_s: 3600,
  transitions: [
    { at: '2026-03-29T01:00:00Z', offset_s: 7200 },
    { at: '2026-10-25T01:00:00Z', offset_s: 3600 },
  ],
};
export const AGENTS = [
  { key: 'chat', family: 'chat', unit: 'reply' },
  { key: 'voice_inbound', family: 'voice', unit: 'minute' },
  { key: 'nox', family: 'auto', unit: 'task' },
];
export const RATES = {
  version: 1,
  effective_at: '2026-01-01T00:00:00Z',
  quantum: '0.1',
  rates: [
    { feature: 'chat_reply', unit: 'message', credits: '1', model: 'swift' },
    { feature: 'chat_reply', unit: 'message', credits: '0.5', model: 'small' },
  ],
};
export const SETTINGS = { zone: BERLIN, rate_cards: [RATES] };

export const BALANCE = {
  version: 7,
  as_of: NOW,
  available: '300',
  posted: '340',
  held: '40',
  debt: '0',
  unlimited: false,
  unlimited_until: null,
  pools: [
    { kind: 'allowance', available: '0', held: '40', expires_at: '2026-12-02T23:00:00Z' },
    { kind: 'purchase', available: '300', held: '0', expires_at: null },
  ],
  level: 'low',
  plan: {
    key: 'growth',
    name: 'Growth',
    allowance: '1500',
    cycle_ends_at: '2026-12-02T23:00:00Z',
    started_at: '2026-09-03T09:00:00Z',
    paid_until: null,
  },
};

export const PRODUCT = {
  id: '10',
  name: '2,000 AI Credits',
  sku: 'NV-2000',
  is_purchasable: true,
  is_in_stock: true,
  has_options: false,
  maximum: 99,
  prices: {
    price: '2000',
    currency: 'USD',
    minor_unit: 2,
    prefix: '$',
    suffix: '',
    decimal_separator: '.',
    thousand_separator: ',',
  },
  extensions: { credits: '2000', bonus: '', validity_days: '365' },
};

const AGENT_OF = ['chat', 'chat', 'voice_inbound', 'nox', 'courier', ''];
const DAY = 86_400_000;

/** One row, repeatable from its number; the newest has the highest. @param {number} seq */
export function rowOf(seq, of = 400) {
  const at = new Date(Date.parse(NOW) - (of - seq) * (DAY / 5) - 60_000).toISOString();
  const agent = AGENT_OF[(seq * 7) % 6] ?? '';
  const failed = seq % 17 === 0;
  const waived = seq % 29 === 0;
  const cost = `${1 + ((seq * 13) % 7)}.${(seq * 31) % 10}`;
  const call = agent === 'voice_inbound';
  return {
    seq,
    kind: call ? 'settle' : 'use',
    type: call ? 'call' : 'message',
    occurred_at: at,
    booked_at: at,
    agent,
    feature: call ? 'voice' : 'chat_reply',
    model: seq % 3 ? 'swift' : 'small',
    site: seq % 4 ? 'shop' : 'blog',
    company: `Company ${seq % 9}`,
    details: `Conversation ${4000 + Math.floor(seq / 2)}: opening hours`,
    reason: failed ? 'no_reply' : '',
    amount: failed || waived ? '0' : `-${cost}`,
    credits: failed || waived ? '0' : cost,
    waived: waived && !failed ? cost : '0',
    messages: call ? 0 : 1,
    call_ms: call ? 61_000 : 0,
    images: 0,
    rate_version: 1,
    request_id: `r${seq}`,
  };
}

/** @param {number} first @param {number} last */
export const rowsOf = (first, last) =>
  Array.from({ length: last - first + 1 }, (_, at) => rowOf(last - at));

/** The civil day in Berlin. @param {string} at */
export const dayOf = (at) =>
  new Date(Date.parse(at) + (at >= '2026-10-25T01' || at < '2026-03-29T01' ? 1 : 2) * 3_600_000)
    .toISOString().slice(0, 10);

const micro = (/** @type {string} */ text) => {
  const [whole = '0', part = ''] = text.split('.');
  return BigInt(whole + part.padEnd(6, '0'));
};
export const sum = (/** @type {string[]} */ texts) => {
  const digits = String(texts.reduce((total, text) => total + micro(text), 0n)).padStart(7, '0');
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/\.?0+$/, '');
};

/** What a server sums up of rows: by day and keys. @param {Json[]} rows */
export function rollupsOf(rows) {
  /** @type {Map<string, Json>} */
  const cells = new Map();
  for (const row of rows) {
    const { agent, feature, model, type, site, company } = row;
    const keys = { day: dayOf(row.occurred_at), agent, feature, model, type, site, company };
    const id = JSON.stringify(keys);
    const nothing = { credits: '0', waived: '0', uses: 0, failed: 0, messages: 0, call_ms: 0 };
    const cell = cells.get(id) ?? { ...keys, ...nothing, images: 0 };
    cells.set(id, cell);
    cell.credits = sum([cell.credits, row.credits]);
    cell.waived = sum([cell.waived, row.waived]);
    cell.uses += 1;
    cell.failed += Number(row.credits === '0' && row.waived === '0');
    for (const name of ['messages', 'call_ms', 'images']) cell[name] += row[name];
  }
  const through_seq = Math.max(...rows.map(({ seq }) => seq));
  return { as_of: NOW, zone: BERLIN, through_seq, rows: [...cells.values()] };
}

/** @param {() => unknown} call @returns {any} */
export function errorOf(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  assert.fail('it was accepted');
}

/**
 * An account's module with its balance.
 * @param {UsageGlue} glue @param {Json} [balance] @param {Json} [settings]
 */
export function openUsage(glue, balance = BALANCE, settings = SETTINGS) {
  const usage = glue.Usage.open(settings, AGENTS, NOW);
  usage.set_balance(balance);
  return usage;
}

/** The same with its newest rows. @param {UsageGlue} glue @param {number} [last] */
export function usageWithRows(glue, last = 400) {
  const usage = openUsage(glue);
  assert.equal(usage.add_rows(rowsOf(1, last)), 0);
  return usage;
}
