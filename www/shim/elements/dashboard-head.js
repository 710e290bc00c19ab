/** The head: as of when, the range, the export; and what is filtered. */
import { put } from './dashboard-parts.js';

/** @param {import('./dashboard-board.js').Ui} ui @returns {import('./dashboard-board.js').Paint} */
export function headPart(ui) {
  const { parts, texts, narrow } = ui;
  const range = parts.at('range');
  const radios = /** @type {NodeListOf<HTMLInputElement>} */ (range.querySelectorAll('input'));
  for (const { value } of radios) {
    const text = range.querySelector(`[data-f="${value}"]`);
    if (text) text.textContent = texts.t('usage.range.days', { amount: value });
  }
  range.addEventListener('change', (event) => {
    const { value } = /** @type {HTMLInputElement} */ (event.target);
    narrow({ days: value === 'all' ? value : /** @type {7} */ (Number(value)) });
  });
  dates(ui);
  drops(ui);
  exports(ui);
  parts.on('chips', 'click', (event) => {
    const of = event.target.closest('button')?.dataset.of;
    if (!of) return;
    // The button goes with its filter: the focus must not be lost.
    parts.at('title').focus({ preventScroll: true });
    if (of === 'all') ui.host.choose({ ...rangeOf(ui.host.filter) });
    else narrow({ [of]: undefined });
  });

  return (view) => {
    parts.put('as-of', texts.t('usage.as-of', { time: { text: texts.time(view.as_of) } }));
    for (const radio of radios) radio.checked = String(view.filter.days) === radio.value;
    const { from, to, first } = view.range;
    parts.put('dates-text', texts.span(from, to));
    parts.at('dates').toggleAttribute('data-chosen', !view.filter.days);
    for (const [id, value] of [['dates-from', from], ['dates-to', to]]) {
      const input = parts.input(id);
      input.min = first;
      input.max = view.today;
      if (parts.root.activeElement !== input) input.value = value ?? '';
    }
    chips(view);
  };

  /** @param {import('./dashboard-view.js').View} view */
  function chips({ chips: all }) {
    const box = parts.at('chips');
    box.hidden = !all.length;
    const more = all.length > 1 ? [{ in: 'all', key: '', label: texts.t('usage.clear') }] : [];
    parts.list(box, 'chip', /** @type {typeof all} */ ([...all, ...more]), (row, named) => {
      const { chip, name } = /** @type {{ chip: HTMLElement, name: HTMLElement }} */ (row);
      const text = texts.name(named);
      chip.dataset.of = named.in;
      put(name, text);
      chip.ariaLabel = /** @type {string} */ (named.in) === 'all' ? text
        : texts.t('usage.chip', { name: { text } });
    });
  }
}

/** @param {import('./dashboard-view.js').Filter} filter */
const rangeOf = ({ days, from, to }) => (days ? { days } : { from, to });

/** The two days of a range of one's own. @param {import('./dashboard-board.js').Ui} ui */
function dates({ parts, narrow }) {
  parts.on('dates-form', 'submit', (event) => {
    event.preventDefault();
    const [from, to] = [parts.input('dates-from'), parts.input('dates-to')];
    to.setCustomValidity('');
    const bad = [from, to].find((input) => !input.validity.valid);
    if (bad) return void bad.reportValidity();
    const [first, last] = [from.value, to.value].sort();
    parts.at('dates').removeAttribute('open');
    parts.at('dates').querySelector('summary')?.focus();
    narrow({ from: first, to: last, days: undefined });
  });
}

/** Closes what drops down: by Escape, and by a press elsewhere. */
function drops(/** @type {import('./dashboard-board.js').Ui} */ { parts, host, signal }) {
  const all = ['dates', 'export'].map((id) => parts.at(id));
  for (const drop of all) {
    drop.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !drop.hasAttribute('open')) return;
      event.stopPropagation();
      drop.removeAttribute('open');
      drop.querySelector('summary')?.focus();
    });
  }
  document.addEventListener('pointerdown', (event) => {
    const path = event.composedPath();
    for (const drop of all) if (!path.includes(drop)) drop.removeAttribute('open');
  }, { signal, capture: true });
  host.addEventListener('focusout', (event) => {
    const to = /** @type {Node | null} */ (event.relatedTarget);
    for (const drop of all) if (to && !drop.contains(to)) drop.removeAttribute('open');
  }, { signal });
}

/** @param {import('./dashboard-board.js').Ui} ui */
function exports({ parts, texts, source, attempt, say, task }) {
  const drop = parts.at('export');
  /** @param {(progress: (done: number) => void, signal: AbortSignal) => Promise<File>} make */
  const run = async (make) => {
    drop.removeAttribute('open');
    drop.querySelector('summary')?.focus();
    await attempt(task(texts.t('usage.export.making'), async (progress, signal) => {
      const file = await make(progress, signal);
      if (signal.aborted) return;
      save(file);
      say(texts.t('usage.export.done', { name: { text: file.name } }));
    }));
    drop.querySelector('summary')?.focus();
  };
  parts.on('export-csv', 'click', () => run((progress, signal) => source().csv(progress, signal)));
  parts.on('export-json', 'click', () => run(() => source().statement()));
}

/** @param {File} file */
function save(file) {
  const href = URL.createObjectURL(file);
  Object.assign(document.createElement('a'), { href, download: file.name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
