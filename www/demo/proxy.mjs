/**
 * The narrow way from the demo's page to a real store: its products, the visitor's cart and the
 * ledger's REST, nothing else. Orders are placed at the store itself.
 */

/** @typedef {import('node:http').IncomingMessage} Incoming */
/** @typedef {import('node:http').ServerResponse} Outgoing */
/** @typedef {(request: Incoming, response: Outgoing, url: URL) => Promise<boolean>} Proxy */

const TIME_OUT_MS = 10_000;
const MOST_BYTES = 65_536;

/** @type {[RegExp, string[]][]} routes and the methods that they are asked with */
const ALLOWED = [
  [/^\/wc\/store(\/v1)?\/products(\/[\w-]+)*$/, ['GET']],
  [/^\/wc\/store(\/v1)?\/cart$/, ['GET']],
  [/^\/wc\/store(\/v1)?\/cart\/(add-item|update-item|remove-item)$/, ['POST']],
  [/^\/wc\/store(\/v1)?\/cart\/items$/, ['GET', 'DELETE']],
  [/^\/nivella-credits\/v1\/[\w/-]+$/, ['GET', 'POST']],
];
const SENT = [
  'accept',
  'accept-language',
  'content-type',
  'cookie',
  'if-none-match',
  'nonce',
  'user-agent',
  'x-wp-nonce',
];
const GIVEN = new Set([
  'cart-hash',
  'content-type',
  'date',
  'etag',
  'nonce',
  'nonce-timestamp',
  'retry-after',
  'user-id',
  'x-wp-total',
  'x-wp-totalpages',
]);

/** @param {URL} url @returns {string | null} the REST route that is asked for */
function routeOf(url) {
  if (url.pathname === '/') return url.searchParams.get('rest_route');
  return url.pathname.startsWith('/wp-json/') ? url.pathname.slice('/wp-json'.length) : null;
}

/**
 * A cookie of the store as one of this server's: any domain, the whole path, plain http.
 *
 * @param {string} cookie
 */
const ownCookie = (cookie) =>
  [...cookie.split(/;\s*/).filter((part) => !/^(domain|path|secure)\b/i.test(part)), 'path=/'].join(
    '; ',
  );

/** @param {Incoming} request @returns {Promise<Buffer<ArrayBuffer> | undefined>} */
async function bodyOf(request) {
  const parts = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += part.length;
    if (bytes > MOST_BYTES) throw new RangeError('too long');
    parts.push(part);
  }
  return bytes === 0 ? undefined : Buffer.concat(parts);
}

/**
 * @param {Outgoing} response @param {number} status
 * @param {string} code @param {string} message
 */
function refuse(response, status, code, message) {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify({ code, message, data: { status } }));
  return true;
}

/** @param {Incoming} request @param {URL} store */
function headersFor(request, store) {
  const headers = new Headers({ origin: store.origin });
  for (const name of SENT) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  return headers;
}

/**
 * @param {URL} store its home, with a slash at the end
 * @param {number} [patience] in milliseconds, until the store is away
 * @returns {Proxy} tells whether it answered
 */
export function createProxy(store, patience = TIME_OUT_MS) {
  return async (request, response, url) => {
    const route = routeOf(url);
    if (route === null) return false;
    const { method = 'GET' } = request;
    const allowed = ALLOWED.find(([pattern]) => pattern.test(route));
    if (!allowed || !allowed[1].includes(method)) {
      return refuse(response, 404, 'rest_no_route', 'The demo does not pass this on.');
    }
    const target = new URL(`.${url.pathname}${url.search}`, store);
    let answer;
    let body;
    try {
      answer = await fetch(target, {
        method,
        headers: headersFor(request, store),
        body: method === 'GET' ? undefined : await bodyOf(request),
        redirect: 'manual',
        signal: AbortSignal.timeout(patience),
      });
      body = Buffer.from(await answer.arrayBuffer());
    } catch (error) {
      if (error instanceof RangeError) {
        return refuse(response, 413, 'rest_invalid_param', 'The request is too long.');
      }
      return refuse(response, 503, 'store_unreachable', 'The store does not answer.');
    }
    if (answer.status >= 300 && answer.status < 400 && answer.status !== 304) {
      // Plain permalinks, or a store at another address: no JSON, so the shim tries its other root.
      console.error(`${target} leads to ${answer.headers.get('location')}`);
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not an answer of a store');
      return true;
    }
    for (const [name, value] of answer.headers) {
      if (GIVEN.has(name) || name.startsWith('ratelimit-')) response.setHeader(name, value);
    }
    const cookies = answer.headers.getSetCookie().map(ownCookie);
    if (cookies.length > 0) response.setHeader('Set-Cookie', cookies);
    response.setHeader('Cache-Control', 'no-store');
    response.writeHead(answer.status).end(body);
    return true;
  };
}
