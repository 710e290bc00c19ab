/**
 * A row of the activity, as a customer may see it, from an entry of the ledger: business units and
 * labels' keys, never what a model counted.
 */
import { decimal, micro } from './amounts.js';
import { SITES, agentOf } from './labels.js';

/** @typedef {{seq: number, kind: string, [more: string]: any}} Entry as the engine stores it */
/**
 * @typedef {object} Row
 * @property {number} seq
 * @property {string} kind
 * @property {string} type
 * @property {string} occurred_at
 * @property {string} booked_at
 * @property {string} agent
 * @property {string} feature
 * @property {string} model
 * @property {string} site
 * @property {string} company
 * @property {string} details
 * @property {string} reason
 * @property {string} amount the change of the posted sum
 * @property {string} credits what the work cost
 * @property {string} waived
 * @property {number} messages
 * @property {number} call_ms
 * @property {number} images
 * @property {?number} rate_version
 * @property {string} request_id
 */

/** Only these count as usage. @param {{kind: string}} row */
export const isUsage = ({ kind }) => kind === 'use' || kind === 'settle';

/** @param {Entry} entry what its credits paid for; a repaid debt is no cost of this work */
function costOf({ draws = [], debt }) {
  const consumed = draws.filter((/** @type {any} */ draw) => draw.to === 'consumed');
  return consumed.reduce(
    (/** @type {bigint} */ sum, /** @type {any} */ draw) => sum + micro(draw.amount),
    micro(debt),
  );
}

/** @param {Record<string, any>} usage */
function typeOf({ messages, call_ms, images }) {
  if (messages) return 'message';
  if (call_ms) return 'call';
  return images ? 'image' : 'use';
}

/**
 * @param {Entry} entry
 * @param {Entry} [opened] the hold that it resolves: work that failed measured nothing of its own
 * @param {{id: string, kind: string}[]} [grants] of the account: a grant's row has its kind as type
 * @returns {Row}
 */
export function rowOf(entry, opened, grants = []) {
  const { seq, kind, occurred_at, booked_at, usage = {} } = entry;
  const meant = entry.usage ?? opened?.usage ?? {};
  const site = entry.site ?? opened?.site ?? '';
  const granted = grants.find(({ id }) => id === entry.grant);
  return {
    seq,
    kind,
    type: isUsage(entry) ? typeOf(meant) : (granted?.kind ?? kind),
    occurred_at,
    booked_at,
    agent: agentOf(meant.agent ?? ''),
    feature: meant.feature ?? '',
    model: meant.model ?? '',
    site,
    company: SITES.get(site)?.company ?? '',
    details: entry.reference ?? opened?.reference ?? '',
    reason: entry.reason ?? '',
    amount: entry.amount,
    credits: isUsage(entry) ? decimal(costOf(entry)) : '0',
    waived: entry.waived ?? '0',
    messages: usage.messages ?? 0,
    call_ms: usage.call_ms ?? 0,
    images: usage.images ?? 0,
    rate_version: entry.rate_version ?? null,
    request_id: entry.request_id ?? '',
  };
}
