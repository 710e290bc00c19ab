//! Time zones as data: which offset from UTC counts from which instant.
//!
//! The engine carries no time zone database. Whoever knows the zone (the store's server, the
//! browser) hands over its offset transitions, and civil days are computed from them alone. A civil
//! day has 24 hours only most of the time: 23, 25, 23.5, and once, in Samoa, 0.

use crate::core::civil::Date;
use crate::core::{DAY_MS, Instant, Period};
use crate::error::{Code, Error, Result};

/// The offsets of one time zone.
///
/// ```
/// use nivella_credits::core::{Instant, Zone, civil::Date};
/// let spring = Instant::parse("2026-03-29T01:00:00Z")?;
/// let berlin = Zone::new(3_600, vec![(spring, 7_200)])?;
/// let day = berlin.day(Date { year: 2026, month: 3, day: 29 })?;
/// assert_eq!(day.start_at().to_string(), "2026-03-28T23:00:00.000Z");
/// assert_eq!(day.end_at().ms_since(day.start_at()), 23 * 3_600_000);
/// # Ok::<(), nivella_credits::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    base_offset_s: i32,
    transitions: Vec<(Instant, i32)>,
}

/// No place on earth is further from UTC than this; PHP and `Intl` have the same limit.
const MAX_OFFSET_S: i32 = 18 * 3_600;
const MAX_TRANSITIONS: usize = 1_000;
fn date_invalid() -> Error {
    Error::new(Code::TimeInvalid, "there is no such date within the years 1 to 9999")
}

impl Zone {
    /// UTC: offset 0 for ever.
    pub const fn utc() -> Zone {
        Zone { base_offset_s: 0, transitions: Vec::new() }
    }

    /// A zone from its table: `base_offset_s` seconds east of UTC before the first transition, and
    /// from each transition's instant on the offset that stands beside it.
    ///
    /// # Errors
    /// `zone_invalid` for more than 1,000 transitions, instants that do not strictly ascend, or an
    /// offset of more than 18 hours.
    pub fn new(base_offset_s: i32, transitions: Vec<(Instant, i32)>) -> Result<Zone> {
        let sane = |offset: i32| (-MAX_OFFSET_S..=MAX_OFFSET_S).contains(&offset);
        let invalid = |message| Err(Error::new(Code::ZoneInvalid, message).at("zone"));
        if transitions.len() > MAX_TRANSITIONS {
            return invalid("a zone has at most 1,000 transitions");
        }
        if !sane(base_offset_s) || !transitions.iter().all(|(_, offset)| sane(*offset)) {
            return invalid("an offset is at most 18 hours");
        }
        if !transitions.is_sorted_by(|(earlier, _), (later, _)| earlier < later) {
            return invalid("transitions strictly ascend");
        }
        Ok(Zone { base_offset_s, transitions })
    }

    /// The offset before the first transition, in seconds east of UTC.
    pub const fn base_offset_s(&self) -> i32 {
        self.base_offset_s
    }

    /// Every transition: from this instant on, this offset in seconds east of UTC.
    pub fn transitions(&self) -> &[(Instant, i32)] {
        &self.transitions
    }

    /// Seconds east of UTC at this instant. A transition's own instant has its new offset.
    pub fn offset_at(&self, at: Instant) -> i32 {
        self.offset_after(self.passed(at.ms()))
    }

    /// The civil date that a calendar on the wall shows at this instant.
    pub fn date_of(&self, at: Instant) -> Date {
        let local_ms = at.ms() + i64::from(self.offset_at(at)) * 1_000;
        Date::from_days(local_ms.div_euclid(DAY_MS))
    }

    /// The first instant of this civil day.
    ///
    /// Where the clock skips midnight, the day starts with the skip; where midnight comes twice, it
    /// starts with the first. A day that was skipped altogether starts where the next one does.
    ///
    /// # Errors
    /// `time_invalid` for a date that does not exist, or outside the years 1 to 9999.
    pub fn start_of(&self, date: Date) -> Result<Instant> {
        let Date { year, month, day } = date;
        let exists = (1..=9_999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=Date::days_in_month(year, month)).contains(&day);
        if !exists {
            return Err(date_invalid());
        }
        let midnight_ms = date.days() * DAY_MS;
        // No clock shows this midnight before the easternmost one does. From there on the first
        // stretch of one offset wins in which a clock shows midnight or later.
        let mut passed = self.passed(midnight_ms - i64::from(MAX_OFFSET_S) * 1_000);
        let mut from_ms = i64::MIN;
        loop {
            let shown_ms = midnight_ms - i64::from(self.offset_after(passed)) * 1_000;
            let start_ms = from_ms.max(shown_ms);
            match self.transitions.get(passed) {
                Some((until, _)) if start_ms >= until.ms() => from_ms = until.ms(),
                _ => return Instant::from_ms(start_ms),
            }
            passed += 1;
        }
    }

    /// The civil day as a period: from its first instant to the first of the next day.
    ///
    /// # Errors
    /// As [`Zone::start_of`], also for the very last day of the year 9999.
    pub fn day(&self, date: Date) -> Result<Period> {
        let start_at = self.start_of(date)?;
        Period::new(start_at, self.start_of(Date::from_days(date.days() + 1))?)
    }

    /// How many transitions count at this instant.
    fn passed(&self, at_ms: i64) -> usize {
        self.transitions.partition_point(|(from, _)| from.ms() <= at_ms)
    }

    /// The offset after so many transitions.
    fn offset_after(&self, passed: usize) -> i32 {
        passed
            .checked_sub(1)
            .and_then(|last| self.transitions.get(last))
            .map_or(self.base_offset_s, |(_, offset)| *offset)
    }
}
