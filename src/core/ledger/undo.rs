//! Giving back what a reversal took: after a won dispute, and where time shows that less is due.
//!
//! Everything goes back to where it came from, the last first: what was forgiven was never taken,
//! debt is no longer owed, other grants get back what they lent, the item's own get back theirs. So
//! each credit has its old terms again, and is lost where they are over by then. While there is
//! other debt, that is repaid first.

use crate::core::ledger::Ledger;
use crate::core::ledger::book::{Stamp, add_draw};
use crate::core::ledger::items::{Sold, Step, of_kind, take_own};
use crate::core::reversal::Item;
use crate::core::{Credits, Draw, Entry, EntryKind, Grant, GrantKind, Instant, Part, Source};
use crate::error::Result;

impl Ledger {
    /// Gives back down to what is due. Answers which grants got back what they had lent.
    pub(super) fn give_again(
        &mut self,
        item: &Item,
        step: Step,
        stamp: &mut Stamp,
    ) -> Result<Vec<u64>> {
        let (Step { mut movement, sold, due, .. }, as_of) = (step, stamp.now);
        let back = item.settled()?.checked_sub(due)?;
        let forgiven = back.min(item.forgiven);
        movement.forgiven = forgiven.checked_neg()?;
        let mut entry = Entry::new(EntryKind::Reinstatement, as_of);
        let mut left = item.clone();
        left.forgiven = left.forgiven.checked_sub(forgiven)?;
        let back = back.checked_sub(forgiven)?;
        let lent = back.min(left.covered()?.checked_sub(left.forgiven)?);
        let (fresh, lenders) = self.return_lent(&mut entry, &mut left, lent)?;
        let targets = (movement.target, movement.bonus_target);
        let own = back.checked_sub(lent)?;
        self.give_own(&mut entry, &left, targets, &sold, own)?;
        entry.movement = Some(Box::new(movement));
        self.post_back(item, entry, fresh, stamp)?;
        Ok(lenders)
    }

    /// Compares the items of these grants with their targets again, after credits came back to the
    /// grants or expired. What was lent or owed for held credits is given back when they expire,
    /// because nothing is due for those, and when they come back, because then they are taken
    /// themselves: so it never matters whether a hold was open when the money was refunded.
    pub(super) fn even_out(
        &mut self,
        mut grants: Vec<u64>,
        as_of: Instant,
        stamp: &mut Stamp,
    ) -> Result<()> {
        loop {
            let items = grants.iter().filter_map(|id| match &self.grant_by_id(*id)?.source {
                Source::OrderItem(item) => self.state.item(item),
                _ => None,
            });
            // One item's lender may be another item: the order is that of their ids.
            let Some(item) = items.min_by(|a, b| a.id.cmp(&b.id)).cloned() else { return Ok(()) };
            grants.retain(|id| !self.grant_by_id(*id).is_some_and(|own| own.is_of_item(&item.id)));
            if item.settled()?.is_positive() {
                grants.extend(self.even_out_item(&item, as_of, stamp)?);
            }
        }
    }

    /// Answers which grants got back what they had lent.
    fn even_out_item(
        &mut self,
        item: &Item,
        as_of: Instant,
        stamp: &mut Stamp,
    ) -> Result<Vec<u64>> {
        let step = self.step(item, item.target, item.bonus_target, as_of)?;
        let Step { mut movement, sold, due } = step;
        let (settled, covered) = (item.settled()?, item.covered()?);
        // Nobody is there to refuse it to when the account is full.
        let room = Credits::MAX.checked_sub(self.state.available)?.checked_sub(self.state.held)?;
        let back = settled.checked_sub(due)?.max(Credits::ZERO).min(room);
        movement.spared = back;
        let uncovered = back.min(covered);
        let (swapped, turned) = swaps(item, &sold, covered.checked_sub(uncovered)?)?;
        if back.is_zero() && swapped.is_zero() && turned.is_zero() {
            return Ok(Vec::new());
        }
        let mut entry = Entry::new(EntryKind::Reinstatement, as_of);
        take_own(&mut entry, item, &movement, &sold, swapped.checked_add(turned)?)?;
        let mut left = item.clone();
        // What was owed was owed for what a hold might give back, so it goes first here.
        let uncovered = uncovered.checked_add(swapped)?;
        let behind_debt = uncovered.checked_sub(uncovered.min(left.owed))?;
        let forgiven = behind_debt.min(left.forgiven);
        left.forgiven = left.forgiven.checked_sub(forgiven)?;
        movement.forgiven = forgiven.checked_neg()?;
        let lent = uncovered.checked_sub(forgiven)?;
        let (fresh, lenders) = self.return_lent(&mut entry, &mut left, lent)?;
        let own = back.checked_add(swapped)?.checked_sub(uncovered)?.checked_add(turned)?;
        let targets = (movement.target, movement.bonus_target);
        self.give_own(&mut entry, &left, targets, &sold, own)?;
        entry.movement = Some(Box::new(movement));
        self.post_back(item, entry, fresh, stamp)?;
        Ok(lenders)
    }

    /// Gives back debt and what others lent. Answers for how much of the debt, because it was
    /// repaid since, new credits are due, and who got credits back.
    fn return_lent(
        &self,
        entry: &mut Entry,
        item: &mut Item,
        amount: Credits,
    ) -> Result<(Credits, Vec<u64>)> {
        let (owed, lenders) = item.give_back(amount)?;
        let fresh = owed.checked_sub(self.pay(entry, owed)?)?;
        let mut grants = Vec::with_capacity(lenders.len());
        for (grant, lent) in lenders {
            let amount = lent.checked_sub(self.pay(entry, lent)?)?;
            add_draw(entry, Draw { grant, from: Part::Consumed, to: Part::Available, amount });
            grants.push(grant);
        }
        Ok((fresh, grants))
    }

    /// Gives the item's own grants back what was taken of them: what is above their own target
    /// first, then from any of them, the last in burn order first.
    fn give_own(
        &self,
        entry: &mut Entry,
        item: &Item,
        (target, bonus_target): (Credits, Credits),
        sold: &[Sold],
        amount: Credits,
    ) -> Result<()> {
        let (mut rest, mut given) = (amount, Vec::with_capacity(sold.len()));
        for own in sold.iter().rev() {
            let taken = item.own_of(own.kind);
            let above = taken.checked_sub(of_kind(own.kind, target, bonus_target))?;
            let gives = above.max(Credits::ZERO).min(rest);
            rest = rest.checked_sub(gives)?;
            given.push((own.grant, taken, gives));
        }
        for (grant, taken, gives) in given {
            let more = taken.checked_sub(gives)?.min(rest);
            rest = rest.checked_sub(more)?;
            let amount = gives.checked_add(more)?;
            let paid = self.pay(entry, amount)?;
            add_draw(entry, Draw { grant, from: Part::Reversed, to: Part::Consumed, amount: paid });
            let amount = amount.checked_sub(paid)?;
            add_draw(entry, Draw { grant, from: Part::Reversed, to: Part::Available, amount });
        }
        Ok(())
    }

    /// Repays debt out of so much; answers how much it took.
    fn pay(&self, entry: &mut Entry, amount: Credits) -> Result<Credits> {
        let paid = amount.min(self.state.debt.checked_add(entry.debt)?);
        entry.debt = entry.debt.checked_sub(paid)?;
        Ok(paid)
    }

    /// Books what is given back. For debt of the item that other credits repaid since, there is a
    /// new grant on the item's terms, or without an end where they are over: what repaid it could
    /// still be used. What came back to grants whose time is over expires.
    fn post_back(
        &mut self,
        item: &Item,
        entry: Entry,
        fresh: Credits,
        stamp: &mut Stamp,
    ) -> Result<()> {
        let as_of = entry.occurred_at;
        let over = |grant: &u64| self.grant_by_id(*grant).is_some_and(|g| g.is_expired(as_of));
        let back = entry.draws.iter().filter(|draw| draw.to == Part::Available);
        let expired: Vec<u64> = back.map(|draw| draw.grant).filter(over).collect();
        let own = self.grants.iter().filter(|grant| grant.is_of_item(&item.id));
        let first = own.max_by_key(|grant| grant.kind == GrantKind::Purchase);
        match first.filter(|_| fresh.is_positive()) {
            Some(first) => {
                let grant = Grant {
                    kind: GrantKind::Refund,
                    amount: fresh,
                    expires_at: first.expires_at.filter(|end| *end > as_of),
                    source: Source::None,
                    ..first.clone()
                };
                self.book_grant(entry, grant, stamp)?;
            }
            None => self.post(entry, stamp)?,
        }
        expired.into_iter().try_for_each(|grant| self.expire(grant, as_of, stamp))
    }
}

/// What is available of the item though others pay for it: so much is taken itself, instead of what
/// is covered. And so much of one of its grants that the other one stood in for.
fn swaps(item: &Item, sold: &[Sold], covered: Credits) -> Result<(Credits, Credits)> {
    let none = Credits::ZERO;
    let (mut available, mut wanted, mut above) = (none, none, none);
    for own in sold {
        available = available.checked_add(own.available)?;
        let target = of_kind(own.kind, item.target, item.bonus_target);
        let missing = target.checked_sub(item.own_of(own.kind))?;
        wanted = wanted.checked_add(missing.max(none).min(own.available))?;
        above = above.checked_add(missing.checked_neg()?.max(none))?;
    }
    let swapped = covered.min(available);
    Ok((swapped, above.min(wanted.checked_sub(swapped)?).max(none)))
}
