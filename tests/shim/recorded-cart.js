/** A store with a recorded cart. */
import { createStoreApi } from '../../www/shim/store-api.js';
import { PAGE, recording, replay } from './recorded.js';

/** @typedef {import('./recorded.js').Step} Step */
/** @typedef {import('../../www/shim/store-api.js').StoreOptions} StoreOptions */

export const ADD = '/wp-json/wc/store/v1/cart/add-item';
export const REMOVE = '/wp-json/wc/store/v1/cart/remove-item';
export const UPDATE = '/wp-json/wc/store/v1/cart/update-item';
export const KEYS = {
  10: 'd3d9446802a44259755d38e6d163e820',
  12: 'c20ad4d76fe97759aa27a0c99bff6710',
};

export function session() {
  /** @type {Map<string, string>} */
  const kept = new Map();
  return {
    kept,
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => void kept.set(key, value),
  };
}

/** @param {Step[]} steps @param {Partial<StoreOptions>} [more] */
export function storeOf(steps, more = {}) {
  const player = replay(steps);
  const told = { times: 0 };
  const store = createStoreApi({
    home: '/',
    page: PAGE,
    fetch: player.fetch,
    session: session(),
    lock: (_name, run) => run(),
    cartChanged: () => (told.times += 1),
    ...more,
  });
  return { store, told, ...player };
}

/** A recorded cart with these. @param {Record<string, number>} quantities @returns {any} */
export function cartWith(quantities) {
  const { body } = recording('cart-two-items').response;
  const items = body.items.filter((/** @type {any} */ item) => quantities[item.id]);
  for (const item of items) item.quantity = quantities[item.id];
  return { ...body, items };
}

/** @param {Record<string, number>} quantities @returns {Step} */
export const read = (quantities) => ({
  path: '/wp-json/wc/store/v1/cart',
  method: 'GET',
  headers: { Nonce: 'eeacf867f2' },
  answer: cartWith(quantities),
});
