/**
 * The storefront's routes: products, the one customer's cart, the checkout and its orders.
 */
import { NivellaError } from '../errors.js';
import { Refusal, fingerprint, ok, random } from './answers.js';
import { addItem, cartReply, removeItem, updateItem } from './cart.js';
import { listProducts, oneProduct } from './catalog.js';
import { grantsOf, placeOrder, placedJson, readCheckout, readOrder } from './checkout.js';
import { applyCoupon, removeCoupon } from './coupons.js';
import { pastOrders } from './past-orders.js';
import { refund } from './refunds.js';

/** @typedef {import('./answers.js').Reply} Reply */
/** @typedef {import('./checkout.js').Order} Order */
/** @typedef {import('./checkout.js').Shop & {nonce: string}} Shop */
/** @typedef {import('./database.js').Transaction} Transaction */
/** @typedef {import('./seed.js').Step} Step */
/** @typedef {import('./ledger-routes.js').Asked} Asked */
/** @typedef {import('./ledger-routes.js').Books} Books */

const SHOP = 'shop';

/** @param {{offer: import('./cart.js').Offer, books: Books, now: () => number}} deps */
export function createShop({ offer, books, now }) {
  const iso = () => new Date(now()).toISOString();

  /** @param {Transaction} tx @returns {Promise<Shop>} */
  const shopOf = async (tx) =>
    (await tx.get('shop', SHOP)) ?? {
      cart: [],
      nextOrder: 32,
      nextItem: 3,
      coupons: [],
      draft: null,
      nonce: random(5),
    };

  /** @param {Transaction} tx @param {Order} order @returns {Promise<Order>} */
  async function pay(tx, order) {
    const at = iso();
    const paid = { ...order, status: /** @type {const} */ ('processing'), paid_at: at };
    for (const command of grantsOf(order, at)) await books.apply(tx, command);
    await tx.put('orders', paid);
    return paid;
  }

  /** @param {Asked} asked @param {Transaction} tx @returns {Promise<Reply | null>} */
  async function reply(asked, tx) {
    const { method, route, body, query } = asked;
    const call = `${method} ${route}`;
    if (call === 'GET products') return listProducts(offer.articles, offer.home, query);
    if (method === 'GET' && route.startsWith('products/')) {
      return oneProduct(offer.articles, offer.home, route.slice('products/'.length));
    }
    if (method === 'GET' && route.startsWith('order/')) {
      return readOrder(await tx.get('orders', Number(route.slice(6))), query, offer.home);
    }
    if (!/^(cart|checkout)(\/|$)/.test(route)) return null;
    const shop = await shopOf(tx);
    try {
      if (method !== 'GET' || route === 'checkout') checkNonce(asked.headers, shop);
      const answer = await answerTo(call, shop, body, tx);
      await tx.put('shop', shop, SHOP);
      return answer && { ...answer, headers: cartHeaders(shop) };
    } catch (error) {
      // A refusal keeps nothing but still carries the headers that every cart route has.
      if (error instanceof Refusal) Object.assign(error.reply, { headers: cartHeaders(shop) });
      throw error;
    }
  }

  /** @param {string} call @param {Shop} shop @param {any} body @param {Transaction} tx */
  async function answerTo(call, shop, body, tx) {
    switch (call) {
      case 'GET cart':
        return cartReply(shop, offer);
      case 'POST cart/add-item':
        shop.cart = addItem(shop.cart, offer, body);
        return cartReply(shop, offer, 201);
      case 'POST cart/update-item':
        shop.cart = updateItem(shop.cart, offer, body);
        return cartReply(shop, offer);
      case 'POST cart/remove-item':
        shop.cart = removeItem(shop.cart, offer, body);
        return cartReply(shop, offer);
      case 'POST cart/apply-coupon':
        shop.coupons = applyCoupon(shop.coupons ?? [], body);
        return cartReply(shop, offer);
      case 'POST cart/remove-coupon':
        shop.coupons = removeCoupon(shop.coupons ?? [], body);
        return cartReply(shop, offer);
      case 'DELETE cart/items':
        shop.cart = [];
        return ok([]);
      case 'GET checkout':
        return readCheckout(shop, offer);
      case 'POST checkout': {
        const order = placeOrder(shop, offer, body, iso());
        if (order.method !== 'bacs') return ok(placedJson(await pay(tx, order), offer.home));
        await tx.put('orders', order);
        return ok(placedJson(order, offer.home));
      }
      default:
        return null;
    }
  }

  return {
    /** Null where there is no such route. */
    reply,

    /** A bank transfer has arrived. @param {number} id @param {Transaction} tx */
    async markPaid(id, tx) {
      /** @type {Order | undefined} */
      const order = await tx.get('orders', id);
      if (!order) throw new NivellaError('not_found', 'no such order', { field: 'order' });
      return order.paid_at ? order : pay(tx, order);
    },

    /**
     * The owner gives money back for a line of an order.
     *
     * @param {number} id @param {import('./refunds.js').Wanted} wanted @param {Transaction} tx
     * @returns {Promise<{order: Order, outcome: import('./books.js').Outcome | null}>}
     */
    async refund(id, wanted, tx) {
      /** @type {Order | undefined} */
      const kept = await tx.get('orders', id);
      if (!kept) throw new NivellaError('not_found', 'no such order', { field: 'order' });
      const { order, command } = refund(kept, wanted, iso());
      const outcome = command && (await books.apply(tx, command));
      await tx.put('orders', order);
      return { order, outcome };
    },

    /** The orders behind an account's history. @param {Transaction} tx @param {Step[]} sales */
    begin: (tx, sales) => tx.putAll('orders', pastOrders(sales, offer.articles)),

    /** @param {Transaction} tx */
    async expireNonce(tx) {
      await tx.put('shop', { ...(await shopOf(tx)), nonce: random(5) }, SHOP);
    },
  };
}

/** @param {Headers} headers @param {Shop} shop */
function checkNonce(headers, { nonce }) {
  const given = headers.get('Nonce');
  if (given === nonce) return;
  if (given !== null) throw new Refusal(403, 'woocommerce_rest_invalid_nonce', 'Nonce is invalid.');
  const text = 'Missing the Nonce header. This endpoint requires a valid nonce.';
  throw new Refusal(401, 'woocommerce_rest_missing_nonce', text);
}

/** @param {Shop} shop @returns {Record<string, string>} */
const cartHeaders = ({ nonce, cart }) => ({
  Nonce: nonce,
  'Nonce-Timestamp': '0',
  'User-ID': '1',
  'Cart-Hash': cart.length === 0 ? '' : fingerprint(JSON.stringify(cart)),
});
