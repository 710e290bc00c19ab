/**
 * What the ledger's REST answers about usage. Only the frame is looked at here, so that a page of
 * another plugin is no usage; the rows are read, and refused one by one, by the module.
 */
import { NivellaError } from './error.js';

/** @typedef {Record<'agent' | 'feature' | 'model' | 'site', Record<string, string>>} Labels */
/** @typedef {{base_offset_s: number, transitions: {at: string, offset_s: number}[]}} Zone */
/**
 * One entry as a customer sees it: amounts are decimal strings, texts empty where there are none.
 *
 * @typedef {object} Row
 * @property {number} seq
 * @property {string} kind of the entry; only `use` and `settle` are usage
 * @property {string} type `message`, `call`, `image` or `use`; of what is no usage, the kind
 * @property {string} occurred_at
 * @property {string} booked_at
 * @property {string} agent
 * @property {string} feature
 * @property {string} model
 * @property {string} site
 * @property {string} company
 * @property {string} details
 * @property {string} reason
 * @property {string} amount the change of the posted sum, signed
 * @property {string} credits what the work cost
 * @property {string} waived what it would have cost, under an unlimited plan
 * @property {number} messages
 * @property {number} call_ms
 * @property {number} images
 * @property {?number} rate_version
 * @property {string} request_id
 */
/**
 * The sum of a day's uses that have all texts in common; `failed` cost nothing.
 *
 * @typedef {Pick<Row, 'agent' | 'feature' | 'model' | 'type' | 'site' | 'company' | 'credits'
 *   | 'waived' | 'messages' | 'call_ms' | 'images'> & {day: string, uses: number, failed: number}
 * } Rollup
 */
/**
 * @typedef {object} Rollups
 * @property {string} as_of
 * @property {Zone} zone whose days they are
 * @property {number} through_seq entries up to here are in the sums, later ones are not
 * @property {Rollup[]} rows
 * @property {Labels} [labels]
 */
/**
 * @typedef {object} Activity
 * @property {Row[]} rows
 * @property {?number} next ask for the rows before it; null after the first entry. A filtered page
 *   may have few rows, or none, and still a next
 * @property {string} as_of
 * @property {Labels} [labels]
 */
/**
 * What one grant gave; before and after are what it had left in all.
 *
 * @typedef {object} ReceiptDraw
 * @property {string} grant
 * @property {string} kind
 * @property {string} effective_at
 * @property {?string} expires_at
 * @property {string} amount
 * @property {string} before
 * @property {string} after
 */
/** @typedef {{unit: string, quantity?: number, rate?: string, product: string}} ReceiptLine */
/**
 * @typedef {object} Rated
 * @property {number} version
 * @property {string} effective_at
 * @property {string} quantum
 * @property {ReceiptLine[]} lines `work` is what a model did, with its product alone
 */
/**
 * @typedef {object} Receipt
 * @property {Row} row
 * @property {?Rated} rate
 * @property {ReceiptDraw[]} draws
 * @property {?{id: string, amount: string, booked_at: string}} hold that it resolved
 * @property {string} reason
 * @property {?Purchase} [purchase] the order behind a grant
 */
/**
 * What a customer bought. `price` and `lines` are the store's own texts, such as the payment.
 *
 * @typedef {object} Purchase
 * @property {string} store
 * @property {string} order
 * @property {string} at
 * @property {string} package
 * @property {string} credits
 * @property {string} bonus
 * @property {?string} expires_at
 * @property {string} price
 * @property {{name: string, text: string}[]} lines
 */
/**
 * Where a level begins: a share of the base in permille, or an amount.
 *
 * @typedef {{share: number} | {amount: string}} Threshold
 */
/** @typedef {{low: Threshold, critical: Threshold}} Alerts */
/** @typedef {Record<string, any>} Json */

/** @param {string} what */
const invalid = (what) => new NivellaError('store_answer_invalid', `the answer has no ${what}`);

/** @param {unknown} seq @param {number} least */
const isSeq = (seq, least) => Number.isSafeInteger(seq) && Number(seq) >= least;

/** @param {Json} body @returns {Rollups} */
export function rollupsOf(body) {
  if (!Array.isArray(body.rows)) throw invalid('rows');
  if (!isSeq(body.through_seq, 0)) throw invalid('through_seq');
  if (!Number.isSafeInteger(body.zone?.base_offset_s)) throw invalid('zone');
  return /** @type {Rollups} */ (body);
}

/** @param {Json} body @returns {Activity} */
export function activityOf(body) {
  if (!Array.isArray(body.rows)) throw invalid('rows');
  if (body.next !== null && !isSeq(body.next, 1)) throw invalid('next');
  return /** @type {Activity} */ (body);
}

/** @param {Json} body @returns {Receipt} */
export function receiptOf(body) {
  if (!isSeq(body.row?.seq, 1)) throw invalid('row');
  if (!Array.isArray(body.draws)) throw invalid('draws');
  return /** @type {Receipt} */ (body);
}

/** @param {Json} body @returns {Alerts & {balance?: Json}} */
export function alertsOf(body) {
  for (const level of ['low', 'critical']) {
    const { amount, share } = body[level] ?? {};
    if (typeof amount !== 'string' && !(isSeq(share, 0) && share <= 1000)) throw invalid(level);
  }
  return /** @type {any} */ (body);
}
