/**
 * Makes a finished module and its glue small.
 *
 * A panic of ours ends in a trap, and nobody reads its text: there is no console behind a module
 * without a hook. So the machinery that would compose the text becomes the trap itself. Floats are
 * never shown; only serde's error texts could print one, and 7 KB would come along for that: it
 * prints nothing there. The names between module and glue, each with a hash, become letters.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import binaryen from 'binaryen';
import { at } from './paths.mjs';
import { trim } from './trim.mjs';

// Its types lack the part that writes into functions.
const setBody = /** @type {any} */ (binaryen).Function.setBody;

/** Functions of Rust's libraries that are reached only on the way to a panic. */
const panics = [
  /(core|std)(\[\w+\])?::panicking::/,
  /::raw_vec(\[\w+\])?::(handle_error|capacity_overflow)/,
  /::(handle_alloc_error|default_alloc_error_hook|__rust_alloc_error_handler)/,
  /core(\[\w+\])?::(option|result)::(unwrap|expect)_failed/,
  /core(\[\w+\])?::(slice|str)::.*_fail\b/,
];

const floatText = /^<f(32|64) as core(\[\w+\])?::fmt::(Display|Debug|LowerExp)>::fmt$/;

/**
 * @param {string} file the module, changed in place; its functions still have names
 * @returns {number} how many functions became a trap
 */
function withoutPanicTexts(file) {
  const module = binaryen.readBinary(readFileSync(file));
  let count = 0;
  for (let index = 0; index < module.getNumFunctions(); index += 1) {
    const ref = module.getFunctionByIndex(index);
    const { name, module: importedFrom } = binaryen.getFunctionInfo(ref);
    if (importedFrom) continue;
    if (panics.some((panic) => panic.test(name))) {
      setBody(ref, module.unreachable());
      count += 1;
    } else if (floatText.test(name)) {
      // `Ok`, nothing written.
      setBody(ref, module.i32.const(0));
    }
  }
  if (!module.validate()) throw new Error(`${file} is no longer a valid module`);
  writeFileSync(file, module.emitBinary());
  module.dispose();
  return count;
}

/** What rustc uses by default, and browsers have had for years; no other encoding may appear. */
const features = [
  'bulk-memory',
  'bulk-memory-opt',
  'call-indirect-overlong',
  'multivalue',
  'mutable-globals',
  'nontrapping-float-to-int',
  'reference-types',
  'sign-ext',
].map((feature) => `--enable-${feature}`);

/**
 * @param {string} file
 * @param {...string} passes
 * @returns {string} what the tool says
 */
function wasmOpt(file, ...passes) {
  const tool = at('node_modules/binaryen/bin/wasm-opt');
  const args = [tool, file, '--mvp-features', ...features, ...passes, '-o', file];
  return execFileSync(process.execPath, args, { encoding: 'utf8' });
}

/**
 * The glue with the short names: exports are fields of `wasm`, imports are keys of one object.
 * @param {string} script
 * @param {{ imports: string[][], exports: string[][] }} names
 */
function rename(script, { imports, exports }) {
  const exported = new Map(exports.map(([long, short]) => [long, short]));
  const imported = new Map(imports.map(([, long, short]) => [long, short]));
  const module = imports[0][0];
  const before = `"${module}": import0`;
  if (!script.includes(before)) throw new Error(`the glue has no ${before}`);
  return script
    .replace(before, 'a: import0')
    .replaceAll(/\bwasm\.(\w+)/g, (whole, long) => {
      const short = exported.get(long);
      return short === undefined ? whole : `wasm.${short}`;
    })
    .replaceAll(/^(\s+)(\w+): function\(/gm, (whole, indent, long) => {
      const short = imported.get(long);
      return short === undefined ? whole : `${indent}${short}: function(`;
    });
}

/**
 * @param {string} module file, changed in place
 * @param {string} glue file, changed in place
 * @param {string} name of the module
 * @param {string[]} passes more of `wasm-opt`'s options
 */
export function shrink(module, glue, name, passes) {
  const trapped = withoutPanicTexts(module);
  if (trapped === 0) throw new Error(`${module}: no function has a panic's name: are names lost?`);
  const strip = ['--strip-debug', '--strip-producers', '--strip-target-features'];
  wasmOpt(module, '-Oz', '--converge', ...passes, ...strip);
  const names = JSON.parse(wasmOpt(module, '--minify-imports-and-exports-and-modules'));
  writeFileSync(glue, trim(rename(readFileSync(glue, 'utf8'), names), name));
  // It describes the long names; the public types are in the other one.
  rmSync(`${module}.d.ts`, { force: true });
}
