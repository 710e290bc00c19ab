/**
 * Runs one of the crate's test programs that was compiled for wasm32: cargo's runner for the
 * target `wasm32-wasip1`. Natively and here it is the same tests with the same vectors, here with
 * the 32-bit sizes and the code generation that the browser gets.
 */
import { readFile } from 'node:fs/promises';
import { WASI } from 'node:wasi';

const [module, ...args] = process.argv.slice(2);
const wasi = new WASI({
  version: 'preview1',
  args: [module, ...args],
  env: process.env,
  preopens: { '.': process.cwd() },
});
const imports = /** @type {WebAssembly.Imports} */ (wasi.getImportObject());
const { instance } = await WebAssembly.instantiate(await readFile(module), imports);
process.exitCode = Number(wasi.start(instance));
