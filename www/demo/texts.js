/** The texts of the support site's own chat, in the languages that the demo shows. */

/** @typedef {'en' | 'de' | 'ar' | 'pl'} Lang */

/** @type {Record<string, Record<Lang, string>>} */
const TEXTS = await fetch(new URL('texts.json', import.meta.url)).then((answer) => answer.json());

/** @type {Record<Lang, Record<string, string>>} */
const CREDITS = {
  en: { one: '{n} credit', other: '{n} credits' },
  de: { one: '{n} Credit', other: '{n} Credits' },
  ar: { two: '{n} رصيدان', few: '{n} أرصدة', many: '{n} رصيدًا', other: '{n} رصيد' },
  pl: { one: '{n} kredyt', few: '{n} kredyty', many: '{n} kredytów', other: '{n} kredytu' },
};

/** @param {Lang} lang */
export function textsOf(lang) {
  const numbers = new Intl.NumberFormat(lang === 'ar' ? 'ar-EG' : lang, {
    maximumFractionDigits: 6,
  });
  const plurals = new Intl.PluralRules(lang);
  return {
    /** @param {string} key @param {Record<string, string>} [named] */
    say: (key, named = {}) =>
      (TEXTS[key]?.[lang] ?? key).replace(/\{(\w+)\}/g, (_, name) => named[name] ?? ''),
    /** An amount with its word. @param {string} amount a decimal string */
    credits(amount) {
      const form = CREDITS[lang][plurals.select(Number(amount))] ?? CREDITS[lang].other ?? '';
      return form.replace('{n}', numbers.format(/** @type {any} */ (amount)));
    },
  };
}
