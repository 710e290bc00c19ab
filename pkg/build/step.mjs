/** One step of the build: done again only when the content of what it reads has changed. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { at } from './paths.mjs';

/**
 * Every file below these files and folders, sorted.
 * @param {string[]} paths
 * @returns {string[]}
 */
export function filesBelow(paths) {
  /** @param {string} path @returns {string[]} */
  const walk = (path) => {
    if (!existsSync(path)) return [];
    if (!statSync(path).isDirectory()) return [path];
    // A tool that was built where it stands leaves its own folder behind.
    const names = readdirSync(path).filter((name) => name !== 'target');
    return names.flatMap((name) => walk(join(path, name)));
  };
  return paths.flatMap(walk).sort();
}

/**
 * @param {string[]} files
 * @param {string} salt what else decides the outcome
 * @returns {string}
 */
function digest(files, salt) {
  const hash = createHash('sha256').update(salt);
  for (const file of files) hash.update(`\0${file}\0`).update(readFileSync(file));
  return hash.digest('hex');
}

/**
 * Runs `make` unless the inputs are the ones of the last run and its outputs are there.
 * @param {{ name: string, inputs: string[], outputs: string[], salt?: string }} what
 * @param {() => void | Promise<void>} make
 * @returns {Promise<boolean>} whether it ran
 */
export async function step({ name, inputs, outputs, salt = '' }, make) {
  const stamp = at('target/stamps', name);
  const wanted = digest(filesBelow(inputs), salt);
  const done = existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
  if (done && outputs.every((output) => existsSync(output))) return false;
  const started = performance.now();
  await make();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
  console.log(`${name}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return true;
}
