/**
 * From `www/shim` to the scripts of `pkg`: one entry script, and chunks that it loads on demand.
 *
 * What the entry and a chunk both use stays in the entry, so that nothing which the pill needs
 * waits for a second script.
 */
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Features, transform } from 'lightningcss';
import { rolldown } from 'rolldown';
import { messageModules } from './messages.mjs';
import { at, glue, pkg } from './paths.mjs';

/** @type {Record<string, string>} */
const gluePaths = {
  '#pill-module': join(glue, 'pill/pill.js'),
  '#app-module': join(glue, 'app/app.js'),
  '#engine-module': join(glue, 'engine/engine.js'),
  '#usage-module': join(glue, 'usage/usage.js'),
};

/**
 * A template as one text: no comments, no white space between tags on lines of their own.
 * @param {string} html
 */
export const smallHtml = (html) =>
  html
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/>\s*\n\s*</g, '><')
    .replace(/\s+/g, ' ')
    .trim();

/** @param {string} file */
export function smallCss(file) {
  // The browsers of the last three years.
  const targets = { chrome: 119 << 16, firefox: 119 << 16, safari: 17 << 16 };
  // No sheet of ours uses light-dark(); its stand-in would cost every sheet four properties.
  const exclude = Features.LightDark;
  const code = readFileSync(file);
  const { code: small } = transform({ filename: file, code, minify: true, targets, exclude });
  return Buffer.from(small).toString();
}

/**
 * What we use of a generated glue: its classes, and the two functions that start it and start it
 * anew. Its own loader stays out, because boot.js loads.
 * @param {string} path
 */
function gluePart(path) {
  const classes = readFileSync(path, 'utf8').matchAll(/^export class (\w+)/gm);
  const names = [...classes].map(([, name]) => name);
  const all = ['initSync', '__wbg_reset_state', ...names].join(', ');
  return `export { ${all} } from ${JSON.stringify(path)};`;
}

/** Stands for the pill's module until the script is small. */
const PILL_BYTES = 'nivella:pill-bytes';

/**
 * The pill's module as one text, a character for each byte: it comes with the script that starts
 * it. A request of its own would take longer than to read it here; base64 would be a tenth more.
 */
function pillBytes() {
  const bytes = readFileSync(join(glue, 'pill/pill_bg.wasm')).toString('latin1');
  // All that a text in backticks cannot have as it is.
  const text = bytes
    .replace(/[\\`]|\$(?=\{)/g, '\\$&')
    .replaceAll('\r', '\\r')
    .replace(/\0(?=\d)/g, '\\x00')
    .replaceAll('\0', '\\0');
  return `\`${text}\``;
}

/** @param {string} text */
const asModule = (text) => ({ code: `export default ${JSON.stringify(text)};`, moduleType: 'js' });

/** Templates, sheets, messages and glues as modules. @returns {import('rolldown').Plugin} */
export function sources() {
  /** @type {Record<string, string>} */
  const virtual = { ...messageModules(), [PILL_BYTES]: asModule(PILL_BYTES).code };
  return {
    name: 'nivella-sources',
    resolveId(id) {
      if (id in gluePaths) return `\0${id}`;
      return id in virtual ? `\0${id}` : null;
    },
    load(id) {
      if (id.startsWith('\0#')) return { code: gluePart(gluePaths[id.slice(1)]), moduleType: 'js' };
      if (id.startsWith('\0nivella:')) return { code: virtual[id.slice(1)], moduleType: 'js' };
      if (id.endsWith('.html')) return asModule(smallHtml(readFileSync(id, 'utf8')));
      return id.endsWith('.css') ? asModule(smallCss(id)) : null;
    },
  };
}

/** Bundles the entry into `pkg`; scripts of an earlier build go. */
export async function bundle() {
  const bundled = await rolldown({
    input: { 'nivella-credits': at('www/shim/nivella-credits.js') },
    platform: 'browser',
    plugins: [sources()],
    preserveEntrySignatures: 'allow-extension',
    transform: { target: 'es2022' },
    // The addresses of the modules stay as they are written, for the next bundler to see.
    experimental: { resolveNewUrlToAsset: false },
    onLog(level, log) {
      throw new Error(`${level}: ${log.message}`);
    },
  });
  for (const name of readdirSync(pkg)) if (name.endsWith('.js')) rmSync(join(pkg, name));
  await bundled.write({
    dir: pkg,
    format: 'esm',
    minify: true,
    comments: false,
    entryFileNames: '[name].js',
    chunkFileNames: ({ facadeModuleId: id }) =>
      id?.startsWith(glue) ? '[name]-glue.js' : '[name].js',
  });
  await bundled.close();
  const entry = join(pkg, 'nivella-credits.js');
  const [before, after, ...more] = readFileSync(entry, 'utf8').split(`\`${PILL_BYTES}\``);
  if (after === undefined || more.length > 0) throw new Error('no place for the pill’s module');
  writeFileSync(entry, before + pillBytes() + after);
}
