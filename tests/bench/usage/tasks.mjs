/** The tasks of a page's main thread, as the browser itself notes them. */

/** @typedef {import('playwright-core').Browser} Browser */
/** @typedef {import('playwright-core').Page} Page */
/**
 * `dur` in microseconds.
 * @typedef {{ name: string, ph: string, pid: number, tid: number, dur?: number, args?: any }} Event
 */

const CATEGORIES = ['disabled-by-default-devtools.timeline', 'devtools.timeline', '__metadata'];

/**
 * Milliseconds of every task while the work lasts.
 * @template T
 * @param {Browser} browser
 * @param {Page} page
 * @param {() => Promise<T>} work
 * @returns {Promise<{ result: T, tasks: number[] }>}
 */
export async function tasksOf(browser, page, work) {
  await browser.startTracing(page, { categories: CATEGORIES });
  /** @type {T} */
  let result;
  /** @type {Buffer} */
  let trace;
  try {
    result = await work();
  } finally {
    trace = await browser.stopTracing();
  }
  /** @type {{ traceEvents: Event[] }} */
  const { traceEvents } = JSON.parse(trace.toString());
  const main = traceEvents.filter(
    ({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain',
  );
  const own = new Set(main.map(({ pid, tid }) => `${pid}/${tid}`));
  const onMain = traceEvents.filter(({ pid, tid }) => own.has(`${pid}/${tid}`));
  const tasks = onMain
    .filter(({ name, ph }) => name === 'RunTask' && ph === 'X')
    .map(({ dur = 0 }) => dur / 1000);
  return { result, tasks };
}
