/**
 * The storefront: packages of a category, and a cart that holds exactly the chosen package.
 *
 * It works on the store's own origin with its cookies and the `Nonce` of its answers. It never
 * sends a `Cart-Token`: that would switch to another cart than the visitor's own.
 */
import { NivellaError } from './errors.js';
import { createChooser } from './choose.js';
import { createRest, ownUrl, slowDown } from './http.js';
import { cartOf, list, productOf, record } from './store-shapes.js';

/** @typedef {import('./http.js').Answer} Answer */
/** @typedef {import('./http.js').Call} Call */
/** @typedef {import('./store-shapes.js').Product} Product */
/** @typedef {import('./store-shapes.js').Cart} Cart */
/** @typedef {import('./choose.js').Choice} Choice */
/** @typedef {import('./choose.js').Chosen} Chosen */

/**
 * @typedef {object} StoreOptions
 * @property {string} home the store's address on the page's own origin
 * @property {import('./http.js').Fetch} [fetch]
 * @property {string} [rest] what `rest_url()` gives; `wp-json/` below the home when absent
 * @property {string} [checkout] the checkout page; `checkout/` below the home when absent
 * @property {string} [page] the page's address
 * @property {Pick<Storage, 'getItem' | 'setItem'>} [session] remembers what this tab put in
 * @property {(name: string, run: () => Promise<any>) => Promise<any>} [lock] one cart, many tabs
 * @property {() => void} [cartChanged] tells the store's own mini-cart
 * @property {(problem: NivellaError) => void} [report] a product that cannot be read is left out
 */
/**
 * @typedef {object} StoreApi
 * @property {(category?: string) => Promise<Product[]>} packages cheapest first
 * @property {() => Promise<Cart>} cart
 * @property {(choice: Choice) => Promise<Chosen>} choose
 * @property {() => string} checkoutUrl
 */

const ROUTES = 'wc/store/v1/';
const PER_PAGE = 100;
/** Two thousand packages: nobody reads more, and a store that counts wrong must not loop us. */
const MAX_PAGES = 20;

/** What the store's codes mean to a buyer; what is not here is `store_refused`. */
const MEANING = new Map([
  ['woocommerce_rest_cart_invalid_product', 'package_unknown'],
  ['woocommerce_rest_product_invalid_id', 'package_unknown'],
  ['woocommerce_rest_product_out_of_stock', 'package_unavailable'],
  ['woocommerce_rest_product_not_purchasable', 'package_unavailable'],
  ['woocommerce_rest_add_to_cart_error', 'package_unavailable'],
  ['woocommerce_rest_variation_id_from_variation_data', 'package_unavailable'],
  ['woocommerce_rest_missing_variation_data', 'package_unavailable'],
  ['woocommerce_rest_invalid_variation_data', 'package_unavailable'],
  ['woocommerce_rest_cart_invalid_parent_product', 'package_unavailable'],
  ['woocommerce_rest_product_partially_out_of_stock', 'quantity_limited'],
  ['invalid_quantity', 'quantity_limited'],
  ['readonly_quantity', 'quantity_limited'],
]);

/**
 * @param {StoreOptions} options
 * @returns {StoreApi}
 * @throws {NivellaError} `store_origin_refused` for another origin than the page's
 */
export function createStoreApi(options) {
  const { page = globalThis.location?.href, report = () => {} } = options;
  const rest = createRest({ ...options, page });
  const checkout = ownUrl(options.checkout ?? new URL('checkout/', rest.home).href, page);
  /** @type {string | undefined} the newest that any answer carried */
  let nonce;

  /** @param {string} route @param {Call} [call] @returns {Promise<Answer>} */
  async function send(route, call = {}) {
    const answer = await rest.send(ROUTES + route, call);
    nonce = answer.headers.get('Nonce') ?? nonce;
    if (answer.error) throw slowDown(answer) ?? refusal(answer);
    return answer;
  }

  /** @param {string} route @param {unknown} [body] @returns {Promise<Cart>} */
  async function write(route, body) {
    const headers = nonce === undefined ? undefined : { Nonce: nonce };
    return cartOf((await send(route, { method: 'POST', headers, body })).body);
  }

  const cart = async () => cartOf((await send('cart')).body);
  const choose = createChooser({ ...options, home: rest.home, cart, write });

  /** @param {Record<string, string>} query @returns {Promise<unknown[]>} */
  async function products(query) {
    const all = [];
    for (let number = 1; number <= MAX_PAGES; number += 1) {
      const answer = await send('products', { query: { ...query, page: String(number) } });
      const rows = list(answer.body, 'list of products');
      all.push(...rows);
      const pages = Number(answer.headers.get('X-WP-TotalPages') ?? NaN);
      // A proxy may drop the header: then a short page is the last one.
      if (Number.isFinite(pages) ? number >= pages : rows.length < PER_PAGE) break;
    }
    return all;
  }

  /** @param {unknown} row @returns {Promise<Product[]>} */
  async function expand(row) {
    const product = productOf(row);
    if (product.type !== 'variable') return [product];
    const query = { parent: product.id, type: 'variation', ...SORTED };
    const found = readable(await products(query), report);
    const open = openVariations(record(row, 'product').variations);
    return found.map((each) => (open.has(each.id) ? { ...each, has_options: true } : each));
  }

  return {
    async packages(category = 'tokens') {
      const rows = await products({ category, catalog_visibility: 'catalog', ...SORTED });
      const found = [];
      for (const row of rows) {
        if (readable([row], report).length > 0) found.push(...(await expand(row)));
      }
      if (rows.length > 0 && found.length === 0) {
        throw new NivellaError('store_answer_invalid', 'no product could be read');
      }
      // Pages shift while they are read, and variations have prices of their own.
      return [...new Map(found.map((each) => [each.id, each])).values()].sort(byPrice);
    },
    cart,
    choose,
    checkoutUrl: () => checkout,
  };
}

const SORTED = { per_page: String(PER_PAGE), orderby: 'price', order: 'asc' };

/** @param {Product} a @param {Product} b */
const byPrice = (a, b) => Number(a.prices.price) - Number(b.prices.price);

/** @param {unknown[]} rows @param {(problem: NivellaError) => void} report @returns {Product[]} */
function readable(rows, report) {
  return rows.flatMap((row) => {
    try {
      return [productOf(row)];
    } catch (error) {
      report(/** @type {NivellaError} */ (error));
      return [];
    }
  });
}

/**
 * Variations with an attribute left open ("any size") need a choice that an id alone does not
 * make.
 *
 * @param {unknown} variations of the parent
 * @returns {Set<string>}
 */
function openVariations(variations) {
  const rows = /** @type {{id?: unknown, attributes?: {value?: unknown}[]}[]} */ (
    Array.isArray(variations) ? variations : []
  );
  const open = rows.filter((row) => row?.attributes?.some?.((attribute) => !attribute?.value));
  return new Set(open.map((row) => String(row.id)));
}

/** @param {Answer} answer @returns {NivellaError} */
function refusal({ status, error }) {
  const store_code = error?.code ?? '';
  return new NivellaError(MEANING.get(store_code) ?? 'store_refused', error?.message, {
    details: { store_code, status: String(status) },
  });
}
