/**
 * `make bench`: figures against the budgets, all in one run and one browser, so that ratios count
 * and the machine's speed does not. `node tests/bench/bench.mjs [part...]` runs single parts.
 */
import { launch, openPage } from '../browser/harness.mjs';
import { shopPages } from '../browser/shop.mjs';
import { serveFiles } from '../browser/static.mjs';
import { at } from '../../pkg/build/paths.mjs';
import { decimals } from './decimals.mjs';
import { ledger } from './ledger.mjs';
import { live } from './live.mjs';
import { memory } from './memory.mjs';
import { painting } from './painting.mjs';
import { Report } from './report.mjs';
import { dashboard } from './usage/dashboard.mjs';
import { files } from './usage/files.mjs';
import { filters } from './usage/filters.mjs';

/** Parts that work in a page of the bench's own. */
const inPage = { memory, decimals, ledger };
/** Parts that open pages as a store has them. */
const onPages = { painting, live, dashboard, filters, files };

const chosen = process.argv.slice(2);
const wanted = (/** @type {string} */ name) => chosen.length === 0 || chosen.includes(name);

const report = new Report();
const browser = await launch();
const server = await serveFiles({
  isolated: true,
  pages: {
    ...shopPages(),
    '/': '<!doctype html><meta charset="utf-8"><title>bench</title>',
  },
  folders: {
    '/pkg/': at('pkg'),
    '/glue/': at('target/glue'),
    '/decimal/': at('node_modules/decimal.js'),
    '/big/': at('node_modules/big.js'),
  },
});
try {
  for (const [name, part] of Object.entries(inPage)) {
    if (!wanted(name)) continue;
    const { page } = await openPage(browser);
    await page.goto(`${server.origin}/`);
    await part(page, report);
    await page.close();
  }
  for (const [name, part] of Object.entries(onPages)) {
    if (wanted(name)) await part(browser, report);
  }
} finally {
  await browser.close();
  await server.close();
}
report.close();
