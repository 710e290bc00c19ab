//! The runway: the vectors, what can't be read as burn, and what holds for any account.

use nivella_credits::core::civil::Date;
use nivella_credits::core::runway::{
    Outlook, Pace, Runway, Silence, Supply, allowances, supplies_after, supplies_of,
};
use nivella_credits::core::{
    Balance, Credits, DAY_MS, GrantKind, Instant, Level, Pool, Zone, project,
};
use proptest::prelude::*;
use serde_json::{Value, json};

fn instant(value: &Value) -> Instant {
    Instant::parse(value.as_str().unwrap()).unwrap()
}

fn amount(value: &Value) -> Credits {
    Credits::parse(value.as_str().unwrap()).unwrap()
}

fn day(value: &Value) -> i64 {
    let midnight = format!("{}T00:00:00Z", value.as_str().unwrap());
    Instant::parse(&midnight).unwrap().ms() / DAY_MS
}

fn zone(value: &Value) -> Zone {
    let row = |row: &Value| (instant(&row[0]), row[1].as_i64().unwrap() as i32);
    let rows = value["transitions"].as_array().unwrap().iter().map(row).collect();
    Zone::new(value["base_offset_s"].as_i64().unwrap() as i32, rows).unwrap()
}

fn supply(value: &Value) -> Supply {
    let optional = |name: &str| Some(&value[name]).filter(|at| !at.is_null()).map(instant);
    Supply {
        priority: value["priority"].as_u64().unwrap() as u8,
        amount: amount(&value["amount"]),
        from_at: optional("from_at"),
        expires_at: optional("expires_at"),
    }
}

fn used(row: &Value) -> Vec<(i64, Credits)> {
    let days = row["used"].as_array().unwrap().iter();
    let mut used: Vec<_> = (day(&row["first_day"])..).zip(days.map(amount)).collect();
    if let Some(more) = row["also"].as_array() {
        used.extend(more.iter().map(|row| (day(&row[0]), amount(&row[1]))));
    }
    used
}

fn read(row: &Value, zone: &Zone) -> Outlook {
    let supplies: Vec<_> = row["supplies"].as_array().unwrap().iter().map(supply).collect();
    let pace = Pace::read(&used(row), instant(&row["as_of"]), zone)?;
    let runway = pace.runway(&supplies, amount(&row["debt"]), zone).unwrap();
    let around = pace.around(&supplies, amount(&row["debt"]), zone).unwrap();
    let span = pace.span(&supplies, amount(&row["debt"]), zone).unwrap();
    let told = runway.as_ref().map_err(|silence| *silence);
    let times = told.map(|runway| (runway.from, runway.around, runway.to));
    assert_eq!(span.map(|span| (span.from, span.around, span.to)), times, "{}", row["name"]);
    assert_eq!(around, times.map(|(_, around, _)| around), "{}", row["name"]);
    runway
}

fn shape(runway: &Runway) -> Value {
    let line = runway.line.iter().take(12);
    json!({
        "from": runway.from.to_string(),
        "around": runway.around.to_string(),
        "to": runway.to.map(|at| at.to_string()),
        "per_day": runway.per_day.to_string(),
        "lost": runway.lost.to_string(),
        "points": runway.line.len(),
        "line": line.map(|point| json!([point.at.text(), point.available.text()]))
            .collect::<Vec<_>>(),
    })
}

#[test]
fn runways_are_as_the_vectors_say() {
    let all: Value = serde_json::from_str(include_str!("vectors/runway.json")).unwrap();
    let mut silences = Vec::new();
    for row in all["cases"].as_array().filter(|rows| rows.len() > 70).unwrap() {
        let read = read(row, &zone(&all["zones"][row["zone"].as_str().unwrap()]));
        let (runway, silence) = match &read {
            Ok(runway) => (shape(runway), Value::Null),
            Err(silence) => (Value::Null, json!(silence.as_str())),
        };
        assert_eq!(row["silence"], silence, "{}", row["name"]);
        assert_eq!(row["runway"], runway, "{}", row["name"]);
        silences.extend(read.err());
    }
    for silence in Silence::ALL {
        assert!(silences.contains(&silence), "no case is silent: {silence:?}");
    }
}

/// Noon of the 21st November 2026, and its day.
const NOON: &str = "2026-11-21T12:00:00Z";
const TODAY: i64 = 20_778;

fn noon() -> Instant {
    Instant::parse(NOON).unwrap()
}

fn whole(credits: i64) -> Credits {
    Credits::from_whole(credits).unwrap()
}

fn pace(days: &[i64]) -> Result<Pace, Silence> {
    let first = TODAY - days.len() as i64;
    let used: Vec<_> =
        (first..).zip(days.iter().map(|micro| Credits::from_micro(*micro))).collect();
    Pace::read(&used, noon(), &Zone::utc())
}

fn runway(pace: &Pace, supplies: &[Supply]) -> Outlook {
    pace.runway(supplies, Credits::ZERO, &Zone::utc()).unwrap()
}

fn balance(pools: &[(GrantKind, i64)]) -> Balance {
    let pool = |(kind, available): &(GrantKind, i64)| Pool {
        priority: 50,
        kind: *kind,
        available: whole(*available),
        held: Credits::ZERO,
        expires_at: None,
    };
    let available = whole(pools.iter().map(|(_, available)| available).sum());
    Balance {
        version: 1,
        as_of: noon(),
        available,
        posted: available,
        held: Credits::ZERO,
        debt: Credits::ZERO,
        unlimited: false,
        unlimited_until: None,
        pools: pools.iter().map(pool).collect(),
        level: Level::Ok,
        alert: Level::Ok,
        plan: None,
    }
}

#[test]
fn the_days_of_the_tests_are_what_they_say() {
    assert_eq!(Date { year: 2026, month: 11, day: 21 }.days(), TODAY);
}

#[test]
fn a_purchase_moves_the_end_and_not_the_pace() {
    let pace = pace(&[100_000_000; 40]).unwrap();
    let before = balance(&[(GrantKind::Allowance, 341), (GrantKind::Purchase, 2_000)]);
    let now = runway(&pace, &supplies_of(&before)).unwrap();
    assert_eq!(now.around.text(), "2026-12-14T21:50:24.000Z");
    let after = balance(&[(GrantKind::Purchase, 7_341)]);
    let projected = project(&after, &[], noon()).unwrap();
    let bought = runway(&pace, &supplies_after(&projected.pools)).unwrap();
    assert_eq!(bought.around.text(), "2027-02-02T21:50:24.000Z");
    assert_eq!(bought.per_day, now.per_day);
}

#[test]
fn the_line_falls_day_by_day_to_nothing_at_the_expected_time() {
    let pace = pace(&[100_000_000; 40]).unwrap();
    let runway = runway(&pace, &[Supply::now(whole(1_000), None)]).unwrap();
    let available: Vec<i64> = runway.line.iter().map(|point| point.available.floor()).collect();
    assert_eq!(available, [1_000, 950, 850, 750, 650, 550, 450, 350, 250, 150, 50, 0]);
    assert_eq!(runway.line.last().unwrap().at, runway.around);
    assert_eq!(runway.line[0].at, noon());
}

#[test]
fn allowances_come_with_the_cycles_that_are_paid_for() {
    let started = Instant::parse("2026-08-31T10:00:00Z").unwrap();
    let paid = |until: Option<&str>| {
        let until = until.map(|at| Instant::parse(at).unwrap());
        allowances(started, until, whole(2_000), noon(), &Zone::utc()).unwrap()
    };
    let starts = |supplies: &[Supply]| -> Vec<String> {
        supplies.iter().map(|supply| supply.from_at.unwrap().text()[..10].to_owned()).collect()
    };
    let coming = paid(Some("2027-02-28T00:00:00Z"));
    assert_eq!(starts(&coming), ["2026-11-30", "2026-12-31", "2027-01-31"]);
    assert_eq!(coming[0].expires_at, coming[1].from_at);
    assert_eq!(paid(Some("2026-11-30T00:00:00Z")), []);
    assert_eq!(paid(None).len(), 24);
    let later = noon().plus_ms(DAY_MS).unwrap();
    assert_eq!(allowances(later, None, whole(1), noon(), &Zone::utc()), Ok(Vec::new()));
}

#[test]
fn nothing_that_is_handed_in_traps() {
    let ends = ["0001-01-01T00:00:00Z", NOON, "9999-12-31T23:59:59Z"];
    let ends = ends.map(|at| Instant::parse(at).unwrap());
    let most = Credits::MAX;
    let least = Credits::from_micro(i64::MIN);
    for as_of in ends {
        let today = Zone::utc().date_of(as_of).days();
        let mut used: Vec<_> = (1..60).map(|ago| (today - ago, most)).collect();
        used.extend([(i64::MIN, most), (i64::MAX, most), (today, least), (today - 3, least)]);
        let Ok(pace) = Pace::read(&used, as_of, &Zone::utc()) else { panic!("{as_of}") };
        for amount in [most, least, Credits::ZERO, Credits::from_micro(1)] {
            for (from_at, expires_at) in ends.into_iter().zip(ends.into_iter().rev()) {
                let there = Supply::now(amount, Some(expires_at));
                let coming = Supply::coming(amount, from_at, None);
                let told = pace.runway(&[there, there, coming, coming], least, &Zone::utc());
                let far = as_of == ends[2];
                assert!(told.is_ok() || far, "{as_of} {amount} {told:?}");
            }
        }
    }
}

fn history() -> impl Strategy<Value = Vec<i64>> {
    let day = prop_oneof![3 => 0_i64..300_000_000, 1 => Just(0), 1 => 100_000_000_i64..110_000_000];
    prop::collection::vec(day, 0..120)
}

fn supplies() -> impl Strategy<Value = Vec<Supply>> {
    let supply = (1_i64..5_000_000_000, prop::option::of(1_i64..200), prop::option::of(1_i64..90));
    let supply = supply.prop_map(|(micro, expires, from)| {
        let after = |days: i64| noon().plus_ms(days * DAY_MS / 3).unwrap();
        let from_at = from.map(after);
        Supply { from_at, ..Supply::now(Credits::from_micro(micro), expires.map(after)) }
    });
    prop::collection::vec(supply, 1..6)
}

proptest! {
    #[test]
    fn the_interval_holds_the_expected_time(days in history(), supplies in supplies()) {
        let Ok(pace) = pace(&days) else { return Ok(()) };
        let Ok(runway) = runway(&pace, &supplies) else { return Ok(()) };
        prop_assert!(noon() <= runway.from && runway.from <= runway.around);
        prop_assert!(runway.to.is_none_or(|to| runway.around <= to));
        prop_assert!(runway.line.is_sorted_by_key(|point| point.at));
        let last = runway.line.last().unwrap();
        prop_assert_eq!((last.at, last.available), (runway.around, Credits::ZERO));
    }

    #[test]
    fn the_order_of_the_days_and_of_what_is_to_come_is_irrelevant(
        days in history(), mut supplies in supplies(), turn in 0_usize..100,
    ) {
        let first = TODAY - days.len() as i64;
        let mut used: Vec<_> =
            (first..).zip(days.iter().map(|micro| Credits::from_micro(*micro))).collect();
        let read = Pace::read(&used, noon(), &Zone::utc());
        used.reverse();
        let middle = turn % used.len().max(1);
        used.rotate_left(middle);
        let Ok(turned) = Pace::read(&used, noon(), &Zone::utc()) else {
            prop_assert!(read.is_err());
            return Ok(());
        };
        let pace = read.unwrap();
        prop_assert_eq!(&pace, &turned);
        supplies.sort_by_key(|supply| (supply.from_at.is_some(), supply.expires_at));
        let here = supplies.iter().filter(|supply| supply.from_at.is_none()).count();
        let told = runway(&pace, &supplies);
        supplies.rotate_left(here);
        prop_assert_eq!(told, runway(&pace, &supplies));
    }

    #[test]
    fn more_credits_never_end_sooner(
        days in history(), mut supplies in supplies(), more in 1_i64..5_000_000_000,
    ) {
        let Ok(pace) = pace(&days) else { return Ok(()) };
        let Ok(before) = runway(&pace, &supplies) else { return Ok(()) };
        supplies.push(Supply::now(Credits::from_micro(more), None));
        match runway(&pace, &supplies) {
            Ok(after) => prop_assert!(before.around <= after.around),
            Err(silence) => {
                prop_assert!([Silence::OverAYear, Silence::TooErratic].contains(&silence));
            }
        }
    }
}
