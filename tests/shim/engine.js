/** The embedded store's engine: a small one, or with NIVELLA_ENGINE=module the built one. */
import { existsSync, readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { FakeEngine } from './fake-engine.js';

/** @typedef {import('../../www/shim/embedded/books.js').EngineClass} EngineClass */

const glue = new URL('../../target/glue/engine/engine.js', import.meta.url);
const wasm = new URL('engine_bg.wasm', glue);

export const built = existsSync(glue) && existsSync(wasm);

/** @returns {Promise<EngineClass>} */
async function moduleEngine() {
  // Node 20 aborts now and then where a hot script is deoptimized inside a call that was inlined.
  setFlagsFromString('--no-turbo-inline-js-wasm-calls');
  const module = await import(glue.href);
  module.initSync({ module: readFileSync(wasm) });
  return module.Engine;
}

/** @type {EngineClass} */
export const engine =
  process.env.NIVELLA_ENGINE === 'module' ? await moduleEngine() : /** @type {any} */ (FakeEngine);
