/** The activity as CSV: RFC 4180, times with the zone's offset, no cell that a sheet would run. */
import { momentOf } from './zone.js';

/** @typedef {import('./rows.js').Row} Row */
/** @typedef {import('./zone.js').Zone} Zone */

export const HEADER =
  'seq,occurred_at,booked_at,kind,type,agent,feature,model,site,company,credits,amount,waived,' +
  'messages,call_seconds,images,rate_version,reason,details\r\n';

/**
 * A text that a person or another program made. One that a sheet would run gets an apostrophe
 * ahead, and so does one that has apostrophes ahead of such a sign: so every text comes back.
 *
 * @param {string} text
 */
function cell(text) {
  const safe = /^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Exact. @param {number} ms */
function seconds(ms) {
  const part = String(ms % 1000)
    .padStart(3, '0')
    .replace(/0+$/, '');
  return String(Math.floor(ms / 1000)) + (part && `.${part}`);
}

/** @param {Row} row @param {Zone} zone */
export function lineOf(row, zone) {
  const time = (/** @type {string} */ at) => momentOf(zone, Date.parse(at));
  const { kind, type, agent, feature, model, site, company, reason, details } = row;
  const cells = [
    row.seq,
    time(row.occurred_at),
    time(row.booked_at),
    ...[kind, type, agent, feature, model, site, company].map(cell),
    row.credits,
    row.amount,
    row.waived,
    row.messages,
    seconds(row.call_ms),
    row.images,
    row.rate_version ?? '',
    cell(reason),
    cell(details),
  ];
  return `${cells.join(',')}\r\n`;
}
