/**
 * The credits of an order in the cart and checkout blocks: below the total, from what the Store API
 * says of the cart. The text is what stands there without our module, which adds the balance.
 *
 * The store fills one place of a name, the last that it laid out. A narrow checkout has a second
 * summary; when it goes, the first stays empty. So the store is only asked to lay out its places,
 * and we fill each of them.
 */
(({ data: stores, element, plugins }, { blocksCheckout, wcSettings }) => {
  const { createElement: tag, createPortal, Fragment, useEffect, useState } = element;
  const { ExperimentalOrderMeta: Place, TotalsWrapper } = blocksCheckout;
  /** The store's own rows, for the room beside them. */
  const ROW = 'wc-block-components-totals-item';
  const PLACES = document.getElementsByClassName('wc-block-components-order-meta');
  const data = wcSettings.getSetting('nivella-credits_data', {});
  const numbers = new Intl.NumberFormat(
    document.documentElement.lang || undefined,
    { maximumFractionDigits: 6 },
  );
  /** Cart and checkout on one page: the first fills the places of both. */
  let filling = false;

  function Line() {
    const { extensions } = stores.useSelect((/** @type {any} */ select) =>
      select('wc/store/cart').getCartData());
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

  /** The store lays out a place only where something is meant for it. */
  const Nothing = () => null;

  function Lines() {
    const [places, setPlaces] = useState(/** @type {Element[]} */ ([]));
    useEffect(() => {
      if (filling) return undefined;
      filling = true;
      const look = () => setPlaces((/** @type {Element[]} */ known) => {
        const found = [...PLACES];
        const same = found.length === known.length && found.every((at, i) => at === known[i]);
        return same ? known : found;
      });
      const watch = new MutationObserver(look);
      watch.observe(document.body, { childList: true, subtree: true });
      look();
      return () => {
        watch.disconnect();
        filling = false;
      };
    }, []);
    const lines = places.map((/** @type {Element} */ place) => createPortal(tag(Line), place));
    return tag(Fragment, null, ...lines);
  }

  const render = () => tag(Fragment, null, tag(Place, null, tag(Nothing)), tag(Lines));
  plugins.registerPlugin('nivella-credits-order', { scope: 'woocommerce-checkout', render });
})(/** @type {any} */ (window).wp, /** @type {any} */ (window).wc);
