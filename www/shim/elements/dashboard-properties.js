/** The dashboard's properties for a page's own code. */

/** What `summary` says. @param {import('./dashboard-view.js').View} view */
export const summaryOf = ({ as_of, cycle, runway: { from, to } }) =>
  ({ as_of, ...cycle, runway: from && { from, to } });

/**
 * A page may set a property before the element is defined: then it hides the element's own.
 * @param {Record<string, any>} host @param {...string} names
 */
export function adopt(host, ...names) {
  for (const name of names.filter((each) => Object.hasOwn(host, each))) {
    const given = host[name];
    delete host[name];
    host[name] = given;
  }
}
