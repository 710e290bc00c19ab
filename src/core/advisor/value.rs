//! What an event cost that the page counts: a lead, a sale, a booked meeting.

use crate::core::Credits;
use crate::core::advisor::need::sum;
use crate::error::{Code, Error, Result};

/// Credits for each event of a period. Ask for two periods to compare them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value {
    /// What the period's work cost.
    pub credits: Credits,
    /// How many events there were.
    pub events: u64,
    /// Credits for one of them, rounded up to a micro-credit; none without events.
    pub per_event: Option<Credits>,
}

/// The value of a period from its days: what each cost, and how many events it brought.
///
/// ```
/// use nivella_credits::core::{Credits, advisor::value};
/// let week = [Credits::parse("10")?, Credits::parse("12.5")?];
/// assert_eq!(value(&week, &[2, 1])?.per_event, Some(Credits::parse("7.5")?));
/// assert_eq!(value(&week, &[])?.per_event, None);
/// # Ok::<(), nivella_credits::Error>(())
/// ```
///
/// # Errors
/// `amount_out_of_range` for a cost below 0; `amount_overflow` for a sum beyond 64 bits;
/// `quantity_invalid` for more than 10^9 events on a day.
pub fn value(credits: &[Credits], events: &[u64]) -> Result<Value> {
    let credits = sum(&mut credits.iter().copied())?;
    if events.iter().any(|count| *count > MAX_EVENTS) {
        let message = "there are at most 10^9 events on a day";
        return Err(Error::new(Code::QuantityInvalid, message).at("events"));
    }
    let events = events.iter().fold(0_u64, |sum, count| sum.saturating_add(*count));
    let each = |events| i64::try_from(credits.micro().unsigned_abs().div_ceil(events)).ok();
    let per_event = (events > 0).then_some(events).and_then(each).map(Credits::from_micro);
    Ok(Value { credits, events, per_event })
}

const MAX_EVENTS: u64 = 1_000_000_000;
