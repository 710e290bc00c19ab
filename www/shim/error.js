/**
 * A refusal: what a caller matches on is `code`. Elements show a translated text by code,
 * never `message`.
 */
export class NivellaError extends Error {
  /**
   * @param {string} code one of those in errors.js
   * @param {string} [message] for a developer's eyes
   * @param {{field?: string, details?: Record<string, string>, cause?: unknown}} [more]
   */
  constructor(code, message, { field, details, cause } = {}) {
    super(message ?? code, cause === undefined ? undefined : { cause });
    this.name = 'NivellaError';
    this.code = code;
    /** the field of the input that was refused, where there is one */
    this.field = field;
    /** figures that explain the refusal, as plain strings */
    this.details = details;
  }
}
