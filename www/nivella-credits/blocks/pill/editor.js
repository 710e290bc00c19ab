/**
 * The pill in the block editor: what it looks like without a balance, and its choices. The page
 * itself is printed by the server.
 */
(({ blocks, blockEditor, components, element, i18n }) => {
  const { createElement: tag, Fragment } = element;
  const { __ } = i18n;
  const domain = 'nivella-credits';
  const shown = [
    { value: '', label: __('As the store allows', domain) },
    { value: 'rounded', label: __('Rounded', domain) },
    { value: 'level', label: __('The level alone', domain) },
  ];

  /**
   * @param {{
   *   attributes: Record<string, string>,
   *   setAttributes: (change: object) => void,
   * }} block
   */
  function edit({ attributes, setAttributes }) {
    /** @param {string} name */
    const set = (name) => (/** @type {string} */ value) =>
      setAttributes({ [name]: value || undefined });
    const choices = tag(
      components.PanelBody,
      { title: __('Credits', domain) },
      tag(components.SelectControl, {
        label: __('How exact', domain),
        value: attributes.show ?? '',
        options: shown,
        onChange: set('show'),
      }),
      tag(components.TextControl, {
        label: __('Page with the usage', domain),
        value: attributes.usageUrl ?? '',
        onChange: set('usageUrl'),
      }),
    );
    return tag(
      Fragment,
      null,
      tag(blockEditor.InspectorControls, null, choices),
      tag('div', blockEditor.useBlockProps(), __('Credits', domain)),
    );
  }

  blocks.registerBlockType('nivella-credits/pill', { edit, save: () => null });
})(/** @type {any} */ (window).wp);
