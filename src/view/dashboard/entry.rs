//! A row of the log: its tone, and what it says it was for.

use crate::core::EntryKind;
use crate::core::activity::{Dimension, Row};
use crate::view::dashboard::say::{Arg, Say};

/// How a row looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryTone {
    /// Credits were used.
    Charge,
    /// Work that failed, and cost nothing.
    Free,
    /// Work that an unlimited plan covered.
    Waived,
    /// Credits came in.
    In,
    /// Reserved, or given back from it.
    Held,
    /// Taken back.
    Reversed,
    /// Ended unused.
    Expired,
}

impl EntryTone {
    /// Its name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            EntryTone::Charge => "charge",
            EntryTone::Free => "free",
            EntryTone::Waived => "waived",
            EntryTone::In => "in",
            EntryTone::Held => "held",
            EntryTone::Reversed => "reversed",
            EntryTone::Expired => "expired",
        }
    }
}

/// The tone of a row.
pub fn entry_tone(row: &Row<'_>) -> EntryTone {
    match row.kind {
        EntryKind::Use | EntryKind::Settle if row.has_failed() => EntryTone::Free,
        EntryKind::Use | EntryKind::Settle if row.waived.is_positive() => EntryTone::Waived,
        EntryKind::Use | EntryKind::Settle => EntryTone::Charge,
        EntryKind::Hold | EntryKind::Release | EntryKind::Lapse => EntryTone::Held,
        EntryKind::Reversal => EntryTone::Reversed,
        EntryKind::Adjustment if row.amount < crate::core::Credits::ZERO => EntryTone::Reversed,
        EntryKind::Expiry => EntryTone::Expired,
        EntryKind::Grant | EntryKind::Reinstatement | EntryKind::Adjustment | EntryKind::Plan => {
            EntryTone::In
        }
    }
}

/// What a row says it was for. The `type` of a row that grants is the kind of its grant.
pub fn entry_words(row: &Row<'_>) -> Say {
    let [_, feature, _, what, ..] = row.keys;
    let named =
        |key| Say::plain(key).with("name", Arg::Key(Dimension::Feature, feature.to_owned()));
    // The ledger refers to `order 1042`; the sentence has a word for it in each language.
    let number = row.details.strip_prefix("order ").unwrap_or(row.details);
    let order = |key| Say::plain(key).with("order", Arg::Text(number.to_owned()));
    match (row.kind, what) {
        (EntryKind::Use | EntryKind::Settle, _) if row.has_failed() => {
            Say::plain("usage.row.failed")
        }
        (EntryKind::Use | EntryKind::Settle, _) if row.waived.is_positive() => {
            named("usage.row.waived")
        }
        (EntryKind::Use | EntryKind::Settle, "call") => {
            let seconds = i64::from(row.call_ms.div_ceil(1_000));
            Say::plain("usage.row.call")
                .with("min", Arg::Count(seconds / 60))
                .with("s", Arg::Count(seconds % 60))
        }
        (EntryKind::Use | EntryKind::Settle, _) => named("usage.row.feature"),
        (EntryKind::Hold, _) => Say::plain("usage.row.hold"),
        (EntryKind::Release | EntryKind::Lapse, _) => Say::plain("usage.row.release"),
        (EntryKind::Expiry, _) => Say::plain("usage.row.expired"),
        (EntryKind::Reversal, _) => order("usage.row.refund"),
        (EntryKind::Adjustment, _) => Say::plain("usage.row.correction"),
        (EntryKind::Plan, _) | (EntryKind::Grant, "allowance") => Say::plain("usage.row.allowance"),
        (EntryKind::Grant, "purchase") => {
            order("usage.row.purchase").with("amount", Arg::Amount(row.amount))
        }
        (EntryKind::Grant, "bonus") => Say::plain("usage.row.bonus"),
        (EntryKind::Grant | EntryKind::Reinstatement, _) => Say::plain("usage.row.credited"),
    }
}
