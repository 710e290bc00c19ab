/**
 * A folder that WordPress runs from: its own copy of WordPress, links to WooCommerce and, unless
 * it is to be installed, to the plugin of this repo. Where these come from is only read.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { at } from '../build/paths.mjs';
import { dropIn, sqlitePlugin } from './sqlite.mjs';

/**
 * @typedef {object} Site
 * @property {string} folder where WordPress lies
 * @property {string} wordpress its version
 * @property {string | null} woocommerce its version; null for the stand-in of the tests
 * @property {string | null} sqlite the version of what brings it; null for MariaDB
 * @property {string} key names these versions and places
 */

/** @typedef {{ WP_DIR?: string, WOO_DIR?: string, SQLITE_DIR?: string }} Given */

const OLDEST = '6.7';
export const debian = at('target/wordpress/debian/usr/share/wordpress');
const standIn = at('tests/php/support/woocommerce');

/** @param {string} file @param {RegExp} pattern @returns {string | null} */
function find(file, pattern) {
  return existsSync(file) ? (pattern.exec(readFileSync(file, 'utf8'))?.[1] ?? null) : null;
}

/** @param {string} folder of WordPress @returns {string | null} */
const wordpressVersion = (folder) =>
  find(join(folder, 'wp-includes/version.php'), /^\$wp_version = '([^']+)'/m);

/** @param {string} folder of WooCommerce @returns {string | null} */
const wooVersion = (folder) => find(join(folder, 'woocommerce.php'), /^ \* Version: (\S+)/m);

/** @param {string} a @param {string} b @returns {boolean} whether version a is older than b */
export function older(a, b) {
  const [left, right] = [a, b].map((text) => text.split(/[.-]/).map((part) => Number(part) || 0));
  for (let i = 0; i < 3; i++) {
    const difference = (left?.[i] ?? 0) - (right?.[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/**
 * Finds WordPress and WooCommerce, and what brings SQLite where that is asked for.
 * @param {Given} given folders; by default Debian's WordPress, and MariaDB
 */
export function sources({ WP_DIR, WOO_DIR, SQLITE_DIR }) {
  const core = resolve(WP_DIR || debian);
  const wordpress = wordpressVersion(core);
  if (!wordpress) {
    const way = WP_DIR ? `WP_DIR=${WP_DIR}` : 'bash pkg/build/setup.sh wordpress';
    throw new Error(`no WordPress in ${core} (${way})`);
  }
  if (older(wordpress, OLDEST)) throw new Error(`WordPress ${wordpress}: ${OLDEST} is the oldest`);
  const woo = resolve(WOO_DIR || join(core, 'wp-content/plugins/woocommerce'));
  const woocommerce = wooVersion(woo);
  if (WOO_DIR && !woocommerce) throw new Error(`no WooCommerce in WOO_DIR=${WOO_DIR}`);
  const sqlite = sqlitePlugin(SQLITE_DIR);
  return { core, wordpress, woo: woocommerce ? woo : standIn, woocommerce, sqlite };
}

/** @param {ReturnType<typeof sources>} from @param {boolean} linked @returns {string} */
function keyOf({ core, wordpress, woo, woocommerce, sqlite }, linked) {
  const all = sqlite ? [core, woo, sqlite.folder] : [core, woo];
  const places = all.map((place) => realpathSync(place));
  const how = readFileSync(at('pkg/store/site.mjs'));
  const hash = createHash('sha256').update(JSON.stringify([...places, linked])).update(how);
  const kind = sqlite ? '-sqlite' : '';
  return `${wordpress}-${woocommerce ?? 'alone'}${kind}-${hash.digest('hex').slice(0, 8)}`;
}

/** @param {string} to @param {ReturnType<typeof sources>} from @param {boolean} linked */
function build(to, { core, woo, sqlite }, linked) {
  const content = (/** @type {string[]} */ ...path) => join(to, 'wp-content', ...path);
  for (const folder of ['plugins', 'themes', 'uploads', 'mu-plugins']) {
    mkdirSync(content(folder), { recursive: true });
  }
  // WordPress finds itself by its files' real places, so links would lead back to the original.
  // What Debian's package leaves to other packages are links to nowhere.
  const filter = (/** @type {string} */ path) => existsSync(path);
  const own = readdirSync(core).filter((name) => /^(wp-(admin|includes)|.*\.php)$/.test(name));
  for (const name of own.filter((name) => name !== 'wp-config.php')) {
    cpSync(join(core, name), join(to, name), { recursive: true, dereference: true, filter });
  }
  const config = at('pkg/store/wp-config.php');
  writeFileSync(join(to, 'wp-config.php'), `<?php\nrequire '${config.replaceAll("'", "\\'")}';\n`);
  const themes = join(core, 'wp-content/themes');
  for (const theme of existsSync(themes) ? readdirSync(themes) : []) {
    symlinkSync(join(themes, theme), content('themes', theme));
  }
  symlinkSync(woo, content('plugins/woocommerce'));
  if (linked) symlinkSync(at('www/nivella-credits'), content('plugins/nivella-credits'));
  if (sqlite) {
    symlinkSync(sqlite.folder, content('plugins/sqlite-database-integration'));
    writeFileSync(content('db.php'), dropIn(sqlite.folder));
  }
}

/**
 * The folder, made where it is missing. Two runs at once may both make it; one is kept.
 * @param {Given} [given]
 * @param {{ linked?: boolean }} [how] `linked`: with the plugin of this repo, as it stands
 * @returns {Site}
 */
export function prepareSite(given = process.env, { linked = true } = {}) {
  const from = sources(given);
  const key = keyOf(from, linked);
  const folder = at('target/wordpress', `site-${key}`);
  if (!existsSync(folder)) {
    const part = `${folder}.${process.pid}`;
    rmSync(part, { recursive: true, force: true });
    build(part, from, linked);
    try {
      renameSync(part, folder);
    } catch (error) {
      rmSync(part, { recursive: true, force: true });
      if (!existsSync(folder)) throw error;
    }
  }
  const { wordpress, woocommerce, sqlite } = from;
  return { folder, wordpress, woocommerce, sqlite: sqlite?.version ?? null, key };
}
