/**
 * What the page keeps in this browser: the chat, the message that is being written, and the
 * settings of the demo. All of it survives a reload and the way to the checkout and back.
 */

const PREFIX = 'halden:';

/**
 * @template T
 * @param {string} name
 * @param {T} otherwise
 * @returns {T}
 */
export function recall(name, otherwise) {
  try {
    const text = localStorage.getItem(PREFIX + name);
    return text === null ? otherwise : JSON.parse(text);
  } catch {
    return otherwise;
  }
}

/** @param {string} name @param {unknown} value null forgets it */
export function keep(name, value) {
  try {
    if (value === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // Without storage the chat works; it only forgets.
  }
}

/** Forgets everything of this page's. */
export function forgetAll() {
  for (const name of ['log', 'draft', 'settings', 'added', 'printed']) keep(name, null);
}

/**
 * @typedef {object} Settings
 * @property {'auto' | 'light' | 'dark'} theme
 * @property {'en' | 'de' | 'ar' | 'pl'} lang
 * @property {'customer' | 'visitor'} viewer
 */

/** @returns {Settings} */
export function settings() {
  /** @type {Settings} */
  const usual = { theme: 'auto', lang: 'en', viewer: 'customer' };
  return { ...usual, ...recall('settings', {}) };
}

/** @param {Partial<Settings>} change @returns {Settings} */
export function change(change) {
  const changed = { ...settings(), ...change };
  keep('settings', changed);
  return changed;
}
