/** People at the real store, over HTTP: a shopper with a browser's cookies, and its owner. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { visitor } from '../jar.mjs';

const STORE = (process.env.STORE ?? '').replace(/\/?$/, '/');
const JSON_TYPE = { 'Content-Type': 'application/json' };

/** @param {string[]} words @returns {any} what tests/store/plugin/store.php says */
export function php(...words) {
  const script = fileURLToPath(new URL('store.php', import.meta.url));
  // Its mails go where the server's go.
  const mail = `sendmail_path="sh -c 'cat >>\\"$NIVELLA_MAILS\\"' mail"`;
  const env = { ...process.env, NIVELLA_MAILS: `${process.env.NIVELLA_RUN}/mails.txt` };
  const said = execFileSync('php', ['-d', mail, script, ...words], { env, encoding: 'utf8' });
  return JSON.parse(said);
}

/** @param {Response} response @returns {Promise<any>} */
async function json(response) {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${response.status} ${text.slice(0, 500)}`);
  }
}

const address = {
  first_name: 'A',
  last_name: 'Buyer',
  address_1: '1 Road',
  city: 'Town',
  state: 'CA',
  postcode: '94016',
  country: 'US',
};

/** A shopper with a cart, who may sign in. */
export function shopper() {
  const jar = visitor();
  let nonce = '';

  /** @param {string} method @param {string} path @param {unknown} [body] */
  async function call(method, path, body) {
    if (!nonce) nonce = (await jar(`${STORE}wp-json/wc/store/v1/cart`)).headers.get('Nonce') ?? '';
    const init = { method, headers: { ...JSON_TYPE, Nonce: nonce }, body: JSON.stringify(body) };
    const response = await jar(`${STORE}wp-json/wc/store/v1/${path}`, init);
    nonce = response.headers.get('Nonce') ?? nonce;
    return { status: response.status, body: await json(response) };
  }

  return {
    fetch: jar,
    call,
    /** @param {string} name also the password */
    async signIn(name) {
      jar.cookies.set('wordpress_test_cookie', 'WP%20Cookie%20check');
      const body = String(new URLSearchParams({ log: name, pwd: name, testcookie: '1' }));
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
      const init = { method: 'POST', headers, body, redirect: /** @type {const} */ ('manual') };
      assert.equal((await jar(`${STORE}wp-login.php`, init)).status, 302);
      nonce = '';
    },
    /**
     * Puts something into the cart and orders it.
     * @param {number} id @param {number} quantity @param {string} method
     * @param {{ coupon?: string, email?: string }} [more]
     */
    async buy(id, quantity, method, { coupon, email = 'buyer@example.com' } = {}) {
      const added = await call('POST', 'cart/add-item', { id, quantity });
      assert.equal(added.status, 201, JSON.stringify(added.body));
      if (coupon) {
        const applied = await call('POST', 'cart/apply-coupon', { code: coupon });
        assert.equal(applied.status, 200, JSON.stringify(applied.body));
      }
      const billing_address = { ...address, email };
      const body = { billing_address, ...(coupon ? {} : { payment_method: method }) };
      const placed = await call('POST', 'checkout', body);
      assert.equal(placed.status, 200, JSON.stringify(placed.body));
      return placed.body;
    },
    /** What the signed-in shopper can use. */
    async available() {
      const nonce = await (await jar(`${STORE}wp-admin/admin-ajax.php?action=rest-nonce`)).text();
      const url = `${STORE}wp-json/nivella-credits/v1/balance`;
      const response = await jar(url, { headers: { 'X-WP-Nonce': nonce } });
      assert.equal(response.status, 200);
      return (await json(response)).available;
    },
  };
}

/** @param {string} password of an application */
export function owner(password) {
  const authorization = `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`;
  /** @param {string} method @param {string} path @param {unknown} [body] */
  return async (method, path, body) => {
    const headers = { ...JSON_TYPE, Authorization: authorization };
    const init = { method, headers, body: body === undefined ? undefined : JSON.stringify(body) };
    const response = await fetch(`${STORE}wp-json/wc/v3/${path}`, init);
    const answer = await json(response);
    assert.ok(response.ok, `${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
}
