/**
 * Shows every state of the elements' templates without the module: the same ids and attributes that
 * the painter writes, set from the rows of gallery-states.mjs. For looking, and for the tests of
 * contrast and width that need no data of their own.
 *
 * Query: `view` (pill, menu, notice, explain, buy), `state` (one of buy's), `theme`, `lang`.
 */
import { states } from './gallery-states.mjs';

const query = new URLSearchParams(location.search);
const lang = query.get('lang') ?? 'en';
const theme = query.get('theme') === 'dark' ? 'dark' : 'light';
const rtl = lang === 'ar';
const elements = new URL('../../www/shim/elements/', import.meta.url);
const sheets = {
  pill: ['tokens', 'pill'],
  menu: ['tokens', 'pill', 'tokens-more', 'controls', 'menu'],
  buy: ['tokens', 'tokens-more', 'controls', 'buy'],
  notice: ['tokens', 'tokens-more', 'controls', 'notice'],
  explain: ['tokens', 'tokens-more', 'controls', 'explain'],
};

/** @param {string} path @returns {Promise<string>} */
const read = async (path) => (await fetch(new URL(path, elements))).text();
const messages = JSON.parse(await read('../../messages.json'));
const numbers = new Intl.NumberFormat(lang === 'ar' ? 'ar-EG' : lang, { maximumFractionDigits: 6 });
const days = new Intl.DateTimeFormat(lang === 'ar' ? 'ar-EG' : lang, {
  month: 'short',
  day: 'numeric',
  timeZone: 'UTC',
});
const plurals = new Intl.PluralRules(lang);

/**
 * A text of the catalogue. `count` chooses the form; numbers and dates (2026-..) are formatted.
 * @param {string} key @param {Record<string, string | number>} [named] @param {number} [count]
 */
function text(key, named = {}, count = Number(named.amount ?? 0)) {
  const message = messages[key]?.[lang] ?? key;
  const form =
    typeof message === 'string' ? message : (message[plurals.select(count)] ?? message.other);
  return form.replace(/\{([\w-]+)\}/g, (/** @type {string} */ _, /** @type {string} */ name) =>
    value(named[name] ?? ''),
  );
}

/** @param {string | number} raw @returns {string} */
function value(raw) {
  if (typeof raw === 'number') return numbers.format(raw);
  return /^20\d\d-/.test(raw) ? days.format(new Date(raw)) : raw;
}

/** @param {unknown} cell a text, a number, a date, or [key, arguments] @returns {string} */
function say(cell) {
  if (Array.isArray(cell))
    return cell.every((part) => Array.isArray(part))
      ? cell.map(say).join(' ')
      : text(cell[0], cell[1]);
  return value(/** @type {string | number} */ (cell));
}

/** @param {ParentNode} root */
function writeStatic(root) {
  for (const node of root.querySelectorAll('[data-t]'))
    node.textContent = text(/** @type {HTMLElement} */ (node).dataset.t ?? '');
  for (const node of root.querySelectorAll('[data-t-label]')) {
    node.setAttribute('aria-label', text(/** @type {HTMLElement} */ (node).dataset.tLabel ?? ''));
  }
  for (const template of root.querySelectorAll('template')) writeStatic(template.content);
}

/**
 * One node from one description: a text, or {text, attributes, rows}.
 * @param {HTMLElement} node @param {any} as @param {ParentNode} root
 */
function paint(node, as, root) {
  if (as === null || as === undefined) return void (node.hidden = true);
  node.hidden = false;
  if (typeof as !== 'object' || Array.isArray(as)) return void (node.textContent = say(as));
  if ('text' in as) node.textContent = say(as.text);
  for (const [name, given] of Object.entries(as.attributes ?? {})) {
    if (name === 'checked' || name === 'disabled') /** @type {any} */ (node)[name] = given;
    else node.setAttribute(name, say(given));
  }
  if (as.share !== undefined) node.style.setProperty('--share', String(as.share));
  for (const row of as.rows ?? []) {
    const template = /** @type {HTMLTemplateElement} */ (root.querySelector(`#${as.template}`));
    const clone = /** @type {HTMLElement} */ (template.content.cloneNode(true));
    for (const [field, cell] of Object.entries(row)) {
      paint(/** @type {HTMLElement} */ (clone.querySelector(`[data-f="${field}"]`)), cell, root);
    }
    node.append(clone);
  }
}

/** @param {keyof typeof sheets} kind @param {string} title @param {Record<string, any>} parts */
async function hang(kind, title, parts) {
  const figure = document.createElement('figure');
  figure.append(Object.assign(document.createElement('figcaption'), { textContent: title }));
  const stand = figure.appendChild(document.createElement('div'));
  stand.className = kind === 'menu' ? 'frame header' : 'header';
  const host = stand.appendChild(document.createElement(`gallery-${kind}`));
  host.dataset.theme = theme;
  host.dataset.dir = rtl ? 'rtl' : 'ltr';
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    (await Promise.all(sheets[kind].map((name) => read(`${name}.css`)))).join('\n'),
  );
  root.adoptedStyleSheets = [sheet];
  const html =
    kind === 'menu'
      ? (await read('pill.html')) + (await read('menu.html'))
      : await read(`${kind}.html`);
  const parsed = new DOMParser().parseFromString(`<template>${html}</template>`, 'text/html');
  root.append(
    /** @type {HTMLTemplateElement} */ (parsed.querySelector('template')).content.cloneNode(true),
  );
  writeStatic(root);
  const face = root.querySelector('#face');
  if (parts['#plain'] && face) {
    face.removeAttribute('aria-hidden');
    root.querySelector('#plain')?.append(face);
  }
  for (const [selector, as] of Object.entries(parts)) {
    paint(/** @type {HTMLElement} */ (root.querySelector(selector)), as, root);
  }
  if (kind === 'notice') stand.className = '';
  /** @type {HTMLElement} */ (document.querySelector('#board')).append(figure);
  const dialog = /** @type {HTMLDialogElement | null} */ (root.querySelector('dialog'));
  dialog?.showModal();
  /** @type {HTMLElement | null} */ (root.querySelector('[part="radio"]:checked'))?.focus();
}

document.documentElement.dataset.theme = theme;
document.documentElement.lang = lang;
document.documentElement.dir = rtl ? 'rtl' : 'ltr';
const view = /** @type {keyof typeof sheets} */ (query.get('view') ?? 'pill');
const wanted = query.get('state');
for (const [title, parts] of Object.entries(states(view, text, value))) {
  if (!wanted || wanted === title) await hang(view, title, parts);
}
document.documentElement.dataset.hung = 'true';
