/**
 * The one place that sends requests to a store: same origin only, bounded in time and size,
 * and every failure already a coded error.
 */
import { NivellaError } from './errors.js';

/** @typedef {(url: string, init?: RequestInit) => Promise<Response>} Fetch */
/** @typedef {{status: number, headers: Headers, body: unknown, error: ?StoreError}} Answer */
/** @typedef {{code: string, message: string, body: Record<string, unknown>}} StoreError */
/**
 * @typedef {object} Call
 * @property {string} [method] GET when absent
 * @property {Record<string, string>} [query]
 * @property {Record<string, string>} [headers]
 * @property {unknown} [body] sent as JSON
 */
/**
 * @typedef {object} Rest
 * @property {(path: string, call?: Call) => Promise<Answer>} send
 * @property {(path: string, call?: Call, signal?: AbortSignal) => Promise<Answer>} stream an answer
 *   whose body is a stream of bytes, unless it is a refusal
 * @property {string} home
 */

export const READ_MS = 8000;
export const WRITE_MS = 15000;
/** Longer than any true answer: a hundred products with long texts stay far below. */
const MAX_CHARS = 8_000_000;
/** Answers of a gateway whose store is away, and of a store that asks to come back later. */
const AWAY = new Set([408, 502, 503, 504]);

/**
 * A URL on the page's own origin; a store grants no other.
 *
 * @param {string} url absolute or relative to the page
 * @param {string} page the page's address
 * @returns {string}
 */
export function ownUrl(url, page) {
  let resolved;
  try {
    resolved = new URL(url, page);
  } catch (cause) {
    throw new NivellaError('attribute_invalid', 'not a URL', { field: 'store', cause });
  }
  if (resolved.origin !== new URL(page).origin || resolved.origin === 'null') {
    throw new NivellaError('store_origin_refused', 'another origin than the page', {
      field: 'store',
      details: { origin: resolved.origin },
    });
  }
  return resolved.href;
}

/**
 * REST of one WordPress. Its root is what the plugin printed, else `wp-json/` below the store's
 * home; where that gives no JSON (plain permalinks) `?rest_route=` is tried and remembered.
 *
 * @param {{home: string, rest?: string, fetch?: Fetch, page?: string}} options
 * @returns {Rest}
 */
export function createRest({ home, rest, fetch = pageFetch, page = location.href }) {
  const base = ownUrl(home.endsWith('/') ? home : `${home}/`, page);
  const roots = [ownUrl(rest ?? new URL('wp-json/', base).href, page)];
  if (!roots[0]?.includes('rest_route=')) roots.push(new URL('?rest_route=/', base).href);
  /** @type {string | undefined} the root that gave JSON */
  let known;

  /** @param {string} path @param {Call} call */
  async function search(path, call) {
    /** @type {unknown} */
    let first;
    for (const root of roots) {
      try {
        const answer = await exchange(fetch, at(root, path, call.query), call);
        known = root;
        return answer;
      } catch (error) {
        first ??= error;
        if (!isCode(error, 'store_answer_invalid') || isWrite(call)) break;
      }
    }
    throw first;
  }

  /** @param {string} path @param {Call} call @param {AbortSignal} [signal] */
  async function stream(path, call, signal) {
    for (const root of known ? [known] : roots) {
      const answer = await begun(fetch, at(root, path, call.query), call, signal);
      if (!answer) continue;
      known = root;
      return answer;
    }
    throw new NivellaError('store_answer_invalid', 'no stream');
  }

  return {
    home: base,
    stream: (path, call = {}, signal) => stream(path, call, signal),
    send: (path, call = {}) =>
      known ? exchange(fetch, at(known, path, call.query), call) : search(path, call),
  };
}

/** Taken at call time, so that a page may replace its own fetch. @type {Fetch} */
const pageFetch = (url, init) => globalThis.fetch(url, init);

/** @param {unknown} error @param {string} code */
export const isCode = (error, code) => error instanceof NivellaError && error.code === code;

/** @param {Call} call */
const isWrite = ({ method = 'GET' }) => method !== 'GET';

/** @param {string} root @param {string} path @param {Record<string, string>} [query] */
function at(root, path, query = {}) {
  const url = new URL(root);
  const route = url.searchParams.get('rest_route');
  if (route === null) url.pathname += path;
  else url.searchParams.set('rest_route', route + path);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}

/**
 * One exchange; a read that met no answer is tried once more after a short, random pause. After
 * a time-out it is not: the reader has waited long enough and decides.
 *
 * @param {Fetch} fetch @param {string} url @param {Call} call
 * @returns {Promise<Answer>}
 */
async function exchange(fetch, url, call) {
  try {
    return await once(fetch, url, call);
  } catch (error) {
    const again = !isWrite(call) && isCode(error, 'store_unreachable');
    if (!again || /** @type {NivellaError} */ (error).details?.timeout) throw error;
    await new Promise((resolve) => setTimeout(resolve, 150 + Math.random() * 350));
    return once(fetch, url, call);
  }
}

/** @param {Fetch} fetch @param {string} url @param {Call} call @returns {Promise<Answer>} */
async function once(fetch, url, { method = 'GET', headers = {}, body }) {
  const signal = AbortSignal.timeout(method === 'GET' ? READ_MS : WRITE_MS);
  const sent = new Headers({ Accept: 'application/json', ...headers });
  if (body !== undefined) sent.set('Content-Type', 'application/json');
  let response;
  let text;
  try {
    response = await fetch(url, {
      method,
      headers: sent,
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: 'no-store',
      credentials: 'same-origin',
      signal,
    });
    text = await response.text();
  } catch (cause) {
    const details = signal.aborted ? { timeout: 'true' } : undefined;
    throw new NivellaError('store_unreachable', 'no answer', { details, cause });
  }
  return answerOf(response, text);
}

/**
 * A read whose answer is taken as it comes: it has to begin in time, and may then last.
 *
 * @param {Fetch} fetch @param {string} url @param {Call} call @param {AbortSignal} [stop]
 * @returns {Promise<?Answer>} null for what is no answer of a store's REST
 */
async function begun(fetch, url, { headers = {} }, stop) {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), READ_MS);
  const signal = stop ? AbortSignal.any([stop, late.signal]) : late.signal;
  try {
    const type = headers.Accept ?? 'text/csv';
    const init = { headers: { ...headers, Accept: type }, signal };
    const response = await fetch(url, { ...init, cache: 'no-store', credentials: 'same-origin' });
    const { status, headers: got, body } = response;
    const isIt = got.get('Content-Type')?.startsWith(type) === true;
    if (status === 200 && isIt && body) return { status, headers: got, body, error: null };
    const answer = answerOf(response, await response.text());
    return answer.error ? answer : null;
  } catch (cause) {
    if (isCode(cause, 'store_answer_invalid')) return null;
    if (cause instanceof NivellaError || stop?.aborted) throw cause;
    const details = late.signal.aborted ? { timeout: 'true' } : undefined;
    throw new NivellaError('store_unreachable', 'no answer', { details, cause });
  } finally {
    clearTimeout(timer);
  }
}

/** @param {Response} response @param {string} text @returns {Answer} */
function answerOf({ status, headers }, text) {
  if (status === 304) return { status, headers, body: null, error: null };
  const details = { status: String(status) };
  if (AWAY.has(status)) throw new NivellaError('store_unreachable', 'away', { details });
  let body;
  try {
    if (text.length > MAX_CHARS) throw new RangeError('too long');
    body = JSON.parse(text);
  } catch (cause) {
    throw new NivellaError('store_answer_invalid', 'no JSON', { details, cause });
  }
  if (status < 400) return { status, headers, body, error: null };
  if (typeof body?.code !== 'string') {
    throw new NivellaError('store_answer_invalid', 'a failure without a code', { details });
  }
  const message = typeof body.message === 'string' ? body.message : '';
  return { status, headers, body, error: { code: body.code, message, body } };
}

/**
 * A store that asks to slow down says for how many seconds. WooCommerce does so with status 400.
 *
 * @param {Answer} answer
 * @returns {?NivellaError}
 */
export function slowDown({ status, headers, error }) {
  if (status !== 429 && error?.code !== 'rate_limit_exceeded') return null;
  const seconds = Number(headers.get('RateLimit-Retry-After') ?? headers.get('Retry-After'));
  const retryAfter = Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : 10;
  return new NivellaError('store_rate_limited', 'too many requests', {
    details: { retry_after_s: String(retryAfter) },
  });
}
