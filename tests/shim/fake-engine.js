/**
 * A ledger small enough to see through, in the shape of the module's engine: grants burnt by
 * expiry, holds, a monthly allowance, request ids. The embedded store's tests do not depend on a
 * built module with it; the same tests run on the real engine where it is built.
 */

/** @typedef {{kind: string, left: bigint, expires_at: ?string}} Grant */

const MICRO = 1_000_000n;

/** @param {string} text */
function micro(text) {
  if (!/^\d{1,12}(\.\d{1,6})?$/.test(text)) throw coded('amount_invalid', 'amount');
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole) * MICRO + BigInt(fraction.padEnd(6, '0'));
}

/** @param {bigint} amount */
const decimal = (amount) => {
  const fraction = String(amount % MICRO)
    .padStart(6, '0')
    .replace(/0+$/, '');
  return `${amount / MICRO}${fraction && `.${fraction}`}`;
};

/** @param {string} code @param {string} [field] */
const coded = (code, field) =>
  Object.assign(new Error(code), { name: 'NivellaError', code, field });

/** @param {string} start @param {number} months */
function monthsAfter(start, months) {
  const at = new Date(start);
  const first = Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1);
  const days = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months + 1, 0));
  const day = Math.min(at.getUTCDate(), days.getUTCDate());
  return new Date(first + (day - 1) * 86_400_000).toISOString();
}

export class FakeEngine {
  /** @type {Grant[]} */ grants = [];
  /** @type {Map<string, {left: bigint}>} */ holds = new Map();
  /** @type {any[]} */ entries = [];
  /** @type {Map<string, {body: string, answer: any}>} */ requests = new Map();
  /** @type {?{plan: string, start: string, cycle: number}} */ subscription = null;

  /** @param {any} settings */
  constructor(settings) {
    this.settings = settings;
  }

  /** @param {any} state */
  static open(state) {
    return new FakeEngine(state?.settings ?? state);
  }

  /** @param {any[]} entries */
  load(entries) {
    for (const { seq, command, booked_at } of entries) {
      if (seq !== this.entries.length + 1) throw coded('snapshot_invalid');
      this.book(command, booked_at);
    }
  }

  state() {
    return { settings: this.settings, entries: this.entries.length };
  }

  /** @param {number} seq */
  entries_since(seq) {
    return this.entries.slice(seq);
  }

  /** @param {string} now */
  usable(now) {
    return this.grants
      .filter((grant) => grant.left > 0n && (!grant.expires_at || grant.expires_at > now))
      .sort((a, b) => ((a.expires_at ?? '~') < (b.expires_at ?? '~') ? -1 : 1));
  }

  /** @param {string} now */
  available(now) {
    return this.usable(now).reduce((sum, grant) => sum + grant.left, 0n);
  }

  /** @param {string} now */
  balance(now) {
    const held = [...this.holds.values()].reduce((sum, hold) => sum + hold.left, 0n);
    const available = this.available(now);
    return {
      version: this.entries.length,
      as_of: now,
      available: decimal(available),
      posted: decimal(available + held),
      held: decimal(held),
      debt: '0',
      unlimited: false,
      unlimited_until: null,
      pools: this.usable(now).map(({ kind, left, expires_at }) => ({
        kind,
        available: decimal(left),
        held: '0',
        expires_at,
      })),
      level: available === 0n ? 'depleted' : 'ok',
      plan: null,
    };
  }

  /** @param {any} usage */
  quote(usage) {
    const card = this.settings.rate_cards[0];
    let sum = 0;
    for (const { feature, unit, credits } of card.rates) {
      if (feature !== usage.feature) continue;
      const quantity = {
        message: usage.messages ?? 0,
        input_tokens: (usage.input_tokens ?? 0) / 1000,
        output_tokens: (usage.output_tokens ?? 0) / 1000,
        call_minute: Math.ceil((usage.call_ms ?? 0) / 60_000),
        image: usage.images ?? 0,
        use: 1,
      }[/** @type {'use'} */ (unit)];
      sum += Math.round(quantity * Number(credits) * 1e6);
    }
    if (!card.rates.some((/** @type {any} */ rate) => rate.feature === usage.feature)) {
      throw coded('rate_not_found', 'feature');
    }
    const quantum = Number(card.quantum) * 1e6;
    const cost = BigInt(Math.ceil(sum / quantum) * quantum);
    return { cost: decimal(cost), rate_version: card.version, lines: [] };
  }

  /** @param {any} command @param {string} now */
  apply(command, now) {
    this.turnCycles(now);
    if (command.op === 'touch') return { booked: true, balance: this.balance(now) };
    if (!command.request_id) throw coded('request_id_invalid', 'request_id');
    const body = JSON.stringify(command);
    const before = this.requests.get(command.request_id);
    if (before && before.body !== body) throw coded('request_id_conflict', 'request_id');
    if (before) return { ...before.answer, replayed: true, balance: this.balance(now) };
    const short = this.shortOf(command, now);
    if (short > 0n) {
      const refused = { booked: false, reason: 'insufficient_credits', short_by: decimal(short) };
      return { ...refused, balance: this.balance(now) };
    }
    return { ...this.book(command, now), balance: this.balance(now) };
  }

  /** @param {string} now */
  turnCycles(now) {
    for (const subscription = this.subscription; subscription;) {
      const next = monthsAfter(subscription.start, subscription.cycle + 1);
      if (next > now) break;
      this.book({ op: 'cycle', request_id: null }, next);
    }
  }

  /** @param {any} command */
  cost({ amount, usage }) {
    return micro(amount ?? this.quote(usage).cost);
  }

  /** @param {any} command @param {string} now */
  shortOf(command, now) {
    if (!['use', 'hold'].includes(command.op)) return 0n;
    return this.cost(command) - this.available(now);
  }

  /** @param {bigint} amount @param {string} now */
  draw(amount, now) {
    for (const grant of this.usable(now)) {
      const part = grant.left < amount ? grant.left : amount;
      grant.left -= part;
      amount -= part;
    }
  }

  /** @param {any} command @param {string} now */
  book(command, now) {
    const { op } = command;
    /** @type {any} */
    const answer = { booked: true };
    if (op === 'subscribe') {
      this.subscription = { plan: command.plan, start: now, cycle: 0 };
      this.allow(now);
    } else if (op === 'cycle') {
      if (this.subscription) this.subscription.cycle += 1;
      this.allow(now);
    } else if (op === 'grant') {
      const { kind, amount, bonus, expires_at = null } = command;
      this.grants.push({ kind, left: micro(amount), expires_at });
      if (bonus) this.grants.push({ kind: 'bonus', left: micro(bonus), expires_at });
    } else if (op === 'use') {
      this.draw(this.cost(command), now);
    } else if (op === 'hold') {
      this.draw(this.cost(command), now);
      const id = this.entries.length + 1;
      this.holds.set(String(id), { left: this.cost(command) });
      const lapses_at = new Date(Date.parse(now) + command.duration_ms).toISOString();
      answer.hold = { id: String(id), amount: decimal(this.cost(command)), lapses_at };
    } else if (op === 'settle' || op === 'release') {
      const hold = this.holds.get(command.hold);
      if (!hold) throw coded(/^\d+$/.test(command.hold) ? 'hold_resolved' : 'not_found', 'hold');
      this.holds.delete(command.hold);
      const back = op === 'release' ? hold.left : hold.left - this.cost(command);
      this.grants.push({ kind: 'purchase', left: back, expires_at: null });
    } else {
      throw coded('field_invalid', 'op');
    }
    const entry = { seq: this.entries.length + 1, kind: op, command, booked_at: now };
    this.entries.push(entry);
    answer.entries = [entry];
    if (command.request_id) {
      this.requests.set(command.request_id, { body: JSON.stringify(command), answer });
    }
    return answer;
  }

  /** @param {string} now */
  allow(now) {
    const { plan, start, cycle } = this.subscription ?? { plan: '', start: now, cycle: 0 };
    const { allowance } = this.settings.plans.find((/** @type {any} */ each) => each.key === plan);
    const expires_at = monthsAfter(start, cycle + 1);
    this.grants.push({ kind: 'allowance', left: micro(allowance), expires_at });
  }
}
