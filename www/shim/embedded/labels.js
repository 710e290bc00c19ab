/** What the demo's account calls its agents, features, models and sites. */

/** @type {Record<string, string>} */
const AGENTS = {
  chat: 'Chat',
  voice_inbound: 'Voice Inbound',
  voice_outbound: 'Voice Outbound',
  voice_web: 'Voice Web',
  auto_trigger: 'Auto Trigger',
  nox: 'Nox',
};

/** @type {Record<string, string>} */
const FEATURES = {
  chat_reply: 'Visitor conversations',
  knowledge_answer: 'Business-aware answers',
  store: 'Store support',
  workflow: 'Service Center workflows',
  reply_suggestion: 'Operator assistance',
  voice: 'Voice calls',
  summary: 'Summaries',
  image: 'Images',
};

/** Business names; which model of which maker stands behind one is nobody's business here. */
const MODELS = {
  swift: 'Swift',
  deep: 'Deep',
  realtime: 'Realtime voice',
  studio: 'Studio',
};

/** The public ids of the account's sites, and whose they are. */
export const SITES = new Map([
  ['demo', { label: 'halden.example', company: 'Halden Furniture' }],
  ['northlight', { label: 'clinic.northlight.example', company: 'Northlight Dental' }],
  ['ferrow', { label: 'ferrow.example', company: 'Ferrow Motors' }],
]);

export const LABELS = {
  agent: AGENTS,
  feature: FEATURES,
  model: MODELS,
  site: Object.fromEntries([...SITES].map(([id, { label }]) => [id, label])),
};

/**
 * An agent's key. Accounts of the demo's first days wrote names (`Voice Inbound`); a name that is
 * no agent of ours stays as it is.
 *
 * @param {string} name
 */
export function agentOf(name) {
  const key = name.toLowerCase().replaceAll(' ', '_');
  return Object.hasOwn(AGENTS, key) ? key : name;
}
