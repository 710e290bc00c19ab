/** What the demo store's own pages share: its Store API, money as it writes it, and order lines. */
import { connect } from '/pkg/nivella-credits.js';
import { byId, make } from './dom.js';
import { dressElements } from './dress.js';
import { settings } from './memory.js';

/** @typedef {Record<string, any>} Json */

const OURS = 'nivella-credit-pill, nivella-purchase-result';

/** The pages follow the chat's theme; their texts are the store's own, in English. */
export function dress() {
  const { theme, lang } = settings();
  document.documentElement.dataset.theme = theme;
  if (lang === 'ar') {
    for (const each of document.querySelectorAll(OURS)) each.setAttribute('dir', 'rtl');
  }
  dressElements(OURS);
}

/**
 * One request to the store in this browser, as a checkout's script sends it.
 *
 * @param {string} route below `wc/store/v1/` @param {{nonce?: string, body?: Json}} [sent]
 * @returns {Promise<{ok: boolean, body: Json, nonce: string}>}
 */
export async function ask(route, { nonce, body } = {}) {
  const { demo } = await connect({ store: 'demo' });
  if (!demo) throw new Error('no store in this browser');
  const answer = await demo.fetch(`${demo.endpoints.rest}wc/store/v1/${route}`, {
    method: body ? 'POST' : 'GET',
    headers: { 'Content-Type': 'application/json', ...(nonce && { Nonce: nonce }) },
    body: body && JSON.stringify(body),
  });
  return { ok: answer.ok, body: await answer.json(), nonce: answer.headers.get('Nonce') ?? '' };
}

/** An amount in minor units, as the store writes it. @param {string} minor @param {Json} money */
export function written(minor, money) {
  const unit = Number(money.currency_minor_unit);
  const digits = String(minor).padStart(unit + 1, '0');
  const whole = digits
    .slice(0, digits.length - unit)
    .replace(/\B(?=(\d{3})+$)/g, money.currency_thousand_separator);
  const part = unit ? money.currency_decimal_separator + digits.slice(-unit) : '';
  return money.currency_prefix + whole + part + money.currency_suffix;
}

const ENTITIES = new Map(Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }));

/** Names come with entities, as WooCommerce sends them. @param {string} name */
export const plain = (name) =>
  name.replace(/&(?:#(\d{1,6})|(\w+));/g, (whole, code, word) =>
    code ? String.fromCodePoint(Number(code)) : (ENTITIES.get(word) ?? whole),
  );

/** @param {Json} order a cart or an order of the Store API */
export function showLines({ items, totals }) {
  byId('lines').replaceChildren(
    ...items.map((/** @type {Json} */ item) =>
      make(
        'li',
        {},
        make(
          'span',
          {},
          `${plain(item.name)}${item.quantity > 1 ? `, ${item.quantity} pieces` : ''}`,
        ),
        make('b', {}, written(item.totals.line_subtotal, item.totals)),
      ),
    ),
  );
  const taxes = (totals.tax_lines ?? []).map((/** @type {Json} */ tax) => [tax.name, tax.price]);
  const off = Number(totals.total_discount) > 0;
  const back = Number(totals.total_refund ?? 0);
  const rows = [
    ...(taxes.length || off ? [['Subtotal', totals.total_items]] : []),
    ...(off ? [['Coupon', totals.total_discount, '\u2212']] : []),
    ...taxes,
    ['Total', totals.total_price],
    ...(back > 0 ? [['Refunded', totals.total_refund, '\u2212']] : []),
  ];
  showFacts(
    'sums',
    rows.map(([name, minor, sign = '']) => [name, sign + written(minor, totals)]),
  );
}

/** @param {string} id @param {string[][]} rows */
export function showFacts(id, rows) {
  byId(id).replaceChildren(
    ...rows.map(([name = '', value = '']) =>
      make('div', {}, make('dt', {}, name), make('dd', {}, value)),
    ),
  );
}
