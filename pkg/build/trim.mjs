/**
 * Takes out of a generated glue what serves browsers that are older than ours, or pages that start
 * a module in another way than boot.js does. A part that is not found as expected stops the build:
 * the generator has changed, and this list has to be read again.
 */

/** @type {[RegExp, string][]} what goes, and what comes in its place */
const parts = [
  [/^if \(Symbol\.dispose\).*\n/gm, ''],
  [/\(typeof FinalizationRegistry === 'undefined'\)\s*\?.*\s*: new Final/g, 'new Final'],
  [/^    if \(realloc === undefined\) \{\n[\s\S]*?\n    \}\n/gm, ''],
  [/^if \(!\('encodeInto' in cachedTextEncoder\)\) \{\n[\s\S]*?\n\}\n/gm, ''],
  [/^    if \(module !== undefined\) \{\n        if \(Object[\s\S]*?\n    \}\n/gm, ''],
  [/^function initSync\(module\) \{/gm, 'function initSync({ module }) {'],
];

/**
 * The same of the pill's glue alone, which every page waits for: a pill is left to the collector,
 * and never decodes the two gigabytes after which Safari wants a new decoder.
 * @type {[RegExp, string][]}
 */
const pillParts = [
  [/^    __destroy_into_raw\(\) \{\n[\s\S]*?\n    \}\n    free\(\) \{\n[\s\S]*?\n    \}\n/gm, ''],
  [/^cachedTextDecoder\.decode\(\);\n/gm, ''],
  [/^    numBytesDecoded \+= .*\n    if \(numBytes[\s\S]*?\n    \}\n/gm, ''],
  [/^    if \(typeof numBytesDecoded .*\n/gm, ''],
];

/** @param {string} glue @param {string} name of the module @returns {string} */
export function trim(glue, name) {
  const all = name === 'pill' ? [...parts, ...pillParts] : parts;
  return all.reduce((text, [part, instead]) => {
    const left = text.replaceAll(part, instead);
    if (left === text) throw new Error(`the glue has no ${part}`);
    return left;
  }, glue);
}
