//! How long credits last, as the pill and the Buy dialog tell it.

use nivella_credits::core::runway::{Pace, Silence};
use nivella_credits::core::{
    Balance, Credits, DAY_MS, DEFAULT_PRIORITY, GrantKind, Instant, Level, Package, PlanLine, Pool,
    Price, Unavailable, Zone,
};
use nivella_credits::view::buy::BuyModel;
use nivella_credits::view::lasts::{Lasts, runway_of};
use nivella_credits::wire::runway::daily_use;

/// Noon of the 21st November 2026, and its day.
const NOON: &str = "2026-11-21T12:00:00Z";
const TODAY: i64 = 20_778;

fn noon() -> Instant {
    Instant::parse(NOON).unwrap()
}

fn whole(credits: i64) -> Credits {
    Credits::from_whole(credits).unwrap()
}

/// So many credits on each of so many days before today.
fn used(days: i64, credits: &str) -> Vec<(i64, Credits)> {
    (TODAY - days..TODAY).map(|day| (day, Credits::parse(credits).unwrap())).collect()
}

fn pace(days: i64, credits: &str) -> Option<(Pace, Zone)> {
    Pace::read(&used(days, credits), noon(), &Zone::utc()).ok().map(|pace| (pace, Zone::utc()))
}

fn balance(available: i64) -> Balance {
    let pool = Pool {
        priority: DEFAULT_PRIORITY,
        kind: GrantKind::Purchase,
        available: whole(available),
        held: Credits::ZERO,
        expires_at: None,
    };
    Balance {
        version: 1,
        as_of: noon(),
        available: whole(available),
        posted: whole(available),
        held: Credits::ZERO,
        debt: Credits::ZERO,
        unlimited: false,
        unlimited_until: None,
        pools: vec![pool],
        level: Level::Ok,
        alert: Level::Ok,
        plan: None,
    }
}

fn with_plan(balance: Balance, paid_until: Option<&str>) -> Balance {
    let instant = |text: &str| Instant::parse(text).unwrap();
    let plan = PlanLine {
        key: "growth".to_owned(),
        name: "Growth".to_owned(),
        allowance: whole(1_500),
        cycle_ends_at: instant("2026-12-01T00:00:00Z"),
        started_at: Some(instant("2026-08-01T00:00:00Z")),
        paid_until: paid_until.map(instant),
    };
    Balance { plan: Some(plan), ..balance }
}

fn package(id: &str, credits: i64, validity_days: Option<u32>) -> Package {
    let price = Price {
        minor: 1_000,
        minor_unit: 2,
        currency: "USD".to_owned(),
        prefix: "$".to_owned(),
        suffix: String::new(),
        decimal_separator: ".".to_owned(),
        thousand_separator: ",".to_owned(),
    };
    Package {
        id: id.to_owned(),
        name: id.to_owned(),
        credits: whole(credits),
        bonus: Credits::ZERO,
        validity_days,
        price,
        unavailable: None,
        max_quantity: 99,
    }
}

/// A dialog with packages of 1,000 and of 40,000 credits, and one of 1,000 that end in 12 days.
fn dialog(balance: Balance, pace: Option<(Pace, Zone)>) -> BuyModel {
    let mut model = BuyModel::default();
    let packages =
        vec![package("a", 1_000, None), package("b", 40_000, None), package("c", 1_000, Some(12))];
    model.offer(packages);
    model.set_balance(Some(balance));
    model.set_pace(pace);
    model.look_ahead();
    model
}

/// Days from now, where a day is told.
fn days(lasts: Option<Lasts>) -> Option<i64> {
    match lasts {
        Some(Lasts::Until(at)) => Some(at.ms_since(noon()) / DAY_MS),
        _ => None,
    }
}

#[test]
fn each_package_tells_how_long_all_credits_last_with_it() {
    let model = dialog(balance(1_000), pace(40, "100"));
    let ahead = model.ahead();
    assert_eq!(days(ahead.now()), Some(10));
    assert_eq!(days(ahead.with(0)), Some(20));
    assert_eq!(ahead.with(1), Some(Lasts::OverAYear));
    // Of the 1,000 that end in 12 days all are used first, then what never ends.
    assert_eq!(days(ahead.with(2)), Some(20));
    assert_eq!(ahead.with(3), None);
    assert_eq!(ahead.per_day(), Some(whole(100)));
    assert_eq!(ahead.allowance(), None);
    assert_eq!(days(model.lasts()), Some(20), "the first package is chosen");
}

#[test]
fn the_chosen_package_counts_in_its_quantity_and_the_others_once() {
    let mut model = dialog(balance(1_000), pace(40, "100"));
    model.choose("a", 3).unwrap();
    model.look_ahead();
    assert_eq!(days(model.lasts()), Some(40));
    assert_eq!(days(model.ahead().with(2)), Some(20));
    model.choose("c", 3).unwrap();
    model.look_ahead();
    // 3,000 that end in 12 days: 1,200 of them are used.
    assert_eq!(days(model.lasts()), Some(22));
    assert_eq!(days(model.ahead().with(0)), Some(20), "back to one of it");
}

#[test]
fn a_change_of_balance_packages_or_pace_changes_what_is_told() {
    let mut model = dialog(balance(1_000), pace(40, "100"));
    model.set_balance(Some(balance(500)));
    model.look_ahead();
    assert_eq!((days(model.ahead().now()), days(model.lasts())), (Some(5), Some(15)));
    model.set_pace(pace(40, "50"));
    model.look_ahead();
    assert_eq!((days(model.ahead().now()), days(model.lasts())), (Some(10), Some(30)));
    model.offer(vec![package("a", 2_000, None)]);
    model.look_ahead();
    assert_eq!((days(model.lasts()), model.ahead().with(1)), (Some(50), None));
    for without in [None, Some(Balance { unlimited: true, ..balance(500) })] {
        model.set_balance(without);
        model.look_ahead();
        let ahead = model.ahead();
        assert_eq!((ahead.now(), ahead.with(0), ahead.per_day()), (None, None, None));
        let projection = model.projection().unwrap();
        assert!(projection.is_none_or(|projection| model.runway(&projection).is_none()));
    }
}

#[test]
fn nothing_is_told_where_there_is_too_little_to_say() {
    for (history, credits) in [(0, "0"), (40, "0"), (6, "100")] {
        let model = dialog(balance(1_000), pace(history, credits));
        let ahead = model.ahead();
        assert_eq!((ahead.now(), ahead.with(0), ahead.per_day()), (None, None, None), "{history}");
    }
}

#[test]
fn what_lasts_less_than_a_day_says_so() {
    let model = dialog(balance(90), pace(40, "100"));
    assert_eq!(model.ahead().now(), Some(Lasts::UnderADay));
    // With nothing left there is no runway before the purchase, and one behind it.
    let model = dialog(balance(0), pace(40, "100"));
    assert_eq!((model.ahead().now(), days(model.lasts())), (None, Some(10)));
}

#[test]
fn what_is_owed_is_repaid_before_anything_lasts() {
    let owing = Balance { debt: whole(600), posted: whole(-600), pools: vec![], ..balance(0) };
    let model = dialog(owing, pace(40, "100"));
    assert_eq!((model.ahead().now(), days(model.lasts())), (None, Some(4)));
}

#[test]
fn allowances_count_as_far_as_the_plan_is_paid_for() {
    // 1,000 last until the 1st; its cycle brings 1,500, and the next one 1,500 more.
    for (paid_until, expected) in [
        (Some("2026-12-01T00:00:00Z"), (10, None)),
        (Some("2027-01-01T00:00:00Z"), (25, Some(whole(1_500)))),
    ] {
        let model = dialog(with_plan(balance(1_000), paid_until), pace(40, "100"));
        let ahead = model.ahead();
        assert_eq!((days(ahead.now()), ahead.allowance()), (Some(expected.0), expected.1));
    }
    let endless = dialog(with_plan(balance(1_000), None), pace(40, "45"));
    assert_eq!(endless.ahead().now(), Some(Lasts::OverAYear));
}

#[test]
fn a_day_is_told_in_whole_credits_and_in_tenths_below_ten() {
    for (credits, told) in [
        ("102.449", "102"),
        ("99.5", "100"),
        ("10.2", "10"),
        ("9.96", "10"),
        ("1.26", "1.3"),
        ("0.01", "0.1"),
    ] {
        let model = dialog(balance(1), pace(40, credits));
        assert_eq!(model.ahead().per_day().unwrap().text(), told, "{credits}");
    }
}

#[test]
fn a_package_that_cannot_be_bought_changes_nothing_for_the_others() {
    let mut model = BuyModel::default();
    let gone = Package { unavailable: Some(Unavailable::SoldOut), ..package("x", 1_000, None) };
    model.offer(vec![gone, package("a", 1_000, None)]);
    model.set_balance(Some(balance(1_000)));
    model.set_pace(pace(40, "100"));
    model.look_ahead();
    assert_eq!(days(model.lasts()), Some(20));
}

#[test]
fn the_runway_of_a_projection_is_that_of_its_card_with_its_uncertainty() {
    let mut model = dialog(balance(1_000), pace(40, "100"));
    let projection = model.projection().unwrap().unwrap();
    let runway = model.runway(&projection).unwrap();
    assert_eq!(Some(Lasts::Until(runway.around)), model.lasts());
    assert!(runway.from < runway.around && runway.around < runway.to.unwrap());
}

#[test]
fn a_balance_has_the_runway_of_its_days_or_none() {
    let zone = Zone::utc();
    let of = |balance: &Balance, days: i64| runway_of(balance, &used(days, "100"), &zone).unwrap();
    let runway = of(&balance(1_000), 40).unwrap();
    assert_eq!(runway.around, noon().plus_ms(10 * DAY_MS).unwrap());
    assert!(runway.from < runway.around && runway.around < runway.to.unwrap());
    let paid = with_plan(balance(1_000), Some("2027-01-01T00:00:00Z"));
    assert_eq!(of(&paid, 40).unwrap().around, noon().plus_ms(25 * DAY_MS).unwrap());
    for (what, balance, days) in [
        ("unlimited", Balance { unlimited: true, ..balance(1_000) }, 40),
        ("nothing left", balance(0), 40),
        ("too few days", balance(1_000), 5),
        ("over a year", balance(1_000_000), 40),
    ] {
        assert_eq!(of(&balance, days), None, "{what}");
    }
    assert_eq!(Pace::read(&used(5, "100"), noon(), &zone), Err(Silence::TooFewDays));
}

#[test]
fn daily_use_is_read_from_one_text() {
    let read = |text: &str| daily_use(text).map_err(|error| error.code.as_str());
    let half = Credits::from_micro(500_000);
    assert_eq!(read(""), Ok(vec![]));
    assert_eq!(
        read("2026-11-21 0.5 2026-11-21 0"),
        Ok(vec![(TODAY, half), (TODAY, Credits::ZERO)])
    );
    for (text, code) in [
        ("2026-11-21", "snapshot_invalid"),
        ("2026-11-21 1 2026-11-22", "snapshot_invalid"),
        ("2026-02-30 1", "time_invalid"),
        ("undefined 1", "time_invalid"),
        ("2026-11-21 NaN", "amount_invalid"),
        ("2026-11-21 1e3", "amount_invalid"),
        ("2026-11-21 undefined", "amount_invalid"),
    ] {
        assert_eq!(read(text), Err(code), "{text}");
    }
}
