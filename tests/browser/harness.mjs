/** What every browser test starts from: the demo's server, real Chromium, and a few senses. */
import { spawn } from 'node:child_process';
import { accessSync, constants, mkdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { at, root } from '../../pkg/build/paths.mjs';

/** @typedef {import('playwright-core').Browser} Browser */
/** @typedef {import('playwright-core').BrowserContextOptions} ContextOptions */
/** @typedef {import('playwright-core').Page} Page */

const axeScript = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** @returns {string} the browser's path */
function findChromium() {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  const found = candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  if (!found) throw new Error('Chromium is missing: bash pkg/build/setup.sh chromium');
  return found;
}

/** @returns {Promise<Browser>} */
export function launch() {
  return chromium.launch({
    executablePath: process.env.NIVELLA_CHROMIUM ?? findChromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/**
 * Starts the demo's server on a free port.
 * @param {Record<string, string>} [env] such as `{ STORE: url }`
 * @returns {Promise<{ origin: string, stop: () => void }>}
 */
export async function startDemo(env = {}) {
  const server = spawn(process.execPath, [at('www/demo/serve.mjs')], {
    cwd: root,
    env: { ...process.env, STORE: '', ...env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = () => void server.kill();
  process.once('exit', stop);
  let said = '';
  const origin = await new Promise((resolve, reject) => {
    server.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      said += text;
      const address = /https?:\/\/[^\s/]+/.exec(said);
      if (address) resolve(address[0]);
    });
    server.once('exit', () => reject(new Error(`the demo's server ended: ${said}`)));
  });
  return { origin: String(origin), stop };
}

/**
 * A page in a fresh context, and what went wrong in it: uncaught errors, console errors, refused
 * content.
 * @param {Browser} browser
 * @param {ContextOptions} [options] such as `{ viewport, locale, colorScheme, reducedMotion }`
 * @returns {Promise<{ page: Page, faults: string[] }>}
 */
export async function openPage(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  return watched(await context.newPage());
}

/**
 * @param {Page} page
 * @returns {{ page: Page, faults: string[] }}
 */
export function watched(page) {
  /** @type {string[]} */
  const faults = [];
  page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  return { page, faults };
}

/**
 * A slow network, as DevTools emulates it.
 * @param {Page} page
 * @param {{ mbit: number, latencyMs: number, offline?: boolean }} link
 */
export async function slow(page, { mbit, latencyMs, offline = false }) {
  const session = await page.context().newCDPSession(page);
  const throughput = (mbit * 1_000_000) / 8;
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline,
    latency: latencyMs,
    downloadThroughput: throughput,
    uploadThroughput: throughput,
  });
  return session;
}

/**
 * What axe finds against WCAG 2.2 AA and its own best practices, one line each; shadow roots
 * included.
 * @param {Page} page
 * @param {string} [within] a selector
 * @returns {Promise<string[]>}
 */
export async function axeViolations(page, within) {
  // Under the page's own policy no script tag may be added; the debugger is not held to it.
  const session = await page.context().newCDPSession(page);
  const loaded = await page.evaluate(() => 'axe' in globalThis);
  if (!loaded) {
    const expression = readFileSync(axeScript, 'utf8');
    await session.send('Runtime.evaluate', { expression });
  }
  await session.detach();
  return page.evaluate(async (selector) => {
    const axe = /** @type {any} */ (globalThis).axe;
    const { violations } = await axe.run(selector ?? document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return violations.flatMap((/** @type {any} */ violation) =>
      violation.nodes.map(
        (/** @type {any} */ node) => `${violation.id}: ${node.target.join(' ')}: ${violation.help}`,
      ),
    );
  }, within);
}

/**
 * A picture in tests/browser/shots, for people to look at.
 * @param {Page} page
 * @param {string} name
 */
export async function shot(page, name) {
  const folder = at('tests/browser/shots');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}
