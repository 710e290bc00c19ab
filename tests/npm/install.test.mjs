/**
 * The package as others get it: packed, installed into an empty Vite project, built, and opened in
 * Chromium under a strict policy.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { build, createServer } from 'vite';
import { launch, openPage } from '../browser/harness.mjs';
import { shopPage, shopPages } from '../browser/shop.mjs';
import { serveFiles, strictPolicy } from '../browser/static.mjs';
import { at } from '../../pkg/build/paths.mjs';

const project = mkdtempSync(join(tmpdir(), 'nivella-vite-'));
const installed = join(project, 'node_modules/nivella-credits');
/** @type {import('playwright-core').Browser} */
let browser;

/** @param {string[]} args */
function npm(args) {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  return execFileSync('npm', [...args, ...quiet], { cwd: project, encoding: 'utf8' });
}

before(async () => {
  const [packed] = JSON.parse(npm(['pack', at('pkg'), '--json']));
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }');
  // The archive is all that is installed: nothing is asked of a network.
  npm(['install', '--offline', join(project, packed.filename)]);
  const html = shopPage({ script: '/main.js', dialog: true });
  writeFileSync(join(project, 'index.html'), html);
  writeFileSync(join(project, 'main.js'), "import 'nivella-credits';\n");
  mkdirSync(join(project, 'public'));
  writeFileSync(join(project, 'public/favicon.ico'), '');
  browser = await launch();
});

after(async () => {
  await browser?.close();
  rmSync(project, { recursive: true, force: true });
});

test('the archive holds what is needed and nothing else', () => {
  const names = readdirSync(installed).sort();
  const needed = [
    'LICENSE-APACHE', 'LICENSE-MIT', 'README.md', 'app.wasm', 'ledger.d.ts', 'locales',
    'nivella-credits.d.ts', 'nivella-credits.js', 'package.json',
  ];
  for (const name of needed) assert.ok(names.includes(name), name);
  const chunk = /^[\w-]+\.(js|wasm)$/;
  const strange = names.filter((name) => !needed.includes(name) && !chunk.test(name));
  assert.deepEqual(strange, []);
});

test('no file tells of the machine that built it', () => {
  const places = [at('.'), process.env.HOME ?? at('.')].filter((place) => place.length > 1);
  for (const name of readdirSync(installed, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(js|ts|wasm|json|md)$/.test(name)) continue;
    const text = readFileSync(join(installed, name), 'latin1');
    for (const place of places) assert.ok(!text.includes(place), `${name} names ${place}`);
  }
});

/**
 * Opens the page, and says what it shows and what went wrong.
 * @param {string} address
 */
async function visit(address) {
  const { page, faults } = await openPage(browser);
  await page.goto(address);
  const value = page.locator('nivella-credit-pill #value');
  await value.filter({ hasText: '2,341' }).waitFor({ timeout: 15_000 });
  await page.evaluate(async () => {
    await customElements.whenDefined('nivella-buy-credits');
    const buy = document.querySelector('nivella-buy-credits');
    return /** @type {any} */ (buy).show();
  });
  await page.locator('nivella-buy-credits #buy[data-state=ready]').waitFor({ timeout: 15_000 });
  // Another language is a file of its own, which the bundler must have taken along.
  await page.locator('nivella-credit-pill').evaluate((pill) => pill.setAttribute('locale', 'de'));
  await value.filter({ hasText: '2.341' }).waitFor({ timeout: 15_000 });
  await page.close();
  return faults;
}

test('a built Vite project shows the live pill and opens the dialog', async () => {
  await build({ root: project, logLevel: 'error' });
  const folders = { '/': join(project, 'dist') };
  const server = await serveFiles({ pages: shopPages(), folders, policy: strictPolicy });
  try {
    assert.deepEqual(await visit(`${server.origin}/`), []);
    const modules = server.requests.filter((path) => path.endsWith('.wasm'));
    assert.equal(modules.length, 1, `the module of the dialog, once: ${modules}`);
  } finally {
    await server.close();
  }
});

test("Vite's development server serves it with the setting that the README gives", async () => {
  const shop = await serveFiles({ pages: shopPages() });
  const vite = await createServer({
    root: project,
    logLevel: 'error',
    optimizeDeps: { exclude: ['nivella-credits'] },
    server: { port: 0, proxy: { '/wp-json': shop.origin } },
  });
  try {
    await vite.listen();
    const [address] = vite.resolvedUrls?.local ?? [];
    assert.deepEqual(await visit(address), []);
  } finally {
    await vite.close();
    await shop.close();
  }
});
