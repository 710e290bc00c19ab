//! What making and verifying a statement have in common: the fold and the totals.

use crate::core::statement::canonical::entry_digest;
use crate::core::statement::fold::{Fold, Wrong};
use crate::core::statement::parts::{Closing, Opening, PoolSum, Total};
use crate::core::{Credits, Digest, Entry, EntryKind, Grant, GrantKind, Part};
use crate::error::Result;

/// A statement as far as it is known.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    pub fold: Fold,
    totals: [Total; EntryKind::ALL.len()],
}

impl Tally {
    pub fn new(opening: &Opening) -> Tally {
        Tally { fold: Fold::new(opening), ..Tally::default() }
    }

    /// Takes in the next entry; answers its digest.
    pub fn take(
        &mut self,
        entry: &Entry,
        grant: Option<&Grant>,
    ) -> std::result::Result<Digest, Wrong> {
        let used = self.fold.step(entry, grant)?;
        let total = self.totals.iter_mut().zip(EntryKind::ALL).find(|(_, k)| **k == entry.kind);
        if let Some((total, _)) = total {
            total.entries = total.entries.saturating_add(1);
            total.amount = total.amount.checked_add(entry.amount)?;
            total.used = total.used.checked_add(used)?;
            total.waived = total.waived.checked_add(entry.waived)?;
        }
        self.fold.digest = entry_digest(self.fold.digest, entry, grant);
        Ok(self.fold.digest)
    }

    /// The grant that is the n-th to be closed, with its parts.
    pub fn parts(&self, n: usize) -> Option<(u64, [Credits; 5])> {
        let (grant, parts) = self.fold.grants.get(n)?;
        Some((grant.id, Part::ALL.map(|part| parts.get(part))))
    }

    /// The balances and totals.
    pub fn close(&self) -> Result<Closing> {
        let fold = &self.fold;
        let mut pools = [PoolSum::default(); GrantKind::ALL.len()];
        for (grant, parts) in fold.live.iter().filter_map(|at| fold.grants.get(*at)) {
            let own = pools.iter_mut().zip(GrantKind::ALL).find(|(_, kind)| *kind == grant.kind);
            if let Some((pool, _)) = own {
                pool.available = pool.available.checked_add(parts.get(Part::Available))?;
                pool.held = pool.held.checked_add(parts.get(Part::Held))?;
            }
        }
        Ok(Closing {
            seq: fold.seq,
            digest: fold.digest,
            posted: fold.posted(),
            available: fold.available,
            held: fold.held,
            debt: fold.debt,
            pools,
            totals: self.totals,
        })
    }
}
