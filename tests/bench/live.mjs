/**
 * How much later than a static page the live pill is there, on an emulated link.
 *
 * Both pages are the same: text and one style sheet, printed by one server. The static one has its
 * balance in the text and is done when its style sheet is there, since nothing is drawn before.
 * The other one has the pill, with the hints that the plugin prints into the head; it is done when
 * its number is written. They are visited in turn, each in a fresh context.
 */
import { openPage, slow } from '../browser/harness.mjs';
import { shopPage, shopPages } from '../browser/shop.mjs';
import { serveFiles } from '../browser/static.mjs';
import { at } from '../../pkg/build/paths.mjs';
import { budgets } from './budgets.mjs';
import { median, spread } from './stats.mjs';

/** @typedef {import('./report.mjs').Report} Report */
/** @typedef {import('playwright-core').Browser} Browser */

const PAIRS = 15;
const LINK = { mbit: 9, latencyMs: 60 };
const STYLE = '<link rel="stylesheet" href="/page.css">';
const HINTS = `
<link rel="modulepreload" href="/pkg/nivella-credits.js">
<link rel="preload" as="fetch" href="/wp-json/nivella-credits/v1/balance" crossorigin>`;
const PAGES = {
  '/static': `<!doctype html><html lang="en"><meta charset="utf-8"><title>Chat</title>${STYLE}
<main><h1>Chat</h1><p>2,341 Credits</p></main></html>`,
  '/hinted': shopPage({ head: STYLE + HINTS }),
  '/plain': shopPage({ head: STYLE }),
};

/** In the page, before anything else: notes when it shows what it has to show. */
export function watch() {
  const done = (/** @type {string} */ what) =>
    performance.getEntriesByName(what).length || performance.mark(what);
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function attachWatched(options) {
    const root = attach.call(this, options);
    new MutationObserver(() => {
      if (root.getElementById('value')?.textContent) done('live');
    }).observe(root, { childList: true, subtree: true });
    return root;
  };
  document.addEventListener(
    'load',
    (event) => event.target instanceof HTMLLinkElement && done(`loaded ${event.target.rel}`),
    true,
  );
}

/**
 * @param {Browser} browser
 * @param {string} address
 * @param {string} mark
 * @returns {Promise<number>} milliseconds since the navigation began
 */
async function visit(browser, address, mark) {
  const { page } = await openPage(browser);
  await slow(page, LINK);
  await page.addInitScript(watch);
  await page.goto(address);
  await page.waitForFunction((name) => performance.getEntriesByName(name).length > 0, mark);
  const at = await page.evaluate((name) => performance.getEntriesByName(name)[0].startTime, mark);
  await page.context().close();
  return at;
}

/** @param {Browser} browser @param {Report} report */
export async function live(browser, report) {
  report.title(`A live pill on ${LINK.mbit} Mbit/s and ${LINK.latencyMs} ms, ${PAIRS} pairs`);
  const pages = { ...shopPages(), ...PAGES, '/page.css': 'body { margin: 2rem }' };
  const server = await serveFiles({ pages, folders: { '/pkg/': at('pkg') }, compress: true });
  /** @type {Record<string, number[]>} */
  const times = { static: [], hinted: [], plain: [] };
  try {
    // The first visit of each warms the server, which compresses once.
    for (let pair = -1; pair < PAIRS; pair += 1) {
      for (const name of Object.keys(times)) {
        const mark = name === 'static' ? 'loaded stylesheet' : 'live';
        const took = await visit(browser, `${server.origin}/${name}`, mark);
        if (pair >= 0) times[name].push(took);
      }
    }
  } finally {
    await server.close();
  }
  const later = (/** @type {string} */ name) =>
    times[name].map((time, pair) => time - times.static[pair]);
  report.say('static page, ms', spread(times.static));
  const typical = median(later('hinted'));
  const fits = typical <= budgets.livePillMs;
  const most = `at most ${budgets.livePillMs}`;
  report.check('live pill, later by', spread(later('hinted')), fits, most);
  report.say('the same without hints in the head', spread(later('plain')));
}
