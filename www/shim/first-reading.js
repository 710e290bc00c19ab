/**
 * The first reading of a balance, asked for beside the pill's module, so that the pill is live
 * after two requests: script, balance; after four where the page comes from a cache and its nonce
 * is outdated: the balance refused, a new nonce, the balance.
 *
 * It knows the usual cases only. Whatever is unusual (another REST root, a store that is slow or
 * away) is left to the account, which comes after the first painting and knows all.
 */
import { endpoints } from './endpoints.js';

/**
 * @typedef {object} FirstReading
 * @property {import('./snapshot.js').Snapshot} [snapshot] none where the store gave no balance
 * @property {string | null} [etag]
 * @property {string} [nonce] the answer to who asked for a new one: "0" for a guest
 */

/** @type {Map<string, Promise<FirstReading | null>>} */
const readings = new Map();

/**
 * @param {string | null} store
 * @param {string | null} site
 * @returns {Promise<FirstReading | null>} null where nothing was learned
 */
export function firstReading(store, site) {
  const key = `${store} ${site}`;
  let reading = readings.get(key);
  if (!reading) readings.set(key, (reading = read(store, site).catch(() => null)));
  return reading;
}

/** @param {string | null} store @param {string | null} site */
async function read(store, site) {
  if (store === 'demo') return null;
  const { rest, nonce: printed, ajax } = endpoints(store);
  const routes = `${rest}nivella-credits/v1/`;
  const address = site === null
    ? `${routes}balance`
    : `${routes}pill${rest.includes('?') ? '&' : '?'}site=${encodeURIComponent(site)}`;
  // A page for everyone has no nonce, and without one its reader would be taken for a guest.
  let response = ajax && !printed && site === null ? null : await ask(address, printed);
  let nonce;
  if (ajax && (!response || await isOutdated(response))) {
    const answer = await ask(ajax);
    if (!answer.ok) return null;
    nonce = (await answer.text()).trim();
    if (nonce !== '0') response = await ask(address, nonce);
  }
  if (!response?.ok) return { nonce };
  return { snapshot: await response.json(), etag: response.headers.get('ETag'), nonce };
}

/** @param {Response} response @returns {Promise<boolean>} whether its request had an old nonce */
const isOutdated = async (response) =>
  response.status === 403 && (await response.json()).code === 'rest_cookie_invalid_nonce';

/** @param {string} address @param {string} [nonce] */
const ask = (address, nonce) =>
  fetch(address, {
    cache: 'no-store',
    headers: nonce ? { 'X-WP-Nonce': nonce } : {},
    signal: AbortSignal.timeout(8000),
  });
