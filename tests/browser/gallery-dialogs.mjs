/** Sample data of the Buy Credits dialog for gallery.mjs; cells as in gallery-states.mjs. */

/** @typedef {import('./gallery-states.mjs').Texts} Texts */

/** @param {string} kind @param {number} share */
export const segment = (kind, share) => ({ segment: { attributes: { 'data-pool': kind }, share } });

/**
 * @param {number} credits @param {string} price @param {string} per
 * @param {any} lasts @param {any} [more]
 */
const card = (credits, price, per, lasts, more = {}) => ({
  card: {},
  radio: { attributes: {} },
  credits,
  unit: ['buy.unit', { amount: credits }],
  lasts,
  price,
  'per-credit': per,
  ...more,
});

/**
 * @param {string} kind @param {any} name @param {any} detail
 * @param {any} amount @param {any} [lapse]
 */
const step = (kind, name, detail, amount, lapse = null) => ({
  step: { attributes: { 'data-pool': kind } },
  name: [name, {}],
  detail,
  amount,
  lapse,
});

/** @param {Texts} text */
export function dialogs(text) {
  const year = ['buy.lasts.year', {}];
  const chosen = { radio: { attributes: { checked: true } } };
  const fit = { fit: {} };
  /** @param {any} second @param {any} third */
  const cards = (second, third = {}) => ({
    template: 'buy-card',
    rows: [
      card(2000, '$10.00', '$0.0050', ['buy.lasts', { date: '2027-01-31' }]),
      card(5000, '$20.00', '$0.0040', ['buy.lasts', { date: '2027-03-31' }], second),
      card(10000, '$30.00', '$0.0030', ['buy.lasts', { date: '2027-07-02' }], third),
      card(20000, '$40.00', '$0.0020', year),
      card(30000, '$50.00', '$0.0017', year),
      card(40000, '$60.00', '$0.0015', year),
    ],
  });
  const bars = {
    '#buy-bars': { attributes: { 'aria-label': text('pool.plan') } },
    '#buy-bar-before': {
      template: 'buy-segment',
      rows: [segment('plan', 0.1146), segment('purchased', 0.2043)],
    },
    '#buy-bar-after': {
      template: 'buy-segment',
      rows: [segment('plan', 0.1146), segment('purchased', 0.2043), segment('new', 0.6811)],
    },
  };
  const never = ['pool.never', {}];
  const order = (/** @type {string} */ gained) => ({
    '#buy-order-part': {},
    '#buy-order': {
      template: 'buy-step',
      rows: [
        step('plan', 'pool.plan', ['buy.step.renews', { date: '2026-12-15' }], 841),
        step('purchased', 'buy.step.purchased', never, 1500),
        step('new', 'buy.step.new', never, gained),
      ],
    },
  });
  const foot = {
    '#buy-peek-before': 2341,
    '#buy-peek-after': 7341,
    '#buy-payable': '$20.00',
    '#buy-confirm-text': ['buy.confirm', {}],
    '#buy-note': ['buy.note.tax', {}],
  };
  const ready = {
    '#buy': { attributes: { 'data-state': 'ready', 'data-balance': 'known' } },
    '#buy-intro': ['buy.intro', {}],
    '#buy-cards': cards({ ...chosen, ...fit }),
    '#buy-basis-text': ['buy.basis.fit', { amount: 102 }],
    '#buy-before': 2341,
    '#buy-after': 7341,
    ...bars,
    ...order('+5,000'),
    ...foot,
    '#buy-runway': {},
    '#buy-runway-title': ['buy.runway', { date: '2027-03-31' }],
    '#buy-runway-text': [
      ['buy.runway.instead', { date: '2026-12-14' }],
      ['buy.runway.pace.plan', { amount: 102, allowance: 1500 }],
    ],
  };
  const unavailable = {
    radio: { attributes: { disabled: true } },
    lasts: null,
    reason: ['buy.reason.sold-out', {}],
  };
  const two = {
    ...chosen,
    ...fit,
    card: { attributes: { 'data-many': 'true' } },
    stepper: {},
    quantity: { attributes: { value: '2' } },
  };
  const many = {
    ...ready,
    '#buy-cards': cards(two, unavailable),
    '#buy-after': 12341,
    '#buy-peek-after': 12341,
    '#buy-payable': '$40.00',
    '#buy-order': {
      template: 'buy-step',
      rows: [
        step('debt', 'pool.debt', ['pool.debt.text', {}], 120),
        step('plan', 'pool.plan', ['buy.step.renews', { date: '2026-12-15' }], 841, [
          'buy.step.lapse',
          { amount: 120 },
        ]),
        step('bonus', 'pool.bonus', ['pool.expires', { date: '2027-01-31' }], 500),
        step('purchased', 'buy.step.purchased', never, 1500),
        step('new-bonus', 'buy.step.bonus', ['pool.expires', { date: '2027-06-30' }], '+1,000'),
        step('new', 'buy.step.new', never, '+10,000'),
      ],
    },
    '#buy-bar-after': {
      template: 'buy-segment',
      rows: [
        segment('plan', 0.07),
        segment('bonus', 0.04),
        segment('purchased', 0.12),
        segment('new-bonus', 0.08),
        segment('new', 0.69),
      ],
    },
    '#buy-cart': ['buy.cart', { goods: 'Oak shelf, 120 cm', total: '$85.00' }],
  };
  const unknown = {
    '#buy': { attributes: { 'data-state': 'ready', 'data-balance': 'unknown' } },
    '#buy-cards': cards(chosen),
    '#buy-gain': ['buy.gain', { amount: 5000 }],
    ...foot,
    '#buy-order-part': {},
    '#buy-order': { template: 'buy-step', rows: [step('new', 'buy.step.new', never, '+5,000')] },
  };
  const refused = {
    ...ready,
    '#buy-error': {},
    '#buy-error-title': ['error.store_unreachable.title', {}],
    '#buy-error-text': ['error.store_unreachable', {}],
  };
  const waiting = { 'aria-disabled': 'true' };
  return {
    ready,
    many,
    unknown,
    refused,
    working: {
      ...ready,
      '#buy': { attributes: { 'data-state': 'working', 'data-balance': 'known' } },
      '#buy-confirm': { attributes: waiting },
      '#buy-confirm-text': ['buy.working', {}],
    },
    loading: {
      '#buy-confirm': { attributes: waiting },
      '#buy-confirm-text': ['buy.confirm', {}],
      '#buy-note': ['buy.note', {}],
    },
    empty: { '#buy': { attributes: { 'data-state': 'empty', 'data-balance': 'known' } } },
    failed: {
      '#buy': { attributes: { 'data-state': 'failed', 'data-balance': 'known' } },
      '#buy-failure-title': ['error.store_unreachable.title', {}],
      '#buy-failure-text': ['error.store_unreachable', {}],
    },
  };
}
