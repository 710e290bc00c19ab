//! What a statement is made of, in the order in which it is written and read.

use crate::core::statement::canonical::genesis;
use crate::core::{Credits, Digest, Entry, EntryKind, Grant, GrantKind, Instant, Zone};

/// Whose statement it is, and of when. No figure depends on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The account's public id; empty where there is but one.
    pub account: String,
    /// The ledger's time of the statement.
    pub as_of: Instant,
    /// The account's zone: days of the statement are civil days in it.
    pub zone: Zone,
}

/// What the account was before the first entry, beside its grants, holds and order items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The sequence number of the entry before the first; 0 where the statement begins with the
    /// account.
    pub seq: u64,
    /// The digest of that entry; [`genesis`] at 0.
    pub digest: Digest,
    /// When that entry was booked.
    pub last_at: Option<Instant>,
    /// What was owed.
    pub debt: Credits,
    /// The id of the last grant.
    pub last_grant: u64,
    /// The id of the last hold.
    pub last_hold: u64,
    /// Lapsed holds whose work was not recorded, ascending.
    pub lapsed: Vec<u64>,
}

impl Default for Opening {
    /// Before anything happened.
    fn default() -> Opening {
        Opening {
            seq: 0,
            digest: genesis(),
            last_at: None,
            debt: Credits::ZERO,
            last_grant: 0,
            last_hold: 0,
            lapsed: Vec::new(),
        }
    }
}

/// An entry with its proof.
///
/// Of what was measured it has no model tokens, and it has no request id: those are nobody's
/// business but the store's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The entry.
    pub entry: Entry,
    /// The grant that it books.
    pub grant: Option<Grant>,
    /// The digest of the entry, chained over all before it.
    pub digest: Digest,
}

/// What entries of one kind did in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// How many there are.
    pub entries: u64,
    /// The change of the posted sum.
    pub amount: Credits,
    /// What the work cost that they charge.
    pub used: Credits,
    /// What an unlimited plan waived.
    pub waived: Credits,
}

/// What grants of one kind have at the end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PoolSum {
    /// What can be spent.
    pub available: Credits,
    /// What open holds reserve.
    pub held: Credits,
}

/// The balances and totals behind the last entry. They are never trusted: each is recomputed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Closing {
    /// The sequence number of the last entry.
    pub seq: u64,
    /// The digest of the last entry.
    pub digest: Digest,
    /// What is left on the account less what is owed.
    pub posted: Credits,
    /// What can be spent.
    pub available: Credits,
    /// Reserved by open holds.
    pub held: Credits,
    /// Owed.
    pub debt: Credits,
    /// By kind of grant, in the order of [`GrantKind::ALL`].
    pub pools: [PoolSum; GrantKind::ALL.len()],
    /// By kind of entry, in the order of [`EntryKind::ALL`].
    pub totals: [Total; EntryKind::ALL.len()],
}

impl Closing {
    /// What work cost within the statement.
    pub fn used(&self) -> Credits {
        let used = self.totals.iter().map(|total| total.used);
        used.fold(Credits::ZERO, Credits::saturating_add)
    }
}
