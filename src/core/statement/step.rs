//! One entry after the other: what each must be, by what the ones before it say.

use std::sync::Arc;

use crate::core::hold::MAX_HOLD_MS;
use crate::core::reversal::Item;
use crate::core::statement::canonical::Line;
use crate::core::statement::expect::Due;
use crate::core::statement::fold::{Fold, Wrong, is_sane};
use crate::core::statement::verdict::What;
use crate::core::{
    Credits, CycleShare, DAY_MS, Draw, Entry, EntryKind, Grant, GrantKind, Hold, Instant, Source,
};

type Checked = std::result::Result<(), Wrong>;

const MAX_AGE_MS: i64 = 35 * DAY_MS;
const MAX_AHEAD_MS: i64 = 5 * 60_000;

fn check(holds: bool, what: What, expected: String, found: String) -> Checked {
    if holds { Ok(()) } else { Err(Wrong::new(what, expected, found)) }
}

fn number(id: Option<u64>) -> String {
    id.map(|id| Line::default().number(id).done()).unwrap_or_default()
}

fn text(at: Option<Instant>) -> String {
    at.map(Instant::text).unwrap_or_default()
}

fn draw_text(draw: Option<&Draw>) -> String {
    draw.map(|draw| Line::default().draws(&[*draw]).done()).unwrap_or_default()
}

impl Fold {
    /// Takes in the next entry; answers what its work cost.
    ///
    /// Where something differs, the fold is of no more use.
    pub fn step(
        &mut self,
        entry: &Entry,
        grant: Option<&Grant>,
    ) -> std::result::Result<Credits, Wrong> {
        let next = self.seq.saturating_add(1);
        check(entry.seq == next, What::Sequence, number(Some(next)), number(Some(entry.seq)))?;
        self.check_times(entry)?;
        self.check_grant(entry, grant)?;
        self.check_hold(entry)?;
        let due = self.due(entry, grant)?;
        self.check_draws(entry, &due)?;
        let before = self.available.checked_add(self.held)?;
        self.shift(entry, grant)?;
        let change = self.available.checked_add(self.held)?.checked_sub(before)?;
        let amount = change.checked_sub(entry.debt)?;
        check(amount == entry.amount, What::Amount, amount.text(), entry.amount.text())?;
        let none = Credits::ZERO;
        let sane = !(self.debt.is_positive() && self.available.is_positive())
            && self.debt >= none
            && entry.waived >= none
            && (entry.waived.is_zero() || due.used.is_zero());
        check(sane, What::Debt, none.text(), self.debt.text())?;
        if let Some(item) = self.item_after(entry, grant)? {
            let place = self.item_at(&item.id);
            if let Ok(at) = place {
                self.items.remove(at);
            }
            let (Ok(at) | Err(at)) = place;
            self.items.insert(at, Arc::new(item));
        }
        self.pending =
            entry.hold.filter(|_| !due.pending.is_empty()).map(|hold| (hold, due.pending));
        self.move_hold(entry);
        (self.seq, self.last_at) = (entry.seq, Some(entry.booked_at));
        Ok(due.used)
    }

    fn check_times(&self, entry: &Entry) -> Checked {
        let (booked, occurred) = (entry.booked_at, entry.occurred_at);
        let ordered = self.last_at.is_none_or(|last| last <= booked);
        check(ordered, What::Time, text(self.last_at), booked.text())?;
        let age = booked.ms_since(occurred);
        let fits = match entry.kind {
            EntryKind::Use | EntryKind::Settle => (-MAX_AHEAD_MS..=MAX_AGE_MS).contains(&age),
            _ => age >= 0,
        };
        check(fits, What::Time, booked.text(), occurred.text())
    }

    /// The grant is the next one, within its ranges, and of a kind that the entry can book.
    fn check_grant(&mut self, entry: &Entry, grant: Option<&Grant>) -> Checked {
        let next = self.last_grant.saturating_add(1);
        let wrong = |found| Err(Wrong::new(What::Grant, number(Some(next)), number(found)));
        let (Some(id), Some(grant)) = (entry.grant, grant) else {
            let none = entry.grant.is_none() && grant.is_none();
            let fits = none && entry.kind != EntryKind::Grant;
            return if fits { Ok(()) } else { wrong(entry.grant) };
        };
        let item = entry.movement.as_ref().map(|movement| &*movement.item);
        let source = match (entry.kind, grant.kind, &grant.source) {
            (EntryKind::Grant, GrantKind::Purchase | GrantKind::Bonus, Source::OrderItem(_))
            | (
                EntryKind::Grant,
                GrantKind::Purchase | GrantKind::Bonus | GrantKind::Refund,
                Source::None,
            )
            | (EntryKind::Adjustment, GrantKind::Adjustment, Source::None) => true,
            (EntryKind::Grant, GrantKind::Allowance, Source::Cycle { .. }) => {
                grant.effective_at == entry.occurred_at && grant.expires_at.is_some()
            }
            // For debt that was repaid since; whether it was owed, the item says.
            (EntryKind::Reinstatement, GrantKind::Refund, Source::None) => item.is_some(),
            _ => false,
        };
        let fits = source
            && (id, grant.id) == (next, next)
            && is_sane(grant)
            && grant.effective_at <= entry.booked_at
            && self.is_next_cycle(grant);
        if fits { Ok(()) } else { wrong(Some(grant.id)) }
    }

    /// Each share of a cycle is granted once, and cycles follow each other.
    fn is_next_cycle(&mut self, grant: &Grant) -> bool {
        let Source::Cycle { subscription, index, share } = grant.source else { return true };
        let rank = match share {
            CycleShare::Rollover => 0,
            CycleShare::Allowance => 1,
            CycleShare::Upgrade(level) => 2 + u64::from(level),
        };
        let key = Some((subscription, index, rank));
        let follows = self.cycle < key;
        self.cycle = key;
        follows
    }

    /// A hold is opened once, and ends once, in its time.
    fn check_hold(&self, entry: &Entry) -> Checked {
        let ahead = entry.lapses_at.map_or(0, |at| at.ms_since(entry.booked_at));
        let open = entry.hold.and_then(|id| self.hold_at(id)).and_then(|at| self.holds.get(at));
        let ends_at = open.map(|hold| hold.lapses_at);
        let next = self.last_hold.saturating_add(1);
        let due = self.pending.as_ref().map(|(hold, _)| *hold);
        let lapsed = |id: &u64| self.lapsed.binary_search(id).is_ok();
        let (fits, expected) = match entry.kind {
            EntryKind::Expiry => (entry.hold == due, due),
            _ if due.is_some() => (false, due),
            EntryKind::Hold => {
                let sane = entry.hold == Some(next) && (1..=MAX_HOLD_MS).contains(&ahead);
                (sane, Some(next))
            }
            EntryKind::Settle if entry.hold.as_ref().is_some_and(lapsed) => (true, None),
            EntryKind::Settle | EntryKind::Release => {
                (ends_at.is_some_and(|end| end > entry.booked_at), None)
            }
            EntryKind::Lapse => (ends_at == Some(entry.occurred_at), None),
            _ => (entry.hold.is_none(), None),
        };
        let lapses = (entry.kind == EntryKind::Hold) == entry.lapses_at.is_some();
        check(fits && lapses, What::Hold, number(expected), number(entry.hold))
    }

    fn check_draws(&self, entry: &Entry, due: &Due) -> Checked {
        for n in 0..entry.draws.len().max(due.draws.len()) {
            let (expected, found) = (due.draws.get(n), entry.draws.get(n));
            check(expected == found, What::Draws, draw_text(expected), draw_text(found))?;
        }
        check(entry.debt == due.debt, What::Debt, due.debt.text(), entry.debt.text())
    }

    /// The order item that an entry is about, as it is after it.
    fn item_after(
        &self,
        entry: &Entry,
        grant: Option<&Grant>,
    ) -> std::result::Result<Option<Item>, Wrong> {
        let known = |id: &str| self.item_at(id).ok().and_then(|at| self.items.get(at));
        let moves = matches!(entry.kind, EntryKind::Reversal | EntryKind::Reinstatement);
        let Some(movement) = &entry.movement else {
            let item = grant.filter(|_| !moves).map(|grant| (grant, &grant.source));
            let Some((grant, Source::OrderItem(id))) = item else { return Ok(None) };
            let mut item = known(id).map_or_else(|| Item::new(id), |item| Item::clone(item));
            let again = |_| Wrong::new(What::Grant, "", number(Some(grant.id)));
            item.grant(grant.kind, grant.amount).map_err(again)?;
            return Ok(Some(item));
        };
        let wrong = |item: Option<&Item>| {
            let next = item.map(|item| u64::from(item.movements) + 1);
            Wrong::new(What::Movement, number(next), number(Some(movement.number.into())))
        };
        let own = known(&movement.item).filter(|_| moves).ok_or_else(|| wrong(None))?;
        let mut item = Item::clone(own);
        let kind_of = |id| {
            let own = self.grant(id).filter(|(grant, _)| grant.is_of_item(&movement.item));
            own.map(|(grant, _)| grant.kind)
        };
        item.absorb(movement, entry, kind_of).map_err(|_| wrong(Some(own)))?;
        Ok(Some(item))
    }

    fn move_hold(&mut self, entry: &Entry) {
        let Some(id) = entry.hold else { return };
        let open = self.hold_at(id);
        match (entry.kind, entry.lapses_at) {
            (EntryKind::Hold, Some(lapses_at)) => {
                let draws = entry.draws.clone();
                self.holds.push(Arc::new(Hold { id, draws, lapses_at }));
                self.last_hold = id;
            }
            (kind, _) if kind.resolves() => {
                open.map(|at| self.holds.remove(at));
                match (kind, self.lapsed.binary_search(&id)) {
                    (EntryKind::Lapse, Err(at)) => self.lapsed.insert(at, id),
                    (EntryKind::Settle, Ok(at)) => drop(self.lapsed.remove(at)),
                    _ => {}
                }
            }
            _ => {}
        }
    }
}
