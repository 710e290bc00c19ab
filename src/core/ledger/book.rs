//! Writing entries: the one way in which an account changes.

use std::sync::Arc;

use crate::core::digest::Digest;
use crate::core::ledger::command::Note;
use crate::core::ledger::{Ledger, Refused};
use crate::core::{Credits, Draw, Entry, EntryKind, Grant, Instant, Mode, Part, burn};
use crate::error::{Code, Result};

/// Who writes, and when.
pub(super) struct Stamp {
    pub now: Instant,
    /// None for what time alone does.
    pub request: Option<Arc<str>>,
    pub hash: Digest,
    /// Stands on every entry of the request; its reason on those of the first one's kind.
    pub note: Note,
    /// The kind of the first entry.
    pub kind: Option<EntryKind>,
}

impl Stamp {
    /// For what time alone does.
    #[inline(never)]
    pub fn of_time(now: Instant) -> Stamp {
        Stamp { now, request: None, hash: Digest::default(), note: Note::default(), kind: None }
    }
}

impl Ledger {
    /// Appends an entry: taken in as a whole, or not at all.
    pub(super) fn post(&mut self, mut entry: Entry, stamp: &mut Stamp) -> Result<()> {
        entry.seq = self.state.seq + 1;
        entry.booked_at = stamp.now;
        entry.request.clone_from(&stamp.request);
        entry.request_hash = stamp.hash;
        entry.amount = self.state.amount_of(&entry, &self.grants)?;
        let (note, first) = (&stamp.note, stamp.kind.is_none());
        // What a request starts names its plan itself.
        if first || entry.reference.is_none() {
            entry.reference = note.reference.clone().or(entry.reference);
        }
        entry.site.clone_from(&note.site);
        // Why it was done says nothing of what time or a reversal does with it then.
        if *stamp.kind.get_or_insert(entry.kind) == entry.kind {
            entry.reason = note.reason.clone().or(entry.reason);
        }
        self.state.absorb(&entry, &self.grants)?;
        self.entries.push(entry);
        Ok(())
    }

    /// Books a grant by an entry of its own. Debt is repaid from it first, and what can't be used
    /// any more expires at once. The grant's id is given here.
    pub(super) fn book_grant(
        &mut self,
        mut entry: Entry,
        mut grant: Grant,
        stamp: &mut Stamp,
    ) -> Result<()> {
        let as_of = entry.occurred_at;
        grant.id = self.grants.len() as u64 + 1;
        let (id, over) = (grant.id, grant.is_expired(as_of));
        entry.grant = Some(id);
        self.repay(&mut entry, id, Part::Available, grant.amount)?;
        self.grants.push(grant);
        let booked = self.post(entry, stamp);
        if booked.is_err() {
            self.grants.pop();
        }
        booked?;
        if over { self.expire(id, as_of, stamp) } else { Ok(()) }
    }

    /// Books what a grant still has available as expired.
    #[inline(never)]
    pub(super) fn expire(&mut self, grant: u64, as_of: Instant, stamp: &mut Stamp) -> Result<()> {
        let amount = self.state.parts_of(grant).get(Part::Available);
        if !amount.is_positive() {
            return Ok(());
        }
        let mut entry = Entry::new(EntryKind::Expiry, as_of);
        entry.draws.push(Draw { grant, from: Part::Available, to: Part::Expired, amount });
        self.post(entry, stamp)
    }

    /// Pays debt from credits in some part of a grant; answers what is left of them there.
    pub(super) fn repay(
        &self,
        entry: &mut Entry,
        grant: u64,
        from: Part,
        amount: Credits,
    ) -> Result<Credits> {
        let owed = self.state.debt.checked_add(entry.debt)?;
        let paid = amount.min(owed).max(Credits::ZERO);
        if paid.is_positive() {
            entry.debt = entry.debt.checked_sub(paid)?;
            add_draw(entry, Draw { grant, from, to: Part::Consumed, amount: paid });
        }
        amount.checked_sub(paid)
    }

    /// Draws an amount in burn order. What is not covered is refused, or debt, by the mode.
    pub(super) fn cover(
        &self,
        entry: &mut Entry,
        amount: Credits,
        mode: Mode,
        to: Part,
    ) -> Result<Option<Refused>> {
        if mode == Mode::Strict && self.state.spendable() < amount {
            return self.short(amount).map(Some);
        }
        let (draws, rest) = burn::draw(&mut self.state.burnable(), amount, to);
        draws.into_iter().for_each(|draw| add_draw(entry, draw));
        if to == Part::Consumed {
            entry.debt = entry.debt.checked_add(rest)?;
        }
        Ok(None)
    }

    /// The refusal of an amount that is not covered.
    pub(super) fn short(&self, amount: Credits) -> Result<Refused> {
        let missing = amount.checked_sub(self.state.spendable())?;
        let short_by = missing.checked_add(self.state.debt)?;
        Ok(Refused { reason: Code::InsufficientCredits, short_by })
    }
}

/// Adds a draw to an entry, to the one before where both say the same.
pub(super) fn add_draw(entry: &mut Entry, draw: Draw) {
    if !draw.amount.is_positive() {
        return;
    }
    match entry.draws.last_mut() {
        Some(last) if (last.grant, last.from, last.to) == (draw.grant, draw.from, draw.to) => {
            last.amount = Credits::from_micro(last.amount.micro() + draw.amount.micro());
        }
        _ => entry.draws.push(draw),
    }
}
