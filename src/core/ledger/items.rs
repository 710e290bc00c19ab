//! Reversal and reinstatement of order items.

use crate::core::ledger::Ledger;
use crate::core::ledger::book::{Stamp, add_draw};
use crate::core::reversal::Item;
use crate::core::{Credits, Draw, Entry, EntryKind, Grant, GrantKind, Movement, Part, Share, burn};
use crate::error::{Code, Error, Result};

impl Ledger {
    /// Brings an order item to its target. Where it is there already, a row of 0 keeps the request:
    /// a late duplicate must not act on what was booked since.
    pub(super) fn reverse(
        &mut self,
        item: &str,
        share: Share,
        only_back: bool,
        stamp: &mut Stamp,
    ) -> Result<()> {
        let unknown = || {
            Error::new(Code::NotFound, "nothing was granted for this order item").at("order_item")
        };
        let item = self.state.item(item).cloned().ok_or_else(unknown)?;
        let movement = Movement {
            item: Box::from(&*item.id),
            number: item.movements.saturating_add(1),
            target: share.of(item.granted),
            bonus_target: share.of(item.bonus),
            forgiven: Credits::ZERO,
            spared: Credits::ZERO,
        };
        let target = movement.target.checked_add(movement.bonus_target)?;
        let change = target.checked_sub(item.reversed()?)?;
        if change.is_positive() && only_back {
            let message = "a reinstatement gives back; more is reversed than before";
            return Err(Error::new(Code::ReversalInvalid, message).at("refunded"));
        }
        if change.is_positive() {
            self.take_back(&item, movement, change, stamp)
        } else if change.is_zero() {
            let same = if only_back { EntryKind::Reinstatement } else { EntryKind::Reversal };
            let mut entry = Entry::new(same, stamp.now);
            if (movement.target, movement.bonus_target) == (item.target, item.bonus_target) {
                entry.reference = Some(movement.item);
            } else {
                // A bonus that came later moves the share between the two without a sum.
                entry.movement = Some(Box::new(movement));
            }
            self.post(entry, stamp)
        } else {
            self.give_again(&item, movement, change.checked_neg()?, stamp)
        }
    }

    /// Takes what is available of the item itself, then other credits for its used and held parts;
    /// the rest is debt or forgiven. For expired parts nothing is taken or owed.
    fn take_back(
        &mut self,
        item: &Item,
        mut movement: Movement,
        change: Credits,
        stamp: &mut Stamp,
    ) -> Result<()> {
        let mut entry = Entry::new(EntryKind::Reversal, stamp.now);
        let own = self.own_grants(&item.id);
        let need = self.take_own(&mut entry, item, &movement, &own, change)?;
        let mut open = Credits::ZERO.checked_sub(item.covered)?;
        let mut returning = Credits::ZERO.checked_sub(self.state.debt)?;
        for grant in &own {
            let parts = self.state.parts_of(*grant);
            let held = parts.get(Part::Held);
            open = open.checked_add(held)?.checked_add(parts.get(Part::Consumed))?;
            if self.grant_by_id(*grant).is_some_and(|grant| !grant.is_expired(stamp.now)) {
                returning = returning.checked_add(held)?;
            }
        }
        let covered = need.min(open).max(Credits::ZERO);
        movement.spared = need.checked_sub(covered)?;
        // They pay for what was used, as if it had been debt and they repaid it.
        let mut others = self.state.burnable().filter(|(grant, _)| !own.contains(grant));
        let (draws, rest) = burn::draw(&mut others, covered, Part::Consumed);
        drop(others);
        draws.into_iter().for_each(|draw| add_draw(&mut entry, draw));
        entry.debt = rest;
        if self.settings.forgive_shortfall {
            // What holds may give back would be kept beside the money, so it is owed until then.
            entry.debt = rest.min(returning).max(Credits::ZERO);
            movement.forgiven = rest.checked_sub(entry.debt)?;
        }
        entry.movement = Some(Box::new(movement));
        self.post(entry, stamp)
    }

    /// Draws from the item's own grants: from each its own share first, then from any of them.
    /// Answers what they do not cover.
    fn take_own(
        &self,
        entry: &mut Entry,
        item: &Item,
        movement: &Movement,
        own: &[u64],
        change: Credits,
    ) -> Result<Credits> {
        let purchase = movement.target.checked_sub(item.target)?;
        let bonus = movement.bonus_target.checked_sub(item.bonus_target)?;
        let (mut need, mut taken) = (change, Vec::with_capacity(own.len()));
        for id in own {
            let wanted = match self.grant_by_id(*id).map(|grant| grant.kind) {
                Some(GrantKind::Purchase) => purchase,
                Some(GrantKind::Bonus) => bonus,
                _ => Credits::ZERO,
            };
            let available = self.state.parts_of(*id).get(Part::Available);
            let takes = wanted.max(Credits::ZERO).min(available).min(need);
            need = need.checked_sub(takes)?;
            taken.push((*id, available.checked_sub(takes)?, takes));
        }
        for (grant, left, takes) in taken {
            let more = left.min(need);
            need = need.checked_sub(more)?;
            let amount = takes.checked_add(more)?;
            add_draw(entry, Draw { grant, from: Part::Available, to: Part::Reversed, amount });
        }
        Ok(need)
    }

    /// Gives again what was taken last: expired and forgiven parts are undone without credits, the
    /// rest is a new grant with the terms of the first.
    ///
    /// Where those are over, what stands for other credits comes back without an end, in a movement
    /// of its own: it was taken from credits that could still be used.
    fn give_again(
        &mut self,
        item: &Item,
        mut movement: Movement,
        change: Credits,
        stamp: &mut Stamp,
    ) -> Result<()> {
        let spared = change.min(item.spared);
        let forgiven = change.checked_sub(spared)?.min(item.forgiven);
        let amount = change.checked_sub(spared)?.checked_sub(forgiven)?;
        movement.spared = spared.checked_neg()?;
        movement.forgiven = forgiven.checked_neg()?;
        let first = self.grants.iter().filter(|grant| grant.is_of_item(&item.id));
        let first = first.max_by_key(|grant| grant.kind == GrantKind::Purchase);
        let Some(first) = first.filter(|_| amount.is_positive()) else {
            let mut entry = Entry::new(EntryKind::Reinstatement, stamp.now);
            entry.movement = Some(Box::new(movement));
            return self.post(entry, stamp);
        };
        let own_terms = Grant { kind: GrantKind::Refund, amount, ..first.clone() };
        let lent = amount.min(item.lent);
        if !lent.is_positive() || !own_terms.is_expired(stamp.now) {
            return self.reinstate(movement, own_terms, stamp);
        }
        let own = amount.checked_sub(lent)?;
        let mut halfway = movement.clone();
        // What is still reversed between the two, purchased credits first.
        let reversed = movement.target.checked_add(movement.bonus_target)?.checked_add(own)?;
        halfway.target = reversed.min(item.granted);
        halfway.bonus_target = reversed.checked_sub(halfway.target)?;
        let lasting = Grant { amount: lent, expires_at: None, ..own_terms.clone() };
        self.reinstate(halfway, lasting, stamp)?;
        if !own.is_positive() {
            return Ok(());
        }
        movement.number = movement.number.saturating_add(1);
        (movement.spared, movement.forgiven) = (Credits::ZERO, Credits::ZERO);
        self.reinstate(movement, Grant { amount: own, ..own_terms }, stamp)
    }

    fn reinstate(&mut self, movement: Movement, grant: Grant, stamp: &mut Stamp) -> Result<()> {
        let mut entry = Entry::new(EntryKind::Reinstatement, stamp.now);
        entry.movement = Some(Box::new(movement));
        self.book_grant(entry, grant, stamp)
    }

    /// The item's grants, in burn order.
    fn own_grants(&self, item: &str) -> Vec<u64> {
        let mut own = Vec::<&Grant>::new();
        for grant in self.grants.iter().filter(|grant| grant.is_of_item(item)) {
            let place = own.partition_point(|other| burn::compare(other, grant).is_lt());
            own.insert(place, grant);
        }
        own.iter().map(|grant| grant.id).collect()
    }
}
