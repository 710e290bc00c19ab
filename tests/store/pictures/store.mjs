/** A store for pictures: the plugin of this repo, a theme beside those that WordPress has. */
import { copyFileSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { at } from '../../../pkg/build/paths.mjs';
import {
  environment,
  installInto,
  openDatabase,
  php,
  runFolder,
} from '../../../pkg/store/installed.mjs';
import { freePort, serve } from '../../../pkg/store/server.mjs';
import { prepareSite } from '../../../pkg/store/site.mjs';

/** Opens it; what its scripts need stands in the environment then. */
export async function openStore({ THEME_DIR = '', HPOS = 'no' } = process.env) {
  const site = prepareSite();
  if (!site.woocommerce) throw new Error('WP_DIR=folder names a WordPress with WooCommerce');
  const theme = THEME_DIR ? basename(resolve(THEME_DIR)) : '';
  const content = join(site.folder, 'wp-content');
  const link = join(content, 'themes', theme || '-');
  if (theme && !existsSync(link)) symlinkSync(resolve(THEME_DIR), link);
  const direction = join(content, 'mu-plugins/nivella-pictures.php');
  copyFileSync(at('tests/store/pictures/direction.php'), direction);
  const run = runFolder('pictures');
  mkdirSync(run, { recursive: true });
  await installInto(site, `${run}/data`);
  const database = await openDatabase(site, `${run}/data`);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...environment(site, database.host, url, `${run}/debug.log`),
    NIVELLA_PICTURES: '1', STORE: url, NIVELLA_RUN: run,
  };
  php('activate.php', [HPOS === 'yes' ? 'tables' : 'posts'], env);
  php('seed.php', [], env);
  const files = { log: `${run}/server.log`, mails: `${run}/mails.txt` };
  const server = await serve(site.folder, { port, env, workers: 4, ...files });
  Object.assign(process.env, env);
  return {
    theme,
    async close() {
      await server.stop();
      await database.stop();
      rmSync(direction, { force: true });
      rmSync(run, { recursive: true, force: true });
    },
  };
}
