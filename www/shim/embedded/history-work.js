/** The work of an ordinary day: what three sites' chats, calls and helpers do, and what it used. */
import { agentOf } from './labels.js';

/** @typedef {() => number} Dice from 0 up to 1 */
/**
 * @typedef {object} Job
 * @property {number} at by the wall, milliseconds since midnight
 * @property {Record<string, any>} usage
 * @property {string} site
 * @property {string} reference
 * @property {number} [held_ms] reserved first and settled so much later
 * @property {string} [failed] why there was no answer: nothing is charged
 * @property {number} about what it costs, roughly, for the day's plan
 */

export const HOUR = 3_600_000;
const MINUTE = 60_000;

/** Repeatable: the same seed throws the same numbers. @param {number} seed @returns {Dice} */
export function diceOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let hash = Math.imul(state ^ (state >>> 15), state | 1);
    hash ^= hash + Math.imul(hash ^ (hash >>> 7), hash | 61);
    return ((hash ^ (hash >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** @param {Dice} dice @param {number} from @param {number} to */
export const between = (dice, from, to) => Math.floor(from + dice() * (to - from));
/** @template T @param {Dice} dice @param {readonly T[]} list @returns {T} */
const oneOf = (dice, list) => /** @type {T} */ (list[Math.floor(dice() * list.length)]);

/** @type {Record<string, string[]>} what people ask each site about */
const TOPICS = {
  demo: ['Delivery date', 'Oiled oak care', 'Table for six', 'Return a shelf', 'Order status'],
  northlight: ['Appointment', 'Opening hours', 'Insurance', 'Cleaning costs', 'First visit'],
  ferrow: ['Service booking', 'Spare key', 'Test drive', 'Winter tires', 'Warranty'],
};
const FAILURES = ['no_reply', 'model_timeout', 'no_reply', 'visitor_left'];

const VISITED = ['demo', 'demo', 'demo', 'northlight', 'northlight', 'ferrow'];

/** @param {Dice} dice */
const siteFor = (dice) => oneOf(dice, VISITED);

/** Most people write in the late morning and in the evening. @param {Dice} dice */
const hour = (dice) => (dice() < 0.6 ? 8 + dice() * 5 : 14 + dice() * 7.5) * HOUR;

/** @param {Dice} dice @param {string} site */
const about = (dice, site) =>
  `Conversation ${between(dice, 4100, 9900)}: ${oneOf(dice, TOPICS[site] ?? [''])}`;

/** @param {Dice} dice @returns {Job} */
function reply(dice) {
  const kind = dice();
  const [feature, model, reads, writes, base] =
    kind < 0.58
      ? /** @type {const} */ (['chat_reply', 'swift', 400, 180, 1])
      : kind < 0.82
        ? /** @type {const} */ (['knowledge_answer', 'deep', 1900, 260, 1.5])
        : /** @type {const} */ (['store', 'swift', 700, 160, 1.2]);
  const site = feature === 'store' ? 'demo' : siteFor(dice);
  const input_tokens = between(dice, reads, reads * 1.8);
  const output_tokens = between(dice, writes, writes * 1.7);
  const usage = { feature, agent: 'chat', model, messages: 1, input_tokens, output_tokens };
  const held = dice() < 0.3 ? between(dice, 2, 9) * 1000 : undefined;
  const reference = about(dice, site);
  return { at: hour(dice), usage, site, reference, held_ms: held, about: base + 0.2 };
}

/** A chat answer that did not come. @param {Dice} dice @returns {Job} */
export function failure(dice) {
  const site = siteFor(dice);
  const usage = { feature: 'chat_reply', agent: 'chat', model: 'swift', messages: 1 };
  return {
    at: hour(dice),
    usage: { ...usage, input_tokens: 800, output_tokens: 240 },
    site,
    reference: about(dice, site),
    held_ms: between(dice, 15, 40) * 1000,
    failed: oneOf(dice, FAILURES),
    about: 0,
  };
}

/**
 * @param {Dice} dice @param {string} agent @param {string} site
 * @param {{at?: number, minutes?: number}} [known]
 * @returns {Job}
 */
export function call(dice, agent, site, { at = (9 + dice() * 9) * HOUR, minutes } = {}) {
  const longest = minutes ?? between(dice, 1, 5);
  const call_ms = longest * MINUTE - between(dice, 2, 50) * 1000;
  const usage = { feature: 'voice', agent: agentOf(agent), model: 'realtime', call_ms };
  const reference = `Call: ${oneOf(dice, TOPICS[site] ?? [''])}`;
  return { at, usage, site, reference, held_ms: call_ms, about: longest * 9 };
}

/** @param {Dice} dice @param {string} agent @param {string} feature @returns {Job} */
function helper(dice, agent, feature) {
  const site = siteFor(dice);
  /** @type {Record<string, [string | undefined, string, number, object]>} */
  const kinds = {
    workflow: [undefined, 'Workflow: missed call follow-up', 2, {}],
    summary: ['swift', 'Summary of the day’s conversations', 3, {}],
    image: ['studio', 'Picture for a help page', 12, { images: 1 }],
    reply_suggestion: ['swift', 'Suggested reply', 0.5, {}],
  };
  const [model, reference, cost, more] = kinds[feature] ?? [undefined, '', 0, {}];
  const usage = { feature, agent, ...(model && { model }), ...more };
  return { at: hour(dice), usage, site, reference, about: cost };
}

/**
 * Jobs that come to about so many credits.
 *
 * @param {Dice} dice @param {number} credits
 * @returns {Job[]}
 */
export function dayOfWork(dice, credits) {
  /** @type {Job[]} */
  const jobs = [];
  let planned = 0;
  const add = (/** @type {Job} */ job) => {
    if (planned + job.about > credits) return;
    jobs.push(job);
    planned += job.about;
  };
  if (dice() < 0.75) add(call(dice, 'voice_inbound', siteFor(dice)));
  // Busy days are so by their calls: an account that only chats would have twice the entries.
  for (let n = Math.floor(credits / 40); n > 0; n -= 1) {
    add(call(dice, 'voice_inbound', siteFor(dice)));
  }
  if (dice() < 0.3) add(call(dice, 'voice_outbound', oneOf(dice, ['northlight', 'ferrow'])));
  if (dice() < 0.25) add(call(dice, 'voice_web', 'demo'));
  if (dice() < 0.65) add(helper(dice, 'auto_trigger', 'workflow'));
  if (dice() < 0.5) add(helper(dice, 'nox', 'summary'));
  if (dice() < 0.08) add(helper(dice, 'nox', 'image'));
  for (let n = between(dice, 0, 5); n > 0; n -= 1) add(helper(dice, 'nox', 'reply_suggestion'));
  if (dice() < 0.3) jobs.push(failure(dice));
  while (planned + 1.8 < credits) add(reply(dice));
  return jobs;
}
