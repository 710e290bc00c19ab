/**
 * What `<nivella-usage-dashboard>` paints, and whom it asks for it.
 *
 * Rust computes every number; the painters only format and place. Plain JSON values: amounts are
 * exact decimal strings, shares and heights whole permille, times the account's own clock. A key
 * that the page's `labels` name has a label; without one the catalogue's text for it is taken
 * (`usage.agent.chat`, `usage.feature.<key>`, ...), and without that the key itself.
 */

/** Exact, such as `1284`, `-1.25`. */
export type Amount = string;
/** 0 to 1000 unless said otherwise. */
export type Permille = number;
/** A civil day in the account's zone: `2026-11-21`. */
export type Day = string;
/** The clock on the wall in the account's zone, to the second: `2026-11-21T14:34:05`. */
export type Moment = string;
export type Dimension = 'agent' | 'feature' | 'model' | 'type' | 'site' | 'company';
export type Family = 'chat' | 'voice' | 'auto' | 'other';

/** Something of a dimension; `label` is empty where the answer had none. */
export interface Named { in: Dimension; key: string; label: string }
/** A number is a share in permille (may exceed 1000); `text` and names are shown as they are. */
export type Arg = Amount | Day | Moment | number | { text: string } | Named;
/** A message of the catalogue; `amount` among its arguments chooses the plural form. */
export interface Say { key: string; args?: Record<string, Arg> }

/** One filter for everything; an absent field does not filter. */
export interface Filter {
  /** today and the days before it; absent where `from` and `to` are given */
  days?: 7 | 30 | 90 | 'all';
  from?: Day;
  to?: Day;
  agent?: string;
  feature?: string;
  model?: string;
  type?: string;
  site?: string;
  company?: string;
  /** free text, looked for in details, site, company and sequence */
  search?: string;
}

export interface View {
  as_of: Moment;
  today: Day;
  yesterday: Day;
  /** `empty`: this account never used a credit; `nothing`: the filter leaves no use */
  state: 'ready' | 'empty' | 'nothing';
  /** the store cannot be reached: all that is shown was true then */
  stale: Moment | null;
  /** part of the data is not here or was refused: what and how much */
  partial: Say | null;
  filter: Filter;
  range: { from: Day; to: Day; /** the account's first day */ first: Day };
  /** what the filter leaves, and against the same number of days before */
  total: Amount;
  change: Change | null;
  /** what is filtered, beside the range; each can be taken away */
  chips: Named[];
  cycle: Cycle;
  runway: Runway;
  advice: Advice | null;
  agents: Agent[];
  trend: Trend;
  /** in the order of the page; one that would hold a single row is left out */
  breakdowns: Breakdown[];
  value: Value | null;
  log: Log;
  /** null where the reader may not change them */
  alerts: Alerts | null;
}

/** `share` is how much more or less; `new` where there was none before. */
export interface Change { to: 'more' | 'less' | 'same' | 'new'; share: Permille }

export interface Cycle {
  /** `over`: the allowance is used up and purchased credits are drawn; `none`: no plan */
  state: 'plan' | 'unlimited' | 'none' | 'over';
  /** of the ring: consumed from the top, then held; together at most 1000 */
  used: Permille;
  held_arc: Permille;
  allowance: Amount | null;
  /** of this cycle; without a plan of the last 30 days */
  consumed: Amount;
  /** of the allowance */
  remaining: Amount | null;
  /** available from packages and what else was credited */
  purchased: Amount;
  /** when the next of it expires; null where none does */
  purchased_expires: Day | null;
  held: Amount;
  /** drawn from purchased credits in this cycle */
  over: Amount;
  /** under an unlimited plan: what the cycle's work would have cost */
  waived: Amount;
  debt: Amount;
  available: Amount;
  /** the first day of the next cycle */
  resets_at: Day | null;
  /** Whether another cycle begins then. */
  renews: boolean;
  days_left: number | null;
}

export interface Runway {
  /** `none`: too little use to say; `day`: under a day; `year`: more than a year */
  state: 'known' | 'none' | 'day' | 'year' | 'unlimited' | 'depleted';
  until: Day | null;
  from: Day | null;
  to: Day | null;
  available: Amount;
  /** credits a day; null while unknown */
  per_day: Amount | null;
  /** points x, y in a box of 1000 by 1000, y down: the likely line, and the band around it */
  line: number[];
  band: number[];
}

/** One at a time: the most useful that has evidence. */
export interface Advice {
  kind: 'spike' | 'package' | 'upgrade' | 'model' | 'nothing';
  title: Say;
  text: Say[];
  /** behind "Why": each a sentence with its numbers */
  evidence: Say[];
  action: 'buy' | 'plans' | 'show' | null;
  /** with `show`: what is filtered then */
  filter: Filter | null;
}

export interface Agent {
  key: string;
  label: string;
  family: Family;
  credits: Amount;
  quantity: { unit: 'reply' | 'minute' | 'run' | 'task' | 'image' | 'use'; amount: Amount };
  change: Change | null;
  pressed: boolean;
}

export interface Trend {
  /** what one bar is */
  unit: 'day' | 'week' | 'month';
  /** in the order of the stack, from below; one where a single agent is chosen */
  series: { family: Family; label: string }[];
  bars: Bar[];
  /** of the axis, from 0 up; the last one at most 1000 */
  ticks: { amount: Amount; at: Permille }[];
  /** whether there is a period before to compare with */
  previous: boolean;
  /** the highest bar, whose amount is written on it; null where all are 0 */
  top: number | null;
}

/** Heights are permille of the axis; parts and heights in the order of the series. */
export interface Bar {
  from: Day;
  to: Day;
  total: Amount;
  parts: Amount[];
  heights: Permille[];
  previous: Amount | null;
  previous_height: Permille;
  spike: boolean;
}

export interface Breakdown {
  by: Dimension;
  rows: { key: string; label: string; credits: Amount; share: Permille; pressed: boolean }[];
  /** what the rows beyond the shown ones come to; null where all are shown */
  others: { count: number; credits: Amount; share: Permille } | null;
  note: Say | null;
}

/** How often something of the page's own happened, such as a lead. */
export interface ValueEvents { name: string; events: { day: Day; count: number }[] }

/** What a value event of the page has cost, such as a lead. */
export interface Value { name: string; count: Amount; per: Amount; change: Change | null }

export interface Log {
  /** rows that the filter leaves, of those that are here */
  count: number;
  /** whether the store has earlier ones that are not here yet */
  earlier: boolean;
  /** entries of the account that the balance was checked against; null where it was not */
  checked: number | null;
}

/** One entry; `kind` also says its tone. */
export interface Row {
  seq: number;
  at: Moment;
  kind: 'charge' | 'free' | 'waived' | 'in' | 'held' | 'reversed' | 'expired';
  /** what it was for or where it came from: `usage.row.<what>`, `call` with its length */
  what: Say;
  agent: Named | null;
  family: Family | null;
  model: Named | null;
  site: string;
  company: string;
  details: string;
  amount: Amount;
}

export interface Receipt {
  row: Row;
  rate: { version: string; since: Day; lines: RateLine[] } | null;
  draws: Draw[];
  hold: { amount: Amount; at: Moment } | null;
  /** a purchase's own receipt, to print; null for everything else */
  purchase: Purchase | null;
}

/** `quantity` of `unit` at `rate` credits each; `work` has a product alone. */
export interface RateLine { unit: string; quantity: Amount; rate: Amount; product: Amount }
export interface Draw {
  pool: 'plan' | 'purchased' | 'bonus' | 'other';
  since: Day;
  expires: Day | null;
  amount: Amount;
  before: Amount;
  after: Amount;
}
/** `price` is the store's text; `lines` name and text pairs such as the payment method. */
export interface Purchase {
  store: string;
  order: string;
  at: Moment;
  package: string;
  credits: Amount;
  bonus: Amount;
  expires: Day | null;
  price: string;
  lines: { name: string; text: string }[];
}

/** A threshold is a share of the base or an absolute amount. */
export type Threshold = { share: Permille } | { amount: Amount };
export interface Alerts { low: Threshold; critical: Threshold }

export interface Campaign { visitors: number; conversations: string; from: Day; to: Day }
export interface CampaignAnswer {
  need: Amount;
  have: Amount;
  /** in the order to buy; empty where what is there covers it */
  buy: { id: string; name: string; quantity: number; price: string }[];
  total: string;
  by: Day | null;
  left: Amount;
  evidence: Say[];
}

export interface Verdict {
  matches: boolean;
  entries: number;
  /** what the account has by its entries, where they match */
  posted?: Amount;
  /** the first that differs: where, which field, what it says and what it should say */
  differs: {
    place: 'opening' | 'entry' | 'grant' | 'closing';
    /** the number of the entry or grant */
    id: string;
    field: string;
    found: string;
    expected: string;
  } | null;
}

/** Whoever holds the data. What it throws is a `NivellaError`. */
export interface Source {
  /** Everything but the log's rows; at once where the data is here. */
  view(filter: Filter, value?: ValueEvents | null): View | Promise<View>;
  /** Newest first, under the last filter of `view`; null for a row that is not here yet. */
  rows(from: number, count: number): (Row | null)[];
  receipt(seq: number): Promise<Receipt>;
  /** Fetches earlier entries and says how many came. */
  earlier(): Promise<number>;
  csv(progress: (done: Permille) => void, signal: AbortSignal): Promise<File>;
  statement(): Promise<File>;
  /** Without a file: the live statement. */
  verify(
    file: File | null,
    progress: (done: Permille) => void,
    signal: AbortSignal,
  ): Promise<Verdict>;
  campaign(asked: Campaign): Promise<CampaignAnswer>;
  saveAlerts(alerts: Alerts): Promise<void>;
  /** Adds the rows of a store's CSV export to what is here. */
  load?(
    csv: ReadableStream<Uint8Array>,
    counted: (rows: number) => void,
    signal: AbortSignal,
  ): Promise<void>;
  /** Calls when data came, or the connection was lost or is back. Returns how to leave. */
  subscribe(changed: () => void): () => void;
}
