//! Cycles and civil days: the vectors of nine zones, and what holds for any zone and anchor.

// A test fails by stopping.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use nivella_credits::Code;
use nivella_credits::core::civil::Date;
use nivella_credits::core::{DAY_MS, Instant, Zone, cycle, cycle_at};
use proptest::prelude::*;
use serde_json::Value;

fn vectors() -> Value {
    serde_json::from_str(include_str!("vectors/cycles.json")).unwrap()
}

fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row[key].as_str().unwrap_or_else(|| panic!("{key} in {row}"))
}

fn rows<'a>(all: &'a Value, key: &str) -> &'a [Value] {
    all[key].as_array().filter(|rows| !rows.is_empty()).unwrap()
}

fn instant(value: &Value) -> Instant {
    Instant::parse(value.as_str().unwrap()).unwrap()
}

fn date(text: &str) -> Date {
    let day = Instant::parse(&format!("{text}T00:00:00Z")).unwrap();
    Date::from_days(day.ms().div_euclid(DAY_MS))
}

fn zone(table: &Value) -> nivella_credits::Result<Zone> {
    let offset = |value: &Value| i32::try_from(value.as_i64().unwrap()).unwrap();
    let transition = |row: &Value| (instant(&row[0]), offset(&row[1]));
    let transitions = table["transitions"].as_array().unwrap().iter().map(transition).collect();
    Zone::new(offset(&table["base_offset_s"]), transitions)
}

#[test]
fn cycles_start_and_end_where_the_calendar_says() {
    let all = vectors();
    for row in rows(&all, "cycles") {
        let zone = zone(&all["zones"][text(row, "zone")]).unwrap();
        let starts: Vec<Instant> = rows(row, "starts").iter().map(instant).collect();
        let anchor = starts[0];
        assert_eq!(i64::from(zone.date_of(anchor).day), row["anchor_day"].as_i64().unwrap());
        for (n, pair) in starts.windows(2).enumerate() {
            let found = cycle(anchor, &zone, n as u32).unwrap();
            let period = (found.period.start_at(), found.period.end_at());
            assert_eq!(period, (pair[0], pair[1]), "cycle {n} of {} {anchor}", row["zone"]);
            assert_eq!(found.index, n as u32);
            let last = pair[1].plus_ms(-1).unwrap();
            assert_eq!(cycle_at(anchor, &zone, pair[0]), Ok(Some(found)), "its first instant");
            assert_eq!(cycle_at(anchor, &zone, last), Ok(Some(found)), "its last millisecond");
        }
    }
}

#[test]
fn civil_days_have_the_hours_that_the_clock_shows() {
    let all = vectors();
    for row in rows(&all, "spans") {
        let zone = zone(&all["zones"][text(row, "zone")]).unwrap();
        let (from, to) = (date(text(row, "from")), date(text(row, "to")));
        let (start, end) = (zone.start_of(from).unwrap(), zone.start_of(to).unwrap());
        assert_eq!((start, end), (instant(&row["start_at"]), instant(&row["end_at"])), "{row}");
        assert_eq!(end.ms_since(start), row["minutes"].as_i64().unwrap() * 60_000, "{row}");
        if start < end {
            assert_eq!(zone.date_of(start), from, "{row}");
        }
        if from.days() + 1 == to.days() {
            let day = zone.day(from).unwrap();
            assert_eq!((day.start_at(), day.end_at()), (start, end), "{row}");
        }
    }
}

#[test]
fn absurd_zones_are_refused() {
    for row in rows(&vectors(), "refused") {
        assert_eq!(
            zone(row).map_err(|e| e.code.as_str().to_owned()),
            Err(text(row, "code").into())
        );
    }
    let many =
        |n: i64| (0..n).map(|hour| (Instant::from_ms(hour * 3_600_000).unwrap(), 0)).collect();
    assert!(Zone::new(0, many(1_000)).is_ok());
    assert_eq!(Zone::new(0, many(1_001)).map_err(|e| e.code), Err(Code::ZoneInvalid));
}

#[test]
fn a_transition_counts_from_its_own_instant() {
    let at = Instant::parse("2026-10-25T01:00:00Z").unwrap();
    let zone = Zone::new(7_200, vec![(at, 3_600)]).unwrap();
    assert_eq!(zone.offset_at(at.plus_ms(-1).unwrap()), 7_200);
    assert_eq!(zone.offset_at(at), 3_600);
    assert_eq!(Zone::utc(), Zone::new(0, vec![]).unwrap());
}

/// At 00:01 of the 29th the clocks of St. John's went back to 23:01 of the 28th.
#[test]
fn a_cycle_does_not_go_back_when_the_clock_shows_yesterday_again() {
    let zone = zone(&vectors()["zones"]["America/St_Johns in 2006"]).unwrap();
    let anchor = Instant::parse("2006-08-29T12:00:00Z").unwrap();
    let again = Instant::parse("2006-10-29T02:45:00Z").unwrap();
    assert_eq!(zone.date_of(again).day, 28);
    let found = cycle_at(anchor, &zone, again).unwrap().unwrap();
    assert_eq!(found.index, 2);
    assert_eq!(found.period.start_at().to_string(), "2006-10-29T02:30:00.000Z");
    let started = Instant::parse("2006-10-29T02:30:30Z").unwrap();
    assert_eq!(cycle_at(started, &zone, again).unwrap().map(|c| c.index), Some(0));
}

#[test]
fn there_is_no_cycle_before_the_anchor_and_none_past_the_year_9999() {
    let anchor = Instant::parse("9999-10-31T12:00:00Z").unwrap();
    let utc = Zone::utc();
    assert_eq!(cycle_at(anchor, &utc, anchor.plus_ms(-1).unwrap()), Ok(None));
    assert_eq!(
        cycle(anchor, &utc, 0).map(|c| c.period.end_at().to_string()).unwrap(),
        "9999-11-30T00:00:00.000Z"
    );
    for refused in [cycle(anchor, &utc, 2), cycle(anchor, &utc, u32::MAX)] {
        assert_eq!(refused.map_err(|e| e.code), Err(Code::TimeInvalid));
    }
}

#[test]
fn days_that_do_not_exist_are_refused() {
    for (year, month, day) in [
        (2027, 2, 29),
        (2026, 0, 1),
        (2026, 13, 1),
        (2026, 4, 31),
        (2026, 1, 0),
        (0, 1, 1),
        (10_000, 1, 1),
        (i64::MAX, 12, 31),
        (i64::MIN, 1, 1),
        (2026, 255, 255),
    ] {
        let refused = Zone::utc().start_of(Date { year, month, day });
        assert_eq!(refused.map_err(|e| e.code), Err(Code::TimeInvalid), "{year}-{month}-{day}");
    }
    let last = Date { year: 9_999, month: 12, day: 31 };
    assert!(Zone::utc().start_of(last).is_ok() && Zone::utc().day(last).is_err());
}

/// Any table that is a zone, as wild as it may be: offsets that jump by hours within hours.
fn any_zone() -> impl Strategy<Value = Zone> {
    let offset = || -64_800..=64_800_i32;
    let step = prop_oneof![1..7_200_000_i64, 1..(200 * DAY_MS)];
    (offset(), prop::collection::vec((step, offset()), 0..40)).prop_map(|(base, steps)| {
        let mut at = Instant::parse("2026-01-01T00:00:00Z").unwrap();
        let later = |(step, offset)| {
            at = at.plus_ms(step).unwrap();
            (at, offset)
        };
        Zone::new(base, steps.into_iter().map(later).collect()).unwrap()
    })
}

fn any_instant() -> impl Strategy<Value = Instant> {
    let (from, to) = ("2025-06-01T00:00:00Z", "2040-06-01T00:00:00Z");
    let ms = |text| Instant::parse(text).unwrap().ms();
    (ms(from)..ms(to)).prop_map(|ms| Instant::from_ms(ms).unwrap())
}

proptest! {
    /// A22: no instant between two cycles, none in both.
    #[test]
    fn cycles_tile_time(zone in any_zone(), anchor in any_instant(), count in 1_u32..60) {
        let mut end = anchor;
        for n in 0..count {
            let found = cycle(anchor, &zone, n).unwrap();
            prop_assert_eq!(found.period.start_at(), end);
            prop_assert!(found.period.end_at() > end);
            end = found.period.end_at();
        }
    }

    #[test]
    fn every_instant_lies_in_the_cycle_that_is_found(
        zone in any_zone(), anchor in any_instant(), at in any_instant(),
    ) {
        match cycle_at(anchor, &zone, at).unwrap() {
            None => prop_assert!(at < anchor),
            Some(found) => {
                prop_assert!(found.period.contains(at));
                prop_assert_eq!(cycle(anchor, &zone, found.index), Ok(found));
            }
        }
    }

    #[test]
    fn the_anchor_day_never_moves(
        offset in -64_800..=64_800_i32, anchor in any_instant(), n in 1_u32..600,
    ) {
        let zone = Zone::new(offset, vec![]).unwrap();
        let first = zone.date_of(anchor);
        let day = zone.date_of(cycle(anchor, &zone, n).unwrap().period.start_at());
        let last = Date::days_in_month(day.year, day.month);
        prop_assert_eq!(day.day, first.day.min(last));
        let months = |date: Date| date.year * 12 + i64::from(date.month);
        prop_assert_eq!(months(day) - months(first), i64::from(n));
    }

    #[test]
    fn a_day_starts_at_the_first_instant_that_shows_it_or_a_later_one(
        zone in any_zone(), at in any_instant(),
    ) {
        let day = zone.date_of(at);
        let start = zone.start_of(day).unwrap();
        prop_assert!(start <= at);
        prop_assert!(zone.date_of(start) >= day);
        // No clock showed it before: not just before, nor at any quarter of an hour in two days.
        for back in (1..192).map(|n| n * 900_000).chain([1]) {
            prop_assert!(zone.date_of(start.plus_ms(-back).unwrap()) < day);
        }
    }
}
