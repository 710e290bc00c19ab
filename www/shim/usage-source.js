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

  /** Looks for the log's rows, slice by slice; the first one is done before this returns. */
  function look() {
    looking += 1;
    const mine = looking;
    guard(() => data.look(asTexts(filter)));
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
  await Promise.all([feed.earlier(), feed.readOffers()]);

  return {
    view(asked) {
      filter = asked;
      feed.readBalance();
      look();
      const { stale, since } = account.state();
      const view = guard(() => data.view(asTexts(asked)));
      const log = { count: guard(() => data.found()), earlier: feed.hasEarlier, checked: null };
      const lost = stale && since ? guard(() => data.clock(since)) : null;
      return { ...view, filter: asked, stale: lost, log, value: null, alerts: null };
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
    verify: (file, progress, signal) => verified(ledger, file, progress, signal),
    campaign: async (asked) => {
      const { visitors, conversations, from, to } = asked;
      return guard(() => data.campaign({ visitors, conversations, from, to }));
    },
    saveAlerts: async () => {
      throw new NivellaError('forbidden', 'this store keeps no alerts yet');
    },
    async load(csv, progress, signal) {
      await readCsv(feed, csv, progress, signal);
      tell();
    },
    subscribe(changed) {
      heard.add(changed);
      let version = account.state().snapshot?.version;
      const leave = account.subscribe(async ({ snapshot }) => {
        if (snapshot?.version === version) return changed();
        version = snapshot?.version;
        await feed.later().catch((error) => host.report(error));
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
