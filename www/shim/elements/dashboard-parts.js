/** The nodes of a shadow root: found once, written only where something changed. */
import { templateOf } from './element.js';

/** @typedef {import('./dashboard-text.js').Texts} Texts */
/** @typedef {Record<string, HTMLElement>} Row the parts of a template's copy, by `data-f` */

/** @type {WeakMap<Element, Row>} */
const rows = new WeakMap();

export class Parts {
  /** @type {Map<string, HTMLElement>} */
  #found = new Map();

  /** @param {ShadowRoot} root @param {Texts} texts */
  constructor(root, texts) {
    this.root = root;
    this.texts = texts;
  }

  /** @param {string} id @returns {HTMLElement} */
  at(id) {
    let node = this.#found.get(id);
    if (!node) {
      node = /** @type {HTMLElement} */ (this.root.getElementById(id));
      this.#found.set(id, node);
    }
    return node;
  }

  /** @param {string} id @returns {HTMLInputElement} */
  input(id) { return /** @type {HTMLInputElement} */ (this.at(id)); }

  /** Puts a static template in the place of a node. @param {string} id @param {string} html */
  place(id, html) {
    const copy = /** @type {DocumentFragment} */ (templateOf(html).content.cloneNode(true));
    this.write(copy);
    this.at(id).replaceWith(copy);
  }

  /** Writes the static texts. @param {ParentNode} within */
  write(within) {
    const { texts } = this;
    for (const node of /** @type {Iterable<HTMLElement>} */ (
      within.querySelectorAll('[data-t],[data-t-label],[data-t-hint],template'))) {
      const { t, tLabel, tHint } = node.dataset;
      if (t) node.textContent = texts.t(t);
      if (tLabel) node.ariaLabel = texts.t(tLabel);
      if (tHint) node.setAttribute('placeholder', texts.t(tHint));
      if (node instanceof HTMLTemplateElement) this.write(node.content);
    }
  }

  /** @param {string} id @param {string | null} text hidden without one */
  put(id, text) { put(this.at(id), text); }

  /** @param {string} id @param {string} event @param {(event: any) => void} heard */
  on(id, event, heard) { this.at(id).addEventListener(event, heard); }

  /**
   * As many copies of a template as there are items; a row stays in its place, and its focus.
   * @template T
   * @param {Element} box @param {string} template @param {readonly T[]} items
   * @param {(row: Row, item: T, index: number) => void} paint
   */
  list(box, template, items, paint) {
    items.forEach((item, index) => {
      const node = box.children[index] ?? box.appendChild(this.copy(template));
      paint(/** @type {Row} */ (rows.get(node)), item, index);
    });
    while (box.children.length > items.length) box.lastElementChild?.remove();
  }

  /** @param {string} template @returns {HTMLElement} whose parts `rowOf` knows */
  copy(template) {
    const { content } = /** @type {HTMLTemplateElement} */ (this.at(template));
    const node = /** @type {HTMLElement} */ (content.firstElementChild?.cloneNode(true));
    const all = /** @type {NodeListOf<HTMLElement>} */ (node.querySelectorAll('[data-f]'));
    rows.set(node, Object.fromEntries([node, ...all].map((part) => [part.dataset.f ?? '', part])));
    return node;
  }
}

/** @param {Element} node a copy's @returns {Row} */
export const rowOf = (node) => /** @type {Row} */ (rows.get(node));

/** @param {HTMLElement} node @param {string | null} text hidden without one */
export function put(node, text) {
  node.hidden = !text;
  if (node.textContent !== text) node.textContent = text;
}

/** @param {Element} node @param {Record<string, string | number | boolean>} attributes */
export function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (node.getAttribute(name) !== String(value)) node.setAttribute(name, String(value));
  }
}
