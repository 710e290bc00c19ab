//! Reversal: credits follow the money that was given back for an order item.
//!
//! The target of an item is cumulative: its granted credits times the share of its price that was
//! refunded, rounded down to a micro-credit, everything at full refund; the bonus follows by the
//! same share. What is booked is compared with the target, and the difference is the item's next
//! movement, up or down.

use std::sync::Arc;

use crate::core::{Credits, GrantKind, Movement};
use crate::error::{Code, Error, Result};

/// How much of a whole was refunded: money in any one unit, or pieces where money is 0.
///
/// ```
/// use nivella_credits::core::{Credits, Share};
/// let third = Share::new(Credits::parse("3.33")?, Credits::parse("10")?)?;
/// assert_eq!(third.of(Credits::parse("2000")?).to_string(), "666");
/// assert_eq!(Share::ALL.of(Credits::parse("2000")?).to_string(), "2000");
/// # Ok::<(), nivella_credits::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    refunded: i64,
    whole: i64,
}

impl Share {
    /// Everything was refunded.
    pub const ALL: Share = Share { refunded: 1, whole: 1 };
    /// Nothing is refunded any more.
    pub const NONE: Share = Share { refunded: 0, whole: 1 };

    /// So much of a whole. The amounts are plain decimals; their unit does not matter.
    ///
    /// # Errors
    /// `reversal_invalid` unless 0 <= refunded <= whole and the whole is above 0.
    pub fn new(refunded: Credits, whole: Credits) -> Result<Share> {
        let (refunded, whole) = (refunded.micro(), whole.micro());
        if 0 <= refunded && refunded <= whole && whole > 0 {
            Ok(Share { refunded, whole })
        } else {
            let message = "what is refunded is 0 or more, and at most the whole, which is above 0";
            Err(Error::new(Code::ReversalInvalid, message).at("refunded"))
        }
    }

    /// This share of an amount that is not negative, rounded down to a micro-credit.
    pub fn of(self, amount: Credits) -> Credits {
        let product = i128::from(amount.micro()) * i128::from(self.refunded);
        // A share is at most 1, so the quotient fits where the amount did.
        Credits::from_micro((product / i128::from(self.whole)) as i64)
    }

    /// Both numbers, in lowest terms, so that equal shares are written alike.
    pub(crate) fn lowest_terms(self) -> (i64, i64) {
        let (mut a, mut b) = (self.whole, self.refunded);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        (self.refunded / a, self.whole / a)
    }
}

/// What is booked of an order item. It is the fold of the entries that name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The store's id of the order item.
    pub id: Arc<str>,
    /// Its purchased credits, quantity included; 0 before they were granted.
    pub granted: Credits,
    /// Its bonus credits; 0 without.
    pub bonus: Credits,
    /// How many movements there were.
    pub movements: u32,
    /// The reversed part of `granted`.
    pub target: Credits,
    /// The reversed part of `bonus`.
    pub bonus_target: Credits,
    /// Forgiven because nothing was left to take.
    pub forgiven: Credits,
    /// Expired before it could be taken: neither taken nor owed.
    pub spared: Credits,
    /// Used or held credits of the item for which other credits were taken, or debt was made, or
    /// the loss was forgiven.
    pub covered: Credits,
    /// Other credits or debt among `covered` that were not given back since.
    pub lent: Credits,
}

impl Item {
    pub(crate) fn new(id: &str) -> Item {
        let none = Credits::ZERO;
        Item {
            id: Arc::from(id),
            granted: none,
            bonus: none,
            movements: 0,
            target: none,
            bonus_target: none,
            forgiven: none,
            spared: none,
            covered: none,
            lent: none,
        }
    }

    /// Takes in what was granted for it: once for each kind, and no more than one movement can take
    /// back and one grant give again.
    pub(crate) fn grant(&mut self, kind: GrantKind, amount: Credits) -> Result<()> {
        let sum = match kind {
            GrantKind::Purchase => &mut self.granted,
            GrantKind::Bonus => &mut self.bonus,
            _ => return Err(Error::new(Code::SnapshotInvalid, "an item is sold, or its bonus")),
        };
        if !sum.is_zero() {
            let message = "this order item was granted before";
            return Err(Error::new(Code::ReversalInvalid, message).at("order_item"));
        }
        *sum = amount;
        if self.granted.checked_add(self.bonus)? > Credits::MAX_MOVEMENT {
            let message = "an order item is at most 10^12 credits, its bonus included";
            return Err(Error::new(Code::AmountOutOfRange, message).at("amount"));
        }
        Ok(())
    }

    /// Purchased and bonus credits that are reversed.
    ///
    /// # Errors
    /// `amount_overflow` beyond 64 bits.
    pub fn reversed(&self) -> Result<Credits> {
        self.target.checked_add(self.bonus_target)
    }

    /// What was truly taken, or is owed: the target without what was forgiven or expired.
    ///
    /// # Errors
    /// `amount_overflow` beyond 64 bits.
    pub fn taken(&self) -> Result<Credits> {
        self.reversed()?.checked_sub(self.forgiven)?.checked_sub(self.spared)
    }

    /// Takes in one movement, which changed the posted sum by `posted`, and of which so much was
    /// covered by other credits or debt.
    pub(crate) fn absorb(
        &mut self,
        movement: &Movement,
        posted: Credits,
        covered: Credits,
    ) -> Result<()> {
        let invalid =
            || Error::new(Code::SnapshotInvalid, "the movements of an item do not add up");
        let mut next = self.clone();
        next.movements = self.movements.checked_add(1).ok_or_else(invalid)?;
        next.target = movement.target;
        next.bonus_target = movement.bonus_target;
        next.forgiven = self.forgiven.checked_add(movement.forgiven)?;
        next.spared = self.spared.checked_add(movement.spared)?;
        next.covered = self.covered.checked_add(covered)?.checked_add(movement.forgiven)?;
        // What was taken last, which is what others lent, is given back first.
        let back = posted.max(Credits::ZERO).min(self.lent);
        next.lent = self.lent.checked_add(covered)?.checked_sub(back)?;
        let none = Credits::ZERO;
        let lost = movement.forgiven.checked_add(movement.spared)?;
        let sane = next.movements == movement.number
            && next.reversed()?.checked_sub(self.reversed()?)? == lost.checked_sub(posted)?
            && (none..=next.granted).contains(&next.target)
            && (none..=next.bonus).contains(&next.bonus_target)
            && next.forgiven >= none
            && next.spared >= none
            && next.covered >= none
            && next.taken()? >= none;
        if !sane {
            return Err(invalid());
        }
        *self = next;
        Ok(())
    }
}
