/**
 * What the plugin does to the shop's page in a browser, as Lighthouse sees it on a phone:
 *
 *     WP_DIR=folder BENCH_PAIRS=20 node tests/bench/shop-page.mjs
 *
 * The page is visited without the plugin, with it, and with the pill in it, in turn, on an emulated
 * phone and link, each time in a fresh browser. What counts are the differences of visits that
 * follow each other. Then: what the page asks for until the pill is live, and whether anything of
 * the plugin keeps it from being drawn.
 */
import { at } from '../../pkg/build/paths.mjs';
import { launch, slow } from '../browser/harness.mjs';
import { budgets } from './budgets.mjs';
import { watch } from './live.mjs';
import { Report } from './report.mjs';
import { openShop } from './shop-page/store.mjs';
import { interval } from './stats.mjs';

/** @typedef {import('playwright-core').Browser} Browser */
/** @typedef {import('playwright-core').BrowserContext} BrowserContext */
/** @typedef {import('./shop-page/store.mjs').Shop} Shop */
/** @typedef {'without' | 'active' | 'pill'} Way */
/** @typedef {Record<'lcp' | 'tbt' | 'cls', number>} Figures of LCP without the server's own time */

const PAIRS = Number(process.env.BENCH_PAIRS || 20);
const PHONE = { viewport: { width: 412, height: 823 }, deviceScaleFactor: 1.75, isMobile: true };
const LINK = { mbit: 1.6, latencyMs: 150 };
const SLOWER = 4;
/** How the server is told; see tests/php/support/meter-plugin.php and shop-page/pill.php. */
const WAYS = {
  without: { 'X-Meter-Plugin': 'off' },
  active: {},
  pill: { 'X-Bench-Pill': '1' },
};
const OURS = /nivella-credits|nivella_credits/;

/** In the page, before anything else: notes what a person notices. */
function note() {
  const noted = { lcp: 0, cls: 0, tasks: /** @type {number[][]} */ ([]) };
  Object.assign(globalThis, { noted });
  const on = (/** @type {string} */ type, /** @type {(entry: any) => void} */ take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({
      type,
      buffered: true,
    });
  on('largest-contentful-paint', (entry) => (noted.lcp = entry.startTime));
  on('layout-shift', (entry) => (noted.cls += entry.hadRecentInput ? 0 : entry.value));
  on('longtask', (entry) => noted.tasks.push([entry.startTime, entry.duration]));
}

/** In the page, when it is quiet: what was noted. @returns {Figures} */
function read() {
  const { lcp, cls, tasks } = /** @type {any} */ (globalThis).noted;
  const [navigation] = /** @type {PerformanceNavigationTiming[]} */ (
    performance.getEntriesByType('navigation')
  );
  const painted = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
  const tbt = tasks
    .filter((/** @type {number[]} */ [start]) => start >= painted)
    .reduce((/** @type {number} */ sum, /** @type {number[]} */ [, took]) => sum + took - 50, 0);
  return { lcp: lcp - navigation.responseStart, tbt, cls };
}

/**
 * A phone that opens the shop.
 * @param {Browser} browser @param {Shop} shop @param {Way} way
 */
async function phone(browser, { cookies }, way) {
  const context = await browser.newContext({ ...PHONE, extraHTTPHeaders: WAYS[way] });
  await context.addCookies(cookies);
  const page = await context.newPage();
  page.setDefaultTimeout(90_000);
  await page.addInitScript(note);
  await page.addInitScript(watch);
  return page;
}

/** @param {Browser} browser @param {Shop} shop @param {Way} way @returns {Promise<Figures>} */
async function visit(browser, shop, way) {
  const page = await phone(browser, shop, way);
  const session = await slow(page, LINK);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.goto(shop.url, { waitUntil: 'networkidle', timeout: 90_000 });
  if (way === 'pill') await live(page);
  // The last shift and the last long task are told a little later.
  await page.waitForTimeout(500);
  const figures = await page.evaluate(read);
  await page.context().close();
  return figures;
}

/** @param {import('playwright-core').Page} page */
const live = (page) =>
  page.waitForFunction(() => performance.getEntriesByName('live').length > 0, undefined, {
    timeout: 90_000,
  });

/**
 * What the page asks for of the plugin until the pill is live, by the script's own clock, and what
 * of it the browser waits for before it draws.
 * @param {Browser} browser @param {Shop} shop
 * @param {(nonce: string) => string} nonce what the page has in the place of its own; "" for none
 */
async function requests(browser, shop, nonce) {
  const page = await phone(browser, shop, 'pill');
  await page.route(shop.url, async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replace(
      /,"nonce":"(\w+)"(?=\}\})/,
      (_all, own) => (nonce(own) ? `,"nonce":"${nonce(own)}"` : ''),
    );
    await route.fulfill({ response: answer, body });
  });
  await page.goto(shop.url, { timeout: 90_000 });
  await live(page);
  const found = await page.evaluate(() => {
    const until = performance.getEntriesByName('live')[0].startTime;
    const all = /** @type {PerformanceResourceTiming[]} */ (
      performance.getEntriesByType('resource')
    );
    return all.map((one) => ({
      name: one.name,
      early: one.startTime <= until,
      blocks: /** @type {any} */ (one).renderBlockingStatus === 'blocking',
    }));
  });
  const text = await page.evaluate(
    () => document.querySelector('nivella-credit-pill')?.shadowRoot?.textContent ?? '',
  );
  await page.context().close();
  const ours = found.filter(({ name }) => OURS.test(name));
  return {
    asked: ours.filter(({ early }) => early).map(({ name }) => name),
    blocking: ours.filter(({ blocks }) => blocks).map(({ name }) => name),
    shows: /2,341/.test(text),
  };
}

/** @param {Browser} browser @param {Shop} shop @param {Report} report */
async function compare(browser, shop, report) {
  report.title(`The shop's page, ${PAIRS} pairs: a phone ${SLOWER} times slower, ` +
    `${LINK.mbit} Mbit/s, ${LINK.latencyMs} ms`);
  /** @type {Record<Way, Figures[]>} */
  const seen = { without: [], active: [], pill: [] };
  const ways = /** @type {Way[]} */ (Object.keys(seen));
  for (let pair = -1; pair < PAIRS; pair += 1) {
    for (const way of pair % 2 === 0 ? ways : [...ways].reverse()) {
      const figures = await visit(browser, shop, way);
      if (pair >= 0) seen[way].push(figures);
    }
  }
  const names = { lcp: 'LCP behind the first byte, ms', tbt: 'TBT, ms', cls: 'CLS' };
  for (const [key, name] of Object.entries(names)) {
    const figure = /** @type {keyof Figures} */ (key);
    const digits = figure === 'cls' ? 4 : 0;
    const of = (/** @type {Way} */ way) => seen[way].map((figures) => figures[figure]);
    const base = of('without');
    report.say(`${name}, without the plugin`, interval(base, digits).text);
    for (const way of /** @type {const} */ (['active', 'pill'])) {
      const more = interval(of(way).map((value, pair) => value - base[pair]), digits);
      const what = way === 'pill' ? '  more with the pill in it' : '  more with the plugin';
      report.check(what, more.text, more.low <= budgets.shopMore[figure], 'within the noise');
    }
  }
}

/** @param {Browser} browser @param {Shop} shop @param {Report} report */
async function count(browser, shop, report) {
  report.title('Until the pill is live');
  const cases = {
    'a page with a nonce': { nonce: (/** @type {string} */ own) => own, most: budgets.requests },
    'a page with an outdated one': { nonce: () => '0123456789', most: budgets.renewedRequests },
    'a page for everyone, with none': { nonce: () => '', most: budgets.renewedRequests },
  };
  for (const [name, { nonce, most }] of Object.entries(cases)) {
    const { asked, blocking, shows } = await requests(browser, shop, nonce);
    const fits = shows && asked.length > 0 && asked.length <= most;
    report.check(`${name}, requests`, `${asked.length}`, fits, `at most ${most}`);
    if (!fits) asked.forEach((address) => report.say('', address));
    report.check('  of them keep it from being drawn', `${blocking.length}`, !blocking.length, '0');
    blocking.forEach((address) => report.say('', address));
  }
}

const report = new Report();
const shop = await openShop(at('tests/bench/shop-page/pill.php'));
const browser = await launch();
try {
  await count(browser, shop, report);
  await compare(browser, shop, report);
} finally {
  await browser.close();
  await shop.close();
}
report.close();
