/** From a new snapshot to the painted pill, on a page as a store has it. */
import { openPage } from '../browser/harness.mjs';
import { shopPage, shopPages } from '../browser/shop.mjs';
import { serveFiles, strictPolicy } from '../browser/static.mjs';
import { at } from '../../pkg/build/paths.mjs';
import { budgets } from './budgets.mjs';
import { median } from './stats.mjs';

/** @typedef {import('./report.mjs').Report} Report */
/** @typedef {import('playwright-core').Browser} Browser */

const SNAPSHOTS = 300;
const BURST = 10_000;

/**
 * In the page: the main thread's time for each snapshot alone, then for a burst in one task.
 * @param {{ snapshots: number, burst: number }} options
 */
async function measure({ snapshots, burst }) {
  const entry = '/pkg/nivella-credits.js';
  const { connect } = await import(entry);
  const { account } = await connect({ store: '/' });
  const root = document.querySelector('nivella-credit-pill')?.shadowRoot;
  const value = root?.getElementById('value');
  const status = root?.getElementById('status');
  if (!value || !status) throw new Error('no pill');

  let painting = 0;
  const frame = globalThis.requestAnimationFrame;
  globalThis.requestAnimationFrame = (callback) =>
    frame((time) => {
      const started = performance.now();
      callback(time);
      painting += performance.now() - started;
    });
  const nextFrame = () => new Promise((resolve) => frame(() => frame(resolve)));

  const first = await (await fetch('/wp-json/nivella-credits/v1/balance')).json();
  let version = first.version;
  const next = (/** @type {string} */ available, level = 'ok') => {
    version += 1;
    const as_of = new Date(Date.parse(first.as_of) + version).toISOString();
    return { ...first, version, as_of, available, level };
  };

  /** @type {Record<'total' | 'reading' | 'painting' | 'sharing', number[]>} */
  const alone = { total: [], reading: [], painting: [], sharing: [] };
  for (let n = 0; n < snapshots; n += 1) {
    const snapshot = next(String(2000 - n));
    painting = 0;
    const started = performance.now();
    account.publish(snapshot);
    const read = performance.now();
    // What it tells the other tabs, it tells after the work that was begun.
    await null;
    const shared = performance.now();
    await nextFrame();
    alone.reading.push(read - started);
    alone.sharing.push(shared - read);
    alone.painting.push(painting);
    alone.total.push(read - started + painting);
  }

  const paintings = { value: 0, status: 0 };
  const count = (/** @type {'value' | 'status'} */ what, /** @type {Node} */ node) =>
    new MutationObserver(() => (paintings[what] += 1)).observe(node, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  count('value', value);
  count('status', status);
  let frames = 0;
  const counting = () => {
    frames += 1;
    frame(counting);
  };
  frame(counting);
  const started = performance.now();
  for (let n = 0; n < burst; n += 1) {
    account.publish(next(String(burst - n), n < burst / 2 ? 'ok' : 'low'));
    // The burst lasts some frames, as one of a socket would.
    if (n % 1000 === 999) await new Promise((resolve) => setTimeout(resolve));
  }
  await nextFrame();
  const took = performance.now() - started;
  return { alone, paintings, frames, took, shown: value.textContent };
}

/** @param {Browser} browser @param {Report} report */
export async function painting(browser, report) {
  report.title(`A snapshot to the painted pill: ${SNAPSHOTS} alone, and ${BURST} in a burst`);
  const pages = { ...shopPages(), '/': shopPage() };
  const folders = { '/pkg/': at('pkg') };
  const server = await serveFiles({ pages, folders, policy: strictPolicy, isolated: true });
  try {
    const { page } = await openPage(browser);
    await page.goto(`${server.origin}/`);
    await page.locator('nivella-credit-pill #value', { hasText: '2,341' }).waitFor();
    const result = await page.evaluate(measure, { snapshots: SNAPSHOTS, burst: BURST });
    const ms = (/** @type {number[]} */ values) => `${median(values).toFixed(3)} ms`;
    const { total, reading, painting: painted, sharing } = result.alone;
    const fits = median(total) <= budgets.paintMs;
    report.check('main thread, median', ms(total), fits, `at most ${budgets.paintMs} ms`);
    report.say('of it reading and telling the page', ms(reading));
    report.say('of it painting', ms(painted));
    report.say('afterwards: telling and keeping for other tabs', ms(sharing));
    const { value, status } = result.paintings;
    const once = value <= result.frames;
    report.say(`burst of ${BURST}`, `${result.took.toFixed(0)} ms, ends at ${result.shown}`);
    report.check('paintings', `${value} in ${result.frames} frames`, once, 'once a frame');
    report.check('announcements', String(status), status === 1, 'one threshold, one');
    await page.close();
  } finally {
    await server.close();
  }
}
