/** What the embedded store sells, and how the Store API lists it. */
import { MONEY, Refusal, encoded, ok } from './answers.js';

/** @typedef {import('./answers.js').Reply} Reply */
/**
 * @typedef {object} Article
 * @property {number} id
 * @property {string} name plain text
 * @property {string} slug
 * @property {string} sku
 * @property {?number} cents null: no price, so not for sale
 * @property {string} [credits] what the plugin would say of it
 * @property {string} [bonus]
 * @property {number} [validity_days]
 * @property {number} [stock] how many are left; unlimited when absent
 * @property {boolean} [single] at most one in a cart
 * @property {'tokens' | 'goods'} [category]
 * @property {string} [variation] of which parent: see `parent`
 * @property {number} [parent]
 * @property {[number, string][]} [variations] id and value of its one attribute, Size
 */
/** @typedef {'usual' | 'odd' | 'many' | 'none'} Range */

const USUAL = /** @type {const} */ ([
  [10, 2000, 1000],
  [11, 5000, 2000],
  [12, 10000, 3000],
  [13, 20000, 4000],
  [14, 30000, 5000],
  [15, 40000, 6000],
]);

/** @type {Article[]} */
const PACKAGES = USUAL.map(([id, credits, cents]) => ({
  id,
  name: `${credits.toLocaleString('en-US')} AI Credits`,
  slug: `ai-credits-${credits}`,
  sku: `NV-${credits}`,
  cents,
  credits: String(credits),
}));

/** @type {Article[]} */
const ODD = [
  {
    id: 17,
    name: 'Sold-out Pack',
    slug: 'sold-out',
    sku: 'NV-S',
    cents: 500,
    credits: '500',
    stock: 0,
  },
  {
    id: 18,
    name: 'Limited Pack',
    slug: 'limited',
    sku: 'NV-L',
    cents: 700,
    credits: '700',
    stock: 3,
  },
  { id: 19, name: 'One Pack', slug: 'one', sku: 'NV-1', cents: 900, credits: '900', single: true },
  {
    id: 20,
    name: 'Summer Pack',
    slug: 'summer',
    sku: 'NV-B',
    cents: 1200,
    credits: '2000',
    bonus: '500',
    validity_days: 90,
  },
  { id: 25, name: 'No price Pack', slug: 'no-price', sku: 'NV-N', cents: null, credits: '100' },
  { id: 26, name: 'Free Pack', slug: 'free', sku: 'NV-F', cents: 0, credits: '10' },
  { id: 27, name: 'Mug <b>"Tom & Jerry\'s"</b>', slug: 'mug', sku: 'MUG', cents: 1500 },
  {
    id: 28,
    name: 'Flexible Pack',
    slug: 'flexible',
    sku: '',
    cents: 1500,
    variations: [
      [29, 'Small'],
      [30, 'Large'],
    ],
  },
  {
    id: 29,
    name: 'Flexible Pack',
    slug: 'flexible-small',
    sku: 'NV-FS',
    cents: 1500,
    credits: '3000',
    parent: 28,
    variation: 'Small',
  },
  {
    id: 30,
    name: 'Flexible Pack',
    slug: 'flexible-large',
    sku: 'NV-FL',
    cents: 4500,
    credits: '12000',
    parent: 28,
    variation: 'Large',
  },
  { id: 31, name: 'Desk lamp', slug: 'desk-lamp', sku: 'LAMP', cents: 2400, category: 'goods' },
];

/** @param {Range} range @returns {Article[]} */
export function articlesOf(range) {
  switch (range) {
    case 'none':
      return [];
    case 'odd':
      return [...PACKAGES, ...ODD];
    case 'many':
      return Array.from({ length: 120 }, (_, at) => ({
        id: 1000 + at,
        name: `${at + 1},000 AI Credits`,
        slug: `pack-${at + 1}`,
        sku: `NV-M${at + 1}`,
        cents: 500 * (at + 1),
        credits: String(1000 * (at + 1)),
      }));
    default:
      return PACKAGES;
  }
}

/** @param {Article} article */
export const inStock = ({ stock }) => stock === undefined || stock > 0;

/** @param {Article} article @returns {number} */
export const mostOf = ({ single, stock }) => (single ? 1 : Math.max(1, stock ?? 9999));

/** @param {Article} article @param {string} home */
export const addressOf = ({ slug }, home) => `${home}product/${slug}/`;

/** @param {number} cents */
export function pricesOf(cents) {
  const price = String(cents);
  return { price, regular_price: price, sale_price: price, price_range: null, ...MONEY };
}

/** @param {Article} article @param {string} home @returns {Record<string, unknown>} */
function productJson(article, home) {
  const { id, parent, cents, stock, variations, credits } = article;
  const tokens = {
    id: 16,
    name: 'Tokens',
    slug: 'tokens',
    link: `${home}product-category/tokens/`,
  };
  const extension = {
    credits: credits ?? null,
    bonus: article.bonus ?? null,
    validity_days: article.validity_days ?? null,
  };
  return {
    id,
    name: encoded(article.name),
    slug: article.slug,
    parent: parent ?? 0,
    type: variations ? 'variable' : parent ? 'variation' : 'simple',
    variation: article.variation ? `Size: ${article.variation}` : '',
    permalink: addressOf(article, home),
    sku: article.sku,
    short_description: '',
    description: '',
    on_sale: false,
    prices: pricesOf(cents ?? 0),
    price_html: '',
    average_rating: '0',
    review_count: 0,
    images: [],
    categories: parent || article.category ? [] : [tokens],
    tags: [],
    brands: [],
    attributes: [],
    variations: (variations ?? []).map(([variation, value]) => ({
      id: variation,
      attributes: [{ name: 'Size', value }],
    })),
    grouped_products: [],
    has_options: variations !== undefined,
    is_purchasable: cents !== null,
    is_in_stock: inStock(article),
    is_on_backorder: false,
    low_stock_remaining: stock ?? null,
    stock_availability: {
      text: inStock(article) ? '' : 'Out of stock',
      class: inStock(article) ? 'in-stock' : 'out-of-stock',
    },
    sold_individually: article.single === true,
    add_to_cart: {
      text: 'Add to cart',
      description: `Add to cart: &ldquo;${encoded(article.name)}&rdquo;`,
      url: `?add-to-cart=${id}`,
      single_text: 'Add to cart',
      minimum: 1,
      maximum: mostOf(article),
      multiple_of: 1,
    },
    extensions: credits === undefined ? {} : { 'nivella-credits': extension },
  };
}

/**
 * @param {Article[]} articles @param {string} home @param {URLSearchParams} query
 * @returns {Reply}
 */
export function listProducts(articles, home, query) {
  const perPage = Number(query.get('per_page') ?? 10);
  const page = Number(query.get('page') ?? 1);
  if (!(perPage >= 1 && perPage <= 100)) {
    const text = 'per_page must be between 0 (inclusive) and 100 (inclusive)';
    throw new Refusal(400, 'rest_invalid_param', 'Invalid parameter(s): per_page', {
      params: { per_page: text },
    });
  }
  const parent = Number(query.get('parent') ?? 0);
  const category = query.get('category');
  const found = articles
    .filter((each) => (each.parent ?? 0) === parent)
    .filter((each) => parent > 0 || !category || (each.category ?? 'tokens') === category)
    .sort((a, b) => (a.cents ?? 0) - (b.cents ?? 0));
  const shown = found.slice((page - 1) * perPage, page * perPage);
  const headers = {
    'X-WP-Total': String(found.length),
    'X-WP-TotalPages': String(Math.ceil(found.length / perPage)),
  };
  return { ...ok(shown.map((each) => productJson(each, home))), headers };
}

/** @param {Article[]} articles @param {string} home @param {string} id @returns {Reply} */
export function oneProduct(articles, home, id) {
  const found = articles.find((each) => String(each.id) === id || each.slug === id);
  if (found) return ok(productJson(found, home));
  throw new Refusal(404, 'woocommerce_rest_product_invalid_id', 'Invalid product ID.');
}
