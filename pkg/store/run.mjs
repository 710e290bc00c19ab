/**
 * `make store`: a WordPress with the plugin on this machine, its data kept from start to start.
 *
 *     PORT=8080 WP_DIR=folder WOO_DIR=folder SQLITE_DIR=folder HPOS=yes STORE_DATA=folder \
 *       node pkg/store/run.mjs
 *
 * WP_DIR is a WordPress, with WooCommerce in it or not; without it Debian's package is taken.
 * WOO_DIR is the folder of the plugin WooCommerce, SQLITE_DIR that of SQLite Database Integration:
 * with it there is no MariaDB. All are only read. STORE_DATA is where this
 * store's data are kept; orders in tables of their own (HPOS) are chosen when it begins.
 */
import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { at, root } from '../build/paths.mjs';
import { environment, installInto, openDatabase, php } from './installed.mjs';
import { freePort, serve } from './server.mjs';
import { prepareSite } from './site.mjs';

const { HPOS, PORT, STORE_DATA, STORE_WORKERS } = process.env;

/** @typedef {import('./site.mjs').Site} Site */

/** @param {Site} site @param {string} url @param {string} folder */
function explain({ wordpress, woocommerce, sqlite }, url, folder) {
  const here = relative(root, folder);
  const woo = woocommerce
    ? `WooCommerce ${woocommerce}`
    : `without WooCommerce: a stand-in keeps orders, and there are no shop pages.
  For a real store name a folder with WooCommerce, which is only read:
    make store WP_DIR=folder     a WordPress with WooCommerce, such as a copy of your site
    make store WOO_DIR=folder    the plugin WooCommerce, unpacked, as wordpress.org offers it`;
  const database = sqlite
    ? `SQLite (by SQLite Database Integration ${sqlite}): for trying, not for a store`
    : 'MariaDB';
  return `
${url}/${woocommerce ? 'shop/' : ''}
  WordPress ${wordpress} on ${database}, ${woo}
  admin, admin           ${url}/wp-admin/
  customer, customer     ${url}/${woocommerce ? 'my-account/' : 'wp-login.php'}
  Data, logs and mails: ${here} (remove it to begin anew)
`;
}

async function main() {
  const port = Number(PORT || 8080);
  const url = `http://127.0.0.1:${port}`;
  await freePort(port);
  const site = prepareSite();
  const folder = resolve(STORE_DATA || at('target/wordpress', `store-${site.key}`));
  const first = !existsSync(`${folder}/data`);
  await installInto(site, `${folder}/data`);
  const database = await openDatabase(site, `${folder}/data`);
  const env = environment(site, database.host, url, `${folder}/debug.log`);
  // Moving orders that are there from one place to another is WooCommerce's matter.
  if (first) php('activate.php', [HPOS === 'yes' ? 'tables' : 'posts'], env);
  php('seed.php', [], env);
  const how = { port, env, log: `${folder}/server.log`, mails: `${folder}/mails.txt` };
  const server = await serve(site.folder, { ...how, workers: Number(STORE_WORKERS || 4) });
  console.log(explain(site, url, folder));

  // What a store's own cron does: jobs for later.
  const cron = setInterval(() => void fetch(`${url}/wp-cron.php`).catch(() => {}), 20000);
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    clearInterval(cron);
    await server.stop();
    await database.stop();
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop);
  await server.gone;
  if (stopping) return;
  await stop();
  throw new Error(`PHP's server ended: see ${folder}/server.log`);
}

await main().catch((error) => {
  console.error(`store: ${error.message}`);
  process.exit(1);
});
