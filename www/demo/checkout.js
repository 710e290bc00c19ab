/** The demo store's checkout: reads the cart, takes a name and a way to pay, places the order. */
import { byId } from './dom.js';
import { ask, dress, plain, showLines } from './till.js';

const form = /** @type {HTMLFormElement} */ (byId('order'));
const place = /** @type {HTMLButtonElement} */ (byId('place'));
const problem = byId('problem');
let nonce = '';

/** @param {string} state @param {Record<string, string>} [more] */
const result = (state, more = {}) => {
  location.assign(`payment.html?${new URLSearchParams({ purchase: state, ...more })}`);
};

/** @param {string} text */
function say(text) {
  problem.textContent = text;
  problem.hidden = text === '';
}

async function read() {
  const cart = await ask('cart');
  nonce = cart.nonce;
  if (!cart.ok) throw new Error(String(cart.body.message ?? ''));
  const empty = cart.body.items.length === 0;
  byId('empty').hidden = !empty;
  place.disabled = empty;
  if (!empty) show(cart.body);
}

/** @param {Record<string, any>} cart */
function show(cart) {
  showLines(cart);
  byId('methods').hidden = !cart.needs_payment;
  const codes = cart.coupons.map((/** @type {{code: string}} */ { code }) => code.toUpperCase());
  byId('coupons').textContent = codes.length ? `Applied: ${codes.join(', ')}` : '';
}

async function applyCoupon() {
  const code = /** @type {HTMLInputElement} */ (byId('code')).value.trim();
  if (!code) return;
  const cart = await ask('cart/apply-coupon', { nonce, body: { code } });
  nonce = cart.nonce || nonce;
  if (cart.ok) show(cart.body);
  else byId('coupons').textContent = plain(String(cart.body.message ?? ''));
}

async function order() {
  const data = new FormData(form);
  const method = String(data.get('method'));
  const billing_address = {
    first_name: String(data.get('first_name')).trim(),
    last_name: '',
    company: '',
    address_1: '1 Main St',
    address_2: '',
    city: 'Portland',
    state: 'OR',
    postcode: '97201',
    country: 'US',
    email: String(data.get('email')).trim(),
    phone: '',
  };
  const {
    ok,
    body,
    nonce: newer,
  } = await ask('checkout', { nonce, body: { billing_address, payment_method: method } });
  nonce = newer || nonce;
  if (ok) {
    const { order_id, order_key, status } = body;
    return result(status === 'on-hold' ? 'pending' : 'success', {
      order: String(order_id),
      key: String(order_key),
    });
  }
  if (body.code === 'woocommerce_rest_payment_error') return result('failed');
  return say(plain(String(body.message ?? 'The order could not be placed.')));
}

dress();
byId('apply').addEventListener('click', () => void applyCoupon().catch(() => {}));
byId('code').addEventListener('keydown', (event) => {
  if (event.key !== 'Enter') return;
  event.preventDefault();
  byId('apply').click();
});
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  if (place.disabled) return;
  place.disabled = true;
  place.textContent = 'Placing your order';
  say('');
  await order().catch(() =>
    say('The store does not answer. Nothing was charged. Try again in a moment.'),
  );
  place.disabled = false;
  place.textContent = 'Place order';
});
await read().catch(() => say('The store does not answer. Reload the page to try again.'));
byId('checkout').removeAttribute('aria-busy');
