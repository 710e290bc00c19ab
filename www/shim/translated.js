/**
 * A language that is none of ours: the element's attribute `messages` says where its texts are, as
 * the store's own translation has them. WordPress knows plural forms by number, `Intl` by category:
 * each category has the form of a number that is of it.
 */
/**
 * @param {string} name the language
 * @param {Element} element
 * @returns {Promise<import('./locale.js').Messages | null>}
 */
export async function translated(name, element) {
  const response = await fetch(element.getAttribute('messages') ?? '');
  if (!response.ok) return null;
  /** @type {Record<string, string | Record<string, string>>} */
  const texts = await response.json();
  const rules = new Intl.PluralRules(name);
  const messages = Object.entries(texts).map(([key, text]) => {
    if (typeof text === 'string') return [key, text];
    // The least number of a category is the last to be looked at.
    const forms = Object.entries(text).reverse();
    const byCategory = forms.map(([count, form]) => [rules.select(Number(count)), form]);
    return [key, { other: forms[0]?.[1], ...Object.fromEntries(byCategory) }];
  });
  return Object.fromEntries(messages);
}
