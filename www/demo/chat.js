/** The support site's chat: what is said, what it costs, and what happens at zero. */
import { connect, newRequestId } from '/pkg/nivella-credits.js';
import { byId, inputOf, make } from './dom.js';
import { keep, recall, settings } from './memory.js';
import { codeOf, converse, estimate } from './meter.js';
import { printLater } from './print.js';
import { textsOf } from './texts.js';

/** @typedef {import('/pkg/nivella-credits.js').Connection} Connection */
/** @typedef {import('./answers.js').Model} Model */
/**
 * @typedef {object} Line one thing said
 * @property {string} id
 * @property {'me' | 'them'} from
 * @property {string} text
 * @property {'pending' | 'done' | 'failed' | 'unmetered' | 'thanks'} [state]
 * @property {string} [cost]
 * @property {Model} [model]
 * @property {boolean} [fails]
 */
/**
 * @typedef {HTMLElement & {
 *   say: (kind: string, facts?: object) => Promise<void>,
 *   dismiss: () => void,
 * }} Toast
 */

/**
 * @typedef {object} Draft
 * @property {string} [text] what is being written
 * @property {string} [id] of the message that was kept, with
 * @property {string} [sent] its words, and
 * @property {string} [of] its model
 */
/** @returns {Draft} */
const draft = () => recall('draft', {});

const MOST_LINES = 200;
const EMAIL = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;
const IDEAS = [
  'Can I move my delivery to Friday?',
  'How do I care for oiled oak?',
  'Which table seats six people?',
];

/** @param {() => boolean} failsNext whether the demo's control wants the next answer to fail */
export function startChat(failsNext) {
  const { lang, viewer } = settings();
  const texts = textsOf(lang);
  const isVisitor = viewer === 'visitor';
  const log = byId('log');
  const message = /** @type {HTMLTextAreaElement} */ (byId('message'));
  const model = inputOf('model');
  const toast = /** @type {Toast} */ (byId('notices'));
  const pill = byId('balance');
  /** @type {Line[]} */
  let lines = recall('log', []);
  let busy = false;
  let wantsEmail = false;
  let guesses = 0;

  /** @param {string} kind @param {object} [facts] */
  const tell = async (kind, facts) => {
    await customElements.whenDefined('nivella-credit-toast');
    await toast.say(kind, facts);
  };
  const connection = () =>
    connect({ store: pill.getAttribute('store'), site: pill.getAttribute('site') });

  /** @param {Line} line */
  const put = (line) => {
    lines = [...lines.filter(({ id }) => id !== line.id), line].slice(-MOST_LINES);
    keep('log', lines);
    show(line);
  };

  /** @param {string} id */
  const drop = (id) => {
    lines = lines.filter((line) => line.id !== id);
    keep('log', lines);
    document.getElementById(`said-${id}`)?.remove();
  };

  /** @param {Line} line */
  function show(line) {
    const { id, from, state, cost } = line;
    const text =
      state === 'pending'
        ? texts.say('typing')
        : state === 'failed' || state === 'thanks'
          ? texts.say(state)
          : line.text;
    const said = make(
      'div',
      { id: `said-${id}`, class: `said ${from} ${state ?? ''}` },
      make('p', { dir: 'auto' }, text),
    );
    if (state === 'failed' || state === 'unmetered') {
      said.append(make('small', {}, texts.say(state === 'failed' ? 'free' : state)));
    } else if (cost !== undefined && !isVisitor)
      said.append(make('small', {}, texts.credits(cost)));
    const old = document.getElementById(`said-${id}`);
    if (from === 'me') byId('ideas').replaceChildren();
    if (old) old.replaceWith(said);
    else log.append(said);
    log.scrollTop = log.scrollHeight;
  }

  /** What was not sent stays in the composer, with the id that it was to be sent by.
   *  @param {Line} asked */
  function hold({ text, id, model: of }) {
    message.value = text;
    keep('draft', { text, id, sent: text, of });
    byId('kept').hidden = false;
    grow();
  }

  function grow() {
    message.style.height = 'auto';
    message.style.height = `${message.scrollHeight + 2}px`;
  }

  /** What a visitor asked goes to a person, who needs an address. @param {Line} asked */
  function handOver(asked) {
    put({ ...asked, state: 'done' });
    wantsEmail = true;
    message.placeholder = texts.say('email');
    message.setAttribute('aria-label', texts.say('email'));
  }

  /** @param {Line} asked */
  async function reply(asked) {
    const id = `${asked.id}-reply`;
    busy = true;
    show({ id, from: 'them', text: '', state: 'pending' });
    try {
      const { text, model: with_ = 'swift', fails } = asked;
      const outcome = await converse(await connection(), {
        id: asked.id,
        text,
        model: with_,
        fails,
      });
      if (outcome.what === 'short') {
        if (isVisitor) handOver(asked);
        else {
          drop(asked.id);
          hold(asked);
        }
        await tell(isVisitor ? 'visitor' : 'depleted');
      } else {
        const state = outcome.what === 'answered' ? 'done' : outcome.what;
        put({ ...asked, state: 'done' });
        put({ id, from: 'them', text: outcome.text ?? '', state, cost: outcome.cost });
      }
    } catch (error) {
      drop(asked.id);
      hold(asked);
      await tell('unreachable');
      if (codeOf(error) !== 'store_unreachable') throw error;
    } finally {
      busy = false;
      if (lines.every((line) => line.id !== id)) drop(id);
    }
    guess();
  }

  /** What the next answer costs at most, for what is written now. */
  async function guess() {
    if (isVisitor) return;
    const mine = (guesses += 1);
    const cost = await connection().then(
      (open) => estimate(open, message.value, /** @type {Model} */ (model.value)),
      () => null,
    );
    // An answer that comes late is to what stands there no more.
    if (mine !== guesses) return;
    byId('estimate').textContent =
      cost === null ? '' : texts.say('next', { cost: texts.credits(cost) });
  }

  async function send() {
    const text = message.value.trim();
    if (!text || busy) return;
    busy = true;
    const known = draft();
    if (customElements.get('nivella-credit-toast')) toast.dismiss();
    if (wantsEmail && EMAIL.test(text)) {
      wantsEmail = false;
      message.placeholder = texts.say('write');
      message.setAttribute('aria-label', texts.say('write'));
      put({ id: await newRequestId(), from: 'them', text: '', state: 'thanks' });
    } else {
      // The same words sent again are the same message: it keeps its id, so it counts once.
      const same = known.sent === text && known.of === model.value;
      const id = same && known.id ? known.id : await newRequestId();
      const fails = failsNext();
      put({
        id,
        from: 'me',
        text,
        state: 'pending',
        model: /** @type {Model} */ (model.value),
        ...(fails && { fails }),
      });
    }
    message.value = '';
    keep('draft', null);
    byId('kept').hidden = true;
    grow();
    const asked = lines.find(({ from, state }) => from === 'me' && state === 'pending');
    if (asked) await reply(asked);
    busy = false;
    message.focus();
  }

  byId('compose').addEventListener('submit', (event) => {
    event.preventDefault();
    send();
  });
  message.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });
  message.addEventListener('input', () => {
    keep('draft', message.value ? { ...draft(), text: message.value } : null);
    grow();
  });
  message.addEventListener('change', guess);
  model.addEventListener('change', () => {
    keep('model', model.value);
    guess();
  });
  printLater(pill);

  // A notice above the composer, or a keyboard on a phone, must not cover what was said last.
  new ResizeObserver(() => {
    log.scrollTop = log.scrollHeight;
  }).observe(log);
  for (const idea of IDEAS) {
    const button = make('button', { type: 'button', lang: 'en', dir: 'ltr' }, idea);
    button.addEventListener('click', () => {
      message.value = idea;
      send();
    });
    byId('ideas').append(button);
  }
  model.value = recall('model', 'swift');
  show({ id: 'greeting', from: 'them', text: texts.say('greeting') });
  lines.forEach(show);
  message.value = draft().text ?? '';
  byId('kept').hidden = !draft().sent;
  grow();
  guess();
  const unfinished = lines.find(({ from, state }) => from === 'me' && state === 'pending');
  if (unfinished) reply(unfinished);
  return { tell, connection };
}
