/**
 * The catalogue `www/messages.json`, split by who needs what: English for the pill comes with the
 * entry script, English for the rest with the app or the dashboard, every other language is a file
 * of its own.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { at, pkg } from './paths.mjs';

/** @typedef {string | Record<string, string>} Message one text, or a text for each plural form */
/** @typedef {Record<string, Record<string, Message>>} Catalogue key, then language */

/** @returns {Catalogue} */
export const readCatalogue = () => JSON.parse(readFileSync(at('www/messages.json'), 'utf8'));

/** @param {Catalogue} catalogue @returns {string[]} English first */
export function languagesOf(catalogue) {
  const found = new Set(Object.values(catalogue).flatMap((texts) => Object.keys(texts)));
  found.delete('en');
  return ['en', ...[...found].sort()];
}

/**
 * The messages of one language; what it lacks is English.
 * @param {Catalogue} catalogue
 * @param {string} language
 * @param {(key: string) => boolean} [wanted]
 * @returns {Record<string, Message>}
 */
export function messagesOf(catalogue, language, wanted = () => true) {
  const keys = Object.keys(catalogue).filter(wanted).sort();
  const text = (/** @type {string} */ key) => short(catalogue[key][language] ?? catalogue[key].en);
  return Object.fromEntries(keys.map((key) => [key, text(key)]));
}

/** Plural forms that are all the same are one text. @param {Message} message @returns {Message} */
function short(message) {
  const [first, ...others] = typeof message === 'string' ? [message] : Object.values(message);
  return others.every((form) => form === first) ? first : message;
}

/** What the pill shows and says; all that comes with the entry script. @param {string} key */
const ofPill = (key) => /^(pill|status)\./.test(key) && key !== 'status.added';

/** What only the dashboard says. @param {string} key */
const ofUsage = (key) => /^(usage|agent|type)\./.test(key);

/**
 * The parts that are bundled, as modules of JavaScript.
 * @returns {Record<string, string>}
 */
export function messageModules() {
  const catalogue = readCatalogue();
  const english = (/** @type {(key: string) => boolean} */ wanted) =>
    `export default ${JSON.stringify(messagesOf(catalogue, 'en', wanted))};\n`;
  const languages = `export const languages = ${JSON.stringify(languagesOf(catalogue))};\n`;
  return {
    'nivella:pill-messages': english(ofPill) + languages,
    'nivella:app-messages': english((key) => !ofPill(key) && !ofUsage(key)),
    'nivella:usage-messages': english(ofUsage),
  };
}

/** Writes `pkg/locales/<language>.json` for every language but English. */
export function writeLocales() {
  const folder = join(pkg, 'locales');
  if (existsSync(folder)) rmSync(folder, { recursive: true });
  mkdirSync(folder);
  const catalogue = readCatalogue();
  for (const language of languagesOf(catalogue).slice(1)) {
    const text = JSON.stringify(messagesOf(catalogue, language));
    writeFileSync(join(folder, `${language}.json`), text);
  }
}
