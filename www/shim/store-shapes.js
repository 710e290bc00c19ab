/**
 * The Store API's JSON, read strictly: what comes out is plain text and strings of whole minor
 * units, ready for the module. Nothing here is ever put into a page as markup, and no amount is
 * computed.
 */
import { NivellaError } from './errors.js';
import { plainText } from './text.js';

/**
 * @typedef {object} Money how the store writes amounts, and in which currency
 * @property {string} currency
 * @property {number} minor_unit
 * @property {string} prefix
 * @property {string} suffix
 * @property {string} symbol
 * @property {string} decimal_separator
 * @property {string} thousand_separator
 */
/** @typedef {{credits: ?string, bonus: ?string, validity_days: ?string}} Extension */
/**
 * @typedef {object} Product
 * @property {string} id
 * @property {string} name
 * @property {string} sku
 * @property {string} type
 * @property {Money & {price: string}} prices
 * @property {boolean} is_purchasable
 * @property {boolean} is_in_stock
 * @property {boolean} has_options
 * @property {boolean} sold_individually
 * @property {number} minimum
 * @property {number} maximum
 * @property {number} multiple_of
 * @property {?Extension} extensions what the plugin says of it
 * @property {?string} permalink
 */
/**
 * @typedef {object} Line
 * @property {string} key
 * @property {string} id
 * @property {string} name
 * @property {number} quantity
 * @property {boolean} editable
 * @property {string} line_total excluding tax, in minor units
 * @property {string} line_total_tax
 */
/**
 * @typedef {Money & {items: string, items_tax: string, fees: string, discount: string,
 *   shipping: ?string, tax: string, price: string,
 *   tax_lines: {name: string, price: string, rate: string}[]}} Totals
 *   `items` is always without tax; `price` is what is paid
 */
/**
 * @typedef {object} Cart
 * @property {Line[]} lines
 * @property {Totals} totals
 * @property {boolean} needs_payment
 * @property {boolean} needs_shipping
 * @property {{code: string, message: string}[]} errors what the store took out, and why
 */
/** @typedef {Record<string, unknown>} Json */

/** @param {string} what @returns {NivellaError} */
const unlike = (what) => new NivellaError('store_answer_invalid', `unexpected ${what}`);

/** @param {unknown} value @param {string} what @returns {Json} */
export function record(value, what) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unlike(what);
  return /** @type {Json} */ (value);
}

/** @param {unknown} value @param {string} what @returns {unknown[]} */
export function list(value, what) {
  if (!Array.isArray(value)) throw unlike(what);
  return value;
}

/** @param {unknown} value @param {string} what @returns {number} */
function whole(value, what) {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw unlike(what);
  return value;
}

/** @param {unknown} value @param {string} what */
function id(value, what) {
  const number = whole(value, what);
  if (number === 0) throw unlike(what);
  return String(number);
}

/** @param {unknown} value @param {string} what */
function minor(value, what) {
  if (typeof value !== 'string' || !/^-?\d{1,18}$/.test(value)) throw unlike(what);
  return value;
}

/** @param {unknown} value @param {number} [most] */
const text = (value, most = 200) => (typeof value === 'string' ? plainText(value, most) : '');

/** Separators and affixes: short, kept to the letter, with spaces. @param {unknown} value */
const affix = (value) => (typeof value === 'string' ? value.slice(0, 16) : '');

/** @param {Json} source @returns {Money} */
function money(source) {
  const unit = whole(source.currency_minor_unit, 'currency_minor_unit');
  const currency = source.currency_code;
  if (unit > 6 || typeof currency !== 'string' || !/^\w{1,12}$/.test(currency)) {
    throw unlike('currency');
  }
  return {
    currency,
    minor_unit: unit,
    prefix: affix(source.currency_prefix),
    suffix: affix(source.currency_suffix),
    symbol: affix(source.currency_symbol),
    decimal_separator: affix(source.currency_decimal_separator),
    thousand_separator: affix(source.currency_thousand_separator),
  };
}

/** @param {unknown} value @returns {?string} */
function webAddress(value) {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : null;
  return url && /^https?:$/.test(url.protocol) ? url.href : null;
}

/** More than any cart holds. */
const MOST = 1_000_000_000;

/** A limit that a store leaves out does not limit. @param {unknown} value @param {number} or */
const limit = (value, or) =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 ? Math.min(value, MOST) : or;

/**
 * Amounts are decimal strings; a whole number that another version of the plugin sends is one too.
 *
 * @param {unknown} value
 * @returns {?string}
 */
function decimal(value) {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  return typeof value === 'string' && value.length <= 40 ? value : null;
}

/** @param {Json} extensions of a product @returns {?Extension} */
function extensionOf(extensions) {
  const ours = Object.hasOwn(extensions, 'nivella-credits') ? extensions['nivella-credits'] : null;
  if (typeof ours !== 'object' || ours === null) return null;
  const { credits, bonus, validity_days } = /** @type {Json} */ (ours);
  const days = limit(validity_days, 0);
  return {
    credits: decimal(credits),
    bonus: decimal(bonus),
    // The module takes all that the plugin says as text.
    validity_days: days === 0 ? null : String(days),
  };
}

/**
 * @param {unknown} value one element of a list of products
 * @returns {Product}
 */
export function productOf(value) {
  const source = record(value, 'product');
  const prices = record(source.prices, 'prices');
  const cart = /** @type {Json} */ (source.add_to_cart ?? {});
  const extensions = /** @type {Json} */ (source.extensions ?? {});
  const name = text(source.name);
  const variation = text(source.variation);
  return {
    id: id(source.id, 'product id'),
    name: variation ? `${name} (${variation})` : name,
    sku: text(source.sku, 100),
    type: text(source.type, 40),
    prices: { price: minor(prices.price, 'price'), ...money(prices) },
    is_purchasable: source.is_purchasable === true,
    is_in_stock: source.is_in_stock === true,
    has_options: source.has_options === true,
    sold_individually: source.sold_individually === true,
    minimum: limit(cart.minimum, 1),
    maximum: limit(cart.maximum, 9999),
    multiple_of: limit(cart.multiple_of, 1),
    extensions: extensionOf(extensions),
    permalink: webAddress(source.permalink),
  };
}

/** @param {unknown} value @returns {Line} */
function lineOf(value) {
  const source = record(value, 'cart item');
  const totals = record(source.totals, 'cart item totals');
  const limits = /** @type {Json} */ (source.quantity_limits ?? {});
  if (typeof source.key !== 'string' || source.key === '') throw unlike('cart item key');
  return {
    key: source.key,
    id: id(source.id, 'cart item id'),
    name: text(source.name),
    quantity: whole(source.quantity, 'cart item quantity'),
    editable: limits.editable !== false,
    line_total: minor(totals.line_total, 'line_total'),
    line_total_tax: minor(totals.line_total_tax, 'line_total_tax'),
  };
}

/** @param {unknown} value @returns {Totals} */
function totalsOf(value) {
  const source = record(value, 'totals');
  /** @param {string} name */
  const amount = (name) => minor(source[`total_${name}`], `total_${name}`);
  return {
    ...money(source),
    items: amount('items'),
    items_tax: amount('items_tax'),
    fees: amount('fees'),
    discount: amount('discount'),
    shipping: source.total_shipping === null ? null : amount('shipping'),
    tax: amount('tax'),
    price: amount('price'),
    tax_lines: list(source.tax_lines ?? [], 'tax_lines').map((each) => {
      const tax = record(each, 'tax line');
      return { name: text(tax.name), price: minor(tax.price, 'tax'), rate: text(tax.rate, 40) };
    }),
  };
}

/**
 * @param {unknown} value a whole cart, as every cart route answers it
 * @returns {Cart}
 */
export function cartOf(value) {
  const source = record(value, 'cart');
  return {
    lines: list(source.items, 'cart items').map(lineOf),
    totals: totalsOf(source.totals),
    needs_payment: source.needs_payment === true,
    needs_shipping: source.needs_shipping === true,
    errors: list(source.errors ?? [], 'cart errors').map((each) => {
      const error = record(each, 'cart error');
      return { code: text(error.code, 100), message: text(error.message, 400) };
    }),
  };
}
