/**
 * The first reading of a balance, asked for beside the pill's module, so that the pill is live
 * after three requests: script, module, balance.
 *
 * It knows the usual case only. Whatever is unusual (no nonce yet, another REST root, a store that
 * is slow or away) is left to the account, which comes after the first painting and knows all.
 */
import { endpoints } from './endpoints.js';

/** @typedef {{ snapshot: import('./snapshot.js').Snapshot, etag: string | null }} FirstReading */

/** @type {Map<string, Promise<FirstReading | null>>} */
const readings = new Map();

/**
 * @param {string | null} store
 * @param {string | null} site
 * @returns {Promise<FirstReading | null>} null for whatever is not a plain answer
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
  const { rest, nonce, ajax } = endpoints(store);
  // A guest's page, or one from a cache: the account asks who reads it.
  if (ajax && !nonce && site === null) return null;
  const route = `${rest}nivella-credits/v1/${site === null ? 'balance' : 'pill'}`;
  const query = `${route.includes('?') ? '&' : '?'}site=${encodeURIComponent(site ?? '')}`;
  const response = await fetch(site === null ? route : route + query, {
    cache: 'no-store',
    credentials: 'same-origin',
    headers: nonce ? { 'X-WP-Nonce': nonce } : {},
    signal: AbortSignal.timeout(8000),
  });
  if (!response.ok) return null;
  return { snapshot: await response.json(), etag: response.headers.get('ETag') };
}
