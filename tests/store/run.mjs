/**
 * `make test-store`: everything that wants the real WooCommerce, in a store that is made for it.
 *
 *     WP_DIR=folder node tests/store/run.mjs [words of test files' names]
 *
 * WP_DIR (with WooCommerce in it) or WOO_DIR names where it is; both are only read. The tests of
 * this folder run against a store without the plugin; those in `plugin`, with it installed from its
 * zip, and the plugin's own tests, once with orders among posts and once with orders in tables of
 * their own (HPOS). Each store has a folder of its own, so two runs may go side by side.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { at } from '../../pkg/build/paths.mjs';
import { writeZip } from '../../pkg/build/zip.mjs';
import { openStore } from '../../pkg/store/opened.mjs';
import { prepareSite } from '../../pkg/store/site.mjs';

const words = process.argv.slice(2);
// Who names a part is at work on it, and wants an answer soon.
const { NIVELLA_FULL = words.length === 0 ? '1' : '' } = process.env;
const chosen = (/** @type {string} */ name) =>
  words.length === 0 || words.some((word) => name.includes(word));

/** @param {string[]} command @param {Record<string, string>} env @returns {Promise<boolean>} */
async function passes([program = '', ...args], env) {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: 'inherit' });
  const [status] = await once(child, 'exit');
  return status === 0;
}

/** @param {string} folder @returns {string[]} */
const testsIn = (folder) =>
  (existsSync(at(folder)) ? readdirSync(at(folder)) : [])
    .filter((name) => name.endsWith('.test.mjs') && chosen(name))
    .map((name) => join(folder, name));

/**
 * Files of tests against a store that is made for them.
 * @param {string[]} tests
 * @param {{ plugin: boolean, HPOS: string }} how
 */
async function overHttp(tests, { plugin, HPOS }) {
  if (tests.length === 0) return true;
  const orders = HPOS === 'yes' ? 'tables' : 'posts';
  /** @type {import('../../pkg/store/opened.mjs').Script[]} */
  const scripts = plugin ? [['upload.php', await writeZip()], ['activate.php', orders]] : [];
  const store = await openStore(prepareSite(process.env, { linked: false }), {
    name: 'store',
    apart: true,
    scripts: [...scripts, ['seed.php']],
    workers: 8,
  });
  try {
    const own = { ...store.env, HPOS, STORE: store.url, NIVELLA_RUN: store.run, NIVELLA_FULL };
    // Where odd products may be put; who opens a store of its own needs the given one.
    /** @type {Record<string, string>} */
    const odd = plugin ? {} : { WP_DIR: store.env.NIVELLA_SITE ?? '' };
    // One store for all: one file after the other.
    const node = ['node', '--test', '--test-reporter=spec', '--test-concurrency=1'];
    return await passes([...node, ...tests], { ...own, ...odd });
  } finally {
    await store.close();
  }
}

const site = prepareSite();
if (!site.woocommerce) {
  console.error(`test-store: no WooCommerce. Name a folder that has it; it is only read:
  make test-store WP_DIR=folder     a WordPress with WooCommerce
  make test-store WOO_DIR=folder    the plugin WooCommerce, unpacked, as wordpress.org offers it`);
  process.exit(2);
}
let ok = await overHttp(testsIn('tests/store'), { plugin: false, HPOS: 'no' });
for (const HPOS of /** @type {const} */ (['no', 'yes'])) {
  console.log(`\n== WooCommerce ${site.woocommerce}, HPOS ${HPOS}`);
  const own = ['node', 'tests/php/wordpress.mjs'];
  if (chosen('wordpress')) ok = (await passes(own, { HPOS, NIVELLA_FULL })) && ok;
  ok = (await overHttp(testsIn('tests/store/plugin'), { plugin: true, HPOS })) && ok;
}
process.exitCode = ok ? 0 : 1;
