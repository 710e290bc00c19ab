//! What an event of the page's own cost: a lead, a sale, a booked meeting.

use crate::core::Credits;
use crate::core::activity::Summary;
use crate::core::advisor::value;
use crate::error::Result;
use crate::view::dashboard::{Change, change};

/// Credits for each event of the range that is looked at, against the period before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ValueLine {
    /// How many events there were.
    pub count: u64,
    /// Credits for one of them.
    pub per: Credits,
    /// Against the period before, where that had events, too.
    pub change: Option<Change>,
}

/// The line for events of so many days since 1970-01-01, each with its count; nothing where the
/// range has no event. A day may stand more than once.
///
/// # Errors
/// `quantity_invalid` for more than 10^9 events on a day; `amount_overflow`.
pub fn value_line(events: &[(i64, u64)], summary: &Summary<'_>) -> Result<Option<ValueLine>> {
    let of = |credits, from, to| {
        let days = events.iter().filter(|(day, _)| (from..=to).contains(day));
        value(&[credits], &days.map(|(_, count)| *count).collect::<Vec<_>>())
    };
    let now = of(summary.total.credits, summary.from_day, summary.to_day)?;
    let Some(per) = now.per_event else { return Ok(None) };
    let before = summary.previous.as_ref();
    let before = before.map(|before| of(before.credits, before.from_day, before.to_day));
    let was = before.transpose()?.and_then(|before| before.per_event);
    let change = was.and_then(|was| change(per, was));
    Ok(Some(ValueLine { count: now.events, per, change }))
}
