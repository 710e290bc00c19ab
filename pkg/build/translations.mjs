/**
 * Translations of the plugin: `node pkg/build/translations.mjs` renews the template of all texts
 * (`languages/nivella-credits.pot`) and brings the languages that are shipped up to it.
 *
 * The build compiles those languages to what WordPress reads. Texts of the module come from the one
 * catalogue, www/messages.json, and are part of the template: whoever translates the plugin into a
 * language that the module does not bring translates both.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mo, po } from 'gettext-parser';
import { readCatalogue } from './messages.mjs';
import { at } from './paths.mjs';
import { filesBelow } from './step.mjs';

const DOMAIN = 'nivella-credits';
const plugin = at('www/nivella-credits');
const languages = join(plugin, 'languages');
const template = join(languages, `${DOMAIN}.pot`);

/**
 * WordPress looks for a translation under exactly its own name of a language.
 * @type {Record<string, string[]>}
 */
const SPOKEN_IN = { de_DE: ['de_DE_formal', 'de_AT', 'de_CH', 'de_CH_informal'] };

/** @param {string} text @returns {string} of PHP */
const quoted = (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** The module's texts as PHP that gettext finds, and the plugin runs. @returns {string} */
export function messagesPhp() {
  const lines = Object.entries(readCatalogue()).map(([key, { en = '' }]) => {
    const context = `${quoted(key)}, '${DOMAIN}'`;
    if (typeof en === 'string') return `\t${quoted(key)} => _x( ${quoted(en)}, ${context} ),`;
    const { one = '', other = '' } = en;
    const noop = `_nx_noop( ${quoted(one)}, ${quoted(other)}, ${context} )`;
    return `\t${quoted(key)} => $forms( ${noop} ),`;
  });
  return `<?php
/**
 * The module's texts, in the reader's language. Made by the build of www/messages.json.
 *
 * @package Nivella\\Credits
 */

declare( strict_types=1 );

defined( 'ABSPATH' ) || exit;

return array(
${lines.join('\n')}
);
`;
}

/** Titles and descriptions that WordPress shows, but nobody calls a function for. */
function namesPhp() {
  /** @type {[string, string][]} */
  const names = [];
  for (const file of filesBelow([join(plugin, 'blocks')])) {
    if (basename(file) !== 'block.json') continue;
    const { title, description } = JSON.parse(readFileSync(file, 'utf8'));
    names.push([title, 'block title'], [description, 'block description']);
  }
  const header = readFileSync(join(plugin, `${DOMAIN}.php`), 'utf8');
  const description = /^ \* Description:\s+(.+)$/m.exec(header)?.[1] ?? '';
  const calls = names
    .filter(([text]) => text)
    .map(([text, context]) => `_x( ${quoted(text)}, '${context}', '${DOMAIN}' );`);
  return `<?php\n__( ${quoted(description)}, '${DOMAIN}' );\n${calls.join('\n')}\n`;
}

/**
 * One of gettext's programs.
 * @param {string} program @param {string[]} args @param {string} folder where it runs
 */
const gettext = (program, args, folder) =>
  execFileSync(program, args, {
    cwd: folder,
    encoding: 'utf8',
    // Some of our texts are not ASCII, which it believes only where the locale says so.
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

const PHP = ['__', '_e', '_x:1,2c', '_ex:1,2c', '_n:1,2', '_nx:1,2,4c', '_n_noop:1,2',
  '_nx_noop:1,2,3c', 'esc_html__', 'esc_html_e', 'esc_html_x:1,2c', 'esc_attr__', 'esc_attr_e',
  'esc_attr_x:1,2c'];
const JAVASCRIPT = ['__', '_x:1,2c', '_n:1,2', '_nx:1,2,4c'];

/**
 * @param {string} language of xgettext @param {string[]} keywords
 * @param {string} folder @param {string[]} files below it
 * @returns {string}
 */
function extract(language, keywords, folder, files) {
  if (files.length === 0) return '';
  const how = ['--from-code=UTF-8', '--add-comments=translators:', '--no-wrap',
    // Without lines, so that a text that only moves changes nothing.
    '--add-location=file'];
  const known = ['--keyword', ...keywords.map((word) => `--keyword=${word}`)];
  const args = [`--language=${language}`, ...how, ...known, '--output=-', ...files];
  const made = gettext('xgettext', args, folder);
  // The header that it makes has the time in it.
  return made.slice(made.indexOf('\n\n') + 2);
}

/**
 * The PHP files with each text in the line of its call: xgettext loses the comment for translators
 * above a call whose text begins in the next line.
 * @param {string} folder @param {string[]} files below it @param {string} to another folder
 */
function joinCalls(folder, files, to) {
  const names = PHP.map((keyword) => keyword.replace(/:.*/, '')).join('|');
  const broken = new RegExp(`\\b(${names})\\(\\s+'`, 'g');
  for (const file of files) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    const text = readFileSync(join(folder, file), 'utf8');
    writeFileSync(join(to, file), text.replace(broken, "$1( '"));
  }
}

/** The template of all texts. @returns {string} */
export function makeTemplate() {
  const own = filesBelow([plugin]).map((file) => relative(plugin, file));
  const of = (/** @type {RegExp} */ kind) =>
    own.filter((file) => kind.test(file) && !/^(assets|languages)\//.test(file));
  const folder = mkdtempSync(join(tmpdir(), 'nivella-pot-'));
  try {
    writeFileSync(join(folder, 'names.php'), namesPhp());
    writeFileSync(join(folder, 'messages.php'), messagesPhp());
    joinCalls(plugin, of(/\.php$/), join(folder, 'plugin'));
    const parts = [
      extract('PHP', PHP, join(folder, 'plugin'), of(/\.php$/)),
      extract('JavaScript', JAVASCRIPT, plugin, of(/\.js$/)),
      // Their lines mean nothing to a translator.
      ...['names.php', 'messages.php'].map((file) =>
        extract('PHP', PHP, folder, [file]).replaceAll(/^#[:,] .*\n/gm, ''),
      ),
    ];
    const header = ['msgid ""', 'msgstr ""', '"Project-Id-Version: Nivella Credits\\n"',
      '"MIME-Version: 1.0\\n"', '"Content-Type: text/plain; charset=UTF-8\\n"',
      '"Content-Transfer-Encoding: 8bit\\n"', `"X-Domain: ${DOMAIN}\\n"`].join('\n');
    const files = parts.map((part, n) => {
      const file = join(folder, `${n}.pot`);
      writeFileSync(file, `${header}\n\n${part}`);
      return file;
    });
    const all = ['--use-first', '--no-wrap', '--sort-by-file', '--output-file=-', ...files];
    return gettext('msgcat', all, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @returns {string[]} the languages that are shipped, as files of theirs */
export const shipped = () =>
  readdirSync(languages)
    .filter((name) => name.endsWith('.po'))
    .map((name) => join(languages, name));

/** Compiles the languages that are shipped, and writes the module's texts for all others. */
export function compileTranslations() {
  for (const name of readdirSync(languages)) {
    if (/\.(mo|json)$/.test(name)) rmSync(join(languages, name));
  }
  writeFileSync(join(languages, 'messages.php'), messagesPhp());
  for (const file of shipped()) {
    const parsed = po.parse(readFileSync(file));
    const own = parsed.headers.Language ?? '';
    for (const locale of [own, ...(SPOKEN_IN[own] ?? [])]) {
      const base = join(languages, `${DOMAIN}-${locale}`);
      writeFileSync(`${base}.mo`, mo.compile(parsed));
      for (const [script, text] of scriptsOf(parsed)) {
        const name = createHash('md5').update(script).digest('hex');
        writeFileSync(`${base}-${name}.json`, text);
      }
    }
  }
}

/**
 * What WordPress reads for a script: the texts that stand in it, by its place in the plugin.
 * @param {import('gettext-parser').GetTextTranslations} parsed
 * @returns {Map<string, string>}
 */
function scriptsOf(parsed) {
  const lang = parsed.headers.Language ?? '';
  const forms = parsed.headers['Plural-Forms'] ?? '';
  /** @type {Map<string, Record<string, unknown>>} */
  const scripts = new Map();
  for (const [context, messages] of Object.entries(parsed.translations)) {
    for (const { msgid, msgstr, comments } of Object.values(messages)) {
      const places = (comments?.reference ?? '').split(/\s+/).map((at) => at.replace(/:\d+$/, ''));
      for (const place of new Set(places.filter((at) => at.endsWith('.js')))) {
        const head = { domain: 'messages', lang, plural_forms: forms };
        const texts = scripts.get(place) ?? { '': head };
        texts[context ? `${context}\u0004${msgid}` : msgid] = msgstr;
        scripts.set(place, texts);
      }
    }
  }
  const file = (/** @type {Record<string, unknown>} */ messages) =>
    JSON.stringify({ domain: 'messages', locale_data: { messages } });
  return new Map([...scripts].map(([place, texts]) => [place, file(texts)]));
}

/**
 * What the module says in a language is translated once, in its catalogue.
 * @param {Buffer} text of a language @returns {Buffer}
 */
function withMessages(text) {
  const parsed = po.parse(text);
  const language = (parsed.headers.Language ?? '').split('_')[0] ?? '';
  for (const [key, texts] of Object.entries(readCatalogue())) {
    const own = texts[language];
    const [message] = Object.values(parsed.translations[key] ?? {});
    if (!own || !message) continue;
    const count = message.msgid_plural ? message.msgstr.length : 1;
    // The catalogue's forms stand in gettext's order.
    const forms = typeof own === 'string' ? Array(count).fill(own) : Object.values(own);
    if (forms.length === count) message.msgstr = forms;
  }
  return po.compile(parsed, { foldLength: 0 });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(template, makeTemplate());
  for (const file of shipped()) {
    const how = ['--update', '--backup=none', '--no-fuzzy-matching', '--no-wrap', '--quiet'];
    gettext('msgmerge', [...how, file, template], plugin);
    writeFileSync(file, withMessages(readFileSync(file)));
  }
}
