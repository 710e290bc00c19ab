/** The support site: its help pages, its chat, and which store the credits come from. */
import { startChat } from './chat.js';
import { startControls } from './controls.js';
import { byId, inputOf, make } from './dom.js';
import { dressElements, dressPage } from './dress.js';
import { ARTICLES, TOPICS, wordsOf } from './knowledge.js';
import { keep, recall, settings } from './memory.js';
import { readStore } from './real-store.js';
import { textsOf } from './texts.js';

const OURS = 'nivella-credit-pill, nivella-credit-toast, nivella-buy-credits';

function dress() {
  const { lang, viewer } = settings();
  dressPage();
  dressElements(OURS);
  const { say } = textsOf(lang);
  for (const node of document.querySelectorAll('[data-text], [data-label], [data-placeholder]')) {
    const each = /** @type {HTMLElement} */ (node);
    const { text, label: name, placeholder } = each.dataset;
    if (text) each.textContent = say(text);
    if (name) each.setAttribute('aria-label', say(name));
    if (placeholder) each.setAttribute('placeholder', say(placeholder));
  }
  if (viewer === 'visitor') {
    for (const each of document.querySelectorAll(OURS)) each.setAttribute('site', 'demo');
  }
}

function showTopics() {
  const topics = TOPICS.map((topic) => {
    const list = ARTICLES.filter((each) => each.topic === topic).map(
      ({ id, question, answer, more }) =>
        make(
          'details',
          { 'data-id': id },
          make('summary', {}, question),
          make('p', {}, answer),
          make('p', {}, more),
        ),
    );
    return make('section', { id: topic.toLowerCase() }, make('h2', {}, topic), ...list);
  });
  byId('topics').append(...topics);
  inputOf('find').addEventListener('input', ({ target }) => {
    const words = wordsOf(/** @type {HTMLInputElement} */ (target).value);
    for (const section of byId('topics').children) {
      for (const details of section.querySelectorAll('details')) {
        const known = wordsOf(`${section.id} ${details.textContent}`).join(' ');
        details.hidden = !words.every((word) => known.includes(word));
      }
      /** @type {HTMLElement} */ (section).hidden = !section.querySelector('details:not([hidden])');
    }
    byId('nothing').hidden = Boolean(document.querySelector('#topics > :not([hidden])'));
  });
}

function startControlsLink() {
  const open = () => {
    if (location.hash === '#controls')
      /** @type {HTMLDetailsElement} */ (byId('controls')).open = true;
  };
  addEventListener('hashchange', open);
  open();
}

/** On a narrow window the chat lies over the page: then the page behind it is out of reach. */
function startLayout() {
  const narrow = matchMedia('(max-width: 63.99em)');
  const phone = matchMedia('(max-width: 37.5em)');
  const chat = byId('chat');
  const launch = byId('launch');
  const site = byId('site');
  const set = (/** @type {boolean} */ open) => {
    const over = narrow.matches;
    chat.hidden = over && !open;
    launch.hidden = !over || open;
    site.inert = open && phone.matches;
    document.body.classList.toggle('covered', site.inert);
    keep('open', open);
  };
  launch.addEventListener('click', () => {
    set(true);
    byId('message').focus();
  });
  byId('chat-close').addEventListener('click', () => {
    set(false);
    launch.focus();
  });
  narrow.addEventListener('change', () => set(recall('open', phone.matches)));
  set(recall('open', !narrow.matches || phone.matches));
}

dress();
showTopics();
startControlsLink();
startLayout();
await readStore(OURS);
/** @type {() => boolean} */
let failsNext = () => false;
const { tell, connection } = startChat(() => failsNext());
failsNext = startControls(connection);

const added = recall('added', /** @type {{credits?: string} | null} */ (null));
if (added?.credits) {
  keep('added', null);
  await tell('added', { credits: added.credits });
  byId('message').focus();
}
if (new URLSearchParams(location.search).has('buy')) {
  history.replaceState(null, '', location.pathname);
  const buy = /** @type {HTMLElement & {show: () => Promise<void>}} */ (byId('shop'));
  await customElements.whenDefined('nivella-buy-credits');
  await buy.show();
}
