/** One piece of advice, with what it rests on. */
import { put } from './dashboard-parts.js';

/** @param {import('./dashboard-board.js').Ui} ui @returns {import('./dashboard-board.js').Paint} */
export function advicePart({ parts, texts, host, attempt }) {
  /** @type {import('./dashboard-view.js').Advice | null} */
  let shown = null;
  parts.on('advice-do', 'click', () => {
    if (shown?.action === 'show') host.filter = shown.filter ?? {};
    if (shown?.action === 'plans') location.assign(host.getAttribute('plans-url') ?? '');
    if (shown?.action !== 'buy') return;
    attempt(import('./buy-opener.js').then(({ openDialog }) => openDialog(host)));
  });

  return ({ advice }) => {
    const changed = JSON.stringify(advice) !== JSON.stringify(shown);
    shown = advice;
    const at = parts.at('advice');
    at.hidden = !advice;
    if (!advice || !changed) return;
    at.dataset.kind = advice.kind;
    parts.put('advice-title', texts.say(advice.title));
    parts.put('advice-text', texts.all(advice.text));
    const { action } = advice;
    const lost = action === 'plans' && !host.hasAttribute('plans-url');
    parts.put('advice-do', action && !lost ? texts.t(`usage.advice.${action}`) : null);
    parts.at('advice-why').hidden = !advice.evidence.length;
    parts.at('advice-why').removeAttribute('open');
    parts.list(parts.at('advice-evidence'), 'line', advice.evidence, (row, said) =>
      put(row.text, texts.say(said)));
  };
}
