//! Instants and half-open periods, in milliseconds of UTC.

use std::fmt;

use crate::core::civil::Date;
use crate::core::digits::push_digits;
use crate::error::{Code, Error, Result};

/// A moment: milliseconds since 1970-01-01T00:00:00Z, within the years 1 to 9999.
///
/// ```
/// use nivella_credits::core::Instant;
/// let at = Instant::parse("2026-12-15T01:00:00+01:00")?;
/// assert_eq!(at.to_string(), "2026-12-15T00:00:00.000Z");
/// # Ok::<(), nivella_credits::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

/// Milliseconds of a day without a change of offset.
pub const DAY_MS: i64 = 86_400_000;
const MIN_MS: i64 = -62_135_596_800_000;
const MAX_MS: i64 = 253_402_300_799_999;
fn invalid() -> Error {
    Error::new(Code::TimeInvalid, "a time is RFC 3339, within the years 1 to 9999")
}

impl Instant {
    /// The start of 1970.
    pub const EPOCH: Instant = Instant(0);

    /// From milliseconds since 1970.
    ///
    /// # Errors
    /// `time_invalid` outside the years 1 to 9999.
    pub fn from_ms(ms: i64) -> Result<Instant> {
        if (MIN_MS..=MAX_MS).contains(&ms) { Ok(Instant(ms)) } else { Err(invalid()) }
    }

    /// RFC 3339 in UTC with milliseconds, the one form on the wire.
    pub fn text(self) -> String {
        let Date { year, month, day } = Date::from_days(self.0.div_euclid(DAY_MS));
        let ms = self.0.rem_euclid(DAY_MS);
        let parts = [
            (year, 4, '-'),
            (month.into(), 2, '-'),
            (day.into(), 2, 'T'),
            (ms / 3_600_000, 2, ':'),
            (ms / 60_000 % 60, 2, ':'),
            (ms / 1_000 % 60, 2, '.'),
            (ms % 1_000, 3, 'Z'),
        ];
        let mut text = String::with_capacity(24);
        for (number, width, mark) in parts {
            // None of them is negative: the first year is 1.
            push_digits(&mut text, number.unsigned_abs(), width);
            text.push(mark);
        }
        text
    }

    /// Milliseconds since 1970.
    pub const fn ms(self) -> i64 {
        self.0
    }

    /// This many milliseconds later (earlier where negative).
    ///
    /// # Errors
    /// `time_invalid` outside the years 1 to 9999.
    pub fn plus_ms(self, ms: i64) -> Result<Instant> {
        self.0.checked_add(ms).ok_or_else(invalid).and_then(Instant::from_ms)
    }

    /// Milliseconds from `earlier` to this; negative where it is later.
    pub const fn ms_since(self, earlier: Instant) -> i64 {
        self.0 - earlier.0
    }

    /// Reads RFC 3339 with `T`, a fraction of at most 9 digits (milliseconds are kept) and `Z` or
    /// an offset.
    ///
    /// # Errors
    /// `time_invalid` for anything else, and for days and times that do not exist.
    pub fn parse(text: &str) -> Result<Instant> {
        parse_rfc3339(text.as_bytes()).ok_or_else(invalid).and_then(Instant::from_ms)
    }
}

fn parse_rfc3339(text: &[u8]) -> Option<i64> {
    let number = |from: usize, to: usize| -> Option<i64> {
        text.get(from..to)?
            .iter()
            .try_fold(0_i64, |n, b| b.is_ascii_digit().then(|| n * 10 + i64::from(b - b'0')))
    };
    let mark = |at: usize, byte: u8| (text.get(at) == Some(&byte)).then_some(());
    let (year, month, day) = (number(0, 4)?, number(5, 7)? as u8, number(8, 10)? as u8);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    for (at, byte) in [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')] {
        mark(at, byte)?;
    }
    let exists = year > 0
        && (1..=12).contains(&month)
        && (1..=Date::days_in_month(year, month)).contains(&day)
        && hour < 24
        && minute < 60
        && second < 60;
    let mut at = 19;
    let mut ms = 0;
    if mark(at, b'.').is_some() {
        let digits = text.get(at + 1..)?.iter().take_while(|b| b.is_ascii_digit()).count();
        if !(1..=9).contains(&digits) {
            return None;
        }
        let kept = digits.min(3);
        ms = number(at + 1, at + 1 + kept)? * [100, 10, 1].get(kept - 1)?;
        at += 1 + digits;
    }
    let offset_minutes = match text.get(at..)? {
        b"Z" => 0,
        [sign @ (b'+' | b'-'), _, _, b':', _, _] => {
            let (hours, minutes) = (number(at + 1, at + 3)?, number(at + 4, at + 6)?);
            if hours > 23 || minutes > 59 {
                return None;
            }
            (hours * 60 + minutes) * if *sign == b'-' { -1 } else { 1 }
        }
        _ => return None,
    };
    let seconds = hour * 3_600 + (minute - offset_minutes) * 60 + second;
    exists.then(|| Date { year, month, day }.days() * DAY_MS + seconds * 1_000 + ms)
}

/// As [`Instant::text`].
impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

/// A span of time that includes its start and excludes its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    start_at: Instant,
    end_at: Instant,
}

impl Period {
    /// From its two ends.
    ///
    /// # Errors
    /// `period_invalid` when it would end before it starts.
    pub fn new(start_at: Instant, end_at: Instant) -> Result<Period> {
        if start_at <= end_at {
            Ok(Period { start_at, end_at })
        } else {
            Err(Error::new(Code::PeriodInvalid, "a period ends at or after its start"))
        }
    }

    /// The first instant inside.
    pub const fn start_at(self) -> Instant {
        self.start_at
    }

    /// The first instant behind it.
    pub const fn end_at(self) -> Instant {
        self.end_at
    }

    /// Whether this instant lies inside.
    pub fn contains(self, at: Instant) -> bool {
        self.start_at <= at && at < self.end_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_print_as_they_are_read() {
        for (text, same) in [
            ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z"),
            ("2024-02-29T23:59:59.9999Z", "2024-02-29T23:59:59.999Z"),
            ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"),
            ("2026-11-21T02:47:48.12+05:30", "2026-11-20T21:17:48.120Z"),
        ] {
            assert_eq!(Instant::parse(text).map(|i| i.to_string()), Ok(same.to_owned()));
        }
    }

    #[test]
    fn times_that_do_not_exist_are_refused() {
        let texts = [
            "2026-02-29T00:00:00Z",
            "2026-01-01 00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:00:00",
            "0000-01-01T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-01-01T00:00:00.Z",
            "x",
            "",
            "2026-01-01T00:00:00+5:30",
        ];
        for text in texts {
            assert!(Instant::parse(text).is_err(), "{text}");
        }
    }
}
