/**
 * The ledger's REST (`nivella-credits/v1`). A business "no" is data in the answer; everything
 * else that is not an answer is a coded error.
 *
 * Writes carry a request id that the caller made and kept before sending, so that a lost answer
 * is asked for again by sending the same once more.
 */
import { allSums } from './all-sums.js';
import { CODES, NivellaError } from './errors.js';
import { createRest, ownUrl, slowDown } from './http.js';
import { activityOf, alertsOf, receiptOf, rollupsOf } from './ledger-shapes.js';

/** @typedef {import('./http.js').Answer} Answer */
/** @typedef {import('./http.js').Call} Call */
/** @typedef {import('./ledger-shapes.js').Rollups} Rollups */
/** @typedef {import('./ledger-shapes.js').Activity} Activity */
/** @typedef {import('./ledger-shapes.js').Receipt} Receipt */
/** @typedef {import('./ledger-shapes.js').Alerts} Alerts */
/** @typedef {ReadableStream<Uint8Array>} Bytes */
/** @typedef {Record<string, any>} Json */
/** @typedef {import('./all-sums.js').Days} Days */
/**
 * A page of the activity: at most 100 rows before a sequence number, and what they have to fit.
 *
 * @typedef {Days & {
 *   limit?: number, before?: number | null, agent?: string, feature?: string, model?: string,
 *   type?: string, site?: string, company?: string, search?: string,
 * }} Page
 */
/**
 * @typedef {object} LedgerOptions
 * @property {string} home the store's address on the page's own origin
 * @property {string} [rest] what `rest_url()` gives
 * @property {import('./http.js').Fetch} [fetch]
 * @property {string} [nonce] what the plugin printed; a cached page has none or an old one
 * @property {string} [ajax] where a signed-in reader gets a new one, and a guest "0"
 * @property {string} [nonceAnswer] what was answered there just now: it is not asked for twice
 * @property {string} [page] the page's address
 */
/**
 * What a read of a balance gives: `snapshot` is null when nothing has changed since `etag`.
 *
 * @typedef {{snapshot: ?Json, etag: ?string, date: ?string}} Read
 */
/**
 * @typedef {object} LedgerApi
 * @property {(known?: {etag?: ?string}) => Promise<Read>} balance of the signed-in reader
 * @property {(site: string, known?: {etag?: ?string}) => Promise<Read>} pill for a visitor
 * @property {(usage: Json) => Promise<Json>} quote
 * @property {(body: Json) => Promise<Json>} hold
 * @property {(hold: string, body: Json) => Promise<Json>} settle
 * @property {(hold: string, body: Json) => Promise<Json>} release
 * @property {(body: Json) => Promise<Json>} use
 * @property {(days?: Days) => Promise<Rollups>} usage sums by day, of all that is booked
 * @property {(page?: Page) => Promise<Activity>} activity newest first
 * @property {(seq: number) => Promise<Receipt>} receipt of one entry
 * @property {(days?: Days, signal?: AbortSignal) => Promise<Bytes>} activityCsv newest first; it
 *   can be cancelled by the signal, or by the stream's own `cancel`
 * @property {(signal?: AbortSignal) => Promise<Bytes>} statement every entry, with its proof
 * @property {() => Promise<Json>} rateCard
 * @property {() => Promise<Json>} plans
 * @property {() => Promise<Alerts>} alerts where the levels begin
 * @property {(alerts: Alerts) => Promise<Alerts & {balance?: Json}>} saveAlerts from now on; it
 *   books nothing, so it needs no request id: the same once more changes nothing
 */

const ROUTES = 'nivella-credits/v1/';
const NONCE = 'wp-admin/admin-ajax.php?action=rest-nonce';
const JSON_TEXT = { Accept: 'application/json' };

/**
 * @param {LedgerOptions} options
 * @returns {LedgerApi}
 * @throws {NivellaError} `store_origin_refused` for another origin than the page's
 */
export function createLedgerApi(options) {
  const { page = globalThis.location?.href, fetch = (...args) => globalThis.fetch(...args) } =
    options;
  const rest = createRest({ ...options, page });
  const ajax = ownUrl(options.ajax ?? new URL(NONCE, rest.home).href, page);
  let { nonceAnswer } = options;
  // Whoever has asked for a new one was refused with the printed one.
  let nonce = nonceAnswer === undefined ? options.nonce : undefined;
  /** @type {Promise<void> | undefined} one renewal, however many requests wait for it */
  let renewal;

  /**
   * @param {string} route @param {Call} call @param {typeof rest.send} [by]
   * @returns {Promise<Answer>}
   */
  async function send(route, call, by = rest.send) {
    // Without a nonce everybody is a guest: the plugin's own address says so without a refusal,
    // which the browser would show as an error.
    if (options.ajax && nonce === undefined && route !== 'pill') await renewed();
    const sent = nonce;
    const attempt = () => by(ROUTES + route, withNonce(call, nonce));
    let answer = await attempt();
    if (wantsNonce(answer, sent)) {
      if (nonce === sent) await renewed();
      answer = await attempt();
    }
    if (answer.error) throw slowDown(answer) ?? refusal(answer);
    return answer;
  }

  const renewed = () => (renewal ??= renew().finally(() => (renewal = undefined)));

  async function renew() {
    const text = (nonceAnswer ?? await askForNonce()).trim();
    nonceAnswer = undefined;
    // A guest gets "0": there is nobody to renew for.
    if (!/^\w{5,40}$/.test(text)) {
      throw new NivellaError('not_signed_in', 'no nonce for this reader');
    }
    nonce = text;
  }

  /** @returns {Promise<string>} nothing where it is refused */
  async function askForNonce() {
    const response = await fetch(ajax, {
      cache: 'no-store',
      credentials: 'same-origin',
      signal: AbortSignal.timeout(8000),
    }).catch((cause) => {
      throw new NivellaError('store_unreachable', 'no answer', { cause });
    });
    return response.ok ? response.text().catch(() => '') : '';
  }

  /** @param {string} route @param {?string} [etag] @param {Call['query']} [query] */
  async function read(route, etag, query) {
    const headers = etag ? { 'If-None-Match': etag } : undefined;
    const { status, headers: got, body } = await send(route, { headers, query });
    const snapshot = status === 304 ? null : record(body);
    return { snapshot, etag: got.get('ETag') ?? etag ?? null, date: got.get('Date') };
  }

  /** @param {string} route @param {unknown} body */
  const post = async (route, body) => record((await send(route, { method: 'POST', body })).body);
  /** @param {string} route @param {Call['query']} [query] */
  const get = async (route, query) => record((await send(route, { query })).body);
  /** @param {string} id @param {string} what */
  const ofHold = (id, what) => `holds/${encodeURIComponent(id)}/${what}`;

  /** @param {string} route @param {Call} asked @param {AbortSignal} [signal] */
  async function bytes(route, asked, signal) {
    const by = (/** @type {string} */ path, /** @type {Call} */ call = {}) =>
      rest.stream(path, call, signal);
    const { body } = await send(route, asked, by);
    return /** @type {Bytes} */ (body);
  }

  return {
    balance: (known) => read('balance', known?.etag),
    pill: (site, known) => read('pill', known?.etag, { site }),
    quote: (usage) => post('quote', usage),
    hold: (body) => post('holds', body),
    settle: (hold, body) => post(ofHold(hold, 'settle'), body),
    release: (hold, body) => post(ofHold(hold, 'release'), body),
    use: (body) => post('use', body),
    usage: (days) => allSums(async (some) => rollupsOf(await get('usage', queryOf(some))), days),
    activity: async (page) => activityOf(await get('activity', queryOf({ limit: 50, ...page }))),
    receipt: async (seq) => receiptOf(await get(`activity/${seq}`)),
    activityCsv: (days, signal) => bytes('activity.csv', { query: queryOf(days) }, signal),
    statement: (signal) => bytes('statement', { headers: JSON_TEXT }, signal),
    rateCard: async () => priced(await get('rate-card')),
    plans: () => get('plans'),
    alerts: async () => alertsOf(await get('alerts')),
    saveAlerts: async ({ low, critical }) => alertsOf(await post('alerts', { low, critical })),
  };
}

/**
 * A new request id. The caller keeps it before the first sending.
 *
 * @returns {string}
 */
export function newRequestId() {
  // randomUUID is missing on plain http, where a shop of the intranet may well run.
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What is not asked for is left out. @param {Page} [asked] @returns {Record<string, string>} */
function queryOf(asked = {}) {
  const named = Object.entries(asked).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(named.map(([name, value]) => [name, String(value)]));
}

/** @param {Call} call @param {string | undefined} nonce @returns {Call} */
const withNonce = (call, nonce) =>
  nonce === undefined ? call : { ...call, headers: { ...call.headers, 'X-WP-Nonce': nonce } };

/** An outdated nonce is refused as such; without one WordPress sees a guest. */
const wantsNonce = (/** @type {Answer} */ { status, error }, /** @type {unknown} */ sent) =>
  error !== null &&
  (error.code === 'rest_cookie_invalid_nonce' || (status === 401 && sent === undefined));

/** @param {unknown} body @returns {Json} */
function record(body) {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
  throw new NivellaError('store_answer_invalid', 'unexpected answer of the ledger');
}

/** @param {Json} card @returns {Json} a store without prices says so by a card without rates */
function priced(card) {
  if (!Array.isArray(card.rates) || card.rates.length > 0) return card;
  throw new NivellaError('rate_not_found', 'the store has no prices yet');
}

/** @param {Answer} answer @returns {NivellaError} */
function refusal({ status, error }) {
  const { code = '', message, body } = error ?? {};
  if (CODES.has(code)) {
    // WordPress puts what an error has beside its message into `data`.
    const { field, details } = /** @type {any} */ ({ ...body, .../** @type {any} */ (body?.data) });
    return new NivellaError(code, message, { field, details });
  }
  const details = { store_code: code, status: String(status) };
  if (code === 'rest_no_route') return new NivellaError('ledger_missing', message, { details });
  if (status === 401) return new NivellaError('not_signed_in', message, { details });
  if (status === 403) return new NivellaError('forbidden', message, { details });
  return new NivellaError('store_refused', message, { details });
}
