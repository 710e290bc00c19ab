/** The gauge of the cycle with its stats, and the runway. */
import { put, set } from './dashboard-parts.js';

/** @typedef {import('./dashboard-view.js').Cycle} Cycle */
/** @typedef {import('./dashboard-view.js').Runway} Runway */
/**
 * @typedef {object} Stat
 * @property {string} name of the message
 * @property {string} amount as text
 * @property {string | null} note
 * @property {string} [pool] its mark
 */

/** How much of the ring parts two arcs, in its permille. */
const GAP = 5;

/** @param {import('./dashboard-board.js').Ui} ui @returns {import('./dashboard-board.js').Paint} */
export function cyclePart({ parts, texts, host, attempt }) {
  parts.on('explain-open', 'click', () =>
    attempt(import('./explain.js').then(({ explain }) => explain(host))));
  parts.on('add', 'click', () =>
    attempt(import('./buy-opener.js').then(({ openDialog }) => openDialog(host))));

  return (view) => {
    gauge(view.cycle);
    stats(view.cycle);
    runway(view.runway);
  };

  /** @param {Cycle} cycle */
  function gauge(cycle) {
    const { state, used, held_arc: held, resets_at: at, days_left: left } = cycle;
    parts.at('cycle').dataset.state = state;
    parts.at('cycle').toggleAttribute('data-empty', state === 'none' && cycle.available === '0');
    parts.put('cycle-title', texts.t(state === 'none' ? 'usage.balance' : 'usage.cycle'));
    set(parts.at('arc-used'), { 'stroke-dasharray': `${used} 1000` });
    const gap = used && held > 2 * GAP ? GAP : 0;
    set(parts.at('arc-held'), {
      'stroke-dasharray': `${held - gap} 1000`, 'stroke-dashoffset': -used - gap,
    });
    parts.at('gauge-endless').toggleAttribute('hidden', state !== 'unlimited');
    const big = { unlimited: null, none: texts.amount(cycle.available) };
    const text = state in big ? big[/** @type {'none'} */ (state)] : texts.percent(used);
    parts.put('gauge-big', text);
    parts.at('gauge-big').toggleAttribute('data-long', String(text).length > 7);
    const what = texts.t(`usage.gauge.${state}`);
    parts.put('gauge-what', what);
    const how = state === 'unlimited' || !cycle.renews ? 'usage.until' : 'usage.renews';
    const when = at && texts.t(how, { date: at });
    const days = left === null ? null : texts.t('usage.days-left', { amount: String(left) });
    parts.put('gauge-when', [when, days].filter(Boolean).join('\n'));
    parts.at('ring').ariaLabel = [text, what, when, days].filter(Boolean).join(' ');
  }

  /** @param {Cycle} cycle */
  function stats(cycle) {
    const all = cycle.state === 'none' ? withoutPlan(cycle) : withPlan(cycle);
    parts.list(parts.at('stats'), 'stat', [...all, ...late(cycle)], (row, stat) => {
      const { name, amount, note, pool = '' } = stat;
      put(row.name, texts.t(name));
      put(row.amount, amount);
      put(row.note, note);
      row.dot.hidden = !pool;
      set(row.dot, { 'data-pool': pool });
    });
  }

  /** @param {Cycle} cycle @returns {Stat[]} */
  function withPlan({ state, allowance, consumed, remaining, resets_at, waived, ...cycle }) {
    const endless = state === 'unlimited';
    const until = resets_at && texts.t('usage.until', { date: resets_at });
    return [
      {
        name: 'pool.plan',
        amount: endless ? texts.t('menu.unlimited') : texts.amount(allowance ?? '0'),
        note: texts.t(endless ? 'usage.each-use' : 'usage.each-cycle'),
      },
      {
        name: endless ? 'usage.waived' : 'usage.consumed',
        amount: texts.amount(endless ? waived : consumed),
        note: more('usage.held', cycle.held) ?? texts.t('usage.this-cycle'),
        pool: 'used',
      },
      ...(endless ? [] : [{
        name: 'usage.remaining', amount: texts.amount(remaining ?? '0'), note: until, pool: 'rest',
      }]),
      purchased(cycle),
    ];
  }

  /** @param {Cycle} cycle @returns {Stat[]} */
  function withoutPlan(cycle) {
    const [last, working] = [texts.t('usage.last-30'), texts.t('usage.working')];
    return [
      { name: 'usage.consumed', amount: texts.amount(cycle.consumed), note: last },
      { name: 'pool.held', amount: texts.amount(cycle.held), note: working, pool: 'held' },
      purchased(cycle),
    ];
  }

  /** @param {Pick<Cycle, 'purchased' | 'purchased_expires' | 'over'>} cycle @returns {Stat} */
  function purchased({ purchased: amount, purchased_expires: at, over }) {
    // It need not be all of it that ends then.
    const kept = at ? texts.t('usage.purchased.next', { date: at }) : texts.t('pool.never');
    const note = more('usage.over', over) ?? (amount === '0' ? null : kept);
    return { name: 'pool.purchased', amount: texts.amount(amount), note, pool: 'purchased' };
  }

  /** What is owed, where something is. @param {Cycle} cycle @returns {Stat[]} */
  function late({ debt }) {
    if (debt === '0') return [];
    const note = texts.t('pool.debt.text');
    return [{ name: 'pool.debt', amount: texts.amount(debt), note, pool: 'debt' }];
  }

  /** @param {string} key @param {string} amount */
  function more(key, amount) { return amount === '0' ? null : texts.t(key, { amount }); }

  /** @param {Runway} runway */
  function runway({ state, until, from, to, available, per_day, line, band }) {
    parts.at('add').hidden = state === 'unlimited';
    parts.put('runway-date', texts.t(`usage.runway.${state}`, { date: until ?? '' }));
    const pace = per_day && { available: { text: texts.amount(available) }, amount: per_day };
    const text = pace ? texts.t('usage.runway.pace', pace) : texts.t(`usage.runway.${state}.text`);
    parts.put('runway-text', text);
    parts.at('runway-chart').hidden = !line.length;
    const svg = parts.at('runway-line');
    set(/** @type {Element} */ (svg.querySelector('.band')), { d: path(band, 'Z') });
    set(/** @type {Element} */ (svg.querySelector('.line')), { d: path(line) });
    const span = from && to ? texts.span(from, to) : '';
    parts.put('runway-span', span);
    svg.ariaLabel = texts.t('usage.runway.chart', { span: { text: span } });
  }
}

/** @param {number[]} points x and y in turn @param {string} [end] */
const path = (points, end = '') => (points.length ? `M${points.join(' ')}${end}` : '');
