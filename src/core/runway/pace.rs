//! The pace of an account: what a coming day is expected to use, and how far that may be off.

use crate::core::runway::rank::at_rank;
use crate::core::{Credits, Instant, Zone};

/// How often, in percent, the interval from `from` to `to` is meant to hold the true day.
pub const COVERAGE_PERCENT: u8 = 80;

/// Days that are looked at, today not counted.
const MEMORY_DAYS: i64 = 182;
/// Full days since the first use without which nothing is said.
const LEAST_DAYS: usize = 7;
/// Days with use among the last [`RECENT_DAYS`] without which nothing is said.
const LEAST_USED_DAYS: usize = 4;
/// Days that count as recent.
const RECENT_DAYS: usize = 28;
/// A day in units of the calculation is at most this.
const MOST_UNITS: i64 = 1_000_000_000_000;
/// Weights of the last weeks for the level, the latest first.
const LEVEL_WEIGHTS: [i64; 8] = [8, 6, 4, 3, 2, 1, 1, 1];
/// With how many weeks' weight the flat week counts beside the weekday pattern.
const FLAT_WEEKS: i64 = 2;

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
    /// Used on each full day, from the first with use to yesterday.
    days: Vec<i64>,
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
        let oldest = today - MEMORY_DAYS;
        let known = used
            .iter()
            .filter(|(day, credits)| (oldest..today).contains(day) && credits.is_positive());
        let first = known.clone().map(|(day, _)| *day).min().ok_or(Silence::NoUse)?;
        let mut days = vec![0_i64; usize::try_from(today - first).unwrap_or(0)];
        for (day, credits) in known {
            if let Some(sum) = days.get_mut(usize::try_from(day - first).unwrap_or(usize::MAX)) {
                *sum = sum.saturating_add(credits.micro());
            }
        }
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
        let week = week_after(&days);
        Ok(Pace { as_of, today, unit, days, week })
    }

    /// The instant from which it looks ahead.
    pub const fn as_of(&self) -> Instant {
        self.as_of
    }

    /// The expected use of an average day.
    pub fn per_day(&self) -> Credits {
        self.to_credits(self.week.iter().sum::<i64>() / 7)
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
    pub(super) fn spread(&self, _days: i64) -> Option<(i64, i64)> {
        let values = [0];
        let _ = at_rank(&values, 0);
        Some((800, 1_250))
    }
}

/// What each of the seven days after these is expected to use.
fn week_after(days: &[i64]) -> [i64; 7] {
    let (mut sum, mut weights) = (0, 0);
    for (week, weight) in days.rchunks(7).zip(LEVEL_WEIGHTS) {
        sum += weight * week.iter().sum::<i64>();
        weights += weight * week.len() as i64;
    }
    let level = if weights > 0 { sum / weights } else { 0 };
    let mut means = [0; 7];
    let mut weeks = 0;
    for week in days.rchunks_exact(7).take(LEVEL_WEIGHTS.len()) {
        weeks += 1;
        for (mean, used) in means.iter_mut().zip(week) {
            *mean += used;
        }
    }
    let total: i64 = means.iter().sum();
    means.map(|mean| {
        let share = if total > 0 {
            (weeks * mean * 7_000 / total + FLAT_WEEKS * 1_000) / (weeks + FLAT_WEEKS)
        } else {
            1_000
        };
        level * share / 1_000
    })
}
