/**
 * The demo's server: files, and with `STORE=URL` a narrow way to a real store, so that the browser
 * sees one origin (a store grants no other). For this machine only.
 *
 *     node www/demo/serve.mjs              PORT=8080, no store: everything lives in the browser
 *     STORE=https://shop.example node …    packages, prices and the cart of that store
 */
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { createProxy } from './proxy.mjs';

const demo = fileURLToPath(new URL('.', import.meta.url));
const pkg = fileURLToPath(new URL('../../pkg/', import.meta.url));
const compress = promisify(brotliCompress);

/** @type {Record<string, string>} */
const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.ts': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
};
const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ');
const HEADERS = {
  'Content-Security-Policy': POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Cache-Control': 'no-cache',
};

/** @typedef {import('node:http').IncomingMessage} Incoming */
/** @typedef {import('node:http').ServerResponse} Outgoing */

/** @param {string | undefined} text @returns {URL | null} */
function storeOf(text) {
  if (!text) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol)) {
    console.error(`STORE is not a web address: ${text}`);
    process.exit(1);
  }
  const path = url.pathname.endsWith('/') ? url.pathname : `${url.pathname}/`;
  return new URL(path, url);
}

/** What the page is told of the store. @param {URL} store */
const configOf = (store) =>
  JSON.stringify({
    store: '/',
    label: store.host,
    url: store.href,
    checkout: new URL('checkout/', store).href,
    storeName: store.host,
  });

/** @param {string} pathname @returns {string | null} a file's path; null for what is not served */
function fileOf(pathname) {
  let path;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (path.endsWith('/')) path += 'index.html';
  const [root, rest] = path.startsWith('/pkg/') ? [pkg, path.slice(5)] : [demo, path.slice(1)];
  const file = normalize(join(root, rest));
  const hidden = path.includes('\0') || path.includes('\\') || /(^|\/)\./.test(path);
  const inside = file.startsWith(root.endsWith(sep) ? root : root + sep);
  return hidden || !inside || !TYPES[extname(file)] ? null : file;
}

/** @type {Map<string, Promise<Buffer>>} by file and date */
const small = new Map();

/** @param {Buffer} bytes @param {string} key */
function brotli(bytes, key) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  const made = small.get(key) ?? compress(bytes, { params });
  small.set(key, made);
  return made;
}

/** @param {Incoming} request @param {Outgoing} response @param {string} pathname */
async function serveFile(request, response, pathname) {
  const file = fileOf(pathname);
  const bytes = file && (await readFile(file).catch(() => null));
  if (!file || !bytes) return end(response, 404, 'Not found');
  const etag = `"${(await stat(file)).mtimeMs.toString(36)}-${bytes.length.toString(36)}"`;
  response.setHeader('ETag', etag);
  response.setHeader('Content-Type', TYPES[extname(file)] ?? '');
  response.setHeader('Vary', 'Accept-Encoding');
  if (request.headers['if-none-match'] === etag) return end(response, 304);
  const asked = String(request.headers['accept-encoding'] ?? '');
  if (!/\bbr\b/.test(asked) || extname(file) === '.png') return end(response, 200, bytes);
  response.setHeader('Content-Encoding', 'br');
  return end(response, 200, await brotli(bytes, file + etag));
}

/** @param {Outgoing} response @param {number} status @param {string | Buffer} [body] */
function end(response, status, body) {
  response.statusCode = status;
  if (!response.hasHeader('Content-Type')) response.setHeader('Content-Type', 'text/plain');
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

/** A page elsewhere that points its name at this machine gets nothing. @param {Incoming} request */
const isHere = ({ headers }) =>
  /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(headers.host ?? '');

const store = storeOf(process.env.STORE);
const proxy = store && createProxy(store);

const server = createServer(async (request, response) => {
  try {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    if (!isHere(request)) return end(response, 421, 'This server is for its own machine only');
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (proxy && (await proxy(request, response, url))) return undefined;
    if (!['GET', 'HEAD'].includes(request.method ?? '')) return end(response, 405, 'Not allowed');
    if (store && url.pathname === '/demo-config.json') {
      response.setHeader('Content-Type', TYPES['.json'] ?? '');
      return end(response, 200, configOf(store));
    }
    return await serveFile(request, response, url.pathname);
  } catch (error) {
    console.error(error);
    return response.headersSent ? response.destroy() : end(response, 500, 'Failed');
  }
});

const port = Number(process.env.PORT || 8080);
server.on('error', (error) => {
  const taken = 'code' in error && error.code === 'EADDRINUSE';
  console.error(taken ? `Port ${port} is taken: make demo PORT=8081` : error.message);
  process.exit(1);
});
server.listen(port, '127.0.0.1', () => {
  const address = server.address();
  const bound = typeof address === 'object' ? address?.port : port;
  console.log(`http://localhost:${bound}/${store ? `  with the store ${store.href}` : ''}`);
});
