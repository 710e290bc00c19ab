/**
 * Random histories of one account: every operation, also refused ones, and a clock that jumps ahead
 * by up to weeks, at times back, and often exactly to where something happens anyway. A history
 * follows from its seed and the answers to it.
 */
import { randomFrom } from '../../fuzz/hostile.mjs';
import {
  DAY, HOUR, MINUTE, START, THEMES, WRONG, decimal, finite, instant, oneIn, wide,
} from './history-parts.mjs';

/** @typedef {Record<string, any>} Json */

/** What a history is made of, and what is known of it so far. */
export class Maker {
  /** @param {number} seed */
  constructor(seed) {
    this.random = randomFrom(seed + 1);
    this.rich = seed % 8 === 7;
    this.theme = THEMES[seed % 4];
    /** What belongs together must meet: then the clock rarely jumps by weeks. */
    this.calm = seed % 4 > 1;
    this.now = START;
    /** @type {number[]} when something will happen */
    this.marks = [];
    /** @type {Json[]} */
    this.sent = [];
    this.holds = 0;
    /** @type {string[]} those that are open, unless they have lapsed since */
    this.open = [];
    /** @type {string[]} order items that were granted */
    this.items = [];
    this.count = 0;
  }

  /** How far the clock moves before a step: mostly a little, at times weeks, at times back. */
  pass() {
    const { random } = this;
    const kind = random.below(20);
    if (kind >= 4 && kind < 9) this.now += random.below(MINUTE);
    else if (kind >= 9 && kind < 13) this.now += random.below(HOUR);
    else if (kind >= 13 && kind < 16) this.now += random.below((this.calm ? 0.2 : 3) * DAY);
    else if (kind >= 16 && kind < 18) this.now += wide(random, (this.calm ? 2 : 40) * DAY);
    else if (kind === 18) this.now -= random.below(2 * DAY);
    else if (kind === 19) this.now += random.below(this.calm ? 1 : 3) * DAY;
    if (oneIn(random, 8)) this.now = this.coincidence() ?? this.now;
  }

  /** An instant at which something happens anyway: exact coincidences are where rules differ. */
  coincidence() {
    const ahead = this.marks.filter((mark) => mark > this.now && mark < this.now + 500 * DAY);
    const next = Math.min(...ahead);
    return oneIn(this.random, 2) && ahead.length ? this.random.pick(ahead) : finite(next);
  }

  /** @param {number} vast how many of 16 are as large as can be, in a history of such */
  amount(vast = 1) {
    const { random } = this;
    if (this.rich && random.below(16) < vast) {
      return random.pick(['1000000000000', '999999999999.999999', '500000000000.5']);
    }
    if (this.calm && vast > 1) return String(50 + random.below(500));
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
    const kind = this.random.below(12);
    if (kind === 0) return { amount: '0' };
    return kind < 4 ? { usage: this.usage() } : { amount: this.amount() };
  }

  /** Debt takes all that comes, so where much is to meet there is little of it. */
  mode = () => (oneIn(this.random, this.calm ? 8 : 3) ? 'record' : 'strict');

  occurred() {
    if (!oneIn(this.random, 6)) return {};
    return { occurred_at: instant(this.now - wide(this.random, 36 * DAY) + 6 * MINUTE) };
  }

  expiry() {
    const { random, now } = this;
    if (this.rich && !oneIn(random, 4)) return {};
    if (this.calm && oneIn(random, 2)) {
      return { expires_at: instant(now + 1 + random.below(6 * HOUR)) };
    }
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
  item = () => `item-${'abcdefghijkl'[this.random.below(this.calm ? 12 : 6)]}`;

  /** Mostly one that was granted. */
  sold() {
    const { random, items } = this;
    return items.length && !oneIn(random, 8) ? random.pick(items) : this.item();
  }

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
    const longest = this.calm ? [7 * DAY, 7 * DAY, 7 * DAY] : [7 * DAY];
    const exact = mark !== undefined && mark - this.now <= 7 * DAY && oneIn(random, 2);
    const duration_ms = exact ? mark - this.now : 1 + random.below(random.pick([HOUR, ...longest]));
    if (this.calm && oneIn(random, 2)) {
      // Of several grants, and in record mode of what there is.
      return { op: 'hold', mode: 'record', amount: String(100 + random.below(900)), duration_ms };
    }
    const mode = oneIn(random, 4) ? {} : { mode: this.mode() };
    return { op: 'hold', ...mode, ...this.charge(), duration_ms };
  }

  holdId() {
    const { random, holds, open } = this;
    if (open.length && !oneIn(random, 4)) return random.pick(open.slice(-6));
    const last = Math.max(holds - random.below(4), 1);
    return String(oneIn(random, 8) ? random.below(holds + 3) : last);
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
    /** @type {Record<string, () => Json>} */
    const ops = {
      grant: () => this.grant(),
      use: () => this.use(),
      hold: () => this.hold(),
      settle: () => this.settle(),
      release: () => ({ op: 'release', hold: this.holdId() }),
      reverse: () => ({ op: 'reverse', order_item: this.sold(), ...this.share() }),
      reinstate: () => ({ op: 'reinstate', order_item: this.sold(), ...this.share() }),
      add: () => ({ op: 'adjust', direction: 'add', amount: this.amount(), ...this.expiry() }),
      take: () => ({ op: 'adjust', direction: 'take', amount: this.amount() }),
      subscribe: () => this.subscribe(),
      renew: () => ({ op: 'renew', ...this.term() }),
      change: () => ({ op: 'change_plan', plan: this.plan() }),
      cancel: () => ({ op: 'cancel' }),
    };
    let place = random.below(this.theme.reduce((sum, [, weight]) => sum + weight, 0));
    const chosen = this.theme.find(([, weight]) => (place -= weight) < 0);
    return ops[/** @type {[string, number]} */ (chosen)[0]]();
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
