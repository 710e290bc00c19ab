/** Why nothing can be shown, and the way on: another try, or for a guest to where they sign in. */
import { toNivellaError } from '../errors.js';

/** What the same page is not told otherwise a moment later. */
const LASTING = new Set(['forbidden', 'ledger_missing', 'store_origin_refused',
  'store_not_configured']);

/**
 * @param {import('./dashboard-board.js').Ui} ui
 * @returns {(error: unknown) => void}
 */
export function faultPart({ host, parts, texts }) {
  const link = /** @type {HTMLAnchorElement} */ (parts.at('notice-sign-in'));

  return (error) => {
    const { code } = toNivellaError(error);
    const guest = code === 'not_signed_in';
    const address = guest ? addressOf(host.getAttribute('sign-in-url')) : null;
    parts.at('notice').hidden = false;
    parts.at('notice').dataset.tone = guest ? 'plain' : 'critical';
    link.hidden = !address;
    if (address) link.href = address;
    // Who has signed in elsewhere meanwhile can try again where there is no link.
    parts.at('notice-retry').hidden = Boolean(address) || LASTING.has(code);
    const { locale } = texts;
    parts.put('notice-title', locale.known(`error.${code}.title`) ?? texts.t('error.title'));
    parts.put('notice-text', locale.known(`usage.error.${code}`)
      ?? locale.known(`error.${code}`) ?? texts.t('error.default'));
  };
}

/** @param {string | null} given @returns {string | null} none but one of the web */
function addressOf(given) {
  if (!given || !URL.canParse(given, location.href)) return null;
  const url = new URL(given, location.href);
  return url.protocol.startsWith('http') ? url.href : null;
}
