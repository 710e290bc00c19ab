/** One entry's receipt: what was rated, which grants gave, what was reserved before. */
import { NivellaError } from '../errors.js';
import { decimal, micro } from './amounts.js';
import { purchaseOf } from './purchase.js';
import { rowOf } from './rows.js';

/** @typedef {import('./books.js').Engine} Engine */
/** @typedef {import('./books.js').Head} Head */
/** @typedef {import('./database.js').Transaction} Transaction */
/** @typedef {import('./rows.js').Entry} Entry */
/** @typedef {Record<string, any>} Json */

const POSTED = ['available', 'held'];
const SLICE = 500;

/** What left a grant's posted credits by a draw. @param {Json} draw */
const leaves = ({ from, to, amount }) =>
  POSTED.includes(from) && !POSTED.includes(to) ? micro(amount) : 0n;

/** Sums with more decimals than credits have, as rates make them. @param {string[]} texts */
function sumOf(texts) {
  const places = 12;
  const sum = texts.reduce((total, text) => {
    const [whole = '0', part = ''] = text.split('.');
    return total + BigInt(whole + part.padEnd(places, '0'));
  }, 0n);
  const digits = String(sum).padStart(places + 1, '0');
  const part = digits.slice(-places).replace(/0+$/, '');
  return digits.slice(0, -places) + (part && `.${part}`);
}

/**
 * A quote's lines in business units: what a model counted is "work", with its product alone.
 *
 * @param {Json[]} lines
 */
function businessLines(lines) {
  const counted = lines.filter(({ unit }) => unit.endsWith('_tokens'));
  const others = lines.filter((line) => !counted.includes(line));
  if (counted.length === 0) return others;
  return [...others, { unit: 'work', product: sumOf(counted.map(({ product }) => product)) }];
}

/** @param {Entry} entry @param {Head} head @param {Engine} engine @returns {?Json} */
function rateOf({ usage, rate_version: version, occurred_at }, { state }, engine) {
  const { rate_cards: cards } = state.settings;
  const card = cards.find((/** @type {Json} */ each) => each.version === version);
  if (!card || !usage) return null;
  const quote = engine.quote(usage, occurred_at);
  // The cards may have been replaced since; then the lines of that time are not known any more.
  const lines = quote.rate_version === version ? businessLines(quote.lines) : [];
  return { version, effective_at: card.effective_at, quantum: card.quantum, lines };
}

/**
 * What each grant had posted after an entry: what it has now, and what left it since.
 *
 * @param {Transaction} tx @param {Head} head @param {Entry} entry
 */
async function drawsOf(tx, { seq: last, state }, { seq, draws = [] }) {
  /** @type {Map<string, bigint>} */
  const since = new Map();
  for (let from = seq; from < last; from += SLICE) {
    for (const { draws: later = [] } of await tx.after('entries', from, SLICE)) {
      for (const draw of later) since.set(draw.grant, (since.get(draw.grant) ?? 0n) + leaves(draw));
    }
  }
  /** @type {Map<string, bigint>} */
  const taken = new Map();
  for (const draw of draws) {
    const amount = leaves(draw);
    if (amount > 0n) taken.set(draw.grant, (taken.get(draw.grant) ?? 0n) + amount);
  }
  return [...taken].map(([id, amount]) => {
    const grant = state.grants.find((/** @type {Json} */ each) => each.id === id);
    const after = micro(grant.available) + micro(grant.held) + (since.get(id) ?? 0n);
    const { kind, effective_at, expires_at = null } = grant;
    const figures = { amount: decimal(amount), before: decimal(after + amount) };
    return { grant: id, kind, effective_at, expires_at, ...figures, after: decimal(after) };
  });
}

/** @param {Entry} opened */
function holdOf({ hold, draws = [], booked_at }) {
  const amount = draws.reduce(
    (/** @type {bigint} */ sum, /** @type {Json} */ draw) => sum + micro(draw.amount),
    0n,
  );
  return { id: hold, amount: decimal(amount), booked_at };
}

/**
 * @param {Transaction} tx
 * @param {{head: Head, engine: Engine}} account
 * @param {string} text the entry's number
 * @returns {Promise<Json>}
 */
export async function receiptOf(tx, { head, engine }, text) {
  const seq = /^\d{1,15}$/.test(text) ? Number(text) : 0;
  const [entry] = seq > 0 ? await tx.between('entries', seq, seq) : [];
  if (!entry) throw new NivellaError('not_found', 'no such entry', { field: 'seq' });
  const opened = entry.hold && entry.kind !== 'hold' ? await tx.holdEntry(entry.hold) : undefined;
  return {
    row: rowOf(entry, opened, head.state.grants),
    rate: rateOf(entry, head, engine),
    draws: await drawsOf(tx, head, entry),
    hold: opened ? holdOf(opened) : null,
    reason: entry.reason ?? '',
    purchase: await purchaseOf(tx, head.state.grants, entry),
  };
}
