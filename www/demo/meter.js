/**
 * One message and its answer, metered: reserve the most that the answer can cost, work, settle what
 * it did cost. Both writes have request ids made from the message's own, which is kept before
 * anything is sent: after a reload the same message never counts twice.
 */
import { answer, most } from './answers.js';

/** @typedef {import('/pkg/nivella-credits.js').Connection} Connection */
/** @typedef {import('./answers.js').Model} Model */
/**
 * @typedef {object} Message
 * @property {string} id
 * @property {string} text
 * @property {Model} model
 * @property {boolean} [fails] the demo's control asked for a failure
 */
/**
 * @typedef {object} Outcome
 * @property {'answered' | 'failed' | 'short' | 'unmetered'} what
 * @property {string} [text]
 * @property {string} [cost] a decimal string
 */

/** How long the reservation lasts, should this page vanish before it settles. */
const HELD_MS = 120_000;
/** Codes of a store that keeps no ledger for this reader. */
const NO_LEDGER = new Set(['ledger_missing', 'not_signed_in', 'store_refused', 'forbidden']);

/** @param {unknown} error @returns {string} */
export const codeOf = (error) => String(/** @type {{code?: unknown}} */ (error ?? {}).code ?? '');

/**
 * What the next answer costs at most.
 *
 * @param {Connection} connection @param {string} text @param {Model} model
 * @returns {Promise<string | null>} null where it cannot be known
 */
export async function estimate({ ledger }, text, model) {
  try {
    const { cost } = await ledger.quote(most(text, model));
    return typeof cost === 'string' ? cost : null;
  } catch {
    return null;
  }
}

/**
 * @param {Connection} connection
 * @param {Message} message
 * @returns {Promise<Outcome>}
 * @throws when the store does not answer; the same message can then be sent again
 */
export async function converse({ ledger, account, demo }, message) {
  const { id, text, model } = message;
  const about = answer(text, model).topic;
  // The demo's account has several sites; a real store knows this one by its key.
  const note = { ...(demo && { site: 'demo' }), ...(about && { reference: about }) };
  const held = await ledger
    .hold({
      ...note,
      request_id: `${id}-hold`,
      usage: most(text, model),
      duration_ms: HELD_MS,
      mode: 'strict',
    })
    .catch(unmetered);
  if (held === null) return { what: 'unmetered', text: (await work(message)).text };
  tell(account, held);
  const { hold } = held;
  if (held.booked !== true || !hold) return { what: 'short' };
  const done = message.fails ? null : await work(message).catch(() => null);
  const charge = done ? { usage: done.usage } : { amount: '0', reason: 'no_reply' };
  const settled = await patiently(() =>
    ledger.settle(hold.id, { ...note, request_id: `${id}-settle`, mode: 'record', ...charge }),
  );
  tell(account, settled);
  if (!done) return { what: 'failed', cost: '0' };
  return { what: 'answered', text: done.text, cost: costOf(settled) };
}

/** @param {unknown} error @returns {null} */
function unmetered(error) {
  if (NO_LEDGER.has(codeOf(error))) return null;
  throw error;
}

/**
 * @param {Connection['account']} account
 * @param {{balance?: Connection['account']['snapshot']}} told
 */
function tell(account, { balance }) {
  if (balance) account.publish(balance);
}

/** A person types for a while; so does this. @param {Message} message */
async function work({ text, model }) {
  const reply = answer(text, model);
  await pause(model === 'deep' ? 1100 : 600);
  return reply;
}

/** @param {number} ms @returns {Promise<void>} */
const pause = (ms) => new Promise((resolve) => void setTimeout(resolve, ms));

/**
 * What was done has to be settled: a lost answer is asked for again, by the same request id.
 *
 * @template T @param {() => Promise<T>} send @returns {Promise<T>}
 */
async function patiently(send) {
  for (const wait of [400, 1200, 3000]) {
    try {
      return await send();
    } catch (error) {
      if (codeOf(error) !== 'store_unreachable') throw error;
      await pause(wait);
    }
  }
  return send();
}

/** What the entries of an answer took. @param {{entries?: {amount?: string}[]}} settled */
function costOf({ entries = [] }) {
  const taken = entries.map(({ amount }) => micro(amount ?? '0')).filter((each) => each < 0n);
  return decimal(-taken.reduce((sum, each) => sum + each, 0n));
}

/** Millionths of a credit, from a decimal string. @param {string} text */
export function micro(text) {
  const [, sign = '', whole = '0', part = ''] = /^(-?)(\d+)(?:\.(\d{1,6}))?$/.exec(text) ?? [];
  const amount = BigInt(whole) * 1_000_000n + BigInt(part.padEnd(6, '0'));
  return sign ? -amount : amount;
}

/** @param {bigint} amount in millionths, not below zero */
export function decimal(amount) {
  const part = String(amount % 1_000_000n)
    .padStart(6, '0')
    .replace(/0+$/, '');
  return String(amount / 1_000_000n) + (part && `.${part}`);
}
