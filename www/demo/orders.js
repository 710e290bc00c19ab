/** The demo store's orders, as its owner sees them: each line can be refunded, whole or in part. */
import { connect } from '/pkg/nivella-credits.js';
import { byId, make } from './dom.js';
import { decimal, micro } from './meter.js';
import { dress } from './till.js';

/** @typedef {Record<string, any>} Json */

const MONEY = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });
const DAY = new Intl.DateTimeFormat('en', { dateStyle: 'long' });
const AMOUNT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 });

/** @type {Record<string, string>} */
const STATUS = {
  'on-hold': 'waiting for the payment',
  processing: 'paid',
  refunded: 'refunded',
};

/** @param {number} cents */
const money = (cents) => MONEY.format(cents / 100);
/** @param {string} amount */
const credits = (amount) => AMOUNT.format(/** @type {any} */ (amount));

/** What went back of a line so far. @param {Json} order @param {Json} line */
function backOf({ refunds = [] }, { item }) {
  const own = refunds.filter((/** @type {Json} */ refund) => refund.item === item);
  const sum = (/** @type {string} */ of) =>
    own.reduce((/** @type {number} */ all, /** @type {Json} */ refund) => all + refund[of], 0);
  return { cents: sum('cents'), pieces: sum('pieces') };
}

/** What the ledger did. @param {Json | null} outcome */
function told(outcome) {
  const [entry] = outcome?.entries ?? [];
  if (!entry) return 'It held no credits.';
  const taken = micro(entry.amount);
  const debt = micro(entry.debt ?? '0');
  const owed = debt > 0n ? ` ${credits(decimal(debt))} of them are owed now.` : '';
  return `${credits(decimal(taken < 0n ? -taken : taken))} credits were taken back.${owed}`;
}

/** @param {Json} order @param {Json} line @param {string} text @param {Json} wanted */
function refundButton(order, line, text, wanted) {
  const button = make('button', { type: 'button' }, text);
  button.addEventListener('click', async () => {
    /** @type {HTMLButtonElement} */ (button).disabled = true;
    const { demo } = await connect({ store: 'demo' });
    const says = await demo.controls.refund(order.id, { item: line.item, ...wanted }).then(
      (/** @type {Json} */ { outcome }) => `Order ${order.id} refunded. ${told(outcome)}`,
      (/** @type {Json} */ error) => String(error?.message ?? error),
    );
    byId('says').textContent = says;
    byId('says').hidden = false;
    await show();
  });
  return button;
}

/** @param {Json} order @param {Json} line */
function lineOf(order, line) {
  const { article, quantity, cents = (article.cents ?? 0) * quantity } = line;
  const back = backOf(order, line);
  const left = cents - back.cents;
  const isGift = cents === 0;
  const open = order.paid_at && (isGift ? back.pieces < quantity : left > 0);
  const half = Math.floor(left / 2);
  const buttons = open
    ? [
        refundButton(order, line, isGift ? 'Take it back' : `Refund ${money(left)}`, {}),
        ...(half > 0 ? [refundButton(order, line, `Refund ${money(half)}`, { cents: half })] : []),
      ]
    : [];
  const name = `${article.name}${quantity > 1 ? `, ${quantity} pieces` : ''}`;
  const returned = back.cents > 0 ? `, ${money(back.cents)} refunded` : '';
  return make(
    'li',
    {},
    make('span', {}, name),
    make('b', {}, money(cents) + returned),
    ...(buttons.length ? [make('span', { class: 'actions' }, ...buttons)] : []),
  );
}

/** @param {Json} order */
const orderOf = (order) =>
  make(
    'section',
    { class: 'receipt', 'aria-label': `Order ${order.id}` },
    make('h2', {}, `Order ${order.id}`),
    make(
      'p',
      { class: 'soft' },
      `${DAY.format(new Date(order.created_at))}, ${STATUS[order.status] ?? order.status}`,
    ),
    make(
      'ul',
      { class: 'lines' },
      ...order.items.map((/** @type {Json} */ line) => lineOf(order, line)),
    ),
  );

async function show() {
  const { demo } = await connect({ store: 'demo' });
  await demo.controls.settle();
  const orders = await demo.controls.orders();
  byId('orders').replaceChildren(...orders.map(orderOf));
  byId('orders').removeAttribute('aria-busy');
}

dress();
await show();
