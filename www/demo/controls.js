/** The demo's controls: bad days of the store, an empty account, other readers and languages. */
import { newRequestId } from '/pkg/nivella-credits.js';
import { byId } from './dom.js';
import { change, forgetAll, settings } from './memory.js';
import { decimal, micro } from './meter.js';

/** @typedef {import('/pkg/nivella-credits.js').Connection} Connection */

const LEFT = 3_000_000n;
const SLOW_MS = 3000;

/**
 * @param {() => Promise<Connection>} connection
 * @returns {() => boolean} whether the next answer shall fail; asking takes the wish back
 */
export function startControls(connection) {
  const form = /** @type {HTMLFormElement} */ (byId('control-form'));
  const says = byId('control-says');
  /** @param {string} name @returns {any} */
  const field = (name) => form.elements.namedItem(name);
  const { theme, lang, viewer } = settings();
  field('theme').value = theme;
  field('lang').value = lang;
  field('viewer').value = viewer;

  /** @param {string} name @param {() => Promise<string>} run */
  const onClick = (name, run) =>
    field(name).addEventListener('click', async () => {
      field(name).disabled = true;
      says.textContent = await run().catch((error) => String(error?.message ?? error));
      field(name).disabled = false;
    });

  onClick('spend', async () => {
    const { account, ledger } = await connection();
    await account.refresh();
    const before = micro(account.snapshot?.available ?? '0');
    if (before <= LEFT) return 'There are no more than 3 credits.';
    const amount = decimal(before - LEFT);
    const request_id = await newRequestId();
    const { balance } = await ledger.use({ request_id, mode: 'strict', amount, reason: 'Demo' });
    account.publish(balance);
    return `${amount} credits spent.`;
  });
  onClick('reset', async () => {
    const { demo, account } = await connection();
    await demo?.controls.reset();
    account.forget();
    forgetAll();
    location.assign(location.pathname);
    return 'Starting anew.';
  });
  form.addEventListener('change', async ({ target }) => {
    const { name, value } = /** @type {HTMLInputElement} */ (target);
    if (name === 'net') {
      const { demo, account } = await connection();
      if (!demo) return;
      demo.controls.faults.offline = value === 'off';
      demo.controls.faults.slowMs = value === 'slow' ? SLOW_MS : 0;
      await account.refresh();
    } else if (name === 'theme' || name === 'lang' || name === 'viewer') {
      change({ [name]: value });
      location.reload();
    }
  });
  return () => {
    const wished = field('fail').checked;
    field('fail').checked = false;
    return wished;
  };
}
