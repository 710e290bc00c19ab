/** The ledger's REST interface, as `connect()` gives it. */
import type { Balance, GrantKind } from './nivella-credits.js';

/** Measured quantities, whole numbers; the rate card says what they cost. */
export interface Usage {
  feature: string;
  agent?: string;
  model?: string;
  messages?: number;
  call_ms?: number;
  input_tokens?: number;
  output_tokens?: number;
  images?: number;
}

/** One row of the ledger: a signed amount, and why. */
export interface Entry {
  seq: number;
  kind: string;
  amount: string;
  booked_at: string;
  [more: string]: unknown;
}

/** What was booked, or why not; a lack of credits is an answer, not an exception. */
export interface Booking {
  booked: boolean;
  reason?: 'insufficient_credits' | 'hold_lapsed';
  short_by?: string;
  entries?: Entry[];
  hold?: { id: string; amount: string; lapses_at: string };
  replayed?: boolean;
  balance: Balance;
}

/** `usage`, or an amount; `"0"` with a reason is work that failed. */
export type Charge = { usage: Usage } | { amount: string; reason?: string };
/** Strict: covered in full or not at all. Record: what is not covered is owed. */
export type Mode = 'strict' | 'record';

/** Civil days of the account's zone, `2026-11-21`, both included. */
export type Days = { from?: string; to?: string };
export type Zone = { base_offset_s: number; transitions: { at: string; offset_s: number }[] };
export type Labels = Record<'agent' | 'feature' | 'model' | 'site', Record<string, string>>;

/** One entry as a customer sees it; texts are empty where there are none. */
export interface ActivityRow {
  seq: number;
  kind: string;
  /** of work `message`, `call`, `image` or `use`; of a `grant` its kind; else the entry's */
  type: string;
  occurred_at: string;
  booked_at: string;
  agent: string;
  feature: string;
  model: string;
  site: string;
  company: string;
  details: string;
  reason: string;
  /** the change of the posted sum, signed */
  amount: string;
  /** what the work cost */
  credits: string;
  waived: string;
  messages: number;
  call_ms: number;
  images: number;
  rate_version: number | null;
  request_id: string;
}

type Keys = Pick<ActivityRow, 'agent' | 'feature' | 'model' | 'type' | 'site' | 'company'>;
type Sums = Pick<ActivityRow, 'credits' | 'waived' | 'messages' | 'call_ms' | 'images'>;

export interface ActivityPage extends Days, Partial<Keys> {
  limit?: number;
  before?: number | null;
  search?: string;
}

export interface Activity {
  rows: ActivityRow[];
  next: number | null;
  as_of: string;
  labels?: Labels;
}

/** A day's uses that have all keys in common; `failed` of them cost nothing. */
export type Rollup = Keys & Sums & { day: string; uses: number; failed: number };

export interface Rollups {
  as_of: string;
  zone: Zone;
  /** entries up to this one are in the sums */
  through_seq: number;
  rows: Rollup[];
  labels?: Labels;
}

export interface Receipt {
  row: ActivityRow;
  rate: {
    version: number;
    effective_at: string;
    quantum: string;
    /** `work` is what a model did, with its product alone */
    lines: { unit: string; quantity?: number; rate?: string; product: string }[];
  } | null;
  /** before and after: what the grant had left in all */
  draws: (Record<'grant' | 'effective_at' | 'amount' | 'before' | 'after', string> & {
    kind: GrantKind;
    expires_at: string | null;
  })[];
  hold: { id: string; amount: string; booked_at: string } | null;
  reason: string;
  purchase?: Purchase | null;
}

/** The order behind a grant; `price` and `lines` are the store's own texts. */
export interface Purchase {
  store: string;
  order: string;
  at: string;
  package: string;
  credits: string;
  bonus: string;
  expires_at: string | null;
  price: string;
  lines: { name: string; text: string }[];
}

/** A share of what the level compares with in permille, 0 to 1000, or an amount of credits. */
export type Threshold = { share: number } | { amount: string };
/** Of two that compare the critical one is not above the low one. */
export interface Alerts {
  low: Threshold;
  critical: Threshold;
}

/** The ledger of a store. Keep each request id before sending: the same once more counts once. */
export interface Ledger {
  quote(usage: Usage): Promise<{ cost: string; rate_version: number; lines: unknown[] }>;
  hold(body: { request_id: string; duration_ms: number; mode?: Mode } & Charge): Promise<Booking>;
  settle(hold: string, body: { request_id: string; mode: Mode } & Charge): Promise<Booking>;
  release(hold: string, body: { request_id: string }): Promise<Booking>;
  use(body: { request_id: string; mode: Mode; occurred_at?: string } & Charge): Promise<Booking>;
  /** Sums by day of all that is booked. */
  usage(days?: Days): Promise<Rollups>;
  /** Newest first, 1 to 100 rows a page; a filtered page may have few and still a `next`. */
  activity(page?: ActivityPage): Promise<Activity>;
  receipt(seq: number): Promise<Receipt>;
  /** The CSV of those days, newest first, as it comes. */
  activityCsv(days?: Days, signal?: AbortSignal): Promise<ReadableStream<Uint8Array>>;
  /** Every entry with its proof, as text; it verifies in the browser. */
  statement(signal?: AbortSignal): Promise<ReadableStream<Uint8Array>>;
  rateCard(): Promise<any>;
  plans(): Promise<any>;
  /** Where the levels begin. */
  alerts(): Promise<Alerts>;
  /** From now on; the balance of the answer has its level by them. */
  saveAlerts(alerts: Alerts): Promise<Alerts & { balance?: Balance }>;
}
