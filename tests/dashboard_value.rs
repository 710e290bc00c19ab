//! What an event of the page's own cost, in the range that is looked at and in the one before.

mod dashboard_support;

use dashboard_support::{credits, daily, day};
use nivella_credits::core::activity::Filter;
use nivella_credits::view::dashboard::{Change, ValueLine, value_line};

fn line(events: &[(&str, u64)], filter: &Filter) -> Result<Option<ValueLine>, &'static str> {
    // Four days before today: 10, 20, 30 and 40 credits.
    let activity = daily(&["10", "20", "30", "40"].map(credits));
    let summary = activity.summary(filter).unwrap();
    let events: Vec<_> = events.iter().map(|(on, count)| (day(on), *count)).collect();
    value_line(&events, &summary).map_err(|error| error.code.as_str())
}

fn last_two() -> Filter {
    Filter::days(day("2026-11-19"), day("2026-11-20"))
}

/// How many there were, credits for each, and the change.
type Told<'a> = (u64, &'a str, Option<Change>);
/// A name, the events of days, and what is told.
type Case<'a> = (&'a str, &'a [(&'a str, u64)], Option<Told<'a>>);

#[test]
fn each_event_of_the_range_cost_its_part_against_the_period_before() {
    let table: [Case<'_>; 6] = [
        ("none", &[], None),
        ("none in the range", &[("2026-11-18", 9), ("2026-11-21", 9)], None),
        ("none before", &[("2026-11-19", 2), ("2026-11-20", 5)], Some((7, "10", None))),
        ("none counted", &[("2026-11-19", 0)], None),
        (
            "dearer: 70 for 7 after 30 for 6",
            &[("2026-11-17", 2), ("2026-11-18", 4), ("2026-11-20", 7)],
            Some((7, "10", Some(Change::More(1_000)))),
        ),
        (
            "a day that stands twice counts twice, and a part is rounded up",
            &[("2026-11-17", 1), ("2026-11-20", 1), ("2026-11-20", 2)],
            Some((3, "23.333334", Some(Change::Less(222)))),
        ),
    ];
    for (name, events, expected) in table {
        let expected = expected.map(|(count, per, change)| {
            let per = credits(per);
            ValueLine { count, per, change }
        });
        assert_eq!(line(events, &last_two()), Ok(expected), "{name}");
    }
}

#[test]
fn all_has_no_period_before() {
    let events = [("2026-11-17", 1), ("2026-11-20", 3)];
    let all = line(&events, &Filter::all()).unwrap().unwrap();
    assert_eq!((all.count, all.per, all.change), (4, credits("25"), None));
}

#[test]
fn more_events_than_there_can_be_are_refused() {
    let refused = line(&[("2026-11-20", 1_000_000_001)], &last_two());
    assert_eq!(refused, Err("quantity_invalid"));
}
