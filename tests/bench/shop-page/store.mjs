/** A real store with packages, and a customer who has credits. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { php } from '../../../pkg/store/installed.mjs';
import { openStore } from '../../../pkg/store/opened.mjs';
import { prepareSite } from '../../../pkg/store/site.mjs';

/**
 * @typedef {object} Shop
 * @property {string} url of the page
 * @property {{ name: string, value: string, url: string }[]} cookies of the customer
 * @property {() => Promise<void>} close
 */

/** @param {string} plugin read ahead of all others @returns {Promise<Shop>} */
export async function openShop(plugin) {
  const site = prepareSite();
  if (!site.woocommerce) throw new Error('no WooCommerce: name a folder by WP_DIR or WOO_DIR');
  const more = { NIVELLA_COMPRESS: '1' };
  const store = await openStore(site, { name: 'shop-page', more });
  const said = php('../../tests/bench/shop-page/customer.php', [], store.env);
  const early = `${site.folder}/wp-content/mu-plugins`;
  mkdirSync(early, { recursive: true });
  writeFileSync(`${early}/nivella-shop-page.php`, `<?php require '${plugin}';\n`);
  console.log(`WordPress ${site.wordpress}, WooCommerce ${site.woocommerce}`);
  return {
    url: `${store.url}/shop/`,
    cookies: JSON.parse(said).map((/** @type {any} */ cookie) => ({ ...cookie, url: store.url })),
    async close() {
      rmSync(`${early}/nivella-shop-page.php`);
      await store.close();
    },
  };
}
