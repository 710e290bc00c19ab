/**
 * Where a store answers. Three kinds: `demo`, which lives in this browser; a store's base URL on
 * the page's own origin; and, without a `store` attribute, the one that the plugin printed.
 */
import { NivellaError } from './error.js';

/**
 * @typedef {object} Endpoints all on the page's own origin
 * @property {string} home
 * @property {string} rest the root of its REST interface, as WordPress's `rest_url()` prints it
 * @property {string} checkout
 * @property {string} [nonce]
 * @property {string} [ajax]
 * @property {string[]} [origins] others that a buyer may be led back to; see purchase.js
 */

/**
 * @param {string | null} store
 * @returns {Endpoints}
 * @throws {NivellaError} `store_not_configured`, `store_origin_refused`
 */
export function endpoints(store) {
  if (store !== null) return below(store);
  const printed = document.getElementById('wp-script-module-data-nivella-credits');
  if (printed?.textContent) return JSON.parse(printed.textContent).endpoints;
  throw new NivellaError('store_not_configured', 'set the store attribute', { field: 'store' });
}

/** @param {string} store @returns {Endpoints} */
function below(store) {
  const { origin } = location;
  let url;
  try {
    url = new URL(store, location.href);
  } catch {
    // Said below.
  }
  if (url?.origin !== origin) {
    throw new NivellaError('store_origin_refused', 'not the page’s origin', { field: 'store' });
  }
  const home = url.href.endsWith('/') ? url.href : `${url.href}/`;
  return { home, rest: `${home}wp-json/`, checkout: `${home}checkout/` };
}
