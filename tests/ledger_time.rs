//! Rules of time: it never matters how late an account is touched, and a clock may step back.

mod ledger_support;

use ledger_support::{
    Account, DAY, HOUR, at, grant, hold, micro, plan, purchase, reverse, settle, spend,
};
use nivella_credits::Code;
use nivella_credits::core::ledger::{Charge, Op, Outcome, Settings, Term};
use nivella_credits::core::{CycleShare, GrantKind, Mode, Plan, Source, Zone};
use proptest::prelude::*;

fn settings() -> Settings {
    let rolls = Plan { rollover_cap: micro(40), ..plan("rolls", 1, 100) };
    let unlimited = Plan { unlimited: true, ..plan("unlimited", 9, 0) };
    let plans = vec![plan("basic", 1, 100), plan("plus", 2, 250), rolls, unlimited];
    Settings { plans, ..Settings::default() }
}

fn subscribe(key: &str, months: u32) -> Op {
    Op::Subscribe { plan: key.into(), term: Term::Months(months), started_at: None }
}

fn change(key: &str) -> Op {
    Op::ChangePlan { plan: key.into() }
}

/// What a customer does, without what depends on time alone.
fn deeds() -> impl Strategy<Value = Vec<(i64, Op)>> {
    let plans = || prop::sample::select(vec!["basic", "plus", "rolls", "unlimited"]);
    let deed = prop_oneof![
        4 => (1_i64..200).prop_map(|cost| spend(cost, Mode::Record)),
        3 => (1_i64..90, 1..6 * DAY).prop_map(|(amount, time)| hold(amount, time)),
        2 => (1_u64..6, 1_i64..120).prop_map(|(id, cost)| settle(id, cost, Mode::Record)),
        1 => (1_u64..6).prop_map(|hold| Op::Release { hold }),
        3 => (1_i64..300, 1_i64..90).prop_map(|(amount, days)| purchase(amount, Some(days * DAY))),
        2 => (0_i64..=7).prop_map(|part| reverse("item", part, 7)),
        2 => (plans(), 1_u32..4).prop_map(|(key, months)| subscribe(key, months)),
        2 => plans().prop_map(change),
        1 => (1_u32..3).prop_map(|months| Op::Renew { term: Term::Months(months) }),
    ];
    prop::collection::vec((0..9 * DAY, deed), 1..25)
}

proptest! {
    #[test]
    fn touching_in_between_changes_nothing(
        deeds in deeds(), touches in prop::collection::vec(0..200 * DAY, 0..30),
    ) {
        let (mut quiet, mut busy) = (Account::new(settings()), Account::new(settings()));
        for account in [&mut quiet, &mut busy] {
            account.book(grant(GrantKind::Purchase, 500, None, Some("item")), 0);
        }
        let mut now = 0;
        for (pause, op) in deeds {
            let then = now + pause;
            let mut between: Vec<i64> =
                touches.iter().copied().filter(|t| now < *t && *t <= then).collect();
            between.sort_unstable();
            between.iter().for_each(|touch| busy.touch(*touch));
            let (a, b) = (quiet.send(op.clone(), then), busy.send(op, then));
            let booked = |answer: &Result<Outcome, _>| matches!(answer, Ok(Outcome::Booked(_)));
            prop_assert_eq!(booked(&a), booked(&b));
            now = then;
        }
        let end = now + 200 * DAY;
        touches.iter().for_each(|touch| busy.touch(now + *touch));
        let mut seen = [&quiet, &busy].map(|account| account.ledger.balance(at(end)).unwrap());
        seen.iter_mut().for_each(|balance| balance.version = 0);
        prop_assert_eq!(&seen[0], &seen[1]);
        quiet.touch(end);
        busy.touch(end);
        prop_assert_eq!(quiet.parts(), busy.parts());
        let what = |account: &Account| -> Vec<_> {
            account.ledger.entries().iter()
                .map(|e| (e.kind, e.amount, e.debt, e.draws.clone())).collect()
        };
        prop_assert_eq!(what(&quiet), what(&busy));
        quiet.check();
    }

    #[test]
    fn purchased_credits_survive_every_reset_and_change_of_plan(
        bought in 1_i64..1_000, months in 1_u32..8, start in 0..40 * DAY,
        changes in prop::collection::vec(
            (1..40 * DAY, prop::sample::select(vec!["basic", "plus", "rolls", "unlimited"])), 0..8),
    ) {
        let mut account = Account::new(settings());
        account.book(purchase(bought, None), 0);
        account.book(subscribe("basic", months), start);
        let mut now = start;
        for (pause, key) in changes {
            now += pause;
            let _ = account.send(change(key), now);
            prop_assert_eq!(account.parts()[0], [bought, 0, 0, 0, 0]);
        }
        account.touch(now + 400 * DAY);
        prop_assert_eq!(account.parts()[0], [bought, 0, 0, 0, 0]);
        prop_assert_eq!(account.available(now + 400 * DAY), bought);
    }

    #[test]
    fn each_cycle_is_granted_once_and_an_upgrade_once_per_level_and_cycle(
        months in 1_u32..6,
        changes in prop::collection::vec(
            (0..20 * DAY, prop::sample::select(vec!["basic", "plus", "rolls"])), 0..20),
    ) {
        let mut account = Account::new(settings());
        account.book(subscribe("basic", months), 0);
        let mut now = 0;
        for (pause, key) in changes {
            now += pause;
            let _ = account.send(change(key), now);
        }
        account.touch(300 * DAY);
        let mut seen = Vec::new();
        for grant in account.ledger.grants() {
            prop_assert!(!seen.contains(&grant.source), "{:?} twice", grant.source);
            seen.push(grant.source.clone());
        }
        let allowances = seen.iter().filter(|source| {
            matches!(source, Source::Cycle { share: CycleShare::Allowance, .. })
        });
        prop_assert_eq!(allowances.count(), months as usize);
    }

    /// A23: a server's clock is set back.
    #[test]
    fn a_clock_that_steps_back_never_books_before_the_last_entry(
        steps in prop::collection::vec((-3 * DAY..3 * DAY, 1_i64..50), 1..40),
    ) {
        let mut account = Account::new(settings());
        account.book(purchase(400, Some(10 * DAY)), 0);
        let (mut now, mut used) = (0_i64, 0);
        for (step, cost) in steps {
            now = (now + step).max(0);
            if let Ok(Outcome::Booked(_)) = account.send(spend(cost, Mode::Strict), now) {
                used += cost;
            }
            let balance = account.ledger.balance(at(now)).unwrap();
            prop_assert!(account.ledger.entries().iter().all(|e| e.booked_at <= balance.as_of));
        }
        let entries = account.ledger.entries();
        prop_assert!(entries.is_sorted_by(|a, b| a.booked_at <= b.booked_at));
        prop_assert_eq!(account.parts()[0][2], used);
        account.check();
    }
}

#[test]
fn a_refusal_rolls_back_what_time_did_too() {
    let mut account = Account::new(settings());
    account.book(subscribe("basic", 3), 0);
    account.book(hold(30, HOUR), 0);
    let stored = account.ledger.snapshot();
    let refused = account.send(spend(1_000, Mode::Strict), 100 * DAY);
    assert!(matches!(refused, Ok(Outcome::Refused(_))), "{refused:?}");
    assert!(account.send(settle(1, 1, Mode::Strict), 100 * DAY).is_err());
    assert!(account.ledger.snapshot() == stored);
    account.touch(100 * DAY);
    assert_eq!(account.ledger.entries().len(), 9, "a lapse, three expiries and two cycles more");
}

#[test]
fn settings_that_miss_a_plan_in_use_are_refused_and_change_nothing() {
    let mut account = Account::new(settings());
    account.book(subscribe("basic", 3), 0);
    let stored = account.ledger.snapshot();
    let without = Settings { plans: vec![plan("plus", 2, 250)], ..Settings::default() };
    assert!(account.ledger.configure(without, at(40 * DAY)).is_err());
    assert!(account.ledger.snapshot() == stored);
    let dearer = Settings { plans: vec![plan("basic", 1, 500)], ..Settings::default() };
    account.ledger.configure(dearer, at(40 * DAY)).unwrap();
    // The cycle that began before is booked by the old plan, the next one by the new.
    assert_eq!(account.available(40 * DAY), 100);
    assert_eq!(account.available(65 * DAY), 500);
}

fn zoned(hours: i32) -> Settings {
    Settings { zone: Zone::new(hours * 3_600, Vec::new()).unwrap(), ..settings() }
}

fn used_at(account: &mut Account, occurred: i64, now: i64) {
    let charge = Charge::Amount(micro(1));
    let occurred_at = Some(at(occurred));
    account.book(Op::Use { mode: Mode::Record, charge, occurred_at }, now);
}

fn days(account: &Account) -> Vec<i64> {
    account.ledger.snapshot().days.iter().map(|(day, _)| day - 20_758).collect()
}

#[test]
fn days_change_zone_with_the_next_cycle_and_booked_ones_never() {
    let mut account = Account::new(zoned(0));
    account.book(subscribe("basic", 3), 0);
    used_at(&mut account, 23 * HOUR, 23 * HOUR);
    account.ledger.configure(zoned(2), at(2 * DAY)).unwrap();
    // A second change within the cycle does not bring the first one into force.
    account.ledger.configure(zoned(3), at(2 * DAY)).unwrap();
    used_at(&mut account, 3 * DAY - HOUR, 3 * DAY);
    assert_eq!(days(&account), [0, 2], "the running cycle has the old days");
    account.book(purchase(1_000, None), 30 * DAY);
    // 23:00 of the last old day, and the same hour of the first new one.
    used_at(&mut account, 30 * DAY - HOUR, 30 * DAY);
    used_at(&mut account, 31 * DAY - HOUR, 31 * DAY);
    assert_eq!(days(&account), [2, 29, 31], "the next cycle has the new days");
}

#[test]
fn without_a_plan_days_change_zone_at_once_but_not_those_before() {
    let mut account = Account::new(zoned(0));
    account.book(purchase(1_000, None), 0);
    account.ledger.configure(zoned(2), at(2 * DAY)).unwrap();
    used_at(&mut account, 2 * DAY - HOUR, 2 * DAY);
    used_at(&mut account, 3 * DAY - HOUR, 3 * DAY);
    assert_eq!(days(&account), [1, 3]);
}

#[test]
fn a_thousand_holds_are_open_at_once_and_no_more() {
    let mut account = Account::new(settings());
    account.book(grant(GrantKind::Purchase, 5_000, None, Some("item")), 0);
    for _ in 0..999 {
        account.book(hold(1, DAY), 0);
    }
    account.book(hold(1, 5), 0);
    assert_eq!(account.code(hold(1, DAY), 0), Some(Code::TooManyHolds));
    account.book(hold(1, DAY), 5); // One has lapsed.
    assert_eq!(account.code(hold(1, DAY), 5), Some(Code::TooManyHolds));
    account.book(Op::Release { hold: 1 }, 5);
    account.book(hold(1, DAY), 5);
}
