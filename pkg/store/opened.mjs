/** A store of its own for one run: a database, a server, and what a run wants to have in it. */
import { cpSync, rmSync } from 'node:fs';
import { environment, installInto, openDatabase, php, runFolder } from './installed.mjs';
import { freePort, serve } from './server.mjs';

/** @typedef {import('./site.mjs').Site} Site */
/** @typedef {[script: string, ...args: string[]]} Script as php() takes it */

/**
 * @typedef {object} Opened
 * @property {string} url
 * @property {string} run the folder of the run, which goes with the store
 * @property {Record<string, string>} env for PHP's scripts
 * @property {(how?: { keep?: boolean }) => Promise<void>} close `keep`: with its logs left
 */

/** A site for one run alone: what is installed there no other run meets. @param {Site} site
 * @param {string} folder @returns {Site} */
function copied(site, folder) {
  const filter = (/** @type {string} */ path) => !path.endsWith('/plugins/nivella-credits');
  cpSync(site.folder, folder, { recursive: true, verbatimSymlinks: true, filter });
  return { ...site, folder };
}

/** The plugin active, and packages to sell. @param {string} orders where they are kept
 * @returns {Script[]} */
const selling = (orders) => [['activate.php', orders], ['seed.php']];

/**
 * Opens one.
 * @param {Site} given
 * @param {object} how
 * @param {string} how.name of the run
 * @param {string} [how.orders] where they are kept: `posts` or `tables`
 * @param {boolean} [how.apart] in a copy of the site that is without the plugin
 * @param {Script[]} [how.scripts] what is done there before it is served
 * @param {Record<string, string>} [how.more] for the server's environment alone
 * @param {number} [how.workers] of the server
 * @returns {Promise<Opened>}
 */
export async function openStore(given, how) {
  const { name, orders = 'posts', apart = false, more = {}, workers = 4 } = how;
  const run = runFolder(name);
  await installInto(given, `${run}/data`);
  const site = apart ? copied(given, `${run}/site`) : given;
  const database = await openDatabase(site, `${run}/data`);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = environment(site, database.host, url, `${run}/debug.log`);
  for (const [script, ...args] of how.scripts ?? selling(orders)) php(script, args, env);
  const files = { log: `${run}/server.log`, mails: `${run}/mails.txt` };
  const server = await serve(site.folder, { port, env: { ...env, ...more }, workers, ...files });
  return {
    url,
    run,
    env,
    async close({ keep = false } = {}) {
      await server.stop();
      await database.stop();
      if (!keep) rmSync(run, { recursive: true, force: true });
    },
  };
}
