/** A static file server on a free port of this machine, as strict as a careful host. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

/** @type {Record<string, string>} */
const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** The policy that everything of ours must work under. */
export const strictPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
].join('; ');

/** @typedef {import('node:http').IncomingMessage} Asked */
/**
 * @typedef {object} Answer
 * @property {string | Buffer} body
 * @property {string} [type]
 * @property {number} [status]
 * @property {Record<string, string>} [headers]
 */

/** @typedef {string | ((asked: Asked) => Answer | Promise<Answer>)} Page a text, or an answer */

/**
 * @typedef {object} Options
 * @property {Record<string, string>} [folders] address prefix, such as `/pkg/`, to folder
 * @property {Record<string, Page>} [pages] by exact path
 * @property {string} [policy] Content-Security-Policy
 * @property {boolean} [compress] brotli, as a good host serves text and wasm
 * @property {boolean} [isolated] the browser's clock then has steps of 5 us instead of 100
 */

/** @param {Buffer} bytes */
function brotli(bytes) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  return brotliCompressSync(bytes, { params });
}

/**
 * @param {Options} options
 * @returns {Promise<{ origin: string, requests: string[], close: () => Promise<void> }>}
 */
export async function serveFiles(options) {
  const { folders = {}, pages = {}, policy, compress = false, isolated = false } = options;
  /** @type {string[]} */
  const requests = [];
  /** @type {Map<string, Buffer>} */
  const compressed = new Map();

  /** @param {string} path @param {Asked} asked @returns {Promise<Answer | undefined>} */
  async function find(path, asked) {
    const page = pages[path];
    if (typeof page === 'function') return page(asked);
    if (page !== undefined) return { body: page, type: types[extname(path)] ?? types['.html'] };
    const prefix = Object.keys(folders).find((candidate) => path.startsWith(candidate));
    if (prefix === undefined || normalize(path) !== path) return undefined;
    const name = path.slice(prefix.length) || 'index.html';
    try {
      return { body: await readFile(join(folders[prefix], name)), type: types[extname(name)] };
    } catch {
      return undefined;
    }
  }

  /** @type {Answer} */
  const none = { body: 'none', status: 404 };

  const server = createServer(async (request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
    requests.push(pathname + search);
    const found = (await find(decodeURIComponent(pathname), request)) ?? none;
    /** @type {Record<string, string>} */
    const headers = { 'content-type': found.type ?? 'text/plain', 'cache-control': 'no-cache' };
    if (policy) headers['content-security-policy'] = policy;
    if (isolated) {
      headers['cross-origin-opener-policy'] = 'same-origin';
      headers['cross-origin-embedder-policy'] = 'require-corp';
    }
    Object.assign(headers, found.headers);
    /** @type {Buffer} */
    let body = Buffer.from(found.body);
    if (compress && String(request.headers['accept-encoding']).includes('br')) {
      const key = body.toString('latin1');
      const small = compressed.get(key) ?? brotli(body);
      compressed.set(key, small);
      headers['content-encoding'] = 'br';
      body = small;
    }
    response.writeHead(found.status ?? 200, headers).end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    origin: `http://localhost:${port}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
