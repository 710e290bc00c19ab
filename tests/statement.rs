//! Statements: what an account says of itself follows from its entries, and any change is found.

// The histories are shared with other tests, which use more of them.
#![allow(dead_code)]

#[path = "model/account.rs"]
mod account;
#[path = "statement_support/changes.rs"]
mod changes;
#[path = "model/history.rs"]
mod history;
#[path = "model/holds.rs"]
mod holds;
#[path = "model/items.rs"]
mod items;
#[path = "model/naive.rs"]
mod naive;
#[path = "model/pair.rs"]
mod pair;
mod statement_support;
#[path = "model/subscriptions.rs"]
mod subscriptions;
#[path = "statement_support/vectors.rs"]
mod vectors;

use nivella_credits::core::statement::Verdict;
use statement_support::{history, read, text, verdict, whole};

#[test]
fn every_statement_of_a_true_account_matches_whole_and_from_any_entry_on() {
    for seed in 0..16 {
        let ledger = history(seed, 150);
        let snapshot = ledger.snapshot();
        let count = snapshot.entries;
        let mut digests = Vec::new();
        for (n, from) in [0, count / 3, count / 2, count].into_iter().enumerate() {
            // Not between what a hold gave back and its expiry: they are one request's.
            let pair = |seq: &u64| {
                let next = ledger.entries().get(*seq as usize);
                next.is_none_or(|entry| entry.kind.as_str() != "expiry" || entry.hold.is_none())
            };
            let from = (from..=count).find(pair).unwrap();
            let whole = whole(&ledger, from);
            let Verdict::Matches(matches) = verdict(&whole, 1 + n * 7) else {
                panic!("seed {seed} from {from}: {:?}", verdict(&whole, 1));
            };
            assert_eq!((matches.first, matches.entries), (from + 1, count - from));
            assert_eq!(matches.debt, snapshot.debt);
            let booked: i64 = ledger.entries().iter().map(|entry| entry.amount.micro()).sum();
            assert_eq!(matches.posted.micro(), booked, "posted is the sum of all entries");
            digests.push(matches.digest);
        }
        assert!(digests.iter().all(|digest| *digest == digests[0]), "one history, one digest");
    }
}

#[test]
fn a_text_is_the_same_in_pieces_of_any_size_and_matches() {
    for seed in 100..104 {
        let ledger = history(seed, 100);
        let count = ledger.entries().len() as u64;
        for from in [0, count / 2, count] {
            let text = text(&ledger, from, usize::MAX);
            assert_eq!(text, statement_support::text(&ledger, from, 1), "seed {seed} from {from}");
            for piece in [1, 7, 4_096, usize::MAX] {
                let verdict = read(text.as_bytes(), piece);
                assert!(matches!(verdict, Verdict::Matches(_)), "seed {seed}: {verdict:?}");
            }
            let value: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
            assert!(!text.contains("_tokens") && !text.contains("request"), "nobody's business");
            assert_eq!(value["entries"].as_array().unwrap().len() as u64, count - from);
            let loose = text.replace('\n', " \t\r\n ");
            assert!(matches!(read(loose.as_bytes(), 100), Verdict::Matches(_)), "whitespace");
        }
    }
}

#[test]
fn what_is_booked_between_two_pieces_is_not_in_the_statement() {
    use nivella_credits::core::ledger::{Command, Note, Op, Request};
    use nivella_credits::core::statement::Head;
    use nivella_credits::core::{Credits, Zone};
    use nivella_credits::wire::statement::StatementText;
    let mut ledger = history(5, 60);
    let as_of = ledger.entries().last().unwrap().booked_at;
    let count = ledger.entries().len() as u64;
    let head = Head { account: String::new(), as_of, zone: Zone::utc() };
    let (mut writer, mut text) = (StatementText::new(head, 0), String::new());
    while let Some(piece) = writer.next(&ledger, 7).unwrap() {
        text.push_str(&piece);
        let id = format!("between-{}", text.len());
        let note = Note { reason: Some("between".into()), ..Note::default() };
        let op = Op::Add { amount: Credits::ONE, expires_at: None };
        let _ = ledger.apply(Command::One(Request { id, note, op }), as_of);
    }
    assert!(ledger.entries().len() as u64 > count, "something was booked in between");
    let Verdict::Matches(matches) = read(text.as_bytes(), 100) else { panic!("{text}") };
    assert_eq!(matches.entries, count);
}
