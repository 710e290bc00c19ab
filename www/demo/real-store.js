/** Which store the pages read: the one in this browser, or a real one that the server was given. */
import { byId } from './dom.js';
import { settings } from './memory.js';
import { textsOf } from './texts.js';

/** @typedef {{store: ?string, label: ?string, checkout?: string}} Config the real store, if any */

/** For a store without the plugin: its products and the credits that they hold. */
const CREDITS = Object.fromEntries(
  ['2000', '5000', '10000', '20000', '30000', '40000'].map((each) => [`sku:NV-${each}`, each]),
);

/** @param {string} elements which of the page's elements have a store */
export async function readStore(elements) {
  /** @type {Config} */
  const { store, label, checkout } = await fetch('demo-config.json')
    .then((answer) => answer.json())
    .catch(() => ({ store: null, label: null }));
  if (!store) return;
  for (const element of document.querySelectorAll(elements)) {
    element.setAttribute('credits-map', JSON.stringify(CREDITS));
    if (checkout) element.setAttribute('checkout-url', checkout);
    if (element.getAttribute('store') === 'demo') element.setAttribute('store', store);
  }
  byId('reads').textContent = textsOf(settings().lang).say('reads', { store: label ?? store });
  byId('reads').hidden = false;
  // What changes the store in this browser has nothing to change in a real one.
  for (const each of document.querySelectorAll('[data-demo]')) {
    /** @type {HTMLElement} */ (each).hidden = true;
  }
}
