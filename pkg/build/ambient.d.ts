/** What the bundler makes of files that are no scripts, and of its own modules. */

declare module '*.html' {
  /** A static template, without comments. */
  const html: string;
  export default html;
}

declare module '*.css' {
  /** A whole style sheet, minified. */
  const css: string;
  export default css;
}

declare module 'nivella:pill-messages' {
  /** English, the keys `pill.*`. */
  const messages: Record<string, string | Record<string, string>>;
  export default messages;
  /** The languages that the catalogue has, English first. */
  export const languages: string[];
}

declare module 'nivella:pill-bytes' {
  /** The pill's WebAssembly module, a character for each byte. */
  const bytes: string;
  export default bytes;
}

declare module 'nivella:app-messages' {
  /** English, all keys but the dashboard's. */
  const messages: Record<string, string | Record<string, string>>;
  export default messages;
}

declare module 'nivella:usage-messages' {
  /** English, the keys of the dashboard. */
  const messages: Record<string, string | Record<string, string>>;
  export default messages;
}
