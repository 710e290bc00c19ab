//! What the pill shows, and when a change is worth saying.

use nivella_credits::core::{Credits, DAY_MS, Instant, Level};
use nivella_credits::view::pill::{Crossing, Hint, Lost, PillModel, Reading, Show, Value};

fn reading(version: u64, available: &str, level: Level) -> Reading {
    let as_of = Instant::from_ms(1_795_000_000_000 + version as i64).unwrap();
    let available = Credits::parse(available).ok();
    let alert = level;
    Reading { version, as_of, show: Show::Exact, available, level, alert, lasts_until: None }
}

fn shown(model: &PillModel) -> Option<Value> {
    model.view().map(|view| view.value)
}

#[test]
fn nothing_is_shown_before_the_first_reading_and_never_zero() {
    let mut model = PillModel::new(Show::Exact);
    assert_eq!(model.view(), None);
    model.lose(Lost::Unreachable);
    assert_eq!(model.view(), None);
    model.lose(Lost::NoLedger);
    assert_eq!(shown(&model), Some(Value::Unknown));
}

#[test]
fn an_older_version_never_replaces_a_newer() {
    let mut model = PillModel::new(Show::Exact);
    assert!(model.accept(reading(2, "2340.8", Level::Ok)));
    assert!(!model.accept(reading(1, "2342", Level::Ok)));
    assert_eq!(shown(&model), Some(Value::Whole(2340)));
}

#[test]
fn a_lost_store_keeps_the_last_value_with_its_time() {
    let mut model = PillModel::new(Show::Exact);
    let last = reading(1, "2341", Level::Ok);
    model.accept(last);
    model.lose(Lost::Unreachable);
    let view = model.view().unwrap();
    assert_eq!(
        (view.value, view.hint, view.current),
        (Value::Whole(2341), Hint::AsOf(last.as_of), false)
    );
    model.accept(reading(1, "2341", Level::Ok));
    assert!(model.view().unwrap().current);
}

#[test]
fn a_page_reduces_what_is_shown_and_never_adds_to_it() {
    let table = [
        (Show::Exact, Show::Exact, "2341.9", Value::Whole(2341)),
        (Show::Exact, Show::Rounded, "2341.9", Value::AtLeast(2300)),
        (Show::Rounded, Show::Exact, "2300", Value::AtLeast(2300)),
        (Show::Rounded, Show::Rounded, "64", Value::AtLeast(60)),
        (Show::Rounded, Show::Rounded, "7", Value::Some),
        (Show::Exact, Show::Level, "2341", Value::Some),
        (Show::Exact, Show::Exact, "0.9", Value::Whole(0)),
        (Show::Exact, Show::Exact, "1000000000000", Value::Whole(1_000_000_000_000)),
    ];
    for (server, page, available, expected) in table {
        let mut model = PillModel::new(page);
        model.accept(Reading { show: server, ..reading(1, available, Level::Ok) });
        assert_eq!(shown(&model), Some(expected), "{server:?} {page:?} {available}");
    }
}

#[test]
fn a_level_is_said_once_when_it_is_crossed() {
    let mut model = PillModel::new(Show::Exact);
    let mut cross = |version, level| {
        model.accept(reading(version, "5", level));
        model.crossing()
    };
    assert_eq!(cross(1, Level::Ok), None);
    assert_eq!(cross(2, Level::Low), Some(Crossing::Low));
    assert_eq!(cross(3, Level::Low), None);
    assert_eq!(cross(4, Level::Depleted), Some(Crossing::Depleted));
    assert_eq!(cross(5, Level::Critical), Some(Crossing::Recovered));
    assert_eq!(cross(6, Level::Critical), None);
}

#[test]
fn what_is_only_held_shows_its_level_and_is_not_said() {
    let mut model = PillModel::new(Show::Exact);
    let mut read = |version, level, alert| {
        model.accept(Reading { alert, ..reading(version, "5", level) });
        (model.view().unwrap().level, model.crossing())
    };
    read(1, Level::Ok, Level::Ok);
    for version in [2, 4, 6] {
        assert_eq!(read(version, Level::Low, Level::Ok), (Level::Low, None));
        assert_eq!(read(version + 1, Level::Ok, Level::Ok), (Level::Ok, None));
    }
    assert_eq!(read(8, Level::Critical, Level::Low), (Level::Critical, Some(Crossing::Low)));
    assert_eq!(read(9, Level::Ok, Level::Ok), (Level::Ok, Some(Crossing::Recovered)));
}

#[test]
fn the_hint_says_what_helps_most() {
    let mut model = PillModel::new(Show::Exact);
    let mut hint = |version, level, days: Option<i64>| {
        let mut next = reading(version, "5", level);
        next.lasts_until = days.map(|d| next.as_of.plus_ms(d * DAY_MS + DAY_MS / 2).unwrap());
        model.accept(next);
        model.view().unwrap().hint
    };
    assert_eq!(hint(1, Level::Ok, None), Hint::Nothing);
    assert!(matches!(hint(2, Level::Ok, Some(20)), Hint::Until(_)));
    assert_eq!(hint(3, Level::Critical, Some(0)), Hint::UnderADay);
    assert_eq!(hint(4, Level::Depleted, Some(0)), Hint::AddCredit);
    assert_eq!(hint(5, Level::Unlimited, Some(3)), Hint::Nothing);
    model.accept(reading(6, "0.8", Level::Critical));
    assert_eq!(model.view().unwrap().hint, Hint::AddCredit);
}
