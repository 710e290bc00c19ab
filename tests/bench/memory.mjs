/** What the modules take before there are any rows. */
import { budgets } from './budgets.mjs';

/** @typedef {import('./report.mjs').Report} Report */
/** @typedef {import('playwright-core').Page} Page */

/**
 * In the page: bytes of a module's memory when it has just been made.
 * @param {string} name
 * @returns {Promise<number>}
 */
async function memoryOf(name) {
  const glueAt = `/glue/${name}/${name}.js`;
  const glue = await import(glueAt);
  const response = fetch(`/glue/${name}/${name}_bg.wasm`);
  const made = await glue.default({ module_or_path: response });
  const memory = Object.values(made).find((value) => value instanceof WebAssembly.Memory);
  return memory instanceof WebAssembly.Memory ? memory.buffer.byteLength : Infinity;
}

/** @param {Page} page @param {Report} report */
export async function memory(page, report) {
  report.title('Memory of a module before rows');
  for (const [name, most] of /** @type {const} */ ([
    ['pill', budgets.pillMemory],
    ['app', budgets.appMemory],
    ['engine', budgets.appMemory],
  ])) {
    const bytes = await page.evaluate(memoryOf, name);
    const mib = (/** @type {number} */ value) => `${(value / 1024 / 1024).toFixed(2)} MiB`;
    report.check(name, mib(bytes), bytes <= most, `at most ${mib(most)}`);
  }
}
