/**
 * `make zip`: the plugin as a store owner installs it, `target/nivella-credits-<version>.zip`.
 *
 * The same sources make the same bytes: files in the order of their names, one date, one mode.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { ZipFile } from 'yazl';
import { at, root } from './paths.mjs';
import { filesBelow } from './step.mjs';

const SLUG = 'nivella-credits';
/** What only the makers of the plugin need: sources of translations, and what hides. */
const kept = (/** @type {string} */ file) => !/(^|\/)\./.test(file) && !file.endsWith('.po');

/**
 * @param {string} [from] the plugin's folder
 * @returns {Promise<{ name: string, bytes: Buffer, files: string[] }>}
 */
export async function zipOf(from = at('www', SLUG)) {
  const header = readFileSync(join(from, `${SLUG}.php`), 'utf8');
  const version = /^ \* Version:\s+(\S+)$/m.exec(header)?.[1];
  if (!version) throw new Error(`${SLUG}.php names no version`);
  const files = filesBelow([from]).map((file) => relative(from, file)).filter(kept);
  if (!files.includes('assets/build.json')) throw new Error('nothing is built yet: make build');
  const zip = new ZipFile();
  // A zip's dates are local times without a zone: this one reads the same everywhere.
  const mtime = new Date(2026, 0, 1);
  for (const file of files) {
    const how = { mtime, mode: 0o100644, forceDosTimestamp: true };
    zip.addBuffer(readFileSync(join(from, file)), `${SLUG}/${file}`, how);
  }
  zip.end();
  const bytes = await buffer(Readable.from(zip.outputStream));
  return { name: `${SLUG}-${version}.zip`, bytes, files };
}

/** @returns {Promise<string>} the file that was written */
export async function writeZip() {
  const { name, bytes } = await zipOf();
  const file = at('target', name);
  // Whole at once: another run may be reading it.
  const part = `${file}.${process.pid}`;
  writeFileSync(part, bytes);
  renameSync(part, file);
  return file;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const file = await writeZip();
  const size = Math.round(readFileSync(file).length / 1024);
  console.log(`${relative(root, file)}: ${size} KB, as Plugins -> Add New -> Upload takes it`);
}
