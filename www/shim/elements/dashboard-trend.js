/** Credits each day: the stacked bars, the period behind them, a cursor, and the table. */
import { sayChange } from './dashboard-bars.js';
import { drawBars } from './dashboard-draw.js';
import { put, set } from './dashboard-parts.js';

/** @typedef {import('./dashboard-view.js').Trend} Trend */
/** @typedef {import('./dashboard-view.js').Bar} Bar */

/** @type {Trend} */
const BLANK = { unit: 'day', series: [], bars: [], ticks: [], previous: false, top: null };

/** @param {import('./dashboard-board.js').Ui} ui @returns {import('./dashboard-board.js').Paint} */
export function trendPart({ parts, texts, narrow, host, signal }) {
  let trend = BLANK;
  let shown = -1;
  const cursor = parts.at('trend-cursor');
  const table = parts.at('trend-table');

  // Told once the layout is known: asking for it while painting costs another one.
  let room = { width: 0, height: 0 };
  const draw = () => drawBars(parts, texts, trend, room, host.dataset.dir === 'rtl');
  const seen = new ResizeObserver(([entry]) => {
    const { width = 0, height = 0 } = entry?.contentRect ?? {};
    room = { width: Math.round(width), height: Math.round(height) };
    draw();
  });
  seen.observe(parts.at('trend-svg'));
  signal.addEventListener('abort', () => seen.disconnect());

  const last = () => trend.bars.length - 1;
  /** @param {import('./dashboard-view.js').Trend['series'][0]} series */
  const titled = ({ family, label }) => label || texts.t(`usage.family.${family}`);
  /** @param {number} index -1 for none */
  const show = (index) => {
    const bar = trend.bars[index];
    shown = bar ? index : -1;
    cursor.toggleAttribute('data-on', Boolean(bar));
    cursor.style.setProperty('--at', String(index));
    parts.put('trend-read', bar ? read(bar) : rest());
  };
  /** @param {PointerEvent} event */
  const under = (event) => {
    const { left, right, width } = cursor.getBoundingClientRect();
    const along = host.dataset.dir === 'rtl' ? right - event.clientX : event.clientX - left;
    return Math.min(last(), Math.max(0, Math.floor(along / width * trend.bars.length)));
  };
  /** @param {number} index */
  const go = (index) => {
    const to = Math.min(last(), Math.max(0, index));
    const bar = trend.bars[to];
    if (!bar) return;
    show(to);
    set(cursor, { 'aria-valuenow': to, 'aria-valuetext': read(bar) });
  };
  /** @param {number} index */
  const open = (index) => {
    const bar = trend.bars[index];
    if (bar && last() > 0) narrow({ from: bar.from, to: bar.to, days: undefined });
  };
  cursor.addEventListener('pointermove', (event) => show(under(event)));
  cursor.addEventListener('pointerleave', () => show(-1));
  cursor.addEventListener('click', (event) => open(under(/** @type {PointerEvent} */ (event))));
  cursor.addEventListener('focus', () => {
    if (shown < 0) go(last());
  });
  cursor.addEventListener('blur', () => show(-1));
  cursor.addEventListener('keydown', (event) => {
    const forward = host.dataset.dir === 'rtl' ? -1 : 1;
    const at = shown < 0 ? last() : shown;
    const to = {
      ArrowRight: at + forward, ArrowLeft: at - forward, ArrowUp: at + 1, ArrowDown: at - 1,
      PageUp: at + 7, PageDown: at - 7, Home: 0, End: last(),
    }[event.key];
    if (event.key === 'Enter') open(shown);
    else if (to === undefined) return;
    else go(to);
    event.preventDefault();
  });
  table.addEventListener('toggle', () => tabulate());

  return (view) => {
    ({ trend } = view);
    const { series, unit, previous } = trend;
    parts.put('trend-title', texts.t(`usage.trend.${unit}`));
    const change = sayChange(texts, view.change);
    const span = { span: { text: texts.span(view.range.from, view.range.to) }, amount: view.total };
    parts.put('trend-total', [texts.t('usage.trend.total', span), change].filter(Boolean)
      .join(texts.t('list.join')));
    const before = { family: /** @type {any} */ ('before'), label: texts.t('usage.before') };
    parts.list(parts.at('legend'), 'legend-item', previous ? [...series, before] : series,
      (row, each) => {
        set(row.dot, { 'data-family': each.family });
        put(row.name, titled(each));
      });
    set(cursor, { 'aria-valuemax': Math.max(0, last()) });
    if (cursor.matches(':focus') && trend.bars.length) go(shown < 0 ? last() : shown);
    else go(last()), show(-1);
    parts.at('trend-svg').ariaLabel = rest();
    value(view.value);
    draw();
    tabulate();
  };

  /** What the chart says as a whole. */
  function rest() {
    const top = trend.bars[trend.top ?? -1];
    return top ? texts.t('usage.trend.top', { date: { text: name(top) }, amount: top.total })
      : texts.t('usage.trend.none');
  }

  /** @param {Bar} bar */
  function name({ from, to }) { return from === to ? texts.weekday(from) : texts.span(from, to); }

  /** @param {Bar} bar */
  function read(bar) {
    const { series, previous } = trend;
    const parted = series.length > 1 ? series.map((each, index) =>
      `${titled(each)} ${texts.amount(bar.parts[index] ?? '0')}`) : [];
    const before = previous && bar.previous
      ? [`${texts.t('usage.before')} ${texts.amount(bar.previous)}`] : [];
    const whole = texts.t('usage.trend.read', { date: { text: name(bar) }, amount: bar.total });
    const spike = bar.spike ? [texts.t('usage.spike')] : [];
    return [whole, ...spike, ...parted, ...before].join(texts.t('list.join'));
  }

  /** @param {import('./dashboard-view.js').Value | null} value */
  function value(value) {
    const said = value && texts.t('usage.value', {
      amount: value.per, name: { text: value.name }, count: value.count,
    });
    const change = value && sayChange(texts, value.change);
    parts.put('value', said && change ? `${said}${texts.t('list.join')}${change}` : said);
  }

  /** The same as numbers; only where somebody looks. */
  function tabulate() {
    if (!table.hasAttribute('open')) return;
    const { series, bars, previous, unit } = trend;
    const heads = [
      texts.t(`usage.unit.${unit}`), texts.t('usage.credits'),
      ...(series.length > 1 ? series.map(titled) : []),
      ...(previous ? [texts.t('usage.before')] : []),
    ];
    row(parts.at('trend-heads'), heads, true);
    const body = parts.at('trend-body');
    body.replaceChildren(...bars.map((bar) => {
      const cells = series.length > 1 ? bar.parts : [];
      const all = [bar.total, ...cells, ...(previous ? [bar.previous ?? '0'] : [])];
      const amounts = all.map((each) => texts.amount(each));
      return row(document.createElement('tr'), [name(bar), ...amounts]);
    }));
  }
}

/** @param {Element} into @param {string[]} cells @param {boolean} [head] */
function row(into, cells, head = false) {
  into.replaceChildren(...cells.map((text, index) => {
    const cell = document.createElement(head || !index ? 'th' : 'td');
    if (head || !index) cell.setAttribute('scope', head ? 'col' : 'row');
    cell.textContent = text;
    return cell;
  }));
  return into;
}
