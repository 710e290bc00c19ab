/**
 * A WordPress on SQLite, for trying: with the plugin "SQLite Database Integration", from a folder
 * that is only read. Nothing here fetches it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** From this version on a transaction keeps other writers away from its first statement. */
const OLDEST = 3;

/**
 * The plugin in the folder SQLITE_DIR.
 * @param {string | undefined} given
 * @returns {{ folder: string, version: string } | null} null where none is asked for
 */
export function sqlitePlugin(given) {
  if (!given) return null;
  const folder = resolve(given);
  const file = join(folder, 'wp-includes/database/version.php');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const version = /'SQLITE_DRIVER_VERSION',\s*'([^']+)'/.exec(text)?.[1] ?? '';
  if (!existsSync(join(folder, 'db.copy')) || !(Number.parseInt(version, 10) >= OLDEST)) {
    throw new Error(`no SQLite Database Integration in SQLITE_DIR=${given}: it needs the folder of
  that WordPress plugin, ${OLDEST}.0 or later, unpacked, as wordpress.org offers it`);
  }
  const { stdout } = spawnSync('php', ['-m'], { encoding: 'utf8' });
  if (!/^pdo_sqlite$/im.test(stdout ?? '')) {
    throw new Error('PHP lacks pdo_sqlite: apt-get install php-sqlite3');
  }
  return { folder, version };
}

/**
 * What WordPress loads in the place of its own database, for a plugin that lies elsewhere.
 * @param {string} folder of the plugin
 * @returns {string}
 */
export function dropIn(folder) {
  return readFileSync(join(folder, 'db.copy'), 'utf8')
    .replaceAll('{SQLITE_IMPLEMENTATION_FOLDER_PATH}', folder.replaceAll("'", "\\'"))
    .replaceAll('{SQLITE_PLUGIN}', 'sqlite-database-integration/load.php');
}

/**
 * A database in a folder: nothing is started. wp-config.php knows it by its host.
 * @param {string} folder
 * @returns {import('./database.mjs').Database}
 */
export const openSqlite = (folder) => ({ host: `sqlite:${folder}`, stop: async () => {} });
