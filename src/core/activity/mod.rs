//! The activity engine: where credits went, out of a million rows, while somebody clicks.
//!
//! Rows are kept as columns of small integers with dictionary codes, in the order of their
//! sequence; beside them stand sums by day and key, kept up to date as rows arrive. Rows come in
//! any order, pages may overlap, and a server may have summed up older ones by day
//! ([`Activity::add_rollup`]): the totals are the same.
//!
//! ```
//! use nivella_credits::core::activity::{Activity, Dimension, Filter, Row, View};
//! use nivella_credits::core::{Credits, EntryKind, Instant, Zone};
//! let as_of = Instant::parse("2026-11-21T15:00:00Z")?;
//! let mut activity = Activity::new(Zone::utc(), as_of);
//! let row = |seq, agent, credits| -> nivella_credits::Result<Row<'static>> {
//!     let credits = Credits::parse(credits)?;
//!     Ok(Row {
//!         seq,
//!         kind: EntryKind::Use,
//!         keys: [agent, "chat_reply", "standard", "message", "shop", "Miller Ltd"],
//!         occurred_at: as_of,
//!         booked_at: as_of,
//!         amount: credits.checked_neg()?,
//!         credits,
//!         waived: Credits::ZERO,
//!         messages: 1,
//!         call_ms: 0,
//!         images: 0,
//!         rate_version: Some(1),
//!         reason: "",
//!         details: "Opening hours",
//!     })
//! };
//! activity.add_row(&row(1, "chat", "1.2")?)?;
//! activity.add_row(&row(2, "nox", "0.5")?)?;
//! let summary = activity.summary(&Filter::all().with(Dimension::Agent, "chat"))?;
//! assert_eq!(summary.total.credits.text(), "1.2");
//! assert_eq!(summary.parts_of(Dimension::Agent).len(), 2, "a chosen card keeps its peers");
//!
//! let mut view = View::new(Filter::all(), "opening");
//! while !view.advance(&activity, 50_000) {}
//! assert_eq!(view.row(&activity, 0).map(|row| row.seq), Some(2), "newest first");
//! # Ok::<(), nivella_credits::Error>(())
//! ```

mod add;
mod block;
mod days;
mod dictionary;
mod filter;
mod log;
mod pack;
mod refused;
mod rollups;
mod row;
mod scan;
mod search;
mod shape;
mod sum_up;
mod summary;
mod view;

pub use filter::Filter;
pub use refused::Refused;
pub use row::{DIMENSIONS, Dimension, Rollup, Row, Sums};
pub use summary::{Part, Previous, Summary, Trend};
pub use view::View;

use crate::core::{Instant, Zone};
use crate::error::{Error, Result};
use days::Days;
use dictionary::Dictionary;
use log::Log;
use rollups::Rollups;
use shape::Shapes;

/// All that is known of one account's activity.
#[derive(Clone, Debug)]
pub struct Activity {
    zone: Zone,
    as_of: Instant,
    refused: Refused,
    keys: [Dictionary; DIMENSIONS],
    shapes: Shapes,
    log: Log,
    rollups: Rollups,
    days: Days,
    /// Rows up to this one are in the rollups.
    through: u32,
}

impl Activity {
    /// Nothing known yet. Days are civil days of this zone; a row more than 5 minutes ahead of
    /// `as_of` is refused.
    pub fn new(zone: Zone, as_of: Instant) -> Activity {
        Activity {
            zone,
            as_of,
            refused: Refused::default(),
            keys: Default::default(),
            shapes: Shapes::default(),
            log: Log::default(),
            rollups: Rollups::default(),
            days: Days::default(),
            through: 0,
        }
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

    /// Counts a row that could not be read or taken in; `place` is its sequence number or line.
    pub fn refuse(&mut self, place: u64, error: Error) {
        self.refused.count(place, error);
    }

    /// What was refused so far.
    pub const fn refused(&self) -> &Refused {
        &self.refused
    }

    /// The label that people read instead of a key, for the search. Unknown keys are shown as
    /// they are.
    ///
    /// # Errors
    /// `snapshot_too_large` as for the keys of a row.
    pub fn set_label(&mut self, dimension: Dimension, key: &str, label: &str) -> Result<()> {
        match self.keys.get_mut(dimension as usize) {
            Some(keys) => keys.set_label(key, label),
            None => Ok(()),
        }
    }

    /// How many rows are known.
    pub fn len(&self) -> usize {
        self.log.len()
    }

    /// Whether no row is known.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The first and the last day that has usage, in days since 1970-01-01; none without any.
    pub fn days(&self) -> Option<(i64, i64)> {
        self.days.span().map(|(first, last)| (first.into(), last.into()))
    }

    /// The row with this sequence number.
    pub fn row(&self, seq: u64) -> Option<Row<'_>> {
        let (index, place) = self.log.find(u32::try_from(seq).ok()?);
        let block = self.log.blocks().get(index)?;
        let at = block.order.get(place.ok()?)?;
        block.row(usize::from(*at), &self.shapes, &self.keys)
    }

    /// The key that a code of a [`Part`] stands for.
    pub fn key(&self, dimension: Dimension, code: u16) -> &str {
        self.keys.get(dimension as usize).map_or("", |keys| keys.key(code))
    }

    /// Bytes of memory, roughly: of the columns, dictionaries and sums, and of the texts.
    pub fn memory(&self) -> (usize, usize) {
        let (columns, texts) = self.log.bytes();
        let keys: usize = self.keys.iter().map(Dictionary::bytes).sum();
        let sums = self.days.bytes() + self.shapes.bytes() + self.rollups.bytes();
        (columns + keys + sums, texts)
    }
}
