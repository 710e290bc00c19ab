//! What the dashboard reads: one row of the activity, one rollup of a day, and their sums.

use crate::core::{Credits, EntryKind, Instant};

/// What usage is broken down and filtered by. The number is the place in [`Row::keys`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dimension {
    /// Who worked: `chat`, `voice_inbound` and so on.
    Agent,
    /// The rated feature.
    Feature,
    /// The model's business key.
    Model,
    /// What was measured (`message`, `call`, `image`, `use`), or the kind of the entry.
    Type,
    /// The website's public id.
    Site,
    /// The company that the work was for.
    Company,
}

/// How many dimensions there are.
pub const DIMENSIONS: usize = 6;

impl Dimension {
    /// Every dimension, in the order of [`Row::keys`].
    pub const ALL: [Dimension; DIMENSIONS] = [
        Dimension::Agent,
        Dimension::Feature,
        Dimension::Model,
        Dimension::Type,
        Dimension::Site,
        Dimension::Company,
    ];

    /// Its name on the wire and in a filter.
    pub const fn as_str(self) -> &'static str {
        match self {
            Dimension::Agent => "agent",
            Dimension::Feature => "feature",
            Dimension::Model => "model",
            Dimension::Type => "type",
            Dimension::Site => "site",
            Dimension::Company => "company",
        }
    }
}

/// One row of the activity: an entry as its customer sees it.
///
/// It is what goes in and what comes out, to the last micro-credit and millisecond.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row<'a> {
    /// The entry's place in the account's sequence, from 1; it fits 32 bits.
    pub seq: u64,
    /// What the entry books. Only [`EntryKind::Use`] and [`EntryKind::Settle`] are usage.
    pub kind: EntryKind,
    /// The text of each [`Dimension`], empty where there is none; at most 1,000 bytes each.
    pub keys: [&'a str; DIMENSIONS],
    /// When it happened: chooses the day.
    pub occurred_at: Instant,
    /// When it was written.
    pub booked_at: Instant,
    /// The change of the posted sum, signed.
    pub amount: Credits,
    /// What the work cost, from 0 to 10^12 credits; 0 if it failed.
    pub credits: Credits,
    /// The cost that an unlimited plan waived, from 0 to 10^12 credits.
    pub waived: Credits,
    /// Messages answered, up to 10^9.
    pub messages: u32,
    /// Length of calls in milliseconds, up to 10^9.
    pub call_ms: u32,
    /// Images made, up to 10^9.
    pub images: u32,
    /// The version of the rate card that priced it.
    pub rate_version: Option<u32>,
    /// Why, in words for a person; at most 65,536 bytes.
    pub reason: &'a str,
    /// What it was about, in words for a person; at most 65,536 bytes.
    pub details: &'a str,
}

impl Row<'_> {
    /// Whether it counts as usage: reversals, expiries and open holds do not.
    pub const fn is_usage(&self) -> bool {
        matches!(self.kind, EntryKind::Use | EntryKind::Settle)
    }

    /// Whether it is usage that cost nothing and was not waived: the work failed.
    pub const fn has_failed(&self) -> bool {
        self.is_usage() && self.credits.is_zero() && self.waived.is_zero()
    }

    /// What it adds to the sums of its day.
    pub fn sums(&self) -> Sums {
        Sums {
            credits: self.credits,
            waived: self.waived,
            uses: 1,
            failed: u64::from(self.has_failed()),
            messages: self.messages.into(),
            call_ms: self.call_ms.into(),
            images: self.images.into(),
        }
    }
}

/// The usage of one day with the same keys, as a server has summed it up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rollup<'a> {
    /// The civil day of `occurred_at` in the account's zone, in days since 1970-01-01.
    pub day: i64,
    /// As [`Row::keys`].
    pub keys: [&'a str; DIMENSIONS],
    /// Its sums; none is below zero.
    pub sums: Sums,
}

/// Sums of usage. Nothing in them is below zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// What the work cost.
    pub credits: Credits,
    /// What unlimited plans waived.
    pub waived: Credits,
    /// How many rows.
    pub uses: u64,
    /// How many of them cost nothing and were not waived.
    pub failed: u64,
    /// Messages answered.
    pub messages: u64,
    /// Length of calls in milliseconds.
    pub call_ms: u64,
    /// Images made.
    pub images: u64,
}

impl Sums {
    /// Nothing used.
    pub const fn is_empty(&self) -> bool {
        self.uses == 0
    }

    /// The sum, if every part of it fits 63 bits.
    pub fn checked_add(&self, other: &Sums) -> Option<Sums> {
        let most = i64::MAX.unsigned_abs();
        let count = |a: u64, b: u64| a.checked_add(b).filter(|sum| *sum <= most);
        Some(Sums {
            credits: self.credits.checked_add(other.credits).ok()?,
            waived: self.waived.checked_add(other.waived).ok()?,
            uses: count(self.uses, other.uses)?,
            failed: count(self.failed, other.failed)?,
            messages: count(self.messages, other.messages)?,
            call_ms: count(self.call_ms, other.call_ms)?,
            images: count(self.images, other.images)?,
        })
    }

    /// Adds what is known to fit: the sum of everything was checked when it came in, and no part
    /// of it is below zero, so no smaller sum can be too large.
    pub(super) fn add(&mut self, other: &Sums) {
        self.credits = wrapped(self.credits.micro().wrapping_add(other.credits.micro()));
        self.waived = wrapped(self.waived.micro().wrapping_add(other.waived.micro()));
        self.uses = self.uses.wrapping_add(other.uses);
        self.failed = self.failed.wrapping_add(other.failed);
        self.messages = self.messages.wrapping_add(other.messages);
        self.call_ms = self.call_ms.wrapping_add(other.call_ms);
        self.images = self.images.wrapping_add(other.images);
    }

    /// Takes away what was added before.
    pub(super) fn take(&mut self, other: &Sums) {
        self.credits = wrapped(self.credits.micro().wrapping_sub(other.credits.micro()));
        self.waived = wrapped(self.waived.micro().wrapping_sub(other.waived.micro()));
        self.uses = self.uses.wrapping_sub(other.uses);
        self.failed = self.failed.wrapping_sub(other.failed);
        self.messages = self.messages.wrapping_sub(other.messages);
        self.call_ms = self.call_ms.wrapping_sub(other.call_ms);
        self.images = self.images.wrapping_sub(other.images);
    }
}

const fn wrapped(micro: i64) -> Credits {
    Credits::from_micro(micro)
}
