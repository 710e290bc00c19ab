//! Holds: reserve, settle, release, lapse.

use std::sync::Arc;

use crate::core::hold::{MAX_HOLD_MS, MAX_OPEN_HOLDS};
use crate::core::ledger::book::{Stamp, add_draw};
use crate::core::ledger::command::Charge;
use crate::core::ledger::spend::occurrence;
use crate::core::ledger::state::index;
use crate::core::ledger::{Ledger, Refused};
use crate::core::{Credits, Draw, Entry, EntryKind, Hold, Instant, Mode, Part};
use crate::error::{Code, Error, Result};

fn lapsed() -> Error {
    Error::new(Code::HoldLapsed, "the hold's time ran out")
}

impl Ledger {
    pub(super) fn hold(
        &mut self,
        mode: Mode,
        charge: Charge,
        duration_ms: i64,
        stamp: &mut Stamp,
    ) -> Result<Option<Refused>> {
        if !(1..=MAX_HOLD_MS).contains(&duration_ms) {
            let message = "credits are held for 1 ms to 7 days";
            return Err(Error::new(Code::FieldInvalid, message).at("duration_ms"));
        }
        if self.state.holds.len() >= MAX_OPEN_HOLDS {
            return Err(Error::new(Code::TooManyHolds, "1,000 holds of the account are open"));
        }
        let lapses_at = stamp.now.plus_ms(duration_ms)?;
        let mut entry = Entry::new(EntryKind::Hold, stamp.now);
        let amount = self.price(&mut entry, charge, mode, stamp)?;
        if !self.is_unlimited(stamp.now) {
            let refused = self.cover(&mut entry, amount, mode, Part::Held)?;
            if refused.is_some() {
                return Ok(refused);
            }
        }
        (entry.hold, entry.lapses_at) = (Some(self.state.last_hold + 1), Some(lapses_at));
        self.post(entry, stamp)?;
        self.state.due_at = self.state.due_at.map_or(Some(lapses_at), |at| Some(at.min(lapses_at)));
        Ok(None)
    }

    pub(super) fn settle(
        &mut self,
        id: u64,
        mode: Mode,
        charge: Charge,
        occurred_at: Option<Instant>,
        stamp: &mut Stamp,
    ) -> Result<Option<Refused>> {
        let open = self.unresolved(id)?;
        if open.is_none() && mode == Mode::Strict {
            return Err(lapsed().at("hold"));
        }
        let mut entry = Entry::new(EntryKind::Settle, occurrence(occurred_at, stamp.now)?);
        entry.hold = Some(id);
        let mut cost = self.price(&mut entry, charge, mode, stamp)?;
        if self.is_unlimited(stamp.now) {
            (entry.waived, cost) = (cost, Credits::ZERO);
        }
        let (mut rest, mut expired) = (cost, Vec::new());
        for draw in open.iter().flat_map(|hold| &hold.draws) {
            let charged = draw.amount.min(rest);
            rest = rest.checked_sub(charged)?;
            let grant = draw.grant;
            let charge = Draw { grant, from: Part::Held, to: Part::Consumed, amount: charged };
            add_draw(&mut entry, charge);
            let back = draw.amount.checked_sub(charged)?;
            self.give_back(&mut entry, grant, back, stamp.now, &mut expired)?;
        }
        if rest.is_positive() {
            let refused = self.cover(&mut entry, rest, mode, Part::Consumed)?;
            if refused.is_some() {
                return Ok(refused);
            }
        }
        self.post_cost(entry, cost, stamp)?;
        self.expire_held(id, expired, stamp.now, stamp)?;
        let grants = open.iter().flat_map(|hold| &hold.draws).map(|draw| draw.grant).collect();
        self.even_out(grants, stamp.now, stamp)?;
        Ok(None)
    }

    pub(super) fn release(&mut self, id: u64, stamp: &mut Stamp) -> Result<()> {
        let open = self.unresolved(id)?.ok_or_else(|| lapsed().at("hold"))?;
        self.give_all_back(EntryKind::Release, &open, stamp.now, stamp)
    }

    /// Gives a hold back whose time ran out at this instant.
    pub(super) fn lapse(&mut self, id: u64, as_of: Instant, stamp: &mut Stamp) -> Result<()> {
        let open = self.unresolved(id)?.ok_or_else(lapsed)?;
        self.give_all_back(EntryKind::Lapse, &open, as_of, stamp)
    }

    fn give_all_back(
        &mut self,
        kind: EntryKind,
        hold: &Hold,
        as_of: Instant,
        stamp: &mut Stamp,
    ) -> Result<()> {
        let mut entry = Entry::new(kind, as_of);
        entry.hold = Some(hold.id);
        let mut expired = Vec::new();
        for draw in &hold.draws {
            self.give_back(&mut entry, draw.grant, draw.amount, as_of, &mut expired)?;
        }
        self.post(entry, stamp)?;
        self.expire_held(hold.id, expired, as_of, stamp)?;
        let grants = hold.draws.iter().map(|draw| draw.grant).collect();
        self.even_out(grants, as_of, stamp)
    }

    /// Gives held credits back to their grant: debt first, the rest is available. Of a grant that
    /// is expired nothing is available any more, so it repays nothing.
    fn give_back(
        &self,
        entry: &mut Entry,
        grant: u64,
        amount: Credits,
        as_of: Instant,
        expired: &mut Vec<Draw>,
    ) -> Result<()> {
        let is_over = |at: usize| self.grants.get(at).is_some_and(|grant| grant.is_expired(as_of));
        if index(grant).is_some_and(is_over) {
            if amount.is_positive() {
                expired.push(Draw { grant, from: Part::Held, to: Part::Expired, amount });
            }
            return Ok(());
        }
        let left = self.repay(entry, grant, Part::Held, amount)?;
        add_draw(entry, Draw { grant, from: Part::Held, to: Part::Available, amount: left });
        Ok(())
    }

    fn expire_held(
        &mut self,
        hold: u64,
        draws: Vec<Draw>,
        as_of: Instant,
        stamp: &mut Stamp,
    ) -> Result<()> {
        if draws.is_empty() {
            return Ok(());
        }
        let mut entry = Entry::new(EntryKind::Expiry, as_of);
        (entry.hold, entry.draws) = (Some(hold), draws);
        self.post(entry, stamp)
    }

    /// The hold while it is open; none when it lapsed and its work was not recorded since.
    fn unresolved(&self, id: u64) -> Result<Option<Arc<Hold>>> {
        if let Some(hold) = self.state.open_hold(id) {
            return Ok(Some(Arc::clone(hold)));
        }
        if self.state.lapsed.binary_search(&id).is_ok() {
            return Ok(None);
        }
        let error = if (1..=self.state.last_hold).contains(&id) {
            Error::new(Code::HoldResolved, "the hold was settled or released before")
        } else {
            Error::new(Code::NotFound, "no such hold")
        };
        Err(error.at("hold"))
    }
}
