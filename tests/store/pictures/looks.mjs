/** How a screen may look: theme, ground, width, and the direction that its reader reads in. */

/**
 * @typedef {object} Look
 * @property {string} name
 * @property {'block' | 'classic'} theme
 * @property {boolean} [dark] the theme's own dark variation, and a reader who prefers dark
 * @property {number} width
 * @property {'ar' | ''} locale
 */

/** @type {Look[]} */
export const LOOKS = [
  { name: 'block-light-1280', theme: 'block', width: 1280, locale: '' },
  { name: 'block-light-390', theme: 'block', width: 390, locale: '' },
  { name: 'block-light-320', theme: 'block', width: 320, locale: '' },
  { name: 'block-dark-1280', theme: 'block', dark: true, width: 1280, locale: '' },
  { name: 'block-dark-390', theme: 'block', dark: true, width: 390, locale: '' },
  { name: 'block-rtl-1280', theme: 'block', width: 1280, locale: 'ar' },
  { name: 'block-rtl-390', theme: 'block', width: 390, locale: 'ar' },
  { name: 'classic-light-1280', theme: 'classic', width: 1280, locale: '' },
  { name: 'classic-dark-390', theme: 'classic', dark: true, width: 390, locale: '' },
  { name: 'classic-rtl-390', theme: 'classic', width: 390, locale: 'ar' },
];
