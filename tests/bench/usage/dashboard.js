/** Runs in the usage page: the real element, filtered and scrolled. */
import { CHUNK, csvOf } from './rows.js';

/** @typedef {Record<string, any>} Json */

/** The glue that the page itself loaded. */
const glueAt = () => performance.getEntriesByType('resource').map(({ name }) => name)
  .find((name) => /usage-(module|glue)\.js$/.test(name)) ?? '';

/** @returns {any} the element */
const dashboard = () => document.querySelector('nivella-usage-dashboard');

/** @type {Uint8Array<ArrayBuffer>[]} */
let pieces = [];

/** Rows to load, made before anything is measured. @param {number} rows */
export async function prepare(rows) {
  // Before there is a total there is nothing yet that would take rows in.
  while (dashboard()?.total == null) await new Promise((resolve) => setTimeout(resolve, 50));
  pieces = await csvOf(rows);
}

/** As a network would hand it over. @returns {Promise<number>} milliseconds */
export async function load() {
  const started = performance.now();
  let at = 0;
  await dashboard().load(new ReadableStream({
    pull(controller) {
      const piece = pieces[at];
      at += 1;
      if (!piece) return controller.close();
      for (let from = 0; from < CHUNK; from += 65_536) {
        const part = piece.subarray(from, from + 65_536);
        if (part.length > 0) controller.enqueue(part);
      }
    },
  }, { highWaterMark: 4 }));
  pieces = [];
  return performance.now() - started;
}

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

/** Every painting task after this one is over: layout, style, what the compositor is handed. */
const painted = () => new Promise((resolve) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => (port1.close(), resolve(performance.now()));
  port2.postMessage(null);
});

/** What people click one after the other. */
const CHANGES = [
  { days: 30, agent: 'chat' }, { days: 30 }, { days: 90 }, { days: 7 },
  { days: 7, agent: 'voice_inbound' }, { days: 'all', agent: 'voice_inbound' }, { days: 'all' },
  { days: 'all', site: 'northlight' }, { days: 90, site: 'northlight', feature: 'chat_reply' },
  { days: 90, feature: 'chat_reply' }, { days: 90, model: 'swift' },
  { days: 'all', model: 'swift', agent: 'nox', site: 'ferrow' }, { days: 'all', type: 'call' },
  { from: '2026-03-01', to: '2026-06-30' }, { from: '2026-03-01', to: '2026-06-30', agent: 'chat' },
  { days: 30 },
];

/** Milliseconds that calls of the module take, by name. @param {any} Usage */
function watchModule(Usage) {
  /** @type {Record<string, number>} */
  const spent = {};
  for (const name of ['view', 'look', 'find', 'rows']) {
    const call = Usage.prototype[name];
    Usage.prototype[name] = function watched(/** @type {any[]} */ ...given) {
      const started = performance.now();
      try {
        return call.apply(this, given);
      } finally {
        spent[name] = (spent[name] ?? 0) + performance.now() - started;
      }
    };
  }
  return spent;
}

/**
 * From setting the filter, at the start of a frame, until that frame is painted.
 * @param {{ rounds: number }} options
 */
export async function changes({ rounds }) {
  const { Usage } = await import(glueAt());
  const spent = watchModule(Usage);
  const element = dashboard();
  /** @type {{ filter: Json, painted: number, script: number, module: Json }[]} */
  const all = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const filter of CHANGES) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      await frame();
      for (const name of Object.keys(spent)) delete spent[name];
      const started = performance.now();
      element.filter = filter;
      const script = performance.now() - started;
      const module = { ...spent };
      all.push({ filter, script, module, painted: (await painted()) - started });
      if (element.total === null) throw new Error('nothing is shown');
    }
  }
  return all;
}

/** How many entries the log says that it has. @param {number} least */
export async function entries(least) {
  dashboard().filter = { days: 'all' };
  const count = () => dashboard().shadowRoot.getElementById('log-count').textContent;
  const until = performance.now() + 20_000;
  while (Number(count().replace(/\D/g, '')) < least && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return count();
}

/** The log's box, which scrolls. */
const box = () => dashboard().shadowRoot.getElementById('log-view');

/**
 * From one frame to the next, in milliseconds: steadily, then to anywhere as a thumb is dragged.
 * @param {{ steady: number, jumps: number }} options frames of each
 */
export async function scroll({ steady, jumps }) {
  const view = box();
  view.scrollIntoView();
  const frames = { steady: /** @type {number[]} */ ([]), jumps: /** @type {number[]} */ ([]) };
  const work = /** @type {number[]} */ ([]);
  let blank = 0;
  let began = 0;
  view.addEventListener('scroll', () => { began = performance.now(); }, { capture: true });
  let last = await frame();
  const step = async (/** @type {number[]} */ into, /** @type {() => void} */ move) => {
    move();
    const time = await frame();
    into.push(time - last);
    last = time;
    if (began > 0) work.push((await painted()) - began);
    began = 0;
    blank += view.querySelectorAll('[data-kind=blank]').length;
  };
  for (let n = 0; n < steady; n += 1) await step(frames.steady, () => { view.scrollTop += 140; });
  const whole = view.scrollHeight - view.clientHeight;
  for (let n = 0; n < jumps; n += 1) {
    await step(frames.jumps, () => { view.scrollTop = (n * 0.618_034 % 1) * whole; });
  }
  return { ...frames, work, blank };
}
