/**
 * Makes the cart hold exactly the chosen quantity of the chosen package.
 *
 * The store's add-item adds each time it is called, so nothing is sent before the cart was read,
 * and the quantity that the store answers is the one that counts. What an earlier choice of this
 * tab put in is taken out again; other goods are never touched.
 */
import { NivellaError, toNivellaError } from './errors.js';
import { isCode } from './http.js';

/** @typedef {import('./store-shapes.js').Cart} Cart */
/** @typedef {import('./store-shapes.js').Line} Line */
/** @typedef {{id: string, quantity: number}} Choice */
/** @typedef {{line: Line, others: Line[], cart: Cart}} Chosen */
/** @typedef {Record<string, number>} Mine product id to the quantity that was there before us */
/**
 * @typedef {object} Deps
 * @property {string} home
 * @property {() => Promise<Cart>} cart
 * @property {(route: string, body: unknown) => Promise<Cart>} write
 * @property {Pick<Storage, 'getItem' | 'setItem'>} [session]
 * @property {(name: string, run: () => Promise<any>) => Promise<any>} [lock]
 * @property {() => void} [cartChanged]
 */

/**
 * @param {Deps} deps
 * @returns {(choice: Choice) => Promise<Chosen>} a second call for the same choice while the
 *   first is under way is the first one
 */
export function createChooser({ home, cart, write, ...deps }) {
  const { lock = tabsLock, cartChanged = tellMiniCart } = deps;
  const memory = remember(`nivella-credits:chosen:${home}`, deps.session);
  /** @type {Map<string, Promise<Chosen>>} */
  const underWay = new Map();
  let last = Promise.resolve();

  /** @param {Choice} choice @returns {Promise<Chosen>} */
  async function make({ id, quantity }) {
    let now = await cart();
    const mine = withoutGone(memory.read(), now);
    const before = now.lines.find((line) => line.id === id)?.quantity ?? 0;
    // Written before anything is sent: an answer may get lost, the line would be there.
    memory.write({ ...mine, [id]: mine[id] ?? before });
    now = await exactly(now, { id, quantity }, { cart, write });
    now = await takeOut(now, Object.entries(mine), id, write);
    const line = now.lines.find((each) => each.id === id);
    if (!line) throw new NivellaError('package_unavailable', 'the store took it out again');
    memory.write({ [id]: mine[id] ?? before });
    return { line, others: now.lines.filter((each) => each !== line), cart: now };
  }

  /** @param {Choice} choice @returns {Promise<Chosen>} */
  async function chooseOnce(choice) {
    try {
      return await make(choice).catch((error) => {
        // The cart of a visitor who has just signed in is another one: start from its reading.
        if (!isNonce(error)) throw error;
        return make(choice);
      });
    } finally {
      cartChanged();
    }
  }

  return (choice) => {
    const valid = /^[1-9]\d{0,15}$/.test(choice.id) && isQuantity(choice.quantity);
    if (!valid) {
      const field = isQuantity(choice.quantity) ? 'id' : 'quantity';
      const code = field === 'id' ? 'package_unknown' : 'quantity_invalid';
      return Promise.reject(new NivellaError(code, 'not a whole number above 0', { field }));
    }
    const key = `${choice.id} ${choice.quantity}`;
    const same = underWay.get(key);
    if (same) return same;
    const result = last
      .then(() => lock(`nivella-credits:cart:${home}`, () => chooseOnce(choice)))
      .finally(() => underWay.delete(key));
    underWay.set(key, result);
    last = result.then(nothing, nothing);
    return result;
  };
}

const nothing = () => {};

/** @param {unknown} value */
const isQuantity = (value) => Number.isInteger(value) && Number(value) > 0 && Number(value) <= 1e9;

/** @param {unknown} error */
const isNonce = (error) =>
  error instanceof NivellaError &&
  /^woocommerce_rest_(missing|invalid)_nonce$/.test(error.details?.store_code ?? '');

/**
 * @param {Cart} now @param {Choice} choice @param {Pick<Deps, 'cart' | 'write'>} store
 * @returns {Promise<Cart>}
 * @throws {NivellaError} `quantity_limited` when the store will have another quantity
 */
async function exactly(now, { id, quantity }, { cart, write }) {
  /** @param {Cart} in_ */
  const lineIn = (in_) => in_.lines.find((line) => line.id === id);
  /** @param {string} key */
  const update = (key) => write('cart/update-item', { key, quantity });

  let line = lineIn(now);
  if (line?.quantity === quantity) return now;
  try {
    now = line
      ? await update(line.key)
      : await write('cart/add-item', { id: Number(id), quantity });
    line = lineIn(now);
    // Another tab or a lost first try added it in between.
    if (line && line.quantity > quantity && line.editable) now = await update(line.key);
  } catch (error) {
    if (isCode(error, 'quantity_limited')) throw await limited(error, { id, quantity }, cart);
    if (!isCode(error, 'store_unreachable')) throw error;
    // The answer got lost, perhaps not the request: the cart knows.
    now = await cart().catch(() => Promise.reject(error));
    if (lineIn(now)?.quantity !== quantity) throw error;
  }
  const got = lineIn(now)?.quantity ?? 0;
  if (got === quantity) return now;
  throw new NivellaError('quantity_limited', 'the store put in another quantity', {
    field: 'quantity',
    details: { id, asked: String(quantity), quantity: String(got) },
  });
}

/**
 * The refusal with the quantity that the cart holds.
 *
 * @param {unknown} error @param {Choice} choice @param {() => Promise<Cart>} cart
 */
async function limited(error, { id, quantity }, cart) {
  const { message, details } = toNivellaError(error);
  const held = await cart().then(
    (now) => now.lines.find((line) => line.id === id)?.quantity ?? 0,
    () => undefined,
  );
  return new NivellaError('quantity_limited', message, {
    field: 'quantity',
    details: {
      ...details,
      id,
      asked: String(quantity),
      ...(held === undefined ? {} : { quantity: String(held) }),
    },
    cause: error,
  });
}

/**
 * Takes out what earlier choices put in. A line that the visitor had before us goes back to the
 * visitor's quantity.
 *
 * @param {Cart} now @param {[string, number][]} earlier @param {string} chosen
 * @param {Deps['write']} write
 * @returns {Promise<Cart>}
 */
async function takeOut(now, earlier, chosen, write) {
  for (const [id, quantity] of earlier) {
    const line = id === chosen ? undefined : now.lines.find((each) => each.id === id);
    if (!line || line.quantity === quantity) continue;
    now =
      quantity === 0
        ? await write('cart/remove-item', { key: line.key })
        : await write('cart/update-item', { key: line.key, quantity });
  }
  return now;
}

/** Forgets what is gone: bought, or taken out. @param {Mine} mine @param {Cart} now */
function withoutGone(mine, now) {
  const there = new Set(now.lines.map((line) => line.id));
  return Object.fromEntries(Object.entries(mine).filter(([id]) => there.has(id)));
}

/** @param {string} key @param {Deps['session']} session */
function remember(key, session) {
  let kept = '{}';
  /** @template T @param {(storage: Pick<Storage, 'getItem' | 'setItem'>) => T} use */
  const guarded = (use) => {
    try {
      return use(session ?? sessionStorage);
    } catch {
      return undefined; // no storage here: this page's own memory does
    }
  };
  return {
    /** @returns {Mine} */
    read() {
      try {
        const found = JSON.parse(guarded((storage) => storage.getItem(key)) ?? kept);
        const valid = Object.entries(found).filter(
          ([id, quantity]) => /^\d+$/.test(id) && Number.isSafeInteger(quantity),
        );
        return /** @type {Mine} */ (Object.fromEntries(valid));
      } catch {
        return {};
      }
    },
    /** @param {Mine} mine */
    write(mine) {
      kept = JSON.stringify(mine);
      guarded((storage) => storage.setItem(key, kept));
    },
  };
}

/** @param {string} name @param {() => Promise<any>} run */
const tabsLock = (name, run) =>
  globalThis.navigator?.locks ? navigator.locks.request(name, run) : run();

/** WooCommerce's blocks listen to the event, its classic themes to jQuery's. */
function tellMiniCart() {
  const body = globalThis.document?.body;
  if (!body) return;
  body.dispatchEvent(
    new CustomEvent('wc-blocks_added_to_cart', {
      bubbles: true,
      cancelable: true,
      detail: { preserveCartData: false },
    }),
  );
  const { jQuery } = /** @type {any} */ (globalThis);
  if (typeof jQuery === 'function') jQuery(body).trigger('wc_fragment_refresh');
}
