/** The receipt of one entry: rate, quantity, what it drew on, what was held. */
import { put, rowOf } from './dashboard-parts.js';

/** @typedef {import('./dashboard-view.js').Receipt} Receipt */
/** @typedef {import('./dashboard-text.js').Texts} Texts */

/**
 * @param {import('./dashboard-board.js').Ui} ui
 * @param {HTMLElement} node a copy of the template
 * @param {Receipt} receipt
 */
export function paintReceipt(ui, node, receipt) {
  const { parts, texts, attempt } = ui;
  const row = rowOf(node);
  parts.list(row.lines, 'receipt-line', lines(texts, receipt), (line, [name, text]) => {
    put(line.name, texts.t(name));
    put(line.text, text);
  });
  const { purchase } = receipt;
  row.print.hidden = !purchase;
  if (!purchase) return;
  row.print.addEventListener('click', () =>
    attempt(import('./receipt-print.js').then(({ print }) => print(texts, purchase))));
}

/** @param {Texts} texts @param {Receipt} receipt @returns {[string, string][]} */
function lines(texts, { row, rate, draws, hold, purchase }) {
  /** @type {[string, string | null | undefined][]} */
  const all = [
    ['usage.for', [texts.say(row.what), texts.details(row.details)]
      .filter(Boolean).join(texts.t('list.join'))],
    ['usage.model', row.model && texts.name(row.model)],
    ['usage.site', [row.site, row.company].filter(Boolean).join(texts.t('list.join'))],
    ...(rate?.lines ?? []).map(({ unit, quantity, rate: each, product }) =>
      /** @type {[string, string]} */ (['usage.receipt.cost', unit === 'work'
        ? texts.t('usage.receipt.work', { amount: product })
        : texts.t('usage.receipt.line', {
          quantity: { text: texts.t(`usage.quantity.${unit}`, { amount: quantity }) },
          rate: each, amount: product,
        })])),
    ['usage.receipt.rate', rate
      && texts.t('usage.receipt.card', { version: { text: rate.version }, date: rate.since })],
    ...draws.map((draw) =>
      /** @type {[string, string]} */ (['usage.receipt.draw', drawn(texts, draw)])),
    ['usage.receipt.hold', hold
      && texts.t('usage.receipt.held', { amount: hold.amount, time: hold.at })],
    ['usage.receipt.order', purchase
      && [purchase.order, purchase.package, purchase.price].join(texts.t('list.join'))],
    ['usage.receipt.entry', texts.amount(String(row.seq))],
  ];
  return /** @type {[string, string][]} */ (all.filter(([, text]) => text));
}

/** @param {Texts} texts @param {import('./dashboard-view.js').Draw} draw */
function drawn(texts, { pool, since, amount, before, after }) {
  const name = { text: texts.t(`pool.${pool}`) };
  return texts.t('usage.receipt.drawn', { name, date: since, amount, before, after });
}
