/** What `summary` of the dashboard says. @param {import('./dashboard-view.js').View} view */
export const summaryOf = ({ as_of, cycle, runway: { from, to } }) =>
  ({ as_of, ...cycle, runway: from && { from, to } });
