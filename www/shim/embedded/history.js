/**
 * How the demo's account came to today's balance: four months of ordinary commands, in the order of
 * their time, for the engine to book. The same today gives the same history.
 *
 * The generator is told each outcome, so that what is planned in credits comes out exactly: the
 * last hours of a cycle use up what its plan has left.
 */
import { decimal, micro } from './amounts.js';
import { BOUGHT, USED, calendarOf } from './seed.js';
import { HOUR, between, call, dayOfWork, diceOf } from './history-work.js';
import { DAY, instantOf, plusDays } from './zone.js';

/** @typedef {import('./books.js').Command} Command */
/** @typedef {import('./books.js').Outcome} Outcome */
/** @typedef {import('./history-work.js').Job} Job */
/** @typedef {import('./zone.js').Zone} Zone */
/** @typedef {{at: number, command: Command}} Step */
/** @typedef {Generator<Step, void, Outcome>} Steps */
/** @typedef {{at: number, run: () => Steps}} Deed at its time, one command or none */

/** What whole cycles used; what is above the allowance was bought, 2,000 at a time. */
const CYCLES = [1430, 2700, 3120, 3180];
const ALLOWANCE = 1500;
const WEEKDAYS = [0.35, 1.05, 1.1, 1, 1.05, 0.95, 0.5];
/** A recall of one site's cars, and its phone did not stand still. */
const SPIKE = { ago: 9, minutes: 24, site: 'ferrow' };
const OPENS = 8.5 * HOUR;
const CLOSES = 21.5 * HOUR;

/**
 * @param {{now: number, zone: Zone, months: number}} of
 * @returns {Steps}
 */
export function* historyOf({ now, zone, months }) {
  const { today, cycles, start } = calendarOf(now, zone, months);
  const dice = diceOf(Math.floor(now / DAY));
  const book = { next: 1, used: 0n, dice, zone, now };
  const subscribe = { op: 'subscribe', plan: 'growth', open_ended: true };
  yield { at: start, command: { ...subscribe, request_id: 'plan-growth' } };
  if (months > 0) yield* welcome(start);
  for (const [n, first] of cycles.entries()) {
    const last = n === months;
    const target = last ? Number(USED) : (CYCLES[n + CYCLES.length - months] ?? ALLOWANCE);
    const end = last ? plusDays(today, 1) : (cycles[n + 1] ?? today);
    const due = ordersOf(months).filter(({ cycle }) => cycle === months - n);
    const deeds = orders(first, zone, due);
    yield* cycle(book, { first, end, target, start, today }, deeds);
  }
}

/** @param {number} at @returns {Steps} */
function* welcome(at) {
  yield {
    at: at + 60_000,
    command: {
      op: 'grant',
      request_id: 'welcome',
      kind: 'bonus',
      amount: '100',
      expires_at: new Date(at + 14 * DAY).toISOString(),
      reference: 'Welcome',
    },
  };
}

/**
 * So many cycles ago: an order before each allowance ran out, and one by mistake, refunded. The
 * first of an account brings what the others leave open.
 */
export const ORDERS = [
  { id: 21, item: 1, cycle: 3, after: 9, at: 14.2 * HOUR, credits: 2000, refunded: 0 },
  { id: 24, item: 1, cycle: 2, after: 2, at: 11.4 * HOUR, credits: 2000, refunded: 0 },
  { id: 27, item: 2, cycle: 2, after: 5, at: 9.7 * HOUR, credits: 5000, refunded: 26 * HOUR },
  { id: 31, item: 1, cycle: 1, after: 6, at: 16.1 * HOUR, credits: 2000, refunded: 0 },
];
const YOUNG = { id: 24, item: 1, cycle: 0, after: 2, at: 11.4 * HOUR, credits: 0, refunded: 0 };

/** @param {number} months */
function ordersOf(months) {
  const [first = YOUNG, ...others] = ORDERS.filter(({ cycle }) => cycle <= months);
  const whole = CYCLES.slice(CYCLES.length - months);
  const over = whole.reduce((sum, used) => sum + Math.max(0, used - ALLOWANCE), 0);
  const bought = others.reduce((sum, each) => sum + (each.refunded ? 0 : each.credits), 0);
  return [{ ...first, credits: Number(BOUGHT) + over - bought }, ...others];
}

/** @param {string} first @param {Zone} zone @param {ReturnType<typeof ordersOf>} due */
function orders(first, zone, due) {
  return due.flatMap(({ id, item, after, at, credits, refunded }) => {
    const key = `order-${id}-item-${item}`;
    const paid = instantOf(zone, plusDays(first, after), at);
    const grant = {
      op: 'grant',
      request_id: key,
      kind: 'purchase',
      amount: String(credits),
      order_item: key,
      reference: `order ${id}`,
    };
    const reverse = {
      op: 'reverse',
      request_id: `${key}-refund-1`,
      order_item: key,
      reference: `order ${id}`,
      reason: 'Ordered twice by mistake',
    };
    const deeds = [single(paid, grant)];
    return refunded ? [...deeds, single(paid + refunded, reverse)] : deeds;
  });
}

/** @param {number} at @param {Command} command @returns {Deed} */
const single = (at, command) => ({
  at,
  *run() {
    yield { at, command };
  },
});

/**
 * @typedef {object} Book
 * @property {number} next the next request's number
 * @property {bigint} used in this cycle, in millionths
 * @property {() => number} dice
 * @property {Zone} zone
 * @property {number} now
 */

/**
 * @param {Book} book
 * @param {{first: string, end: string, target: number, start: number, today: string}} of
 * @param {Deed[]} others
 * @returns {Steps}
 */
function* cycle(book, of, others) {
  const days = daysOf(book, of);
  const whole = days.reduce((sum, { weight }) => sum + weight, 0);
  const spiked = days.some(({ spike }) => spike) ? SPIKE.minutes * 8 : 0;
  book.used = 0n;
  let planned = 0;
  for (const { day, weight, spike, from, to } of days) {
    planned += ((of.target - spiked) * weight) / whole + (spike ? spiked : 0);
    const isLast = day === days.at(-1)?.day;
    const rest = planned - Number(decimal(book.used)) - (spike ? spiked : 0);
    const jobs = dayOfWork(book.dice, isLast ? rest - 12 : rest);
    if (spike) jobs.push(...rush(book.dice));
    const span = (to - from) / (CLOSES - OPENS + 0.5 * HOUR);
    const until = isLast ? to - (to - from) / 20 : to;
    const deeds = jobs.flatMap((job) => {
      const wall = Math.max(0, job.at - (OPENS - 0.5 * HOUR));
      return deedsOf(book, job, second(Math.min(until, from + wall * span)));
    });
    const end = instantOf(book.zone, plusDays(day, 1));
    const due = others.filter(({ at }) => at < end && at >= instantOf(book.zone, day));
    for (const { run } of [...deeds, ...due].sort((a, b) => a.at - b.at)) yield* run();
    if (isLast) yield* exactly(book, of.target, until, to);
  }
}

/** @param {number} ms */
const second = (ms) => Math.floor(ms / 1000) * 1000;

/** The days of a cycle on which work was done, and how much. @param {Book} book @param {any} of */
function daysOf({ dice, zone, now }, { first, end, start, today }) {
  const days = [];
  const spikeDay = workday(plusDays(today, -SPIKE.ago));
  for (let day = first; day < end; day = plusDays(day, 1)) {
    const from = Math.max(instantOf(zone, day, OPENS), start + HOUR);
    const to = Math.min(instantOf(zone, day, CLOSES), now - 60_000);
    const noise = 0.8 + dice() * 0.4;
    if (to - from < HOUR) continue;
    const share = (to - from) / (CLOSES - OPENS);
    const weight = (WEEKDAYS[new Date(day).getUTCDay()] ?? 1) * noise * share;
    days.push({ day, weight, spike: day === spikeDay, from, to });
  }
  return days;
}

/** @param {string} day @returns {string} */
const workday = (day) =>
  [0, 6].includes(new Date(day).getUTCDay()) ? workday(plusDays(day, -1)) : day;

/** @param {() => number} dice @returns {Job[]} */
function rush(dice) {
  const jobs = [];
  for (let left = SPIKE.minutes; left > 0;) {
    const minutes = Math.min(left, between(dice, 1, 4));
    const at = (17.5 + dice() * 3) * HOUR;
    jobs.push(call(dice, 'voice_inbound', SPIKE.site, { at, minutes }));
    left -= minutes;
  }
  return jobs;
}

/** @param {Book} book @param {Job} job @param {number} at @returns {Deed[]} */
function deedsOf(book, { usage, site, reference, held_ms, failed }, at) {
  const number = book.next++;
  const note = { site, reference };
  const used = (/** @type {Outcome} */ { entries = [] }) => {
    for (const { amount } of entries) book.used -= micro(amount);
  };
  if (!held_ms) {
    const command = { op: 'use', request_id: `use-${number}`, mode: 'strict', usage, ...note };
    return [{ at, *run() { used(yield { at, command }); } }];
  }
  const hold = {
    op: 'hold',
    request_id: `hold-${number}`,
    mode: 'strict',
    usage,
    duration_ms: held_ms + 600_000,
    ...note,
  };
  /** @type {string} */
  let id;
  const settle = () => ({
    op: 'settle',
    request_id: `settle-${number}`,
    hold: id,
    mode: 'record',
    ...(failed ? { amount: '0', reason: failed } : { usage }),
    ...note,
  });
  const end = at + held_ms;
  return [
    { at, *run() { ({ id } = (yield { at, command: hold }).hold); } },
    { at: end, *run() { used(yield { at: end, command: settle() }); } },
  ];
}

/**
 * Chat answers of such lengths that the cycle has used exactly so much.
 *
 * @param {Book} book @param {number} target @param {number} from @param {number} to
 * @returns {Steps}
 */
function* exactly(book, target, from, to) {
  let tenths = Number((micro(String(target)) - book.used) / 100_000n);
  const count = Math.floor(tenths / 13);
  for (let n = 0; n < count; n += 1) {
    const cost = Math.round(tenths / (count - n));
    tenths -= cost;
    const usage = {
      feature: 'chat_reply',
      agent: 'chat',
      model: 'swift',
      messages: 1,
      // A tenth of a credit is 250 of what the model writes.
      output_tokens: (cost - 10) * 250,
    };
    const at = second(from + ((to - from) * (n + 1)) / count);
    const job = { at, usage, site: 'demo', reference: 'Conversation: Order status', about: 0 };
    for (const { run } of deedsOf(book, job, at)) yield* run();
  }
}
