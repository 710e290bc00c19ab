/** The demo's pages and their elements in the look and language that the reader chose. */
import { settings } from './memory.js';

/** The page itself. */
export function dressPage() {
  const { theme, lang } = settings();
  const root = document.documentElement;
  root.lang = lang === 'ar' ? 'ar-EG' : lang;
  root.dir = lang === 'ar' ? 'rtl' : 'ltr';
  root.dataset.theme = theme;
}

/**
 * Elements. Each change makes one start anew, so that they are told only what they would not do by
 * themselves.
 * @param {string} which a selector
 */
export function dressElements(which) {
  const { theme, lang } = settings();
  for (const element of document.querySelectorAll(which)) {
    if (theme !== 'auto') element.setAttribute('theme', theme);
    if (lang !== 'en') element.setAttribute('locale', lang === 'ar' ? 'ar-EG' : lang);
  }
}
