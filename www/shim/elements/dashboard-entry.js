/** One row of the activity. */
import { set } from './dashboard-parts.js';

/** @typedef {import('./dashboard-view.js').Row} Entry */

/**
 * @param {import('./dashboard-text.js').Texts} texts
 * @param {import('./dashboard-parts.js').Row} row
 * @param {Entry | null} entry null while it is not here
 */
export function paintEntry(texts, row, entry) {
  const kind = entry?.kind ?? 'blank';
  set(row.entry, { 'data-kind': kind });
  const { family, agent } = entry ?? {};
  set(row.dot, family ? { 'data-family': family, 'data-pool': '' }
    : { 'data-family': '', 'data-pool': kind === 'in' ? 'purchased' : kind });
  const amount = entry ? texts.change(entry.amount) : '';
  const at = entry ? texts.at(entry.at) : '';
  write(row.at, at);
  write(row.who, entry ? (agent ? texts.name(agent) : texts.t(`usage.kind.${kind}`)) : '');
  write(row.what, entry ? texts.say(entry.what) : '');
  write(row.details, entry && texts.details(entry.details));
  write(row.model, entry?.model ? texts.name(entry.model) : '');
  write(row.site, entry?.company || entry?.site);
  write(row.amount, amount);
  const named = { time: { text: at }, credits: { text: amount } };
  row.open.ariaLabel = texts.t('usage.receipt.of', named);
}

/** @param {HTMLElement} node @param {string | null | undefined} text */
function write(node, text) {
  if (node.textContent !== (text ?? '')) node.textContent = text ?? '';
}
