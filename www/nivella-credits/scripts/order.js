/**
 * The credits of an order in the cart and checkout blocks: below the total, from what the Store API
 * says of the cart. The text is what stands there without our module, which adds the balance.
 */
(({ element, plugins }, { blocksCheckout, wcSettings }) => {
  const { createElement: tag } = element;
  const { ExperimentalOrderMeta: Place, TotalsWrapper } = blocksCheckout;
  /** The store's own rows, for the room beside them. */
  const ROW = 'wc-block-components-totals-item';
  const data = wcSettings.getSetting('nivella-credits_data', {});
  const numbers = new Intl.NumberFormat(
    document.documentElement.lang || undefined,
    { maximumFractionDigits: 6 },
  );

  /** @param {{ extensions?: Record<string, any> }} cart what the place hands over */
  function Line({ extensions }) {
    const { credits, bonus } = extensions?.['nivella-credits'] ?? {};
    // Not known is not zero, but there is nothing to say either.
    if (!data.text || !credits || credits === '0') return null;
    const words = bonus === '0' ? data.text : data.bonus_text;
    const text = words
      .replace('{credits}', numbers.format(credits))
      .replace('{bonus}', numbers.format(bonus));
    const all = data.guest ? `${text}. ${data.guest_text}` : text;
    const guest = data.guest ? '' : undefined;
    const order = { credits, bonus, guest, messages: data.messages ?? undefined };
    const line = tag('nivella-order-credits', order, all);
    return tag(TotalsWrapper, null, tag('div', { className: ROW }, line));
  }

  const render = () => tag(Place, null, tag(Line));
  plugins.registerPlugin('nivella-credits-order', { scope: 'woocommerce-checkout', render });
})(/** @type {any} */ (window).wp, /** @type {any} */ (window).wc);
