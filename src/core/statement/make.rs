//! Making a statement from the entries of a ledger.

use crate::core::reversal::Item;
use crate::core::statement::fold::Wrong;
use crate::core::statement::parts::{Closing, Opening, Row};
use crate::core::statement::tally::Tally;
use crate::core::{Credits, Digest, Entry, Grant, Hold, Part};
use crate::error::{Code, Error, Result};

/// A statement in the making. Every entry of the account goes through it, from the first: those
/// before the statement by [`Maker::skip`], those within by [`Maker::row`]. It recomputes what it
/// writes, so a ledger that does not add up gives no statement.
#[derive(Clone, Debug)]
pub struct Maker {
    tally: Tally,
    closed: usize,
}

/// What the account was before the first entry of a statement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opened {
    /// The figures.
    pub opening: Opening,
    /// The grants with something left, by id, with their five parts.
    pub grants: Vec<(Grant, [Credits; 5])>,
    /// The open holds, by id.
    pub holds: Vec<Hold>,
    /// The order items, by id.
    pub items: Vec<Item>,
}

fn invalid() -> Error {
    Error::new(Code::SnapshotInvalid, "the entries of the account do not add up").at("entries")
}

/// Why an entry was not taken in: a sum of all entries of a kind may be too large for a statement,
/// though the account adds up.
fn refused(wrong: Wrong) -> Error {
    if wrong.found == Code::AmountOverflow.as_str() {
        Error::new(Code::AmountOverflow, "a sum of entries is too large for a statement")
    } else {
        invalid()
    }
}

/// Begins where the account does.
impl Default for Maker {
    fn default() -> Maker {
        Maker { tally: Tally::new(&Opening::default()), closed: 0 }
    }
}

impl Maker {
    /// Takes in an entry that is before the statement.
    ///
    /// # Errors
    /// `snapshot_invalid` for an entry that does not follow from those before it;
    /// `amount_overflow` where the entries of one kind add up to more than 64 bits.
    pub fn skip(&mut self, entry: &Entry, grants: &[Grant]) -> Result<()> {
        self.tally.take(entry, booked(entry, grants)).map(|_| ()).map_err(refused)
    }

    /// Whether the next entry belongs to the last one: no statement begins between the two.
    pub fn is_between(&self) -> bool {
        self.tally.fold.pending.is_some()
    }

    /// The statement begins here.
    ///
    /// # Errors
    /// `snapshot_invalid` between two entries of one request that belong together.
    pub fn open(&mut self) -> Result<Opened> {
        let fold = &self.tally.fold;
        if self.is_between() {
            return Err(invalid());
        }
        let opening = Opening {
            seq: fold.seq,
            digest: fold.digest,
            last_at: fold.last_at,
            debt: fold.debt,
            last_grant: fold.last_grant,
            last_hold: fold.last_hold,
            lapsed: fold.lapsed.clone(),
        };
        let grants = fold
            .returning()
            .map(|(grant, parts)| (grant.clone(), Part::ALL.map(|part| parts.get(part))));
        let opened = Opened {
            opening,
            grants: grants.collect(),
            holds: fold.holds.iter().map(|hold| Hold::clone(hold)).collect(),
            items: fold.items.iter().map(|item| Item::clone(item)).collect(),
        };
        let mut tally = Tally::new(&opened.opening);
        for (grant, parts) in &opened.grants {
            tally.fold.open_grant(grant.clone(), *parts)?;
        }
        for hold in &opened.holds {
            tally.fold.open_hold(hold.clone())?;
        }
        for item in &opened.items {
            tally.fold.open_item(item.clone())?;
        }
        tally.fold.cycle = fold.cycle;
        self.tally = tally;
        Ok(opened)
    }

    /// The next entry, with its proof and without what is nobody's business but the store's: model
    /// tokens, request ids.
    ///
    /// # Errors
    /// `snapshot_invalid` for an entry that does not follow from those before it;
    /// `amount_overflow` where the entries of one kind add up to more than 64 bits.
    pub fn row(&mut self, entry: &Entry, grants: &[Grant]) -> Result<Row> {
        let grant = booked(entry, grants);
        let mut entry = entry.clone();
        (entry.request, entry.request_hash) = (None, Digest::default());
        if let Some(usage) = &mut entry.usage {
            (usage.input_tokens, usage.output_tokens) = (0, 0);
        }
        let digest = self.tally.take(&entry, grant).map_err(refused)?;
        Ok(Row { entry, grant: grant.cloned(), digest })
    }

    /// The closing parts of the next grant; none behind the last.
    pub fn parts(&mut self) -> Option<(u64, [Credits; 5])> {
        let (grant, parts) = self.tally.parts(self.closed)?;
        self.closed += 1;
        Some((grant, parts))
    }

    /// The closing balances and totals.
    ///
    /// # Errors
    /// `amount_overflow` where a sum leaves 64 bits.
    pub fn close(&self) -> Result<Closing> {
        self.tally.close()
    }
}

/// The grant that an entry books.
fn booked<'a>(entry: &Entry, grants: &'a [Grant]) -> Option<&'a Grant> {
    let place = usize::try_from(entry.grant?).ok()?.checked_sub(1)?;
    grants.get(place)
}
