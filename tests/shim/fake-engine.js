/**
 * A ledger small enough to see through, in the shape of the module's engine: grants burnt by
 * expiry, holds, a monthly allowance, reversals, request ids. The embedded store's tests do not
 * depend on a built module; the same tests run on the real engine where it is built.
 */
import { decimal, micro as parse } from '../../www/shim/embedded/amounts.js';
import { FakeLevels, coded } from './fake-levels.js';
import { meanRunway } from './fake-runway.js';
import { dayOf, instantOf, plusMonths } from '../../www/shim/embedded/zone.js';

/** @typedef {'available' | 'held' | 'consumed' | 'reversed' | 'expired'} Part */
/**
 * @typedef {{id: string, kind: string, effective_at: string, expires_at: ?string,
 *   order_item?: string, parts: Record<Part, bigint>}} Grant
 */
/** @typedef {{grant: string, from: Part, to: Part, amount: string}} Draw */

/** @param {string} text */
function micro(text) {
  if (!/^\d{1,12}(\.\d{1,6})?$/.test(text)) throw coded('amount_invalid', 'amount');
  return parse(text);
}

const POSTED = ['available', 'held'];

export class FakeEngine extends FakeLevels {
  /** @type {Grant[]} */ grants = [];
  /** @type {Map<string, Draw[]>} */ holds = new Map();
  /** @type {any[]} */ entries = [];
  /** @type {Map<string, {body: string, answer: any}>} */ requests = new Map();
  /** @type {?{plan: string, start: string, cycle: number}} */ subscription = null;
  lastHold = 0;

  /** @param {any} state */
  static open(state) {
    return new FakeEngine(state?.settings ?? state, state?.writes);
  }

  /** @param {any[]} entries */
  load(entries) {
    for (const { seq, command, booked_at } of entries) {
      if (seq !== this.entries.length + 1) throw coded('snapshot_invalid');
      this.book(command, booked_at);
    }
  }

  state() {
    const { settings, writes } = this;
    const grants = this.grants.map(({ parts, ...grant }) => ({
      ...grant,
      ...Object.fromEntries(Object.entries(parts).map(([part, sum]) => [part, decimal(sum)])),
    }));
    return structuredClone({ settings, writes, entries: this.entries.length, grants });
  }

  /** @param {number} seq */
  entries_since(seq) {
    return this.entries.slice(seq);
  }

  /** @param {string} now */
  usable(now) {
    return this.grants
      .filter(({ parts }) => parts.available + parts.held > 0n)
      .filter(({ expires_at }) => !expires_at || expires_at > now)
      .sort((a, b) => ((a.expires_at ?? '~') < (b.expires_at ?? '~') ? -1 : 1));
  }

  /** @param {string} now @param {Part} part */
  sum(now, part) {
    return this.usable(now).reduce((sum, { parts }) => sum + parts[part], 0n);
  }

  /** @param {string} now */
  balance(now) {
    const [available, held] = [this.sum(now, 'available'), this.sum(now, 'held')];
    /** @type {any[]} */
    const pools = [];
    for (const { kind, parts, expires_at } of this.usable(now)) {
      const pool = { kind, available: decimal(parts.available), held: decimal(parts.held) };
      pools.push({ ...pool, expires_at });
    }
    return {
      version: this.entries.length + this.writes,
      as_of: now,
      available: decimal(available),
      posted: decimal(available + held),
      held: decimal(held),
      debt: '0',
      unlimited: false,
      unlimited_until: null,
      pools,
      level: this.level(available),
      alert: this.level(available + held),
      plan: null,
    };
  }

  runway = (/** @type {string} */ used, /** @type {string} */ now) =>
    meanRunway(this.settings.zone, Number(this.balance(now).available), used, now);

  /** @param {any} usage @param {string} now */
  quote(usage, now) {
    const [newer, older] = this.settings.rate_cards;
    const card = newer.effective_at <= now ? newer : older;
    const lines = [];
    let sum = 0;
    for (const { feature, unit, credits } of card?.rates ?? []) {
      if (feature !== usage.feature) continue;
      const quantity = {
        message: usage.messages ?? 0,
        input_tokens: usage.input_tokens ?? 0,
        output_tokens: usage.output_tokens ?? 0,
        call_minute: Math.ceil((usage.call_ms ?? 0) / 60_000),
        image: usage.images ?? 0,
        use: 1,
      }[/** @type {'use'} */ (unit)];
      const per = unit.endsWith('_tokens') ? 1000 : 1;
      const nano = Math.round((quantity * Number(credits) * 1e9) / per);
      const product = decimal(BigInt(Math.round(nano / 1000)));
      if (quantity > 0) lines.push({ unit, quantity, rate: credits, product });
      sum += nano;
    }
    if (!card?.rates.some((/** @type {any} */ rate) => rate.feature === usage.feature)) {
      throw coded('rate_not_found', 'feature');
    }
    const quantum = Number(card.quantum) * 1e9;
    const cost = BigInt((Math.ceil(sum / quantum) * quantum) / 1000);
    return { cost: decimal(cost), rate_version: card.version, lines };
  }

  /** @param {any} command @param {string} now */
  apply(command, now) {
    this.passTime(now);
    if (command.op === 'touch') return { booked: true, balance: this.balance(now) };
    if (!command.request_id) throw coded('request_id_invalid', 'request_id');
    const body = JSON.stringify(command);
    const before = this.requests.get(command.request_id);
    if (before && before.body !== body) throw coded('request_id_conflict', 'request_id');
    if (before) return { ...before.answer, replayed: true, balance: this.balance(now) };
    const asks = ['use', 'hold'].includes(command.op);
    const short = asks ? this.cost(command, now) - this.sum(now, 'available') : 0n;
    if (short > 0n) {
      const refused = { booked: false, reason: 'insufficient_credits', short_by: decimal(short) };
      return { ...refused, balance: this.balance(now) };
    }
    return { ...this.book(command, now), balance: this.balance(now) };
  }

  /** What time alone does. @param {string} now */
  passTime(now) {
    for (;;) {
      const next = this.subscription && this.cycleStart(this.subscription.cycle + 1);
      const over = this.grants.find(
        ({ parts, expires_at }) => parts.available > 0n && expires_at && expires_at <= now,
      );
      if (over) this.book({ op: 'expiry', grant: over.id }, now);
      else if (next && next <= now) this.book({ op: 'cycle' }, next);
      else return;
    }
  }

  /** @param {number} n @returns {string} */
  cycleStart(n) {
    const { start } = /** @type {{start: string}} */ (this.subscription);
    const zone = this.settings.zone;
    const day = plusMonths(dayOf(zone, Date.parse(start)), n);
    return new Date(instantOf(zone, day)).toISOString();
  }

  /** @param {any} command @param {string} now */
  cost = ({ amount, usage }, now) => micro(amount ?? this.quote(usage, now).cost);

  /** @param {bigint} amount @param {string} now @param {Part} to @param {Draw[]} [held] */
  draw(amount, now, to, held) {
    /** @type {Draw[]} */
    const draws = [];
    /** @param {string} grant @param {Part} from @param {Part} into @param {bigint} sum */
    const add = (grant, from, into, sum) => {
      if (sum > 0n) draws.push({ grant, from, to: into, amount: decimal(sum) });
    };
    for (const { grant, amount: sum } of held ?? []) {
      const part = micro(sum) < amount ? micro(sum) : amount;
      amount -= part;
      add(grant, 'held', 'consumed', part);
      add(grant, 'held', 'available', micro(sum) - part);
    }
    for (const { id, parts } of this.usable(now)) {
      const part = parts.available < amount ? parts.available : amount;
      amount -= part;
      add(id, 'available', to, part);
    }
    return draws;
  }

  /** @param {any} command @param {string} now */
  book(command, now) {
    const { op, request_id, usage, site, reference, reason } = command;
    /** @type {any} */
    const entry = { seq: this.entries.length + 1, kind: op, command, request_id, usage, site };
    Object.assign(entry, { reference, reason, occurred_at: now, booked_at: now, draws: [] });
    if (usage) entry.rate_version = this.quote(usage, now).rate_version;
    /** @type {any} */
    const answer = { booked: true, entries: [entry] };
    this.perform(command, entry, answer, now);
    let posted = entry.granted ?? 0n;
    delete entry.granted;
    for (const { grant, from, to, amount } of entry.draws) {
      const parts = this.grants.find(({ id }) => id === grant)?.parts;
      if (!parts) throw coded('snapshot_invalid', 'grants');
      parts[/** @type {Part} */ (from)] -= micro(amount);
      parts[/** @type {Part} */ (to)] += micro(amount);
      if (POSTED.includes(from) && !POSTED.includes(to)) posted -= micro(amount);
    }
    entry.amount = decimal(posted);
    this.entries.push(JSON.parse(JSON.stringify(entry)));
    answer.entries = this.entries.slice(-1);
    if (request_id) this.requests.set(request_id, { body: JSON.stringify(command), answer });
    return answer;
  }

  /** @param {any} command @param {any} entry @param {any} answer @param {string} now */
  perform(command, entry, answer, now) {
    const { op } = command;
    if (op === 'subscribe') {
      this.subscription = { plan: command.plan, start: command.started_at ?? now, cycle: 0 };
      entry.kind = 'plan';
      this.allow(entry, now);
    } else if (op === 'cycle' && this.subscription) {
      this.subscription.cycle += 1;
      entry.kind = 'grant';
      this.allow(entry, now);
    } else if (op === 'grant') {
      this.grant(entry, now, command);
      const { bonus, expires_at } = command;
      if (bonus) this.grant(entry, now, { kind: 'bonus', amount: bonus, expires_at });
    } else if (op === 'expiry') {
      const { parts } = /** @type {Grant} */ (this.grants.find(({ id }) => id === command.grant));
      const amount = decimal(parts.available);
      entry.draws = [{ grant: command.grant, from: 'available', to: 'expired', amount }];
    } else if (op === 'use') {
      entry.draws = this.draw(this.cost(command, now), now, 'consumed');
    } else if (op === 'hold') {
      entry.draws = this.draw(this.cost(command, now), now, 'held');
      entry.hold = String((this.lastHold += 1));
      this.holds.set(entry.hold, entry.draws);
      const lapses_at = new Date(Date.parse(now) + command.duration_ms).toISOString();
      answer.hold = { id: entry.hold, amount: decimal(this.cost(command, now)), lapses_at };
    } else if (op === 'settle' || op === 'release') {
      const held = this.holds.get(command.hold);
      const was = /^\d+$/.test(command.hold) && Number(command.hold) <= this.lastHold;
      if (!held) throw coded(was ? 'hold_resolved' : 'not_found', 'hold');
      this.holds.delete(command.hold);
      entry.hold = command.hold;
      const cost = op === 'settle' ? this.cost(command, now) : 0n;
      entry.draws = this.draw(cost, now, 'consumed', held);
    } else if (op === 'reverse') {
      this.reverse(command, entry);
    } else throw coded('field_invalid', 'op');
  }

  /** Takes what is available of the item itself. @param {any} command @param {any} entry */
  reverse({ order_item, refunded = '1', of = '1' }, entry) {
    const own = this.grants.filter((grant) => grant.order_item === order_item);
    if (own.length === 0) throw coded('not_found', 'order_item');
    entry.kind = 'reversal';
    for (const { id, parts } of own) {
      const whole = Object.values(parts).reduce((sum, part) => sum + part, 0n);
      const due = (whole * micro(refunded)) / micro(of) - parts.reversed;
      const taken = due < parts.available ? due : parts.available;
      const amount = decimal(taken);
      if (taken > 0n) entry.draws.push({ grant: id, from: 'available', to: 'reversed', amount });
    }
  }

  /** @param {any} entry @param {string} now @param {any} terms */
  grant(entry, now, { kind, amount, expires_at = null, order_item }) {
    const parts = { available: micro(amount), held: 0n, consumed: 0n, reversed: 0n, expired: 0n };
    const id = String(this.grants.length + 1);
    this.grants.push({ id, kind, effective_at: now, expires_at, order_item, parts });
    entry.grant ??= id;
    entry.granted = (entry.granted ?? 0n) + micro(amount);
  }

  /** @param {any} entry @param {string} now */
  allow(entry, now) {
    const { plan, start, cycle } = this.subscription ?? { plan: '', start: now, cycle: 0 };
    const { allowance } = this.settings.plans.find((/** @type {any} */ each) => each.key === plan);
    const expires_at = this.cycleStart(cycle + 1);
    const from = cycle === 0 ? start : this.cycleStart(cycle);
    this.grant(entry, from, { kind: 'allowance', amount: allowance, expires_at });
  }
}
