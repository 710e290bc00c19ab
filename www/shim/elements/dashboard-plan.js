/** A campaign: how much it needs, and what to buy before it. */
import { plainDecimal, refuse } from './dashboard-forms.js';
import { put } from './dashboard-parts.js';

/** @param {import('./dashboard-board.js').Ui} ui @returns {import('./dashboard-board.js').Paint} */
export function planPart({ parts, texts, source, attempt }) {
  const [from, to] = [parts.input('plan-from'), parts.input('plan-to')];
  parts.on('plan', 'submit', (event) => {
    event.preventDefault();
    const visitors = plainDecimal(parts.input('plan-visitors').value, /^\d{1,9}$/);
    const conversations = plainDecimal(parts.input('plan-talks').value, /^\d{1,6}(\.\d{1,3})?$/);
    const number = texts.t('usage.plan.number');
    if (!visitors) return refuse(parts.input('plan-visitors'), number);
    if (!conversations) return refuse(parts.input('plan-talks'), number);
    if (!from.value || from.value < from.min) return refuse(from, texts.t('usage.plan.future'));
    if (to.value < from.value) return refuse(to, texts.t('usage.plan.order'));
    const asked = { visitors: Number(visitors), conversations, from: from.value, to: to.value };
    attempt(source().campaign(asked).then(answer));
  });

  return (view) => {
    from.min = to.min = view.today;
    // Plans rest on use; without any there is nothing to go by.
    parts.at('plan').closest('section')?.toggleAttribute('hidden', view.state === 'empty');
  };

  /** @param {import('./dashboard-view.js').CampaignAnswer} found */
  function answer({ need, have, buy, total, by, left, evidence }) {
    const args = { amount: need, have, left, total: { text: total } };
    parts.put('plan-need', texts.t(buy.length ? 'usage.plan.buy' : 'usage.plan.enough', args));
    parts.list(parts.at('plan-buy'), 'line', buy, (row, { quantity, name, price }) => {
      put(row.text, texts.t('usage.plan.item', {
        count: String(quantity), name: { text: name }, price: { text: price },
      }));
    });
    const key = by ? 'usage.plan.by' : 'usage.plan.total';
    const sum = buy.length ? [{ key, args: { ...args, date: by ?? '' } }] : [];
    parts.list(parts.at('plan-evidence'), 'line', [...sum, ...evidence], (row, said) => {
      put(row.text, texts.say(said));
    });
  }
}
