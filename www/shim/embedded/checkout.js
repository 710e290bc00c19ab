/**
 * The embedded store's checkout: an order, its payment, and the grant that follows it.
 *
 * All of it happens in the request's one transaction, so that a paid order without its credits, or
 * credits without their order, cannot be.
 */
import { MONEY, Refusal, ok, random } from './answers.js';
import { METHODS, cartJson, itemJson, totalsOf } from './cart.js';
import { couponsJson, discountOf } from './coupons.js';

/** @typedef {import('./answers.js').Reply} Reply */
/** @typedef {import('./cart.js').Offer} Offer */
/** @typedef {import('./catalog.js').Article} Article */
/** @typedef {import('./database.js').Transaction} Transaction */
/**
 * @typedef {object} OrderItem
 * @property {number} item
 * @property {number} quantity
 * @property {Article} article as it was when it was ordered
 * @property {number} [cents] what the line came to after its coupons
 */
/**
 * @typedef {object} Order
 * @property {number} id
 * @property {string} key
 * @property {'pending' | 'on-hold' | 'processing' | 'cancelled' | 'refunded'} status
 * @property {OrderItem[]} items
 * @property {number} cents after coupons
 * @property {string[]} [coupons]
 * @property {import('./refunds.js').Refund[]} [refunds]
 * @property {Record<string, string>} billing
 * @property {string} method
 * @property {string} created_at
 * @property {?string} paid_at
 */
/**
 * @typedef {object} Shop
 * @property {import('./cart.js').CartLine[]} cart
 * @property {string[]} [coupons]
 * @property {number} nextOrder
 * @property {number} nextItem
 * @property {{id: number, key: string} | null} draft
 */

/** @param {Shop} shop @returns {{id: number, key: string}} */
export function draftOf(shop) {
  shop.draft ??= { id: shop.nextOrder++, key: `wc_order_${random(7)}` };
  return shop.draft;
}

/** @param {Record<string, string>} billing */
const shippingOf = ({ email: _email, ...rest }) => rest;

/**
 * @param {object} order
 * @param {number} order.id
 * @param {string} order.key
 * @param {string} order.status
 * @param {string} order.method
 * @param {Record<string, string>} order.billing
 * @param {{payment_status: string, payment_details: unknown[], redirect_url: string}} order.result
 */
const checkoutJson = ({ id, key, status, billing, method, result }) => ({
  order_id: id,
  status,
  order_key: key,
  order_number: String(id),
  customer_note: '',
  customer_id: 1,
  billing_address: billing,
  shipping_address: shippingOf(billing),
  payment_method: method,
  payment_result: result,
  additional_fields: {},
  __experimentalCart: null,
  extensions: {},
});

/** @param {Shop} shop @param {Offer} offer @returns {Reply} */
export function readCheckout(shop, offer) {
  if (shop.cart.length === 0) {
    throw new Refusal(400, 'woocommerce_rest_cart_empty', 'Cannot create order from empty cart.');
  }
  const cart = cartJson(shop.cart, offer, shop.coupons);
  const billing = /** @type {Record<string, string>} */ (cart.billing_address);
  const result = { payment_status: '', payment_details: [], redirect_url: '' };
  const draft = { ...draftOf(shop), status: 'checkout-draft', method: 'demo_card' };
  return ok(checkoutJson({ ...draft, billing, result }));
}

/** @param {any} billing */
function checkBilling(billing) {
  if (typeof billing !== 'object' || billing === null) {
    const text = 'Missing parameter(s): billing_address';
    throw new Refusal(400, 'rest_missing_callback_param', text, { params: ['billing_address'] });
  }
  if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(billing.email ?? '')) {
    const text = 'A valid email address is required';
    throw new Refusal(400, 'woocommerce_rest_missing_email_address', text);
  }
  if (!billing.first_name) {
    const text = 'First name is required';
    throw new Refusal(
      400,
      'woocommerce_rest_invalid_address',
      `There was a problem with the provided billing address: ${text}`,
      { errors: { billing: [text] } },
    );
  }
}

/** @param {unknown} method @param {number} cents @returns {string} */
function methodOf(method, cents) {
  if (cents === 0) return METHODS[0] ?? '';
  if (method === undefined || method === '') {
    const text = 'No payment method provided.';
    throw new Refusal(400, 'woocommerce_rest_checkout_missing_payment_method', text);
  }
  if (typeof method === 'string' && METHODS.includes(method)) return method;
  const text = `payment_method is not one of ${METHODS.join(', ')}.`;
  throw new Refusal(400, 'rest_invalid_param', 'Invalid parameter(s): payment_method', {
    params: { payment_method: text },
    details: { payment_method: { code: 'rest_not_in_enum', message: text, data: null } },
  });
}

/**
 * Places the order. A card is paid at once; a bank transfer waits until it is marked as paid; a
 * declined payment leaves the cart as it is.
 *
 * @param {Shop} shop @param {Offer} offer @param {any} body @param {string} now
 * @returns {Order}
 */
export function placeOrder(shop, offer, body, now) {
  checkBilling(body?.billing_address);
  if (shop.cart.length === 0) {
    const text = 'Cannot place an order, your cart is empty.';
    throw new Refusal(409, 'woocommerce_rest_cart_empty', text, {
      cart: cartJson(shop.cart, offer, shop.coupons),
    });
  }
  const items = shop.cart.flatMap(({ id, quantity }) => {
    const article = offer.articles.find((each) => each.id === id);
    if (!article) return [];
    const cost = (article.cents ?? 0) * quantity;
    const cents = cost - discountOf(shop.coupons ?? [], cost);
    return [{ item: shop.nextItem++, quantity, article, cents }];
  });
  const cents = items.reduce((sum, each) => sum + each.cents, 0);
  const method = methodOf(body.payment_method, cents);
  if (method === 'demo_declined') {
    const text = 'The payment was declined. Nothing was charged.';
    throw new Refusal(400, 'woocommerce_rest_payment_error', text);
  }
  const order = {
    ...draftOf(shop),
    status: /** @type {const} */ ('on-hold'),
    items,
    cents,
    coupons: shop.coupons ?? [],
    billing: Object.fromEntries(
      Object.entries(body.billing_address).map(([name, value]) => [name, String(value)]),
    ),
    method,
    created_at: now,
    paid_at: null,
  };
  Object.assign(shop, { cart: [], coupons: [], draft: null });
  return order;
}

/**
 * One command for each item that holds credits. Its request id and its order item are the same
 * however often an order is paid, so that it is granted once.
 *
 * @param {Order} order @param {string} now
 * @returns {import('./books.js').Command[]}
 */
export function grantsOf({ id, items }, now) {
  return items.flatMap(({ item, quantity, article }) => {
    const { credits, bonus, validity_days: days } = article;
    if (credits === undefined) return [];
    const key = `order-${id}-item-${item}`;
    const until = days && new Date(Date.parse(now) + days * 86_400_000).toISOString();
    return [
      {
        op: 'grant',
        request_id: key,
        kind: 'purchase',
        // Whole numbers of credits here; the engine counts everything else.
        amount: String(BigInt(credits) * BigInt(quantity)),
        ...(bonus && { bonus: String(BigInt(bonus) * BigInt(quantity)) }),
        order_item: key,
        reference: `order ${id}`,
        ...(until && { expires_at: until }),
      },
    ];
  });
}

/** @param {Order} order @param {string} home */
export function placedJson(order, home) {
  const redirect = `${home}checkout/order-received/${order.id}/?key=${order.key}`;
  const details = [
    { key: 'result', value: 'success' },
    { key: 'redirect', value: redirect },
  ];
  const result = { payment_status: 'success', payment_details: details, redirect_url: redirect };
  return checkoutJson({ ...order, result });
}

/**
 * @param {Order | undefined} order @param {URLSearchParams} query @param {string} home
 * @returns {Reply}
 */
export function readOrder(order, query, home) {
  if (!order || query.get('key') !== order.key) {
    const text = 'Invalid order ID or key provided.';
    throw new Refusal(401, 'woocommerce_rest_invalid_order', text);
  }
  const costs = order.items.map(({ quantity, article }) => (article.cents ?? 0) * quantity);
  const cost = costs.reduce((sum, each) => sum + each, 0);
  const refunded = order.refunds?.reduce((sum, { cents }) => sum + cents, 0) ?? 0;
  const { total_fees, total_tax, total_price, total_items, total_discount } = totalsOf(
    cost,
    cost - order.cents,
  );
  const totals = { subtotal: total_items, total_discount, total_shipping: '0', total_fees };
  return ok({
    id: order.id,
    status: order.status,
    items: order.items.map(({ item, quantity, article, cents }) => ({
      ...itemJson(article, quantity, home, cents),
      key: order.key,
      id: item,
    })),
    coupons: couponsJson(order.coupons ?? [], costs),
    fees: [],
    totals: {
      ...totals,
      total_tax,
      total_refund: String(refunded),
      total_price,
      total_items,
      total_items_tax: '0',
      total_fees_tax: '0',
      total_discount_tax: '0',
      total_shipping_tax: '0',
      tax_lines: [],
      ...MONEY,
    },
    shipping_address: shippingOf(order.billing),
    billing_address: order.billing,
    needs_payment: order.status === 'pending',
    needs_shipping: false,
    payment_requirements: ['products'],
    errors: [],
  });
}
