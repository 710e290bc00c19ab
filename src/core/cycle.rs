//! Billing cycles: the windows in which a plan's allowance is granted and used.
//!
//! A cycle's day is the civil day on which the subscription started, in the account's zone. In a
//! month that is too short for it the cycle starts on the month's last day, and the month after is
//! back at the anchor's own day: 31 January, 28 February, 31 March. Cycles include their start,
//! exclude their end, and follow each other without gap or overlap.

use crate::core::civil::Date;
use crate::core::{Instant, Period, Zone};
use crate::error::{Code, Error, Result};

/// Where a subscription's cycles count from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The subscription's start, which is the start of cycle 0.
    pub start_at: Instant,
}

/// One cycle of a subscription.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cycle {
    /// 0 for the cycle that starts with the subscription, then counting.
    pub index: u32,
    /// From the cycle's first instant to the first of the next cycle.
    pub period: Period,
}

/// The cycle with this number.
///
/// Cycle 0 starts at the anchor itself; cycle n at the start of the anchor's civil day, clamped to
/// the month's length, n months later.
///
/// ```
/// use nivella_credits::core::{Instant, Zone, cycle};
/// let anchor = Instant::parse("2027-01-31T15:30:00Z")?;
/// let starts = |n| cycle(anchor, &Zone::utc(), n).map(|c| c.period.start_at().to_string());
/// assert_eq!(starts(0)?, "2027-01-31T15:30:00.000Z");
/// assert_eq!(starts(1)?, "2027-02-28T00:00:00.000Z");
/// assert_eq!(starts(2)?, "2027-03-31T00:00:00.000Z");
/// # Ok::<(), nivella_credits::Error>(())
/// ```
///
/// # Errors
/// `time_invalid` when the cycle would end after the year 9999.
pub fn cycle(anchor: Instant, zone: &Zone, index: u32) -> Result<Cycle> {
    let start_at = start_of_cycle(anchor, zone, index)?;
    let next = index.checked_add(1).ok_or_else(too_late)?;
    let period = Period::new(start_at, start_of_cycle(anchor, zone, next)?)?;
    Ok(Cycle { index, period })
}

/// The cycle that contains this instant; none before the anchor.
///
/// ```
/// use nivella_credits::core::{Instant, Zone, cycle_at};
/// let anchor = Instant::parse("2026-10-31T08:00:00Z")?;
/// let found = cycle_at(anchor, &Zone::utc(), Instant::parse("2027-02-28T00:00:00Z")?)?;
/// assert_eq!(found.map(|c| c.index), Some(4));
/// assert_eq!(cycle_at(anchor, &Zone::utc(), anchor.plus_ms(-1)?)?, None);
/// # Ok::<(), nivella_credits::Error>(())
/// ```
///
/// # Errors
/// `time_invalid` when the cycle would end after the year 9999.
pub fn cycle_at(anchor: Instant, zone: &Zone, at: Instant) -> Result<Option<Cycle>> {
    if at < anchor {
        return Ok(None);
    }
    let (first, today) = (zone.date_of(anchor), zone.date_of(at));
    let months = month_number(today) - month_number(first);
    let before_its_day = today.day < first.day;
    let index = u32::try_from(months - i64::from(before_its_day)).unwrap_or(0);
    let found = cycle(anchor, zone, index)?;
    // One more on the last day of a month too short for the anchor's day, and where a clock that
    // was set back over midnight shows yesterday again after the new cycle has begun.
    if found.period.end_at() <= at { cycle(anchor, zone, index + 1) } else { Ok(found) }.map(Some)
}

fn too_late() -> Error {
    Error::new(Code::TimeInvalid, "the cycle ends after the year 9999")
}

fn start_of_cycle(anchor: Instant, zone: &Zone, index: u32) -> Result<Instant> {
    if index == 0 {
        return Ok(anchor);
    }
    let first = zone.date_of(anchor);
    let number = month_number(first) + i64::from(index);
    let (year, month) = (number.div_euclid(12), number.rem_euclid(12) as u8 + 1);
    zone.start_of(Date { year, month, day: clamped_day(first.day, year, month) })
}

/// Months counted from the start of year 0.
fn month_number(date: Date) -> i64 {
    date.year * 12 + i64::from(date.month) - 1
}

fn clamped_day(day: u8, year: i64, month: u8) -> u8 {
    day.min(Date::days_in_month(year, month))
}
