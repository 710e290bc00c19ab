/** A store for pictures: the plugin of this repo, a theme beside those that WordPress has. */
import { copyFileSync, existsSync, rmSync, symlinkSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { at } from '../../../pkg/build/paths.mjs';
import { openStore as open } from '../../../pkg/store/opened.mjs';
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
  const more = { NIVELLA_PICTURES: '1' };
  const orders = HPOS === 'yes' ? 'tables' : 'posts';
  const store = await open(site, { name: 'pictures', orders, more });
  Object.assign(process.env, store.env, more, { STORE: store.url, NIVELLA_RUN: store.run });
  return {
    theme,
    async close() {
      await store.close();
      rmSync(direction, { force: true });
    },
  };
}
