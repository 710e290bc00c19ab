//! A stored account: its state, and apart from it its entries.
//!
//! The state is small and enough to answer a balance. The entries are many; they are given to
//! [`Ledger::load`] in slices, and until the last one is there nothing can be booked. Request ids
//! are stored with the entries that they caused.

use serde::{Deserialize, Serialize};

use crate::core::digits::digits;
use crate::core::ledger::{Snapshot, Subscribed};
use crate::core::{Credits, Hold, Instant, Ledger, Period, Subscription, Zone};
use crate::error::{Code, Error, Result};
use crate::wire::fields::{Fields, read};
use crate::wire::ledger_entry::{EntryShape, draw, draw_shape, entry_shape};
use crate::wire::ledger_grant::{grant, grant_shape};
use crate::wire::ledger_settings::{settings, settings_shape, zone, zone_shape};
use crate::wire::value::{Value, at_most};
use crate::wire::writer::{Writer, id_text, write_all};

/// The version of this shape.
pub const VERSION: u32 = 2;

/// An account without its entries.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StateShape(pub Value);

const MAX_SLICE: usize = 10_000;

impl StateShape {
    /// Whether it is a stored account at all: the settings of a new one have no version.
    pub fn is_stored(&self) -> bool {
        read(&self.0, |fields| fields.has("version")) == Ok(true)
    }

    /// Opens the account: it answers balances, and books once its entries are loaded.
    ///
    /// # Errors
    /// `snapshot_version`, whatever else is in it; `snapshot_too_large`; `snapshot_invalid` for
    /// anything else.
    pub fn open(&self) -> Result<Ledger> {
        if read(&self.0, |fields| fields.whole::<u32>("version"))? != VERSION {
            let message = "a version of the stored account that this module does not know";
            return Err(Error::new(Code::SnapshotVersion, message).at("version"));
        }
        read(&self.0, snapshot).and_then(Ledger::open).map_err(stored)
    }
}

fn snapshot(fields: Fields<'_>) -> Snapshot {
    Snapshot {
        settings: settings(fields.nested("settings")),
        entries: fields.whole("entries"),
        version: fields.whole("writes"),
        last_at: fields.optional_instant("last_at"),
        debt: fields.sum("debt"),
        grants: fields.list("grants", grant),
        holds: fields.list("holds", hold),
        last_hold: fields.whole("last_hold"),
        subscription: fields.optional_nested("subscription").map(subscribed),
        subscriptions: fields.whole("subscriptions"),
        days: fields.list("days", |day| (day.whole("day"), day.sum("used"))),
        day_zone: fields.optional_nested("day_zone").and_then(day_zone),
    }
}

/// Whatever is wrong with a stored field, the snapshot is what is invalid.
pub(super) fn stored(error: Error) -> Error {
    match error.code {
        Code::SnapshotInvalid | Code::SnapshotTooLarge | Code::SnapshotVersion => error,
        _ => error.recoded(Code::SnapshotInvalid),
    }
}

/// Gives the next slice of stored entries to an account that is being opened.
///
/// # Errors
/// `snapshot_too_large` for more than 10,000 at once; `snapshot_invalid` as [`Ledger::load`].
pub fn load(ledger: &mut Ledger, slice: &[EntryShape]) -> Result<()> {
    at_most(slice.len(), MAX_SLICE).map_err(|error| error.at("entries"))?;
    let mut entries = Vec::with_capacity(slice.len());
    for shape in slice {
        entries.push(shape.parse()?);
    }
    ledger.load(entries)
}

/// The entries behind this sequence number, at most so many.
pub fn entries_since(ledger: &Ledger, seq: u64, most: usize) -> Vec<EntryShape> {
    let entries = ledger.entries_since(seq).iter().take(most);
    entries.map(|entry| EntryShape(entry_shape(entry))).collect()
}

fn day_zone(fields: Fields<'_>) -> Option<(Zone, Instant)> {
    let table = fields.accept(zone(fields.nested("zone")));
    table.map(|table| (table, fields.instant("until")))
}

pub(super) fn hold(fields: Fields<'_>) -> Hold {
    Hold {
        id: fields.id("id"),
        draws: fields.list("draws", draw),
        lapses_at: fields.instant("lapses_at"),
    }
}

fn subscribed(fields: Fields<'_>) -> Subscribed {
    let starts_at = fields.optional_instant("cycle_starts_at");
    let ends_at = fields.optional_instant("cycle_ends_at");
    let cycle = starts_at.zip(ends_at).map(|(start, end)| Period::new(start, end));
    let number: u32 = fields.whole("number");
    Subscribed {
        number,
        subscription: Subscription {
            id: digits(number.into()),
            plan: fields.string("plan"),
            started_at: fields.instant("started_at"),
            paid_until: fields.optional_instant("paid_until"),
        },
        next_plan: fields.optional_string("next_plan"),
        cycles: fields.whole("cycles"),
        cycle: cycle.and_then(|cycle| fields.accept(cycle)),
        level: fields.whole("level"),
        allowance: fields.sum("allowance"),
        unused: fields.sum("unused"),
    }
}

impl From<&Ledger> for StateShape {
    fn from(ledger: &Ledger) -> StateShape {
        let snapshot = ledger.snapshot();
        let shape = Writer::default()
            .put("version", VERSION)
            .put("settings", settings_shape(&snapshot.settings))
            .put("entries", snapshot.entries)
            .put("writes", snapshot.version)
            .put("last_at", snapshot.last_at)
            .put("debt", snapshot.debt)
            .put("grants", write_all(&snapshot.grants, grant_shape))
            .put("holds", write_all(&snapshot.holds, hold_shape))
            .put("last_hold", snapshot.last_hold)
            .put("subscription", snapshot.subscription.as_ref().map(subscribed_shape))
            .put("subscriptions", snapshot.subscriptions)
            .put("days", write_all(&snapshot.days, day_shape))
            .put_some("day_zone", snapshot.day_zone.as_ref().map(day_zone_shape))
            .done();
        StateShape(shape)
    }
}

pub(super) fn hold_shape(hold: &Hold) -> Value {
    Writer::default()
        .put("id", id_text(hold.id))
        .put("draws", write_all(&hold.draws, draw_shape))
        .put("lapses_at", hold.lapses_at)
        .done()
}

fn day_shape((day, used): &(i64, Credits)) -> Value {
    Writer::default().put("day", *day).put("used", *used).done()
}

fn day_zone_shape((zone, until): &(Zone, Instant)) -> Value {
    Writer::default().put("zone", zone_shape(zone)).put("until", *until).done()
}

fn subscribed_shape(subscribed: &Subscribed) -> Value {
    let Subscribed { subscription, cycle, .. } = subscribed;
    Writer::default()
        .put("number", subscribed.number)
        .put("plan", &*subscription.plan)
        .put("next_plan", subscribed.next_plan.as_deref())
        .put("started_at", subscription.started_at)
        .put("paid_until", subscription.paid_until)
        .put("cycles", subscribed.cycles)
        .put("cycle_starts_at", cycle.map(Period::start_at))
        .put("cycle_ends_at", cycle.map(Period::end_at))
        .put("level", subscribed.level)
        .put("allowance", subscribed.allowance)
        .put("unused", subscribed.unused)
        .done()
}
