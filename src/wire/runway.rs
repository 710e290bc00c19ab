//! Daily use as a page hands it over, and the runway as `GET balance` answers it.

use crate::core::runway::Span;
use crate::core::{Credits, Zone};
use crate::error::{Code, Error, Result};
use crate::wire::activity::parse_day;
use crate::wire::fields::read;
use crate::wire::ledger_settings;
use crate::wire::value::Value;
use crate::wire::writer::Writer;

/// What days used: `2026-11-21 98.4 2026-11-22 12`, days and credits in turn, one text because
/// thousands of rows cross into a module fastest so. Answers (days since 1970, credits), as
/// [`Pace::read`](crate::core::runway::Pace::read) takes them: a day may be named many times.
///
/// ```
/// use nivella_credits::wire::runway::daily_use;
/// let used = daily_use("1970-01-02 1.5 1970-01-02 2")?;
/// assert_eq!(used.iter().map(|(day, _)| *day).collect::<Vec<_>>(), [1, 1]);
/// assert!(daily_use("1970-01-02").is_err());
/// # Ok::<(), nivella_credits::Error>(())
/// ```
///
/// # Errors
/// `time_invalid` for a day that is none, `amount_invalid` or `amount_out_of_range`, and
/// `snapshot_invalid` for a day without its amount.
pub fn daily_use(text: &str) -> Result<Vec<(i64, Credits)>> {
    let mut words = text.split_ascii_whitespace();
    let mut used = Vec::new();
    while let Some(day) = words.next() {
        let lone = || Error::new(Code::SnapshotInvalid, "a day without its credits").at("rows");
        let credits = words.next().ok_or_else(lone)?;
        used.push((parse_day(day)?, Credits::parse_signed(credits)?));
    }
    Ok(used)
}

/// The zone of an answer: `{base_offset_s, transitions: [{at, offset_s}]}`.
///
/// # Errors
/// `zone_invalid`, or `snapshot_invalid` where it has another shape.
pub fn zone(value: &Value) -> Result<Zone> {
    read(value, ledger_settings::zone)?
}

/// A runway in an answer: `{from, around, to}`; `to` is null where the lower end of the pace does
/// not run out within two years.
pub fn runway_shape(runway: &Span) -> Value {
    Writer::default()
        .put("from", runway.from)
        .put("around", runway.around)
        .put("to", runway.to)
        .done()
}
