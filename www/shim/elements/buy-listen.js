/** What the reader does in the Buy Credits dialog. */
import { isGone } from '../healing.js';

/** @typedef {{ id: string, quantity: number }} Choice */
/**
 * @typedef {object} Listening
 * @property {(id: string) => HTMLElement} at
 * @property {HTMLDialogElement} dialog
 * @property {(id: string, quantity: number) => void} select
 * @property {() => void} confirm
 * @property {() => void} load
 * @property {() => Choice | null} chosen
 * @property {(run: () => void) => void} attempt says what is thrown
 */

/** @param {Listening} on */
export function listen({ at, dialog, select, confirm, load, chosen, attempt }) {
  /** A quantity that the store does not sell stays unchosen; what was chosen is written back.
   *  @param {(now: number) => number} next */
  const count = (next) => attempt(() => {
    const now = chosen();
    if (!now) return;
    try {
      select(now.id, next(now.quantity));
    } catch (error) {
      if (!isGone(error)) select(now.id, now.quantity);
      throw error;
    }
  });
  at('buy-form').addEventListener('submit', (event) => {
    event.preventDefault();
    confirm();
  });
  // Enter in a field would press the button: it takes the quantity over, and buys nothing.
  at('buy-cards').addEventListener('keydown', (event) => {
    const { key, target } = /** @type {KeyboardEvent} */ (event);
    if (key !== 'Enter' || !(target instanceof HTMLInputElement)) return;
    event.preventDefault();
    if (target.type === 'number') count(() => numberIn(target));
  });
  at('buy-close').addEventListener('click', () => dialog.close());
  at('buy-retry').addEventListener('click', load);
  at('buy-cards').addEventListener('change', (event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    if (input.type === 'radio') attempt(() => select(input.value, 1));
    else count(() => numberIn(input));
  });
  at('buy-cards').addEventListener('click', (event) => {
    const button = /** @type {Element} */ (event.target).closest('[data-f=less],[data-f=more]');
    const by = button?.getAttribute('data-f') === 'more' ? 1 : -1;
    if (button) count((now) => now + by);
  });
  // A click on the ground behind the card closes, as Escape does.
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
}

/** Nothing is no number, not zero. @param {HTMLInputElement} input */
const numberIn = ({ value }) => (value === '' ? Number.NaN : Number(value));
