/** The dashboard's texts: what a view holds, said in the reader's language by `Intl`. */
import { appLocaleOf } from '../app-locale.js';
import { language } from '../locale.js';

/** @typedef {import('./dashboard-view.js').Arg} Arg */
/** @typedef {import('./dashboard-view.js').Say} Say */
/** @typedef {import('./dashboard-view.js').Named} Named */
/** @typedef {import('./dashboard-view.js').View} View */

const DAY = /^\d{4}-\d\d-\d\d$/;
const MOMENT = /^\d{4}-\d\d-\d\dT/;
const FROM_RIGHT = /[\u0590-\u08ff\ufb1d-\ufefc]/;

export class Texts {
  /** The days that have a word of their own. */
  today = '';
  yesterday = '';

  /** @param {import('../app-locale.js').AppLocale} locale */
  constructor(locale) {
    this.locale = locale;
    // Days and moments are the account's own clock already.
    /** @param {Intl.DateTimeFormatOptions} options */
    const dates = (options) =>
      new Intl.DateTimeFormat(locale.tag, { timeZone: 'UTC', ...options });
    const short = /** @type {const} */ ({ month: 'short', day: 'numeric' });
    this.days = dates(short);
    this.years = dates({ ...short, year: 'numeric' });
    this.weekdays = dates({ ...short, weekday: 'short' });
    this.clock = dates({ hour: 'numeric', minute: '2-digit' });
    /** @param {number} digits */
    const share = (digits) =>
      new Intl.NumberFormat(locale.tag, { style: 'percent', maximumFractionDigits: digits });
    this.shares = share(0);
    this.small = share(1);
    this.signed = new Intl.NumberFormat(locale.tag, {
      maximumFractionDigits: 6, signDisplay: 'exceptZero',
    });
  }

  /** @param {View} view */
  read({ today, yesterday }) { Object.assign(this, { today, yesterday }); }

  /** A message. @param {string} key @param {Record<string, Arg>} [args] */
  t(key, args = {}) {
    const count = Number(args.amount);
    return this.locale.fill(key, count, (name) => this.arg(args[name] ?? { text: '' }));
  }

  /** @param {Say | null} said */
  say(said) { return said && this.t(said.key, said.args); }

  /** Sentences after each other. @param {Say[]} all */
  all(all) { return all.map((said) => this.say(said)).join(' '); }

  /** @param {Arg} value @returns {string} */
  arg(value) {
    if (typeof value === 'number') return this.percent(value);
    if (typeof value === 'object') {
      return this.apart('text' in value ? value.text : this.name(value));
    }
    if (MOMENT.test(value)) return this.at(value);
    return DAY.test(value) ? this.day(value) : this.amount(value);
  }

  /** A text of somebody else does not turn the sentence around it. @param {string} text */
  apart(text) {
    const turns = FROM_RIGHT.test(text) !== FROM_RIGHT.test(this.t('usage.title'));
    return turns ? `\u2068${text}\u2069` : text;
  }

  /** Every digit. @param {string} amount */
  amount(amount) { return this.locale.number(amount); }

  /** With its sign, plus also. @param {string} amount */
  change(amount) {
    return this.signed.format(/** @type {any} */ (amount)).replace('-', '\u2212');
  }

  /** @param {number} permille */
  percent(permille) {
    const all = permille > 0 && permille < 10 ? this.small : this.shares;
    return all.format(/** @type {any} */ (`${permille}e-3`));
  }

  /** "Nov 12", "Today"; with its year when that is another. @param {string} day */
  day(day) {
    if (day === this.today) return this.t('usage.today');
    return (day.slice(0, 4) === this.today.slice(0, 4) ? this.days : this.years).format(ms(day));
  }

  /** "Thu, Nov 12". @param {string} day */
  weekday(day) { return this.weekdays.format(ms(day)); }

  /** "Nov 12", or "Nov 9 to Nov 15". @param {string} from @param {string} to */
  span(from, to) {
    if (from === to) return this.day(from);
    const far = from.slice(0, 4) !== this.today.slice(0, 4);
    return (far ? this.years : this.days).formatRange(ms(from), ms(to));
  }

  /** "Today, 2:34 PM". @param {string} moment */
  at(moment) {
    const day = moment.slice(0, 10);
    const said = day === this.yesterday ? this.t('usage.yesterday') : this.day(day);
    return `${said}${this.t('list.join')}${this.time(moment)}`;
  }

  /** "2:34 PM". @param {string} moment */
  time(moment) { return this.clock.format(Date.parse(`${moment}Z`)); }

  /** A reason that is a word of the ledger is said in the reader's. @param {string} details */
  details(details) { return this.locale.known(`usage.reason.${details}`) ?? details; }

  /** Its label, else the catalogue's text for its key, else the key. @param {Named} named */
  name({ in: of, key, label }) {
    if (label) return label;
    return this.locale.known(`${of}.${key}`) ?? (key || this.t('usage.unnamed'));
  }
}

/** @param {string} day */
const ms = (day) => Date.parse(`${day}T00:00Z`);

/**
 * The language of an element, with the dashboard's own messages.
 * @param {Element} element
 */
export async function textsOf(element) {
  const [locale, { default: own }] = await Promise.all(
    [appLocaleOf(element), import('nivella:usage-messages')],
  );
  const other = language(element).name !== 'en';
  locale.messages = other ? { ...own, ...locale.messages } : { ...locale.messages, ...own };
  return new Texts(locale);
}
