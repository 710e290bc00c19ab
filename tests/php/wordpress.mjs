/**
 * The plugin's tests on a real WordPress with a database of their own:
 *
 *     node tests/php/wordpress.mjs [PHPUnit's arguments]
 *     WP_DIR=folder node tests/php/wordpress.mjs     another WordPress, with its WooCommerce
 *     HPOS=yes WP_DIR=…                              orders in tables of their own
 *     SQLITE_DIR=folder …                            on SQLite, by that plugin for WordPress
 *     NIVELLA_FULL=1 …                               the full figures of stress tests
 *
 * Without WooCommerce a stand-in of it is used (support/woocommerce).
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dyingWithUs } from '../../pkg/store/database.mjs';
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

const site = prepareSite();
const run = runFolder('tests');
await installInto(site, `${run}/data`);
// Tests may kill it.
const database = await openDatabase(site, `${run}/data`, { again: true });
const { HPOS = 'no' } = process.env;
const store = site.woocommerce
  ? `WooCommerce ${site.woocommerce}, HPOS ${HPOS}`
  : 'a stand-in for WooCommerce';
console.log(`WordPress ${site.wordpress}, ${store}, ${site.sqlite ? 'SQLite' : 'MariaDB'}`);

const port = await freePort();
const log = `${run}/debug.log`;
const env = {
  ...environment(site, database.host, `http://127.0.0.1:${port}`, log),
  NIVELLA_RUN: run,
  // A job that an earlier test left would run beside a later one.
  WP_JOBS_WAIT: '1',
  HPOS,
};
php('activate.php', [HPOS === 'yes' ? 'tables' : 'posts'], env);
const how = { port, env, log: `${run}/server.log`, mails: `${run}/mails.txt`, workers: 8 };
const server = await serve(site.folder, how);

// What is about MariaDB itself: its locks, its connections, being killed.
const without = site.sqlite ? ['--exclude-group', 'mariadb'] : [];
const suite = ['-c', at('tests/php'), '--testsuite', 'wordpress', ...without];
const args = [...suite, ...process.argv.slice(2)];
const command = dyingWithUs('phpunit', args);
const child = spawn(...command, { env: { ...process.env, ...env }, stdio: 'inherit' });
// Whoever interrupts this interrupts PHPUnit too, and its end is waited for.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill());
const [status] = await once(child, 'exit');
await server.stop();
await database.stop();

// What PHP complains of, in any process and behind any request, is a fault too.
const logs = [log, `${run}/server.log`].filter((file) => existsSync(file));
const complaints = logs
  .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
  .filter((line) => /PHP (Warning|Notice|Deprecated|Fatal|Parse)/.test(line))
  .filter((line) => /nivella/i.test(line));
if (complaints.length > 0) console.log(['PHP complained:', ...new Set(complaints)].join('\n'));
rmSync(run, { recursive: true, force: true });
process.exitCode = complaints.length > 0 ? 1 : (status ?? 1);
