/**
 * Nivella Credits in a page: elements, their properties and events.
 * Amounts are decimal strings with at most 6 decimals; times are RFC 3339 in UTC.
 */

import type { Ledger } from './ledger.js';
export type * from './ledger.js';

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

/** When the credits run out at this pace. */
export interface Runway {
  /** Four times out of five not before this, and not after `to`. */
  from: string;
  /** The expected time, which is shown; `from` is where a store does not tell it. */
  around?: string;
  /** Null where a slow pace does not run out within two years. */
  to: string | null;
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
  /** the level of what is posted, which holds do not lower: events and toasts go by it */
  alert?: Level;
  /** When the credits run out at this pace; null while there is too little to say. */
  runway?: Runway | null;
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
  /** Null while there is too little to say. */
  runway: Runway | null;
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

/** `<nivella-order-credits store locale theme credits bonus guest>`: in the cart and checkout. */
export interface OrderCreditsElement extends NivellaElement {
  /** The balance after the order; null where nothing is projected. */
  readonly projected: string | null;
}

/**
 * `<nivella-purchase-result store site locale theme state order credits used repaid>`: for the page
 * that a checkout returns to.
 */
export interface PurchaseResultElement extends NivellaElement {}

/** One filter for everything that a dashboard shows; an absent field does not filter. */
export interface UsageFilter {
  /** today and the days before it; absent where `from` and `to` are given */
  days?: 7 | 30 | 90 | 'all';
  from?: string;
  to?: string;
  agent?: string;
  feature?: string;
  model?: string;
  type?: string;
  site?: string;
  company?: string;
  search?: string;
}

/** `<nivella-usage-dashboard store site locale theme refund-policy plans-url credits-map>` */
export interface UsageDashboardElement extends NivellaElement {
  /** The cycle and the runway as last computed; null before. */
  readonly summary: Record<string, unknown> | null;
  /** What the filter leaves, exactly; null before it was computed. */
  readonly total: string | null;
  filter: UsageFilter;
  /** What the page itself counts, such as leads: each one's credits are shown. Days are civil. */
  value: { name: string; events: { day: string; count: number }[] } | null;
  /** Takes in the CSV export of a busy account, beside what is here. */
  load(csv: ReadableStream<Uint8Array>, signal?: AbortSignal): Promise<void>;
}

export interface NivellaEvents {
  'nivella:balance-changed': CustomEvent<{ balance: Balance }>;
  'nivella:low-balance': CustomEvent<{ balance: Balance; level: 'low' | 'critical' }>;
  'nivella:depleted': CustomEvent<{ balance: Balance; level: 'depleted' }>;
  'nivella:recovered': CustomEvent<{ balance: Balance; level: 'recovered' }>;
  'nivella:checkout-started': CustomEvent<{ id: string; quantity: number; url: string }>;
  'nivella:credits-purchased': CustomEvent<{ order: string; credits: string; balance: Balance }>;
  'nivella:error': CustomEvent<{ code: string; field?: string; details?: Record<string, unknown> }>;
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
    'nivella-order-credits': OrderCreditsElement;
    'nivella-purchase-result': PurchaseResultElement;
    'nivella-usage-dashboard': UsageDashboardElement;
  }
  interface DocumentEventMap extends NivellaEvents {}
  interface HTMLElementEventMap extends NivellaEvents {}
}
