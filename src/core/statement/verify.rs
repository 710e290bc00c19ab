//! Verification: every figure of a statement is recomputed, in slices of any size.

use crate::core::reversal::Item;
use crate::core::statement::canonical::Line;
use crate::core::statement::fold::Wrong;
use crate::core::statement::parts::{Closing, Opening, Row};
use crate::core::statement::tally::Tally;
use crate::core::statement::verdict::{Difference, Matches, Place, Verdict, What};
use crate::core::{Credits, Grant, Hold};
use crate::error::Result;

/// A verification under way. It is given the statement from its head to its closing, and keeps the
/// first difference; what comes behind one is not looked at.
#[derive(Clone, Debug)]
pub struct Verifier {
    tally: Tally,
    first: u64,
    closed: usize,
    used: Credits,
    difference: Option<Box<Difference>>,
}

impl Verifier {
    /// Begins with the opening. Its grants, holds and items follow, then [`Verifier::opened`], the
    /// entries, the parts of the grants, [`Verifier::close`], and the verdict.
    pub fn new(opening: &Opening) -> Verifier {
        Verifier {
            tally: Tally::new(opening),
            first: opening.seq.saturating_add(1),
            closed: 0,
            used: Credits::ZERO,
            difference: None,
        }
    }

    /// A grant that was there before the first entry, with its five parts. They come by their ids.
    ///
    /// # Errors
    /// `snapshot_invalid` where it does not add up.
    pub fn open_grant(&mut self, grant: Grant, parts: [Credits; 5]) -> Result<()> {
        self.tally.fold.open_grant(grant, parts)
    }

    /// A hold that was open before the first entry. They come by their ids.
    ///
    /// # Errors
    /// `snapshot_invalid` where it is not the next one.
    pub fn open_hold(&mut self, hold: Hold) -> Result<()> {
        self.tally.fold.open_hold(hold)
    }

    /// An order item as it was before the first entry. They come by their ids.
    ///
    /// # Errors
    /// `snapshot_invalid` where it is not the next one.
    pub fn open_item(&mut self, item: Item) -> Result<()> {
        self.tally.fold.open_item(item)
    }

    /// The opening is whole.
    ///
    /// # Errors
    /// `snapshot_invalid` where the opening as a whole does not add up.
    pub fn opened(&mut self) -> Result<()> {
        self.tally.fold.check_opening()
    }

    /// Recomputes the next entries.
    pub fn feed(&mut self, rows: &[Row]) {
        for row in rows {
            if self.difference.is_some() {
                return;
            }
            self.feed_one(row);
        }
    }

    /// Where the next entry belongs, whatever number it gives itself.
    pub fn next_place(&self) -> Place {
        Place::Entry(self.tally.fold.seq.saturating_add(1))
    }

    fn feed_one(&mut self, row: &Row) {
        let place = self.next_place();
        match self.tally.take(&row.entry, row.grant.as_ref()) {
            Ok(due) => self.compare(place, What::Digest, due.text(), row.digest.text()),
            Err(wrong) => self.differs(place, wrong),
        }
    }

    /// Notes a difference unless both are the same; for what only who reads the text can compute.
    pub fn compare(&mut self, place: Place, what: What, expected: String, found: String) {
        if expected != found {
            self.differs(place, Wrong { what, expected, found });
        }
    }

    fn differs(&mut self, place: Place, wrong: Wrong) {
        let Wrong { what, expected, found } = wrong;
        let new = || Box::new(Difference { place, what, expected, found });
        self.difference.get_or_insert_with(new);
    }

    /// Compares the closing parts of the next grant. They come by their ids: those of the opening,
    /// and those that were booked since.
    pub fn close_grant(&mut self, grant: u64, parts: &[Credits; 5]) {
        if self.difference.is_some() {
            return;
        }
        let due = self.tally.parts(self.closed);
        let place = Place::Grant(due.map_or(grant, |(id, _)| id));
        self.closed += 1;
        let text = |id: u64, parts: &[Credits; 5]| Line::default().number(id).amounts(parts).done();
        let expected = due.map(|(id, parts)| text(id, &parts)).unwrap_or_default();
        self.compare(place, What::Parts, expected, text(grant, parts));
    }

    /// How many entries were recomputed so far.
    pub fn entries(&self) -> u64 {
        self.tally.fold.seq.saturating_add(1).saturating_sub(self.first)
    }

    /// The first difference so far.
    pub fn difference(&self) -> Option<&Difference> {
        self.difference.as_deref()
    }

    /// Compares the closing balances and totals.
    pub fn close(&mut self, closing: &Closing) {
        if self.difference.is_some() {
            return;
        }
        match self.check_closing(closing) {
            Ok(()) => self.used = closing.used(),
            Err(wrong) => self.differs(Place::Closing, wrong),
        }
    }

    /// What is to be said of the statement, behind its closing.
    pub fn verdict(&self) -> Verdict {
        let due = &self.tally.fold;
        match &self.difference {
            Some(difference) => Verdict::Differs(Difference::clone(difference)),
            None => Verdict::Matches(Matches {
                first: self.first,
                entries: due.seq.saturating_add(1).saturating_sub(self.first),
                posted: due.posted(),
                available: due.available,
                held: due.held,
                debt: due.debt,
                used: self.used,
                digest: due.digest,
            }),
        }
    }

    fn check_closing(&self, found: &Closing) -> std::result::Result<(), Wrong> {
        let number = |number: u64| Line::default().number(number).done();
        let same = |what, expected: String, found: String| {
            if expected == found { Ok(()) } else { Err(Wrong { what, expected, found }) }
        };
        // What a hold gave back of an expired grant is not booked yet: an entry is missing.
        let fold = &self.tally.fold;
        let next = fold.seq.saturating_add(u64::from(fold.pending.is_some()));
        same(What::Sequence, number(next), number(found.seq))?;
        let missing = self.tally.parts(self.closed).map(|(id, _)| number(id));
        same(What::Parts, missing.unwrap_or_default(), String::new())?;
        let due = self.tally.close()?;
        same(What::Digest, due.digest.text(), found.digest.text())?;
        same(What::Posted, due.posted.text(), found.posted.text())?;
        same(What::Available, due.available.text(), found.available.text())?;
        same(What::Held, due.held.text(), found.held.text())?;
        same(What::Debt, due.debt.text(), found.debt.text())?;
        for (due, found) in due.pools.iter().zip(&found.pools) {
            same(What::Pools, due.available.text(), found.available.text())?;
            same(What::Pools, due.held.text(), found.held.text())?;
        }
        for (due, found) in due.totals.iter().zip(&found.totals) {
            same(What::Totals, number(due.entries), number(found.entries))?;
            same(What::Totals, due.amount.text(), found.amount.text())?;
            same(What::Totals, due.used.text(), found.used.text())?;
            same(What::Totals, due.waived.text(), found.waived.text())?;
        }
        Ok(())
    }
}
