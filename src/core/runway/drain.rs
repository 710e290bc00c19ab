//! How supplies drain, day by day.

use crate::core::civil::Date;
use crate::core::runway::Pace;
use crate::core::{Credits, DEFAULT_PRIORITY, Instant, Zone};
use crate::error::Result;

/// Beyond this many days nothing is said.
pub(super) const YEAR_DAYS: i64 = 365;
/// How far the lower end of a pace is followed.
pub(super) const HORIZON_DAYS: i64 = 730;

/// Credits that are there, or are known to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Supply {
    /// Lower burns first.
    pub priority: u8,
    /// How many; below 0 counts as none.
    pub amount: Credits,
    /// When they come; none: they are there.
    pub from_at: Option<Instant>,
    /// When what is unused of them ends; none: never.
    pub expires_at: Option<Instant>,
}

impl Supply {
    /// Credits that are there.
    pub const fn now(amount: Credits, expires_at: Option<Instant>) -> Supply {
        Supply { priority: DEFAULT_PRIORITY, amount, from_at: None, expires_at }
    }

    /// Credits that come, such as the next cycle's allowance.
    pub const fn coming(amount: Credits, from_at: Instant, expires_at: Option<Instant>) -> Supply {
        Supply { priority: DEFAULT_PRIORITY, amount, from_at: Some(from_at), expires_at }
    }
}

/// A point of the projected line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// When.
    pub at: Instant,
    /// What is expected to be available then.
    pub available: Credits,
}

/// A supply in the pace's own unit, its ends in milliseconds.
#[derive(Clone, Copy)]
pub(super) struct Store {
    priority: u8,
    rest: i64,
    from: i64,
    until: i64,
}

/// How supplies drained.
pub(super) struct Drained {
    /// When nothing was left; none within the horizon.
    pub out_at: Option<Instant>,
    /// Civil days from today to that day.
    pub days: i64,
    /// What expired unused until then.
    pub lost: Credits,
    /// What was left at the start of each day.
    pub line: Vec<Point>,
}

/// The supplies in the order in which they burn: those at hand as given, less debt; each that is
/// to come before the first that ends later.
pub(super) fn ordered(supplies: &[Supply], debt: Credits, pace: &Pace) -> Vec<Store> {
    let now = pace.as_of().ms();
    let mut debt = pace.to_units(debt);
    let mut stores: Vec<Store> = Vec::with_capacity(supplies.len());
    for coming in [false, true] {
        for supply in supplies {
            let from = supply.from_at.map_or(now, Instant::ms).max(now);
            let until = supply.expires_at.map_or(i64::MAX, Instant::ms);
            if (from > now) != coming || until <= from {
                continue;
            }
            let amount = pace.to_units(supply.amount);
            let repaid = if coming { 0 } else { amount.min(debt) };
            debt -= repaid;
            let priority = supply.priority;
            let store = Store { priority, rest: amount - repaid, from, until };
            let later = |other: &Store| (other.priority, other.until) > (priority, until);
            let place = stores.iter().position(|other| coming && later(other));
            stores.insert(place.unwrap_or(stores.len()), store);
        }
    }
    stores
}

/// Lets the supplies drain at so many thousandths of the pace, today and so many days behind it.
pub(super) fn drain(
    pace: &Pace,
    supplies: &[Store],
    zone: &Zone,
    share: i64,
    most_days: i64,
    with_line: bool,
) -> Result<Drained> {
    let mut stores = supplies.to_vec();
    let mut drained = Drained { out_at: None, days: 0, lost: Credits::ZERO, line: Vec::new() };
    let (mut at, mut lost) = (pace.as_of().ms(), 0_i64);
    let mut start = zone.start_of(Date::from_days(pace.today()))?.ms();
    for ahead in 0..=most_days {
        let end = zone.start_of(Date::from_days(pace.today() + ahead + 1))?.ms();
        if with_line {
            let available = pace.to_credits(cover(&stores, at));
            drained.line.push(Point { at: Instant::from_ms(at)?, available });
        }
        let day = Day { start, end, rate: pace.expected(ahead) * share / 1_000 };
        if let Some(out) = day.drain(&mut stores, at, &mut lost) {
            let out_at = Instant::from_ms(out)?;
            drained.out_at = Some(out_at);
            drained.days = ahead;
            if with_line && out > at {
                drained.line.push(Point { at: out_at, available: Credits::ZERO });
            }
            break;
        }
        (start, at) = (end, at.max(end));
    }
    drained.lost = pace.to_credits(lost);
    Ok(drained)
}

/// One civil day: its ends in milliseconds, and what it uses as a whole.
struct Day {
    start: i64,
    end: i64,
    rate: i64,
}

impl Day {
    /// What is used from the day's start to this time, evenly through the day, by whole seconds.
    fn used(&self, at: i64) -> i64 {
        let seconds = (self.end - self.start) / 1_000;
        if seconds > 0 { self.rate * ((at - self.start) / 1_000) / seconds } else { 0 }
    }

    /// Uses the stores from this time to the day's end, from one change of supplies to the next;
    /// answers when nothing was left.
    fn drain(&self, stores: &mut [Store], from: i64, lost: &mut i64) -> Option<i64> {
        let mut at = from;
        while at < self.end {
            let changes = stores.iter().flat_map(|store| [store.from, store.until]);
            let next = changes.filter(|change| *change > at).fold(self.end, i64::min);
            let there = cover(stores, at);
            if there == 0 {
                return Some(at);
            }
            let used = self.used(next) - self.used(at);
            if used > there {
                let seconds = (self.end - self.start) / 1_000;
                // The first second by which all of it is used: rounded up.
                let needed = self.used(at) + there;
                let after = (needed * seconds + self.rate - 1) / self.rate;
                return Some(at.max(self.start + after * 1_000));
            }
            burn(stores, at, used);
            for store in stores.iter_mut().filter(|store| store.until == next) {
                *lost = lost.saturating_add(store.rest);
                store.rest = 0;
            }
            at = next;
        }
        None
    }
}

fn is_open(store: &Store, at: i64) -> bool {
    store.from <= at && at < store.until
}

/// What can be used at this time.
pub(super) fn cover(stores: &[Store], at: i64) -> i64 {
    let open = stores.iter().filter(|store| is_open(store, at));
    open.fold(0, |sum, store| sum.saturating_add(store.rest))
}

fn burn(stores: &mut [Store], at: i64, amount: i64) {
    let mut rest = amount;
    for store in stores.iter_mut().filter(|store| is_open(store, at)) {
        let taken = store.rest.min(rest);
        store.rest -= taken;
        rest -= taken;
    }
}
