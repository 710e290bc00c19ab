/** The bars as paths, one for each family: whole pixels, so that every edge is sharp. */

/** @typedef {import('./dashboard-view.js').Trend} Trend */
/** @typedef {import('./dashboard-parts.js').Parts} Parts */
/** @typedef {import('./dashboard-text.js').Texts} Texts */

/** Between two parts of a stack, and the width of a label, in pixels. */
const GAP = 2;
const LABEL = 88;
const STEPS = [1, 2, 5, 7, 10, 14, 28, 56];

/**
 * @param {Parts} parts
 * @param {Texts} texts
 * @param {Trend} trend
 * @param {{ width: number, height: number }} room in pixels
 * @param {boolean} rtl
 */
export function drawBars(parts, texts, trend, { width, height }, rtl) {
  const svg = parts.at('trend-svg');
  if (!width) return;
  const { bars, ticks, series, previous, top } = trend;
  const step = width / (bars.length || 1);
  const thick = Math.max(1, Math.min(22, Math.round(step * 0.56)));
  const more = Math.min(10, Math.max(2, Math.round(step * 0.28)));
  const wide = Math.min(Math.floor(step), thick + more);
  /** @param {number} share of the axis */
  const up = (share) => Math.round(share * height / 1000);
  /** @param {number} index @param {number} size */
  const left = (index, size) => Math.round((rtl ? bars.length - 1 - index : index) * step
    + (step - size) / 2);

  /** @type {Record<string, string>} */
  const paths = { chat: '', voice: '', auto: '', other: '' };
  let before = '';
  let edge = '';
  bars.forEach((bar, index) => {
    const x = left(index, thick);
    let foot = 0;
    let share = 0;
    const highest = bar.heights.findLastIndex((part) => part > 0);
    bar.heights.forEach((part, at) => {
      if (!part) return;
      share += part;
      // Something was used: at least a pixel shows it.
      const head = Math.max(up(share), foot + GAP + 1);
      const from = foot ? foot + GAP : 0;
      paths[series[at]?.family ?? 'other'] += block(x, height - head, thick, head - from,
        at === highest ? Math.min(2, thick / 3, head - from) : 0);
      foot = head;
    });
    if (!previous || !bar.previous_height) return;
    const y = height - up(bar.previous_height);
    const at = left(index, wide);
    before += block(at, y, wide, height - y, 0);
    edge += `M${at} ${y + 0.5}h${wide}`;
  });
  /** @param {string} name @param {string} d */
  const path = (name, d) => svg.querySelector(name)?.setAttribute('d', d);
  for (const [family, d] of Object.entries(paths)) path(`[data-family=${family}]`, d);
  path('.before', before);
  path('.before-edge', edge);
  path('.base', `M0 ${height - 0.5}H${width}`);
  path('.grid', ticks.slice(1).map(({ at }) => `M0 ${height - up(at) + 0.5}H${width}`).join(''));
  parts.list(parts.at('trend-ticks'), 'mark', ticks, ({ text }, { amount, at }) => {
    if (!text) return;
    text.textContent = texts.amount(amount);
    text.style.insetBlockEnd = `${up(at)}px`;
  });
  days(parts, texts, trend, width);
  peak(parts, texts, trend, top === null ? null : left(top, 0), up);
  parts.at('trend-cursor').style.setProperty('--count', String(bars.length || 1));
}

/** @param {number} x @param {number} y @param {number} w @param {number} h @param {number} r */
function block(x, y, w, h, r) {
  return r ? `M${x} ${y + h}v${r - h}q0 ${-r} ${r} ${-r}h${w - 2 * r}q${r} 0 ${r} ${r}v${h - r}z`
    : `M${x} ${y}h${w}v${h}h${-w}z`;
}

/** Days below the bars, in even steps back from the last, as many as have room. */
function days(/** @type {Parts} */ parts, /** @type {Texts} */ texts, /** @type {Trend} */ { bars },
  /** @type {number} */ width) {
  const most = Math.max(1, Math.floor(width / LABEL));
  const step = STEPS.find((each) => bars.length / each <= most) ?? bars.length;
  const at = bars.map((_, index) => index)
    .filter((index) => (bars.length - 1 - index) % step === 0);
  parts.list(parts.at('trend-days'), 'mark', at, ({ text }, index) => {
    if (!text) return;
    text.textContent = texts.day(bars[index]?.from ?? '');
    text.style.insetInlineStart = `${(index + 0.5) / bars.length * 100}%`;
    text.toggleAttribute('data-end', index === bars.length - 1 && step < bars.length);
  });
}

/** The amount on the highest bar. */
function peak(/** @type {Parts} */ parts, /** @type {Texts} */ texts, /** @type {Trend} */ trend,
  /** @type {number | null} */ x, /** @type {(share: number) => number} */ up) {
  const bar = trend.bars[trend.top ?? -1];
  parts.put('trend-peak', bar ? texts.amount(bar.total) : null);
  if (!bar || x === null) return;
  const { style } = parts.at('trend-peak');
  style.left = `${x}px`;
  style.bottom = `${up(bar.heights.reduce((all, part) => all + part, 0)) + 4}px`;
}
