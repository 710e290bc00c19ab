/**
 * Figures of the plugin on a real WordPress with a database of its own:
 *
 *     node tests/php/bench.mjs [script of tests/php/bench, else all]
 *
 * Nothing else should run on the machine meanwhile.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { openStore } from '../../pkg/store/opened.mjs';
import { prepareSite } from '../../pkg/store/site.mjs';
import { at } from '../../pkg/build/paths.mjs';
import { budgets } from '../bench/budgets.mjs';

const { HPOS = 'no' } = process.env;
const site = prepareSite();
const store = await openStore(site, {
  name: 'bench',
  scripts: [['activate.php', HPOS === 'yes' ? 'tables' : 'posts']],
  workers: 8,
});
const woo = site.woocommerce ? `WooCommerce ${site.woocommerce}` : 'a stand-in for WooCommerce';
console.log(`WordPress ${site.wordpress}, ${woo}`);

const all = readdirSync(at('tests/php/bench')).filter((name) => name.endsWith('.php'));
const asked = process.argv.slice(2).map((name) => `${name}.php`);
let failed = false;
for (const script of asked.length > 0 ? asked : all) {
  try {
    execFileSync('php', [at('tests/php/bench', script)], {
      env: { ...process.env, ...store.env, NIVELLA_BUDGETS: JSON.stringify(budgets) },
      stdio: 'inherit',
    });
  } catch {
    failed = true;
  }
}
await store.close({ keep: failed });
process.exitCode = failed ? 1 : 0;
