/** What stands behind `<nivella-usage-dashboard>`: its template, and a painter for each part. */
import { takeAccent } from './accent.js';
import { Parts } from './dashboard-parts.js';
import { textsOf } from './dashboard-text.js';
import { advicePart } from './dashboard-advice.js';
import { alertsPart } from './dashboard-alerts.js';
import { barsPart } from './dashboard-bars.js';
import { cyclePart } from './dashboard-cycle.js';
import { faultPart } from './dashboard-fault.js';
import { headPart } from './dashboard-head.js';
import { logPart } from './dashboard-log.js';
import { planPart } from './dashboard-plan.js';
import { taskOf } from './dashboard-task.js';
import { trendPart } from './dashboard-trend.js';
import { verifyPart } from './dashboard-verify.js';
import html from './dashboard.html';
import log from './dashboard-log.html';
import more from './dashboard-more.html';
import receipt from './receipt.html';
import tokens from './tokens.css';
import tokensMore from './tokens-more.css';
import controls from './controls.css';
import css from './dashboard.css';
import chartCss from './dashboard-chart.css';
import logCss from './dashboard-log.css';
import moreCss from './dashboard-more.css';

/** @typedef {import('./dashboard.js').UsageDashboard} UsageDashboard */
/** @typedef {import('./dashboard-view.js').Filter} Filter */
/** @typedef {import('./dashboard-view.js').Source} Source */
/** @typedef {import('./dashboard-view.js').View} View */
/** @typedef {NonNullable<Awaited<ReturnType<typeof makeBoard>>>} Board */
/**
 * What each part is given, and makes a painter of.
 * @typedef {object} Ui
 * @property {UsageDashboard} host
 * @property {Parts} parts
 * @property {import('./dashboard-text.js').Texts} texts
 * @property {() => Source} source
 * @property {(patch: Partial<Filter>, step?: boolean) => void} narrow changes the filter; a field
 *   that is undefined no longer filters
 * @property {(text: string) => void} say politely, to who listens
 * @property {(work: Promise<unknown>) => Promise<void>} attempt reports what fails
 * @property {import('./dashboard-task.js').Task} task with progress, and to be cancelled
 * @property {AbortSignal} signal
 */
/** @typedef {(view: View) => void} Paint */

const SHEET = tokens + tokensMore + controls + css + chartCss + logCss + moreCss;

/** @param {UsageDashboard} host @param {AbortSignal} signal */
export async function makeBoard(host, signal) {
  const texts = await textsOf(host);
  // A later start has rendered already; what it shows is not to be replaced.
  if (signal.aborted) return null;
  const root = host.render(html, SHEET);
  const parts = new Parts(root, texts);
  parts.write(root);
  parts.place('log-place', log + receipt);
  parts.place('more-place', more);
  takeAccent(host);
  /** @type {Source | null} */
  let source = null;
  /** @type {() => void} */
  let retry = () => {};
  let asked = 0;
  let painted = false;

  /** @type {Ui} */
  const ui = {
    host, parts, texts, signal, task: taskOf(parts),
    source: () => /** @type {Source} */ (source),
    narrow(patch, step = true) {
      const { days, from, to, ...rest } = host.filter;
      const dated = patch.days || patch.from ? {} : { days, from, to };
      const given = Object.entries({ ...rest, ...dated, ...patch });
      host.choose(Object.fromEntries(given.filter(([, value]) => value)), step);
    },
    say(text) { parts.at('says').textContent = text; },
    async attempt(work) {
      try {
        await work;
      } catch (error) {
        if (/** @type {Error} */ (error)?.name !== 'AbortError') host.report(error);
      }
    },
  };
  const painters = [
    headPart, cyclePart, advicePart, barsPart, trendPart, logPart, planPart, alertsPart,
    verifyPart,
  ].map((part) => part(ui));
  const dash = parts.at('dash');
  const fault = faultPart(ui);
  parts.on('notice-retry', 'click', () => retry());
  parts.on('vacant-clear', 'click', () => host.choose({ days: 'all' }));
  parts.list(parts.at('agents'), 'agent', Array(6).fill(null), () => {});
  parts.list(parts.at('stats'), 'stat', Array(4).fill(null), () => {});
  parts.put('as-of', texts.t('usage.loading'));
  blank(true);
  parts.at('fallback').hidden = true;
  dash.hidden = false;

  /** Cards that have nothing to say yet are not there for who listens. @param {boolean} on */
  function blank(on) {
    for (const part of dash.querySelectorAll(':scope > :is(.pair, #agents, #trend)')) {
      part.toggleAttribute('inert', on);
    }
  }

  /** @param {View} view */
  const paint = (view) => {
    const first = !painted;
    painted = true;
    texts.read(view);
    dash.dataset.state = view.state;
    dash.removeAttribute('aria-busy');
    notice(view);
    vacant(view);
    if (first) blank(false);
    for (const painter of painters) painter(view);
    // Nothing moves before the first painting.
    if (first) requestAnimationFrame(() => host.toggleAttribute('data-ready', true));
  };

  /** @param {View} view */
  const notice = ({ stale, partial }) => {
    const at = parts.at('notice');
    at.hidden = !stale && !partial;
    at.dataset.tone = stale ? 'low' : 'plain';
    parts.put('notice-title', stale ? texts.t('usage.stale', { time: stale })
      : texts.t('usage.partial'));
    parts.put('notice-text', stale ? texts.t('usage.stale.text') : texts.say(partial));
    parts.at('notice-sign-in').hidden = true;
    parts.at('notice-retry').hidden = !stale;
    retry = () => host.refresh();
  };

  /** @param {View} view */
  const vacant = ({ state }) => {
    parts.at('vacant').hidden = state === 'ready';
    parts.put('vacant-title', texts.t(`usage.${state}`));
    parts.put('vacant-text', texts.t(`usage.${state}.text`));
    parts.at('vacant-clear').hidden = state !== 'nothing';
  };

  return {
    /** @param {Source} given */
    take(given) { source = given; },

    /**
     * @param {Filter} filter
     * @param {import('./dashboard-view.js').ValueEvents | null} value
     * @param {(view: View) => void} shown
     */
    async show(filter, value, shown) {
      if (!source) return;
      asked += 1;
      const mine = asked;
      let view = source.view(filter, value);
      if (view instanceof Promise) {
        dash.setAttribute('aria-busy', 'true');
        view = await view;
      }
      if (signal.aborted || mine !== asked) return;
      shown(view);
      paint(view);
    },

    /** @param {ReadableStream<Uint8Array>} csv @param {AbortSignal} [outer] */
    async load(csv, outer) {
      /** @param {number} rows */
      const counted = (rows) =>
        parts.put('task-title', texts.t('usage.log.count', { amount: String(rows) }));
      await ui.task(texts.t('usage.loading'), async (_, mine) =>
        source?.load?.(csv, counted, mine), outer);
    },

    /** Why nothing can be shown. @param {unknown} error @param {() => void} again */
    fail(error, again) {
      dash.dataset.state = 'failed';
      retry = again;
      parts.put('as-of', '');
      fault(error);
    },
  };
}
