//! The values of a statement's sections.

use crate::core::reversal::Item;
use crate::core::statement::{Closing, Head, Opening, PoolSum, Row, Total};
use crate::core::{Credits, Digest, EntryKind, GrantKind, Part};
use crate::error::{Code, Error, Result};
use crate::wire::fields::{Fields, invalid, read};
use crate::wire::json_text::write;
use crate::wire::ledger::stored;
use crate::wire::ledger_entry::{entry, entry_shape};
use crate::wire::ledger_grant::{parts, put_parts, put_terms, terms};
use crate::wire::ledger_settings::zone_shape;
use crate::wire::value::Value;
use crate::wire::writer::{Writer, id_text, write_all};

/// The version of the format.
pub const VERSION: u32 = 1;
/// The name of the format.
pub const FORMAT: &str = "nivella-credits-statement";

/// What proves a value that is not a figure of the ledger: the digest of its JSON.
pub(super) fn proof(value: &Value) -> Digest {
    let mut text = String::new();
    write(&mut text, value);
    Digest::of(text.as_bytes())
}

/// Reads a value; whatever is wrong with it, the statement is what is invalid.
pub(super) fn parse<T>(value: &Value, shape: fn(Fields<'_>) -> T) -> Result<T> {
    read(value, shape).map_err(stored)
}

/// Refuses other formats and versions before anything else is looked at.
pub(super) fn check_version(value: &Value) -> Result<()> {
    let (format, version) =
        read(value, |fields| (fields.string("format"), fields.whole::<u32>("version")))?;
    if format != FORMAT {
        return Err(invalid("is not the format of a statement", "format"));
    }
    if version == VERSION {
        return Ok(());
    }
    let message = "a version of the statement that this module does not know";
    Err(Error::new(Code::SnapshotVersion, message).at("version"))
}

pub(super) fn head_shape(head: &Head) -> Value {
    Writer::default()
        .put("format", FORMAT)
        .put("version", VERSION)
        .put("account", &*head.account)
        .put("as_of", head.as_of)
        .put("zone", zone_shape(&head.zone))
        .done()
}

pub(super) fn digest(fields: Fields<'_>, name: &'static str) -> Digest {
    fields.accept_at(name, Digest::parse(fields.text(name))).unwrap_or_default()
}

pub(super) fn opening(fields: Fields<'_>) -> Opening {
    let id = |text: String| text.parse::<u64>();
    let lapsed = fields.optional_texts("lapsed").into_iter().map(id).collect();
    Opening {
        seq: fields.whole("seq"),
        digest: digest(fields, "digest"),
        last_at: fields.optional_instant("last_at"),
        debt: fields.sum("debt"),
        last_grant: fields.id("last_grant"),
        last_hold: fields.id("last_hold"),
        lapsed: std::result::Result::unwrap_or_else(lapsed, |_| {
            fields.refuse(invalid("an id is a text of digits", "lapsed"));
            Vec::new()
        }),
    }
}

pub(super) fn opening_shape(opening: &Opening) -> Value {
    Writer::default()
        .put("seq", opening.seq)
        .put("digest", opening.digest.text())
        .put("last_at", opening.last_at)
        .put("debt", opening.debt)
        .put("last_grant", id_text(opening.last_grant))
        .put("last_hold", id_text(opening.last_hold))
        .put("lapsed", Value::List(opening.lapsed.iter().map(|id| id_text(*id)).collect()))
        .done()
}

pub(super) fn item(fields: Fields<'_>) -> Item {
    Item {
        id: fields.text("order_item").into(),
        granted: fields.sum("granted"),
        bonus: fields.sum("bonus"),
        movements: fields.whole("movements"),
        target: fields.sum("target"),
        bonus_target: fields.sum("bonus_target"),
        own: fields.sum("own"),
        own_bonus: fields.sum("own_bonus"),
        owed: fields.sum("owed"),
        forgiven: fields.sum("forgiven"),
        spared: fields.sum("spared"),
        lent: fields.list("lent", |lender| (lender.id("grant"), lender.sum("amount"))),
    }
}

pub(super) fn item_shape(item: &Item) -> Value {
    Writer::default()
        .put("order_item", &*item.id)
        .put("granted", item.granted)
        .put("bonus", item.bonus)
        .put("movements", item.movements)
        .put("target", item.target)
        .put("bonus_target", item.bonus_target)
        .put("own", item.own)
        .put("own_bonus", item.own_bonus)
        .put("owed", item.owed)
        .put("forgiven", item.forgiven)
        .put("spared", item.spared)
        .put("lent", write_all(&item.lent, lender_shape))
        .done()
}

fn lender_shape((grant, amount): &(u64, Credits)) -> Value {
    Writer::default().put("grant", id_text(*grant)).put("amount", *amount).done()
}

/// An entry as it is stored; the terms of the grant that it books; its digest.
pub(super) fn row(fields: Fields<'_>) -> Row {
    let entry = entry(fields);
    let grant = fields.optional_nested("terms");
    let grant = grant.map(|own| terms(own, entry.grant.unwrap_or_default()));
    Row { grant, digest: digest(fields, "digest"), entry }
}

/// The same, with the digest of all this behind it.
pub(super) fn row_shape(row: &Row) -> (Value, Digest) {
    let mut out = Writer::default();
    if let Some(grant) = &row.grant {
        let mut own = Writer::default();
        put_terms(&mut own, grant);
        out.put("terms", own.done());
    }
    out.put("digest", row.digest.text());
    let Value::Fields(more) = out.done() else { return Default::default() };
    let Value::Fields(mut fields) = entry_shape(&row.entry) else { return Default::default() };
    fields.extend(more);
    let mut value = Value::Fields(fields);
    let details = proof(&value);
    if let Value::Fields(fields) = &mut value {
        fields.push(("details".into(), details.text().into()));
    }
    (value, details)
}

/// The digest of a row's other fields, and what it says itself that this is: its last field.
pub(super) fn details(mut value: Value) -> Option<(Digest, String)> {
    let Value::Fields(fields) = &mut value else { return None };
    match fields.pop()? {
        (name, Value::Text(found)) if name == "details" => Some((proof(&value), found)),
        _ => None,
    }
}

pub(super) fn closed_grant(fields: Fields<'_>) -> (u64, [Credits; 5]) {
    (fields.id("id"), parts(fields))
}

pub(super) fn closed_grant_shape((id, parts): &(u64, [Credits; Part::ALL.len()])) -> Value {
    let mut out = Writer::default();
    out.put("id", id_text(*id));
    put_parts(&mut out, parts);
    out.done()
}

/// A list with one row for each of so many kinds.
fn by_kind<T: Default + Copy, const N: usize>(
    fields: Fields<'_>,
    name: &'static str,
    row: fn(Fields<'_>) -> T,
) -> [T; N] {
    <[T; N]>::try_from(fields.list(name, row)).unwrap_or_else(|_| {
        fields.refuse(invalid("has one row for each kind", name));
        [T::default(); N]
    })
}

pub(super) fn closing(fields: Fields<'_>) -> Closing {
    Closing {
        seq: fields.whole("seq"),
        digest: digest(fields, "digest"),
        posted: fields.signed("posted"),
        available: fields.sum("available"),
        held: fields.sum("held"),
        debt: fields.sum("debt"),
        pools: by_kind(fields, "pools", |pool| PoolSum {
            available: pool.sum("available"),
            held: pool.sum("held"),
        }),
        totals: by_kind(fields, "totals", |total| Total {
            entries: total.whole("entries"),
            amount: total.signed("amount"),
            used: total.sum("used"),
            waived: total.sum("waived"),
        }),
    }
}

pub(super) fn closing_shape(closing: &Closing) -> Value {
    let pools = GrantKind::ALL.iter().zip(&closing.pools).map(|(kind, pool)| {
        Writer::default()
            .put("kind", kind.as_str())
            .put("available", pool.available)
            .put("held", pool.held)
            .done()
    });
    let totals = EntryKind::ALL.iter().zip(&closing.totals).map(|(kind, total)| {
        Writer::default()
            .put("kind", kind.as_str())
            .put("entries", total.entries)
            .put("amount", total.amount)
            .put("used", total.used)
            .put("waived", total.waived)
            .done()
    });
    Writer::default()
        .put("seq", closing.seq)
        .put("digest", closing.digest.text())
        .put("posted", closing.posted)
        .put("available", closing.available)
        .put("held", closing.held)
        .put("debt", closing.debt)
        .put("pools", Value::List(pools.collect()))
        .put("totals", Value::List(totals.collect()))
        .done()
}
