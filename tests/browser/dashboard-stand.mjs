/** Serves the dashboard with sample data, bundled as it is shipped, under the strict policy. */
import { existsSync, readFileSync } from 'node:fs';
import { rolldown } from 'rolldown';
import { sources } from '../../pkg/build/bundle.mjs';
import { languagesOf, messagesOf, readCatalogue } from '../../pkg/build/messages.mjs';
import { at } from '../../pkg/build/paths.mjs';
import { openPage } from './harness.mjs';
import { serveFiles, strictPolicy } from './static.mjs';

const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Usage</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<link rel="stylesheet" href="/gallery-dashboard.css">
<script type="module" src="/gallery-dashboard.js"></script></head>
<body><main><h1>Account</h1></main></body></html>`;

/** The modules are not needed here, and need not be built. @type {import('rolldown').Plugin} */
const noModules = {
  name: 'no-modules',
  resolveId: (id) => (/^#\w+-module$/.test(id) ? '\0none' : null),
  load: (id) => (id === '\0none'
    ? 'export const initSync = () => {}, __wbg_reset_state = initSync, Pill = 0;' : null),
};

/** @returns {Promise<Record<string, string>>} scripts by address */
export async function bundleDashboard() {
  const bundled = await rolldown({
    input: { 'gallery-dashboard': at('tests/browser/gallery-dashboard.js') },
    platform: 'browser',
    plugins: [noModules, sources()],
    experimental: { resolveNewUrlToAsset: false },
    transform: { target: 'es2022' },
  });
  const { output } = await bundled.generate({ format: 'esm', minify: true, comments: false,
    entryFileNames: '[name].js', chunkFileNames: '[name].js' });
  await bundled.close();
  return Object.fromEntries(output.map((chunk) =>
    [`/${chunk.fileName}`, chunk.type === 'chunk' ? chunk.code : '']));
}

/** @returns {Promise<Awaited<ReturnType<typeof serveFiles>>>} */
export async function dashboardStand() {
  const catalogue = readCatalogue();
  const locales = languagesOf(catalogue).map((name) =>
    [`/locales/${name}.json`, JSON.stringify(messagesOf(catalogue, name))]);
  const css = at('tests/browser/gallery-dashboard.css');
  const pages = {
    '/': page, '/favicon.ico': '', ...await bundleDashboard(), ...Object.fromEntries(locales),
    '/gallery-dashboard.css': existsSync(css) ? readFileSync(css, 'utf8') : '',
  };
  return serveFiles({ pages, policy: strictPolicy });
}

/**
 * @param {import('playwright-core').Browser} browser
 * @param {string} origin of the stand
 * @param {string} query such as `state=over&lang=ar`
 * @param {import('./harness.mjs').ContextOptions} [options]
 */
export async function openDashboard(browser, origin, query, options = {}) {
  const { page, faults } = await openPage(browser, { reducedMotion: 'reduce', ...options });
  await page.goto(`${origin}/?${query}`);
  await page.locator('nivella-usage-dashboard #dash').waitFor();
  const at = (/** @type {string} */ selector) =>
    page.locator(`nivella-usage-dashboard ${selector}`);
  return { page, faults, at };
}
