/** A real store with packages, and a customer who has credits. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import {
  environment,
  installInto,
  openDatabase,
  php,
  runFolder,
} from '../../../pkg/store/installed.mjs';
import { freePort, serve } from '../../../pkg/store/server.mjs';
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
  const run = runFolder('shop-page');
  await installInto(site, `${run}/data`);
  const database = await openDatabase(site, `${run}/data`);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const env = environment(site, database.host, origin, `${run}/debug.log`);
  php('activate.php', ['posts'], env);
  php('seed.php', [], env);
  const said = php('../../tests/bench/shop-page/customer.php', [], env);
  const early = `${site.folder}/wp-content/mu-plugins`;
  mkdirSync(early, { recursive: true });
  writeFileSync(`${early}/nivella-shop-page.php`, `<?php require '${plugin}';\n`);
  const files = { log: `${run}/server.log`, mails: `${run}/mails.txt` };
  const compressed = { ...env, NIVELLA_COMPRESS: '1' };
  const server = await serve(site.folder, { port, env: compressed, workers: 4, ...files });
  console.log(`WordPress ${site.wordpress}, WooCommerce ${site.woocommerce}`);
  return {
    url: `${origin}/shop/`,
    cookies: JSON.parse(said).map((/** @type {any} */ cookie) => ({ ...cookie, url: origin })),
    async close() {
      rmSync(`${early}/nivella-shop-page.php`);
      await server.stop();
      await database.stop();
      rmSync(run, { recursive: true, force: true });
    },
  };
}
