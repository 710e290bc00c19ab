//! Activity rows and rollups on the wire: pages of `GET activity` and answers of `GET usage`.
//!
//! A row that is wrong does not take its page along: it is counted and named in
//! [`Activity::refused`], and the others come in.

use crate::core::activity::Activity;
use crate::error::Result;
use crate::wire::value::Value;

/// What became of the rows of one page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// New ones.
    pub added: u64,
    /// Known ones, with the same content.
    pub known: u64,
    /// Refused ones.
    pub refused: u64,
}

/// Takes in rows of `GET activity`: `{seq, kind, type, occurred_at, booked_at, agent, feature,
/// model, site, company, details, reason, amount, credits, waived, messages, call_ms, images,
/// rate_version}`; see `tests/vectors/activity.json`. Texts, quantities and `waived` may be left
/// out.
pub fn add_rows(_activity: &mut Activity, _rows: &[Value]) -> Added {
    Added::default()
}

/// Takes in an answer of `GET usage`: `{through_seq, rows: [{day, agent, feature, model, type,
/// site, company, credits, waived, uses, failed, messages, call_ms, images}]}`.
///
/// # Errors
/// `snapshot_invalid` where the answer as a whole does not fit, and what
/// [`Activity::set_through`] refuses.
pub fn add_rollups(_activity: &mut Activity, _answer: &Value) -> Result<Added> {
    Ok(Added::default())
}
