/** What stands behind `<nivella-buy-credits>` once it is opened. */
import { appLocaleOf } from '../app-locale.js';
import { takeAccent } from './accent.js';
import { appModule, guarded } from '../boot.js';
import { toNivellaError } from '../errors.js';
import { isGone } from '../healing.js';
import { keepPurchase } from '../purchase.js';
import html from './buy.html';
import tokens from './tokens.css';
import more from './tokens-more.css';
import controls from './controls.css';
import css from './buy.css';
import { listen } from './buy-listen.js';
import { creditsMap } from './credits-map.js';

/** @typedef {import('./buy.js').BuyCredits} BuyCredits */
/** @typedef {Awaited<ReturnType<typeof makeDialog>>} Dialog */

/** So far back the pace of use is read, and a day or two for the account's zone. */
const DAYS = 184;
/** How long after the last change the choice is said. */
const SAY_MS = 400;

/**
 * Renders the dialog into the element's shadow root and listens to it.
 * @param {BuyCredits} host
 */
export async function makeDialog(host) {
  const [glue, locale, connection] = await Promise.all(
    [appModule(), appLocaleOf(host), host.connection()],
  );
  const { account, ledger, store, visitor } = connection;
  const root = host.render(html, tokens + more + controls + css);
  const at = (/** @type {string} */ id) => /** @type {HTMLElement} */ (root.getElementById(id));
  const dialog = /** @type {HTMLDialogElement} */ (at('buy'));
  takeAccent(host);
  const painter = new glue.BuyDialog(root, locale);
  /** @type {'loading' | 'ready' | 'working'} */
  let state = 'loading';
  /** @type {(() => void) | undefined} */
  let leave;
  let saying = 0;

  /** @type {{ id: string, quantity: number } | undefined} */
  let picked;
  let gone = false;

  /** @template T @param {() => T} run @returns {T} */
  const call = (run) => {
    try {
      return guarded(glue, run);
    } catch (error) {
      if (isGone(error) && !gone) {
        gone = true;
        clearTimeout(saying);
        leave?.();
        host.renew(picked);
      }
      throw error;
    }
  };
  /** @param {() => void} run */
  const attempt = (run) => {
    try {
      run();
    } catch (error) {
      host.report(error);
    }
  };
  const paint = () => call(() => painter.paint(state));

  /** What was used is asked for once for each time the dialog opens, with the first balance. */
  let learned = false;
  /** How long credits last is told where that is known; without it the dialog is whole. */
  const learn = async () => {
    learned = true;
    const from = new Date(account.now() - DAYS * 86_400_000).toISOString().slice(0, 10);
    try {
      const { rows, zone, as_of } = await ledger.usage({ from });
      const used = rows.map(({ day, credits }) => `${day} ${credits}`).join(' ');
      call(() => painter.learn(used, zone, as_of));
    } catch {
      return;
    }
    if (state !== 'loading') attempt(paint);
  };

  const readBalance = () => {
    const { snapshot, stale } = account.state();
    // A number that may be old is not projected; the dialog says what the purchase adds.
    const current = snapshot && !stale && snapshot.pools ? snapshot : null;
    if (current && !current.unlimited && !visitor && !learned) learn();
    try {
      call(() => painter.read(current, account.now()));
    } catch (error) {
      host.report(error);
      if (isGone(error)) return;
      call(() => painter.read(null, account.now()));
    }
    if (state !== 'loading') attempt(paint);
  };

  const load = async () => {
    state = 'loading';
    paint();
    try {
      const products = await store.packages(host.getAttribute('category') ?? 'tokens');
      const map = creditsMap(host);
      for (const problem of call(() => painter.offer(products, map))) host.report(problem);
      state = 'ready';
      paint();
      say();
    } catch (error) {
      host.report(error);
      if (!isGone(error)) call(() => painter.fail(toNivellaError(error).code));
    }
  };

  const say = () => {
    clearTimeout(saying);
    saying = Number(setTimeout(() => attempt(() => call(() => painter.say())), SAY_MS));
  };

  /** @param {string} id @param {number} quantity */
  const select = (id, quantity) => {
    const before = picked;
    picked = { id, quantity };
    try {
      call(() => painter.choose(id, quantity));
    } catch (error) {
      if (!isGone(error)) picked = before;
      throw error;
    }
    call(() => painter.refuse(''));
    paint();
    say();
  };

  const confirm = async () => {
    const chosen = call(() => painter.chosen());
    if (state !== 'ready' || !chosen) return;
    state = 'working';
    try {
      call(() => painter.refuse(''));
      paint();
      const { id, quantity, credits } = chosen;
      const return_to = host.getAttribute('return-url') ?? location.href;
      const url = await order(id, quantity, return_to);
      const projected = painter.projection()?.projected ?? null;
      keepPurchase({ id, quantity, credits, projected, return_to });
      host.dispatch('checkout-started', { id, quantity, url });
      location.assign(url);
    } catch (error) {
      state = 'ready';
      host.report(error);
      if (isGone(error)) return;
      paint();
      call(() => painter.refuse(toNivellaError(error).code));
    }
  };

  /**
   * The checkout's address, with the choice in the cart.
   * @param {string} id @param {number} quantity @param {string} return_to
   */
  const order = async (id, quantity, return_to) => {
    // A store of another origin has a cart of its own: one navigation fills it and opens it.
    const foreign = foreignCheckout(host);
    if (foreign) return handoverUrl(foreign, id, quantity, return_to);
    await store.choose({ id, quantity });
    return store.checkoutUrl();
  };

  const close = () => dialog.close();
  const chosen = () => call(() => painter.chosen());
  listen({ at, dialog, select, confirm, load, chosen, attempt });
  dialog.addEventListener('close', () => leave?.());
  at('buy-explain').addEventListener('click', async () => {
    const { explain } = await import('./explain.js');
    await explain(host).catch((error) => host.report(error));
  });

  return {
    /** @param {{ id: string, quantity: number }} [choice] the first buyable one else */
    async show(choice) {
      if (!dialog.open) {
        dialog.showModal();
        learned = false;
        readBalance();
        leave = account.subscribe(readBalance);
        // Nothing moves before the first painting.
        requestAnimationFrame(() => host.toggleAttribute('data-ready', true));
      }
      await load();
      if (choice && state === 'ready') attempt(() => select(choice.id, choice.quantity));
      checkedRadio(root)?.focus({ preventScroll: true });
    },
    close,
    get open() { return dialog.open; },
    select,
    confirm,
    packages: () => painter.packages(),
    projection: () => painter.projection(),
  };
}

/** The checkout of a store on another origin, where the page names one. @param {Element} host */
function foreignCheckout(host) {
  const named = host.getAttribute('checkout-url');
  if (!named || !URL.canParse(named, location.href)) return null;
  const url = new URL(named, location.href);
  return url.origin !== location.origin && url.protocol.startsWith('http') ? url : null;
}

/**
 * WooCommerce fills the cart from the first two fields. Loading the page again adds the package
 * again. The plugin keeps the third, which this page's storage could not tell that store.
 * @param {URL} checkout @param {string} id @param {number} quantity @param {string} return_to
 */
function handoverUrl(checkout, id, quantity, return_to) {
  checkout.searchParams.set('add-to-cart', id);
  checkout.searchParams.set('quantity', String(quantity));
  checkout.searchParams.set('nivella_credits_return', new URL(return_to, location.href).href);
  return checkout.href;
}

/** @param {ShadowRoot} root @returns {HTMLInputElement | null} */
const checkedRadio = (root) => root.querySelector('input[type=radio]:checked');
