/** Runs in the page: reading and writing our CSV, against JSON.parse and a plain exporter. */
import { csvOf, linesOf, moduleOf, nextTask, opened, read, rowOf } from './rows.js';
import { plainCsv } from './plain-exporter.js';

/** Rows of one JSON text: a store would not send a million in one. */
const PAGE = 10_000;
const TASK = 10_000;

/** @param {number[]} values */
const middle = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** Bytes to rows that can be asked. @param {{ rows: number, rounds: number }} options */
export async function measureReading({ rows, rounds }) {
  const { glue } = await moduleOf('reading');
  const pieces = await csvOf(rows);
  const lines = await linesOf(pieces);
  /** @type {string[]} */
  const pages = [];
  for (let at = 0; at < lines.length; at += PAGE) {
    pages.push(JSON.stringify(lines.slice(at, at + PAGE).map(rowOf)));
  }
  /** @type {Record<'csv' | 'json' | 'ratio', number[]>} */
  const took = { csv: [], json: [], ratio: [] };
  for (let round = -1; round < rounds; round += 1) {
    const data = await opened(glue);
    const csv = read(data, pieces);
    if (data.rows_known() !== rows) throw new Error(`${data.rows_known()} rows`);
    data.free();
    await nextTask();
    const started = performance.now();
    const parsed = pages.map((page) => JSON.parse(page));
    const json = performance.now() - started;
    if (parsed.flat().length !== rows) throw new Error('JSON lost rows');
    await nextTask();
    // The first round warms both.
    if (round < 0) continue;
    took.csv.push(csv);
    took.json.push(json);
    took.ratio.push(csv / json);
  }
  const csvBytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
  return { ...took, csvBytes, jsonBytes: pages.reduce((sum, page) => sum + page.length, 0) };
}

/** What a module grows by. @param {{ rows: number }} options */
export async function measureMemory({ rows }) {
  const pieces = await csvOf(rows);
  const { glue, memory } = await moduleOf('memory');
  const data = await opened(glue);
  const before = memory.buffer.byteLength;
  read(data, pieces);
  const after = memory.buffer.byteLength;
  const encoder = new TextEncoder();
  const details = (await linesOf(pieces)).reduce(
    (sum, line) => sum + encoder.encode(rowOf(line).details).length, 0,
  );
  return { before, after, details, known: data.rows_known() };
}

/** @param {import('./rows.js').Usage} data @returns {Uint8Array[]} */
function exported(data) {
  data.look({ days: 'all' });
  while (!data.find(50_000));
  data.begin_csv();
  /** @type {Uint8Array[]} */
  const parts = [];
  for (;;) {
    const part = data.next_csv(TASK);
    if (part.length === 0) return parts;
    parts.push(part);
  }
}

/** @param {Uint8Array[]} parts @param {number} most bytes */
async function start(parts, most) {
  const blob = new Blob(/** @type {BlobPart[]} */ (parts));
  return new Uint8Array(await blob.slice(0, most).arrayBuffer());
}

/** @param {{ rows: number, sampled: number, rounds: number }} options */
export async function measureExport({ rows, sampled, rounds }) {
  const { glue } = await moduleOf('export');
  const pieces = await csvOf(rows);
  const data = await opened(glue);
  read(data, pieces);
  const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const sample = (await linesOf(pieces)).slice(0, sampled).map(rowOf);
  const { zone } = (await (await import('./rows.js')).demoStore()).usage;

  const [own, was] = [exported(data), await start(pieces, bytes)];
  const back = await start(own, bytes);
  const same = back.length === was.length && back.every((byte, at) => byte === was[at]);
  const plain = await start(plainCsv(sample, zone), bytes);
  const plainSame = plain.every((byte, at) => byte === was[at]);

  /** @type {Record<'own' | 'plain' | 'ratio', number[]>} */
  const took = { own: [], plain: [], ratio: [] };
  for (let round = 0; round < rounds; round += 1) {
    let started = performance.now();
    exported(data);
    const ownTook = performance.now() - started;
    await nextTask();
    started = performance.now();
    plainCsv(sample, zone);
    const plainTook = ((performance.now() - started) * rows) / sampled;
    await nextTask();
    took.own.push(ownTook);
    took.plain.push(plainTook);
    took.ratio.push(plainTook / ownTook);
  }
  return { ...took, same, plainSame, bytes, median: middle(took.ratio) };
}
