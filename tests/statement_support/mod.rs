//! Statements of accounts in which much has happened.

use nivella_credits::core::ledger::Command;
use nivella_credits::core::reversal::Item;
use nivella_credits::core::statement::{Closing, Head, Maker, Opening, Row, Verdict, Verifier};
use nivella_credits::core::{Credits, Grant, Hold, Instant, Ledger};
use nivella_credits::wire::statement::{StatementReader, StatementText};

use crate::history::{Random, clock_step, coincidence, request};
use crate::pair::{START, pair};

/// A statement in one piece, as no page needs it.
#[derive(Clone)]
pub struct Whole {
    pub opening: Opening,
    pub grants: Vec<(Grant, [Credits; 5])>,
    pub holds: Vec<Hold>,
    pub items: Vec<Item>,
    pub rows: Vec<Row>,
    pub parts: Vec<(u64, [Credits; 5])>,
    pub closing: Closing,
}

/// The statement of all entries behind this one.
pub fn whole(ledger: &Ledger, seq: u64) -> Whole {
    let mut maker = Maker::default();
    let (before, behind) = ledger.entries().split_at(seq as usize);
    before.iter().for_each(|entry| maker.skip(entry, ledger.grants()).unwrap());
    let opened = maker.open().unwrap();
    let row = |entry| maker.row(entry, ledger.grants()).unwrap();
    let rows = behind.iter().map(row).collect();
    let parts = std::iter::from_fn(|| maker.parts()).collect();
    let closing = maker.close().unwrap();
    Whole {
        opening: opened.opening,
        grants: opened.grants,
        holds: opened.holds,
        items: opened.items,
        rows,
        parts,
        closing,
    }
}

/// What the verification says, in slices of this many entries.
pub fn verdict(whole: &Whole, slice: usize) -> Verdict {
    let mut verifier = Verifier::new(&whole.opening);
    let opened = (|| {
        for (grant, parts) in &whole.grants {
            verifier.open_grant(grant.clone(), *parts)?;
        }
        for hold in &whole.holds {
            verifier.open_hold(hold.clone())?;
        }
        for item in &whole.items {
            verifier.open_item(item.clone())?;
        }
        verifier.opened()
    })();
    if let Err(error) = opened {
        return Verdict::Refused(error);
    }
    whole.rows.chunks(slice).for_each(|rows| verifier.feed(rows));
    whole.parts.iter().for_each(|(grant, parts)| verifier.close_grant(*grant, parts));
    verifier.close(&whole.closing);
    verifier.verdict()
}

/// The account after a random history.
pub fn history(seed: u64, steps: usize) -> Ledger {
    let mut random = Random(seed);
    let (mut ledger, mut naive) = pair(seed);
    let mut now = Instant::parse(START).unwrap().ms();
    for step in 0..steps {
        now += clock_step(&mut random);
        let marks = naive.marks();
        if random.one_in(8) {
            now = coincidence(&mut random, now, &marks).unwrap_or(now);
        }
        let holds = naive.holds.len() as u64;
        let sent = (!random.one_in(12)).then(|| request(&mut random, step, now, holds, &marks));
        // What it answers is tested elsewhere; here only what is booked counts.
        naive.send(sent.as_ref(), now);
        let command = sent.map_or(Command::Touch, Command::One);
        let _ = ledger.apply(command, Instant::from_ms(now).unwrap());
    }
    ledger
}

/// The text of a statement of all entries behind this one, written in pieces of so many entries.
pub fn text(ledger: &Ledger, seq: u64, piece: usize) -> String {
    let as_of = Instant::parse("2027-06-01T00:00:00Z").unwrap();
    let head = Head { account: "7".to_owned(), as_of, zone: ledger.settings().zone.clone() };
    let mut text = StatementText::new(head, seq);
    std::iter::from_fn(|| text.next(ledger, piece).unwrap()).collect()
}

/// What is said of a text that comes in pieces of so many bytes.
pub fn read(text: &[u8], piece: usize) -> Verdict {
    let mut reader = StatementReader::default();
    text.chunks(piece).for_each(|piece| reader.push(piece));
    reader.finish()
}
