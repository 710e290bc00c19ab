/**
 * The reader's language: numbers, dates and messages. The module asks this one object for every
 * text that it shows.
 *
 * English for the pill comes with the entry script, English for the rest with the app; every other
 * language is one file that is fetched when it is needed.
 */
import english, { languages } from 'nivella:pill-messages';
import { englishForm, isPlainEnglish, withCommas } from './plain-english.js';

/** @typedef {Record<string, string | Record<string, string>>} Messages */

const DAY_MS = 86_400_000;
/** @type {Map<string, Promise<Messages | null>>} */
const files = new Map();

export class Locale {
  /** @type {Intl.NumberFormat | undefined} */
  #numbers;
  /** @type {Intl.PluralRules | undefined} */
  #plural;

  /**
   * @param {string} tag that `Intl` takes
   * @param {Messages} messages of that language
   */
  constructor(tag, messages) {
    this.tag = tag;
    this.messages = messages;
    this.plain = isPlainEnglish(tag);
  }

  get numbers() {
    return (this.#numbers ??= new Intl.NumberFormat(this.tag, { maximumFractionDigits: 6 }));
  }

  /** @param {number} count a whole number */
  whole(count) {
    return this.plain ? withCommas(count) : this.numbers.format(count);
  }

  /** @param {number} count a whole number @returns {string} its plural category */
  form(count) {
    if (this.plain) return englishForm(count);
    return (this.#plural ??= new Intl.PluralRules(this.tag)).select(count);
  }

  /** "Dec 14"; with its year when it is far away. @param {number} at @param {number} now */
  day(at, now) {
    const year = Math.abs(at - now) > 300 * DAY_MS ? 'numeric' : undefined;
    return this.#date(at, { month: 'short', day: 'numeric', year });
  }

  /** "2:02 PM"; with its day when that is not today's. @param {number} at @param {number} now */
  time(at, now) {
    /** @type {Intl.DateTimeFormatOptions} */
    const day = now - at > 0.8 * DAY_MS ? { month: 'short', day: 'numeric' } : {};
    return this.#date(at, { hour: 'numeric', minute: '2-digit', ...day });
  }

  /** @param {number} at @param {Intl.DateTimeFormatOptions} options */
  #date(at, options) { return new Intl.DateTimeFormat(this.tag, options).format(at); }

  /**
   * A message of the pill: `{hint}` is its second argument, any other placeholder its first.
   * @param {string} key @param {number} count @param {string} first @param {string} second
   */
  short(key, count, first, second) {
    return this.fill(key, count, (name) => (name === 'hint' ? second : first));
  }

  /**
   * The message in the plural form of `count`, its placeholders filled; what they are filled with
   * is never looked at again. An unknown key shows as itself, so that a fault is seen.
   * @param {string} key @param {number} count @param {(name: string) => string} value
   */
  fill(key, count, value) {
    const message = this.messages[key] ?? key;
    const text = typeof message === 'string'
      ? message
      : message[this.form(count || 0)] ?? message.other ?? key;
    return text.replace(/\{(\w+)\}/g, (_, name) => value(name));
  }
}

/**
 * The language of an element: its `locale` attribute, else that of the page around it.
 * @param {Element} element
 * @returns {{ tag: string, name: string, known: boolean }} English where neither we nor the page
 *   have another; not known where the attribute names such a language
 */
export function language(element) {
  const asked = element.getAttribute('locale');
  const around = element.closest('[lang]')?.getAttribute('lang');
  try {
    const [tag = ''] = Intl.getCanonicalLocales(asked ?? around ?? '');
    const name = tag.split('-')[0] ?? '';
    const known = languages.includes(name) || element.hasAttribute('messages');
    if (known) return { tag, name, known };
  } catch {
    // No language tag at all.
  }
  return { tag: 'en', name: 'en', known: asked === null };
}

/**
 * For the pill.
 * @param {Element} element
 * @returns {Promise<Locale>}
 */
export async function localeOf(element) {
  const { tag, name } = language(element);
  return new Locale(tag, name === 'en' ? english : await messagesOf(name, element) ?? english);
}

/**
 * The messages of a language other than English: ours, else those that the element names.
 * @param {string} name
 * @param {Element} element
 * @returns {Promise<Messages | null>} null where the file cannot be had; asked for again next time
 */
export function messagesOf(name, element) {
  let file = files.get(name);
  if (!file) {
    file = (languages.includes(name)
      ? fetch(new URL(`./locales/${name}.json`, import.meta.url))
          .then((response) => (response.ok ? response.json() : null))
      : import('./translated.js').then(({ translated }) => translated(name, element)))
      .catch(() => null)
      .then((found) => (found || files.delete(name), found));
    files.set(name, file);
  }
  return file;
}
