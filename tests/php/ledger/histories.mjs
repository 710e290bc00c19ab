/**
 * Random histories of one account: every operation, also refused ones, and a clock that jumps ahead
 * by up to weeks, at times back, and often exactly to where something happens anyway. A history
 * follows from its seed and the answers to it.
 */
import { randomFrom } from '../../fuzz/hostile.mjs';

/** @typedef {import('../../fuzz/hostile.mjs').Random} Random */
/** @typedef {Record<string, any>} Json */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const START = Date.parse('2026-10-20T08:00:00Z');

/** @param {number} ms */
export const instant = (ms) => new Date(ms).toISOString();
/** @param {bigint} micro */
function decimal(micro) {
  const rest = String(micro % 1_000_000n).padStart(6, '0').replace(/0+$/, '');
  return String(micro / 1_000_000n) + (rest && `.${rest}`);
}

/** @param {Random} random @param {number} n */
const oneIn = (random, n) => random.below(n) === 0;
/** Below a limit that 32 bits need not hold. @param {Random} random @param {number} limit */
const wide = (random, limit) => (random.below(2 ** 20) * 2 ** 31 + random.below(2 ** 31)) % limit;

/** What a history is made of, and what is known of it so far. */
export class Maker {
  /** @param {number} seed */
  constructor(seed) {
    this.random = randomFrom(seed + 1);
    this.rich = seed % 8 === 7;
    this.now = START;
    /** @type {number[]} when something will happen */
    this.marks = [];
    /** @type {Json[]} */
    this.sent = [];
    this.holds = 0;
    this.count = 0;
  }

  /** How far the clock moves before a step: mostly a little, at times weeks, at times back. */
  pass() {
    const { random } = this;
    const kind = random.below(20);
    if (kind >= 4 && kind < 9) this.now += random.below(MINUTE);
    else if (kind >= 9 && kind < 13) this.now += random.below(HOUR);
    else if (kind >= 13 && kind < 16) this.now += random.below(3 * DAY);
    else if (kind >= 16 && kind < 18) this.now += wide(random, 40 * DAY);
    else if (kind === 18) this.now -= random.below(2 * DAY);
    else if (kind === 19) this.now += random.below(3) * DAY;
    if (oneIn(random, 8)) this.now = this.coincidence() ?? this.now;
  }

  /** An instant at which something happens anyway: exact coincidences are where rules differ. */
  coincidence() {
    const ahead = this.marks.filter((mark) => mark > this.now);
    return ahead.length ? this.random.pick(ahead) : undefined;
  }

  /** @param {number} vast how many of 16 are as large as can be, in a history of such */
  amount(vast = 1) {
    const { random } = this;
    if (this.rich && random.below(16) < vast) {
      return random.pick(['1000000000000', '999999999999.999999', '500000000000.5']);
    }
    const micro = [
      () => 1 + random.below(2_000_000),
      () => 1,
      () => random.pick([10, 50, 100, 250]) * 1_000_000,
    ][random.below(6)] ?? (() => 1 + random.below(120_000_000));
    return decimal(BigInt(micro()));
  }

  usage() {
    const { random } = this;
    /** @type {Json} */
    const usage = { feature: random.pick(['chat', 'chat', 'voice', 'image', 'fax']) };
    if (oneIn(random, 3)) usage.agent = random.pick(['chat', 'nox', '']);
    if (oneIn(random, 3)) usage.model = random.pick(['deep', 'swift', 'studio']);
    if (!oneIn(random, 4)) usage.messages = random.below(60);
    if (oneIn(random, 5)) usage.call_ms = wide(random, 2 * HOUR);
    if (oneIn(random, 5)) usage.output_tokens = random.below(9000);
    if (oneIn(random, 8)) usage.input_tokens = random.below(9000);
    if (oneIn(random, 6)) usage.images = random.below(4);
    if (oneIn(random, 60)) usage.messages = 1_000_000_000 + random.below(2);
    return usage;
  }

  charge() {
    const kind = this.random.below(10);
    if (kind === 0) return { amount: '0' };
    return kind < 5 ? { usage: this.usage() } : { amount: this.amount() };
  }

  mode = () => (oneIn(this.random, 3) ? 'record' : 'strict');

  occurred() {
    if (!oneIn(this.random, 6)) return {};
    return { occurred_at: instant(this.now - wide(this.random, 36 * DAY) + 6 * MINUTE) };
  }

  expiry() {
    const { random, now } = this;
    if (this.rich && !oneIn(random, 4)) return {};
    const mark = this.coincidence() ?? now + DAY;
    const ends = [
      undefined,
      undefined,
      now + 1 + random.below(2 * HOUR),
      (Math.floor(now / DAY) + 1 + random.below(40)) * DAY,
      now - DAY + random.below(3 * DAY),
      mark,
    ][random.below(6)];
    return ends === undefined ? {} : { expires_at: instant(ends) };
  }

  /** Few, so that most are granted, reversed and reinstated again and again. */
  item = () => `item-${'abcdef'[this.random.below(6)]}`;

  share() {
    const whole = this.random.pick([1, 3, 7, 1_000_000, 9_990_000]);
    const refunded = [0, whole][this.random.below(4)] ?? this.random.below(whole + 1);
    if (oneIn(this.random, 20)) return {};
    return { refunded: decimal(BigInt(refunded)), of: decimal(BigInt(whole)) };
  }

  term() {
    const { random } = this;
    const kind = random.below(8);
    if (kind === 0) return { open_ended: true };
    if (kind === 1) return { paid_until: instant(this.now + wide(random, 80 * DAY)) };
    return oneIn(random, 6) ? {} : { months: random.below(4) };
  }

  plan = () =>
    this.random.pick(['free', 'basic', 'plus', 'pro', 'unlimited', this.rich ? 'vast' : 'unknown']);

  grant() {
    const { random } = this;
    const kind = ['refund', 'bonus', 'bonus'][random.below(8)] ?? 'purchase';
    const from = oneIn(random, 4) ? { effective_at: instant(this.now - random.below(HOUR)) } : {};
    return {
      op: 'grant',
      kind,
      amount: this.amount(12),
      ...(kind === 'purchase' && oneIn(random, 3) && { bonus: this.amount() }),
      ...(kind !== 'refund' && !oneIn(random, this.rich ? 2 : 5) && { order_item: this.item() }),
      ...(oneIn(random, 2) && { priority: random.pick([50, 50, 50, 10, 90]) }),
      ...from,
      ...this.expiry(),
    };
  }

  hold() {
    const { random } = this;
    const mark = this.coincidence();
    const exact = mark !== undefined && mark - this.now <= 7 * DAY && oneIn(random, 2);
    const duration_ms = exact ? mark - this.now : 1 + random.below(random.pick([HOUR, 7 * DAY]));
    const mode = oneIn(random, 4) ? {} : { mode: this.mode() };
    return { op: 'hold', ...mode, ...this.charge(), duration_ms };
  }

  holdId() {
    const { random, holds } = this;
    const last = Math.max(holds - random.below(3), 1);
    return String(oneIn(random, 12) ? random.below(holds + 3) : last);
  }

  use = () => ({ op: 'use', mode: this.mode(), ...this.charge(), ...this.occurred() });

  settle() {
    const { op: _, ...use } = this.use();
    return { op: 'settle', hold: this.holdId(), ...use };
  }

  subscribe() {
    const { random } = this;
    const back = oneIn(random, 3) ? { started_at: instant(this.now - wide(random, 70 * DAY)) } : {};
    return { op: 'subscribe', plan: this.plan(), ...this.term(), ...back };
  }

  op() {
    const { random } = this;
    const kind = random.below(42);
    if (kind < 6) return this.grant();
    if (kind < 15) return this.use();
    if (kind < 21) return this.hold();
    if (kind < 26) return this.settle();
    if (kind < 28) return { op: 'release', hold: this.holdId() };
    if (kind < 33) return { op: 'reverse', order_item: this.item(), ...this.share() };
    if (kind < 35) return { op: 'reinstate', order_item: this.item(), ...this.share() };
    if (kind === 35) {
      return { op: 'adjust', direction: 'add', amount: this.amount(), ...this.expiry() };
    }
    if (kind === 36) return { op: 'adjust', direction: 'take', amount: this.amount() };
    if (kind < 39) return this.subscribe();
    if (kind === 39) return { op: 'renew', ...this.term() };
    return kind === 40 && oneIn(random, 3)
      ? { op: 'cancel' }
      : { op: 'change_plan', plan: this.plan() };
  }

  /** @template {Json} T @param {T} op @returns {T & Json} */
  noted(op) {
    const { random } = this;
    this.count += 1;
    return {
      request_id: oneIn(random, 5) ? String(this.count) : `request ${this.count}`,
      ...op,
      ...(oneIn(random, 3) ? {} : { reason: 'no reply' }),
      ...(oneIn(random, 4) ? { reference: random.pick(['order 5', 'Zoë "/" 7']) } : {}),
      ...(oneIn(random, 4) ? { site: random.pick(['site-1', 'site-2']) } : {}),
    };
  }

  batch() {
    const { random } = this;
    /** @type {Json[]} */
    const items = Array.from({ length: 1 + random.below(6) }, () => {
      const { op: _, ...use } = this.noted(this.use());
      return use;
    });
    const uses = this.sent.filter(({ op }) => op === 'use');
    if (uses.length && oneIn(random, 2)) items.push({ ...random.pick(uses), op: undefined });
    if (oneIn(random, 6)) items.push({ ...random.pick(items) });
    if (oneIn(random, 12)) items.push({ ...random.pick(items), mode: 'record' });
    if (oneIn(random, 20)) items.push({ ...this.use(), request_id: 'é' });
    return { op: 'batch', items };
  }

  again() {
    const known = { ...this.random.pick(this.sent) };
    if (oneIn(this.random, 2)) known.reference = 'another body';
    return known;
  }

  /** A true command with one field that is wrong, or not there. */
  spoilt() {
    const command = /** @type {Json} */ (this.noted(this.op()));
    const inner = command.usage && oneIn(this.random, 2) ? command.usage : command;
    const key = this.random.pick(Object.keys(inner));
    const value = this.random.pick([...WRONG, undefined]);
    inner[key] = value;
    return command;
  }

  /** @returns {Json} what is asked at a step */
  ask() {
    const { random } = this;
    switch (random.below(16)) {
      case 0:
        return { do: { op: 'touch' } };
      case 1:
        return { do: this.sent.length ? this.again() : { op: 'touch' } };
      case 2:
        return { do: this.batch() };
      case 3:
        return { do: this.spoilt() };
      case 4:
        if (oneIn(random, 8)) return { thresholds: this.thresholds() };
        return oneIn(random, 2) ? { quote: this.usage() } : { balance: true };
      default:
        return { do: this.noted(this.op()) };
    }
  }

  thresholds() {
    const one = () =>
      oneIn(this.random, 2) ? { share: this.random.below(1100) } : { amount: this.amount() };
    return { low: one(), critical: one() };
  }
}

/** What a field may be and should not. PHP cannot tell an empty list from an empty object. */
const WRONG = [
  null, true, 7, -1, 1.5, 4294967296, ['x'], '', ' 10', '+5', '-5', '1e3', 'NaN', '1.', '.5', '٣',
  '0', '00.10', '0.0000001', '1000000000000.000001', '9223372036854.775808', '9'.repeat(20) + 'x',
  '2026-02-30T00:00:00Z', '2026-11-21', '9999-12-31T23:59:59.999Z', '2026-11-21T10:00:00+25:00',
  'a\u0000b', 'a'.repeat(192), 'é'.repeat(600), '\u0085', 'strict', 'record', 'grant', '007', '0x1',
];
