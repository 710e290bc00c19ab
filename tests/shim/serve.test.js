import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createProxy } from '../../www/demo/proxy.mjs';
import { createStoreApi } from '../../www/shim/store-api.js';
import { recording } from './recorded.js';

/** @type {(() => void)[]} */
const closing = [];
after(() => closing.forEach((close) => close()));

/** @param {Record<string, string>} [env] @returns {Promise<string>} its origin */
async function demo(env = {}) {
  const script = fileURLToPath(new URL('../../www/demo/serve.mjs', import.meta.url));
  const server = spawn(process.execPath, [script], {
    env: { ...process.env, STORE: '', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  closing.push(() => server.kill());
  const [said] = await once(server.stdout, 'data');
  return /http:\/\/localhost:\d+/.exec(String(said))?.[0] ?? '';
}

/** @typedef {import('node:http').IncomingHttpHeaders} Headers */
/** @typedef {{method: string, path: string, headers: Headers}} Seen */

/** A store of recordings, by method and path. @param {Record<string, string>} names */
async function recordedStore(names) {
  /** @type {Seen[]} */
  const seen = [];
  const server = createServer((asked, answer) => {
    const path = new URL(asked.url ?? '', 'http://x').pathname;
    seen.push({ method: asked.method ?? '', path, headers: asked.headers });
    const name = names[`${asked.method} ${path}`];
    if (!name) return answer.writeHead(500).end('not recorded');
    const { status, headers, body } = recording(name).response;
    for (const [key, value] of Object.entries(headers)) answer.setHeader(key, value);
    return answer.writeHead(status).end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => server.close());
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return { url: `http://127.0.0.1:${port}/`, seen };
}

/** A path as it is, which fetch would clean. @param {string} origin @param {string} path */
async function raw(origin, path, headers = {}) {
  const { port } = new URL(origin);
  const asked = request({ host: '127.0.0.1', port, path, headers });
  asked.end();
  const [answer] = await once(asked, 'response');
  answer.resume();
  return answer.statusCode;
}

test('files come with their type, a policy, and a tag', async () => {
  const origin = await demo();
  const page = await fetch(`${origin}/`);
  assert.equal(page.headers.get('Content-Type'), 'text/html; charset=utf-8');
  const policy = page.headers.get('Content-Security-Policy') ?? '';
  assert.match(policy, /script-src 'self' 'wasm-unsafe-eval';/);
  assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'/);
  const headers = { 'If-None-Match': page.headers.get('ETag') ?? '' };
  assert.equal((await fetch(`${origin}/`, { headers })).status, 304);
  assert.equal((await fetch(`${origin}/`, { method: 'POST' })).status, 405);
  assert.equal((await fetch(`${origin}/wp-json/wc/store/v1/products`)).status, 404);
});

test('nothing outside its two folders is served, and nothing to another name', async () => {
  const origin = await demo();
  const paths = [
    '/../../Cargo.toml',
    '/%2e%2e/%2e%2e/Cargo.toml',
    '/..%2f..%2fCargo.toml',
    '/..%5c..%5cCargo.toml',
    '/pkg/../../Cargo.toml',
    '/pkg/%2e%2e/Cargo.toml',
    '/pkg/..%2fpackage.json',
    '//etc/passwd',
    '/.git/config',
    '/%00',
    '/%E0%A4%A',
    '/index.html%00.js',
  ];
  for (const path of paths) assert.equal(await raw(origin, path), 404, path);
  assert.equal(await raw(origin, '/', { Host: 'evil.example' }), 421);
  assert.equal(await raw(origin, '/', { Host: 'localhost.evil.example' }), 421);
});

test('a real store is read through it: recorded packages, and a choice', async () => {
  const { url, seen } = await recordedStore({
    'GET /wp-json/wc/store/v1/products': 'products-list-tokens',
    'GET /wp-json/wc/store/v1/cart': 'cart-empty',
    'POST /wp-json/wc/store/v1/cart/add-item': 'add-item-ok',
  });
  const origin = await demo({ STORE: url });
  const store = createStoreApi({
    home: '/',
    page: `${origin}/`,
    session: { getItem: () => null, setItem: () => {} },
    lock: (_name, run) => run(),
  });
  assert.equal((await store.packages()).length, 6);
  assert.equal((await store.choose({ id: '10', quantity: 1 })).cart.totals.price, '1000');
  const add = seen.find(({ method }) => method === 'POST');
  assert.equal(add?.headers.nonce, 'eeacf867f2');
  assert.equal(add?.headers.origin, new URL(url).origin);
  assert.equal(add?.headers.host, new URL(url).host);
});

test('cookies become its own, and only the headers that the shim reads come back', async () => {
  const { url, seen } = await recordedStore({
    'POST /wp-json/wc/store/v1/cart/add-item': 'add-item-ok',
  });
  const origin = await demo({ STORE: url });
  const answer = await fetch(`${origin}/wp-json/wc/store/v1/cart/add-item`, {
    method: 'POST',
    headers: { Cookie: 'a=1', Nonce: 'n', 'Cart-Token': 't', 'X-Other': 'x' },
    body: '{"id":10,"quantity":1}',
  });
  assert.deepEqual(answer.headers.getSetCookie().slice(0, 2), [
    'woocommerce_items_in_cart=1; path=/',
    'woocommerce_cart_hash=25203e696542f1d3b2687f50ea6a4a31; path=/',
  ]);
  for (const name of ['cart-token', 'access-control-allow-credentials', 'link']) {
    assert.equal(answer.headers.get(name), null, name);
  }
  assert.equal(answer.headers.get('nonce'), 'eeacf867f2');
  const { cookie, 'cart-token': token, 'x-other': other } = seen[0]?.headers ?? {};
  assert.deepEqual([cookie, token, other], ['a=1', undefined, undefined]);
});

test('only what the demo needs is passed on', async () => {
  const { url, seen } = await recordedStore({});
  const origin = await demo({ STORE: url });
  const refused = [
    ['GET', '/wp-json/wp/v2/users'],
    ['GET', '/?rest_route=/wp/v2/users'],
    ['POST', '/wp-json/wc/store/v1/checkout'],
    ['GET', '/wp-json/wc/store/v1/order/34'],
    ['POST', '/wp-json/wc/store/v1/batch'],
    ['PUT', '/wp-json/nivella-credits/v1/balance'],
  ];
  for (const [method = '', path = ''] of refused) {
    assert.equal((await fetch(origin + path, { method })).status, 404, path);
  }
  assert.deepEqual(seen, []);
  const long = { method: 'POST', body: 'x'.repeat(70_000) };
  assert.equal((await fetch(`${origin}/wp-json/nivella-credits/v1/use`, long)).status, 413);
});

test('a store that does not answer: 503 store_unreachable', async () => {
  const origin = await demo({ STORE: 'http://127.0.0.1:9/' });
  const answer = await fetch(`${origin}/wp-json/wc/store/v1/cart`);
  assert.equal(answer.status, 503);
  assert.equal((await answer.json()).code, 'store_unreachable');
});

/** A server on a free port. @param {import('node:http').RequestListener} answer */
async function listening(answer) {
  const server = createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
}

const SLOW = /** @type {[string, import('node:http').RequestListener][]} */ ([
  ['never begins to answer', () => {}],
  ['never ends its answer', (_asked, answer) => void answer.writeHead(200).write('{"items":')],
]);
for (const [what, silent] of SLOW) {
  test(`a store that ${what}: 503 store_unreachable, when patience is over`, async () => {
    const proxy = createProxy(new URL(await listening(silent)), 60);
    const origin = await listening(async (asked, answer) => {
      await proxy(asked, answer, new URL(asked.url ?? '/', 'http://localhost'));
    });
    const start = performance.now();
    const answer = await fetch(`${origin}wp-json/wc/store/v1/cart`);
    const waited = performance.now() - start;
    assert.ok(waited >= 50 && waited < 8000, `${waited} ms`);
    assert.equal(answer.status, 503);
    assert.equal((await answer.json()).code, 'store_unreachable');
  });
}

test('the page is told of the store, its checkout and its name', async () => {
  const { url } = await recordedStore({});
  const origin = await demo({ STORE: `${url}shop` });
  const { host } = new URL(url);
  assert.deepEqual(await (await fetch(`${origin}/demo-config.json`)).json(), {
    store: '/',
    label: host,
    url: `${url}shop/`,
    checkout: `${url}shop/checkout/`,
    storeName: host,
  });
});
