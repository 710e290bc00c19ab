/** Keeps the last known number for printed.js, which stands in for the server of another visit. */
import { keep, settings } from './memory.js';
import { textsOf } from './texts.js';

/** @param {HTMLElement} pill */
export function printLater(pill) {
  const { credits } = textsOf(settings().lang);
  /** @param {{ available?: string, show?: string } | null | undefined} balance */
  const print = (balance) => {
    const { available, show = 'exact' } = balance ?? {};
    if (show === 'exact' && available) keep('printed', credits(available.split('.')[0] ?? '0'));
  };
  pill.addEventListener('nivella:balance-changed', (event) =>
    print(/** @type {CustomEvent} */ (event).detail.balance));
  // It may have been read before anyone listened.
  print(/** @type {HTMLElement & { balance?: any }} */ (pill).balance);
}
