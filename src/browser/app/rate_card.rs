//! The rate card as `GET /rate-card` answers it, read as far as a reader is shown it.

use crate::core::Instant;
use crate::error::Result;
use crate::view::rates::PublishedRate;
use crate::wire::fields::{Fields, read};
use crate::wire::value::Value;

/// The rates of a card, and since when they count.
///
/// # Errors
/// `snapshot_invalid` or `time_invalid`, naming the field.
pub fn published_rates(card: &Value) -> Result<(Vec<PublishedRate>, Instant)> {
    read(card, |card| (card.list("rates", rate), card.instant("effective_at")))
}

fn rate(fields: Fields<'_>) -> PublishedRate {
    PublishedRate {
        feature: fields.string("feature"),
        model: fields.optional_string("model"),
        unit: fields.string("unit"),
        credits: fields.string("credits"),
    }
}
