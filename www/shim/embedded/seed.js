/**
 * What the demo starts with, booked by ordinary commands: a customer of the Growth plan who has
 * bought 1,500 credits and used some of everything, with 2,341 credits left today, whatever day
 * today is.
 */

/** @typedef {import('./books.js').Command} Command */

const DAY = 86_400_000;
/** What is left when the demo starts: 841 of the plan's allowance and the 1,500 bought. */
const LEFT = 2341;

const rate = (
  /** @type {string} */ feature,
  /** @type {object} */ unit,
  /** @type {string} */ credits,
) => ({
  feature,
  ...unit,
  credits,
});

export const RATE_CARD = {
  version: 1,
  effective_at: '2026-01-01T00:00:00.000Z',
  quantum: '0.1',
  rates: [
    rate('chat_reply', { unit: 'message' }, '1'),
    rate('chat_reply', { unit: 'input_tokens' }, '0.05'),
    rate('chat_reply', { unit: 'output_tokens' }, '0.4'),
    rate('knowledge_answer', { unit: 'message' }, '1.5'),
    rate('knowledge_answer', { unit: 'input_tokens' }, '0.05'),
    rate('knowledge_answer', { unit: 'output_tokens' }, '0.4'),
    rate('voice', { unit: 'call_minute', increment_s: 60 }, '8'),
    rate('image', { unit: 'image' }, '12'),
    rate('summary', { unit: 'use' }, '3'),
    rate('reply_suggestion', { unit: 'use' }, '0.5'),
  ],
};

/** @param {string} key @param {string} name @param {number} level @param {string} allowance */
const plan = (key, name, level, allowance) => ({
  key,
  name,
  level,
  allowance,
  unlimited: false,
  rollover_cap: '0',
  features: [],
});

export const PLANS = [
  plan('starter', 'Starter', 1, '100'),
  plan('growth', 'Growth', 2, '1500'),
  plan('scale', 'Scale', 3, '5000'),
  { ...plan('unlimited', 'Unlimited', 4, '0'), unlimited: true },
];

export const SETTINGS = { plans: PLANS, rate_cards: [RATE_CARD] };

/** A day's work; each costs what the rate card says. */
const DAYS_WORK = [
  { feature: 'chat_reply', agent: 'Chat', messages: 1, input_tokens: 820, output_tokens: 340 },
  { feature: 'chat_reply', agent: 'Chat', messages: 1, input_tokens: 1140, output_tokens: 410 },
  {
    feature: 'knowledge_answer',
    agent: 'Chat',
    messages: 1,
    input_tokens: 2600,
    output_tokens: 380,
  },
  { feature: 'voice', agent: 'Voice Inbound', call_ms: 174_000 },
  { feature: 'summary', agent: 'Nox' },
  { feature: 'image', agent: 'Nox', images: 1 },
  { feature: 'reply_suggestion', agent: 'Chat' },
];

/**
 * @param {number} now
 * @returns {{at: number, command: Command}[]} in order of time, all of them past
 */
export function seedCommands(now) {
  // Forty days ago: whatever the months' lengths, the second cycle is running.
  const start = now - 40 * DAY;
  /** @type {{at: number, command: Command}[]} */
  const commands = [
    {
      at: start,
      command: { op: 'subscribe', request_id: 'seed-plan', plan: 'growth', open_ended: true },
    },
    {
      at: now - 39 * DAY,
      command: {
        op: 'grant',
        request_id: 'order-31-item-1',
        kind: 'purchase',
        amount: '1500',
        order_item: 'order-31-item-1',
        reference: 'order 31',
      },
    },
  ];
  // The first cycle's allowance was not used up and has expired; only the last days count.
  for (let day = 8; day >= 1; day -= 1) {
    DAYS_WORK.forEach((usage, index) => {
      commands.push({
        at: now - day * DAY + index * 3_600_000,
        command: {
          op: 'use',
          request_id: `seed-${day}-${index}`,
          mode: 'strict',
          usage,
          site: 'demo',
        },
      });
    });
  }
  return commands;
}

/**
 * What is still to be used so that 2,341 are left.
 *
 * @param {string} available
 * @returns {?Command}
 */
export function topUp(available) {
  const tenths = Math.round(Number(available) * 10) - LEFT * 10;
  if (tenths <= 0) return null;
  const amount = `${Math.floor(tenths / 10)}.${tenths % 10}`;
  return {
    op: 'use',
    request_id: 'seed-campaign',
    mode: 'strict',
    amount,
    reason: 'Autumn campaign',
    site: 'demo',
  };
}
