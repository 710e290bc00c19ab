/**
 * WooCommerce sends names and messages as HTML-encoded text (`Tom &amp; Jerry&#8217;s`). They
 * are decoded once, here, and only ever shown as text.
 */

/** The names that WordPress and its editors write; others stay as they stand. */
const NAMED = new Map(
  Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: '\u00a0',
    shy: '',
    ndash: '\u2013',
    mdash: '\u2014',
    lsquo: '\u2018',
    rsquo: '\u2019',
    sbquo: '\u201a',
    ldquo: '\u201c',
    rdquo: '\u201d',
    bdquo: '\u201e',
    laquo: '\u00ab',
    raquo: '\u00bb',
    hellip: '\u2026',
    bull: '\u2022',
    middot: '\u00b7',
    times: '\u00d7',
    deg: '\u00b0',
    copy: '\u00a9',
    reg: '\u00ae',
    trade: '\u2122',
    euro: '\u20ac',
    pound: '\u00a3',
    yen: '\u00a5',
    cent: '\u00a2',
    sect: '\u00a7',
    auml: '\u00e4',
    ouml: '\u00f6',
    uuml: '\u00fc',
    Auml: '\u00c4',
    Ouml: '\u00d6',
    Uuml: '\u00dc',
    szlig: '\u00df',
    eacute: '\u00e9',
    egrave: '\u00e8',
    agrave: '\u00e0',
    ccedil: '\u00e7',
    ntilde: '\u00f1',
  }),
);

/** @param {string} encoded @returns {string} */
export function decodeEntities(encoded) {
  return encoded.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(\w{2,8}));/g, (whole, ...at) => {
    const [decimal, hexadecimal, name] = /** @type {(string | undefined)[]} */ (at);
    if (name !== undefined) return NAMED.get(name) ?? whole;
    const point = decimal === undefined ? parseInt(hexadecimal ?? '', 16) : Number(decimal);
    const valid = point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
    return valid ? String.fromCodePoint(point) : '\ufffd';
  });
}

/**
 * One line of text: decoded once, without control characters or characters that turn the
 * direction of the text around it, and not longer than `most` characters.
 *
 * @param {string} encoded
 * @param {number} most
 * @returns {string}
 */
export function plainText(encoded, most) {
  const decoded = decodeEntities(encoded.slice(0, most * 10))
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .replace(/ {2,}/g, ' ')
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .trim();
  const points = Array.from(decoded);
  return points.length > most ? `${points.slice(0, most - 1).join('')}\u2026` : decoded;
}
