/** The language of the menu, the dialog and the notices: as the pill's, with all messages. */
import { Locale, language, messagesOf } from './locale.js';

export class AppLocale extends Locale {
  /** Every digit of a decimal string is kept. @param {string} decimal @returns {string} */
  number(decimal) { return this.numbers.format(/** @type {any} */ (decimal)); }

  /**
   * A message; its arguments are names and values in turn, each closed by U+001F.
   * @param {string} key @param {string} joined @param {number} count not a number: no plural
   */
  text(key, joined, count) {
    const parts = joined.split('\u001f');
    /** @param {string} name */
    const at = (name) => parts.findIndex((part, n) => n % 2 === 0 && part === name);
    return this.fill(key, count, (name) => parts[at(name) + 1] ?? '');
  }

  /** A plain message, where the catalogue has it. @param {string} key */
  known(key) {
    const message = this.messages[key];
    return typeof message === 'string' ? message : undefined;
  }
}

/**
 * The language of an element; English where we have no other.
 * @param {Element} element
 * @returns {Promise<AppLocale>}
 */
export async function appLocaleOf(element) {
  const { tag, name } = language(element);
  const english = async () => (await import('nivella:app-messages')).default;
  const found = name === 'en' ? null : await messagesOf(name, element);
  return new AppLocale(tag, found ?? await english());
}
