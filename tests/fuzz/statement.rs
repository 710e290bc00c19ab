//! Statements: their text, and entries whose digests were written anew by who changed them.

use nivella_credits::core::Zone;
use nivella_credits::core::statement::{Head, Opening, Row, Verdict, Verifier, canonical};
use nivella_credits::wire::ledger_entry::EntryShape;
use nivella_credits::wire::statement::{StatementReader, StatementText};
use serde_json::{Value, json};

use crate::mutate::{broken_text, mutated};
use crate::random::Random;
use crate::samples;
use crate::targets::Samples;

fn head() -> Head {
    Head { account: "7".to_owned(), as_of: samples::now(), zone: Zone::utc() }
}

/// A true statement, from the middle of the account on or the whole.
pub fn text(from: u64) -> String {
    let (ledger, mut text) = (samples::used_ledger(), StatementText::new(head(), from));
    std::iter::from_fn(|| text.next(&ledger, 100).unwrap()).collect()
}

const FIGURES: &[&str] =
    &["0", "-1", "1", "9223372036854775807", "18446744073709551616", "999999999999.999999", "\"\""];

/// The text with another figure somewhere, or broken off.
fn changed(text: &str, random: &mut Random) -> String {
    if random.one_in(2) {
        return String::from_utf8_lossy(&broken_text(text, random)).into_owned();
    }
    let digits: Vec<_> = text.match_indices(|c: char| c.is_ascii_digit()).collect();
    let (at, _) = *random.pick(&digits);
    let end = text[at..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |end| at + end);
    format!("{}{}{}", &text[..at], random.pick(FIGURES), &text[end..])
}

pub fn make(samples: &Samples, random: &mut Random) -> Value {
    let text = changed(random.pick::<String>(&samples.statements), random);
    json!([text, mutated(&samples.entries, random), random.below(3)])
}

pub fn read(samples: &Samples, input: &Value) {
    let mut reader = StatementReader::default();
    let text = input[0].as_str().unwrap_or_default();
    text.as_bytes().chunks(1_000).for_each(|piece| reader.push(piece));
    let same = samples.statements.iter().any(|own| own == text);
    if let Verdict::Matches(_) = reader.finish() {
        let value = |text: &str| serde_json::from_str::<Value>(text).ok();
        let same = same || samples.statements.iter().any(|own| value(own) == value(text));
        assert!(same, "a changed statement matches");
    }
    feed(samples, &input[1]);
}

/// The entries as a forger would hand them out.
fn feed(samples: &Samples, entries: &Value) {
    let mut verifier = Verifier::new(&Opening::default());
    let mut digest = canonical::genesis();
    for value in entries.as_array().into_iter().flatten() {
        let shape = serde_json::from_value::<EntryShape>(value.clone());
        let Some(entry) = shape.ok().and_then(|shape| shape.parse().ok()) else { return };
        let grant = entry.grant.and_then(|id| samples.used.grants().iter().find(|g| g.id == id));
        let grant = grant.cloned();
        digest = canonical::entry_digest(digest, &entry, grant.as_ref());
        verifier.feed(&[Row { entry, grant, digest }]);
    }
}
