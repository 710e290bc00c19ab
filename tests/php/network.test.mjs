/** The plugin on a network of sites: each site has a ledger of its own. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { test } from 'node:test';
import { at } from '../../pkg/build/paths.mjs';
import { environment, installInto, openDatabase, runFolder } from '../../pkg/store/installed.mjs';
import { debian, prepareSite } from '../../pkg/store/site.mjs';

const skip = !existsSync(debian) && 'bash pkg/build/setup.sh wordpress';

test('tables come and go with a site, and stay unless its own owner chose', { skip }, async () => {
  const run = runFolder('network');
  const site = prepareSite({});
  await installInto(site, `${run}/data`);
  const database = await openDatabase(site, `${run}/data`);
  const env = {
    ...process.env,
    ...environment(site, database.host, 'http://127.0.0.1', `${run}/debug.log`),
  };
  const php = (/** @type {string} */ step, WP_NETWORK = '') =>
    execFileSync('php', [at('tests/php/support/network.php'), step], {
      env: { ...env, WP_NETWORK },
      encoding: 'utf8',
    });
  try {
    php('make');
    const seen = JSON.parse(php('try', 'yes'));
    const all = seen.network[0];
    assert.ok(all.active && all.tables >= 10, JSON.stringify(all));
    const none = { tables: 0, active: false };
    const fresh = { posted: '0', plans: [], keys: 0, lane: 'yes', may: true };
    const own = { posted: '7', plans: ['p'], keys: 1, lane: 'no', may: true };
    assert.deepEqual(seen, {
      'one site': [none, all, none],
      network: [all, all, all],
      before: [fresh, fresh, fresh],
      after: [fresh, fresh, own],
      lane: [true, false, false, false, true],
      'new site': [all],
      'deleted site': [],
      uninstalled: [all, none, all],
    });
  } finally {
    await database.stop();
    rmSync(run, { recursive: true, force: true });
  }
});
