//! From a stored account back to a ledger, with every invariant checked.
//!
//! The snapshot is enough to read a balance. Before anything is booked, all entries are folded
//! again, in slices of any size, and the fold must be the snapshot.

use std::sync::Arc;

use crate::core::ledger::known::Requests;
use crate::core::ledger::request::{check_key, check_note, check_request_id};
use crate::core::ledger::state::index;
use crate::core::ledger::subscription::Subscribed;
use crate::core::ledger::{Ledger, Settings};
use crate::core::{Credits, Draw, Entry, Grant, Hold, Instant, Part, Parts, Source, Zone};
use crate::error::{Code, Error, Result};

/// A stored account without its entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The settings in force.
    pub settings: Settings,
    /// How many entries there are.
    pub entries: u64,
    /// How many writes there were.
    pub version: u64,
    /// When the last entry was booked.
    pub last_at: Option<Instant>,
    /// What is owed.
    pub debt: Credits,
    /// Every grant with its five parts, by id.
    pub grants: Vec<(Grant, [Credits; 5])>,
    /// The open holds, by id.
    pub holds: Vec<Hold>,
    /// How many holds there were.
    pub last_hold: u64,
    /// The subscription.
    pub subscription: Option<Subscribed>,
    /// How many subscriptions there were.
    pub subscriptions: u32,
    /// What was used on the last civil days, by days since 1970, ascending.
    pub days: Vec<(i64, Credits)>,
    /// The zone in which days counted before the last change of it, and until when.
    pub day_zone: Option<(Zone, Instant)>,
}

fn invalid() -> Error {
    Error::new(Code::SnapshotInvalid, "the account does not add up")
}

const MAX_DAYS: usize = 40;

impl Ledger {
    /// Opens a stored account. It answers balances at once, and books as soon as [`Ledger::load`]
    /// has been given all its entries.
    ///
    /// # Errors
    /// `snapshot_invalid` for a snapshot that breaks an invariant, and what the checks of its parts
    /// refuse.
    pub fn open(snapshot: Snapshot) -> Result<Ledger> {
        let mut ledger = Ledger::new(snapshot.settings)?;
        let state = &mut ledger.state;
        for (grant, stored) in snapshot.grants {
            let parts = check_grant(&grant, ledger.grants.len(), stored)?;
            ledger.grants.push(grant);
            state.available = state.available.checked_add(parts.get(Part::Available))?;
            state.held = state.held.checked_add(parts.get(Part::Held))?;
            if Part::ALL.iter().any(|part| part.is_posted() && parts.get(*part).is_positive()) {
                state.enter(ledger.grants.len() - 1, &ledger.grants);
            }
            state.parts.push(parts);
        }
        (state.seq, state.version, state.last_at) =
            (snapshot.entries, snapshot.version, snapshot.last_at);
        (state.debt, state.last_hold) = (snapshot.debt, snapshot.last_hold);
        for hold in snapshot.holds {
            let after_last = state.holds.last().is_none_or(|last| last.id < hold.id);
            if !after_last || !(1..=snapshot.last_hold).contains(&hold.id) {
                return Err(invalid().at("holds"));
            }
            state.holds.push(Arc::new(hold));
        }
        (state.subscription, state.subscriptions) = (snapshot.subscription, snapshot.subscriptions);
        state.days = snapshot.days;
        state.day_zone = snapshot.day_zone.map(|(zone, until)| (Arc::new(zone), until));
        ledger.check()?;
        ledger.state.due_at = ledger.due();
        ledger.loading = Some(Box::default());
        if ledger.missing() == 0 {
            ledger.finish()?;
        }
        Ok(ledger)
    }

    /// The account without its entries, to be stored.
    pub fn snapshot(&self) -> Snapshot {
        let state = &self.state;
        let stored = |parts: &Parts| Part::ALL.map(|part| parts.get(part));
        let grants = self.grants.iter().zip(&state.parts);
        Snapshot {
            settings: Settings::clone(&self.settings),
            entries: state.seq,
            version: state.version,
            last_at: state.last_at,
            debt: state.debt,
            grants: grants.map(|(grant, parts)| (grant.clone(), stored(parts))).collect(),
            holds: state.holds.iter().map(|hold| Hold::clone(hold)).collect(),
            last_hold: state.last_hold,
            subscription: state.subscription.clone(),
            subscriptions: state.subscriptions,
            days: state.days.clone(),
            day_zone: state.day_zone.as_ref().map(|(zone, until)| (Zone::clone(zone), *until)),
        }
    }

    /// Refuses to book while entries are missing: what they know is needed for any write.
    pub(super) fn check_complete(&self) -> Result<()> {
        if self.loading.is_none() {
            return Ok(());
        }
        Err(Error::new(Code::SnapshotInvalid, "not all entries of the account are loaded"))
    }

    /// How many entries are still to be loaded before anything can be booked.
    pub fn missing(&self) -> u64 {
        let loaded = self.loading.as_ref().map(|fold| fold.seq);
        loaded.map_or(0, |seq| self.state.seq.saturating_sub(seq))
    }

    /// Takes in the next slice of entries, each checked; after the last one the account as a whole.
    ///
    /// # Errors
    /// `snapshot_invalid` for an entry that does not follow the one before it or breaks a rule, and
    /// when the sum of all is not what the snapshot says. Nothing can be booked then.
    pub fn load(&mut self, entries: Vec<Entry>) -> Result<()> {
        for entry in entries {
            let Some(fold) = &mut self.loading else { return Err(invalid().at("entries")) };
            let fits = check_texts(&entry)
                .and_then(|()| fold.absorb(&entry, &self.grants))
                .and_then(|()| register(&mut self.requests, &entry));
            fits.map_err(|_| invalid().at("entries"))?;
            self.entries.push(entry);
            if self.missing() == 0 {
                self.finish()?;
            }
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<()> {
        let Some(fold) = &self.loading else { return Ok(()) };
        let (fold, state) = (&**fold, &self.state);
        let same = fold.parts == state.parts
            && (fold.available, fold.held, fold.debt) == (state.available, state.held, state.debt)
            && (fold.last_at, fold.last_hold) == (state.last_at, state.last_hold)
            && fold.holds == state.holds
            && fold.live == state.live;
        if !same {
            return Err(invalid().at("entries"));
        }
        if let Some(fold) = self.loading.take() {
            (self.state.items, self.state.lapsed) = (fold.items, fold.lapsed);
        }
        Ok(())
    }

    /// What must hold of any account, however it came to be.
    fn check(&self) -> Result<()> {
        let state = &self.state;
        state.posted()?;
        let none = Credits::ZERO;
        let mut held = vec![none; state.parts.len()];
        for draw in state.holds.iter().flat_map(|hold| &hold.draws) {
            let sum = index(draw.grant).and_then(|at| held.get_mut(at));
            let sum = sum.ok_or_else(|| invalid().at("holds"))?;
            *sum = sum.checked_add(draw.amount)?;
            let reserves = (draw.from, draw.to) == (Part::Available, Part::Held);
            if !reserves || draw.amount <= none {
                return Err(invalid().at("holds"));
            }
        }
        let all_held = held.into_iter().eq(state.parts.iter().map(|parts| parts.get(Part::Held)));
        let days = state.days.len() <= MAX_DAYS
            && state.days.is_sorted_by(|a, b| a.0 < b.0)
            && state.days.iter().all(|(_, used)| *used >= none);
        let sane = all_held
            && days
            && state.debt >= none
            && !(state.debt.is_positive() && state.available.is_positive())
            && (state.seq > 0) == state.last_at.is_some()
            && state.last_hold <= state.seq
            && self.grants.len() as u64 <= state.seq;
        // Whatever there is came with an entry.
        let empty = state.subscriptions == 0 && state.days.is_empty();
        if !sane || (state.seq == 0 && !empty) {
            return Err(invalid());
        }
        match &state.subscription {
            None => Ok(()),
            Some(subscribed) => self.check_subscription(subscribed),
        }
    }

    fn check_subscription(&self, subscribed: &Subscribed) -> Result<()> {
        let Subscribed { subscription, next_plan, cycles, cycle, .. } = subscribed;
        subscription.validate()?;
        for key in next_plan.iter().chain([&subscription.plan]) {
            self.settings.plan(key)?;
        }
        let movement = Credits::ZERO..=Credits::MAX_MOVEMENT;
        let sane = (*cycles == 0) == cycle.is_none()
            && cycle.is_none_or(|period| {
                period.start_at() >= subscription.started_at && period.start_at() < period.end_at()
            })
            && (1..=self.state.subscriptions).contains(&subscribed.number)
            && movement.contains(&subscribed.allowance)
            && subscribed.unused >= Credits::ZERO;
        if sane { Ok(()) } else { Err(invalid().at("subscription")) }
    }
}

fn check_grant(grant: &Grant, next: usize, stored: [Credits; 5]) -> Result<Parts> {
    let sane = index(grant.id) == Some(next)
        && grant.amount.is_positive()
        && grant.amount <= Credits::MAX_MOVEMENT
        && !grant.is_expired(grant.effective_at);
    if !sane {
        return Err(invalid().at("grants"));
    }
    if let Source::OrderItem(item) = &grant.source {
        check_key(item, "order_item")?;
    }
    Parts::restore(grant.amount, stored)
}

/// Texts and quantities of an entry, which no sum depends on.
fn check_texts(entry: &Entry) -> Result<()> {
    check_note(entry.reference.as_deref(), entry.site.as_deref(), entry.reason.as_deref())?;
    if let Some(usage) = &entry.usage {
        usage.validate()?;
    }
    let positive = |draw: &Draw| draw.amount.is_positive();
    if entry.draws.iter().all(positive) { Ok(()) } else { Err(invalid()) }
}

/// Notes the request that caused an entry. The entries of one request follow each other.
fn register(requests: &mut Requests, entry: &Entry) -> Result<()> {
    let Some(id) = &entry.request else { return Ok(()) };
    check_request_id(id)?;
    let follows = requests.count(id, entry.seq, entry.request_hash);
    if follows { Ok(()) } else { Err(invalid()) }
}
