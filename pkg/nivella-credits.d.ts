/**
 * Nivella Credits in a page: elements, their properties and events.
 * Amounts are decimal strings with at most 6 decimals; times are RFC 3339 in UTC.
 */

export type Level = 'ok' | 'low' | 'critical' | 'depleted' | 'unlimited';
export type GrantKind = 'allowance' | 'purchase' | 'bonus' | 'refund' | 'adjustment';

/** Credits that come from one kind of grant and end at one time. */
export interface Pool {
  kind: GrantKind;
  available: string;
  held: string;
  expires_at: string | null;
  /** Lower is used first, whatever ends earlier; absent means 50. */
  priority?: number;
}

/** A reading of the balance. An older version never replaces a newer one. */
export interface Balance {
  version: number;
  as_of: string;
  /** How exact the server was; absent means exact. */
  show?: 'exact' | 'rounded' | 'level';
  /** Absent where a visitor may know the level alone. */
  available?: string;
  posted?: string;
  held?: string;
  debt?: string;
  unlimited?: boolean;
  unlimited_until?: string | null;
  /** In the order in which they are used. */
  pools?: Pool[];
  level: Level;
  /** When the credits run out at this pace; null while there is too little to say. */
  runway?: { from: string; to: string } | null;
  plan?: {
    key: string;
    name: string;
    allowance: string;
    cycle_ends_at: string;
    /** When the subscription began and how long it is paid for, where the store tells. */
    started_at?: string;
    paid_until?: string;
  } | null;
}

export interface Price {
  /** In the currency's unit, a decimal string. */
  amount: string;
  currency: string;
  /** As the store writes it. */
  text: string;
}

export interface Package {
  id: string;
  name: string;
  credits: string;
  bonus: string;
  buyable: boolean;
  /** Why it cannot be bought, a stable word, or null. */
  reason: string | null;
  price: Price;
  /** As the store writes it; null for a package that is free or holds no credits. */
  per_credit: string | null;
}

/** What the balance will be. Never a fact: the ledger books what is paid. */
export interface Projection {
  /** Null while the balance is unknown; then `projected`, `pools` and `repaid` are null too. */
  current: string | null;
  credits: string;
  projected: string | null;
  repaid: string | null;
  payable: Price;
  pools: { kind: GrantKind; available: string; expires_at: string | null; added: boolean }[] | null;
  runway: { from: string; to: string } | null;
}

/** An error with a stable code; see tests/vectors/error_codes.json. */
export class NivellaError extends Error {
  readonly name: 'NivellaError';
  readonly code: string;
  readonly field?: string;
  readonly details?: Record<string, unknown>;
}

interface NivellaElement extends HTMLElement {
  /** Resolves when the element shows something true, or has said by an event why it cannot. */
  readonly ready: Promise<void>;
}

/** `<nivella-credit-pill store site locale theme show category credits-map>` */
export interface CreditPillElement extends NivellaElement {
  /** As last read; null while unknown. */
  readonly balance: Balance | null;
  /** Opens the account menu, or closes it. */
  openMenu(): Promise<void>;
}

/** `<nivella-buy-credits store site locale theme category credits-map>` */
export interface BuyCreditsElement extends NivellaElement {
  readonly packages: Package[];
  readonly projection: Projection | null;
  show(): Promise<void>;
  close(): void;
  /** @throws NivellaError `package_unknown`, `package_unavailable`, `quantity_invalid` */
  select(id: string | number, quantity?: number): void;
  /** Puts the package into the cart and goes to the store's checkout. */
  confirm(): Promise<void>;
}

/** `<nivella-credit-toast store site locale theme>`: put it above the composer of a chat. */
export interface CreditToastElement extends NivellaElement {
  say(kind: 'low' | 'critical' | 'depleted' | 'added' | 'visitor' | 'unreachable'): Promise<void>;
  dismiss(): void;
}

/** `<nivella-purchase-result store site locale theme>`: for the page that a checkout returns to. */
export interface PurchaseResultElement extends NivellaElement {}

export interface NivellaEvents {
  'nivella:balance-changed': CustomEvent<{ balance: Balance }>;
  'nivella:low-balance': CustomEvent<{ balance: Balance; level: 'low' | 'critical' }>;
  'nivella:depleted': CustomEvent<{ balance: Balance; level: 'depleted' }>;
  'nivella:recovered': CustomEvent<{ balance: Balance; level: 'recovered' }>;
  'nivella:checkout-started': CustomEvent<{ id: string; quantity: number; url: string }>;
  'nivella:credits-purchased': CustomEvent<{ order: string; credits: string; balance: Balance }>;
  'nivella:error': CustomEvent<{ code: string; field?: string; details?: Record<string, unknown> }>;
}

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
  /** of a `use` or `settle`: `message`, `call`, `image` or `use`; else the kind */
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
  purchase?: Record<string, any> | null;
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
  statement(): Promise<any>;
  rateCard(): Promise<any>;
  plans(): Promise<any>;
}

/** The balance that all elements and tabs share. */
export interface Account {
  readonly snapshot: Balance | null;
  /** The server's time in milliseconds. */
  now(): number;
  /** What a write answered: every element follows at once. Says whether it was newer. */
  publish(balance: Balance): boolean;
  refresh(): Promise<unknown>;
  forget(): void;
}

export interface Connection {
  account: Account;
  ledger: Ledger;
  /** The store that lives in this browser, for `demo` only. */
  demo: any;
}

/** The connection to a store; the same one that the elements of this store use. */
export function connect(where?: {
  store?: string | null;
  site?: string | null;
}): Promise<Connection>;

/** A new request id. */
export function newRequestId(): Promise<string>;

/** Defines the elements beside the pill, for a page that adds one after it was loaded. */
export function define(): Promise<void>;

declare global {
  interface HTMLElementTagNameMap {
    'nivella-credit-pill': CreditPillElement;
    'nivella-buy-credits': BuyCreditsElement;
    'nivella-credit-toast': CreditToastElement;
    'nivella-purchase-result': PurchaseResultElement;
  }
  interface DocumentEventMap extends NivellaEvents {}
  interface HTMLElementEventMap extends NivellaEvents {}
}
