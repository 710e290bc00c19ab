/** `make store` and `make test-store`, as a person runs them, on Debian's WordPress. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { at } from '../../pkg/build/paths.mjs';
import { runFolder } from '../../pkg/store/installed.mjs';
import { freePort } from '../../pkg/store/server.mjs';
import { debian, older } from '../../pkg/store/site.mjs';

const env = { ...process.env, WP_DIR: '', WOO_DIR: '', SQLITE_DIR: '', HPOS: '' };

/** @param {string} data @param {number} port */
async function start(data, port) {
  const own = { ...env, PORT: String(port), STORE_DATA: data };
  const child = spawn(process.execPath, [at('pkg/store/run.mjs')], { env: own });
  let said = '';
  for (const output of [child.stdout, child.stderr]) {
    output.setEncoding('utf8').on('data', (/** @type {string} */ text) => (said += text));
  }
  const gone = once(child, 'exit');
  const told = async () => {
    while (!said.includes('to begin anew')) {
      if (child.exitCode !== null) throw new Error(`it ended: ${said}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return said;
  };
  return { child, gone, told, said: () => said };
}

describe('make store', { skip: !existsSync(debian) && 'bash pkg/build/setup.sh wordpress' }, () => {
  const data = runFolder('make-store');
  /** @type {Awaited<ReturnType<typeof start>>} */
  let store;
  let port = 0;
  before(async () => {
    port = await freePort();
    store = await start(data, port);
    await store.told();
  });
  after(async () => {
    store.child.kill('SIGINT');
    await store.gone;
    rmSync(data, { recursive: true, force: true });
  });
  const url = (/** @type {string} */ path) => `http://127.0.0.1:${port}${path}`;

  test('it says where it is, who may sign in, and what is missing', () => {
    const said = store.said();
    assert.match(said, new RegExp(`http://127\\.0\\.0\\.1:${port}/\n  WordPress 6\\.[789]`));
    assert.match(said, /without WooCommerce/);
    assert.match(said, /make store WP_DIR=folder/);
    assert.match(said, /make store WOO_DIR=folder/);
    assert.match(said, /customer, customer/);
  });

  test('pages, REST and files are served', async () => {
    const home = await fetch(url('/'));
    assert.equal(home.status, 200);
    assert.match(await home.text(), /Nivella Store/);
    const rest = await fetch(url('/wp-json/'));
    assert.equal((await rest.json()).name, 'Nivella Store');
    const file = await fetch(url('/wp-content/plugins/nivella-credits/readme.txt'));
    assert.match(await file.text(), /=== Nivella Credits ===/);
    assert.equal((await fetch(url('/no-such-page/'))).status, 404);
  });

  test('the customer signs in, and the packages are there', async () => {
    const body = new URLSearchParams({ log: 'customer', pwd: 'customer' });
    const headers = { Cookie: 'wordpress_test_cookie=WP%20Cookie%20check' };
    const how = { method: 'POST', body, headers, redirect: /** @type {const} */ ('manual') };
    const answer = await fetch(url('/wp-login.php'), how);
    assert.match(String(answer.headers.getSetCookie()), /wordpress_logged_in_/);
    const found = await (await fetch(url('/wp-json/wp/v2/search?search=AI+Credits'))).json();
    assert.equal(found.length, 6);
  });

  test('mails are kept in a file', async () => {
    const body = new URLSearchParams({ user_login: 'customer' });
    await fetch(url('/wp-login.php?action=lostpassword'), { method: 'POST', body });
    assert.match(readFileSync(`${data}/mails.txt`, 'utf8'), /To: customer@example\.com/);
  });

  test('a port that is taken is said, and the store that has it goes on', async () => {
    const other = `${data}-other`;
    const second = await start(other, port);
    const [status] = await second.gone;
    rmSync(other, { recursive: true, force: true });
    assert.equal(status, 1);
    assert.match(second.said(), new RegExp(`port ${port} is taken`));
    assert.equal((await fetch(url('/'))).status, 200);
  });

  test('stopped and started again it has kept its data', async () => {
    const before = await (await fetch(url('/wp-json/wp/v2/search?search=AI+Credits'))).json();
    store.child.kill('SIGINT');
    assert.deepEqual(await store.gone, [0, null]);
    await assert.rejects(fetch(url('/')));
    store = await start(data, port);
    await store.told();
    const later = await (await fetch(url('/wp-json/wp/v2/search?search=AI+Credits'))).json();
    assert.deepEqual(later, before);
  });
});

test('make test-store says what it needs', () => {
  const { status, stderr } = spawnSync(process.execPath, [at('tests/store/run.mjs')], {
    env,
    encoding: 'utf8',
  });
  assert.equal(status, 2);
  assert.match(stderr, /make test-store WP_DIR=folder/);
});

test('a folder without WordPress is named', () => {
  const needs = {
    WP_DIR: 'WordPress',
    WOO_DIR: 'WooCommerce',
    SQLITE_DIR: 'SQLite Database Integration',
  };
  for (const [name, what] of Object.entries(needs)) {
    const own = { ...env, [name]: at('tests/vectors') };
    const script = at('pkg/store/run.mjs');
    const run = spawnSync(process.execPath, [script], { env: own, encoding: 'utf8' });
    assert.equal(run.status, 1);
    assert.match(run.stderr, new RegExp(`no ${what} in .*tests/vectors`));
  }
});

test('versions are compared by their numbers', () => {
  for (const [a, b, expected] of /** @type {const} */ ([
    ['6.6.2', '6.7', true],
    ['6.7', '6.7', false],
    ['6.7-RC1', '6.7', false],
    ['6.10', '6.7', false],
    ['10.0', '9.9.5', false],
    ['5', '6.7', true],
  ])) {
    assert.equal(older(a, b), expected, `${a} < ${b}`);
  }
});
