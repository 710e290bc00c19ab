/**
 * A picture of each screen that a buyer meets, for people to look at:
 *
 *     WP_DIR=folder [THEME_DIR=folder] [HPOS=yes] node tests/store/pictures.mjs [words]
 *
 * WP_DIR has WooCommerce and the theme Twenty Twenty-Five, THEME_DIR is a theme without blocks;
 * both are only read. Words choose screens by parts of their names, such as `checkout`, and behind
 * an `@` looks, such as `@rtl`; `readme` takes the five of the readme. They are in target/pictures.
 */
import { openStore } from './pictures/store.mjs';

const words = process.argv.slice(2);
const looks = words.filter((word) => word.startsWith('@')).map((word) => word.slice(1));
const store = await openStore();
try {
  // Its parts read where the store is when they are loaded.
  const { fill } = await import('./pictures/album.mjs');
  await fill(words.filter((word) => !word.startsWith('@')), looks, store.theme);
} finally {
  await store.close();
}
