/** Sample data for gallery.mjs: toasts, results and "How credits work", after the mocks. */

/**
 * @param {string} tone @param {string} icon @param {any} title @param {any} words
 * @param {Record<string, any>} [more] @param {string} [kind]
 */
function notice(tone, icon, title, words, more = {}, kind = 'toast') {
  return {
    '#notice': { attributes: { 'data-kind': kind, 'data-tone': tone, 'data-icon': icon } },
    '#notice-title': title,
    '#notice-text': words,
    ...more,
  };
}

export function notices() {
  const add = { '#notice-do': ['action.add', {}], '#notice-dismiss': ['action.dismiss', {}] };
  /** @param {string[]} keys */
  const go = (...keys) =>
    Object.fromEntries(
      keys.map((key, i) => [
        i ? `#notice-go-${i + 1}` : '#notice-go',
        { text: [key, {}], attributes: { href: '#there' } },
      ]),
    );
  const added = ['result.success.title', { amount: 5000 }];
  const until = ['result.success.until', { date: '2027-03-31' }];
  return {
    low: notice(
      'low',
      'low',
      ['toast.low.title', {}],
      ['toast.left.until', { amount: 360, date: '2026-11-24' }],
      add,
    ),
    critical: notice(
      'critical',
      'critical',
      ['toast.critical.title', {}],
      ['toast.left.day', { amount: 64 }],
      add,
    ),
    depleted: notice(
      'depleted',
      'depleted',
      ['toast.depleted.title', {}],
      ['toast.depleted.text', {}],
      add,
    ),
    visitor: notice('plain', 'mail', ['toast.visitor.title', {}], ['toast.visitor.text', {}]),
    added: notice(
      'success',
      'success',
      ['toast.added.title', { amount: 5000 }],
      ['toast.added.text', { amount: 5000 }],
      { '#notice-close': {} },
    ),
    success: notice(
      'success',
      'success',
      added,
      [['result.success.text', { amount: 7341 }], until],
      {
        '#notice-lines': {
          template: 'notice-line',
          rows: [{ name: '5,000 AI Credits', amount: '$20.00' }],
        },
        ...go('action.back', 'action.receipt'),
      },
      'result',
    ),
    used: notice(
      'success',
      'success',
      added,
      [['result.success.used', { amount: 7325, used: 16 }], until],
      go('action.back', 'action.receipt'),
      'result',
    ),
    cancelled: notice(
      'plain',
      'back',
      ['result.cancelled.title', {}],
      ['result.cancelled.text', { amount: 5000 }],
      go('action.checkout', 'action.choose', 'action.plans'),
      'result',
    ),
    pending: notice(
      'low',
      'clock',
      ['result.pending.title', {}],
      ['result.pending.text', { order: '1042' }],
      go('action.order'),
      'result',
    ),
    failed: notice(
      'critical',
      'alert',
      ['result.failed.title', {}],
      ['result.failed.text', {}],
      go('action.checkout', 'action.choose'),
      'result',
    ),
    unreachable: notice(
      'critical',
      'alert',
      ['error.store_unreachable.title', {}],
      ['error.store_unreachable', {}],
      { '#notice-do': ['action.retry', {}] },
      'result',
    ),
  };
}

export function explained() {
  return {
    '#explain-rates-part': {},
    '#explain-rates': {
      template: 'explain-rate',
      rows: [
        {
          name: ['feature.chat_reply', {}], model: 'Swift',
          cost: ['rate.message', { amount: 1.2 }],
        },
        {
          name: ['feature.chat_reply', {}], model: 'Deep',
          cost: ['rate.message', { amount: 4 }],
        },
        { name: ['feature.voice', {}], cost: ['rate.call_minute', { amount: 3 }] },
        { name: ['feature.summary', {}], cost: ['rate.use', { amount: 2 }] },
      ],
    },
    '#explain-rates-note': ['explain.rates.since', { date: '2026-11-01' }],
    '#explain-month': ['explain.month', { amount: 1500, date: '2026-12-15' }],
    '#explain-refund': ['explain.refund.text', {}],
  };
}
