/**
 * Copies the built package into the plugin: `assets/<its content>/`, so that the scripts of one
 * version never meet the WebAssembly of another, however long a browser keeps either.
 */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { at, pkg } from './paths.mjs';
import { filesBelow } from './step.mjs';

/** What a page loads. @param {string} from @returns {string[]} */
const shipped = (from) =>
  filesBelow([
    ...readdirSync(from)
      .filter((name) => /\.(js|wasm)$/.test(name))
      .map((name) => join(from, name)),
    join(from, 'locales'),
  ]);

/**
 * Copies it, and forgets the version before. A browser that still has a page of that one asks for
 * its folder in vain, and its next page is right.
 * @param {{ from?: string, to?: string }} [places]
 * @returns {string} the new folder's name
 */
export function copyAssets({ from = pkg, to = at('www/nivella-credits/assets') } = {}) {
  const files = shipped(from);
  const hash = createHash('sha256');
  for (const file of files) hash.update(`\0${relative(from, file)}\0`).update(readFileSync(file));
  const folder = hash.digest('hex').slice(0, 12);
  rmSync(to, { recursive: true, force: true });
  for (const file of files) cpSync(file, join(to, folder, relative(from, file)));
  mkdirSync(to, { recursive: true });
  writeFileSync(join(to, 'build.json'), `${JSON.stringify({ folder })}\n`);
  return folder;
}
