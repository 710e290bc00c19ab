/**
 * A link that the page has in an element leads where it says without scripts. With them a click
 * opens the element instead, and leads there still where that fails; a click that is meant for
 * another tab or window is left alone.
 * @param {Element} element
 * @param {AbortSignal} signal ends it
 * @param {() => Promise<boolean>} open says whether it did
 */
export function followLinks(element, signal, open) {
  const follow = (/** @type {Event} */ event) => {
    const { target, button, ctrlKey, metaKey, shiftKey } = /** @type {MouseEvent} */ (event);
    const link = target instanceof Element ? target.closest('a') : null;
    if (!link || !element.contains(link) || button || ctrlKey || metaKey || shiftKey) return;
    event.preventDefault();
    void open().then((is) => is || location.assign(link.href));
  };
  element.addEventListener('click', follow, { signal });
}
