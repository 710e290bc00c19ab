/**
 * The exporter that a careful page would write: the same columns, quoting, guard and local times,
 * with the changes of the zone looked up only when a row leaves the last one's, and one encoding
 * for each ten thousand rows.
 */

/** @typedef {Record<string, any>} Json */

const SLICE = 10_000;
const TEXTS = ['kind', 'type', 'agent', 'feature', 'model', 'site', 'company'];
const HEADER =
  'seq,occurred_at,booked_at,kind,type,agent,feature,model,site,company,credits,amount,waived,' +
  'messages,call_seconds,images,rate_version,reason,details\r\n';

/** @param {string} value */
function cell(value) {
  const safe = /^'*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** @param {Json} zone @returns {(instant: string) => string} */
function clock({ base_offset_s, transitions }) {
  const changes = transitions.map((/** @type {Json} */ { at, offset_s }) =>
    ({ at: Date.parse(at), offset_s }));
  let [from, until, offset_s, suffix] = [0, 0, 0, ''];
  return (instant) => {
    const ms = Date.parse(instant);
    if (ms < from || ms >= until) {
      const after = changes.findIndex((/** @type {Json} */ { at }) => at > ms);
      const index = after < 0 ? changes.length : after;
      from = changes[index - 1]?.at ?? -Infinity;
      until = changes[index]?.at ?? Infinity;
      offset_s = changes[index - 1]?.offset_s ?? base_offset_s;
      const minutes = Math.abs(offset_s) / 60;
      const two = (/** @type {number} */ value) => String(value).padStart(2, '0');
      suffix = `${offset_s < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
    }
    const local = new Date(ms + offset_s * 1000).toISOString();
    return local.slice(0, local.endsWith('.000Z') ? 19 : 23) + suffix;
  };
}

/** @param {Json[]} rows @param {Json} zone @returns {Uint8Array[]} */
export function plainCsv(rows, zone) {
  const encoder = new TextEncoder();
  const local = clock(zone);
  const parts = [encoder.encode(HEADER)];
  for (let at = 0; at < rows.length; at += SLICE) {
    let text = '';
    for (const row of rows.slice(at, at + SLICE)) {
      text += `${row.seq},${local(row.occurred_at)},${local(row.booked_at)},`;
      for (const name of TEXTS) text += `${cell(row[name])},`;
      text += `${row.credits},${row.amount},${row.waived},${row.messages},${row.call_ms / 1000},`;
      text += `${row.images},${row.rate_version},${cell(row.reason)},${cell(row.details)}\r\n`;
    }
    parts.push(encoder.encode(text));
  }
  return parts;
}
