/** The page that the demo store's checkout returns to: the result, the receipt, the plans. */
import { connect } from '/pkg/nivella-credits.js';
import { byId, make } from './dom.js';
import { settings } from './memory.js';
import { printLater } from './print.js';
import { ask, dress, showFacts, showLines } from './till.js';

const query = new URLSearchParams(location.search);
const METHODS = new Map([
  ['demo_card', 'Card ending in 4242'],
  ['bacs', 'Bank transfer'],
]);
const order = query.get('order') ?? '';

/** What is shown of an order needs its key, as in a store. */
async function receipt() {
  const key = query.get('key') ?? '';
  if (!/^\d{1,12}$/.test(order) || !key) return;
  const { ok, body } = await ask(`order/${order}?key=${encodeURIComponent(key)}`);
  if (!ok) return;
  const { first_name: name, email } = body.billing_address;
  const { demo } = await connect({ store: 'demo' });
  const kept = (await demo?.controls.orders())?.find(
    (/** @type {{id: number}} */ { id }) => String(id) === order,
  );
  const day = new Intl.DateTimeFormat('en', { dateStyle: 'long' });
  showFacts(
    'facts',
    [
      ['Order', order],
      ['Date', kept ? day.format(new Date(kept.created_at)) : ''],
      ['Bought by', `${name}, ${email}`],
      ['Paid by', METHODS.get(kept?.method ?? '') ?? ''],
      ['Status', statusOf(body)],
    ].filter(([, value]) => value),
  );
  showLines(body);
  byId('receipt').hidden = false;
  byId('transfer').hidden = body.status !== 'on-hold';
}

/** @param {Record<string, any>} order */
function statusOf({ status, totals }) {
  if (status === 'on-hold') return 'Waiting for the payment';
  if (status === 'refunded') return 'Refunded';
  return Number(totals.total_refund) > 0 ? 'Paid, refunded in part' : 'Paid';
}

async function plans() {
  const { ledger } = await connect({ store: 'demo' });
  const { plans: rows } = await ledger.plans();
  byId('plan-list').replaceChildren(
    ...rows.map((/** @type {any} */ { name, allowance, unlimited }) => {
      const amount = Number(allowance).toLocaleString('en');
      const brings = unlimited ? 'Unlimited' : `${amount} credits a month`;
      return make('li', {}, make('span', {}, name), make('b', {}, brings));
    }),
  );
  byId('plans').hidden = false;
}

dress();
printLater(byId('balance'));
byId('print').addEventListener('click', () => print());
byId('paid').addEventListener('click', async () => {
  const { demo } = await connect({ store: 'demo' });
  await demo?.controls.markPaid(Number(order));
  query.set('purchase', 'success');
  location.search = query.toString();
});
if (settings().lang === 'ar') byId('outcome').dir = 'rtl';
await Promise.allSettled([receipt(), plans()]);
// A way on that leads to a part of this page, followed before that part was there.
if (location.hash.length > 1) document.getElementById(location.hash.slice(1))?.scrollIntoView();
