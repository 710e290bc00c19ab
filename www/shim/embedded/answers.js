/** How the embedded store answers: the Store API's own shapes for money, failures and headers. */

/**
 * @typedef {object} Reply
 * @property {number} status
 * @property {unknown} body
 * @property {Record<string, string>} [headers]
 * @property {ReadableStream<Uint8Array>} [stream] instead of a body: CSV
 */

/** Amounts are whole cents; the demo sells in US dollars. */
export const MONEY = Object.freeze({
  currency_code: 'USD',
  currency_symbol: '$',
  currency_minor_unit: 2,
  currency_decimal_separator: '.',
  currency_thousand_separator: ',',
  currency_prefix: '$',
  currency_suffix: '',
});

/** A refusal in WordPress's shape; thrown, so that nothing of the request is kept. */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {string} code
   * @param {string} message
   * @param {Record<string, unknown>} [data]
   */
  constructor(status, code, message, data = {}) {
    super(message);
    this.reply = { status, body: { code, message, data: { ...data, status } } };
  }
}

/** @param {unknown} body @param {number} [status] @returns {Reply} */
export const ok = (body, status = 200) => ({ status, body });

/** Text as WooCommerce sends it. @param {string} text */
export const encoded = (text) => text.replace(/[&<>"']/g, (sign) => ENTITIES.get(sign) ?? sign);

const ENTITIES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#039;'],
]);

/** A short fingerprint of a text: for keys and tags, not for secrets. @param {string} text */
export function fingerprint(text) {
  let print = '';
  for (let turn = 0; turn < 4; turn += 1) {
    let hash = 0x811c9dc5 ^ turn;
    for (let at = 0; at < text.length; at += 1) {
      hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    }
    print += (hash >>> 0).toString(16).padStart(8, '0');
  }
  return print;
}

/** @param {number} bytes */
export const random = (bytes) =>
  Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
