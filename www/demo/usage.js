/** The usage page: its dashboard's store and look, and a million rows for the curious. */
import { connect } from '/pkg/nivella-credits.js';
import { byId } from './dom.js';
import { dressElements, dressPage } from './dress.js';
import { MANY, manyRows } from './million.js';
import { printLater } from './print.js';
import { readStore } from './real-store.js';

/**
 * @typedef {HTMLElement & {
 *   load?: (csv: ReadableStream<Uint8Array>, signal?: AbortSignal) => Promise<unknown>,
 * }} Dashboard
 */

const OURS = 'nivella-credit-pill, nivella-usage-dashboard, nivella-buy-credits';

function startControls() {
  const form = /** @type {HTMLFormElement} */ (byId('control-form'));
  const says = byId('control-says');
  /** @param {string} name @returns {HTMLButtonElement} */
  const button = (name) => /** @type {any} */ (form.elements.namedItem(name));
  let stop = new AbortController();
  button('stop').addEventListener('click', () => stop.abort());
  button('million').addEventListener('click', async () => {
    stop = new AbortController();
    button('million').disabled = true;
    button('stop').hidden = false;
    const start = performance.now();
    says.textContent = 'Loading.';
    says.textContent = await load(stop.signal).then(
      () => `Loaded in ${((performance.now() - start) / 1000).toFixed(1)} s.`,
      (error) => (stop.signal.aborted ? 'Stopped.' : String(error?.message ?? error)),
    );
    button('million').disabled = false;
    button('stop').hidden = true;
  });
}

/** They come as a store's export does, and are read like it. @param {AbortSignal} signal */
async function load(signal) {
  const dashboard = /** @type {Dashboard} */ (byId('usage'));
  if (!dashboard.load) throw new Error('There is no dashboard on this page yet.');
  const { ledger, account } = await connect({ store: 'demo' });
  const { through_seq, zone } = await ledger.usage();
  const now = account.now();
  await dashboard.load(manyRows({ rows: MANY, after: through_seq, now, zone }), signal);
}

dressPage();
dressElements(OURS);
startControls();
await readStore(OURS);
printLater(byId('balance'));
