//! What an account is at one moment, as the fold of its entries.

use std::sync::Arc;

use crate::core::ledger::subscription::Subscribed;
use crate::core::reversal::Item;
use crate::core::{Credits, Draw, Entry, EntryKind, Grant, Hold, Instant, Part, Parts, Zone, burn};
use crate::error::{Code, Error, Result};

/// Everything that changes. What never changes (grants, entries) stands beside it, so that a copy
/// of this is cheap and enough to undo a write.
#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    /// The sequence number of the last entry.
    pub seq: u64,
    /// How many writes there were.
    pub version: u64,
    /// When the last entry was booked.
    pub last_at: Option<Instant>,
    /// Parts of the grant with id `index + 1`.
    pub parts: Vec<Parts>,
    /// Indices of grants that still have something available or held, in burn order.
    pub live: Vec<usize>,
    /// Sum over all grants.
    pub available: Credits,
    /// Sum over all grants.
    pub held: Credits,
    pub debt: Credits,
    /// The open holds, by id.
    pub holds: Vec<Arc<Hold>>,
    /// The id of the last hold.
    pub last_hold: u64,
    /// Lapsed holds whose work was not recorded since, ascending.
    pub lapsed: Vec<u64>,
    /// What is booked of order items, by id.
    pub items: Vec<Arc<Item>>,
    pub subscription: Option<Subscribed>,
    /// How many subscriptions there were.
    pub subscriptions: u32,
    /// What was used on the last civil days, by day number.
    pub days: Vec<(i64, Credits)>,
    /// The zone in which days counted before the last change of it, and until when.
    pub day_zone: Option<(Arc<Zone>, Instant)>,
    /// No event of time is due before this instant.
    pub due_at: Option<Instant>,
}

/// The account's sums after an entry.
struct Sums {
    available: Credits,
    held: Credits,
    debt: Credits,
    amount: Credits,
}

fn invalid() -> Error {
    Error::new(Code::SnapshotInvalid, "an entry does not fit the account")
}

impl State {
    /// What is left on the account less what is owed.
    pub fn posted(&self) -> Result<Credits> {
        self.available.checked_add(self.held)?.checked_sub(self.debt)
    }

    /// What can be spent.
    pub fn spendable(&self) -> Credits {
        if self.debt.is_positive() { Credits::ZERO } else { self.available }
    }

    /// The parts of a grant.
    pub fn parts_of(&self, grant: u64) -> Parts {
        index(grant).and_then(|at| self.parts.get(at)).copied().unwrap_or_default()
    }

    /// Grants with what they have available, in burn order.
    pub fn burnable(&self) -> impl Iterator<Item = (u64, Credits)> + '_ {
        self.live.iter().map(|at| {
            let available = self.parts.get(*at).map(|parts| parts.get(Part::Available));
            (*at as u64 + 1, available.unwrap_or_default())
        })
    }

    /// The change of the posted sum that an entry makes.
    pub fn amount_of(&self, entry: &Entry, grants: &[Grant]) -> Result<Credits> {
        self.sums_after(entry, grants).map(|sums| sums.amount)
    }

    /// Takes in the next entry, or changes nothing.
    ///
    /// # Errors
    /// `amount_overflow` where a sum leaves 64 bits; `snapshot_invalid` for an entry that breaks a
    /// rule of the ledger, which only a forged log has.
    pub fn absorb(&mut self, entry: &Entry, grants: &[Grant]) -> Result<()> {
        let sums = self.sums_after(entry, grants)?;
        let ordered = self.last_at.is_none_or(|last| last <= entry.booked_at);
        let fits = sums.amount == entry.amount
            && entry.seq == self.seq + 1
            && ordered
            && sums.available >= Credits::ZERO
            && sums.held >= Credits::ZERO
            && sums.debt >= Credits::ZERO
            && !(sums.debt.is_positive() && sums.available.is_positive())
            && entry.waived >= Credits::ZERO
            && (entry.kind.owes() || !entry.debt.is_positive())
            && (entry.kind.grants() || entry.grant.is_none())
            && entry.draws.iter().all(|draw| entry.kind.moves(draw.from, draw.to))
            && (entry.kind != EntryKind::Reinstatement
                || entry.movement.is_some()
                || entry.draws.is_empty())
            && self.hold_fits(entry);
        if !fits {
            return Err(invalid());
        }
        let item = self.item_after(entry, grants)?;
        self.shift(entry, grants)?;
        (self.available, self.held, self.debt) = (sums.available, sums.held, sums.debt);
        (self.seq, self.last_at) = (entry.seq, Some(entry.booked_at));
        if let Some(item) = item {
            self.set_item(item);
        }
        self.resolve(entry);
        Ok(())
    }

    fn sums_after(&self, entry: &Entry, grants: &[Grant]) -> Result<Sums> {
        let (mut available, mut held) = (self.available, self.held);
        if let Some(grant) = booked_grant(entry, grants, self.parts.len())? {
            available = available.checked_add(grant.amount)?;
        }
        for draw in &entry.draws {
            for (part, sum) in [(Part::Available, &mut available), (Part::Held, &mut held)] {
                if draw.from == part {
                    *sum = sum.checked_sub(draw.amount)?;
                } else if draw.to == part {
                    *sum = sum.checked_add(draw.amount)?;
                }
            }
        }
        let debt = self.debt.checked_add(entry.debt)?;
        let before = self.available.checked_add(self.held)?;
        let after = available.checked_add(held)?;
        let amount = after.checked_sub(before)?.checked_sub(entry.debt)?;
        Ok(Sums { available, held, debt, amount })
    }

    /// Moves credits between parts. On failure what was moved is moved back.
    fn shift(&mut self, entry: &Entry, grants: &[Grant]) -> Result<()> {
        if let Some(grant) = booked_grant(entry, grants, self.parts.len())? {
            self.parts.push(Parts::new(grant.amount));
        }
        for (done, draw) in entry.draws.iter().enumerate() {
            if let Err(error) = self.shift_one(draw.grant, draw.from, draw.to, draw.amount) {
                for undo in entry.draws.iter().take(done) {
                    // It was moved there just now, so it can be moved back.
                    let _ = self.shift_one(undo.grant, undo.to, undo.from, undo.amount);
                }
                self.parts.truncate(self.parts.len() - usize::from(entry.grant.is_some()));
                return Err(error);
            }
        }
        if entry.grant.is_some() {
            self.enter(self.parts.len() - 1, grants);
        }
        for draw in entry.draws.iter().filter(|draw| !draw.from.is_posted()) {
            // It was spent, so it may have left its place.
            if let Some(at) = index(draw.grant).filter(|at| !self.live.contains(at)) {
                self.enter(at, grants);
            }
        }
        self.drop_spent(&entry.draws);
        Ok(())
    }

    /// Puts a grant, by its index, into its place in burn order.
    pub fn enter(&mut self, new: usize, grants: &[Grant]) {
        let earlier = |at: &usize| match (grants.get(*at), grants.get(new)) {
            (Some(a), Some(b)) => burn::compare(a, b).is_lt(),
            _ => false,
        };
        self.live.insert(self.live.partition_point(earlier), new);
    }

    fn shift_one(&mut self, grant: u64, from: Part, to: Part, amount: Credits) -> Result<()> {
        let parts = index(grant).and_then(|at| self.parts.get_mut(at)).ok_or_else(invalid)?;
        parts.shift(from, to, amount)
    }

    fn drop_spent(&mut self, draws: &[Draw]) {
        for draw in draws {
            let parts = self.parts_of(draw.grant);
            if Part::ALL.iter().all(|part| !part.is_posted() || parts.get(*part).is_zero()) {
                // What is drawn from stands at the front, so this looks at few.
                let at = self.live.iter().position(|at| Some(*at) == index(draw.grant));
                at.map(|at| self.live.remove(at));
            }
        }
    }

    fn hold_fits(&self, entry: &Entry) -> bool {
        let Some(id) = entry.hold else {
            return entry.kind != EntryKind::Hold && !entry.kind.resolves();
        };
        match entry.kind {
            EntryKind::Hold => id == self.last_hold + 1 && entry.lapses_at.is_some(),
            EntryKind::Settle => {
                self.open_hold(id).is_some() || self.lapsed.binary_search(&id).is_ok()
            }
            EntryKind::Release | EntryKind::Lapse => self.open_hold(id).is_some(),
            kind => kind == EntryKind::Expiry,
        }
    }

    fn resolve(&mut self, entry: &Entry) {
        let Some(id) = entry.hold else { return };
        match (entry.kind, entry.lapses_at) {
            (EntryKind::Hold, Some(lapses_at)) => {
                let draws = entry.draws.clone();
                // Ids count, so the last is the highest.
                self.holds.push(Arc::new(Hold { id, draws, lapses_at }));
                self.last_hold = id;
            }
            (EntryKind::Settle | EntryKind::Release, _) => {
                self.close_hold(id);
                let place = self.lapsed.binary_search(&id);
                place.map(|at| self.lapsed.remove(at)).ok();
            }
            (EntryKind::Lapse, _) => {
                self.close_hold(id);
                let place = self.lapsed.binary_search(&id);
                place.map_err(|at| self.lapsed.insert(at, id)).ok();
            }
            _ => {}
        }
    }

    /// The hold with this id while it is open.
    pub fn open_hold(&self, id: u64) -> Option<&Arc<Hold>> {
        self.holds.get(self.hold_at(id).ok()?)
    }

    fn close_hold(&mut self, id: u64) {
        self.hold_at(id).map(|at| self.holds.remove(at)).ok();
    }

    fn hold_at(&self, id: u64) -> std::result::Result<usize, usize> {
        self.holds.binary_search_by_key(&id, |hold| hold.id)
    }

    /// What is booked of an order item.
    pub fn item(&self, id: &str) -> Option<&Item> {
        self.items.get(self.item_at(id).ok()?).map(|item| &**item)
    }

    fn set_item(&mut self, item: Item) {
        let place = self.item_at(&item.id);
        if let Ok(at) = place {
            self.items.remove(at);
        }
        let (Ok(at) | Err(at)) = place;
        self.items.insert(at, Arc::new(item));
    }

    fn item_at(&self, id: &str) -> std::result::Result<usize, usize> {
        self.items.binary_search_by(|item| (*item.id).cmp(id))
    }

    /// The order item that an entry is about, as it is after it.
    fn item_after(&self, entry: &Entry, grants: &[Grant]) -> Result<Option<Item>> {
        use crate::core::Source;
        if let Some(movement) = &entry.movement {
            let mut item = self.item(&movement.item).cloned().ok_or_else(invalid)?;
            let own = |grant: &&Grant| grant.is_of_item(&movement.item);
            item.absorb(movement, entry, |id| {
                index(id).and_then(|at| grants.get(at)).filter(own).map(|grant| grant.kind)
            })?;
            return Ok(Some(item));
        }
        let Some(grant) = booked_grant(entry, grants, self.parts.len())? else { return Ok(None) };
        let Source::OrderItem(id) = &grant.source else { return Ok(None) };
        let mut item = self.item(id).cloned().unwrap_or_else(|| Item::new(id));
        item.grant(grant.kind, grant.amount)?;
        Ok(Some(item))
    }
}

/// Where the parts of the grant with this id are.
pub(crate) fn index(grant: u64) -> Option<usize> {
    usize::try_from(grant).ok()?.checked_sub(1)
}

/// The grant that an entry books, which is the next one.
fn booked_grant<'a>(entry: &Entry, grants: &'a [Grant], next: usize) -> Result<Option<&'a Grant>> {
    match entry.grant {
        None => Ok(None),
        Some(id) if index(id) == Some(next) => grants.get(next).map(Some).ok_or_else(invalid),
        Some(_) => Err(invalid()),
    }
}
