//! Whatever is changed in a statement is found, and where.

use nivella_credits::core::statement::{Difference, Place, Verdict, What, canonical};
use nivella_credits::core::{Credits, Digest, EntryKind};

use crate::history::Random;
use crate::statement_support::{Whole, history, read, text, verdict, whole};

/// The number of the entry whose line this byte is in; none for the other sections.
fn entry_at(text: &str, at: usize) -> Option<u64> {
    let entries = text.find("\"entries\": [").unwrap();
    let end = text.find("\"grants\": [").unwrap() - 4;
    if !(entries..end).contains(&at) {
        return None;
    }
    let line = text[..at].rfind('\n').unwrap() + 1;
    let digits: String = text[line..].chars().skip(7).take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// The one change that means nothing: whitespace between values. JSON has other ways to write a
/// letter too (`A`), but then a quote or a backslash stands there, and the value is the same.
fn same_value(before: &[u8], after: &[u8]) -> bool {
    let value = |text| serde_json::from_slice::<serde_json::Value>(text).ok();
    value(after).is_some_and(|after| value(before) == Some(after))
}

#[test]
fn any_changed_byte_is_found_at_its_entry_or_refused() {
    let (mut refused, mut found) = (0, 0);
    for seed in 0..6 {
        let mut random = Random(seed);
        let ledger = history(seed, 40);
        let from = if seed % 2 == 0 { 0 } else { ledger.entries().len() as u64 / 2 };
        let (before, after) = ledger.entries().split_at(from as usize);
        let between = after.first().is_some_and(|entry| entry.kind == EntryKind::Expiry);
        let text = text(&ledger, if between { 0 } else { before.len() as u64 }, 1_000);
        for _ in 0..120 {
            let mut bytes = text.clone().into_bytes();
            let at = random.below(bytes.len() as u64) as usize;
            match random.below(6) {
                0 => drop(bytes.remove(at)),
                1 => bytes.insert(at, b"0123456789,:{}[]\" -"[random.below(19) as usize]),
                2 => bytes[at] = random.below(256) as u8,
                // A digit stays a digit, a letter a letter: what still can be read.
                _ => bytes[at] ^= 1,
            }
            if same_value(text.as_bytes(), &bytes) {
                continue;
            }
            match read(&bytes, 1_000) {
                Verdict::Matches(_) => panic!("seed {seed}: byte {at} was changed unnoticed"),
                Verdict::Refused(_) => refused += 1,
                Verdict::Differs(Difference { place: Place::Entry(seq), .. }) => {
                    assert_eq!(Some(seq), entry_at(&text, at), "seed {seed}, byte {at}");
                    found += 1;
                }
                Verdict::Differs(difference) => {
                    assert_eq!(entry_at(&text, at), None, "seed {seed}, byte {at}: {difference:?}");
                    found += 1;
                }
            }
        }
    }
    assert!(refused > 100 && found > 100, "{refused} refused, {found} found");
}

#[test]
fn a_line_that_is_missing_moved_or_twice_is_found() {
    let text = text(&history(3, 60), 0, 1_000);
    let lines: Vec<&str> = text.split('\n').collect();
    let is_entry = |line: &&str| line.starts_with("{\"seq\"") && line.contains("\"details\"");
    let first = lines.iter().position(&is_entry).unwrap();
    let count = lines.iter().filter(|line| is_entry(line)).count();
    for n in (0..count - 2).step_by(3) {
        let seq = n as u64 + 1;
        let at = first + n;
        let mut without = lines.clone();
        without.remove(at);
        let mut twice = lines.clone();
        twice.insert(at, lines[at]);
        let mut swapped = lines.clone();
        swapped.swap(at, at + 1);
        for (changed, place) in [(without, seq), (twice, seq + 1), (swapped, seq)] {
            let verdict = read(changed.join("\n").as_bytes(), 1_000);
            let Verdict::Differs(difference) = verdict else { panic!("{verdict:?}") };
            assert_eq!(difference.place, Place::Entry(place));
            assert_eq!(difference.what, What::Sequence);
        }
    }
    let cut: String = lines[..first + 5].join("\n");
    assert!(matches!(read(cut.as_bytes(), 100), Verdict::Refused(_)), "broken off");
}

/// A statement that was forged by someone who knows how to write digests.
fn reseal(whole: &mut Whole, from: usize) {
    let mut previous = match from.checked_sub(1) {
        Some(before) => whole.rows[before].digest,
        None => whole.opening.digest,
    };
    for row in &mut whole.rows[from..] {
        row.digest = canonical::entry_digest(previous, &row.entry, row.grant.as_ref());
        previous = row.digest;
    }
    whole.closing.digest = previous;
}

fn more(amount: &mut Credits) {
    *amount = amount.checked_add(Credits::from_micro(1)).unwrap();
}

type Forgery = fn(&mut Whole, usize) -> bool;

/// Another hold may be open too, with other draws.
const RESOLVED: &[What] = &[What::Hold, What::Draws, What::Debt];

/// What a forger changes of a row, where it has such a thing, and what is said of it.
const FORGERIES: &[(Forgery, &[What])] = &[
    (|w, n| (more(&mut w.rows[n].entry.amount), true).1, &[What::Amount]),
    (|w, n| (more(&mut w.rows[n].entry.debt), true).1, &[What::Debt, What::Draws, What::Amount]),
    (
        |w, n| w.rows[n].entry.draws.first_mut().map(|draw| more(&mut draw.amount)).is_some(),
        // Of a hold or a use a little more can be what it cost; then the sum is wrong.
        &[What::Draws, What::Debt, What::Amount, What::Movement],
    ),
    (|w, n| w.rows[n].entry.draws.pop().is_some(), &[What::Draws, What::Debt, What::Amount]),
    (
        |w, n| {
            let draws = &mut w.rows[n].entry.draws;
            draws.reverse();
            draws.len() > 1
        },
        &[What::Draws],
    ),
    (
        |w, n| w.rows[n].entry.draws.first_mut().map(|draw| draw.grant += 1).is_some(),
        // An expiry of a grant whose time is not over.
        &[What::Draws, What::Debt, What::Time, What::Movement],
    ),
    (
        |w, n| w.rows[n].grant.as_mut().map(|grant| more(&mut grant.amount)).is_some(),
        &[What::Amount, What::Draws, What::Debt],
    ),
    (|w, n| w.rows[n].entry.hold.as_mut().map(|hold| *hold += 1).is_some(), RESOLVED),
    (
        |w, n| w.rows[n].entry.movement.as_mut().map(|m| more(&mut m.target)).is_some(),
        &[What::Movement],
    ),
    (|w, n| (w.rows[n].entry.seq += 1, true).1, &[What::Sequence]),
];

#[test]
fn a_forged_figure_is_found_though_all_digests_were_written_anew() {
    for (number, (forge, says)) in FORGERIES.iter().enumerate() {
        let mut found = 0;
        for seed in 0..4 {
            let whole = whole(&history(seed, 60), 0);
            for n in 0..whole.rows.len() {
                let mut forged = whole.clone();
                if !forge(&mut forged, n) {
                    continue;
                }
                reseal(&mut forged, n);
                let Verdict::Differs(difference) = verdict(&forged, 1_000) else {
                    panic!("forgery {number} of entry {n} of seed {seed}: {:?}", whole.rows[n])
                };
                if difference.place == Place::Entry(n as u64 + 1) && says.contains(&difference.what)
                {
                    found += 1;
                    continue;
                }
                let row = &whole.rows[n].entry;
                // How much is reserved is free; what becomes of it later is not.
                let later = match difference.place {
                    Place::Entry(seq) => seq > n as u64 + 1,
                    place => matches!(place, Place::Grant(_) | Place::Closing),
                };
                if row.kind == EntryKind::Hold && later {
                    continue;
                }
                panic!("forgery {number}, seed {seed}: {difference:?} in {row:?}");
            }
        }
        assert!(found > 2, "forgery {number} was tried {found} times");
    }
}

#[test]
fn a_forged_closing_is_found_figure_by_figure() {
    type Change = fn(&mut Whole);
    let changes: &[(Change, What)] = &[
        (|w| more(&mut w.closing.posted), What::Posted),
        (|w| more(&mut w.closing.available), What::Available),
        (|w| more(&mut w.closing.held), What::Held),
        (|w| more(&mut w.closing.debt), What::Debt),
        (|w| more(&mut w.closing.pools[1].held), What::Pools),
        (|w| more(&mut w.closing.totals[1].used), What::Totals),
        (|w| w.closing.totals[1].entries += 1, What::Totals),
        (|w| more(&mut w.closing.totals[1].waived), What::Totals),
        (|w| w.closing.seq += 1, What::Sequence),
        (|w| w.closing.digest = Digest::of(b"x"), What::Digest),
        (|w| w.parts.truncate(w.parts.len() - 1), What::Parts),
    ];
    let whole = whole(&history(1, 60), 0);
    for (n, (change, what)) in changes.iter().enumerate() {
        let mut forged = whole.clone();
        change(&mut forged);
        let Verdict::Differs(difference) = verdict(&forged, 7) else { panic!("change {n}") };
        assert_eq!((difference.place, difference.what), (Place::Closing, *what), "change {n}");
        assert_ne!(difference.expected, difference.found);
    }
    let mut forged = whole.clone();
    let (grant, parts) = &mut forged.parts[2];
    let (grant, place) = (*grant, parts.iter().position(|part| part.is_positive()).unwrap());
    parts.swap(place, (place + 1) % 5);
    let Verdict::Differs(difference) = verdict(&forged, 7) else { panic!("swapped parts") };
    assert_eq!((difference.place, difference.what), (Place::Grant(grant), What::Parts));
}
