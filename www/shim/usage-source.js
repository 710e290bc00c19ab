/** Whom `<nivella-usage-dashboard>` asks: the module, fed by the connection of its store. */
import { usageModule } from './boot.js';
import { creditsMap } from './elements/credits-map.js';
import { NivellaError } from './errors.js';
import { SLICE, breathe, openData, readCsv } from './usage-data.js';
import { activityFile, statementFile, verified } from './usage-files.js';

/** @typedef {import('./elements/dashboard.js').UsageDashboard} UsageDashboard */
/** @typedef {import('./elements/dashboard-view.js').Filter} Filter */
/** @typedef {import('./elements/dashboard-view.js').Source} Source */

/**
 * @param {UsageDashboard} host
 * @returns {Promise<Source>}
 */
export async function openUsage(host) {
  const [glue, connection] = await Promise.all([usageModule(), host.connection()]);
  const { account, ledger } = connection;
  const category = host.getAttribute('category') ?? undefined;
  const feed = await openData(connection, glue, { category, creditsMap: creditsMap(host) });
  const { data, guard } = feed;
  /** @type {Set<() => void>} */
  const heard = new Set();
  const tell = () => heard.forEach((changed) => changed());
  /** @type {Filter} */
  let filter = {};
  let looking = 0;
  /** What the log was last looked through for. */
  let sought = '';
  const today = () => guard(() => data.clock(new Date(account.now()).toISOString())).slice(0, 10);
  /** @type {import('./elements/dashboard-view.js').Alerts | null} */
  let alerts = null;
  /** @type {import('./elements/dashboard-view.js').ValueEvents | null} */
  let valued = null;
  /** Entries of the live statement that matched, while nothing was written since. */
  let checked = { entries: 0, version: -1 };

  /** A store that keeps none, or lets this reader choose none, has no form for them. */
  async function readAlerts() {
    alerts = await ledger.alerts().catch((error) => {
      if (!NO_ALERTS.has(error.code)) host.report(error);
      return null;
    });
  }

  /** What is no value is reported, and the rest shown. @param {typeof valued} value */
  function take(value) {
    valued = value;
    try {
      guard(() => data.set_value(value));
    } catch (error) {
      host.report(error);
    }
  }

  /** Looks for the log's rows, slice by slice; the first one is done before this returns. */
  function look() {
    looking += 1;
    const mine = looking;
    const asked = JSON.stringify([asTexts(filter), today()]);
    // The same filter goes on where it was: what was found stays, rows that came in are new.
    if (asked !== sought) guard(() => data.look(asTexts(filter)));
    sought = asked;
    if (guard(() => data.find(SLICE))) return;
    const on = async () => {
      for (let through = false; !through && mine === looking;) {
        await breathe();
        if (mine === looking) through = guard(() => data.find(SLICE));
      }
      if (mine === looking) tell();
    };
    on().catch((error) => host.report(error));
  }

  if (!feed.readBalance()) await account.refresh();
  if (!feed.readBalance()) {
    throw account.state().error ?? new NivellaError('store_unreachable', 'no balance is known');
  }
  await Promise.all([feed.earlier(), feed.readOffers(), readAlerts()]);

  return {
    view(asked, value = null) {
      filter = asked;
      if (value !== valued) take(value);
      feed.readBalance();
      look();
      const { stale, since, snapshot } = account.state();
      const view = guard(() => data.view(asTexts(asked)));
      const proved = snapshot?.version === checked.version ? checked.entries : null;
      const log = { count: guard(() => data.found()), earlier: feed.hasEarlier, checked: proved };
      const lost = stale && since ? guard(() => data.clock(since)) : null;
      return { ...view, filter: asked, stale: lost, log, alerts };
    },
    rows: (from, count) => guard(() => data.rows(from, count)),
    receipt: async (seq) => {
      const answer = await ledger.receipt(seq);
      return guard(() => data.receipt(answer));
    },
    async earlier() {
      const came = await feed.earlier();
      tell();
      return came;
    },
    csv: (progress, signal) => activityFile(feed, progress, signal),
    statement: () => statementFile(ledger),
    async verify(file, progress, signal) {
      const verdict = await verified(ledger, file, progress, signal);
      const { snapshot } = account.state();
      // By its own entries, and what is shown is no other balance than that.
      if (!file && verdict.matches && snapshot?.posted === verdict.posted) {
        checked = { entries: verdict.entries, version: snapshot?.version ?? -1 };
        tell();
      }
      return verdict;
    },
    campaign: async (asked) => {
      const { visitors, conversations, from, to } = asked;
      return guard(() => data.campaign({ visitors, conversations, from, to }));
    },
    async saveAlerts(asked) {
      const { balance, ...saved } = await ledger.saveAlerts(asked);
      alerts = saved;
      if (balance) account.publish(balance);
      tell();
    },
    async load(csv, counted, signal) {
      await readCsv(feed, csv, counted, signal);
      tell();
    },
    subscribe(changed) {
      heard.add(changed);
      let version = account.state().snapshot?.version;
      const leave = account.subscribe(async ({ snapshot }) => {
        if (snapshot?.version === version) return changed();
        version = snapshot?.version;
        // A write without a row may be other settings, saved in another tab.
        const came = await feed.later().catch((error) => host.report(error));
        if (came === false) await readAlerts();
        changed();
      }, (problem) => host.report(problem));
      return () => {
        heard.delete(changed);
        leave();
      };
    },
  };
}

/** The module reads texts alone. @param {Filter} filter */
const asTexts = ({ days, ...rest }) => (days ? { ...rest, days: String(days) } : rest);

/** What a store without alerts answers, and one that gives them to its owner alone. */
const NO_ALERTS = new Set(['ledger_missing', 'not_found', 'forbidden', 'not_signed_in']);
