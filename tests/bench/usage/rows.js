/** Runs in the page: rows of a busy account as our own CSV, and a module of the bench's own. */

/** @typedef {import('#usage-module').Usage} Usage */
/** @typedef {Record<string, any>} Json */

// The addresses are the bench server's; in variables, so that no checker looks for the files.
const ENTRY = '/pkg/nivella-credits.js';
const MILLION = '/million.js';
const GLUE = '/glue/usage/usage.js';
const MODULE = '/glue/usage/usage_bg.wasm';
/** As `www/shim/usage-source.js` reads a file. */
export const CHUNK = 256 * 1024;
const AGENTS = [
  { key: 'chat', family: 'chat', unit: 'reply' },
  { key: 'voice_inbound', family: 'voice', unit: 'minute' },
  { key: 'voice_outbound', family: 'voice', unit: 'minute' },
  { key: 'voice_web', family: 'voice', unit: 'minute' },
  { key: 'auto_trigger', family: 'auto', unit: 'run' },
  { key: 'nox', family: 'auto', unit: 'task' },
];

/** Everything that a dashboard asks the demo's store for. */
async function askStore() {
  const { connect } = await import(ENTRY);
  const { ledger, account, store } = await connect({ store: 'demo' });
  await account.refresh();
  const [usage, card, products] = await Promise.all([
    ledger.usage(), ledger.rateCard(), store.packages('tokens'),
  ]);
  const now = account.now();
  const balance = { ...account.state().snapshot, as_of: new Date(now).toISOString() };
  return { usage, card, products, balance, now };
}

/** @type {ReturnType<typeof askStore> | undefined} */
let asked;

/** Asked once. */
export const demoStore = () => (asked ??= askStore());

/**
 * The CSV of so many rows that the store's rollups do not have, in pieces.
 * @param {number} rows
 * @returns {Promise<Uint8Array<ArrayBuffer>[]>}
 */
export async function csvOf(rows) {
  const { usage, now } = await demoStore();
  const { manyRows } = await import(MILLION);
  const { through_seq: after, zone } = usage;
  const bytes = await new Response(manyRows({ rows, after, now, zone })).arrayBuffer();
  const pieces = Math.ceil(bytes.byteLength / CHUNK);
  return Array.from({ length: pieces }, (_, at) => {
    const start = at * CHUNK;
    return new Uint8Array(bytes, start, Math.min(CHUNK, bytes.byteLength - start));
  });
}

/** @param {unknown} value */
const isMemory = (value) => value instanceof WebAssembly.Memory;

/**
 * A module whose memory is to be seen.
 * @param {string} name modules of another name share nothing
 * @returns {Promise<{ glue: typeof import('#usage-module'), memory: WebAssembly.Memory }>}
 */
export async function moduleOf(name) {
  const glue = await import(`${GLUE}?${name}`);
  const made = await glue.default({ module_or_path: fetch(MODULE) });
  return { glue, memory: Object.values(made).filter(isMemory)[0] };
}

/**
 * Opened as the page opens it.
 * @param {typeof import('#usage-module')} glue
 * @param {{ rollups?: boolean }} [options]
 * @returns {Promise<Usage>}
 */
export async function opened(glue, { rollups = true } = {}) {
  const { usage, card, products, balance } = await demoStore();
  const settings = { zone: usage.zone, rate_cards: [card] };
  const data = glue.Usage.open(settings, AGENTS, usage.as_of);
  data.set_labels(usage.labels ?? {});
  if (rollups) data.add_rollups(usage);
  data.set_balance(balance);
  data.set_offers({ products, credits_map: {} });
  return data;
}

/**
 * @param {Usage} data
 * @param {Uint8Array[]} pieces
 * @returns {number} milliseconds
 */
export function read(data, pieces) {
  const started = performance.now();
  for (const piece of pieces) data.read_csv(piece);
  const refused = data.end_csv();
  const took = performance.now() - started;
  if (refused > 0) throw new Error(`${refused} rows are refused`);
  return took;
}

/** The lines of pieces, without the header. @param {Uint8Array[]} pieces */
export async function linesOf(pieces) {
  const text = await new Blob(/** @type {BlobPart[]} */ (pieces)).text();
  return text.split('\r\n').slice(1, -1);
}

/** Only the last column is ever quoted here. @param {string} line @returns {string[]} */
export function cells(line) {
  const own = line.split(',');
  const last = own.splice(18).join(',');
  const quoted = last.startsWith('"') ? last.slice(1, -1).replaceAll('""', '"') : last;
  return [...own, quoted];
}

/** A row as `GET activity` has it. @param {string} line @returns {Json} */
export function rowOf(line) {
  const [
    seq, occurred, booked, kind, type, agent, feature, model, site, company, credits, amount,
    waived, messages, seconds, images, version, reason, details,
  ] = cells(line);
  const instant = (/** @type {string} */ text) => new Date(text).toISOString();
  return {
    seq: Number(seq), kind, type, occurred_at: instant(occurred), booked_at: instant(booked),
    agent, feature, model, site, company, details, reason, amount, credits, waived,
    messages: Number(messages), call_ms: Number(seconds) * 1000, images: Number(images),
    rate_version: Number(version),
  };
}

/** Waits for a task of its own. */
export const nextTask = () => new Promise((resolve) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => (port1.close(), resolve(undefined));
  port2.postMessage(null);
});
