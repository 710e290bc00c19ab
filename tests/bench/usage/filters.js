/** Runs in the page: combinations of filters in the module, and with decimal.js on a sample. */
import { DIMENSIONS, dayOf, peerAnswer, peerRows } from './decimal-peer.js';
import { csvOf, linesOf, moduleOf, nextTask, opened, read } from './rows.js';

/** @typedef {import('#usage-module').Usage} Usage */
/** @typedef {Record<string, any>} Json */

const DECIMAL = '/decimal/decimal.mjs';
const KEYS = ['chat', 'chat_reply', 'swift', 'message', 'northlight', 'Northlight Dental'];
/** Ranges are 730 days long at most. */
const SPAN = 730;
const DAY = 86_400_000;

/** Every choice of dimensions, with every range. @param {number} today a day's number */
function combinations(today) {
  const text = (/** @type {number} */ day) => new Date(day * DAY).toISOString().slice(0, 10);
  const ranges = [
    { days: '7' }, { days: '30' }, { days: '90' }, { days: 'all' },
    { from: text(today - 400), to: text(today - 200) },
  ];
  const subsets = Array.from({ length: 1 << DIMENSIONS.length }, (_, chosen) =>
    Object.fromEntries(DIMENSIONS.map((name, at) => [name, KEYS[at]])
      .filter((_, at) => (chosen >> at) & 1)));
  return subsets.flatMap((keys) => ranges.map((range) => ({ ...keys, ...range })));
}

/** Any range of days. @param {number} today */
function dayRanges(today) {
  const text = (/** @type {number} */ day) => new Date(day * DAY).toISOString().slice(0, 10);
  return Array.from({ length: 100 }, (_, at) => {
    const [a, b] = [(at * 2_654_435_761) % SPAN, ((at + 7) * 40_503) % SPAN];
    return { from: text(today - Math.max(a, b)), to: text(today - Math.min(a, b)) };
  });
}

/** @param {number[]} values */
const middle = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/**
 * The median of each filter.
 * @param {Usage} data @param {Json[]} filters @param {number} rounds
 */
async function times(data, filters, rounds) {
  /** @type {number[][]} */
  const all = filters.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, filter] of filters.entries()) {
      const started = performance.now();
      data.view(filter);
      all[at].push(performance.now() - started);
    }
    await nextTask();
  }
  return all.map(middle);
}

/** The peer's question: the same range as the module's. @param {Json} view @param {Json} filter */
function askedOf(view, filter) {
  const [from, to] = [dayOf(view.range.from), dayOf(view.range.to)];
  const before = filter.days === 'all' ? null : from - (to - from + 1);
  return { from, to, before, keys: DIMENSIONS.map((name) => filter[name] ?? null) };
}

/**
 * Where the module and the peer differ on the sample, if they do.
 * @param {Usage} data @param {any[]} rows @param {Json[]} filters @param {any} Decimal
 */
function differences(data, rows, filters, Decimal) {
  /** @type {string[]} */
  const found = [];
  for (const filter of filters) {
    const view = /** @type {Json} */ (data.view(filter));
    const { total, parts, trend } = peerAnswer(rows, askedOf(view, filter), Decimal);
    const same = (/** @type {string} */ what, /** @type {any} */ peer, /** @type {string} */ own) =>
      (peer ?? new Decimal(0)).equals(own) || found.push(`${JSON.stringify(filter)}: ${what}`);
    same('total', total, view.total);
    for (const card of view.agents) same(card.key, parts[0].get(card.key), card.credits);
    for (const { by, rows: lines } of view.breakdowns) {
      const sums = parts[DIMENSIONS.indexOf(by)];
      for (const line of lines) same(line.key, sums.get(line.key), line.credits);
    }
    let days = new Decimal(0);
    for (const day of trend.values()) for (const sum of day.values()) days = days.plus(sum);
    same('days', days, view.total);
  }
  return found;
}

/** @param {{ rows: number, sampled: number, rounds: number }} options */
export async function measureFilters({ rows, sampled, rounds }) {
  const { glue } = await moduleOf('filters');
  const pieces = await csvOf(rows);
  const data = await opened(glue);
  read(data, pieces);
  const known = data.rows_known();
  const { today } = /** @type {Json} */ (data.view({}));
  const filters = combinations(dayOf(today));
  const ours = await times(data, filters, rounds);
  const ranges = await times(data, dayRanges(dayOf(today)), rounds);
  data.free();

  const { default: Decimal } = await import(DECIMAL);
  const lines = await linesOf(pieces);
  const step = rows / sampled;
  const sample = lines.filter((_, at) => at % step === 0);
  const sampleData = await opened(glue, { rollups: false });
  const header = new TextDecoder().decode(pieces[0]).split('\r\n', 1)[0];
  read(sampleData, [new TextEncoder().encode(`${[header, ...sample].join('\r\n')}\r\n`)]);
  const peers = peerRows(sample, Decimal);
  // Every third has every choice of dimensions and every range among them.
  const compared = filters.map((filter, at) => ({ filter, own: ours[at] }))
    .filter((_, at) => at % 3 === 0);
  const differ = differences(sampleData, peers, compared.map(({ filter }) => filter), Decimal);
  /** @type {{ filter: Json, own: number, peer: number }[]} */
  const pairs = [];
  for (const { filter, own } of compared) {
    const asked = askedOf(/** @type {Json} */ (sampleData.view(filter)), filter);
    /** @type {number[]} */
    const took = [];
    for (let round = 0; round < 3; round += 1) {
      const started = performance.now();
      peerAnswer(peers, asked, Decimal);
      took.push(performance.now() - started);
    }
    pairs.push({ filter, own, peer: middle(took) * step });
    await nextTask();
  }
  const slowest = filters[ours.indexOf(Math.max(...ours))];
  return { known, ours, slowest, ranges, pairs, differ, sampled: sample.length };
}
