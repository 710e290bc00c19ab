/** The demo's usage page with a clock of 5 us, and the bench's own scripts beside it. */
import { loadavg } from 'node:os';
import { openPage } from '../../browser/harness.mjs';
import { serveFiles } from '../../browser/static.mjs';
import { at } from '../../../pkg/build/paths.mjs';

/** @typedef {import('playwright-core').Browser} Browser */
/** @typedef {import('playwright-core').Page} Page */

/** Rows of an everyday account beside its rollups, and those of the stress run. */
export const EVERYDAY = 100_000;
export const STRESS = 1_000_000;

/** A page without anything of ours; an icon that is there is not asked for in vain. */
const BARE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>bench</title>
<link rel="icon" href="/halden.svg"></html>`;

/** What else the machine does makes every figure worse: it is said beside them. */
export const load = () => `load ${loadavg()[0].toFixed(1)}`;

/**
 * Runs in a page of its own; the page's faults are an error.
 * @template T
 * @param {Browser} browser
 * @param {string} path
 * @param {(page: Page) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function inWorld(browser, path, work) {
  const server = await serveFiles({
    isolated: true,
    pages: { '/bare': BARE },
    folders: {
      '/pkg/': at('pkg'),
      '/glue/': at('target/glue'),
      '/decimal/': at('node_modules/decimal.js'),
      '/bench/': at('tests/bench/usage'),
      '/': at('www/demo'),
    },
  });
  const { page, faults } = await openPage(browser);
  page.setDefaultTimeout(120_000);
  try {
    await page.goto(`${server.origin}${path}`);
    const result = await work(page);
    if (faults.length > 0) throw new Error(faults.join('\n'));
    return result;
  } finally {
    await page.context().close();
    await server.close();
  }
}
