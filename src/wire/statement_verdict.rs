//! The verdict on a statement, for who shows it.

use crate::core::digits::digits;
use crate::core::statement::{Difference, Matches, Place, Verdict};
use crate::error::Error;
use crate::wire::value::Value;
use crate::wire::writer::Writer;

/// `{verdict: "matches", first, entries, posted, available, held, debt, used, digest}`, or
/// `{verdict: "differs", place: "opening" | "entry" | "grant" | "closing", id, what, expected,
/// found}` with the number of the entry or grant as `id`, or `{verdict: "refused", code, field,
/// seq}` with the number of the entry that can't be read, where it is one.
pub fn verdict_shape(verdict: &Verdict) -> Value {
    match verdict {
        Verdict::Matches(matches) => matches_shape(matches),
        Verdict::Differs(difference) => difference_shape(difference),
        Verdict::Refused(error) => refused_shape(error),
    }
}

fn matches_shape(matches: &Matches) -> Value {
    Writer::default()
        .put("verdict", "matches")
        .put("first", matches.first)
        .put("entries", matches.entries)
        .put("posted", matches.posted)
        .put("available", matches.available)
        .put("held", matches.held)
        .put("debt", matches.debt)
        .put("used", matches.used)
        .put("digest", matches.digest.text())
        .done()
}

fn difference_shape(difference: &Difference) -> Value {
    let (place, id) = match difference.place {
        Place::Opening => ("opening", None),
        Place::Entry(seq) => ("entry", Some(seq)),
        Place::Grant(id) => ("grant", Some(id)),
        Place::Closing => ("closing", None),
    };
    Writer::default()
        .put("verdict", "differs")
        .put("place", place)
        .put("id", id.map(digits))
        .put("what", difference.what.as_str())
        .put("expected", &*difference.expected)
        .put("found", &*difference.found)
        .done()
}

fn refused_shape(error: &Error) -> Value {
    let seq = error.details.iter().find(|(name, _)| *name == "seq").map(|(_, seq)| seq.clone());
    Writer::default()
        .put("verdict", "refused")
        .put("code", error.code.as_str())
        .put("field", error.field)
        .put("seq", seq)
        .done()
}
