//! What did not come in, and why. Nothing is dropped silently.

use crate::error::{Code, Error};

/// Refusals, counted by their codes.
#[derive(Clone, Debug, Default)]
pub struct Refused {
    counts: Vec<(Code, u64)>,
    first: Option<(u64, Error)>,
}

impl Refused {
    /// Counts a refusal; `place` is the row's sequence number, or its line in a file.
    #[cold]
    pub fn count(&mut self, place: u64, error: Error) {
        match self.counts.iter_mut().find(|(code, _)| *code == error.code) {
            Some((_, count)) => *count = count.saturating_add(1),
            None => self.counts.push((error.code, 1)),
        }
        if self.first.is_none() {
            self.first = Some((place, error));
        }
    }

    /// How many were refused with each code, in the order in which the codes came up.
    pub fn counts(&self) -> &[(Code, u64)] {
        &self.counts
    }

    /// How many were refused in all.
    pub fn total(&self) -> u64 {
        self.counts.iter().fold(0, |sum, (_, count)| sum.saturating_add(*count))
    }

    /// The first refusal, with its place.
    pub fn first(&self) -> Option<(u64, &Error)> {
        self.first.as_ref().map(|(place, error)| (*place, error))
    }
}
