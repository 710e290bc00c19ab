/** The activity: rows on demand, one open receipt, the search, and what came before. */
import { afterPaint } from './after-paint.js';
import { paintEntry } from './dashboard-entry.js';
import { Scroller } from './dashboard-scroller.js';
import { rowOf, set } from './dashboard-parts.js';
import { paintReceipt } from './receipt.js';

/** @typedef {import('./dashboard-view.js').Log} Log */
/** @typedef {import('./dashboard-view.js').View} View */

/** Rows painted beyond the edges; how long typing pauses; how near the end asks for more. */
const BEYOND = 6;
const TYPING_MS = 150;
const NEAR = 8;
/** So many pages are looked through at once for what a filter leaves. */
const PAGES = 20;

/** @param {import('./dashboard-board.js').Ui} ui @returns {import('./dashboard-board.js').Paint} */
export function logPart(ui) {
  const { host, parts, texts, source, narrow, say, attempt, signal } = ui;
  const box = parts.at('log-view');
  const space = parts.at('log-space');
  const scroller = new Scroller(box, space);
  /** @type {Log} */
  let log = { count: 0, earlier: false, checked: null };
  /** @type {HTMLElement[]} the nodes in sight, and the index of the first */
  let shown = [];
  let from = 0;
  let active = 0;
  let fetching = false;
  let pages = PAGES;
  /** the open row: its place and its entry */
  let open = { index: -1, seq: -1 };
  let filter = '';

  /** @param {boolean} [all] paints every row anew, not only those that came into sight */
  const render = (all = false) => {
    const [top, end] = scroller.range(log.count, BEYOND);
    /** @type {HTMLElement[]} */
    const spare = [];
    /** @param {HTMLElement | undefined} node */
    const free = (node) => {
      if (!node) return;
      if (node.contains(parts.root.activeElement)) box.focus({ preventScroll: true });
      spare.push(node);
    };
    while (shown.length && from < top) free(shown.shift()), from += 1;
    while (shown.length && from + shown.length > end) free(shown.pop());
    if (!shown.length) from = top;
    const fresh = new Set();
    const take = () => {
      const node = spare.pop() ?? made();
      fresh.add(node);
      return node;
    };
    while (from > top) {
      const node = take();
      shown.unshift(node);
      space.prepend(node);
      from -= 1;
    }
    while (from + shown.length < end) {
      const node = take();
      shown.push(node);
      space.append(node);
    }
    for (const node of spare) node.remove();
    if (fresh.size || all) paint(all ? new Set(shown) : fresh);
    shown.forEach((node, at) => scroller.place(node, from + at));
    const tab = active >= from && active < from + shown.length ? active : scroller.first;
    shown.forEach((node, at) => { button(node).tabIndex = from + at === tab ? 0 : -1; });
  };

  const made = () => {
    const node = parts.copy('entry');
    sizes.observe(lineOf(node), BORDER);
    return node;
  };

  /** @param {Set<unknown>} which */
  const paint = (which) => {
    const rows = source().rows(from, shown.length);
    shown.forEach((node, at) => {
      if (!which.has(node)) return;
      const row = rows[at] ?? null;
      const index = from + at;
      node.dataset.seq = String(row?.seq ?? '');
      set(node, { 'aria-rowindex': index + 2 });
      paintEntry(texts, rowOf(node), row);
      expand(node, index === open.index && row?.seq === open.seq);
    });
  };

  /** @param {HTMLElement} node @param {boolean} on */
  const expand = (node, on) => {
    set(button(node), { 'aria-expanded': on });
    const had = node.querySelector('[data-f=receipt]');
    if (had && (!on || had !== receipt)) had.remove();
    if (on && receipt && !receipt.isConnected) node.append(receipt);
  };
  /** @type {HTMLElement | null} */
  let receipt = null;

  /** @param {number} index */
  const toggle = async (index) => {
    const node = shown[index - from];
    const seq = Number(node?.dataset.seq);
    if (!node?.dataset.seq) return;
    const closing = open.seq === seq;
    open = closing ? { index: -1, seq: -1 } : { index, seq };
    drop();
    active = index;
    place();
    if (closing) return;
    const found = await source().receipt(seq);
    if (open.seq !== seq || signal.aborted) return;
    receipt = parts.copy('receipt');
    paintReceipt(ui, receipt, found);
    sizes.observe(receipt, BORDER);
    place();
    opening = receipt.isConnected;
  };
  /** whether the receipt is still to be brought into sight, once its height is known */
  let opening = false;

  const drop = () => {
    if (receipt) sizes.unobserve(receipt);
    receipt?.remove();
    receipt = null;
    scroller.open(-1, 0);
  };

  /** Puts the rows and the open receipt where they belong. */
  const place = () => {
    shown.forEach((node, at) => expand(node, from + at === open.index));
    scroller.resize(log.count);
    render();
  };

  // Told before the frame is painted, when the layout is known: asking for it costs another one.
  const sizes = new ResizeObserver((entries) => {
    for (const { target, borderBoxSize: [size], contentRect } of entries) {
      // What was taken away has no height; out of sight a receipt keeps the one that it had.
      if (!target.isConnected || !size?.blockSize) continue;
      if (target === box) scroller.room = contentRect.height;
      else if (target === receipt) scroller.open(open.index, size.blockSize);
      else scroller.row = size.blockSize;
    }
    place();
    if (!opening || !receipt?.isConnected) return;
    opening = false;
    scroller.reveal(open.index, scroller.extra);
    render();
  });
  sizes.observe(box);
  signal.addEventListener('abort', () => sizes.disconnect());

  /** @param {boolean} [unasked] nobody listens for it */
  const earlier = async (unasked = false) => {
    if (fetching || !log.earlier) return;
    fetching = true;
    set(parts.at('log-earlier'), { 'aria-disabled': true });
    try {
      const came = await source().earlier();
      if (!unasked) say(texts.t('usage.earlier.came', { amount: String(came) }));
    } finally {
      fetching = false;
      set(parts.at('log-earlier'), { 'aria-disabled': false });
    }
  };

  /** Fetches earlier rows until what is in sight is full; then they come by scrolling. */
  const fill = () => {
    if (!seen || fetching || pages === 0 || log.count > scroller.fits + NEAR) return;
    pages -= 1;
    if (log.earlier) attempt(earlier(true).then(fill));
  };

  /** @param {number} index */
  const go = (index) => {
    active = Math.min(log.count - 1, Math.max(0, index));
    scroller.reveal(active, 0);
    render();
    button(shown[active - from])?.focus({ preventScroll: true });
  };

  let typing = 0;
  parts.on('search', 'input', () => {
    clearTimeout(typing);
    const search = () => narrow({ search: parts.input('search').value.trim() }, false);
    typing = Number(setTimeout(search, TYPING_MS));
  });
  const more = async () => {
    const had = log.count;
    // Its button was pressed, whatever the observer has told so far.
    seen = true;
    for (let page = 0; page < PAGES && log.earlier && log.count === had; page += 1) {
      await earlier();
      // A source may take its time to say what came of it.
      await host.refresh();
    }
  };
  parts.on('log-earlier', 'click', () => attempt(more()));
  box.addEventListener('scroll', () => {
    scroller.scrolled();
    render();
    if (from + shown.length > log.count - NEAR) attempt(earlier());
  }, { passive: true });
  box.addEventListener('click', (event) => {
    const line = /** @type {Element} */ (event.target).closest('.cells');
    const at = shown.findIndex((node) => node.firstElementChild === line);
    if (line && at >= 0 && !String(getSelection())) attempt(toggle(from + at));
  });
  box.addEventListener('keydown', (event) => {
    const focused = /** @type {Element} */ (event.target);
    if (!focused.matches('[data-f=open], #log-view')) return;
    const page = Math.max(1, scroller.fits - 1);
    const to = {
      ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + page, PageUp: active - page,
      Home: 0, End: log.count - 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    go(to);
  });
  box.addEventListener('focusin', (event) => {
    const at = shown.findIndex((node) => button(node) === event.target);
    if (at >= 0) active = from + at;
  });
  let seen = true;
  /** @type {View | null} */
  let waiting = null;
  const paintWaiting = () => {
    if (waiting && !signal.aborted) paintView(waiting);
    waiting = null;
  };
  const sight = new IntersectionObserver(([entry]) => {
    seen = entry?.isIntersecting ?? true;
    if (seen) paintWaiting();
  });
  sight.observe(parts.at('log'));
  signal.addEventListener('abort', () => sight.disconnect());

  return (view) => {
    waiting = view;
    // Out of sight it lets what is in sight go first.
    if (seen) paintWaiting();
    else afterPaint(paintWaiting);
  };

  /** @param {View} view */
  function paintView(view) {
    const { search, ...rest } = view.filter;
    const now = JSON.stringify({ ...rest, search });
    const grown = view.log.count - log.count;
    if (now !== filter) pages = PAGES, close();
    else if (grown > 0) keep(grown);
    filter = now;
    ({ log } = view);
    parts.at('log').hidden = view.state === 'empty';
    set(parts.at('log-table'), { 'aria-rowcount': log.earlier ? -1 : log.count + 1 });
    parts.put('log-count', texts.t('usage.log.count', { amount: String(log.count) }));
    const { checked } = log;
    parts.at('log-checked').hidden = checked === null;
    const amount = String(checked);
    parts.put('log-checked-text', checked === null ? '' : texts.t('usage.log.checked', { amount }));
    parts.at('log-earlier').hidden = !log.earlier;
    if (parts.root.activeElement !== parts.at('search')) parts.input('search').value = search ?? '';
    scroller.resize(log.count);
    render(true);
    fill();
  }

  function close() {
    open = { index: -1, seq: -1 };
    drop();
    active = 0;
    scroller.to(0);
  }

  /** New entries came in above: what is being read stays where it is. @param {number} grown */
  function keep(grown) {
    const first = Number(shown[0]?.dataset.seq);
    if (!first || source().rows(from + grown, 1)[0]?.seq !== first) return;
    active += grown;
    if (open.index >= 0) {
      open.index += grown;
      scroller.open(open.index, scroller.extra);
    }
    scroller.shift(grown);
  }
}

/** Rows are as high as they are with their border. */
const BORDER = /** @type {const} */ ({ box: 'border-box' });

/** @param {HTMLElement} node a row's @returns {HTMLElement} without what is open below */
const lineOf = (node) => /** @type {HTMLElement} */ (node.firstElementChild);
/** @param {HTMLElement | undefined} node */
const button = (node) => /** @type {HTMLElement} */ (node && rowOf(node).open);
