//! The account as its entries say, recomputed one by one.
//!
//! This is not the engine: it never books, it only knows what an entry must be where the entries
//! before it are as they are. So the two check each other.

use std::sync::Arc;

use crate::core::reversal::Item;
use crate::core::statement::parts::Opening;
use crate::core::statement::verdict::What;
use crate::core::{Credits, Digest, Draw, Entry, Grant, Hold, Instant, Part, Parts, Source, burn};
use crate::error::{Code, Error, Result};

/// What an entry has, and what it must have.
pub(super) struct Wrong {
    pub what: What,
    pub expected: String,
    pub found: String,
}

impl Wrong {
    pub fn new(what: What, expected: impl Into<String>, found: impl Into<String>) -> Wrong {
        Wrong { what, expected: expected.into(), found: found.into() }
    }
}

/// A sum that leaves its range.
impl From<Error> for Wrong {
    fn from(error: Error) -> Wrong {
        Wrong::new(What::Amount, "", error.code.as_str())
    }
}

/// Everything that later entries depend on.
#[derive(Clone, Debug, Default)]
pub(super) struct Fold {
    pub seq: u64,
    pub digest: Digest,
    pub last_at: Option<Instant>,
    pub debt: Credits,
    pub available: Credits,
    pub held: Credits,
    /// By id. Those that were spent before the first entry, and that no reversed order item may
    /// give anything back to, are not among them.
    pub grants: Vec<(Grant, Parts)>,
    /// Indices of grants with something available or held, in burn order.
    pub live: Vec<usize>,
    pub last_grant: u64,
    /// The open holds, by id.
    pub holds: Vec<Arc<Hold>>,
    pub last_hold: u64,
    pub lapsed: Vec<u64>,
    /// By id.
    pub items: Vec<Arc<Item>>,
    /// The last grant of a cycle: subscription, cycle, share.
    pub cycle: Option<(u32, u32, u64)>,
    /// What the next entry must expire: the hold that was resolved, and what it gave back of
    /// expired grants.
    pub pending: Option<(u64, Vec<Draw>)>,
}

fn invalid(field: &'static str) -> Error {
    Error::new(Code::SnapshotInvalid, "the opening does not add up").at(field)
}

impl Fold {
    pub fn new(opening: &Opening) -> Fold {
        Fold {
            seq: opening.seq,
            digest: opening.digest,
            last_at: opening.last_at,
            debt: opening.debt,
            last_grant: opening.last_grant,
            last_hold: opening.last_hold,
            lapsed: opening.lapsed.clone(),
            ..Fold::default()
        }
    }

    pub fn open_grant(&mut self, grant: Grant, parts: [Credits; 5]) -> Result<()> {
        let refused = || invalid("opening_grants");
        let after = self.grants.last().is_none_or(|(last, _)| last.id < grant.id);
        let sane = after && (1..=self.last_grant).contains(&grant.id) && is_sane(&grant);
        let parts = Parts::restore(grant.amount, parts).ok().filter(|_| sane);
        let parts = parts.ok_or_else(refused)?;
        self.available = self.available.checked_add(parts.get(Part::Available))?;
        self.held = self.held.checked_add(parts.get(Part::Held))?;
        self.grants.push((grant, parts));
        if is_live(&parts) {
            self.enter(self.grants.len() - 1);
        }
        Ok(())
    }

    pub fn open_hold(&mut self, hold: Hold) -> Result<()> {
        let after = self.holds.last().is_none_or(|last| last.id < hold.id);
        if !after || !(1..=self.last_hold).contains(&hold.id) {
            return Err(invalid("opening_holds"));
        }
        self.holds.push(Arc::new(hold));
        Ok(())
    }

    pub fn open_item(&mut self, item: Item) -> Result<()> {
        if self.items.last().is_some_and(|last| last.id >= item.id) {
            return Err(invalid("opening_items"));
        }
        self.items.push(Arc::new(item));
        Ok(())
    }

    /// What must hold of any account before its first entry here.
    pub fn check_opening(&self) -> Result<()> {
        let mut held = vec![Credits::ZERO; self.grants.len()];
        for draw in self.holds.iter().flat_map(|hold| &hold.draws) {
            let sum = self.place(draw.grant).and_then(|at| held.get_mut(at));
            let sum = sum.ok_or_else(|| invalid("opening_holds"))?;
            *sum = sum.checked_add(draw.amount)?;
            let reserves = (draw.from, draw.to) == (Part::Available, Part::Held);
            if !reserves || !draw.amount.is_positive() {
                return Err(invalid("opening_holds"));
            }
        }
        let all_held = held.into_iter().eq(self.grants.iter().map(|(_, p)| p.get(Part::Held)));
        self.available.checked_add(self.held)?.checked_sub(self.debt)?;
        let sane = all_held
            && self.debt >= Credits::ZERO
            && !(self.debt.is_positive() && self.available.is_positive())
            && self.lapsed.is_sorted_by(|a, b| a < b)
            && self.lapsed.last().is_none_or(|last| *last <= self.last_hold)
            && self.last_grant <= self.seq
            && self.last_hold <= self.seq
            && (self.seq > 0) == self.last_at.is_some();
        let begins = self.debt.is_zero()
            && self.items.is_empty()
            && self.digest == Opening::default().digest;
        if sane && (self.seq > 0 || begins) { Ok(()) } else { Err(invalid("opening")) }
    }

    /// What is left less what is owed; all three are within their range by each step.
    pub fn posted(&self) -> Credits {
        Credits::from_micro(
            self.available.saturating_add(self.held).micro().saturating_sub(self.debt.micro()),
        )
    }

    /// Where a grant with this id is.
    pub fn place(&self, id: u64) -> Option<usize> {
        self.grants.binary_search_by_key(&id, |(grant, _)| grant.id).ok()
    }

    pub fn grant(&self, id: u64) -> Option<&(Grant, Parts)> {
        self.grants.get(self.place(id)?)
    }

    /// The grants whose credits may still be used, or come back when a reversal is undone, by id.
    pub fn returning(&self) -> impl Iterator<Item = &(Grant, Parts)> {
        let mut lenders: Vec<u64> = Vec::new();
        for (lender, _) in self.items.iter().flat_map(|item| &item.lent) {
            if let Err(place) = lenders.binary_search(lender) {
                lenders.insert(place, *lender);
            }
        }
        let took = |at: usize| {
            self.items.get(at).is_some_and(|i| i.own.is_positive() || i.own_bonus.is_positive())
        };
        self.grants.iter().filter(move |(grant, parts)| {
            let own = match &grant.source {
                Source::OrderItem(item) => self.item_at(item).is_ok_and(took),
                _ => false,
            };
            own || is_live(parts) || lenders.binary_search(&grant.id).is_ok()
        })
    }

    pub fn hold_at(&self, id: u64) -> Option<usize> {
        self.holds.binary_search_by_key(&id, |hold| hold.id).ok()
    }

    pub fn item_at(&self, id: &str) -> std::result::Result<usize, usize> {
        self.items.binary_search_by(|item| (*item.id).cmp(id))
    }

    /// Grants with what they have available, in burn order. What is over at this instant, and what
    /// belongs to this order item, is left out.
    pub fn burnable<'a>(
        &'a self,
        at: Instant,
        without: Option<&'a str>,
    ) -> impl Iterator<Item = (u64, Credits)> + 'a {
        let grants = self.live.iter().filter_map(|at| self.grants.get(*at));
        let usable = move |(grant, _): &&(Grant, Parts)| {
            !grant.is_expired(at) && without.is_none_or(|item| !grant.is_of_item(item))
        };
        grants.filter(usable).map(|(grant, parts)| (grant.id, parts.get(Part::Available)))
    }

    /// Books a grant and moves credits, as an entry says whose draws are right.
    pub fn shift(&mut self, entry: &Entry, grant: Option<&Grant>) -> Result<()> {
        if let Some(grant) = grant {
            self.available = self.available.checked_add(grant.amount)?;
            self.last_grant = grant.id;
            self.grants.push((grant.clone(), Parts::new(grant.amount)));
            self.enter(self.grants.len() - 1);
        }
        for Draw { grant, from, to, amount } in &entry.draws {
            let unknown = || Error::new(Code::SnapshotInvalid, "no such grant");
            let at = self.place(*grant).ok_or_else(unknown)?;
            let (_, parts) = self.grants.get_mut(at).ok_or_else(unknown)?;
            parts.shift(*from, *to, *amount)?;
            let spent = !is_live(parts);
            for (part, sum) in
                [(Part::Available, &mut self.available), (Part::Held, &mut self.held)]
            {
                if *from == part {
                    *sum = sum.checked_sub(*amount)?;
                } else if *to == part {
                    *sum = sum.checked_add(*amount)?;
                }
            }
            if spent {
                self.leave(at);
            } else if !from.is_posted() {
                self.leave(at);
                self.enter(at);
            }
        }
        self.debt = self.debt.checked_add(entry.debt)?;
        Ok(())
    }

    /// Puts a grant, by its index, into its place in burn order.
    fn enter(&mut self, new: usize) {
        let place = self.rank(new);
        self.live.insert(place, new);
    }

    fn leave(&mut self, spent: usize) {
        let place = self.rank(spent);
        if self.live.get(place) == Some(&spent) {
            self.live.remove(place);
        }
    }

    fn rank(&self, index: usize) -> usize {
        self.live.partition_point(|at| match (self.grants.get(*at), self.grants.get(index)) {
            (Some((a, _)), Some((b, _))) => burn::compare(a, b).is_lt(),
            _ => false,
        })
    }
}

fn is_live(parts: &Parts) -> bool {
    Part::ALL.iter().any(|part| part.is_posted() && parts.get(*part).is_positive())
}

/// Whether the terms of a grant are within their ranges.
pub(super) fn is_sane(grant: &Grant) -> bool {
    grant.amount.is_positive()
        && grant.amount <= Credits::MAX_MOVEMENT
        && !grant.is_expired(grant.effective_at)
        && !matches!(&grant.source, Source::OrderItem(item) if item.is_empty())
}
