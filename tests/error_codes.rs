//! The list of error codes is the same in every language.

use std::collections::BTreeSet;

use nivella_credits::Code;
use serde_json::Value;

#[test]
fn the_table_of_codes_is_the_list_of_the_vectors() {
    let all: Value = serde_json::from_str(include_str!("vectors/error_codes.json")).unwrap();
    let listed: BTreeSet<(String, u64)> = all["codes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["code"].as_str().unwrap().to_owned(), row["status"].as_u64().unwrap()))
        .collect();
    assert_eq!(listed.len(), all["codes"].as_array().unwrap().len(), "a code is listed twice");
    let table: BTreeSet<(String, u64)> =
        Code::ALL.iter().map(|code| (code.as_str().to_owned(), code.status().into())).collect();
    assert_eq!(table.len(), Code::ALL.len(), "a code has two variants");
    assert_eq!(table, listed);
}

#[test]
fn codes_are_words_and_statuses_are_refusals() {
    for code in Code::ALL {
        let text = code.as_str();
        assert!(text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "{text}");
        assert!((400..600).contains(&code.status()), "{text}");
    }
}
