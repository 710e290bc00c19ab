//! Grants on the wire.

use crate::core::{Credits, CycleShare, Grant, Part, Source};
use crate::wire::balance::grant_kind;
use crate::wire::fields::{Fields, invalid};
use crate::wire::value::Value;
use crate::wire::writer::{Writer, id_text};

/// A grant and its five parts.
pub(super) fn grant(fields: Fields<'_>) -> (Grant, [Credits; 5]) {
    let grant = terms(fields, fields.id("id"));
    (grant, parts(fields))
}

/// The five parts of a grant.
pub(super) fn parts(fields: Fields<'_>) -> [Credits; 5] {
    Part::ALL.map(|part| fields.sum(part.as_str()))
}

/// What a grant is, without its id.
pub(super) fn terms(fields: Fields<'_>, id: u64) -> Grant {
    let source = match (fields.boxed("order_item"), fields.optional_nested("cycle")) {
        (None, None) => Source::None,
        (Some(item), None) => Source::OrderItem(item),
        (None, Some(fields)) => cycle(fields),
        _ => {
            fields.refuse(invalid("a grant has one source", "grants"));
            Source::None
        }
    };
    Grant {
        id,
        kind: grant_kind(fields),
        priority: fields.whole("priority"),
        effective_at: fields.instant("effective_at"),
        expires_at: fields.optional_instant("expires_at"),
        amount: fields.sum("amount"),
        source,
    }
}

fn cycle(fields: Fields<'_>) -> Source {
    let share = match (fields.text("share"), fields.optional_whole("level")) {
        ("allowance", None) => CycleShare::Allowance,
        ("rollover", None) => CycleShare::Rollover,
        ("upgrade", Some(level)) => CycleShare::Upgrade(level),
        _ => {
            fields.refuse(invalid("no such share of a cycle", "share"));
            CycleShare::Allowance
        }
    };
    Source::Cycle {
        subscription: fields.whole("subscription"),
        index: fields.whole("index"),
        share,
    }
}

pub(super) fn grant_shape((grant, parts): &(Grant, [Credits; 5])) -> Value {
    let mut out = Writer::default();
    out.put("id", id_text(grant.id));
    put_terms(&mut out, grant);
    put_parts(&mut out, parts);
    out.done()
}

pub(super) fn put_terms(out: &mut Writer, grant: &Grant) {
    out.put("kind", grant.kind.as_str());
    out.put("priority", grant.priority);
    out.put("effective_at", grant.effective_at);
    out.put("expires_at", grant.expires_at);
    out.put("amount", grant.amount);
    match &grant.source {
        Source::None => {}
        Source::OrderItem(item) => {
            out.put("order_item", &**item);
        }
        Source::Cycle { subscription, index, share } => {
            out.put("cycle", cycle_shape(*subscription, *index, *share));
        }
    }
}

pub(super) fn put_parts(out: &mut Writer, parts: &[Credits; 5]) {
    for (part, amount) in Part::ALL.into_iter().zip(parts) {
        out.put(part.as_str(), *amount);
    }
}

fn cycle_shape(subscription: u32, index: u32, share: CycleShare) -> Value {
    let (share, level) = match share {
        CycleShare::Allowance => ("allowance", None),
        CycleShare::Rollover => ("rollover", None),
        CycleShare::Upgrade(level) => ("upgrade", Some(level)),
    };
    Writer::default()
        .put("subscription", subscription)
        .put("index", index)
        .put("share", share)
        .put_some("level", level)
        .done()
}
