/** `nivella-credits/v1` of the embedded store, over the module's engine. */
import { NivellaError } from '../errors.js';
import { fingerprint, ok } from './answers.js';
import { planPrices } from './seed.js';
import { activity, receipt, usage } from './usage-routes.js';

/** @typedef {import('./answers.js').Reply} Reply */
/** @typedef {import('./database.js').Transaction} Transaction */
/** @typedef {ReturnType<typeof import('./books.js').createBooks>} Books */
/**
 * @typedef {object} Asked
 * @property {string} method
 * @property {string} route below the namespace
 * @property {URLSearchParams} query
 * @property {Headers} headers
 * @property {any} body
 */

/** The statuses of `src/error.rs` that are not 400. @type {[number, string[]][]} */
const STATUSES = [
  [402, ['insufficient_credits']],
  [403, ['forbidden', 'feature_not_in_plan']],
  [404, ['not_found']],
  [409, [
    'request_id_conflict', 'hold_resolved', 'hold_lapsed', 'too_many_holds', 'reversal_invalid',
  ]],
  [422, ['occurred_at_out_of_range', 'rate_not_found', 'snapshot_invalid', 'snapshot_version']],
  [500, ['module_trapped']],
  [507, ['storage_unavailable']],
];

/** @param {NivellaError} error @returns {Reply} */
export function failureReply({ code, message, field, details }) {
  const status = STATUSES.find(([, codes]) => codes.includes(code))?.[0] ?? 400;
  return { status, body: { code, message, field, details } };
}

/**
 * @param {Asked} asked @param {Books} books @param {Transaction} tx
 * @returns {Promise<Reply | null>} null where there is no such route
 */
export async function ledgerReply(asked, books, tx) {
  const { method, route, body } = asked;
  if (method === 'GET') return read(asked, books, tx);
  if (method !== 'POST') return null;
  const [, hold, end] = /^holds\/([^/]+)\/(settle|release)$/.exec(route) ?? [];
  if (route === 'quote') return ok(await books.quote(tx, body));
  if (route === 'alerts') return ok(await books.setThresholds(tx, body));
  if (route === 'use') return ok(await books.apply(tx, { ...body, op: 'use' }));
  if (route === 'holds') return ok(await books.apply(tx, { ...body, op: 'hold' }));
  if (hold && end)
    return ok(await books.apply(tx, { ...body, op: end, hold: decodeURIComponent(hold) }));
  return null;
}

/**
 * @param {Asked} asked @param {Books} books @param {Transaction} tx
 * @returns {Promise<Reply | null>}
 */
async function read({ route, query, headers }, books, tx) {
  const [, seq] = /^activity\/([^/]+)$/.exec(route) ?? [];
  if (seq) return receipt(seq, books, tx);
  switch (route) {
    case 'balance':
      return tagged(await books.balance(tx), headers);
    case 'pill': {
      const { version, as_of, available, level, account } = await books.balance(tx);
      return tagged({ version, as_of, show: 'exact', available, level, account }, headers);
    }
    case 'usage':
      return usage(query, books, tx);
    case 'activity':
      return activity(query, books, tx);
    case 'rate-card':
      return ok(rateCardOf(await books.settings(tx)));
    case 'alerts':
      return ok((await books.settings(tx)).thresholds);
    case 'plans':
      return ok({ plans: (await books.settings(tx)).plans.map(priced) });
    default:
      return null;
  }
}

/** @param {import('./books.js').Command} plan */
const priced = (plan) => ({ ...plan, prices: planPrices(String(plan.key)) });

/** The card that counts now. @param {{rate_cards: any[], as_of: string}} settings */
const rateCardOf = ({ rate_cards, as_of }) =>
  rate_cards
    .filter(({ effective_at }) => effective_at <= as_of)
    .reduce((last, card) => (card.version > last.version ? card : last));

/** The tag is of everything but the time of asking. @param {any} body @param {Headers} headers */
function tagged(body, headers) {
  const etag = `"${fingerprint(JSON.stringify({ ...body, as_of: '' }))}"`;
  if (headers.get('If-None-Match') === etag) {
    return { status: 304, body: null, headers: { ETag: etag } };
  }
  return { ...ok(body), headers: { ETag: etag } };
}
