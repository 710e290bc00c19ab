//! What rows of the log say, and that every sentence is in the catalogue in each language.

mod dashboard_support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use dashboard_support::{cost, credits, noon, one};
use nivella_credits::core::activity::{Dimension, Row};
use nivella_credits::core::{Credits, EntryKind};
use nivella_credits::view::dashboard::{Arg, EntryTone, Labels, entry_tone, entry_words};
use serde_json::Value;

/// Every sentence that is said, and what stands in it.
const SAID: &[(&str, &[&str])] = &[
    ("usage.advice.model.text", &["amount", "name"]),
    ("usage.advice.model.title", &["name"]),
    ("usage.advice.nothing.text", &[]),
    ("usage.advice.nothing.title", &[]),
    ("usage.advice.package.days", &["days", "name"]),
    ("usage.advice.package.text", &["price"]),
    ("usage.advice.package.title", &["date", "name"]),
    ("usage.advice.package.year", &["name"]),
    ("usage.advice.plan.text", &["count", "other", "price"]),
    ("usage.advice.plan.title", &["name"]),
    ("usage.advice.spike.by", &["amount", "name", "usual"]),
    ("usage.advice.spike.day", &["date"]),
    ("usage.advice.spike.text", &["amount", "usual"]),
    ("usage.advice.spike.title", &["date", "name"]),
    ("usage.advice.upgrade.title", &["name"]),
    ("usage.evidence.compared", &[]),
    ("usage.evidence.enough", &["amount", "days", "left"]),
    ("usage.evidence.excess", &["amount"]),
    ("usage.evidence.lapse", &["amount"]),
    ("usage.evidence.least", &[]),
    ("usage.evidence.model", &["share"]),
    ("usage.evidence.need", &["amount", "days", "missing"]),
    ("usage.evidence.not-enough", &[]),
    ("usage.evidence.pace", &["amount"]),
    ("usage.evidence.talks", &["amount", "count", "talks"]),
    ("usage.evidence.too-late", &[]),
    ("usage.evidence.too-many", &[]),
    ("usage.partial.refused", &["amount"]),
    ("usage.row.allowance", &[]),
    ("usage.row.bonus", &[]),
    ("usage.row.call", &["min", "s"]),
    ("usage.row.correction", &[]),
    ("usage.row.credited", &[]),
    ("usage.row.expired", &[]),
    ("usage.row.failed", &[]),
    ("usage.row.feature", &["name"]),
    ("usage.row.hold", &[]),
    ("usage.row.purchase", &["amount", "order"]),
    ("usage.row.refund", &["order"]),
    ("usage.row.release", &[]),
    ("usage.row.waived", &["name"]),
];

/// The plural forms that CLDR has for whole and decimal numbers of each language.
const LANGUAGES: [(&str, &[&str]); 4] = [
    ("en", &["one", "other"]),
    ("de", &["one", "other"]),
    ("ar", &["few", "many", "one", "other", "two", "zero"]),
    ("pl", &["few", "many", "one", "other"]),
];

fn sources(folder: &Path, all: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, all);
        } else {
            all.push(std::fs::read_to_string(&path).unwrap());
        }
    }
}

/// Where a sentence begins that a source names, and the next sentence, or the end.
fn named() -> Vec<(String, String)> {
    let mut files = Vec::new();
    for folder in ["src/view/dashboard", "src/browser/usage"] {
        sources(Path::new(folder), &mut files);
    }
    let mut found = Vec::new();
    for file in files {
        let mut parts = file.split("\"usage.");
        parts.next();
        for part in parts {
            let (rest, behind) = part.split_once('"').unwrap();
            found.push((format!("usage.{rest}"), behind.to_owned()));
        }
    }
    found
}

#[test]
fn the_sources_say_what_is_listed_here() {
    let named = named();
    let keys: BTreeSet<&str> = named.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(keys, SAID.iter().map(|(key, _)| *key).collect());
    // What is filled with `.with("name", ...)` on the spot must be a placeholder of the sentence.
    for (key, behind) in &named {
        let (_, placeholders) = SAID.iter().find(|(own, _)| own == key).unwrap();
        let mut rest = behind.strip_prefix(')').unwrap_or("").trim_start();
        while let Some(filled) = rest.strip_prefix(".with(") {
            let (name, more) = filled.trim_start()[1..].split_once('"').unwrap();
            assert!(placeholders.contains(&name), "{key} has no {{{name}}}");
            let mut open = 1_i32;
            let end = more.find(|letter| {
                open += i32::from(letter == '(') - i32::from(letter == ')');
                open == 0
            });
            rest = more[end.unwrap() + 1..].trim_start();
        }
    }
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).map(|part| part.split_once('}').unwrap().0).collect()
}

#[test]
fn every_sentence_is_in_every_language_with_its_placeholders_and_plural_forms() {
    let catalogue: Value = serde_json::from_str(include_str!("../www/messages.json")).unwrap();
    for (key, given) in SAID {
        let given: BTreeSet<&str> = given.iter().copied().collect();
        for (language, forms) in LANGUAGES {
            match &catalogue[key][language] {
                Value::String(text) => assert_eq!(placeholders(text), given, "{key}, {language}"),
                Value::Object(texts) => {
                    assert!(given.contains("amount"), "{key}: nothing chooses the form");
                    let own: Vec<&str> = texts.keys().map(String::as_str).collect();
                    assert_eq!(own, forms, "{key}, {language}");
                    for text in texts.values() {
                        let text = placeholders(text.as_str().unwrap());
                        assert_eq!(text, given, "{key}, {language}");
                    }
                }
                other => panic!("{key} in {language} is {other}"),
            }
        }
    }
}

fn row(kind: EntryKind, what: &'static str) -> Row<'static> {
    let keys = ["chat", "chat_reply", "swift", what, "shop", ""];
    Row { kind, keys, details: "order 1042", ..one(1, noon(20_700)) }
}

fn free(row: Row<'static>) -> Row<'static> {
    cost(row, Credits::ZERO)
}

#[test]
fn every_kind_of_entry_has_its_words_and_its_tone() {
    use EntryKind as Kind;
    use EntryTone as Tone;
    let call = Row { call_ms: 124_001, ..row(Kind::Settle, "call") };
    let waived = Row { waived: credits("1"), ..free(row(Kind::Use, "message")) };
    let waived_call = Row { call_ms: 60_000, ..waived };
    let added = Row { amount: credits("5"), ..row(Kind::Adjustment, "adjustment") };
    let cases: Vec<(Row<'_>, &str, Tone)> = vec![
        (row(Kind::Use, "message"), "usage.row.feature", Tone::Charge),
        (row(Kind::Use, "image"), "usage.row.feature", Tone::Charge),
        (row(Kind::Settle, "use"), "usage.row.feature", Tone::Charge),
        (call, "usage.row.call", Tone::Charge),
        (free(row(Kind::Settle, "call")), "usage.row.failed", Tone::Free),
        (free(row(Kind::Use, "message")), "usage.row.failed", Tone::Free),
        (waived, "usage.row.waived", Tone::Waived),
        (waived_call, "usage.row.waived", Tone::Waived),
        (row(Kind::Hold, "hold"), "usage.row.hold", Tone::Held),
        (row(Kind::Release, "release"), "usage.row.release", Tone::Held),
        (row(Kind::Lapse, "lapse"), "usage.row.release", Tone::Held),
        (row(Kind::Expiry, "expiry"), "usage.row.expired", Tone::Expired),
        (row(Kind::Reversal, "reversal"), "usage.row.refund", Tone::Reversed),
        (row(Kind::Reinstatement, "reinstatement"), "usage.row.credited", Tone::In),
        (row(Kind::Adjustment, "adjustment"), "usage.row.correction", Tone::Reversed),
        (added, "usage.row.correction", Tone::In),
        (row(Kind::Plan, "plan"), "usage.row.allowance", Tone::In),
        (row(Kind::Grant, "allowance"), "usage.row.allowance", Tone::In),
        (row(Kind::Grant, "purchase"), "usage.row.purchase", Tone::In),
        (row(Kind::Grant, "bonus"), "usage.row.bonus", Tone::In),
        (row(Kind::Grant, "refund"), "usage.row.credited", Tone::In),
        (row(Kind::Grant, "adjustment"), "usage.row.credited", Tone::In),
        (row(Kind::Grant, "grant"), "usage.row.credited", Tone::In),
    ];
    let seen: BTreeSet<EntryKind> = cases.iter().map(|(row, ..)| row.kind).collect();
    assert_eq!(seen, EntryKind::ALL.iter().copied().collect(), "every kind is asked for");
    for (row, key, tone) in cases {
        let said = entry_words(&row);
        assert_eq!((said.key, entry_tone(&row)), (key, tone), "{:?} {}", row.kind, row.keys[3]);
        let given: BTreeSet<&str> = said.args.iter().map(|(name, _)| *name).collect();
        let listed = SAID.iter().find(|(own, _)| *own == key).unwrap().1;
        assert_eq!(given, listed.iter().copied().collect(), "{key}");
    }
}

#[test]
fn rows_say_how_long_a_call_was_and_which_order_it_came_from() {
    let args =
        |row: &Row<'_>| -> BTreeMap<&str, Arg> { entry_words(row).args.into_iter().collect() };
    for (call_ms, min, s) in [(1, 0, 1), (59_001, 1, 0), (60_000, 1, 0), (124_001, 2, 5)] {
        let said = args(&Row { call_ms, ..row(EntryKind::Settle, "call") });
        assert_eq!((&said["min"], &said["s"]), (&Arg::Count(min), &Arg::Count(s)), "{call_ms} ms");
    }
    let bought = Row { amount: credits("2000"), ..row(EntryKind::Grant, "purchase") };
    assert_eq!(args(&bought)["order"], Arg::Text("1042".to_owned()), "the sentence has the word");
    assert_eq!(args(&bought)["amount"], Arg::Amount(credits("2000")));
    let named = Row { details: "NV-77/2026", ..row(EntryKind::Reversal, "reversal") };
    assert_eq!(args(&named)["order"], Arg::Text("NV-77/2026".to_owned()));
    let feature = Arg::Key(Dimension::Feature, "chat_reply".to_owned());
    assert_eq!(args(&row(EntryKind::Use, "message"))["name"], feature);
}

#[test]
fn the_last_label_of_a_key_counts_and_dimensions_are_apart() {
    let mut labels = Labels::default();
    labels.set(Dimension::Agent, "chat", "Chat");
    labels.set(Dimension::Agent, "chat", "Front desk");
    labels.set(Dimension::Site, "chat", "chat.example");
    assert_eq!(labels.get(Dimension::Agent, "chat"), "Front desk");
    assert_eq!(labels.get(Dimension::Site, "chat"), "chat.example");
    assert_eq!(labels.get(Dimension::Model, "chat"), "");
}
