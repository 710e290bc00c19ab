/**
 * The assistant: finds an answer in the knowledge base and says what it used to do so.
 *
 * Two models: Swift answers in one or two sentences, Deep reads more and explains more.
 */
import { search } from './knowledge.js';

/** @typedef {'swift' | 'deep'} Model */
/**
 * @typedef {object} Usage as the ledger's quotes, holds and settlements take it
 * @property {string} feature
 * @property {string} agent
 * @property {Model} model
 * @property {number} messages
 * @property {number} input_tokens
 * @property {number} output_tokens
 */
/**
 * @typedef {object} Reply
 * @property {string} text
 * @property {string} topic what it was about
 * @property {Usage} usage
 */

/** @type {Record<Model, {feature: string, read: number, write: number}>} */
const MODELS = {
  swift: { feature: 'chat_reply', read: 420, write: 240 },
  deep: { feature: 'knowledge_answer', read: 2600, write: 700 },
};

const UNKNOWN =
  'I’m not sure I understood that. Ask me about delivery, products, assembly, returns, ' +
  'care or orders, or leave your e-mail address and a person will write back.';

/** @param {Model} model @param {number} read @param {number} write @returns {Usage} */
const usageOf = (model, read, write) => ({
  feature: MODELS[model].feature,
  agent: 'chat',
  model,
  messages: 1,
  input_tokens: read,
  output_tokens: write,
});

/** Four letters are about one of the units that a model counts. @param {string} text */
const size = (text) => Math.ceil(text.length / 4);

/**
 * The most that an answer to this question can use: what is reserved before the work.
 *
 * @param {string} question @param {Model} model @returns {Usage}
 */
export function most(question, model) {
  const { read, write } = MODELS[model];
  return usageOf(model, read + size(question), write);
}

/**
 * @param {string} question @param {Model} model
 * @returns {Reply}
 */
export function answer(question, model) {
  const found = search(question);
  const [best, next] = found;
  if (!best) {
    const usage = usageOf(model, MODELS[model].read / 2, size(UNKNOWN));
    return { text: UNKNOWN, topic: '', usage };
  }
  const parts = model === 'swift' ? [best.answer] : [best.answer, best.more];
  if (model === 'deep' && next && next.topic === best.topic) parts.push(next.answer);
  const text = parts.join(' ');
  const context = found.slice(0, model === 'swift' ? 1 : 6).map((each) => each.answer + each.more);
  const read = MODELS[model].read / 2 + size(question) + size(context.join(''));
  return {
    text,
    topic: best.topic,
    usage: usageOf(
      model,
      Math.min(Math.round(read), most(question, model).input_tokens),
      size(text),
    ),
  };
}
