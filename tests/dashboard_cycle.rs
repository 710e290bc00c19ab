//! The range that is looked at, and the gauge of the cycle with the numbers beside it.

mod dashboard_support;

use dashboard_support::{
    activity, at, balance, cost, credits, day, noon, now, one, package, plan, pool, text,
};
use nivella_credits::core::activity::{Activity, Filter, Row};
use nivella_credits::core::balance::PlanLine;
use nivella_credits::core::{Balance, Credits, GrantKind, Zone};
use nivella_credits::view::buy::BuyModel;
use nivella_credits::view::dashboard::{CycleLine, CycleState, Days, cycle_line, range};
use nivella_credits::view::menu::menu_view;
use proptest::prelude::*;

const TODAY: &str = "2026-11-21";

#[test]
fn a_range_ends_with_today_and_only_all_begins_with_the_first_use() {
    let used = activity(&[one(1, noon(day("2026-03-05"))), one(2, noon(day(TODAY)))]);
    let none = activity(&[]);
    let cases: [(&Activity, Days, &str, &str, bool); 7] = [
        (&used, Days::Last(7), "2026-11-15", TODAY, true),
        (&used, Days::Last(30), "2026-10-23", TODAY, true),
        (&used, Days::Last(90), "2026-08-24", TODAY, true),
        (&used, Days::All, "2026-03-05", TODAY, false),
        (&none, Days::All, TODAY, TODAY, false),
        (&used, Days::Last(0), TODAY, TODAY, true),
        (
            &used,
            Days::Between(day("2026-10-01"), day("2026-10-31")),
            "2026-10-01",
            "2026-10-31",
            true,
        ),
    ];
    for (activity, days, from, to, compared) in cases {
        let mut filter = Filter::all();
        let found = range(activity, days, day(TODAY), &mut filter);
        assert_eq!(
            (text(found.from), text(found.to)),
            (from.to_owned(), to.to_owned()),
            "{days:?}"
        );
        let summary = activity.summary(&filter).unwrap();
        assert_eq!((summary.from_day, summary.to_day), (found.from, found.to), "{days:?}");
        assert_eq!(summary.previous.is_some(), compared, "{days:?}");
    }
    let days = Days::Between(day("0001-01-01"), day("9999-12-31"));
    let mut filter = Filter::all();
    let found = range(&used, days, day(TODAY), &mut filter);
    let summary = used.summary(&filter).unwrap();
    assert_eq!((summary.from_day, summary.to_day), (found.from, found.to), "all of the calendar");
    assert_eq!(summary.total.credits.text(), "2");
    let first = range(&used, Days::Last(7), day(TODAY), &mut Filter::all()).first;
    assert_eq!(text(first), "2026-03-05", "the page can offer the days from there on");
}

/// A day of clock change in Berlin has 23 or 25 hours, and every use of it is its own.
#[test]
fn days_of_a_clock_change_keep_all_their_hours() {
    for (date, first, last) in [
        ("2026-03-29", "2026-03-28T23:00:00Z", "2026-03-29T21:59:59Z"),
        ("2026-10-25", "2026-10-24T22:00:00Z", "2026-10-25T22:59:59Z"),
    ] {
        let changes =
            vec![(at("2026-03-29T01:00:00Z"), 7_200), (at("2026-10-25T01:00:00Z"), 3_600)];
        let mut activity =
            Activity::new(Zone::new(3_600, changes).unwrap(), at("2026-11-21T12:00:00Z"));
        let (first, last) = (at(first), at(last));
        let outside = [first.plus_ms(-1).unwrap(), last.plus_ms(1_000).unwrap()];
        for (seq, at) in (1..).zip([first, last, outside[0], outside[1]]) {
            activity.add_row(&one(seq, at)).unwrap();
        }
        let mut filter = Filter::all();
        range(&activity, Days::Between(day(date), day(date)), day(TODAY), &mut filter);
        assert_eq!(activity.summary(&filter).unwrap().total.credits.text(), "2", "{date}");
    }
}

/// Usage of these amounts on these days, and the cycle that is read from it.
fn line(balance: &Balance, used: &[(&str, &str)]) -> CycleLine {
    let row =
        |(seq, (on, amount)): (u64, &(&str, &str))| cost(one(seq, noon(day(on))), credits(amount));
    let rows: Vec<Row<'_>> = (1..).zip(used).map(row).collect();
    cycle_line(balance, &activity(&rows), &Zone::utc()).unwrap()
}

#[test]
fn a_plan_shows_what_is_consumed_held_and_left_of_its_allowance() {
    let ends = "2026-12-03T00:00:00Z";
    let pools = [
        pool(GrantKind::Allowance, "900", "60", Some(ends)),
        pool(GrantKind::Purchase, "2000", "15", Some("2027-06-01T00:00:00Z")),
        pool(GrantKind::Bonus, "100", "0", Some("2027-01-01T00:00:00Z")),
        pool(GrantKind::Bonus, "0", "5", Some("2026-11-25T00:00:00Z")),
    ];
    let with = Balance { plan: Some(plan(Some("2026-09-03T09:00:00Z"), ends)), ..balance(&pools) };
    let line = line(&with, &[("2026-11-02", "999"), ("2026-11-03", "40"), (TODAY, "500")]);
    assert_eq!(line.state, CycleState::Plan);
    assert_eq!((line.used, line.held_arc), (360, 40));
    assert_eq!(line.allowance, Some(credits("1500")));
    assert_eq!((line.consumed, line.remaining), (credits("540"), Some(credits("900"))));
    assert_eq!((line.purchased, line.held), (credits("2100"), credits("80")));
    assert_eq!(line.purchased_expires.map(text), Some("2027-01-01".to_owned()), "of what is left");
    assert_eq!(
        (line.over, line.debt, line.available),
        (Credits::ZERO, Credits::ZERO, credits("3000"))
    );
    assert_eq!(line.resets.map(text), Some("2026-12-03".to_owned()));
    assert_eq!(line.days_left, Some(12));
}

#[test]
fn a_plan_renews_only_where_another_cycle_is_paid_for() {
    let ends = "2026-12-03T00:00:00Z";
    let cases = [
        (None, true),
        (Some("2027-03-03T00:00:00Z"), true),
        (Some(ends), false),
        (Some("2026-11-20T00:00:00Z"), false),
    ];
    for (paid_until, renews) in cases {
        let plan = PlanLine { paid_until: paid_until.map(at), ..plan(None, ends) };
        let with = Balance { plan: Some(plan), ..balance(&[]) };
        assert_eq!(line(&with, &[]).renews, renews, "{paid_until:?}");
        assert_eq!(menu_view(&with).plan.map(|plan| plan.renews), Some(renews), "{paid_until:?}");
        let pools = [pool(GrantKind::Allowance, "10", "0", Some(ends))];
        let mut shop = BuyModel::default();
        shop.set_balance(Some(Balance { pools: pools.to_vec(), available: credits("10"), ..with }));
        shop.offer(vec![package("1", "100", 500, None)]);
        let steps = shop.summary().unwrap().unwrap().known.unwrap().steps;
        let renewing = steps.iter().filter(|step| step.renews).count();
        assert_eq!(renewing, usize::from(renews), "{paid_until:?}");
    }
    assert!(!line(&balance(&[]), &[]).renews, "without a plan");
}

#[test]
fn a_used_up_allowance_shows_what_was_drawn_beyond_it() {
    let ends = "2026-12-03T00:00:00Z";
    let pools = [pool(GrantKind::Purchase, "200", "0", None)];
    let with = Balance {
        plan: Some(plan(Some("2026-09-03T09:00:00Z"), ends)),
        debt: Credits::ZERO,
        ..balance(&pools)
    };
    let over = line(&with, &[("2026-11-03", "1500"), (TODAY, "250.5")]);
    assert_eq!((over.state, over.used, over.held_arc), (CycleState::Over, 1_000, 0));
    assert_eq!((over.consumed, over.over), (credits("1500"), credits("250.5")));
    let exactly = line(&with, &[("2026-11-03", "1500")]);
    assert_eq!((exactly.state, exactly.over), (CycleState::Plan, Credits::ZERO));
    let owing = Balance { debt: credits("12"), ..with };
    let owing = line(&owing, &[("2026-11-03", "1712")]);
    assert_eq!(
        (owing.state, owing.debt, owing.over),
        (CycleState::Over, credits("12"), credits("212"))
    );
}

#[test]
fn without_a_plan_all_use_of_30_days_counts() {
    let pools = [pool(GrantKind::Purchase, "200", "30", None)];
    let used = [("2026-10-22", "7"), ("2026-10-23", "20"), (TODAY, "3")];
    let line = line(&balance(&pools), &used);
    assert_eq!((line.state, line.used, line.held_arc), (CycleState::None, 0, 0));
    assert_eq!((line.consumed, line.over), (credits("23"), Credits::ZERO));
    assert_eq!(
        (line.allowance, line.remaining, line.resets, line.days_left),
        (None, None, None, None)
    );
    assert_eq!((line.purchased, line.held), (credits("200"), credits("30")));
}

#[test]
fn an_unlimited_plan_shows_what_it_covered() {
    let ends = "2026-12-03T00:00:00Z";
    let pools = [pool(GrantKind::Purchase, "200", "0", None)];
    let with = Balance {
        unlimited: true,
        plan: Some(plan(Some("2026-09-03T09:00:00Z"), ends)),
        ..balance(&pools)
    };
    let waived = |seq, on: &str, amount: &str| Row {
        waived: credits(amount),
        ..cost(one(seq, noon(day(on))), Credits::ZERO)
    };
    let rows = [waived(1, "2026-11-02", "9"), waived(2, "2026-11-03", "40"), waived(3, TODAY, "2")];
    let line = cycle_line(&with, &activity(&rows), &Zone::utc()).unwrap();
    assert_eq!((line.state, line.waived), (CycleState::Unlimited, credits("42")));
    assert_eq!((line.used, line.allowance, line.remaining), (0, None, None));
    assert_eq!(
        (line.consumed, line.over, line.purchased),
        (Credits::ZERO, Credits::ZERO, credits("200"))
    );
}

/// What was used on the day before a cycle is no use of it, and what was used on its first day is.
#[test]
fn a_cycle_begins_with_its_own_first_day() {
    // When it began, when it is read, when it ends, its first day.
    let cases = [
        ("2026-08-31T10:00:00Z", "2026-11-05T12:00:00Z", "2026-11-30T00:00:00Z", "2026-10-31"),
        ("2026-08-31T10:00:00Z", "2026-12-05T12:00:00Z", "2026-12-31T00:00:00Z", "2026-11-30"),
        ("2026-12-31T10:00:00Z", "2027-02-10T12:00:00Z", "2027-02-28T00:00:00Z", "2027-01-31"),
        ("2026-12-31T10:00:00Z", "2027-03-01T12:00:00Z", "2027-03-31T00:00:00Z", "2027-02-28"),
        ("2027-12-30T10:00:00Z", "2028-02-10T12:00:00Z", "2028-02-29T00:00:00Z", "2028-01-30"),
        ("2026-12-15T10:00:00Z", "2027-01-02T12:00:00Z", "2027-01-15T00:00:00Z", "2026-12-15"),
    ];
    for (started, read, ends, first) in cases {
        let pools = [pool(GrantKind::Purchase, "200", "0", None)];
        let with =
            Balance { as_of: at(read), plan: Some(plan(Some(started), ends)), ..balance(&pools) };
        let mut activity = Activity::new(Zone::utc(), at(read));
        let uses = [(day(first) - 1, "700"), (day(first), "1500"), (day(first) + 1, "3")];
        for (seq, (on, amount)) in (1..).zip(uses) {
            activity.add_row(&cost(one(seq, noon(on)), credits(amount))).unwrap();
        }
        let line = cycle_line(&with, &activity, &Zone::utc()).unwrap();
        assert_eq!(line.over.text(), "3", "a cycle from {first} to {ends}");
    }
}

#[test]
fn a_cycle_whose_plan_tells_no_start_is_a_month_long() {
    for (read, ends, first) in [
        ("2026-11-21T12:00:00Z", "2026-12-03T00:00:00Z", "2026-11-03"),
        ("2027-01-02T12:00:00Z", "2027-01-15T00:00:00Z", "2026-12-15"),
        ("2027-03-10T12:00:00Z", "2027-03-31T00:00:00Z", "2027-02-28"),
        ("2028-03-10T12:00:00Z", "2028-03-31T00:00:00Z", "2028-02-29"),
    ] {
        let with = Balance { as_of: at(read), plan: Some(plan(None, ends)), ..balance(&[]) };
        let mut activity = Activity::new(Zone::utc(), at(read));
        for (seq, (on, amount)) in (1..).zip([(day(first) - 1, "700"), (day(first), "1501")]) {
            activity.add_row(&cost(one(seq, noon(on)), credits(amount))).unwrap();
        }
        let line = cycle_line(&with, &activity, &Zone::utc()).unwrap();
        assert_eq!(line.over.text(), "1", "a cycle from {first} to {ends}");
    }
}

proptest! {
    #[test]
    fn the_arcs_of_the_ring_are_never_more_than_the_ring(
        left in 0_i64..3_000_000_000, held in 0_i64..3_000_000_000, used in 0_i64..4_000_000_000,
        allowance in 0_i64..2_000_000_000, unlimited: bool,
    ) {
        let ends = "2026-12-03T00:00:00Z";
        let mut own = pool(GrantKind::Allowance, "0", "0", Some(ends));
        (own.available, own.held) = (Credits::from_micro(left), Credits::from_micro(held));
        let mut plan = plan(Some("2026-09-03T09:00:00Z"), ends);
        plan.allowance = Credits::from_micro(allowance);
        let with = Balance { unlimited, plan: Some(plan), ..balance(&[own]) };
        let rows = [cost(one(1, now()), Credits::from_micro(used))];
        let line = cycle_line(&with, &activity(&rows), &Zone::utc()).unwrap();
        prop_assert!(line.used >= 0 && line.held_arc >= 0 && line.used + line.held_arc <= 1_000);
        prop_assert!(line.consumed >= Credits::ZERO && line.over >= Credits::ZERO);
        if line.state == CycleState::Over {
            prop_assert!(line.over.is_positive() && line.remaining == Some(Credits::ZERO));
        }
    }
}
