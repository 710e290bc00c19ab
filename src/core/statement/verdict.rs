//! What the verification of a statement says.

use crate::core::{Credits, Digest};
use crate::error::Error;

/// The end of a verification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every balance, draw, total and digest follows from the entries.
    Matches(Matches),
    /// The first thing that does not.
    Differs(Difference),
    /// It is no statement at all, or one that this module does not know.
    Refused(Error),
}

/// What a statement proves when all of it follows from its entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matches {
    /// The sequence number of the first entry; one more than the last where there is none.
    pub first: u64,
    /// How many entries there are.
    pub entries: u64,
    /// What is left on the account less what is owed.
    pub posted: Credits,
    /// What can be spent.
    pub available: Credits,
    /// Reserved by open holds.
    pub held: Credits,
    /// Owed.
    pub debt: Credits,
    /// What work cost within the statement.
    pub used: Credits,
    /// The digest of the last entry: two statements of one account that have it in common tell the
    /// same history up to there.
    pub digest: Digest,
}

/// The first thing that is not as the entries before it say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where it is.
    pub place: Place,
    /// Which fact it is.
    pub what: What,
    /// What was recomputed; empty where no single value could stand there.
    pub expected: String,
    /// What the statement says.
    pub found: String,
}

/// Where a statement differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// What the account was before the first entry.
    Opening,
    /// The entry with this sequence number.
    Entry(u64),
    /// The closing parts of the grant with this id.
    Grant(u64),
    /// The closing balances and totals.
    Closing,
}

macro_rules! whats {
    ($($(#[$doc:meta])* $what:ident = $text:literal;)+) => {
        /// Which fact differs. The text is what a message is chosen by.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum What { $($(#[$doc])* $what,)+ }

        impl What {
            /// Every fact.
            pub const ALL: &'static [What] = &[$(What::$what,)+];

            /// Its stable name.
            pub const fn as_str(self) -> &'static str {
                match self { $(What::$what => $text,)+ }
            }
        }
    };
}

whats! {
    /// The sequence has a gap, or a row stands twice.
    Sequence = "sequence";
    /// A time lies before the entry ahead of it, or outside its window.
    Time = "time";
    /// The grant that is booked is not the next one, or its terms break a rule.
    Grant = "grant";
    /// The hold is not open, or not the next one.
    Hold = "hold";
    /// The draws are not those of the burn order, or of the hold.
    Draws = "draws";
    /// The change of debt.
    Debt = "debt";
    /// The movement of an order item does not follow the one before it.
    Movement = "movement";
    /// The change of the posted sum.
    Amount = "amount";
    /// The figures of an entry that no sum depends on: kind, times, waived cost, version of rates.
    Digest = "digest";
    /// Texts and quantities beside the figures.
    Details = "details";
    /// The five parts of a grant.
    Parts = "parts";
    /// The posted sum.
    Posted = "posted";
    /// What can be spent.
    Available = "available";
    /// What is reserved.
    Held = "held";
    /// The sums by kind of grant.
    Pools = "pools";
    /// The totals by kind of entry.
    Totals = "totals";
    /// Something that no figure depends on: account, zone, time of the statement, a field more.
    Seal = "seal";
}
