/** The page's own words on how many credits a product holds, for a store without the plugin. */
import { NivellaError } from '../errors.js';

/**
 * Reads `credits-map='{"sku:NV-2000": "2000", "id:10": "2000"}'`.
 * @param {import('./element.js').NivellaElement} element
 * @returns {Record<string, string>} empty, and an error said, where it is not of that form
 */
export function creditsMap(element) {
  const text = element.getAttribute('credits-map');
  if (text === null) return {};
  try {
    const map = JSON.parse(text);
    const plain = typeof map === 'object' && map !== null && !Array.isArray(map);
    if (plain && Object.values(map).every((value) => typeof value === 'string')) return map;
  } catch {
    // Said below.
  }
  const message = 'credits-map is a JSON object of decimal strings';
  element.report(new NivellaError('attribute_invalid', message, { field: 'credits-map' }));
  return {};
}
