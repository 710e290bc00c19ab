/**
 * `<nivella-credit-toast>`: says what the reader must know, once; put it above the composer of a
 * chat. It listens to the page's `nivella:*` events and shows crossed levels by itself.
 *
 * Attributes: `store`, `site`, `locale`, `theme`. Methods: `say(kind)`, `dismiss()`.
 */
import { isGone } from '../healing.js';
import { NivellaElement } from './element.js';

/** @typedef {'low' | 'critical' | 'depleted' | 'added' | 'visitor' | 'unreachable'} Kind */
/** @typedef {import('./notice.js').Painted} Painted */

export class CreditToast extends NivellaElement {
  /** @type {Promise<Painted> | undefined} */
  #notice;
  /** @type {Kind | undefined} */
  #shown;
  /** @type {{ credits?: string }} */
  #facts = {};
  /** @type {AbortSignal | undefined} */
  #life;

  /** @param {AbortSignal} signal */
  async start(signal) {
    this.#life = signal;
    this.#notice = undefined;
    // What is shown while an attribute changes is shown again, in the new language or look.
    if (this.#shown) this.say(this.#shown, this.#facts);
    const { visitor } = await this.connection();
    /** @param {string} name @param {(detail: any) => void} then */
    const hear = (name, then) => {
      const listener = (/** @type {any} */ event) => then(event.detail);
      document.addEventListener(name, listener, { signal });
    };
    // A visitor hears of credits only as far as they cannot be answered.
    if (!visitor) hear('nivella:low-balance', ({ level }) => this.say(level));
    hear('nivella:depleted', () => this.say(visitor ? 'visitor' : 'depleted'));
    hear('nivella:recovered', () => {
      if (this.#shown && this.#shown !== 'added') this.dismiss();
    });
  }

  /**
   * Shows a notice in place of the one at hand.
   * @param {Kind} kind
   * @param {{ credits?: string }} [facts]
   */
  async say(kind, facts = {}) {
    await this.ready;
    await this.#show(kind, facts, false);
  }

  /** @param {Kind} kind @param {{ credits?: string }} facts @param {boolean} again */
  async #show(kind, facts, again) {
    const life = this.#life;
    try {
      this.#notice ??= import('./notice.js').then(({ makeNotice }) => makeNotice(this, life));
      this.#shown = kind;
      this.#facts = facts;
      const notice = await this.#notice;
      if (this.#shown !== kind) return;
      const what = kind === 'unreachable' ? 'error' : kind;
      notice.show('toast', what, { ...facts, order: 'store_unreachable' }, []);
    } catch (error) {
      if (life?.aborted) return;
      this.#notice = undefined;
      this.report(error);
      // A fresh module, a fresh notice, once.
      if (isGone(error) && !again) await this.#show(kind, facts, true);
    }
  }

  /** Takes the notice away. */
  dismiss() {
    this.#shown = undefined;
    this.#notice?.then((notice) => notice.hide()).catch(() => {});
  }
}
