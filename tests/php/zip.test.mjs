/** The zip, installed and activated as a store owner does it, on a WordPress that never saw it. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  environment,
  installInto,
  openDatabase,
  php,
  runFolder,
} from '../../pkg/store/installed.mjs';
import { freePort, serve } from '../../pkg/store/server.mjs';
import { debian, prepareSite } from '../../pkg/store/site.mjs';
import { at } from '../../pkg/build/paths.mjs';
import { writeZip, zipOf } from '../../pkg/build/zip.mjs';

const plugin = at('www/nivella-credits');

describe('what is in the zip', () => {
  test('all that the plugin needs, and nothing of its making', async () => {
    const { name, files } = await zipOf();
    assert.match(name, /^nivella-credits-\d+\.\d+\.\d+\.zip$/);
    for (const file of ['nivella-credits.php', 'readme.txt', 'license.txt', 'uninstall.php']) {
      assert.ok(files.includes(file), file);
    }
    const assets = files.filter((file) => file.startsWith('assets/'));
    assert.equal(assets.filter((file) => file.endsWith('.wasm')).length, 3);
    // Names that change with the content: a browser may keep each for ever.
    const folders = new Set(assets.map((file) => file.split('/')[1]));
    assert.deepEqual([...folders].filter((name) => !/^[0-9a-f]{12}$/.test(String(name))), [
      'build.json',
    ]);
    const foreign = files.filter((file) => !/\.(php|js|css|json|wasm|txt|pot|mo|svg)$/.test(file));
    assert.deepEqual(foreign, []);
    const making = /(^|\/)(\.|tests?\/|node_modules\/|target\/)/;
    assert.deepEqual(files.filter((file) => making.test(file)), []);
  });

  test('the same sources make the same bytes, wherever and whenever', async () => {
    const copy = mkdtempSync(join(tmpdir(), 'nivella-zip-'));
    const own = process.env.TZ;
    try {
      cpSync(plugin, join(copy, 'plugin'), { recursive: true });
      utimesSync(join(copy, 'plugin/readme.txt'), 1e9, 1e9);
      process.env.TZ = 'Asia/Tokyo';
      const there = await zipOf(join(copy, 'plugin'));
      process.env.TZ = 'America/Denver';
      const here = await zipOf();
      assert.ok(there.bytes.equals(here.bytes));
    } finally {
      if (own === undefined) delete process.env.TZ;
      else process.env.TZ = own;
      rmSync(copy, { recursive: true });
    }
  });
});

const skip = !existsSync(debian) && 'bash pkg/build/setup.sh wordpress';
describe('the zip in a WordPress', { skip }, () => {
  const run = runFolder('zip');
  /** @type {(() => Promise<void>)[]} */
  const stops = [];
  let url = '';
  let folder = '';
  /** @type {Record<string, string>} */
  let env = {};
  before(async () => {
    const site = prepareSite({}, { linked: false });
    folder = join(site.folder, 'wp-content/plugins/nivella-credits');
    rmSync(folder, { recursive: true, force: true });
    await installInto(site, `${run}/data`);
    const database = await openDatabase(site, `${run}/data`);
    stops.unshift(() => database.stop());
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    env = environment(site, database.host, url, `${run}/debug.log`);
    php('upload.php', [await writeZip()], env);
    php('activate.php', ['posts'], env);
    php('seed.php', [], env);
    const how = { port, env, log: `${run}/server.log`, mails: `${run}/mails.txt`, workers: 2 };
    const server = await serve(site.folder, how);
    stops.unshift(() => server.stop());
  });
  after(async () => {
    for (const stop of stops) await stop();
    rmSync(run, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  });

  test('it answers its routes, and a page has the module of this build', async () => {
    const rest = await (await fetch(`${url}/wp-json/nivella-credits/v1`)).json();
    assert.ok('/nivella-credits/v1/balance' in rest.routes);
    const page = "array( 'post_type' => 'page', 'post_status' => 'publish', 'post_title' => "
      + "'Credits', 'post_content' => '[nivella_credit_pill]' )";
    const load = at('pkg/store/load.php');
    const code = `require '${load}'; wp_insert_post( ${page} );`;
    execFileSync('php', ['-r', code], { env: { ...process.env, ...env } });
    const html = await (await fetch(`${url}/credits/`)).text();
    assert.match(html, /<nivella-credit-pill>Credits<\/nivella-credit-pill>/);
    assert.match(html, /plugins\/nivella-credits\/assets\/[0-9a-f]{12}\/nivella-credits\.js/);
  });

  test('every script is served as a script, every module as WebAssembly', async () => {
    const build = JSON.parse(readFileSync(join(folder, 'assets/build.json'), 'utf8'));
    const base = `${url}/wp-content/plugins/nivella-credits/assets/${build.folder}`;
    const files = readdirSync(join(folder, 'assets', build.folder));
    for (const file of files.filter((name) => name !== 'locales')) {
      const answer = await fetch(`${base}/${file}`);
      const type = file.endsWith('.wasm') ? 'application/wasm' : 'application/javascript';
      assert.equal(answer.headers.get('content-type')?.split(';')[0], type, file);
      await answer.arrayBuffer();
    }
  });

  test('nothing of it complains', () => {
    const log = `${run}/debug.log`;
    const said = existsSync(log) ? readFileSync(log, 'utf8') : '';
    assert.deepEqual(said.split('\n').filter((line) => /nivella/i.test(line)), []);
  });
});

test('make zip says what it made', () => {
  const said = execFileSync(process.execPath, [at('pkg/build/zip.mjs')], { encoding: 'utf8' });
  assert.match(said, /^target\/nivella-credits-[\d.]+\.zip: \d+ KB/);
});
