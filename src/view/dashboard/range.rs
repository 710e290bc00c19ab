//! The days that are looked at.

use crate::core::activity::{Activity, Filter};

/// The days that a reader asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Days {
    /// Today and the days before it, so many in all.
    Last(i64),
    /// From the first day with use to today.
    All,
    /// From this day to that, both included.
    Between(i64, i64),
}

/// Days of a calendar, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The first day.
    pub from: i64,
    /// The last day.
    pub to: i64,
    /// The first day of the account that is known.
    pub first: i64,
}

/// The range, and the filter with its days set: open at its start where all is asked for, because
/// then there is no period before it.
pub fn range(activity: &Activity, days: Days, today: i64, filter: &mut Filter) -> Range {
    let first = activity.days().map_or(today, |(first, _)| first.min(today));
    // Days of the activity are counted with 16 bits; none lies outside.
    let within = |day: i64| day.clamp(0, u16::MAX.into());
    let (from, to) = match days {
        Days::Last(count) => (today.saturating_sub(count.clamp(1, 40_000) - 1), today),
        Days::All => (first, today),
        Days::Between(from, to) => (within(from), within(to)),
    };
    filter.from_day = (days != Days::All).then_some(from);
    filter.to_day = Some(to);
    Range { from, to, first }
}
