//! The activity's vectors: JSON and CSV in, what a dashboard shows of them, CSV out. They were
//! computed apart from the crate, and hold every implementation to the same answers.

mod activity_support;

use std::collections::BTreeMap;

use activity_support::empty;
use nivella_credits::core::Instant;
use nivella_credits::core::activity::{Activity, Dimension, Filter, Sums, View};
use nivella_credits::core::civil::Date;
use nivella_credits::wire::activity::{Added, add_rollups, add_rows, parse_day, row_shape};
use nivella_credits::wire::activity_csv::CsvReader;
use nivella_credits::wire::activity_export::CsvWriter;
use nivella_credits::wire::ledger_settings::SettingsShape;
use nivella_credits::wire::value::Value as Wire;
use serde_json::{Value, from_value, json, to_value};

fn vectors() -> Value {
    serde_json::from_str(include_str!("vectors/activity.json")).unwrap()
}

fn activity(vectors: &Value) -> Activity {
    let settings: SettingsShape = from_value(json!({ "zone": vectors["zone"] })).unwrap();
    let as_of = Instant::parse(vectors["as_of"].as_str().unwrap()).unwrap();
    Activity::new(settings.parse().unwrap().zone, as_of)
}

fn rows(vectors: &Value) -> Vec<Wire> {
    from_value(vectors["rows"].clone()).unwrap()
}

fn filter(value: &Value) -> Filter {
    let day = |name: &str| parse_day(value[name].as_str().unwrap()).unwrap();
    let filter = Filter::days(day("from"), day("to"));
    Dimension::ALL.into_iter().fold(filter, |filter, dimension| {
        match value[dimension.as_str()].as_str() {
            Some(key) => filter.with(dimension, key),
            None => filter,
        }
    })
}

fn sums(sums: &Sums) -> Value {
    json!({
        "credits": sums.credits.text(), "waived": sums.waived.text(), "uses": sums.uses,
        "failed": sums.failed, "messages": sums.messages, "call_ms": sums.call_ms,
        "images": sums.images,
    })
}

fn day_text(day: i64) -> String {
    let Date { year, month, day } = Date::from_days(day);
    format!("{year:04}-{month:02}-{day:02}")
}

fn answer(activity: &Activity, filter: &Filter) -> Value {
    let summary = activity.summary(filter).unwrap();
    let parts: BTreeMap<&str, BTreeMap<&str, Value>> = Dimension::ALL
        .into_iter()
        .map(|own| {
            let parts = summary.parts_of(own).iter();
            (own.as_str(), parts.map(|part| (part.key, sums(&part.sums))).collect())
        })
        .collect();
    let trend = &summary.trend;
    let mut days = Vec::new();
    for (day, credits) in (trend.first_day..).zip(trend.credits.chunks(trend.columns.len().max(1)))
    {
        for (agent, credits) in trend.columns.iter().zip(credits).filter(|(_, c)| !c.is_zero()) {
            days.push(json!({ "day": day_text(day), "agent": agent, "credits": credits.text() }));
        }
    }
    let previous = summary.previous.as_ref().unwrap();
    json!({
        "total": sums(&summary.total), "parts": parts, "days": days,
        "previous": { "from": day_text(previous.from_day), "credits": previous.credits.text() },
    })
}

#[test]
fn every_filter_answers_as_computed_by_hand() {
    let vectors = vectors();
    let rows = rows(&vectors);
    let mut ways = Vec::new();
    for rollups in vectors["rollups"].as_array().unwrap() {
        let mut both = activity(&vectors);
        let answer: Wire = from_value(rollups.clone()).unwrap();
        let count = rollups["rows"].as_array().unwrap().len() as u64;
        let expected = Added { added: count, ..Added::default() };
        assert_eq!(add_rollups(&mut both, &answer), Ok(expected));
        let expected = Added { added: rows.len() as u64, ..Added::default() };
        assert_eq!(add_rows(&mut both, &rows), expected);
        let expected = Added { known: rows.len() as u64, ..Added::default() };
        assert_eq!(add_rows(&mut both, &rows), expected, "the same page again");
        ways.push(both);
    }
    for vector in vectors["filters"].as_array().unwrap() {
        for activity in &ways {
            let mut found = answer(activity, &filter(&vector["filter"]));
            let mut expected = vector["answer"].clone();
            for value in [&mut found, &mut expected] {
                let days = value["days"].as_array_mut().unwrap();
                days.sort_by_key(|day| day.to_string());
            }
            assert_eq!(found, expected, "{}", vector["filter"]);
        }
    }
}

#[test]
fn rows_are_shown_as_they_came() {
    let vectors = vectors();
    let mut activity = activity(&vectors);
    add_rows(&mut activity, &rows(&vectors));
    for expected in vectors["rows"].as_array().unwrap() {
        let row = activity.row(expected["seq"].as_u64().unwrap()).unwrap();
        assert_eq!(&to_value(row_shape(&row)).unwrap(), expected);
    }
}

#[test]
fn the_csv_is_the_same_to_the_byte_and_comes_back() {
    let vectors = vectors();
    let csv = vectors["csv"].as_str().unwrap();
    let mut from_rows = activity(&vectors);
    add_rows(&mut from_rows, &rows(&vectors));
    let mut from_csv = activity(&vectors);
    let mut reader = CsvReader::new();
    reader.feed(&mut from_csv, csv.as_bytes()).unwrap();
    assert_eq!(reader.finish(&mut from_csv).unwrap().added, from_rows.len() as u64);
    for activity in [&from_rows, &from_csv] {
        let (mut view, mut writer) = (View::new(Filter::all(), ""), CsvWriter::new());
        while !view.advance(activity, 1) {}
        let mut out = Vec::new();
        while !writer.next(activity, &view, 1, &mut out) {}
        assert_eq!(String::from_utf8(out).unwrap(), csv);
    }
    for guard in vectors["guards"].as_array().unwrap() {
        let (text, cell) = (guard["text"].as_str().unwrap(), guard["cell"].as_str().unwrap());
        let mut activity = activity(&vectors);
        let mut row = vectors["rows"][1].clone();
        row["company"] = json!(text);
        add_rows(&mut activity, &[from_value(row).unwrap()]);
        let (mut view, mut writer) = (View::new(Filter::all(), ""), CsvWriter::new());
        while !view.advance(&activity, 1) {}
        let mut out = Vec::new();
        while !writer.next(&activity, &view, 1, &mut out) {}
        let out = String::from_utf8(out).unwrap();
        assert!(out.contains(&format!(",shop,{cell},1.2,")), "{text:?} in {out}");
        let (mut again, mut reader) = (crate::activity(&vectors), CsvReader::new());
        reader.feed(&mut again, out.as_bytes()).unwrap();
        assert_eq!(reader.finish(&mut again).unwrap().added, 1, "{text:?}");
        let mut view = View::new(Filter::all(), "");
        while !view.advance(&again, 1) {}
        assert_eq!(view.row(&again, 0).unwrap().keys[5], text, "comes back");
    }
}

#[test]
fn a_wrong_row_is_counted_and_the_others_come_in() {
    let vectors = vectors();
    let good = &vectors["rows"][1];
    let change = |seq: u64, name: &str, value: Value| {
        let mut row = good.clone();
        row["seq"] = json!(seq);
        row[name] = value;
        row
    };
    let page = json!([
        good,
        change(20, "credits", json!(1.5)),
        change(21, "credits", json!("-1")),
        change(22, "occurred_at", json!("2030-01-01T00:00:00Z")),
        change(23, "agent", json!(7)),
        change(24, "messages", json!(-1)),
        change(2, "details", json!("changed")),
        null_row(),
        change(25, "agent", json!("an unknown one")),
    ]);
    let mut activity = activity(&vectors);
    let page: Vec<Wire> = from_value(page).unwrap();
    let added = add_rows(&mut activity, &page);
    assert_eq!(added, Added { added: 2, known: 0, refused: 7 });
    let counts: Vec<(&str, u64)> =
        activity.refused().counts().iter().map(|(code, n)| (code.as_str(), *n)).collect();
    let expected = [
        ("snapshot_invalid", 4),
        ("amount_invalid", 1),
        ("occurred_at_out_of_range", 1),
        ("field_invalid", 1),
    ];
    assert_eq!(counts, expected);
    assert_eq!(activity.refused().first().map(|(place, _)| place), Some(20));
    assert_eq!(activity.row(25).unwrap().keys[0], "an unknown one", "shown as it is");
    assert!(add_rollups(&mut empty(), &Wire::Null).is_err());
}

fn null_row() -> Value {
    Value::Null
}
