/**
 * Figures of the plugin on a real WordPress with a database of its own:
 *
 *     node tests/php/bench.mjs [script of tests/php/bench, else all]
 *
 * Nothing else should run on the machine meanwhile.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import {
  environment,
  installInto,
  openDatabase,
  php,
  runFolder,
} from '../../pkg/store/installed.mjs';
import { freePort, serve } from '../../pkg/store/server.mjs';
import { prepareSite } from '../../pkg/store/site.mjs';
import { at } from '../../pkg/build/paths.mjs';
import { budgets } from '../bench/budgets.mjs';

const { HPOS = 'no' } = process.env;
const site = prepareSite();
const run = runFolder('bench');
await installInto(site, `${run}/data`);
const database = await openDatabase(site, `${run}/data`);
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const env = environment(site, database.host, url, `${run}/debug.log`);
php('activate.php', [HPOS === 'yes' ? 'tables' : 'posts'], env);
const how = { port, env, log: `${run}/server.log`, mails: `${run}/mails.txt`, workers: 8 };
const server = await serve(site.folder, how);
const store = site.woocommerce ? `WooCommerce ${site.woocommerce}` : 'a stand-in for WooCommerce';
console.log(`WordPress ${site.wordpress}, ${store}`);

const all = readdirSync(at('tests/php/bench')).filter((name) => name.endsWith('.php'));
const asked = process.argv.slice(2).map((name) => `${name}.php`);
let failed = false;
for (const script of asked.length > 0 ? asked : all) {
  try {
    execFileSync('php', [at('tests/php/bench', script)], {
      env: { ...process.env, ...env, NIVELLA_BUDGETS: JSON.stringify(budgets) },
      stdio: 'inherit',
    });
  } catch {
    failed = true;
  }
}
await server.stop();
await database.stop();
if (!failed) rmSync(run, { recursive: true, force: true });
process.exitCode = failed ? 1 : 0;
