//! The pace of an account: what a coming day is expected to use, and how far that may be off.

use crate::core::runway::days::{first_used, row};
use crate::core::runway::level::{LEAST_DAYS, Level, week_after};
use crate::core::{Credits, Instant, Zone};

/// How often, in percent, the interval from `from` to `to` is meant to hold the true day.
pub const COVERAGE_PERCENT: u8 = 80;

/// Days that are looked at, today not counted.
const MEMORY_DAYS: i64 = 182;
/// Days with use among the last [`RECENT_DAYS`] without which nothing is said.
const LEAST_USED_DAYS: usize = 4;
/// Days that count as recent.
const RECENT_DAYS: usize = 28;
/// A day in units of the calculation is at most this.
const MOST_UNITS: i64 = 1_000_000_000_000;
/// Why nothing is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// Nothing was used in the last 28 days.
    NoUse,
    /// Used for less than 7 full days, or on less than 4 of the last 28.
    TooFewDays,
    /// The pace may as well be four times as fast as slow.
    TooErratic,
    /// It lasts longer than a year.
    OverAYear,
    /// Nothing is left to run out.
    Depleted,
}

impl Silence {
    /// Every reason.
    pub const ALL: [Silence; 5] = [
        Silence::NoUse,
        Silence::TooFewDays,
        Silence::TooErratic,
        Silence::OverAYear,
        Silence::Depleted,
    ];

    /// Its name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Silence::NoUse => "no_use",
            Silence::TooFewDays => "too_few_days",
            Silence::TooErratic => "too_erratic",
            Silence::OverAYear => "over_a_year",
            Silence::Depleted => "depleted",
        }
    }
}

/// What days to come are expected to use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pace {
    as_of: Instant,
    today: i64,
    /// Micro-credits in one unit of the calculation: a power of ten.
    unit: i64,
    level: Level,
    /// What each of the next seven days uses, today first.
    week: [i64; 7],
}

impl Pace {
    /// Reads the pace from what each civil day consumed: (days since 1970, credits). Days that are
    /// not named used nothing; a day that is named twice counts as both; amounts below 0 count as
    /// none, days after today not at all. Grants, resets and expiries are no use and never enter.
    ///
    /// # Errors
    /// Why there is too little to say.
    pub fn read(
        used: &[(i64, Credits)],
        as_of: Instant,
        zone: &Zone,
    ) -> std::result::Result<Pace, Silence> {
        let today = zone.date_of(as_of).days();
        let first = first_used(used, today - MEMORY_DAYS, today).ok_or(Silence::NoUse)?;
        let mut days = row(used, first, today);
        let recent = days.iter().rev().take(RECENT_DAYS).filter(|used| **used > 0).count();
        if recent == 0 {
            return Err(Silence::NoUse);
        }
        if days.len() < LEAST_DAYS || recent < LEAST_USED_DAYS {
            return Err(Silence::TooFewDays);
        }
        let most = days.iter().copied().max().unwrap_or(0);
        let mut unit = 1;
        while most / unit > MOST_UNITS {
            unit *= 10;
        }
        for used in &mut days {
            *used /= unit;
        }
        let level = Level::of(&days);
        let week = week_after(&days, level.now());
        Ok(Pace { as_of, today, unit, level, week })
    }

    /// The instant from which it looks ahead.
    pub const fn as_of(&self) -> Instant {
        self.as_of
    }

    /// The expected use of an average day.
    pub fn per_day(&self) -> Credits {
        self.to_credits(self.level.now())
    }

    /// The expected use of the day so many days after today, as a whole, by its weekday.
    pub fn on_day(&self, ahead: i64) -> Credits {
        self.to_credits(self.expected(ahead))
    }

    pub(super) const fn today(&self) -> i64 {
        self.today
    }

    /// What the day so many days after today is expected to use as a whole.
    pub(super) fn expected(&self, ahead: i64) -> i64 {
        let place = usize::try_from(ahead.rem_euclid(7)).unwrap_or(0);
        self.week.get(place).copied().unwrap_or(0)
    }

    /// An amount in units, rounded down; 0 for less than none.
    pub(super) fn to_units(&self, amount: Credits) -> i64 {
        amount.micro().max(0) / self.unit
    }

    /// An amount of units in credits.
    pub(super) const fn to_credits(&self, units: i64) -> Credits {
        Credits::from_micro(units.saturating_mul(self.unit))
    }

    /// Between how many thousandths of the pace the next so many days are likely to be; none where
    /// that is too much apart to be worth saying.
    pub(super) fn spread(&self, days: i64) -> Option<(i64, i64)> {
        self.level.spread(days + 1)
    }
}
