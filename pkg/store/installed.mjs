/**
 * The data of an installed WordPress: made once for each pair of WordPress and WooCommerce, copied
 * for whoever runs it, so that every run begins alike.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { at } from '../build/paths.mjs';
import { filesBelow } from '../build/step.mjs';
import { createDatabase, startDatabase } from './database.mjs';
import { openSqlite } from './sqlite.mjs';

/** @typedef {import('./site.mjs').Site} Site */

/** What decides how the installed data look. */
const inputs = [
  ...['install.php', 'load.php', 'wp-config.php'].map((name) => at('pkg/store', name)),
  ...['database.mjs', 'installed.mjs', 'sqlite.mjs'].map((name) => at('pkg/store', name)),
  at('tests/php/support/woocommerce'),
];

/** @param {Site} site */
function keyOf(site) {
  const hash = createHash('sha256').update(site.key);
  for (const file of filesBelow(inputs)) hash.update(`\0${file}\0`).update(readFileSync(file));
  return hash.digest('hex').slice(0, 12);
}

/** @param {number} pid */
function alive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/**
 * A folder for one run; what runs that were killed have left is removed.
 * @param {string} name
 * @returns {string}
 */
export function runFolder(name) {
  const runs = at('target/wordpress/runs');
  for (const left of existsSync(runs) ? readdirSync(runs) : []) {
    const of = Number.parseInt(left, 10);
    if (of !== process.pid && !alive(of)) rmSync(`${runs}/${left}`, { recursive: true });
  }
  return `${runs}/${process.pid}-${name}`;
}

/**
 * What PHP must be told to find this WordPress and its data.
 * @param {Site} site @param {string} host @param {string} url @param {string} log
 * @returns {Record<string, string>}
 */
export function environment(site, host, url, log) {
  const woo = site.woocommerce ?? '';
  return {
    NIVELLA_SITE: site.folder,
    NIVELLA_WOOCOMMERCE: woo,
    WP_DB_HOST: host,
    WP_URL: url,
    WP_LOG: log,
  };
}

/**
 * Runs one of the scripts of this folder in the site.
 * @param {string} script @param {string[]} args @param {Record<string, string>} env
 * @returns {string} what it printed
 */
export function php(script, args, env) {
  return execFileSync('php', [at('pkg/store', script), ...args], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/**
 * Starts the database whose data lie in a folder.
 * @param {Site} site @param {string} folder @param {{ again?: boolean }} [how]
 */
export async function openDatabase(site, folder, how = {}) {
  return site.sqlite ? openSqlite(folder) : startDatabase(folder, how);
}

/** @param {Site} site @returns {Promise<string>} the folder of the data; never to be run itself */
async function template(site) {
  const folder = at('target/wordpress', `data-${keyOf(site)}`);
  if (existsSync(folder)) return folder;
  const started = performance.now();
  const part = `${folder}.${process.pid}`;
  rmSync(part, { recursive: true, force: true });
  if (site.sqlite) mkdirSync(part, { recursive: true });
  else await createDatabase(part);
  const database = await openDatabase(site, part);
  try {
    const env = environment(site, database.host, 'http://127.0.0.1:8080', `${part}/debug.log`);
    php('install.php', ['wordpress'], env);
    php('install.php', ['store'], env);
  } finally {
    await database.stop();
  }
  rmSync(`${part}/mariadbd.log`, { force: true });
  if (existsSync(folder)) rmSync(part, { recursive: true });
  else renameSync(part, folder);
  console.log(`WordPress installed: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return folder;
}

/**
 * Copies the installed data to a folder, unless it has some already.
 * @param {Site} site @param {string} folder
 */
export async function installInto(site, folder) {
  if (existsSync(folder)) return;
  const from = await template(site);
  mkdirSync(`${folder}/..`, { recursive: true });
  execFileSync('cp', ['-a', '--sparse=always', '--reflink=auto', from, `${folder}.part`]);
  renameSync(`${folder}.part`, folder);
}
