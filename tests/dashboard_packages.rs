//! What to buy, where what is there does not last: with its price, its date and its evidence.

mod dashboard_support;

use dashboard_support::offers::{answers, arg, keys, packages, purchased, told};
use dashboard_support::{balance, credits, daily, day, package, pool, text};
use nivella_credits::core::{Balance, Credits, GrantKind, Package};
use nivella_credits::view::dashboard::{Action, AdviceKind, Arg, Offers};
use proptest::prelude::*;

#[test]
fn what_to_buy_is_said_with_its_price_its_date_and_its_evidence() {
    let found = told(&purchased("300"), &packages(), &answers(None)).unwrap();
    assert_eq!(found.title.key, "usage.advice.package.title");
    // 1,260 are needed and 300 there: two of 500 are cheaper than one of 2,000.
    assert_eq!(*arg(&found.title, "name"), Arg::Text("2 × 500 AI Credits".to_owned()));
    assert_eq!(*arg(&found.title, "date"), Arg::Day(day("2026-12-22")));
    assert_eq!(*arg(&found.text[0], "price"), Arg::Text("$15.00".to_owned()));
    let evidence = ["usage.evidence.pace", "usage.evidence.need", "usage.evidence.compared"];
    assert_eq!(keys(&found.evidence), evidence);
    assert_eq!(*arg(&found.evidence[0], "amount"), Arg::Amount(credits("42")));
    assert_eq!(*arg(&found.evidence[1], "amount"), Arg::Amount(credits("1260")));
    assert_eq!(*arg(&found.evidence[1], "days"), Arg::Count(30));
    assert_eq!(*arg(&found.evidence[1], "missing"), Arg::Amount(credits("960")));
    assert_eq!(found.action, Some(Action::Buy));
}

#[test]
fn packages_of_different_kinds_are_named_together_and_what_lapses_is_said() {
    let short = package("10", "400", 4_00, Some(20));
    let long = package("20", "1000", 10_00, None);
    let offers = Offers {
        packages: vec![Package { max_quantity: 1, ..short }, Package { max_quantity: 1, ..long }],
        ..Offers::default()
    };
    let found = told(&purchased("0"), &offers, &answers(None)).unwrap();
    assert_eq!(
        *arg(&found.title, "name"),
        Arg::Text("400 AI Credits + 1000 AI Credits".to_owned())
    );
    let one = Offers { packages: vec![package("10", "5000", 4_00, Some(30))], ..Offers::default() };
    let found = told(&purchased("0"), &one, &answers(None)).unwrap();
    let last = found.evidence.last().unwrap();
    assert_eq!(last.key, "usage.evidence.lapse");
    assert_eq!(*arg(last, "amount"), Arg::Amount(credits("3740")));
}

/// Credits that are bought and end before those that are there burn first: they do not lapse.
#[test]
fn what_is_bought_burns_in_its_order() {
    let there = [pool(GrantKind::Purchase, "1000", "0", None)];
    let offers =
        Offers { packages: vec![package("10", "500", 5_00, Some(30))], ..Offers::default() };
    let found = told(&balance(&there), &offers, &answers(None)).unwrap();
    assert_eq!(*arg(&found.title, "date"), Arg::Day(day("2026-12-27")), "1,500 last 35.7 days");
}

#[test]
fn a_purchase_that_lasts_beyond_a_year_has_no_date() {
    let offers = Offers { packages: vec![package("10", "90000", 9_00, None)], ..Offers::default() };
    let found = told(&purchased("10"), &offers, &answers(None)).unwrap();
    assert_eq!(found.title.key, "usage.advice.package.year");
}

/// Bursts: nobody can say when it ends, and nobody claims that it lasts a year.
#[test]
fn a_purchase_at_an_erratic_pace_covers_days() {
    let amounts: Vec<Credits> = (0..180)
        .map(|day: i64| {
            let on = (day * 7_919 + day * day * 31) % 23 == 0 || day % 5 == 0;
            let size = if (day / 30) % 2 == 0 { 900_000_000 } else { 3_000_000 };
            Credits::from_micro(if on { size + (day % 11) * 1_000_000 } else { 0 })
        })
        .collect();
    let offers = Offers { packages: vec![package("10", "20000", 9_00, None)], ..Offers::default() };
    let erratic = daily(&amounts);
    let found = told(&purchased("1"), &offers, &erratic).unwrap();
    let says = (found.kind, found.title.key);
    assert_eq!(says, (AdviceKind::Package, "usage.advice.package.days"));
    assert_eq!(*arg(&found.title, "days"), Arg::Count(30));
}

/// Read on a Saturday, the next 30 days have five weekends, and all use is on weekends.
#[test]
fn what_the_weekdays_of_the_days_ahead_use_is_needed() {
    let weekend = |day: usize| if day % 7 < 2 { credits("105") } else { Credits::ZERO };
    let used: Vec<Credits> = (0..70).map(weekend).collect();
    let found = told(&purchased("950"), &packages(), &daily(&used)).unwrap();
    assert_eq!(found.kind, AdviceKind::Package, "30 a day are 900, but these are more");
    let enough = told(&purchased("1100"), &packages(), &daily(&used)).unwrap();
    assert_eq!(enough.kind, AdviceKind::Nothing);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever the days of the week use: what is advised covers 30 days, and is needed for it.
    #[test]
    fn advised_packages_last(
        week in prop::collection::vec(0_i64..120, 7),
        (there, ending) in (0_i64..900, 0_i64..900),
        (validity, debt) in (prop_oneof![Just(None), (30_u32..90).prop_map(Some)], 0_i64..50),
    ) {
        prop_assume!(week.iter().sum::<i64>() > 70);
        let amounts: Vec<Credits> =
            (0..70_usize).map(|day| Credits::from_whole(week[day % 7]).unwrap()).collect();
        let whole = |amount| Credits::from_whole(amount).unwrap();
        let mut pools = [
            pool(GrantKind::Bonus, "0", "0", Some("2026-12-10T08:00:00Z")),
            pool(GrantKind::Purchase, "0", "0", None),
        ];
        (pools[0].available, pools[1].available) = (whole(ending), whole(there));
        let free = if debt > 20 { balance(&[]) } else { balance(&pools) };
        let with = Balance { debt: whole(if debt > 20 { debt } else { 0 }), ..free };
        let offers = Offers {
            packages: vec![
                package("1", "300", 3_30, validity),
                package("2", "1000", 9_90, validity),
                package("3", "170", 2_10, None),
            ],
            ..Offers::default()
        };
        let used = daily(&amounts);
        let Some(found) = told(&with, &offers, &used) else { return Ok(()) };
        if found.kind != AdviceKind::Package {
            return Ok(());
        }
        let date = found.title.args.iter().find(|(name, _)| *name == "date");
        if let Some((_, Arg::Day(until))) = date {
            let least = day("2026-11-21") + 30;
            prop_assert!(*until >= least, "until {}", text(*until));
        }
        let Arg::Amount(missing) = arg(&found.evidence[1], "missing") else { unreachable!() };
        prop_assert!(missing.is_positive(), "nobody buys what is not missing");
    }
}
