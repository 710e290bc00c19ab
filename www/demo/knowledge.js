/**
 * What the support of Halden, an invented furniture maker, knows, and how an answer is found in it.
 * Topics are the page's sections.
 */

/**
 * @typedef {object} Article
 * @property {string} id
 * @property {string} topic
 * @property {string} question
 * @property {string} answer
 * @property {string} more what a longer answer adds
 */

/** @type {Article[]} */
export const ARTICLES = await fetch(new URL('knowledge.json', import.meta.url)).then((answer) =>
  answer.json(),
);

/** The topics, in the page's order. */
export const TOPICS = [...new Set(ARTICLES.map(({ topic }) => topic))];

const COMMON = new Set(
  [
    'a an and are be can come comes could do does for from get give go has have how i in is',
    'it its me my no not of on one or our please so some that the them then there they this',
    'to us was we what when where which who will with would you your',
  ]
    .join(' ')
    .split(' '),
);

/** @param {string} text @returns {string[]} words without endings that do not matter */
export function wordsOf(text) {
  const found = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return found
    .filter((word) => !COMMON.has(word))
    .map((word) => word.replace(/(ing|ies|ed|es|s|y)$/u, '') || word);
}

const INDEX = ARTICLES.map((article) => ({
  article,
  asked: new Set(wordsOf(`${article.question} ${article.topic}`)),
  told: new Set(wordsOf(`${article.answer} ${article.more}`)),
}));

/** A word that all articles have says nothing. @param {string} word */
function weight(word) {
  const known = INDEX.filter(({ asked, told }) => asked.has(word) || told.has(word)).length;
  return Math.log(1 + INDEX.length / (1 + known));
}

/**
 * The articles that fit a question, best first; none when no word of it is known.
 *
 * @param {string} question
 * @returns {Article[]}
 */
export function search(question) {
  const words = [...new Set(wordsOf(question))];
  return INDEX.map(({ article, asked, told }) => {
    const score = words.reduce(
      (sum, word) => sum + weight(word) * (asked.has(word) ? 2 : told.has(word) ? 1 : 0),
      0,
    );
    return { article, score };
  })
    .filter(({ score }) => score > 1.6)
    .sort((a, b) => b.score - a.score)
    .map(({ article }) => article);
}
