//! What an entry must draw.
//!
//! From the entries before it, and from what the work cost, every draw follows: from the holds,
//! from the debt, from the burn order.

use crate::core::statement::fold::{Fold, Wrong};
use crate::core::statement::verdict::What;
use crate::core::{Credits, Draw, Entry, EntryKind, Grant, Part, burn};
use crate::error::Result;

/// What follows for one entry.
#[derive(Default)]
pub(super) struct Due {
    pub draws: Vec<Draw>,
    pub debt: Credits,
    /// What the work cost.
    pub used: Credits,
    /// What the next entry must expire.
    pub pending: Vec<Draw>,
}

impl Due {
    fn add(&mut self, grant: u64, from: Part, to: Part, amount: Credits) {
        if !amount.is_positive() {
            return;
        }
        match self.draws.last_mut() {
            Some(last) if (last.grant, last.from, last.to) == (grant, from, to) => {
                last.amount = last.amount.saturating_add(amount);
            }
            _ => self.draws.push(Draw { grant, from, to, amount }),
        }
    }

    /// Debt is repaid from credits in some part of a grant; answers what is left of them.
    fn repay(&mut self, owed: Credits, grant: u64, from: Part, amount: Credits) -> Result<Credits> {
        let paid = amount.min(owed.checked_add(self.debt)?).max(Credits::ZERO);
        self.debt = self.debt.checked_sub(paid)?;
        self.add(grant, from, Part::Consumed, paid);
        amount.checked_sub(paid)
    }
}

/// The credits that an entry moves to a part.
fn sum_to(entry: &Entry, to: Part) -> Result<Credits> {
    let draws = entry.draws.iter().filter(|draw| draw.to == to);
    draws.map(|draw| draw.amount).try_fold(Credits::ZERO, Credits::checked_add)
}

/// What the work of an entry cost: what was consumed for it, and what it left owed.
fn cost(entry: &Entry) -> Result<Credits> {
    let cost = sum_to(entry, Part::Consumed)?.checked_add(entry.debt)?;
    Ok(cost.max(Credits::ZERO))
}

impl Fold {
    /// The draws and the debt of the next entry.
    pub fn due(&self, entry: &Entry, grant: Option<&Grant>) -> std::result::Result<Due, Wrong> {
        let mut due = Due::default();
        if entry.kind == EntryKind::Reinstatement {
            self.give_back(&mut due, entry)?;
            return Ok(due);
        }
        if let Some(grant) = grant {
            due.repay(self.debt, grant.id, Part::Available, grant.amount)?;
            return Ok(due);
        }
        match entry.kind {
            EntryKind::Use => {
                let cost = cost(entry)?;
                due.debt = self.burn(&mut due, entry, cost, Part::Consumed);
                due.used = cost;
            }
            EntryKind::Hold => {
                self.burn(&mut due, entry, sum_to(entry, Part::Held)?, Part::Held);
            }
            EntryKind::Adjustment => {
                self.burn(&mut due, entry, sum_to(entry, Part::Reversed)?, Part::Reversed);
            }
            EntryKind::Settle | EntryKind::Release | EntryKind::Lapse => {
                self.resolve(&mut due, entry)?;
            }
            EntryKind::Expiry => self.expire(&mut due, entry)?,
            EntryKind::Reversal => self.take_back(&mut due, entry)?,
            EntryKind::Grant | EntryKind::Reinstatement | EntryKind::Plan => {}
        }
        Ok(due)
    }

    /// Draws in burn order; answers what nothing covers.
    fn burn(&self, due: &mut Due, entry: &Entry, amount: Credits, to: Part) -> Credits {
        let mut grants = self.burnable(entry.booked_at, None);
        let (draws, rest) = burn::draw(&mut grants, amount, to);
        draws.into_iter().for_each(|draw| due.add(draw.grant, draw.from, to, draw.amount));
        rest
    }

    /// A hold ends: what the work cost is charged, the rest goes back to its grants.
    fn resolve(&self, due: &mut Due, entry: &Entry) -> Result<()> {
        let settles = entry.kind == EntryKind::Settle;
        let mut rest = if settles { cost(entry)? } else { Credits::ZERO };
        due.used = rest;
        // A lapse counts from its own instant, what a request does from when it was booked.
        let as_of =
            if entry.kind == EntryKind::Lapse { entry.occurred_at } else { entry.booked_at };
        let hold = entry.hold.and_then(|id| self.hold_at(id)).and_then(|at| self.holds.get(at));
        for draw in hold.iter().flat_map(|hold| &hold.draws) {
            let charged = draw.amount.min(rest);
            rest = rest.checked_sub(charged)?;
            due.add(draw.grant, Part::Held, Part::Consumed, charged);
            let back = draw.amount.checked_sub(charged)?;
            if self.grant(draw.grant).is_some_and(|(grant, _)| grant.is_expired(as_of)) {
                if back.is_positive() {
                    due.pending.push(Draw {
                        from: Part::Held,
                        to: Part::Expired,
                        amount: back,
                        ..*draw
                    });
                }
                continue;
            }
            let left = due.repay(self.debt, draw.grant, Part::Held, back)?;
            due.add(draw.grant, Part::Held, Part::Available, left);
        }
        let owed = self.burn(due, entry, rest, Part::Consumed);
        due.debt = due.debt.checked_add(owed)?;
        Ok(())
    }

    /// What a hold gave back of expired grants, or all that an expired grant has available.
    fn expire(&self, due: &mut Due, entry: &Entry) -> std::result::Result<(), Wrong> {
        if let Some((_, draws)) = &self.pending {
            due.draws.clone_from(draws);
            return Ok(());
        }
        let own = entry.draws.first().and_then(|draw| self.grant(draw.grant));
        let Some((grant, parts)) = own else {
            return Err(Wrong::new(What::Draws, "", ""));
        };
        if !grant.is_expired(entry.occurred_at) {
            let end = grant.expires_at.map(|end| end.text());
            return Err(Wrong::new(What::Time, end.unwrap_or_default(), entry.occurred_at.text()));
        }
        due.add(grant.id, Part::Available, Part::Expired, parts.get(Part::Available));
        Ok(())
    }

    /// What a reversal took goes back to where it came from; the item says how much that can be.
    /// Debt is repaid first.
    fn give_back(&self, due: &mut Due, entry: &Entry) -> std::result::Result<(), Wrong> {
        let kind = |draw: &&Draw| !entry.kind.moves(draw.from, draw.to);
        if entry.draws.iter().any(|draw| kind(&draw)) || entry.debt.is_positive() {
            return Err(Wrong::new(What::Draws, "", ""));
        }
        due.draws.clone_from(&entry.draws);
        due.debt = entry.debt;
        Ok(())
    }

    /// Of the order item what it still has, of others in burn order what stands for its used part.
    fn take_back(&self, due: &mut Due, entry: &Entry) -> std::result::Result<(), Wrong> {
        let Some(movement) = &entry.movement else { return Ok(()) };
        let item = &*movement.item;
        for draw in entry.draws.iter().filter(|draw| draw.to == Part::Reversed) {
            let own = self.grant(draw.grant).filter(|(grant, _)| grant.is_of_item(item));
            let Some((_, parts)) = own else {
                return Err(Wrong::new(What::Draws, "", ""));
            };
            due.add(draw.grant, draw.from, draw.to, draw.amount.min(parts.get(Part::Available)));
        }
        let lost = entry.debt.checked_add(movement.forgiven)?;
        let covered = sum_to(entry, Part::Consumed)?.checked_add(lost)?.max(Credits::ZERO);
        if covered.is_positive() {
            // The item's own credits go first, all of them.
            let taken = |id| due.draws.iter().filter(move |draw| draw.grant == id);
            for at in &self.live {
                let Some((grant, parts)) = self.grants.get(*at) else { continue };
                if !grant.is_of_item(item) {
                    continue;
                }
                let amounts = taken(grant.id).map(|draw| draw.amount);
                let sum = amounts.fold(Credits::ZERO, Credits::saturating_add);
                let all = parts.get(Part::Available);
                if sum < all {
                    return Err(Wrong::new(What::Draws, all.text(), sum.text()));
                }
            }
        }
        let mut others = self.burnable(entry.booked_at, Some(item));
        let (draws, rest) = burn::draw(&mut others, covered, Part::Consumed);
        draws.into_iter().for_each(|draw| due.add(draw.grant, draw.from, draw.to, draw.amount));
        // What is forgiven of the rest is the store's policy; it is not owed then.
        due.debt = rest.checked_sub(movement.forgiven)?;
        Ok(())
    }
}
