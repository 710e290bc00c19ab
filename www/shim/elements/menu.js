/** The account menu: put into the pill's shadow root when it is first opened. */
import { appLocaleOf } from '../app-locale.js';
import { takeAccent } from './accent.js';
import { appModule, guarded } from '../boot.js';
import { isGone } from '../healing.js';
import { sheetOf, templateOf } from './element.js';
import { openDialog } from './buy-opener.js';
import html from './menu.html';
import tokens from './tokens-more.css';
import controls from './controls.css';
import css from './menu.css';

/** @typedef {import('./pill.js').CreditPill} CreditPill */

/** @type {WeakMap<ShadowRoot, { menu: HTMLElement, close: () => void, open: () => void }>} */
const menus = new WeakMap();

/**
 * Opens the menu of a pill, or closes it.
 * @param {CreditPill} pill
 */
export async function toggleMenu(pill) {
  const root = /** @type {ShadowRoot} */ (pill.shadowRoot);
  const known = menus.get(root);
  const menu = known?.menu.isConnected ? known : await makeMenu(pill, root);
  if (!menu.menu.hidden) return menu.close();
  menu.open();
  // It was dropped because its module was replaced: once more, on the fresh one.
  if (!menu.menu.isConnected) (await makeMenu(pill, root)).open();
}

/**
 * @param {CreditPill} pill
 * @param {ShadowRoot} root
 */
async function makeMenu(pill, root) {
  const [glue, locale, { account }] = await Promise.all(
    [appModule(), appLocaleOf(pill), pill.connection()],
  );
  const copy = /** @type {DocumentFragment} */ (templateOf(html).content.cloneNode(true));
  const parts = [...copy.children];
  root.append(copy);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheetOf(tokens + controls + css)];
  takeAccent(pill);
  const painter = new glue.Menu(root, locale);
  const menu = at(root, 'menu');
  const button = at(root, 'pill');
  const usage = pill.getAttribute('usage-url');
  if (usage) showLink(/** @type {HTMLAnchorElement} */ (at(root, 'menu-usage')), usage);
  /** @type {(() => void) | undefined} */
  let leave;

  const paint = () => {
    const { snapshot, stale, error } = account.state();
    const lost = stale ? error?.code ?? 'store_unreachable' : '';
    const runway = snapshot?.runway;
    const until = runway ? Date.parse(runway.around ?? runway.from) : undefined;
    try {
      guarded(glue, () => painter.paint(snapshot, lost, account.now(), until));
    } catch (problem) {
      pill.report(problem);
      // The next click makes it anew.
      if (isGone(problem)) drop();
    }
  };
  /** @param {Event} event */
  const outside = (event) => {
    if (!event.composedPath().includes(pill)) close();
  };
  const open = () => {
    paint();
    if (!menu.isConnected) return;
    leave = account.subscribe(paint);
    menu.hidden = false;
    keepInside(menu, pill);
    button.setAttribute('aria-expanded', 'true');
    document.addEventListener('pointerdown', outside, true);
    menu.focus({ preventScroll: true });
  };
  const close = () => {
    if (menu.hidden) return;
    leave?.();
    menu.hidden = true;
    button.setAttribute('aria-expanded', 'false');
    document.removeEventListener('pointerdown', outside, true);
    if (menu.contains(root.activeElement)) button.focus({ preventScroll: true });
  };
  const drop = () => {
    close();
    for (const part of parts) part.remove();
  };
  root.addEventListener('keydown', (event) => {
    if (/** @type {KeyboardEvent} */ (event).key !== 'Escape' || menu.hidden) return;
    event.stopPropagation();
    button.focus({ preventScroll: true });
    close();
  });
  at(root, 'menu-add').addEventListener('click', () => {
    button.focus({ preventScroll: true });
    close();
    openDialog(pill);
  });
  at(root, 'menu-retry').addEventListener('click', () => account.refresh());
  at(root, 'menu-explain').addEventListener('click', async () => {
    button.focus({ preventScroll: true });
    close();
    const { explain } = await import('./explain.js');
    await explain(pill).catch((error) => pill.report(error));
  });
  const made = { menu, open, close };
  menus.set(root, made);
  return made;
}

/** Keeps the menu inside the window; its own sheet aligns it with the pill's end.
 *  @param {HTMLElement} menu @param {HTMLElement} pill */
function keepInside(menu, pill) {
  menu.style.setProperty('--menu-shift', '0px');
  menu.style.setProperty('--menu-room', `${document.documentElement.clientWidth - 32}px`);
  const box = menu.getBoundingClientRect();
  const room = document.documentElement.clientWidth - 16;
  const right = Math.min(0, room - box.right);
  const shift = box.left + right < 16 ? 16 - box.left : right;
  const forward = pill.dataset.dir === 'rtl' ? -shift : shift;
  menu.style.setProperty('--menu-shift', `${Math.round(forward)}px`);
}

/** @param {HTMLAnchorElement} link @param {string} address */
function showLink(link, address) {
  if (!URL.canParse(address, location.href)) return;
  const url = new URL(address, location.href);
  if (!url.protocol.startsWith('http')) return;
  link.href = url.href;
  link.hidden = false;
}

/** @param {ShadowRoot} root @param {string} id */
const at = (root, id) => /** @type {HTMLElement} */ (root.getElementById(id));
