/**
 * The entry script: the pill at once, everything else when the page has it or asks for it.
 */
import { pillModule } from './boot.js';
import { CreditPill } from './elements/pill.js';
import { firstReading } from './first-reading.js';

export { NivellaError } from './error.js';

const pill = document.querySelector('nivella-credit-pill');
if (pill) {
  // Asked for before anything else is done. Should either fail, the element says why.
  firstReading(pill.getAttribute('store'), pill.getAttribute('site'));
  pillModule().catch(() => {});
}
// A page may load us twice, by a theme and by a plugin; the first one stays.
if (!customElements.get('nivella-credit-pill')) {
  customElements.define('nivella-credit-pill', CreditPill);
}

const OTHERS = 'nivella-buy-credits,nivella-credit-toast,nivella-purchase-result,'
  + 'nivella-usage-dashboard';
if (document.querySelector(OTHERS)) define();

/**
 * Defines the elements beside the pill. It runs by itself for a page that has one of them when
 * this script starts; a page that adds one later calls it.
 */
export async function define() {
  const { defineOthers } = await import('./elements/others.js');
  defineOthers();
}

/**
 * The connection to a store, for a page's own code.
 * @param {{ store?: string | null, site?: string | null }} [where]
 * @returns {Promise<import('./connection.js').Connection>}
 */
export async function connect(where) {
  const connection = await import('./connection.js');
  return connection.connect(where);
}

/** A new request id; keep it before sending. @returns {Promise<string>} */
export async function newRequestId() {
  const ledger = await import('./ledger-api.js');
  return ledger.newRequestId();
}
