//! What a ledger answers.

use crate::core::{Credits, Instant};
use crate::error::Code;

/// The answer to a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is booked, now or before.
    Booked(Booked),
    /// Every item of the batch is booked, now or before.
    Batch(Vec<Booked>),
    /// A business "no": nothing was booked, and the same request id may succeed later.
    Refused(Refused),
}

/// What a request booked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booked {
    /// The sequence number of its first entry.
    pub first: u64,
    /// How many entries it has; 0 where there was nothing to do.
    pub count: u32,
    /// The hold that it opened.
    pub hold: Option<Ticket>,
    /// It was booked before; this is the first answer again.
    pub replayed: bool,
}

/// What the caller keeps of a hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Its id.
    pub id: u64,
    /// What it reserves.
    pub amount: Credits,
    /// When it lapses.
    pub lapses_at: Instant,
}

/// Why nothing was booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// `insufficient_credits`.
    pub reason: Code,
    /// How many credits more would have been enough, debt included.
    pub short_by: Credits,
}

/// Booked, or a business "no".
pub(super) type Answer<T> = std::result::Result<T, Refused>;
