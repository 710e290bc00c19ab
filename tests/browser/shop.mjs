/** A store's answers for a page that is measured or looked at: a balance, and recorded packages. */
import { readFileSync } from 'node:fs';
import { at } from '../../pkg/build/paths.mjs';

/** @typedef {import('./static.mjs').Answer} Answer */

/** A balance as the ledger answers it; dates follow the clock of this machine. */
export function balance({ version = 41, available = '2341', level = 'ok' } = {}) {
  const day = 86_400_000;
  const renews = new Date(Date.now() + 20 * day).toISOString();
  return {
    version,
    as_of: new Date().toISOString(),
    available,
    posted: available,
    held: '0',
    debt: '0',
    unlimited: false,
    unlimited_until: null,
    pools: [
      { kind: 'allowance', available: '841', held: '0', expires_at: renews },
      { kind: 'purchase', available: '1500', held: '0', expires_at: null },
    ],
    level,
    runway: null,
    plan: { key: 'growth', name: 'Growth', allowance: '1500', cycle_ends_at: renews },
  };
}

/** What was used on each of so many days before today, as the ledger answers it. */
export function usage({ days = 0, credits = '100' } = {}) {
  const now = Date.now();
  const rows = Array.from({ length: days }, (_, ago) => ({
    day: new Date(now - (ago + 1) * 86_400_000).toISOString().slice(0, 10),
    agent: 'chat', feature: 'chat_reply', model: 'swift', type: 'message', site: '', company: '',
    credits, waived: '0', uses: 1, failed: 0, messages: 1, call_ms: 0, images: 0,
  }));
  const zone = { base_offset_s: 0, transitions: [] };
  return { as_of: new Date(now).toISOString(), zone, through_seq: days, rows };
}

/** @param {unknown} value @returns {Answer} */
const json = (value) => ({ body: JSON.stringify(value), type: 'application/json' });

/** @param {string} name of a recorded exchange @returns {any} */
const recorded = (name) =>
  JSON.parse(readFileSync(at('tests/storeapi', `${name}.json`), 'utf8')).response.body;

/** What each package of the recorded store holds, as a page without the plugin says it. */
export function creditsMap() {
  const products = recorded('products-list-tokens');
  return Object.fromEntries(
    products.map((/** @type {any} */ product, /** @type {number} */ n) => [
      `id:${product.id}`,
      String((n + 1) * 1000),
    ]),
  );
}

/** @returns {Record<string, () => Answer>} by path */
export function shopPages() {
  return {
    '/wp-json/nivella-credits/v1/balance': () => json(balance()),
    '/wp-json/nivella-credits/v1/usage': () => json(usage()),
    '/wp-json/nivella-credits/v1/rate-card': () => json({ version: 1, rates: [] }),
    '/wp-json/nivella-credits/v1/activity': () => json({ entries: [] }),
    '/wp-json/wc/store/v1/products': () => json(recorded('products-list-tokens')),
    '/wp-json/wc/store/v1/cart': () => json(recorded('cart-empty')),
    '/favicon.ico': () => ({ body: '', type: 'image/x-icon' }),
  };
}

/**
 * A page with a pill, as a store prints it, and with the dialog where it has one.
 * @param {{ head?: string, script?: string, dialog?: boolean }} [options]
 */
export function shopPage({ head = '', script = '/pkg/nivella-credits.js', dialog = false } = {}) {
  const map = JSON.stringify(creditsMap()).replaceAll('"', '&quot;');
  const attributes = `store="/" credits-map="${map}"`;
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Chat</title>
<meta name="viewport" content="width=device-width">${head}
<script type="module" src="${script}"></script>
<main><h1>Chat</h1>
<nivella-credit-pill ${attributes}>2,300 Credits</nivella-credit-pill>
${dialog ? `<nivella-buy-credits ${attributes}></nivella-buy-credits>` : ''}</main>
</html>`;
}
