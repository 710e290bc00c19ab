//! Reversal and reinstatement of order items.

use crate::core::ledger::Ledger;
use crate::core::ledger::book::{Stamp, add_draw};
use crate::core::reversal::Item;
use crate::core::{
    Credits, Draw, Entry, EntryKind, GrantKind, Instant, Movement, Part, Share, burn,
};
use crate::error::{Code, Error, Result};

/// One of the item's two grants, as it is.
pub(super) struct Sold {
    pub grant: u64,
    pub kind: GrantKind,
    pub available: Credits,
    /// Held of it; none where its time is over, because then a hold gives nothing back.
    returning: Credits,
    /// Used or held.
    used: Credits,
}

/// Where an item stands, and where it is to go.
pub(super) struct Step {
    /// The movement that brings it there; what is forgiven is still open.
    pub movement: Movement,
    /// Its grants, in burn order.
    pub sold: Vec<Sold>,
    /// Of the new target what has not expired.
    pub due: Credits,
}

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
        let (target, bonus_target) = (share.of(item.granted), share.of(item.bonus));
        let change = target.checked_add(bonus_target)?.checked_sub(item.reversed()?)?;
        if change.is_positive() && only_back {
            let message = "a reinstatement gives back; more is reversed than before";
            return Err(Error::new(Code::ReversalInvalid, message).at("refunded"));
        }
        let falls = change < Credits::ZERO || only_back;
        let kind = if falls { EntryKind::Reinstatement } else { EntryKind::Reversal };
        if (target, bonus_target) == (item.target, item.bonus_target) {
            let mut entry = Entry::new(kind, stamp.now);
            entry.reference = Some(Box::from(&*item.id));
            return self.post(entry, stamp);
        }
        let mut step = self.step(&item, target, bonus_target, stamp.now)?;
        let settled = item.settled()?;
        if only_back && step.due > settled {
            step.movement.spared = step.movement.spared.checked_add(step.due)?;
            step.movement.spared = step.movement.spared.checked_sub(settled)?;
            step.due = settled;
        }
        let mut touched: Vec<u64> = step.sold.iter().map(|own| own.grant).collect();
        if step.due > settled {
            self.take_back(&item, step, stamp)?;
        } else if step.due < settled {
            touched.extend(self.give_again(&item, step, stamp)?);
        } else {
            let mut entry = Entry::new(kind, stamp.now);
            entry.movement = Some(Box::new(step.movement));
            self.post(entry, stamp)?;
        }
        self.even_out(touched, stamp.now, stamp)
    }

    /// The step to a target. Of each kind no more is due than its grant still had to give: for
    /// expired parts nothing is taken or owed, and none of the bonus stands in for them.
    pub(super) fn step(
        &self,
        item: &Item,
        target: Credits,
        bonus_target: Credits,
        as_of: Instant,
    ) -> Result<Step> {
        let sold = self.sold(&item.id, as_of)?;
        let mut due = Credits::ZERO;
        for own in &sold {
            let liable = own.available.checked_add(own.used)?.checked_add(item.own_of(own.kind))?;
            due = due.checked_add(liable.min(of_kind(own.kind, target, bonus_target)))?;
        }
        let spared = target.checked_add(bonus_target)?.checked_sub(due)?;
        let movement = Movement {
            item: Box::from(&*item.id),
            number: item.movements.saturating_add(1),
            target,
            bonus_target,
            forgiven: Credits::ZERO,
            spared: spared.checked_sub(item.spared)?,
        };
        Ok(Step { movement, sold, due })
    }

    /// Takes what is available of the item itself, then other credits for its used and held parts;
    /// the rest is debt or forgiven.
    fn take_back(&mut self, item: &Item, step: Step, stamp: &mut Stamp) -> Result<()> {
        let Step { mut movement, sold, due, .. } = step;
        let mut entry = Entry::new(EntryKind::Reversal, stamp.now);
        let need = due.checked_sub(item.settled()?)?;
        let covered = take_own(&mut entry, item, &movement, &sold, need)?;
        // They pay for what was used, as if it had been debt and they repaid it.
        let is_own = |grant: u64| sold.iter().any(|own| own.grant == grant);
        let mut others = self.state.burnable().filter(|(grant, _)| !is_own(*grant));
        let (draws, rest) = burn::draw(&mut others, covered, Part::Consumed);
        drop(others);
        draws.into_iter().for_each(|draw| add_draw(&mut entry, draw));
        entry.debt = rest;
        if self.settings.forgive_shortfall {
            // What holds may give back would be kept beside the money, so it is owed until then.
            let mut returning = Credits::ZERO.checked_sub(self.state.debt)?;
            for own in &sold {
                returning = returning.checked_add(own.returning)?;
            }
            entry.debt = rest.min(returning).max(Credits::ZERO);
            movement.forgiven = rest.checked_sub(entry.debt)?;
        }
        entry.movement = Some(Box::new(movement));
        self.post(entry, stamp)
    }

    /// The item's grants, in burn order: its purchase, its bonus, or both.
    fn sold(&self, item: &str, as_of: Instant) -> Result<Vec<Sold>> {
        let mut own: Vec<_> = self.grants.iter().filter(|grant| grant.is_of_item(item)).collect();
        if let [first, second] = own.as_mut_slice()
            && burn::compare(first, second).is_gt()
        {
            std::mem::swap(first, second);
        }
        let mut sold = Vec::with_capacity(own.len());
        for grant in own {
            let parts = self.state.parts_of(grant.id);
            let held = parts.get(Part::Held);
            let over = grant.is_expired(as_of);
            sold.push(Sold {
                grant: grant.id,
                kind: grant.kind,
                available: parts.get(Part::Available),
                returning: if over { Credits::ZERO } else { held },
                used: parts.get(Part::Consumed).checked_add(held)?,
            });
        }
        Ok(sold)
    }
}

/// The target of this kind.
pub(super) fn of_kind(kind: GrantKind, target: Credits, bonus_target: Credits) -> Credits {
    if kind == GrantKind::Bonus { bonus_target } else { target }
}

/// Draws from the item's own grants: from each its own share first, then from any of them. Answers
/// what they do not cover.
pub(super) fn take_own(
    entry: &mut Entry,
    item: &Item,
    movement: &Movement,
    sold: &[Sold],
    need: Credits,
) -> Result<Credits> {
    let (mut need, mut taken) = (need, Vec::with_capacity(sold.len()));
    for own in sold {
        let target = of_kind(own.kind, movement.target, movement.bonus_target);
        let wanted = target.checked_sub(item.own_of(own.kind))?.max(Credits::ZERO);
        let takes = wanted.min(own.available).min(need);
        need = need.checked_sub(takes)?;
        taken.push((own, takes));
    }
    for (own, takes) in taken {
        let more = own.available.checked_sub(takes)?.min(need);
        need = need.checked_sub(more)?;
        let amount = takes.checked_add(more)?;
        let grant = own.grant;
        add_draw(entry, Draw { grant, from: Part::Available, to: Part::Reversed, amount });
    }
    Ok(need)
}
