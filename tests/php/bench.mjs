/**
 * Figures of the plugin on a real WordPress with a database of its own:
 *
 *     node tests/php/bench.mjs [script of tests/php/bench, else all]
 *
 * Nothing else should run on the machine meanwhile.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { startDatabase } from '../../pkg/store/database.mjs';
import { environment, installInto, php } from '../../pkg/store/installed.mjs';
import { prepareSite } from '../../pkg/store/site.mjs';
import { at } from '../../pkg/build/paths.mjs';

const { HPOS = 'no' } = process.env;
const site = prepareSite();
const run = at('target/wordpress/runs', `bench-${process.pid}`);
await installInto(site, `${run}/data`);
const database = await startDatabase(`${run}/data`);
const env = {
  ...environment(site, database.host, 'http://127.0.0.1:1', `${run}/debug.log`),
  NIVELLA_DB_PID: String(database.pid),
};
php('activate.php', [HPOS === 'yes' ? 'tables' : 'posts'], env);
console.log(`WordPress ${site.wordpress}`);

const all = readdirSync(at('tests/php/bench')).filter((name) => name.endsWith('.php'));
const asked = process.argv.slice(2).map((name) => `${name}.php`);
let failed = false;
for (const script of asked.length > 0 ? asked : all) {
  const options = { env: { ...process.env, ...env }, stdio: 'inherit' };
  try {
    execFileSync('php', [at('tests/php/bench', script)], options);
  } catch {
    failed = true;
  }
}
await database.stop();
if (!failed) rmSync(run, { recursive: true, force: true });
process.exitCode = failed ? 1 : 0;
