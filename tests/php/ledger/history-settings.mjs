/** Under which settings a random history happens: zones, plans and rates that have edges. */
import { readFileSync } from 'node:fs';
import { at } from '../../../pkg/build/paths.mjs';
import { DAY, START, instant } from './history-parts.mjs';

/** @typedef {import('./histories.mjs').Json} Json */

const vectors = JSON.parse(readFileSync(at('tests/vectors/cycles.json'), 'utf8'));
/** @type {Json[]} as settings have them */
const zones = Object.values(vectors.zones).map(({ base_offset_s, transitions }) => ({
  base_offset_s,
  transitions: transitions.map((/** @type {any[]} */ [from, offset_s]) => ({ at: from, offset_s })),
}));

/** @param {number} seed @returns {Json} */
export function settingsOf(seed) {
  const plan = (/** @type {any[]} */ [key, level, allowance, rollover_cap, ...features]) => ({
    key,
    name: key,
    level,
    allowance,
    unlimited: key === 'unlimited',
    rollover_cap,
    features,
  });
  const rates = (/** @type {string} */ credits) => [
    { feature: 'chat', unit: 'message', credits },
    { feature: 'chat', model: 'deep', unit: 'message', credits: '3.000000001' },
    { feature: 'chat', unit: 'output_tokens', credits: '0.4' },
    { feature: 'voice', unit: 'call_minute', increment_s: 7, credits },
    { feature: 'voice', unit: 'message', credits },
    { feature: 'image', model: 'studio', unit: 'image', credits: '12.5' },
    { feature: 'image', unit: 'use', credits: '0.123456789' },
  ];
  const card = (/** @type {any[]} */ [version, days, quantum, credits]) => ({
    version,
    effective_at: instant(START + days * DAY),
    quantum,
    rates: rates(credits),
  });
  return {
    zone: zones[seed % zones.length],
    plans: [
      ['free', 0, '0', '0'],
      ['basic', 1, '100', '0', 'chat'],
      ['plus', 2, '250', '40'],
      ['pro', 3, '200', '1000', 'chat', 'voice'],
      ['vast', 4, '1000000000000', '1000000000000'],
      ['unlimited', 9, '0', '0'],
    ].map(plan),
    rate_cards: [
      [1, -30, '0.1', '0.35'],
      [2, 40, '0.000001', '1.2'],
      [3, 90, '0.1', '0.000000001'],
    ].map(card),
    forgive_shortfall: seed % 3 === 0 || seed % 8 === 2,
    thresholds: seed % 4 ? undefined : { low: { amount: '500' }, critical: { share: 50 } },
  };
}
