//! What a filter answers: the total, its parts by every dimension, and the days.

use crate::core::Credits;
use crate::core::activity::row::{DIMENSIONS, Dimension, Sums};

/// One key of a dimension, and what it sums up to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// Stands for the key within this `Activity`.
    pub code: u16,
    /// The key as it came in; the empty text where rows have none.
    pub key: &'a str,
    /// Its sums.
    pub sums: Sums,
}

/// The period of the same length that lies before the one looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Previous {
    /// Its first day.
    pub from_day: i64,
    /// Its last day, included.
    pub to_day: i64,
    /// What passed all filters in it.
    pub credits: Credits,
    /// Day by day, beside the days of the trend.
    pub days: Vec<Credits>,
}

/// Credits of each day, split by the keys of one dimension.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trend<'a> {
    /// The first day, in days since 1970-01-01.
    pub first_day: i64,
    /// The keys of the columns, the largest first. Where there are more than 63 keys, the last
    /// column is `None` and holds all others together.
    pub columns: Vec<Option<&'a str>>,
    /// Day after day, within a day column after column.
    pub credits: Vec<Credits>,
}

/// What a filter answers. Parts add up exactly to the total of what their dimension lets pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary<'a> {
    /// The first day looked at, in days since 1970-01-01.
    pub from_day: i64,
    /// The last day, included.
    pub to_day: i64,
    /// What passes all filters.
    pub total: Sums,
    /// None where the range begins with the data ("all").
    pub previous: Option<Previous>,
    /// By dimension, the largest first; those of 0 uses are left out. The parts of a dimension
    /// leave its own filter aside, so that a chosen part stays beside its peers.
    pub parts: [Vec<Part<'a>>; DIMENSIONS],
    /// What passes all filters, by day and agent.
    pub trend: Trend<'a>,
}

impl Summary<'_> {
    /// The parts of one dimension.
    pub fn parts_of(&self, dimension: Dimension) -> &[Part<'_>] {
        self.parts.get(dimension as usize).map_or(&[], Vec::as_slice)
    }
}
