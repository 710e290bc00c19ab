//! Activity rows and rollups on the wire: pages of `GET activity` and answers of `GET usage`.
//!
//! A row that is wrong does not take its page along: it is counted and named in
//! [`Activity::refused`], and the others come in.

use crate::core::activity::{Activity, DIMENSIONS, Dimension, Rollup, Row, Sums};
use crate::core::{Credits, DAY_MS, EntryKind, Instant};
use crate::error::{Code, Error, Result};
use crate::wire::fields::{Fields, invalid, read};
use crate::wire::value::Value;
use crate::wire::writer::Writer;

/// What became of the rows of one page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// New ones.
    pub added: u64,
    /// Known ones, with the same content.
    pub known: u64,
    /// Refused ones.
    pub refused: u64,
}

impl Added {
    /// Notes what became of one row, and counts its refusal.
    pub(super) fn note(&mut self, activity: &mut Activity, place: u64, taken: Result<bool>) {
        match taken {
            Ok(true) => self.added += 1,
            Ok(false) => self.known += 1,
            Err(error) => {
                self.refused += 1;
                activity.refuse(place, error);
            }
        }
    }
}

/// Takes in rows of `GET activity`: `{seq, kind, type, occurred_at, booked_at, agent, feature,
/// model, site, company, details, reason, amount, credits, waived, messages, call_ms, images,
/// rate_version}`; see `tests/vectors/activity.json`. Texts, quantities and `waived` may be left
/// out. A refusal's place is the sequence number, or the place in the page from 1 where that can't
/// be read.
pub fn add_rows(activity: &mut Activity, rows: &[Value]) -> Added {
    let mut so_far = Added::default();
    for (place, value) in (1..).zip(rows) {
        let seq = read(value, |fields| fields.whole::<u64>("seq")).unwrap_or(place);
        let taken = row(value).and_then(|row| activity.add_row(&row));
        so_far.note(activity, seq, taken);
    }
    so_far
}

/// Takes in an answer of `GET usage`: `{through_seq, rows: [{day, agent, feature, model, type,
/// site, company, credits, waived, uses, failed, messages, call_ms, images}]}`. A refusal's place
/// is the place in the answer, from 1.
///
/// # Errors
/// `snapshot_invalid` where the answer as a whole does not fit, and what
/// [`Activity::set_through`] refuses.
pub fn add_rollups(activity: &mut Activity, answer: &Value) -> Result<Added> {
    let through = read(answer, |fields| fields.whole::<u64>("through_seq"))?;
    let Value::List(rows) = field(answer, "rows") else {
        return Err(invalid("is missing, or no list", "rows"));
    };
    activity.set_through(through)?;
    let mut so_far = Added::default();
    for (place, value) in (1..).zip(rows) {
        let taken = rollup(value).and_then(|rollup| activity.add_rollup(&rollup));
        so_far.note(activity, place, taken);
    }
    Ok(so_far)
}

/// A row as it stands in an answer of `GET activity`.
pub fn row_shape(row: &Row<'_>) -> Value {
    let mut out = Writer::default();
    out.put("seq", row.seq);
    out.put("kind", row.kind.as_str());
    for (dimension, key) in Dimension::ALL.into_iter().zip(row.keys) {
        out.put(dimension.as_str(), key);
    }
    out.put("occurred_at", row.occurred_at);
    out.put("booked_at", row.booked_at);
    out.put("amount", row.amount);
    out.put("credits", row.credits);
    out.put("waived", row.waived);
    out.put("messages", row.messages);
    out.put("call_ms", row.call_ms);
    out.put("images", row.images);
    out.put("rate_version", row.rate_version);
    out.put("reason", row.reason);
    out.put("details", row.details);
    out.done()
}

/// A field, without asking what it is; null where it is missing.
fn field<'a>(value: &'a Value, name: &str) -> &'a Value {
    let Value::Fields(fields) = value else { return &Value::Null };
    fields.iter().find(|(own, _)| own == name).map_or(&Value::Null, |(_, value)| value)
}

/// A text that may be left out. That it is a text was asked before.
fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    if let Value::Text(text) = field(value, name) { text } else { "" }
}

fn keys(value: &Value) -> [&str; DIMENSIONS] {
    Dimension::ALL.map(|own| text(value, own.as_str()))
}

/// Refuses a key that is no text.
fn check_keys(fields: Fields<'_>) {
    for dimension in Dimension::ALL {
        fields.optional_text(dimension.as_str());
    }
}

fn row(value: &Value) -> Result<Row<'_>> {
    let without_texts = read(value, |fields| {
        check_keys(fields);
        fields.optional_text("reason");
        fields.optional_text("details");
        let kind = fields.accept_at("kind", EntryKind::parse(fields.text("kind")));
        let quantity = |name| fields.optional_whole(name).unwrap_or(0);
        Row {
            seq: fields.whole("seq"),
            kind: kind.unwrap_or(EntryKind::Plan),
            keys: [""; DIMENSIONS],
            occurred_at: fields.instant("occurred_at"),
            booked_at: fields.instant("booked_at"),
            amount: fields.signed("amount"),
            credits: fields.amount("credits"),
            waived: fields.optional_amount("waived"),
            messages: quantity("messages"),
            call_ms: quantity("call_ms"),
            images: quantity("images"),
            rate_version: fields.optional_whole("rate_version"),
            reason: "",
            details: "",
        }
    })?;
    let (reason, details) = (text(value, "reason"), text(value, "details"));
    Ok(Row { keys: keys(value), reason, details, ..without_texts })
}

fn rollup(value: &Value) -> Result<Rollup<'_>> {
    let without_keys = read(value, |fields| {
        check_keys(fields);
        let count = |name| fields.optional_whole(name).unwrap_or(0);
        let waived = fields.has("waived").then(|| fields.sum("waived"));
        Rollup {
            day: fields.accept_at("day", parse_day(fields.text("day"))).unwrap_or(0),
            keys: [""; DIMENSIONS],
            sums: Sums {
                credits: fields.sum("credits"),
                waived: waived.unwrap_or(Credits::ZERO),
                uses: fields.whole("uses"),
                failed: count("failed"),
                messages: count("messages"),
                call_ms: count("call_ms"),
                images: count("images"),
            },
        }
    })?;
    Ok(Rollup { keys: keys(value), ..without_keys })
}

/// A civil day, `2026-11-21`, in days since 1970-01-01.
///
/// # Errors
/// `time_invalid` for anything else, and for days that do not exist.
pub fn parse_day(text: &str) -> Result<i64> {
    let midnight = Instant::parse(&(text.to_owned() + "T00:00:00Z"));
    let midnight = midnight.map(|at| at.ms().div_euclid(DAY_MS));
    midnight.map_err(|_| Error::new(Code::TimeInvalid, "a day is YYYY-MM-DD"))
}
