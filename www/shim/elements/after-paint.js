/**
 * Runs work once what was just changed is on the screen; at once where nothing is painted.
 * @param {() => void} work
 */
export function afterPaint(work) {
  if (document.hidden) work();
  else requestAnimationFrame(() => setTimeout(work));
}
