//! Entries on the wire: what is stored, and what an answer shows.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::core::{Digest, Draw, Entry, EntryKind, Movement, Part};
use crate::error::{Code, Error, Result};
use crate::wire::command_usage::{usage, usage_shape};
use crate::wire::fields::{Fields, read};
use crate::wire::ledger::stored;
use crate::wire::value::Value;
use crate::wire::writer::{Writer, id_text, write_all};

/// One entry. Fields that say nothing (no debt, no hold) are left out.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntryShape(pub Value);

impl From<Vec<EntryShape>> for Value {
    fn from(entries: Vec<EntryShape>) -> Value {
        Value::List(entries.into_iter().map(|entry| entry.0).collect())
    }
}

impl EntryShape {
    /// Reads every field of a stored entry. Whether it fits the ones before it, the ledger checks.
    ///
    /// # Errors
    /// `snapshot_invalid` or `snapshot_too_large`, naming the field.
    pub fn parse(&self) -> Result<Entry> {
        read(&self.0, entry).map_err(stored)
    }
}

pub(super) fn entry(fields: Fields<'_>) -> Entry {
    let kind = fields.accept_at("kind", EntryKind::parse(fields.text("kind")));
    Entry {
        seq: fields.whole("seq"),
        kind: kind.unwrap_or(EntryKind::Plan),
        amount: fields.signed("amount"),
        debt: fields.optional_signed("debt"),
        waived: fields.optional_signed("waived"),
        draws: fields.optional_list("draws", draw),
        grant: fields.optional_id("grant"),
        hold: fields.optional_id("hold"),
        lapses_at: fields.optional_instant("lapses_at"),
        usage: fields.optional_nested("usage").map(|fields| Box::new(usage(fields))),
        rate_version: fields.optional_whole("rate_version"),
        movement: fields.optional_nested("movement").map(|fields| Box::new(movement(fields))),
        reference: fields.boxed("reference"),
        site: fields.boxed("site"),
        reason: fields.boxed("reason"),
        request: fields.optional_text("request_id").map(Arc::from),
        request_hash: request_hash(fields),
        occurred_at: fields.instant("occurred_at"),
        booked_at: fields.instant("booked_at"),
    }
}

/// The digest of a request's body; an entry without a request has none.
fn request_hash(fields: Fields<'_>) -> Digest {
    let text = fields.optional_text("request_hash");
    let digest = text.and_then(|text| fields.accept_at("request_hash", Digest::parse(text)));
    digest.unwrap_or_default()
}

/// Credits that moved from one part of a grant to another.
pub(super) fn draw(fields: Fields<'_>) -> Draw {
    Draw {
        grant: fields.id("grant"),
        from: part(fields, "from"),
        to: part(fields, "to"),
        amount: fields.sum("amount"),
    }
}

fn part(fields: Fields<'_>, name: &'static str) -> Part {
    let text = fields.text(name);
    Part::ALL.into_iter().find(|part| part.as_str() == text).unwrap_or_else(|| {
        fields.refuse(Error::new(Code::FieldInvalid, "no such part of a grant").at(name));
        Part::Expired
    })
}

fn movement(fields: Fields<'_>) -> Movement {
    Movement {
        item: Box::from(fields.text("order_item")),
        number: fields.whole("number"),
        target: fields.sum("target"),
        bonus_target: fields.sum("bonus_target"),
        forgiven: fields.optional_signed("forgiven"),
        spared: fields.optional_signed("spared"),
    }
}

pub(super) fn entry_shape(entry: &Entry) -> Value {
    let mut out = Writer::default();
    out.put("seq", entry.seq);
    out.put("kind", entry.kind.as_str());
    out.put("amount", entry.amount);
    out.put_amount("debt", entry.debt);
    out.put_amount("waived", entry.waived);
    if !entry.draws.is_empty() {
        out.put("draws", write_all(&entry.draws, draw_shape));
    }
    out.put_some("grant", entry.grant.map(id_text));
    out.put_some("hold", entry.hold.map(id_text));
    out.put_some("lapses_at", entry.lapses_at);
    out.put_some("usage", entry.usage.as_deref().map(usage_shape));
    out.put_some("rate_version", entry.rate_version);
    out.put_some("movement", entry.movement.as_deref().map(movement_shape));
    out.put_some("reference", entry.reference.as_deref());
    out.put_some("site", entry.site.as_deref());
    out.put_some("reason", entry.reason.as_deref());
    out.put_some("request_id", entry.request.as_deref());
    out.put_some("request_hash", entry.request.as_ref().map(|_| entry.request_hash.text()));
    out.put("occurred_at", entry.occurred_at);
    out.put("booked_at", entry.booked_at);
    out.done()
}

pub(super) fn draw_shape(draw: &Draw) -> Value {
    Writer::default()
        .put("grant", id_text(draw.grant))
        .put("from", draw.from.as_str())
        .put("to", draw.to.as_str())
        .put("amount", draw.amount)
        .done()
}

fn movement_shape(movement: &Movement) -> Value {
    Writer::default()
        .put("order_item", &*movement.item)
        .put("number", movement.number)
        .put("target", movement.target)
        .put("bonus_target", movement.bonus_target)
        .put_amount("forgiven", movement.forgiven)
        .put_amount("spared", movement.spared)
        .done()
}
