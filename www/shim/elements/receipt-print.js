/** A purchase's receipt on paper: alone on the page while it prints, and gone afterwards. */
import { Parts, put } from './dashboard-parts.js';
import { sheetOf, templateOf } from './element.js';
import html from './receipt-paper.html';
import css from './receipt-paper.css';

const ALONE = '@media print{body>:not([data-nivella-paper]){display:none!important}}'
  + '@media screen{[data-nivella-paper]{display:none!important}}';

/**
 * @param {import('./dashboard-text.js').Texts} texts
 * @param {import('./dashboard-view.js').Purchase} purchase
 */
export function print(texts, purchase) {
  const paper = document.createElement('div');
  paper.dataset.nivellaPaper = '';
  paper.lang = texts.locale.tag;
  const root = paper.attachShadow({ mode: 'open' });
  root.append(templateOf(html).content.cloneNode(true));
  root.adoptedStyleSheets = [sheetOf(css)];
  const parts = new Parts(root, texts);
  parts.write(root);
  fill(parts, purchase);
  const alone = new CSSStyleSheet();
  alone.replaceSync(ALONE);
  document.adoptedStyleSheets.push(alone);
  document.body.append(paper);
  addEventListener('afterprint', () => {
    paper.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== alone);
  }, { once: true });
  globalThis.print();
}

/** @param {Parts} parts @param {import('./dashboard-view.js').Purchase} purchase */
function fill(parts, { store, order, at, package: name, credits, bonus, expires, price, lines }) {
  const { texts } = parts;
  parts.put('store', store);
  const when = [texts.weekday(at.slice(0, 10)), at.slice(0, 4), texts.time(at)];
  parts.put('meta', [order, ...when].join(texts.t('list.join')));
  parts.put('credits', texts.t('usage.purchase.credits', { amount: credits }));
  parts.put('price', price);
  const all = [
    { name: texts.t('buy.packages'), text: name },
    ...(bonus === '0' ? [] : [{ name: texts.t('pool.bonus'), text: texts.amount(bonus) }]),
    { name: texts.t('usage.purchase.until'),
      text: expires ? texts.day(expires) : texts.t('pool.never') },
    ...lines,
  ];
  parts.list(parts.at('lines'), 'receipt-line', all, (row, line) => {
    put(row.name, line.name);
    put(row.text, line.text);
  });
}
