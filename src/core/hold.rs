//! Holds: credits that are reserved before work and charged for, or given back, after it.
//!
//! A hold resolves at most once: it is settled for the actual cost, released, or it lapses when its
//! time is over. Until then it keeps its credits, past the expiry of their grant too; what is given
//! back of an expired grant is expired.

use crate::core::{Credits, Draw, Instant};

/// Credits reserved by an open hold. Immutable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Counts from 1 within its account.
    pub id: u64,
    /// What each grant gave, in burn order.
    pub draws: Vec<Draw>,
    /// The instant at which it lapses; that instant is outside.
    pub lapses_at: Instant,
}

impl Hold {
    /// How much it reserves: the sum of its draws.
    pub fn amount(&self) -> Credits {
        // The draws came out of one checked sum, so they add up without leaving its range.
        let micro = self.draws.iter().fold(0, |sum: i64, d| sum.saturating_add(d.amount.micro()));
        Credits::from_micro(micro)
    }
}

/// The longest time for which credits can be held: 7 days.
pub const MAX_HOLD_MS: i64 = 7 * crate::core::DAY_MS;

/// The most holds that an account has open at once: what lapses, and every look ahead, goes through
/// all of them.
pub const MAX_OPEN_HOLDS: usize = 1_000;

/// What happens when there is not enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Covered in full, or refused.
    Strict,
    /// The work is done and must be recorded: what is not covered is debt. A hold in this mode
    /// reserves what there is.
    Record,
}

impl Mode {
    /// Its name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Mode::Strict => "strict",
            Mode::Record => "record",
        }
    }
}
