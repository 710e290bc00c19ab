//! The runway's card: what is said of how long credits last, and the line that shows it.

mod dashboard_support;

use dashboard_support::{balance, credits, daily, day, plan, pool, text};
use nivella_credits::core::runway::Supply;
use nivella_credits::core::{Balance, Credits, GrantKind, Zone};
use nivella_credits::view::dashboard::{RunwayLine, RunwayState, coming, pace, runway_line};
use proptest::prelude::*;

fn line(balance: &Balance, coming: &[Supply], amounts: &[Credits]) -> RunwayLine {
    let zone = Zone::utc();
    let pace = pace(&daily(amounts), balance.as_of, &zone).unwrap();
    runway_line(balance, coming, &pace, &zone).unwrap()
}

fn purchased(amount: &str) -> Balance {
    balance(&[pool(GrantKind::Purchase, amount, "0", None)])
}

#[test]
fn every_state_is_told_by_what_is_there_and_how_it_is_used() {
    let steady = vec![credits("50"); 60];
    let few = vec![credits("50"); 5];
    let unlimited = Balance { unlimited: true, ..purchased("0") };
    let held = balance(&[pool(GrantKind::Purchase, "0", "40", None)]);
    type Case<'a> = (&'a str, Balance, &'a [Credits], RunwayState, Option<&'a str>);
    let cases: [Case<'_>; 8] = [
        ("ten days", purchased("500"), &steady, RunwayState::Known, Some("2026-12-01")),
        ("some hours", purchased("20"), &steady, RunwayState::Day, Some("2026-11-21")),
        ("more than a year", purchased("90000"), &steady, RunwayState::Year, None),
        ("nothing left", purchased("0"), &steady, RunwayState::Depleted, None),
        ("all is held", held, &steady, RunwayState::Depleted, None),
        ("too few days", purchased("500"), &few, RunwayState::None, None),
        ("never used", purchased("500"), &[], RunwayState::None, None),
        ("a plan covers it", unlimited, &steady, RunwayState::Unlimited, None),
    ];
    for (name, balance, amounts, state, until) in cases {
        let line = line(&balance, &[], amounts);
        assert_eq!(line.state, state, "{name}");
        assert_eq!(line.until.map(text).as_deref(), until, "{name}");
        assert_eq!(line.available, balance.available, "{name}");
        let drawn = matches!(state, RunwayState::Known | RunwayState::Day);
        assert_eq!((line.line.is_empty(), line.band.is_empty()), (!drawn, !drawn), "{name}");
        let per_day = (amounts.len() > 7).then(|| credits("50"));
        assert_eq!(line.per_day, per_day, "{name}");
        let own = pace(&daily(amounts), balance.as_of, &Zone::utc()).unwrap().per_day();
        assert_eq!(own, per_day, "{name}");
    }
}

#[test]
fn the_next_allowance_makes_it_last() {
    let ends = "2026-12-03T00:00:00Z";
    let own = pool(GrantKind::Allowance, "700", "0", Some(ends));
    let with = Balance { plan: Some(plan(Some("2026-09-03T09:00:00Z"), ends)), ..balance(&[own]) };
    let steady = vec![credits("50"); 60];
    let next = coming(&with, &Zone::utc()).unwrap();
    assert_eq!(text(Zone::utc().date_of(next[0].from_at.unwrap()).days()), "2026-12-03");
    assert_eq!(line(&with, &next, &steady).state, RunwayState::Known, "1,500 last 30 of 31 days");
    assert_eq!(line(&with, &next, &steady).until.map(text).as_deref(), Some("2027-01-02"));
    let without = Balance { plan: Some(plan(None, ends)), ..with.clone() };
    assert_eq!(coming(&without, &Zone::utc()).unwrap(), [], "nobody knows when cycles begin");
    assert_eq!(coming(&Balance { unlimited: true, ..with }, &Zone::utc()).unwrap(), []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_line_stays_in_its_box_and_falls_to_the_floor(
        week in prop::collection::vec(1_i64..200, 7), days in 8_usize..200,
        there in 1_i64..90_000, ending in 0_i64..900, renews: bool,
    ) {
        let whole = |amount: i64| Credits::from_whole(amount).unwrap();
        let amounts: Vec<Credits> = (0..days).map(|day| whole(week[day % 7])).collect();
        let mut pools = [
            pool(GrantKind::Bonus, "0", "0", Some("2026-12-10T08:00:00Z")),
            pool(GrantKind::Purchase, "0", "0", None),
        ];
        (pools[0].available, pools[1].available) = (whole(ending), whole(there));
        let ends = "2026-12-03T00:00:00Z";
        let growth = plan(Some("2026-09-03T09:00:00Z"), ends);
        let with = Balance { plan: Some(growth), ..balance(&pools) };
        let next = if renews { coming(&with, &Zone::utc()).unwrap() } else { Vec::new() };
        let line = line(&with, &next, &amounts);
        let inside = line.line.iter().chain(&line.band).all(|value| (0..=1_000).contains(value));
        prop_assert!(inside, "{line:?}");
        if !matches!(line.state, RunwayState::Known | RunwayState::Day) {
            return Ok(());
        }
        prop_assert!(line.line.len().is_multiple_of(2) && line.line.len() <= 2 * 62);
        let across: Vec<i64> = line.line.iter().step_by(2).copied().collect();
        prop_assert!(across.is_sorted() && across.first() == Some(&0));
        prop_assert_eq!(line.line.last(), Some(&1_000), "it ends where nothing is left");
        prop_assert!(renews || line.line[1] == 0, "it begins at the top");
        prop_assert_eq!(line.band.len(), 6);
        let until = line.until.unwrap();
        prop_assert!(line.from.unwrap() <= until && line.to.is_none_or(|to| to >= until));
        prop_assert!(line.from.unwrap() >= day("2026-11-21"));
    }
}
