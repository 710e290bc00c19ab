//! The activity engine: where credits went, out of a million rows, while somebody clicks.
//!
//! Rows are kept as columns of small integers with dictionary codes, in the order of their
//! sequence; beside them stand sums by day and key, kept up to date as rows arrive. Rows come in
//! any order, pages may overlap, and a server may have summed up older ones by day
//! ([`Activity::add_rollup`]): the totals are the same.

mod filter;
mod refused;
mod row;
mod summary;
mod view;

pub use filter::Filter;
pub use refused::Refused;
pub use row::{DIMENSIONS, Dimension, Rollup, Row, Sums};
pub use summary::{Part, Previous, Summary, Trend};
pub use view::View;

use crate::core::{Instant, Zone};
use crate::error::Result;

/// All that is known of one account's activity.
#[derive(Clone, Debug)]
pub struct Activity {
    zone: Zone,
    as_of: Instant,
    refused: Refused,
}

impl Activity {
    /// Nothing known yet. Days are civil days of this zone; a row more than 5 minutes ahead of
    /// `as_of` is refused.
    pub fn new(zone: Zone, as_of: Instant) -> Activity {
        Activity { zone, as_of, refused: Refused::default() }
    }

    /// The zone that the days are in.
    pub const fn zone(&self) -> &Zone {
        &self.zone
    }

    /// The time of the newest answer.
    pub const fn as_of(&self) -> Instant {
        self.as_of
    }

    /// Notes the time of a newer answer; an older one changes nothing.
    pub fn set_as_of(&mut self, as_of: Instant) {
        self.as_of = self.as_of.max(as_of);
    }

    /// Takes a row in: true if it is new, false if the same one is known.
    ///
    /// # Errors
    /// `field_invalid` (another row has this sequence number, or it does not fit 32 bits),
    /// `occurred_at_out_of_range` (in the future, or before 1970), `amount_out_of_range` (credits
    /// below zero or above 10^12), `quantity_invalid`, `snapshot_too_large` (a text that is too
    /// long, or more than 65,535 keys of a dimension), `amount_overflow` (the sum of all usage).
    /// The caller counts it with [`Activity::refuse`].
    pub fn add_row(&mut self, _row: &Row<'_>) -> Result<bool> {
        Ok(false)
    }

    /// Rows up to this one are in the rollups: they are for the log alone, and not added up again.
    ///
    /// # Errors
    /// `snapshot_version` if there are rollups of another sequence number: start anew with those.
    pub fn set_through(&mut self, _seq: u64) -> Result<()> {
        Ok(())
    }

    /// Takes in what a server has summed up of one day and one set of keys: true if it is new,
    /// false if the same is known.
    ///
    /// # Errors
    /// `field_invalid` (another one is known for this day and these keys), and as
    /// [`Activity::add_row`].
    pub fn add_rollup(&mut self, _rollup: &Rollup<'_>) -> Result<bool> {
        Ok(false)
    }

    /// Counts a row that could not be read or taken in; `place` is its sequence number or line.
    pub fn refuse(&mut self, place: u64, error: crate::Error) {
        self.refused.count(place, error);
    }

    /// What was refused so far.
    pub const fn refused(&self) -> &Refused {
        &self.refused
    }

    /// The label that people read instead of a key, for the search. Unknown keys are shown as
    /// they are.
    pub fn set_label(&mut self, _dimension: Dimension, _key: &str, _label: &str) {}

    /// How many rows are known.
    pub fn len(&self) -> usize {
        0
    }

    /// Whether no row is known.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The first and the last day that has usage; none without any.
    pub fn days(&self) -> Option<(i64, i64)> {
        None
    }

    /// The row with this sequence number.
    pub fn row(&self, _seq: u64) -> Option<Row<'_>> {
        None
    }

    /// What a filter answers.
    ///
    /// # Errors
    /// `period_invalid` where the last day lies before the first.
    pub fn summary(&self, _filter: &Filter) -> Result<Summary<'_>> {
        Err(crate::Error::new(crate::Code::PeriodInvalid, ""))
    }

    /// Credits by day, split by the keys of any dimension: what passes all filters.
    ///
    /// # Errors
    /// As [`Activity::summary`].
    pub fn trend(&self, _filter: &Filter, _split: Dimension) -> Result<Trend<'_>> {
        Ok(Trend::default())
    }
}
