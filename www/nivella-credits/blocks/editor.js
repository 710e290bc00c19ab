/**
 * The blocks in the block editor: what they look like without a balance, and their choices. The
 * page itself is printed by the server; names, descriptions and attributes stand in block.json.
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
  const pillStyle = {
    display: 'inline-block',
    border: '1px solid currentColor',
    borderRadius: '999px',
    padding: '4px 12px',
    lineHeight: '22px',
  };
  const buyStyle = { ...pillStyle, borderRadius: '6px', padding: '8px 16px', fontWeight: 600 };
  const cardStyle = { border: '1px solid currentColor', borderRadius: '10px', padding: '20px' };
  const barStyle = {
    flex: '1 1 0',
    background: 'currentColor',
    opacity: 0.35,
    borderRadius: '2px 2px 0 0',
  };

  const pill = () => tag('span', { style: pillStyle }, `2,341 ${__('Credits', domain)}`);
  const buy = () => tag('span', { style: buyStyle }, __('Buy credits', domain));

  /** A sketch: whose numbers they would be is not known here. */
  function usage() {
    const bars = [30, 55, 40, 70, 25, 15, 60, 80, 45, 65, 35, 50].map((height, key) =>
      tag('span', { key, style: { ...barStyle, height: `${height}%` } }),
    );
    const chart = { display: 'flex', alignItems: 'flex-end', gap: '6px', height: '96px' };
    return tag(
      'div',
      { style: cardStyle },
      tag('strong', null, __('Usage', domain)),
      tag('p', null, __('Balance, plan and activity of whoever reads the page.', domain)),
      tag('div', { style: chart, 'aria-hidden': true }, bars),
    );
  }

  const site = ['site', __('Public id of a site', domain)];
  const plans = ['plansUrl', __('Page with the plans', domain)];
  const usagePage = ['usageUrl', __('Page with the usage', domain)];
  const category = ['category', __('Category of the packages', domain)];
  const KINDS = {
    pill: { preview: pill, choices: [usagePage, site], show: true },
    buy: { preview: buy, choices: [category], show: false },
    usage: { preview: usage, choices: [plans], show: false },
  };

  for (const [name, { preview, choices, show }] of Object.entries(KINDS)) {
    /**
     * @param {{
     *   attributes: Record<string, string>,
     *   setAttributes: (change: object) => void,
     * }} block
     */
    const edit = ({ attributes, setAttributes }) => {
      /** @param {string} key */
      const field = (key) => ({
        key,
        value: attributes[key] ?? '',
        onChange: (/** @type {string} */ value) => setAttributes({ [key]: value || undefined }),
      });
      const how = { ...field('show'), label: __('How exact', domain), options: shown };
      const fields = [
        show && tag(components.SelectControl, how),
        ...choices.map(([key = '', label]) =>
          tag(components.TextControl, { ...field(key), label }),
        ),
      ];
      const panel = tag(components.PanelBody, { title: __('Credits', domain) }, fields);
      return tag(
        Fragment,
        null,
        tag(blockEditor.InspectorControls, null, panel),
        tag('div', blockEditor.useBlockProps(), preview()),
      );
    };
    blocks.registerBlockType(`nivella-credits/${name}`, { edit, save: () => null });
  }
})(/** @type {any} */ (window).wp);
