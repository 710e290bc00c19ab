//! What the advisor says comes true in the ledger: whoever buys what it says is never refused, and
//! whoever does not runs out on the day that it names.

// A test fails by stopping.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod advisor_support;

use advisor_support::{micro, package};
use nivella_credits::core::advisor::{Answer, Item, Need, cheapest};
use nivella_credits::core::ledger::{Charge, Command, Note, Op, Outcome, Request, Settings};
use nivella_credits::core::runway::Supply as Coming;
use nivella_credits::core::{
    Credits, DAY_MS, DEFAULT_PRIORITY, GrantKind, Instant, Ledger, Mode, Package, Zone,
};
use proptest::prelude::*;

/// Amount, days: none for ever.
type Terms = (i64, Option<u32>);

fn start() -> Instant {
    Instant::parse("2026-11-21T00:00:00Z").unwrap()
}

fn days_on(days: u32) -> Instant {
    start().plus_ms(i64::from(days) * DAY_MS).unwrap()
}

/// Whether it was booked.
fn book(ledger: &mut Ledger, id: &str, op: Op, at: Instant) -> bool {
    let note = Note { reason: Some("test".into()), ..Note::default() };
    let request = Request { id: id.to_owned(), note, op };
    match ledger.apply(Command::One(request), at).unwrap() {
        Outcome::Booked(_) => true,
        Outcome::Refused(_) => false,
        Outcome::Batch(items) => panic!("{items:?}"),
    }
}

fn grant(amount: Credits, until_day: Option<u32>) -> Op {
    Op::Grant {
        kind: GrantKind::Purchase,
        amount,
        bonus: Credits::ZERO,
        order_item: None,
        priority: DEFAULT_PRIORITY,
        effective_at: None,
        expires_at: until_day.map(days_on),
    }
}

fn spend(amount: Credits, mode: Mode) -> Op {
    Op::Use { mode, charge: Charge::Amount(amount), occurred_at: None }
}

fn account(grants: &[Terms], used: i64) -> Ledger {
    let mut ledger = Ledger::new(Settings::default()).unwrap();
    for (n, (amount, days)) in grants.iter().enumerate() {
        book(&mut ledger, &format!("g{n}"), grant(micro(*amount), *days), start());
    }
    if used > 0 {
        book(&mut ledger, "used", spend(micro(used), Mode::Record), start());
    }
    ledger
}

/// Lives through the need's days at noon; the day on which work was first refused.
fn live(mut ledger: Ledger, need: &Need, coming: &[(u32, Terms)], items: &[Item]) -> Option<u32> {
    for (day, credits) in (0_u32..).zip(&need.daily) {
        for (n, (from, (amount, until))) in coming.iter().enumerate() {
            if *from == day {
                let op = grant(micro(*amount), *until);
                book(&mut ledger, &format!("c{n}"), op, days_on(day));
            }
        }
        if day == need.buy_day {
            for item in items {
                let id = format!("item{}", item.package);
                let op = grant(item.credits, item.until_day);
                book(&mut ledger, &id, op, days_on(day));
            }
        }
        if credits.is_positive() {
            let noon = days_on(day).plus_ms(DAY_MS / 2).unwrap();
            if !book(&mut ledger, &format!("u{day}"), spend(*credits, Mode::Strict), noon) {
                return Some(day);
            }
        }
    }
    None
}

fn terms() -> impl Strategy<Value = Terms> {
    (1_i64..60, prop_oneof![Just(None), (1_u32..20).prop_map(Some)])
}

fn packages() -> impl Strategy<Value = Vec<Package>> {
    let one = (terms(), 0_i64..500, 1_u32..9);
    prop::collection::vec(one, 0..6).prop_map(|list| {
        let read = |(n, ((credits, days), price, most)): (usize, (Terms, i64, u32))| {
            package(&n.to_string(), micro(credits), price, most, days)
        };
        list.into_iter().enumerate().map(read).collect()
    })
}

proptest! {
    #[test]
    fn what_is_advised_comes_true(
        grants in prop::collection::vec(terms(), 0..5), used in 0_i64..90,
        coming in prop::collection::vec((1_u32..20, 1_i64..60, 1_u32..10), 0..3),
        daily in prop::collection::vec(1_i64..12, 1..25), packages in packages(),
    ) {
        let ledger = account(&grants, used);
        let balance = ledger.balance(start()).unwrap();
        let with_end = |(from, amount, days)| (from, (amount, Some(from + days)));
        let coming: Vec<(u32, Terms)> = coming.into_iter().map(with_end).collect();
        let known = coming.iter().map(|(from, (amount, until))| {
            Coming::coming(micro(*amount), days_on(*from), until.map(days_on))
        });
        let known: Vec<Coming> = known.collect();
        let daily = daily.into_iter().map(micro).collect();
        let need = Need::of(&balance, &known, &Zone::utc(), daily);
        let advice = cheapest(&need, &packages).unwrap();
        let without = live(ledger.clone(), &need, &coming, &[]);
        prop_assert_eq!(without, advice.runs_out);
        prop_assert_eq!(advice.answer == Answer::Nothing, without.is_none());
        if advice.answer == Answer::Buy {
            prop_assert_eq!(live(ledger, &need, &coming, &advice.items), None);
        }
    }
}
