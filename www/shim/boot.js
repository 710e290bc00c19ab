/**
 * Loads the WebAssembly modules, each once, and replaces one that has trapped.
 *
 * The pill's glue and module are part of the entry script, so that nothing but the balance is
 * asked for behind it. The app's glue and module are asked for together when a pointer, the focus
 * or a click comes near the menu or the dialog.
 */
import { initSync, Pill, __wbg_reset_state } from '#pill-module';
import bytes from 'nivella:pill-bytes';
import { NivellaError } from './error.js';

/** @typedef {{ Pill: typeof Pill, __wbg_reset_state: () => void }} PillModule */

/** The module of the pill; throws `module_unavailable`, after which a later call tries again. */
export const pillModule = once(startPill);

/** The module of the menu, the dialog and the notices; as the one above. */
export const appModule = once(() =>
  both(import('#app-module'), new URL('./app.wasm', import.meta.url)));

/** The module of the dashboard; as the one above. */
export const usageModule = once(() =>
  both(import('#usage-module'), new URL('./usage.wasm', import.meta.url)));

/** The whole ledger: the demo's store, and the check of a statement. As the one above. */
export const engineModule = once(() =>
  both(import('#engine-module'), new URL('./engine.wasm', import.meta.url)));

/**
 * @template T
 * @param {() => Promise<T>} load
 * @returns {() => Promise<T>} one load, however often it is asked for; after a failure a new one
 */
function once(load) {
  /** @type {Promise<T> | undefined} */
  let loading;
  return () => {
    loading ??= load().catch((cause) => {
      loading = undefined;
      throw new NivellaError('module_unavailable', `WebAssembly cannot be loaded here: ${cause}`);
    });
    return loading;
  };
}

/** @returns {Promise<PillModule>} */
async function startPill() {
  // In a task of its own: on a slow phone, together with the element it would hold the page up.
  await new Promise((begin) => setTimeout(begin));
  const module = Uint8Array.from(bytes, (byte) => byte.charCodeAt(0));
  // Some thousand bytes: done before a task in the background would have begun.
  initSync({ module: new WebAssembly.Module(module) });
  return { Pill, __wbg_reset_state };
}

/**
 * Glue and module, asked for together.
 * @template {{ initSync: (options: { module: WebAssembly.Module }) => unknown }} Glue
 * @param {Promise<Glue>} glue
 * @param {URL} address
 * @returns {Promise<Glue>}
 */
async function both(glue, address) {
  const [found, module] = await Promise.all([glue, compile(fetch(address))]);
  found.initSync({ module });
  return found;
}

/** Fetches what the menu and the dialog need, because a pointer or the focus comes near. */
export function prefetchApp() {
  // Should it fail, whoever needs it says so.
  appModule().catch(() => {});
}

/** @param {Promise<Response>} bytes @returns {Promise<WebAssembly.Module>} */
async function compile(bytes) {
  const response = await bytes;
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  // A server that names another type is common; streaming would refuse it.
  return response.headers.get('Content-Type') === 'application/wasm'
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}

/**
 * Calls into a module. Should it trap, its memory is not to be trusted any more: a fresh instance
 * takes its place and the caller makes its objects anew.
 * @template T
 * @param {{ __wbg_reset_state: () => void }} glue
 * @param {() => T} call
 * @returns {T}
 * @throws {NivellaError} `module_trapped` after the module was replaced
 */
export function guarded(glue, call) {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError)) throw error;
    glue.__wbg_reset_state();
    throw new NivellaError('module_trapped', `The module was replaced: ${error.message}`);
  }
}
