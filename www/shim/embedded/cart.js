/** The embedded store's cart: WooCommerce's rules for quantities, and its JSON. */
import { MONEY, Refusal, encoded, fingerprint, ok } from './answers.js';
import { addressOf, inStock, mostOf, pricesOf } from './catalog.js';
import { couponsJson, discountOf } from './coupons.js';

/** @typedef {import('./answers.js').Reply} Reply */
/** @typedef {import('./catalog.js').Article} Article */
/** @typedef {{id: number, quantity: number}} CartLine */
/** @typedef {{articles: Article[], home: string}} Offer */

export const METHODS = ['demo_card', 'bacs', 'demo_declined'];

/** @param {number} id */
const keyOf = (id) => fingerprint(`line ${id}`);

/** @param {string} name */
const quoted = (name) => `&quot;${encoded(name)}&quot;`;

/** @param {number} cents @param {number} [discount] */
export const totalsOf = (cents, discount = 0) => ({
  total_items: String(cents),
  total_items_tax: '0',
  total_fees: '0',
  total_fees_tax: '0',
  total_discount: String(discount),
  total_discount_tax: '0',
  total_shipping: null,
  total_shipping_tax: null,
  total_price: String(cents - discount),
  total_tax: '0',
  tax_lines: [],
  ...MONEY,
});

/**
 * @param {Article} article @param {number} quantity @param {string} home
 * @param {number} [paid] what the line comes to after its coupons
 */
export function itemJson(article, quantity, home, paid) {
  const { id, sku, variation } = article;
  const cents = article.cents ?? 0;
  const total = String(cents * quantity);
  const precise = String(cents * 10_000);
  return {
    key: keyOf(id),
    id,
    type: article.parent ? 'variation' : 'simple',
    quantity,
    quantity_limits: {
      minimum: 1,
      maximum: mostOf(article),
      multiple_of: 1,
      editable: article.single !== true,
    },
    name: encoded(article.name),
    short_description: '',
    description: '',
    sku,
    low_stock_remaining: article.stock ?? null,
    backorders_allowed: false,
    show_backorder_badge: false,
    sold_individually: article.single === true,
    permalink: addressOf(article, home),
    images: [],
    variation: variation
      ? [{ raw_attribute: 'attribute_size', attribute: 'Size', value: variation }]
      : [],
    item_data: [],
    prices: {
      ...pricesOf(cents),
      raw_prices: { precision: 6, price: precise, regular_price: precise, sale_price: precise },
    },
    totals: {
      line_subtotal: total,
      line_subtotal_tax: '0',
      line_total: paid === undefined ? total : String(paid),
      line_total_tax: '0',
      ...MONEY,
    },
    catalog_visibility: 'visible',
    extensions: {},
  };
}

const ADDRESS = {
  first_name: '',
  last_name: '',
  company: '',
  address_1: '',
  address_2: '',
  city: '',
  state: 'CA',
  postcode: '',
  country: 'US',
};

/**
 * @param {CartLine[]} lines @param {Offer} offer @param {string[]} [coupons]
 * @returns {Record<string, unknown>}
 */
export function cartJson(lines, { articles, home }, coupons = []) {
  const items = lines.flatMap(({ id, quantity }) => {
    const article = articles.find((each) => each.id === id);
    return article ? [{ article, quantity }] : [];
  });
  const costs = items.map(({ article, quantity }) => (article.cents ?? 0) * quantity);
  const cents = costs.reduce((sum, each) => sum + each, 0);
  const discount = costs.reduce((sum, each) => sum + discountOf(coupons, each), 0);
  return {
    items: items.map(({ article, quantity }, at) => {
      const cost = costs[at] ?? 0;
      return itemJson(article, quantity, home, cost - discountOf(coupons, cost));
    }),
    coupons: couponsJson(coupons, costs),
    fees: [],
    totals: totalsOf(cents, discount),
    shipping_address: { ...ADDRESS, phone: '' },
    billing_address: { ...ADDRESS, email: '', phone: '' },
    needs_payment: cents > discount,
    needs_shipping: false,
    payment_requirements: ['products'],
    has_calculated_shipping: false,
    shipping_rates: [],
    items_count: items.reduce((sum, each) => sum + each.quantity, 0),
    items_weight: 0,
    cross_sells: [],
    errors: [],
    payment_methods: METHODS,
    extensions: {},
  };
}

/** @param {unknown} quantity @returns {number} */
function wholeQuantity(quantity) {
  const number = Number(quantity ?? 0);
  if (Number.isInteger(number)) return number;
  const text = 'quantity is not of type integer.';
  throw new Refusal(400, 'rest_invalid_param', 'Invalid parameter(s): quantity', {
    params: { quantity: text },
    details: {
      quantity: { code: 'rest_invalid_type', message: text, data: { param: 'quantity' } },
    },
  });
}

/** @param {Article[]} articles @param {unknown} id @returns {Article} */
function sold(articles, id) {
  const article = articles.find((each) => each.id === Number(id));
  if (!article) {
    const text = 'This product cannot be added to the cart.';
    throw new Refusal(400, 'woocommerce_rest_cart_invalid_product', text);
  }
  if (article.variations) {
    const text = `Missing attributes for variable product ${quoted(article.name)}.`;
    throw new Refusal(400, 'woocommerce_rest_variation_id_from_variation_data', text);
  }
  if (article.cents === null) {
    const text = `${quoted(article.name)} is not available for purchase.`;
    throw new Refusal(400, 'woocommerce_rest_product_not_purchasable', text);
  }
  if (!inStock(article)) {
    const text = 'to the cart because the product is out of stock.';
    const message = `You cannot add ${quoted(article.name)} ${text}`;
    throw new Refusal(400, 'woocommerce_rest_product_out_of_stock', message);
  }
  return article;
}

/**
 * Adds, as WooCommerce does: not idempotent, a new line clamped to the most that is allowed, an old
 * one refused above it.
 *
 * @param {CartLine[]} lines @param {Offer} offer @param {any} body
 * @returns {CartLine[]}
 */
export function addItem(lines, { articles }, body) {
  const asked = wholeQuantity(body?.quantity);
  const article = sold(articles, body?.id);
  const line = lines.find((each) => each.id === article.id);
  if (line && article.single) throw readonly(article);
  const { stock } = article;
  if (stock !== undefined && asked + (line?.quantity ?? 0) > stock) {
    const text = `to the cart because there is not enough stock (${stock} remaining).`;
    const message = `You cannot add that amount of ${quoted(article.name)} ${text}`;
    throw new Refusal(400, 'woocommerce_rest_product_partially_out_of_stock', message);
  }
  if (!line) {
    return [...lines, { id: article.id, quantity: Math.min(Math.max(1, asked), mostOf(article)) }];
  }
  return withQuantity(lines, article, line.quantity + asked);
}

/** @param {Article} article */
const readonly = ({ name }) =>
  new Refusal(400, 'readonly_quantity', `The quantity of ${quoted(name)} cannot be changed`);

/** @param {CartLine[]} lines @param {Article} article @param {number} quantity */
function withQuantity(lines, article, quantity) {
  const most = mostOf(article);
  if (quantity < 1 || quantity > most) {
    const bound =
      quantity < 1
        ? `minimum quantity of ${quoted(article.name)} allowed in the cart is 1`
        : `maximum quantity of ${quoted(article.name)} allowed in the cart is ${most}`;
    throw new Refusal(400, 'invalid_quantity', `The ${bound}`);
  }
  return lines.map((each) => (each.id === article.id ? { ...each, quantity } : each));
}

/** @param {CartLine[]} lines @param {Offer} offer @param {any} body @returns {CartLine} */
function lineOf(lines, offer, body) {
  const line = lines.find((each) => keyOf(each.id) === body?.key);
  if (line) return line;
  throw new Refusal(
    409,
    'woocommerce_rest_cart_invalid_key',
    'Cart item no longer exists or is invalid.',
    {
      cart: cartJson(lines, offer),
    },
  );
}

/** @param {CartLine[]} lines @param {Offer} offer @param {any} body @returns {CartLine[]} */
export function updateItem(lines, offer, body) {
  const asked = wholeQuantity(body?.quantity);
  const line = lineOf(lines, offer, body);
  const article = sold(offer.articles, line.id);
  if (article.single && asked !== line.quantity) throw readonly(article);
  return withQuantity(lines, article, asked);
}

/** @param {CartLine[]} lines @param {Offer} offer @param {any} body @returns {CartLine[]} */
export function removeItem(lines, offer, body) {
  const line = lineOf(lines, offer, body);
  return lines.filter((each) => each !== line);
}

/**
 * @param {{cart: CartLine[], coupons?: string[]}} shop @param {Offer} offer
 * @param {number} [status]
 * @returns {Reply}
 */
export const cartReply = ({ cart, coupons }, offer, status = 200) =>
  ok(cartJson(cart, offer, coupons), status);
