/**
 * What `Intl` would say of whole numbers in plain English. In a fresh page `Intl` takes 20 ms to
 * begin with, which is longer than all that the pill's first number needs besides.
 */

const TAGS = ['en', 'en-US', 'en-GB', 'en-CA', 'en-AU'];

/**
 * Whether the language has a comma between thousands, and one as its only singular.
 * @param {string} tag
 */
export const isPlainEnglish = (tag) => TAGS.includes(tag);

/** "2,341". @param {number} count a whole number that JavaScript counts exactly */
export const withCommas = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

/** The plural category. @param {number} count a whole number */
export const englishForm = (count) => (count === 1 ? 'one' : 'other');
