//! Entries: the immutable rows of a ledger.
//!
//! Every change of an account is an entry, and nothing else changes it: what each grant has left,
//! the debt, the open holds and the reversed items are the fold of the entries. Entries are only
//! added; a correction is one more entry. Their sequence has no gap.

use std::sync::Arc;

use crate::core::digest::Digest;
use crate::core::{Credits, Draw, Instant, Part, Usage};
use crate::error::{Code, Error, Result};

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $text:literal;)+) => {
        /// What an entry books.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum EntryKind { $($(#[$doc])* $kind,)+ }

        impl EntryKind {
            /// Every kind.
            pub const ALL: &'static [EntryKind] = &[$(EntryKind::$kind,)+];

            /// Its name on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $(EntryKind::$kind => $text,)+ }
            }
        }
    };
}

kinds! {
    /// A new grant; debt is repaid from it first.
    Grant = "grant";
    /// Credits used, or a cost that an unlimited plan waived.
    Use = "use";
    /// Credits reserved; the posted sum stays.
    Hold = "hold";
    /// A hold that was charged for what the work cost; the rest of it is given back.
    Settle = "settle";
    /// A hold that was given back.
    Release = "release";
    /// A hold whose time ran out; it was given back.
    Lapse = "lapse";
    /// Credits whose time ran out.
    Expiry = "expiry";
    /// Credits taken back after a refund or a cancellation.
    Reversal = "reversal";
    /// What a reversal took, given back to where it came from.
    Reinstatement = "reinstatement";
    /// Credits added or taken by hand, with a reason.
    Adjustment = "adjustment";
    /// A change of the subscription, or a cycle that began without an allowance.
    Plan = "plan";
}

impl EntryKind {
    /// The kind with this name.
    ///
    /// # Errors
    /// `field_invalid` for any other text.
    pub fn parse(text: &str) -> Result<EntryKind> {
        let unknown = || Error::new(Code::FieldInvalid, "no such kind of entry");
        EntryKind::ALL.iter().copied().find(|kind| kind.as_str() == text).ok_or_else(unknown)
    }

    /// Whether an entry of this kind may move credits from one part of a grant to another.
    pub(crate) const fn moves(self, from: Part, to: Part) -> bool {
        use Part::{Available, Consumed, Expired, Held, Reversed};
        match (from, to) {
            (Available, Consumed) => !matches!(
                self,
                EntryKind::Hold
                    | EntryKind::Release
                    | EntryKind::Lapse
                    | EntryKind::Expiry
                    | EntryKind::Plan
                    | EntryKind::Reinstatement
            ),
            (Available, Held) => matches!(self, EntryKind::Hold),
            (Available, Reversed) => matches!(
                self,
                EntryKind::Reversal | EntryKind::Adjustment | EntryKind::Reinstatement
            ),
            (Consumed | Reversed, Available) | (Reversed, Consumed) => {
                matches!(self, EntryKind::Reinstatement)
            }
            (Held, Available | Consumed) => self.resolves(),
            (Available | Held, Expired) => matches!(self, EntryKind::Expiry),
            _ => false,
        }
    }

    /// Whether it ends a hold.
    pub(crate) const fn resolves(self) -> bool {
        matches!(self, EntryKind::Settle | EntryKind::Release | EntryKind::Lapse)
    }

    /// Whether an entry of this kind can book a grant.
    pub(crate) const fn grants(self) -> bool {
        matches!(self, EntryKind::Grant | EntryKind::Reinstatement | EntryKind::Adjustment)
    }

    /// Whether an entry of this kind can make debt.
    pub(crate) const fn owes(self) -> bool {
        matches!(self, EntryKind::Use | EntryKind::Settle | EntryKind::Reversal)
    }
}

/// One row. The signed `amount` is the change of the posted sum:
/// new grant less what left `available` and `held`, less the change of debt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its place in the account's sequence, from 1, without gaps.
    pub seq: u64,
    /// What it books.
    pub kind: EntryKind,
    /// The change of the posted sum.
    pub amount: Credits,
    /// The change of debt: above 0 where usage or a reversal found no credits, below 0 where debt
    /// was repaid.
    pub debt: Credits,
    /// The rated cost that an unlimited plan waived.
    pub waived: Credits,
    /// What each grant gave or got back.
    pub draws: Vec<Draw>,
    /// The grant that this entry books.
    pub grant: Option<u64>,
    /// The hold that it opens or resolves.
    pub hold: Option<u64>,
    /// When the hold that it opens lapses.
    pub lapses_at: Option<Instant>,
    /// What was measured.
    pub usage: Option<Box<Usage>>,
    /// The version of the rate card that priced it.
    pub rate_version: Option<u32>,
    /// The movement of an order item, where it reverses or reinstates one.
    pub movement: Option<Box<Movement>>,
    /// The caller's reference: an order, a conversation, a plan's key.
    pub reference: Option<Box<str>>,
    /// The public id of the site that used the credits.
    pub site: Option<Box<str>>,
    /// Why, in words for a person.
    pub reason: Option<Box<str>>,
    /// The request that caused it; none for what time alone did.
    pub request: Option<Arc<str>>,
    /// The digest of that request's body.
    pub request_hash: Digest,
    /// When it happened: chooses the day and the rate version.
    pub occurred_at: Instant,
    /// When it was written; never before the entry ahead of it.
    pub booked_at: Instant,
}

impl Entry {
    /// A row of this kind with nothing in it yet.
    #[inline(never)]
    pub(crate) fn new(kind: EntryKind, occurred_at: Instant) -> Entry {
        Entry {
            seq: 0,
            kind,
            amount: Credits::ZERO,
            debt: Credits::ZERO,
            waived: Credits::ZERO,
            draws: Vec::new(),
            grant: None,
            hold: None,
            lapses_at: None,
            usage: None,
            rate_version: None,
            movement: None,
            reference: None,
            site: None,
            reason: None,
            request: None,
            request_hash: Digest::default(),
            occurred_at,
            booked_at: occurred_at,
        }
    }
}

/// Movement n of an order item: the step from what was booked to the target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    /// The order item.
    pub item: Box<str>,
    /// Counts from 1 within the item.
    pub number: u32,
    /// The item's purchased credits that are reversed after it, in all.
    pub target: Credits,
    /// The item's bonus credits that are reversed after it, in all.
    pub bonus_target: Credits,
    /// The change of what was forgiven because nothing was left to take.
    pub forgiven: Credits,
    /// The change of what was expired, so neither taken nor owed.
    pub spared: Credits,
}
