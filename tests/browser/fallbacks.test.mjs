/** What is left when something that a page needs is not there: script, module, storage, policy. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { at } from '../../pkg/build/paths.mjs';
import { openPage } from './harness.mjs';
import {
  codesOf, eventually, notesOf, oneLine, openMenu, openShop, openWorld, pill, pillShows, says,
  takeNotes,
} from './person.mjs';
import { shopPage, shopPages } from './shop.mjs';
import { balanceWith, openStand, publish, settle } from './stand.mjs';
import { serveFiles } from './static.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof openWorld>>} */
let world;
/** @type {Awaited<ReturnType<typeof openStand>>} */
let stand;
before(async () => {
  [world, stand] = await Promise.all([openWorld(), openStand()]);
});
afterEach(() => Promise.all([world?.leave(), stand?.leave()]));
after(() => Promise.all([world?.close(), stand?.close()]));

/** @param {Page} page */
const printed = async (page) => oneLine(await page.locator('nivella-credit-pill').innerText());

/** The printed text stands, seen; nothing promises more. @param {Page} page @param {string} text */
async function fallbackStays(page, text) {
  assert.equal(await printed(page), text);
  assert.ok(await page.locator('nivella-credit-pill').isVisible());
  assert.equal(await pill(page).count(), 0, 'no button that leads nowhere');
}

test('without JavaScript the pill says what was printed, and the page who to ask', async () => {
  const { page } = await world.visitor({ javaScriptEnabled: false, wait: false });
  await fallbackStays(page, '2,341 Credits');
  assert.match(await page.locator('body').innerText(), /help@halden\.example/);
});

test('without our script the pill says what was printed', async () => {
  const { page } = await stand.visitor({
    before: (page) => page.route('**/nivella-credits.js', (route) => route.abort()),
  });
  await fallbackStays(page, '2,300 Credits');
});

describe('without the module', () => {
  /** @type {[string, (page: Page) => Promise<unknown>][]} */
  const ways = [
    ['that the browser cannot compile', (page) => page.addInitScript(() => {
      WebAssembly.Module = /** @type {any} */ (class {
        constructor() { throw new WebAssembly.CompileError('too much'); }
      });
    })],
    ['in a browser that has no WebAssembly', (page) => page.addInitScript(() => {
      Reflect.deleteProperty(globalThis, 'WebAssembly');
    })],
  ];
  for (const [what, before] of ways) {
    test(`${what}: the printed text stays and an event says why`, async () => {
      const { page, faults } = await stand.visitor({ before });
      await eventually(async () => assert.ok((await codesOf(page)).includes('module_unavailable')));
      await settle(page);
      await fallbackStays(page, '2,300 Credits');
      assert.deepEqual((await notesOf(page)).shown, ['2,300']);
      assert.deepEqual(faults.filter((each) => each.startsWith('uncaught')), []);
    });
  }

  test('of the menu: the pill stays right, an event says why, a later click works', async () => {
    let away = true;
    const { page } = await stand.visitor({
      before: (page) => page.route('**/app.wasm', (route) =>
        (away ? route.abort() : route.continue())),
    });
    await pillShows(page, '2,341 Credits');
    await pill(page).click();
    await eventually(async () => assert.ok((await codesOf(page)).includes('module_unavailable')));
    await pillShows(page, '2,341 Credits');
    away = false;
    await openMenu(page);
  });

  /** @type {[string, { status: number, contentType: string, body?: string }][]} */
  const answers = [
    ['is not there', { status: 404, contentType: 'text/html', body: '<h1>Not found</h1>' }],
    ['is something else', { status: 200, contentType: 'application/wasm', body: 'hello' }],
  ];
  for (const [what, answer] of answers) {
    test(`of the menu, which ${what}: the pill stays right and an event says why`, async () => {
      const { page } = await stand.visitor({
        before: (page) => page.route('**/app.wasm', (route) => route.fulfill(answer)),
      });
      await pillShows(page, '2,341 Credits');
      await pill(page).click();
      await eventually(async () => assert.ok((await codesOf(page)).includes('module_unavailable')));
      await pillShows(page, '2,341 Credits');
    });
  }

  test('of the menu, which a host serves with the wrong type: it opens all the same', async () => {
    const { page } = await stand.visitor({
      before: (page) => page.route('**/app.wasm', async (route) => route.fulfill({
        response: await route.fetch(), headers: { 'content-type': 'application/octet-stream' },
      })),
    });
    await pillShows(page, '2,341 Credits');
    await openMenu(page);
  });
});

test('under a policy without wasm the printed text stays and an event says why', async () => {
  const server = await serveFiles({
    folders: { '/pkg/': at('pkg') },
    pages: { ...shopPages(), '/': shopPage({ dialog: true }) },
    policy: "default-src 'self'; script-src 'self'; style-src 'self'",
  });
  const { page } = await openPage(stand.browser);
  await page.addInitScript(takeNotes);
  await page.goto(server.origin);
  await eventually(async () => assert.ok((await codesOf(page)).includes('module_unavailable')));
  await fallbackStays(page, '2,300 Credits');
  await page.close();
  await server.close();
});

test('nothing that we do is against the strict policy', async () => {
  const { page } = await world.visitor({ wait: false });
  await page.evaluate(() => {
    /** @type {string[]} */
    const broken = [];
    Object.assign(globalThis, { broken });
    document.addEventListener('securitypolicyviolation', (event) =>
      broken.push(`${event.violatedDirective} ${event.blockedURI}`));
  });
  await pillShows(page, '2,341 Credits');
  await openMenu(page);
  await page.getByRole('button', { name: 'How credits work' }).click();
  await page.getByRole('dialog', { name: 'How credits work' }).waitFor();
  await page.keyboard.press('Escape');
  await openShop(page);
  await page.keyboard.press('ArrowDown');
  const broken = await page.evaluate(() => /** @type {any} */ (globalThis).broken);
  assert.deepEqual(broken, []);
});

test('a browser that keeps nothing still shows the balance of a server', async () => {
  const { page, faults } = await stand.visitor({
    before: (page) => page.addInitScript(() => {
      const refuse = () => {
        throw new DOMException('no storage here', 'SecurityError');
      };
      for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) {
        Object.defineProperty(globalThis, name, { get: refuse });
      }
      Reflect.deleteProperty(globalThis, 'BroadcastChannel');
      Reflect.deleteProperty(Navigator.prototype, 'locks');
    }),
  });
  await pillShows(page, '2,341 Credits');
  await publish(page, balanceWith({ version: 42, available: '2000' }));
  await pillShows(page, '2,000 Credits');
  assert.deepEqual(faults, []);
});

describe('a module that traps', () => {
  /** Wraps each instance's functions; while `armed`, the next call traps. It runs in the page. */
  const trapper = () => {
    const { Instance } = WebAssembly;
    Object.assign(globalThis, { armed: 0, trapped: 0 });
    /** @param {WebAssembly.Module} module @param {WebAssembly.Imports} imports */
    function Wrapped(module, imports) {
      const { exports } = new Instance(module, imports);
      /** @type {Record<string, any>} */
      const own = {};
      for (const [name, found] of Object.entries(exports)) {
        own[name] = typeof found !== 'function' ? found : (/** @type {any[]} */ ...given) => {
          const page = /** @type {any} */ (globalThis);
          if (page.armed > 0) {
            page.armed -= 1;
            page.trapped += 1;
            throw new WebAssembly.RuntimeError('unreachable');
          }
          return /** @type {any} */ (found)(...given);
        };
      }
      return { exports: own };
    }
    WebAssembly.Instance = /** @type {any} */ (Wrapped);
  };
  /** @param {Page} page */
  const arm = (page) => page.evaluate(() => Object.assign(globalThis, { armed: 1 }));
  /** @param {Page} page */
  const trapped = (page) => page.evaluate(() => /** @type {any} */ (globalThis).trapped);

  test('is replaced: the number stays, the next one comes, and an event says so', async () => {
    const { page, faults } = await stand.visitor({
      before: (page) => page.addInitScript(trapper),
    });
    await pillShows(page, '2,341 Credits');
    await arm(page);
    await publish(page, balanceWith({ version: 42, available: '2000' }));
    await eventually(async () => assert.deepEqual(await codesOf(page), ['module_trapped']));
    assert.equal(await trapped(page), 1);
    await pillShows(page, /^2,(341|000) Credits$/);
    await publish(page, balanceWith({ version: 43, available: '1999' }));
    await pillShows(page, '1,999 Credits');
    const { shown } = await notesOf(page);
    assert.ok(!shown.includes('0') && !shown.includes(''), `${shown}`);
    assert.deepEqual(faults, []);
  });

  test('while the dialog is open: it comes again, with the same choice', async () => {
    const { page, faults } = await stand.visitor({
      before: (page) => page.addInitScript(trapper),
    });
    await pillShows(page, '2,341 Credits');
    const dialog = await openShop(page);
    await arm(page);
    await page.keyboard.press('ArrowDown');
    await eventually(async () => assert.equal(await trapped(page), 1));
    await eventually(async () => assert.ok((await codesOf(page)).includes('module_trapped')));
    await says(dialog, '#buy-after', '4,341');
    await dialog.getByRole('radio', { name: '2,000 credits', checked: true }).waitFor();
    await page.keyboard.press('ArrowDown');
    await says(dialog, '#buy-after', '5,341');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    const menu = await openMenu(page);
    await says(menu, '#menu-value', '2,341');
    await pillShows(page, '2,341 Credits');
    assert.deepEqual(faults.filter((each) => each.startsWith('uncaught')), []);
  });
});
