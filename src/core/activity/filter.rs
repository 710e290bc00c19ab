//! Which rows are looked at: a range of days, and one key of any dimensions.

use crate::core::activity::row::{DIMENSIONS, Dimension};
use crate::error::{Code, Error, Result};

/// A range of days and, for any dimensions, the key that a row must have.
///
/// ```
/// use nivella_credits::core::activity::{Dimension, Filter};
/// let filter = Filter::days(20_700, 20_729).with(Dimension::Agent, "chat");
/// assert_eq!(filter.key(Dimension::Agent), Some("chat"));
/// assert_eq!(filter.key(Dimension::Model), None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The first day, in days since 1970-01-01; none for the first day that has data.
    pub from_day: Option<i64>,
    /// The last day, included; none for today, or the last day that has data if it is later.
    pub to_day: Option<i64>,
    /// The key asked for of each dimension; none lets every row pass.
    pub keys: [Option<Box<str>>; DIMENSIONS],
}

impl Filter {
    /// Everything.
    pub fn all() -> Filter {
        Filter::default()
    }

    /// From this day to that, both included.
    pub fn days(from_day: i64, to_day: i64) -> Filter {
        Filter { from_day: Some(from_day), to_day: Some(to_day), ..Filter::default() }
    }

    /// The same filter that also asks for a key. The empty text asks for rows without one.
    pub fn with(mut self, dimension: Dimension, key: &str) -> Filter {
        if let Some(own) = self.keys.get_mut(dimension as usize) {
            *own = Some(key.into());
        }
        self
    }

    /// The key asked for.
    pub fn key(&self, dimension: Dimension) -> Option<&str> {
        self.keys.get(dimension as usize)?.as_deref()
    }

    /// The days looked at, clamped to those that can have data.
    ///
    /// # Errors
    /// `period_invalid` where the last day lies before the first.
    pub(super) fn range(&self, first: i64, last: i64) -> Result<(i64, i64)> {
        let from = self.from_day.unwrap_or_else(|| first.min(self.to_day.unwrap_or(first)));
        let to = self.to_day.unwrap_or_else(|| last.max(from));
        if from > to {
            let message = "the last day lies before the first";
            return Err(Error::new(Code::PeriodInvalid, message).at("to"));
        }
        Ok((from, to))
    }
}
