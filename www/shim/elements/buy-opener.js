/** Finds the page's Buy Credits dialog, or makes one that reads the same store. */

import { defineOthers } from './others.js';

/** @typedef {import('./buy.js').BuyCredits} BuyCredits */

const SHARED = [
  'store', 'site', 'locale', 'theme', 'category',
  'credits-map', 'checkout-url', 'return-url',
];

/**
 * Opens the dialog for the account that an element shows.
 * @param {Element} opener
 * @returns {Promise<void>}
 */
export async function openDialog(opener) {
  const same = (/** @type {Element} */ dialog) =>
    ['store', 'site'].every((name) => dialog.getAttribute(name) === opener.getAttribute(name));
  defineOthers();
  let dialog = [...document.querySelectorAll('nivella-buy-credits')].find(same);
  if (!dialog) {
    dialog = document.createElement('nivella-buy-credits');
    for (const name of SHARED) {
      const value = opener.getAttribute(name);
      if (value !== null) dialog.setAttribute(name, value);
    }
    document.body.append(dialog);
  }
  await /** @type {BuyCredits} */ (dialog).show();
}
