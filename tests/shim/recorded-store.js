/** A store that answers only what was recorded. */
import { createStoreApi } from '../../www/shim/store-api.js';
import { PAGE, recording, replay } from './recorded.js';

/** @typedef {import('./recorded.js').Step} Step */
/** @typedef {import('../../www/shim/store-api.js').StoreOptions} StoreOptions */

export const LIST = '/wp-json/wc/store/v1/products';

/** @param {Step[]} steps @param {Partial<StoreOptions>} [more] */
export function storeOf(steps, more = {}) {
  const player = replay(steps);
  const store = createStoreApi({ home: '/', page: PAGE, fetch: player.fetch, ...more });
  return { store, ...player };
}

/** @param {string} name @param {number} [at] @returns {any} one recorded product, to be changed */
export const product = (name, at = 0) => {
  const { body } = recording(name).response;
  return structuredClone(Array.isArray(body) ? body[at] : body);
};
