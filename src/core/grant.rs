//! Grants: immutable, dated allocations of credits, and the five parts that each is made of.
//!
//! What a grant is never changes after it is booked; only its credits move between parts, and every
//! move is a [`Draw`] of an entry. At any time
//! `available + held + consumed + reversed + expired = amount`.

use crate::core::{Credits, Instant};
use crate::error::{Code, Error, Result};

/// Why credits were granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GrantKind {
    /// A plan's credits for one cycle.
    Allowance,
    /// Paid for in the store.
    Purchase,
    /// Promotional, on top of a purchase or alone.
    Bonus,
    /// Given back: a reversal that was taken back, or goodwill.
    Refund,
    /// Added by hand, with a reason.
    Adjustment,
}

impl GrantKind {
    /// Every kind.
    pub const ALL: [GrantKind; 5] = [
        GrantKind::Allowance,
        GrantKind::Purchase,
        GrantKind::Bonus,
        GrantKind::Refund,
        GrantKind::Adjustment,
    ];

    /// Its name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            GrantKind::Allowance => "allowance",
            GrantKind::Purchase => "purchase",
            GrantKind::Bonus => "bonus",
            GrantKind::Refund => "refund",
            GrantKind::Adjustment => "adjustment",
        }
    }

    /// The kind with this name.
    ///
    /// # Errors
    /// `field_invalid` for any other text.
    pub fn parse(text: &str) -> Result<GrantKind> {
        let unknown = || Error::new(Code::FieldInvalid, "no such kind of grant");
        GrantKind::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or_else(unknown)
    }

    /// Promotional credits burn before others of the same priority and expiry.
    pub const fn is_promotional(self) -> bool {
        matches!(self, GrantKind::Bonus)
    }
}

/// The priority of a grant that names none. Lower numbers burn first.
pub const DEFAULT_PRIORITY: u8 = 50;

/// Where a grant comes from, beside its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Booked on its own.
    None,
    /// A line of an order, by the store's id of it.
    OrderItem(Box<str>),
    /// A cycle of a subscription.
    Cycle {
        /// The subscription's number within its account.
        subscription: u32,
        /// The cycle's number.
        index: u32,
        /// Which of the cycle's grants.
        share: CycleShare,
    },
}

/// The grants that a cycle may have: at most one of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CycleShare {
    /// The plan's allowance.
    Allowance,
    /// The difference to the allowance of a higher plan, at this level.
    Upgrade(u32),
    /// What was left of the cycle before, up to the plan's cap.
    Rollover,
}

/// An allocation of credits. Immutable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Counts from 1 within its account.
    pub id: u64,
    /// Why it was granted.
    pub kind: GrantKind,
    /// Lower burns first; [`DEFAULT_PRIORITY`] where nothing else was asked for.
    pub priority: u8,
    /// From when it counts; never after it was booked.
    pub effective_at: Instant,
    /// The first instant at which it can't be used any more; none: never expires.
    pub expires_at: Option<Instant>,
    /// Above 0, at most 10^12.
    pub amount: Credits,
    /// Where it comes from.
    pub source: Source,
}

impl Grant {
    /// Whether its time is over at this instant. The expiry instant itself is outside.
    pub fn is_expired(&self, at: Instant) -> bool {
        self.expires_at.is_some_and(|end| end <= at)
    }

    /// Whether it belongs to this order item.
    pub fn is_of_item(&self, item: &str) -> bool {
        matches!(&self.source, Source::OrderItem(own) if &**own == item)
    }
}

/// What has become of a credit of a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// It can be used.
    Available,
    /// A hold reserves it.
    Held,
    /// It was used, or repaid debt.
    Consumed,
    /// It was taken back.
    Reversed,
    /// Its time ran out.
    Expired,
}

impl Part {
    /// Every part, in the order in which they are written.
    pub const ALL: [Part; 5] =
        [Part::Available, Part::Held, Part::Consumed, Part::Reversed, Part::Expired];

    /// Its name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Part::Available => "available",
            Part::Held => "held",
            Part::Consumed => "consumed",
            Part::Reversed => "reversed",
            Part::Expired => "expired",
        }
    }

    /// Credits in this part are still on the account: they count as posted.
    pub const fn is_posted(self) -> bool {
        matches!(self, Part::Available | Part::Held)
    }
}

/// The five parts of a grant. They only shift among each other, so their sum stays its amount.
///
/// ```
/// use nivella_credits::core::{Credits, Part, Parts};
/// let mut parts = Parts::new(Credits::parse("10")?);
/// parts.shift(Part::Available, Part::Consumed, Credits::parse("4")?)?;
/// assert_eq!(parts.get(Part::Available).to_string(), "6");
/// assert_eq!(parts.total()?.to_string(), "10");
/// assert!(parts.shift(Part::Held, Part::Available, Credits::ONE).is_err());
/// # Ok::<(), nivella_credits::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    available: Credits,
    held: Credits,
    consumed: Credits,
    reversed: Credits,
    expired: Credits,
}

impl Parts {
    /// All of it available.
    pub const fn new(amount: Credits) -> Parts {
        let none = Credits::ZERO;
        Parts { available: amount, held: none, consumed: none, reversed: none, expired: none }
    }

    /// How much is in this part.
    pub const fn get(&self, part: Part) -> Credits {
        match part {
            Part::Available => self.available,
            Part::Held => self.held,
            Part::Consumed => self.consumed,
            Part::Reversed => self.reversed,
            Part::Expired => self.expired,
        }
    }

    /// Moves credits from one part to another.
    ///
    /// # Errors
    /// `amount_out_of_range` for a negative amount or more than the part has; nothing moves then.
    pub fn shift(&mut self, from: Part, to: Part, amount: Credits) -> Result<()> {
        let left = self.get(from).checked_sub(amount)?;
        let grown = self.get(to).checked_add(amount)?;
        if amount < Credits::ZERO || left < Credits::ZERO || from == to {
            return Err(Error::new(Code::AmountOutOfRange, "a part has no more than it has"));
        }
        *self.part_mut(from) = left;
        *self.part_mut(to) = grown;
        Ok(())
    }

    /// The sum, which is the grant's amount.
    ///
    /// # Errors
    /// `amount_overflow` beyond 64 bits, which only a forged state can cause.
    pub fn total(&self) -> Result<Credits> {
        Part::ALL.iter().try_fold(Credits::ZERO, |sum, part| sum.checked_add(self.get(*part)))
    }

    /// From stored parts.
    ///
    /// # Errors
    /// `snapshot_invalid` unless each is 0 or more and they add up to the amount.
    pub fn restore(amount: Credits, stored: [Credits; 5]) -> Result<Parts> {
        let [available, held, consumed, reversed, expired] = stored;
        let parts = Parts { available, held, consumed, reversed, expired };
        let sane = stored.iter().all(|part| *part >= Credits::ZERO);
        if sane && parts.total().is_ok_and(|total| total == amount) {
            Ok(parts)
        } else {
            Err(Error::new(Code::SnapshotInvalid, "the parts of a grant add up to its amount"))
        }
    }

    fn part_mut(&mut self, part: Part) -> &mut Credits {
        match part {
            Part::Available => &mut self.available,
            Part::Held => &mut self.held,
            Part::Consumed => &mut self.consumed,
            Part::Reversed => &mut self.reversed,
            Part::Expired => &mut self.expired,
        }
    }
}

/// What one grant gave or got back in one entry: credits that moved from one of its parts to
/// another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draw {
    /// The grant's id.
    pub grant: u64,
    /// From this part.
    pub from: Part,
    /// To this part.
    pub to: Part,
    /// Above 0.
    pub amount: Credits,
}
