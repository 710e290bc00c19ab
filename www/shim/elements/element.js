/**
 * What all our elements share: life cycle, theme, direction, language, errors.
 *
 * An element starts once it is in the page, and starts anew when an attribute changes; several
 * changes in a row are one start. Until it has something true to show, the text that the server
 * printed inside the tag stays.
 */
import { NivellaError } from '../error.js';
import { language } from '../locale.js';

/** @typedef {import('../connection.js').Connection} Connection */

/** @type {Map<string, CSSStyleSheet>} */
const sheets = new Map();
/** @type {Map<string, HTMLTemplateElement>} */
const templates = new Map();
const dark = matchMedia('(prefers-color-scheme: dark)');

export class NivellaElement extends HTMLElement {
  static observedAttributes = ['store', 'site', 'locale', 'theme'];
  /** @type {() => void} */
  #settle = () => {};
  /** Resolves when the element shows something true, or has said by an event why it cannot. */
  ready = new Promise((resolve) => { this.#settle = () => resolve(undefined); });
  #pending = false;
  /** @type {AbortController | undefined} ends the listeners of the present start */
  #life;

  connectedCallback() { this.#again(); }
  disconnectedCallback() { this.#life?.abort(); }
  attributeChangedCallback() { if (this.#life) this.#again(); }

  #again() {
    if (this.#pending) return;
    this.#pending = true;
    queueMicrotask(async () => {
      this.#pending = false;
      this.#life?.abort();
      if (!this.isConnected) return;
      const life = this.#life = new AbortController();
      this.#dress();
      dark.addEventListener('change', () => this.#dress(), { signal: life.signal });
      if (!language(this).known) {
        this.report(new NivellaError('locale_unknown', '', { field: 'locale' }));
      }
      try {
        await this.start(life.signal);
      } catch (error) {
        if (!life.signal.aborted) this.report(error);
      }
      // A start that was overtaken has shown nothing.
      if (!life.signal.aborted) this.#settle();
    });
  }

  /**
   * Begins to show; ends when `signal` is aborted.
   * @param {AbortSignal} _signal
   * @returns {Promise<void>}
   */
  async start(_signal) {}

  /** @returns {Promise<Connection>} */
  async connection() {
    const { connect } = await import('../connection.js');
    return connect({ store: this.getAttribute('store'), site: this.getAttribute('site') });
  }

  /**
   * Fills the shadow root with a static template and sheet.
   * @param {string} html
   * @param {string} css
   * @returns {ShadowRoot}
   */
  render(html, css) {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    root.replaceChildren(templateOf(html).content.cloneNode(true));
    root.adoptedStyleSheets = [sheetOf(css)];
    return root;
  }

  /**
   * Says a coded error to the page.
   * @param {unknown} thrown
   */
  async report(thrown) {
    const ours = /** @type {{ name?: string } | null} */ (thrown)?.name === 'NivellaError';
    const found = ours ? thrown : (await import('../errors.js')).toNivellaError(thrown);
    const { code, field, details, message } = /** @type {NivellaError} */ (found);
    this.dispatch('error', { code, field, details, message });
  }

  /**
   * Dispatches `nivella:<name>`.
   * @param {string} name
   * @param {unknown} detail
   */
  dispatch(name, detail) {
    const init = { detail, bubbles: true, composed: true };
    this.dispatchEvent(new CustomEvent(`nivella:${name}`, init));
  }

  /**
   * The value of an attribute that knows only these words; the first is the default.
   * @param {string} name
   * @param {string[]} words
   */
  word(name, words) {
    const [usual = ''] = words;
    const value = this.getAttribute(name) ?? usual;
    if (words.includes(value)) return value;
    this.report(new NivellaError('attribute_invalid', value, { field: name }));
    return usual;
  }

  #dress() {
    const asked = this.word('theme', ['auto', 'light', 'dark']);
    const { colorScheme } = getComputedStyle(document.documentElement);
    // A page may say it in its head alone; the root's style then stays at its default.
    const meta = document.querySelector('meta[name="color-scheme"]')?.getAttribute('content');
    const page = colorScheme === 'normal' ? meta ?? '' : colorScheme;
    const allows = /\bdark\b/.test(page) && (dark.matches || !/\blight\b/.test(page));
    this.dataset.theme = asked === 'auto' ? (allows ? 'dark' : 'light') : asked;
    this.dataset.dir = getComputedStyle(this).direction;
  }
}

/** @param {string} html a constant of ours, never data */
export function templateOf(html) {
  let template = templates.get(html);
  if (!template) {
    template = document.createElement('template');
    template.innerHTML = html;
    templates.set(html, template);
  }
  return template;
}

/** @param {string} css */
export function sheetOf(css) {
  let sheet = sheets.get(css);
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    sheets.set(css, sheet);
  }
  return sheet;
}
