//! What a ledger can be asked to do.

use crate::core::{Credits, GrantKind, Instant, Mode, Share, Usage};

/// A write, applied as a whole or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Books what time alone has done: expiries, lapses, allowances. Needs no request id, because
    /// it books nothing twice.
    Touch,
    /// One request.
    One(Request),
    /// Uses, each with its own request id: those that were booked before replay, the rest are
    /// booked together or not at all.
    Batch(Vec<Request>),
}

/// An operation with the key under which it is booked at most once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Made by the caller and kept before sending: 1 to 191 bytes of printable ASCII, unique per
    /// account across all operations, for ever.
    pub id: String,
    /// What stands beside the figures.
    pub note: Note,
    /// What to do.
    pub op: Op,
}

/// Texts that an entry carries and no figure depends on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note {
    /// An order, a conversation, a refund; at most 191 bytes.
    pub reference: Option<Box<str>>,
    /// The public id of the site; at most 191 bytes.
    pub site: Option<Box<str>>,
    /// Why; at most 1,024 bytes.
    pub reason: Option<Box<str>>,
}

/// What work costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Charge {
    /// An amount that the caller priced. 0 needs a reason.
    Amount(Credits),
    /// Measured quantities, priced by the ledger's rate cards.
    Usage(Box<Usage>),
}

/// How long a subscription is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// So many cycles, 1 to 1,200.
    Months(u32),
    /// Up to this instant, excluded.
    Until(Instant),
    /// Assigned by hand, without an end.
    Open,
}

/// An operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Op {
    /// Grants credits: at most one `purchase` and one `bonus` for an order item.
    Grant {
        /// `Purchase`, `Bonus` or `Refund`; the others have operations of their own.
        kind: GrantKind,
        /// Above 0, quantity included.
        amount: Credits,
        /// Booked with a purchase as a grant of its own; 0 for none.
        bonus: Credits,
        /// The store's id of the order item.
        order_item: Option<Box<str>>,
        /// Lower burns first.
        priority: u8,
        /// From when it counts, not after now; now where it is not named.
        effective_at: Option<Instant>,
        /// When it ends, after it began; never where it is not named.
        expires_at: Option<Instant>,
    },
    /// Uses credits at once.
    Use {
        /// What happens when there is not enough.
        mode: Mode,
        /// What it costs.
        charge: Charge,
        /// When the work was done, at most 35 days ago and 5 minutes ahead.
        occurred_at: Option<Instant>,
    },
    /// Reserves credits.
    Hold {
        /// What happens when there is not enough.
        mode: Mode,
        /// How much to reserve.
        charge: Charge,
        /// How long, 1 ms to 7 days from now.
        duration_ms: i64,
    },
    /// Charges a hold for what the work cost, and gives the rest back.
    Settle {
        /// Its id.
        hold: u64,
        /// What happens when the cost exceeds it and there is not enough.
        mode: Mode,
        /// What the work cost.
        charge: Charge,
        /// When the work was done.
        occurred_at: Option<Instant>,
    },
    /// Gives a hold back.
    Release {
        /// Its id.
        hold: u64,
    },
    /// Brings an order item to the target of this share, up or down.
    Reverse {
        /// The store's id of the order item.
        order_item: Box<str>,
        /// How much of its price is refunded in all.
        share: Share,
    },
    /// As [`Op::Reverse`], but only ever gives back.
    Reinstate {
        /// The store's id of the order item.
        order_item: Box<str>,
        /// How much of its price stays refunded.
        share: Share,
    },
    /// Adds credits by hand. Needs a reason.
    Add {
        /// Above 0.
        amount: Credits,
        /// When they end; never where it is not named.
        expires_at: Option<Instant>,
    },
    /// Takes credits by hand, in burn order and never into debt. Needs a reason.
    Take {
        /// Above 0.
        amount: Credits,
    },
    /// Starts a subscription.
    Subscribe {
        /// The plan's key.
        plan: Box<str>,
        /// How long it is paid for.
        term: Term,
        /// Its start, not after now; now where it is not named.
        started_at: Option<Instant>,
    },
    /// Pays for more of the subscription.
    Renew {
        /// How much more.
        term: Term,
    },
    /// Moves to another plan: up at once, down or sideways from the next cycle.
    ChangePlan {
        /// The plan's key.
        plan: Box<str>,
    },
    /// Ends the subscription with its running cycle.
    Cancel,
}
