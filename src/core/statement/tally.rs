//! What making and verifying a statement have in common: the fold, the totals, the seal.

use crate::core::reversal::Item;
use crate::core::statement::canonical::{
    Line, details_line, entry_digest, grant_line, hold_line, item_line, parts_line,
};
use crate::core::statement::fold::{Fold, Wrong};
use crate::core::statement::parts::{Closing, Head, Opening, PoolSum, Total};
use crate::core::{Credits, Digest, Entry, EntryKind, Grant, GrantKind, Hold, Part, digest};
use crate::error::Result;

/// A statement as far as it is known.
///
/// The seal is the digest of all its lines, each with a line feed behind it: head, opening, its
/// grants, holds and items, `entry|digest|details` of each entry, the parts of each grant, closing.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    pub fold: Fold,
    seal: digest::Hasher,
    totals: [Total; EntryKind::ALL.len()],
}

impl Tally {
    pub fn new(head: &Head, opening: &Opening) -> Tally {
        let mut tally = Tally { fold: Fold::new(opening), ..Tally::default() };
        tally.add_line(&head.line());
        tally.add_line(&opening.line());
        tally
    }

    fn add_line(&mut self, line: &str) {
        self.seal.add(line.as_bytes());
        self.seal.add(b"\n");
    }

    pub fn seal(&self) -> Digest {
        self.seal.digest()
    }

    pub fn open_grant(&mut self, grant: Grant, parts: [Credits; 5]) -> Result<()> {
        self.add_line(&grant_line(&grant, &parts));
        self.fold.open_grant(grant, parts)
    }

    pub fn open_hold(&mut self, hold: Hold) -> Result<()> {
        self.add_line(&hold_line(&hold));
        self.fold.open_hold(hold)
    }

    pub fn open_item(&mut self, item: Item) -> Result<()> {
        self.add_line(&item_line(&item));
        self.fold.open_item(item)
    }

    /// Takes in the next entry; answers its digest and that of its details.
    pub fn take(
        &mut self,
        entry: &Entry,
        grant: Option<&Grant>,
    ) -> std::result::Result<(Digest, Digest), Wrong> {
        let used = self.fold.step(entry, grant)?;
        let total = self.totals.iter_mut().zip(EntryKind::ALL).find(|(_, k)| **k == entry.kind);
        if let Some((total, _)) = total {
            total.entries = total.entries.saturating_add(1);
            total.amount = total.amount.checked_add(entry.amount)?;
            total.used = total.used.checked_add(used)?;
            total.waived = total.waived.checked_add(entry.waived)?;
        }
        let digest = entry_digest(self.fold.digest, entry, grant);
        self.fold.digest = digest;
        let details = Digest::of(details_line(digest, entry).as_bytes());
        let mut line = Line::new("entry");
        let line = line.field().digest(digest).field().digest(details).done();
        self.add_line(&line);
        Ok((digest, details))
    }

    /// The grant that is the n-th to be closed, with its parts.
    pub fn parts(&self, n: usize) -> Option<(u64, [Credits; 5])> {
        let (grant, parts) = self.fold.grants.get(n)?;
        Some((grant.id, Part::ALL.map(|part| parts.get(part))))
    }

    pub fn close_grant(&mut self, grant: u64, parts: &[Credits; 5]) {
        self.add_line(&parts_line(grant, parts));
    }

    /// The balances and totals; the seal is whole with them.
    pub fn close(&mut self) -> Result<Closing> {
        let fold = &self.fold;
        let mut pools = [PoolSum::default(); GrantKind::ALL.len()];
        for (grant, parts) in fold.live.iter().filter_map(|at| fold.grants.get(*at)) {
            let own = pools.iter_mut().zip(GrantKind::ALL).find(|(_, kind)| *kind == grant.kind);
            if let Some((pool, _)) = own {
                pool.available = pool.available.checked_add(parts.get(Part::Available))?;
                pool.held = pool.held.checked_add(parts.get(Part::Held))?;
            }
        }
        let closing = Closing {
            seq: fold.seq,
            digest: fold.digest,
            posted: fold.available.checked_add(fold.held)?.checked_sub(fold.debt)?,
            available: fold.available,
            held: fold.held,
            debt: fold.debt,
            pools,
            totals: self.totals,
        };
        self.add_line(&closing.line());
        Ok(closing)
    }
}
