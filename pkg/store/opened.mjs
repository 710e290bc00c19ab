/** A store of its own for one run: a database, a server, the plugin active and packages to sell. */
import { rmSync } from 'node:fs';
import { environment, installInto, openDatabase, php, runFolder } from './installed.mjs';
import { freePort, serve } from './server.mjs';

/**
 * @typedef {object} Opened
 * @property {string} url
 * @property {string} run the folder of the run, which goes with the store
 * @property {Record<string, string>} env for PHP's scripts
 * @property {() => Promise<void>} close
 */

/**
 * Opens one.
 * @param {ReturnType<typeof import('./site.mjs').prepareSite>} site
 * @param {object} how
 * @param {string} how.name of the run
 * @param {string} [how.orders] where they are kept: `posts` or `tables`
 * @param {Record<string, string>} [how.more] for the server's environment alone
 * @returns {Promise<Opened>}
 */
export async function openStore(site, { name, orders = 'posts', more = {} }) {
  const run = runFolder(name);
  await installInto(site, `${run}/data`);
  const database = await openDatabase(site, `${run}/data`);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = environment(site, database.host, url, `${run}/debug.log`);
  php('activate.php', [orders], env);
  php('seed.php', [], env);
  const files = { log: `${run}/server.log`, mails: `${run}/mails.txt` };
  const server = await serve(site.folder, { port, env: { ...env, ...more }, workers: 4, ...files });
  return {
    url,
    run,
    env,
    async close() {
      await server.stop();
      await database.stop();
      rmSync(run, { recursive: true, force: true });
    },
  };
}
