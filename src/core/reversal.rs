//! Reversal: credits follow the money that was given back for an order item.
//!
//! The target of an item is cumulative: its granted credits times the share of its price that was
//! refunded, rounded down to a micro-credit, everything at full refund; the bonus follows by the
//! same share. What is booked is compared with the target, and the difference is the item's next
//! movement, up or down.
//!
//! Of a target a part is [`Item::own`], taken from what the item's own grants had available; a part
//! is covered: used or held credits for which other credits were lent, or debt was made, or which
//! were forgiven; and the rest is spared, because it has expired. Which is which depends on the
//! grants and the target alone, never on the steps in which the money was refunded.

use std::sync::Arc;

use crate::core::{Credits, Entry, EntryKind, GrantKind, Movement, Part};
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
    /// Taken from its own purchased credits.
    pub own: Credits,
    /// Taken from its own bonus credits.
    pub own_bonus: Credits,
    /// Debt that was made for its used or held credits. That it may be repaid since does not count.
    pub owed: Credits,
    /// What other grants, by id, lent for its used or held credits, the last one last.
    pub lent: Vec<(u64, Credits)>,
    /// Used or held, and forgiven because nothing was left to take.
    pub forgiven: Credits,
    /// Expired before it could be taken: neither taken nor owed.
    pub spared: Credits,
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
            own: none,
            own_bonus: none,
            owed: none,
            lent: Vec::new(),
            forgiven: none,
            spared: none,
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

    /// Used or held credits of it for which others lent, debt was made, or that were forgiven.
    ///
    /// # Errors
    /// `amount_overflow` beyond 64 bits.
    pub fn covered(&self) -> Result<Credits> {
        let sum = self.owed.checked_add(self.forgiven)?;
        self.lent.iter().try_fold(sum, |sum, (_, amount)| sum.checked_add(*amount))
    }

    /// What was taken, is owed or forgiven: the target without what has expired.
    ///
    /// # Errors
    /// `amount_overflow` beyond 64 bits.
    pub fn settled(&self) -> Result<Credits> {
        self.own.checked_add(self.own_bonus)?.checked_add(self.covered()?)
    }

    /// Of its own credits of this kind, what was taken.
    pub(crate) const fn own_of(&self, kind: GrantKind) -> Credits {
        if matches!(kind, GrantKind::Bonus) { self.own_bonus } else { self.own }
    }

    /// Gives back so much of debt first, then of what others lent, the last first. Answers how much
    /// was debt, and which grants get what.
    pub(crate) fn give_back(&mut self, amount: Credits) -> Result<(Credits, Vec<(u64, Credits)>)> {
        let owed = amount.min(self.owed);
        self.owed = self.owed.checked_sub(owed)?;
        let (mut rest, mut lenders) = (amount.checked_sub(owed)?, Vec::new());
        while rest.is_positive() {
            let (grant, lent) = self.lent.pop().ok_or_else(invalid)?;
            let back = lent.min(rest);
            if back < lent {
                self.lent.push((grant, lent.checked_sub(back)?));
            }
            rest = rest.checked_sub(back)?;
            lenders.push((grant, back));
        }
        Ok((owed, lenders))
    }

    fn borrow_from(&mut self, grant: u64, amount: Credits) -> Result<()> {
        match self.lent.last_mut() {
            Some(last) if last.0 == grant => last.1 = last.1.checked_add(amount)?,
            _ => self.lent.push((grant, amount)),
        }
        Ok(())
    }

    /// Takes in one movement, which this entry books. Of a grant `kind_of` says whether it is the
    /// item's purchase or bonus.
    pub(crate) fn absorb(
        &mut self,
        movement: &Movement,
        entry: &Entry,
        kind_of: impl Fn(u64) -> Option<GrantKind>,
    ) -> Result<()> {
        let mut next = self.clone();
        next.movements = self.movements.checked_add(1).ok_or_else(invalid)?;
        (next.target, next.bonus_target) = (movement.target, movement.bonus_target);
        next.forgiven = self.forgiven.checked_add(movement.forgiven)?;
        next.spared = self.spared.checked_add(movement.spared)?;
        let takes = entry.kind == EntryKind::Reversal;
        let mut back = entry.amount;
        for draw in &entry.draws {
            let change = match (draw.from, draw.to) {
                (_, Part::Reversed) => draw.amount,
                (Part::Reversed, _) => draw.amount.checked_neg()?,
                (_, Part::Consumed) if takes => {
                    next.borrow_from(draw.grant, draw.amount)?;
                    continue;
                }
                _ => continue,
            };
            let own = match kind_of(draw.grant) {
                Some(GrantKind::Bonus) => &mut next.own_bonus,
                Some(GrantKind::Purchase) => &mut next.own,
                _ => return Err(invalid()),
            };
            *own = own.checked_add(change)?;
            back = back.checked_add(change)?;
        }
        if takes {
            next.owed = next.owed.checked_add(entry.debt)?;
        } else {
            next.check_lenders(back, entry)?;
        }
        if next.movements == movement.number && next.is_sane()? {
            *self = next;
            return Ok(());
        }
        Err(invalid())
    }

    /// Gives back, and refuses an entry that gives a grant more than it had lent.
    fn check_lenders(&mut self, back: Credits, entry: &Entry) -> Result<()> {
        let (owed, lenders) = self.give_back(back.max(Credits::ZERO))?;
        let returns = |from, to| (from, to) == (Part::Consumed, Part::Available);
        let mut returned = entry.draws.iter().filter(|draw| returns(draw.from, draw.to));
        let lent = |grant, most| lenders.iter().any(|(id, lent)| *id == grant && most <= *lent);
        let fits = back >= Credits::ZERO
            && (entry.grant.is_none() || owed.is_positive())
            && returned.all(|draw| lent(draw.grant, draw.amount));
        if fits { Ok(()) } else { Err(invalid()) }
    }

    fn is_sane(&self) -> Result<bool> {
        let none = Credits::ZERO;
        let parts = [self.own, self.own_bonus, self.owed, self.forgiven, self.spared];
        Ok(self.reversed()? == self.settled()?.checked_add(self.spared)?
            && (none..=self.granted).contains(&self.target)
            && (none..=self.bonus).contains(&self.bonus_target)
            && parts.into_iter().all(|part| part >= none))
    }
}

fn invalid() -> Error {
    Error::new(Code::SnapshotInvalid, "the movements of an item do not add up")
}
