//! The canonical form's vectors: what another implementation has to write, byte for byte.

use nivella_credits::core::Digest;
use nivella_credits::core::statement::{Verdict, canonical};
use nivella_credits::wire::statement::RowShape;
use serde::Deserialize;
use serde_json::from_str;

use crate::statement_support::read;

#[derive(Deserialize)]
struct Vectors {
    genesis: Genesis,
    entries: Vec<Case>,
    statement: Vec<String>,
    opening_lines: usize,
    lines: Vec<String>,
}

#[derive(Deserialize)]
struct Genesis {
    text: String,
    digest: String,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    entry: RowShape,
    canonical: String,
    details_canonical: String,
}

fn vectors() -> Vectors {
    from_str(include_str!("../vectors/statement.json")).unwrap()
}

#[test]
fn every_entry_has_the_canonical_form_of_its_vector() {
    let Vectors { genesis, entries, .. } = vectors();
    assert_eq!(genesis.text, canonical::GENESIS);
    let mut previous = canonical::genesis();
    assert_eq!(genesis.digest, previous.text());
    assert!(entries.len() >= 20);
    for Case { name, entry, canonical, details_canonical } in entries {
        let row = entry.parse().unwrap_or_else(|error| panic!("{name}: {error:?}"));
        let line = canonical::entry_line(previous, &row.entry, row.grant.as_ref());
        assert_eq!(canonical, line, "{name}");
        let digest = canonical::entry_digest(previous, &row.entry, row.grant.as_ref());
        assert_eq!(row.digest, digest, "{name}");
        assert_eq!(entry.details(), Some(Digest::of(details_canonical.as_bytes())), "{name}");
        previous = digest;
    }
}

#[test]
fn the_statement_of_the_vectors_matches_and_its_seals_are_those_of_its_lines() {
    let vectors = vectors();
    let text = vectors.statement.join("\n");
    let verdict = read(text.as_bytes(), 100);
    let Verdict::Matches(matches) = verdict else { panic!("{verdict:?}") };
    let value: serde_json::Value = from_str(&text).unwrap();
    assert_eq!(value["closing"]["posted"], matches.posted.text());
    let lines: Vec<String> = vectors.lines.iter().map(|line| format!("{line}\n")).collect();
    let seal = |lines: &[String]| Digest::of(lines.concat().as_bytes()).text();
    assert_eq!(value["opening_seal"], seal(&lines[..vectors.opening_lines]));
    assert_eq!(value["seal"], seal(&lines));
}
