//! Rules of reversal and reinstatement, for any sequence of refunds.

mod ledger_support;

use ledger_support::{Account, DAY, HOUR, grant, hold, micro, purchase, reverse, settle, spend};
use nivella_credits::Code;
use nivella_credits::core::ledger::{Op, Settings};
use nivella_credits::core::{Credits, DEFAULT_PRIORITY, GrantKind, Mode, Share};
use proptest::prelude::*;

fn account(forgive_shortfall: bool) -> Account {
    Account::new(Settings { forgive_shortfall, ..Settings::default() })
}

fn with_bonus(amount: i64, bonus: i64, item: &str) -> Op {
    Op::Grant {
        kind: GrantKind::Purchase,
        amount: micro(amount),
        bonus: micro(bonus),
        order_item: Some(item.into()),
        priority: DEFAULT_PRIORITY,
        effective_at: None,
        expires_at: None,
    }
}

fn floor(granted: i64, refunded: i64, whole: i64) -> i64 {
    (i128::from(granted) * i128::from(refunded) / i128::from(whole)) as i64
}

fn reversed(account: &Account, item: &str) -> i64 {
    account.ledger.item(item).unwrap().reversed().unwrap().micro()
}

proptest! {
    #[test]
    fn what_is_booked_is_the_target_after_every_refund_in_any_order(
        amount in 1_i64..1_000_000_000, bonus in 0_i64..100_000_000, used in 0_i64..1_200_000_000,
        refunds in prop::collection::vec(0_i64..=997, 1..8), forgive in any::<bool>(),
    ) {
        let mut account = account(forgive);
        account.book(with_bonus(amount, bonus, "item"), 0);
        account.book(purchase(50_000_000, None), 0);
        if used > 0 {
            account.book(spend(used, Mode::Record), 0);
        }
        let before = account.ledger.balance(ledger_support::at(0)).unwrap().posted.micro();
        for refunded in &refunds {
            account.book(reverse("item", *refunded, 997), 0);
            let target = floor(amount, *refunded, 997) + floor(bonus, *refunded, 997);
            prop_assert_eq!(reversed(&account, "item"), target);
            prop_assert!(target <= amount + bonus, "never more than granted");
            let after = account.ledger.balance(ledger_support::at(0)).unwrap().posted.micro();
            let item = account.ledger.item("item").unwrap();
            prop_assert_eq!(before - after, target - item.forgiven.micro());
            prop_assert_eq!(item.spared, Credits::ZERO);
            account.check();
        }
        account.book(reverse("item", 0, 1), 0);
        let restored = account.ledger.balance(ledger_support::at(0)).unwrap().posted.micro();
        prop_assert_eq!(restored, before, "taken back and given again is as before");
    }

    #[test]
    fn refunds_in_steps_end_where_one_refund_does(
        amount in 1_i64..1_000_000_000, bonus in 0_i64..100_000_000, used in 1_i64..1_200_000_000,
        mut steps in prop::collection::vec(1_i64..=1_000, 1..6),
    ) {
        steps.sort_unstable();
        let last = *steps.last().unwrap();
        let run = |steps: &[i64]| {
            let mut account = account(false);
            account.book(with_bonus(amount, bonus, "item"), 0);
            account.book(purchase(77_000_000, None), 0);
            account.book(spend(used, Mode::Record), 0);
            steps.iter().for_each(|refunded| account.book(reverse("item", *refunded, 1_000), 0));
            (account.available(0), account.debt(0), reversed(&account, "item"))
        };
        prop_assert_eq!(run(&steps), run(&[last]));
    }

    #[test]
    fn expired_parts_are_neither_taken_nor_owed(
        amount in 1_i64..1_000_000, used in 0_i64..1_000_000, held in 0_i64..1_000_000,
        refunded in 1_i64..=100,
    ) {
        let (used, mut account) = (used.min(amount), account(false));
        account.book(grant(GrantKind::Purchase, amount, Some(DAY), Some("item")), 0);
        if used > 0 {
            account.book(spend(used, Mode::Strict), 0);
        }
        let held = held.min(amount - used);
        if held > 0 {
            account.book(hold(held, 5 * DAY), 0);
        }
        account.book(reverse("item", refunded, 100), 2 * DAY);
        let target = floor(amount, refunded, 100);
        prop_assert_eq!(account.debt(2 * DAY), target.min(used + held));
        let item = account.ledger.item("item").unwrap();
        prop_assert_eq!(item.spared.micro(), (target - used - held).max(0));
        account.check();
    }

    #[test]
    fn a_hold_around_a_refund_changes_nothing(
        amount in 1_i64..1_000_000, bonus in 0_i64..1_000_000, used in 0_i64..1_000_000,
        held in 1_i64..1_000_000, other in 1_i64..3_000_000, released in 0_i64..3,
        mut steps in prop::collection::vec(1_i64..=100, 1..4), back in 0_i64..=100,
    ) {
        steps.sort_unstable();
        let run = |held: i64| {
            let mut account = account(false);
            account.book(grant(GrantKind::Purchase, amount, Some(3 * DAY), Some("item")), 0);
            if bonus > 0 {
                account.book(grant(GrantKind::Bonus, bonus, Some(5 * DAY), Some("item")), 0);
            }
            if used > 0 {
                account.book(spend(used.min(amount), Mode::Strict), 0);
            }
            if held > 0 {
                account.book(hold(held, 7 * DAY), 0);
            }
            account.book(purchase(other, None), 0);
            let (first, last) = steps.split_at(steps.len() / 2);
            first.iter().for_each(|part| account.book(reverse("item", *part, 100), 0));
            let now = released * DAY;
            last.iter().for_each(|part| account.book(reverse("item", *part, 100), now));
            if held > 0 {
                account.book(Op::Release { hold: 1 }, now);
            }
            account.check();
            let seen = (account.available(now), account.debt(now));
            let parts = account.parts();
            account.book(reverse("item", back.min(steps[steps.len() - 1]), 100), now);
            account.check();
            (seen, account.available(now), account.debt(now), parts, account.parts())
        };
        let held = held.min(amount + bonus - used.min(amount));
        let (with, without) = (run(held), run(0));
        prop_assert_eq!((with.0, with.1, with.2), (without.0, without.1, without.2));
        // Where debt was made, what the hold gives back repays it, whichever grant it is.
        if other >= amount + bonus {
            prop_assert_eq!((with.3, with.4), (without.3, without.4));
        }
    }

    #[test]
    fn refunds_in_steps_end_where_one_refund_does_after_parts_have_expired_too(
        amount in 1_i64..1_000_000, bonus in 1_i64..1_000_000, used in 0_i64..2_000_000,
        ends in (1_i64..4, 1_i64..4), day in 0_i64..4, forgive in any::<bool>(),
        mut steps in prop::collection::vec(1_i64..=1_000, 1..6),
    ) {
        steps.sort_unstable();
        let last = *steps.last().unwrap();
        let run = |steps: &[i64]| {
            let mut account = account(forgive);
            account.book(grant(GrantKind::Purchase, amount, Some(ends.0 * DAY), Some("item")), 0);
            account.book(grant(GrantKind::Bonus, bonus, Some(ends.1 * DAY), Some("item")), 0);
            account.book(spend(used.clamp(1, amount + bonus), Mode::Strict), 0);
            account.book(purchase(77_000, None), 0);
            let now = day * DAY;
            steps.iter().for_each(|part| account.book(reverse("item", *part, 1_000), now));
            account.check();
            let item = account.ledger.item("item").unwrap();
            (account.available(now), account.debt(now), item.spared, item.forgiven)
        };
        prop_assert_eq!(run(&steps), run(&[last]));
    }

    #[test]
    fn what_is_taken_back_and_given_again_is_as_if_nothing_had_been(
        amount in 1_i64..1_000_000, bonus in 0_i64..1_000_000, used in 0_i64..3_000_000,
        others in prop::collection::vec((1_i64..300_000, prop::option::of(2_i64..9)), 0..5),
        steps in prop::collection::vec(0_i64..=100, 1..6), forgive in any::<bool>(),
    ) {
        let mut account = account(forgive);
        account.book(with_bonus(amount, bonus, "item"), 0);
        for (amount, days) in others {
            account.book(purchase(amount, days.map(|days| days * DAY)), 0);
        }
        if used > 0 {
            account.book(spend(used, Mode::Record), 0);
        }
        let before = (account.parts(), account.debt(0));
        steps.iter().for_each(|part| account.book(reverse("item", *part, 100), HOUR));
        account.book(reverse("item", 0, 1), HOUR);
        prop_assert_eq!((account.parts(), account.debt(HOUR)), before);
        account.check();
    }

    #[test]
    fn several_items_are_owed_in_full_whoever_paid_for_whom(
        amounts in prop::collection::vec(1_i64..1_000_000, 2..5), used in 1_i64..5_000_000,
        order in Just(vec![0_usize, 1, 2, 3]).prop_shuffle(),
    ) {
        let mut account = account(false);
        let names = ["a", "b", "c", "d"];
        for (amount, name) in amounts.iter().zip(names) {
            account.book(with_bonus(*amount, 0, name), 0);
        }
        account.book(spend(used, Mode::Record), 0);
        for n in order.into_iter().filter(|n| *n < amounts.len()) {
            account.book(reverse(names[n], 1, 1), 0);
            account.check();
        }
        // Every purchase was refunded, so what was used is what is owed.
        prop_assert_eq!((account.available(0), account.debt(0)), (0, used));
    }
}

#[test]
fn an_item_is_granted_once_for_each_kind_whatever_the_request_id() {
    let mut account = account(false);
    account.book(with_bonus(100, 10, "item"), 0);
    let again = [
        grant(GrantKind::Purchase, 100, None, Some("item")),
        grant(GrantKind::Bonus, 10, None, Some("item")),
        with_bonus(100, 10, "item"),
    ];
    for op in again {
        assert_eq!(account.code(op, HOUR), Some(Code::ReversalInvalid));
    }
    assert_eq!(account.available(0), 110);
    assert_eq!(account.ledger.entries().len(), 2);
}

#[test]
fn a_reinstatement_only_gives_back() {
    let mut account = account(false);
    account.book(with_bonus(100, 0, "item"), 0);
    account.book(reverse("item", 1, 2), 0);
    let reinstate = |refunded| Op::Reinstate {
        order_item: "item".into(),
        share: Share::new(micro(refunded), micro(4)).unwrap(),
    };
    assert_eq!(account.code(reinstate(3), 0), Some(Code::ReversalInvalid));
    account.book(reinstate(1), 0);
    assert_eq!((account.available(0), reversed(&account, "item")), (75, 25));
}

#[test]
fn a_hold_outlives_the_reversal_of_its_grant_and_still_resolves_once() {
    let mut account = account(false);
    account.book(with_bonus(100, 0, "item"), 0);
    account.book(hold(60, DAY), 0);
    account.book(reverse("item", 1, 1), 0);
    assert_eq!(account.parts(), [[0, 60, 0, 40, 0]]);
    assert_eq!(account.debt(0), 60);
    account.book(settle(1, 25, Mode::Strict), HOUR);
    // 25 used, 35 given back and at once repaid.
    assert_eq!(account.parts(), [[0, 0, 60, 40, 0]]);
    assert_eq!(account.debt(HOUR), 25);
    account.check();
}
