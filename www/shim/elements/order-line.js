/** What stands behind `<nivella-order-credits>`. */
import { appLocaleOf } from '../app-locale.js';
import { appModule, guarded } from '../boot.js';
import { isGone } from '../healing.js';
import { keepOrder } from '../purchase.js';
import html from './order-credits.html';
import css from './order-credits.css';

/** @typedef {import('./order-credits.js').OrderCredits} OrderCredits */

/** How long after the last change the order is said. */
const SAY_MS = 400;

/**
 * Shows the order and follows the balance until `signal` is aborted.
 * @param {OrderCredits} host
 * @param {AbortSignal} signal
 * @returns {Promise<() => void>} paints what its attributes say by then, and says it
 */
export async function showOrder(host, signal) {
  const guest = host.hasAttribute('guest');
  const [glue, locale, connection] = await Promise.all(
    [appModule(), appLocaleOf(host), guest ? null : host.connection()],
  );
  signal.throwIfAborted();
  const root = host.render(html, css);
  let painter = new glue.OrderPainter(root, locale);

  const paint = (again = true) => {
    const [credits, bonus] = ['credits', 'bonus'].map((name) => host.getAttribute(name) ?? '0');
    const { snapshot, stale } = connection?.account.state() ?? { snapshot: null, stale: true };
    // A number that may be old is not projected.
    const balance = snapshot && !stale && snapshot.pools ? snapshot : null;
    try {
      const after = guarded(glue, () => painter.paint(credits, bonus, balance, guest));
      host.projected = after ?? null;
      if (!guest) keepOrder(painter.credits, host.projected);
    } catch (error) {
      host.report(error);
      if (!again || !isGone(error)) return;
      painter = new glue.OrderPainter(root, locale);
      paint(false);
    }
  };
  const say = () => {
    try {
      painter.say();
    } catch (error) {
      host.report(error);
    }
  };

  paint();
  const leave = connection?.account.subscribe(() => paint());
  /** @type {any} */
  let saying;
  signal.addEventListener('abort', () => {
    clearTimeout(saying);
    leave?.();
  });
  return () => {
    paint();
    clearTimeout(saying);
    saying = setTimeout(say, SAY_MS);
  };
}
