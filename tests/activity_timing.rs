//! Figures of the activity engine, for whoever changes it: `NIVELLA_ROWS=1000000 cargo test
//! --release --test activity_timing -- --nocapture`. Nothing is asserted of the times.

mod activity_support;

use std::time::Instant as Clock;

use activity_support::{as_of, empty, rows};
use nivella_credits::core::activity::{Activity, Dimension, Filter, View};
use nivella_credits::wire::activity_csv::CsvReader;
use nivella_credits::wire::activity_export::CsvWriter;

const CHUNK: usize = 1 << 18;

/// Prints how long it took, the best of some times.
fn timed<T>(what: &str, times: u32, mut work: impl FnMut() -> T) -> T {
    let mut best = f64::MAX;
    let mut done = None;
    for _ in 0..times {
        let start = Clock::now();
        done = Some(work());
        best = best.min(start.elapsed().as_secs_f64() * 1e3);
    }
    println!("{what}: {best:.3} ms");
    done.unwrap()
}

#[test]
fn the_whole_way_round() {
    let count = std::env::var("NIVELLA_ROWS").ok().and_then(|text| text.parse().ok());
    let count = count.unwrap_or(20_000);
    let activity = timed("generate and add", 1, || {
        let mut activity = empty();
        rows::each(count, 1, |row| assert_eq!(activity.add_row(row), Ok(true)));
        activity
    });
    let (own, texts) = activity.memory();
    println!("memory: {} bytes a row, {} of text", own as u64 / count, texts as u64 / count);
    filters(&activity);
    let mut view = View::new(Filter::all(), "");
    timed("log, all", 1, || while !view.advance(&activity, 50_000) {});
    assert_eq!(view.len() as u64, count);
    let mut searched = View::new(Filter::all(), "gift card");
    timed("log, searched", 1, || while !searched.advance(&activity, 50_000) {});
    timed("log, row n of the search", 20, || {
        searched.row(&activity, searched.len() / 2).map(|row| row.seq)
    });
    let mut csv = Vec::new();
    write(&activity, &view, |slice| csv.extend_from_slice(slice));
    timed("csv out", 3, || write(&activity, &view, |slice| assert!(!slice.is_empty())));
    println!("csv: {} bytes", csv.len());
    let again = timed("csv in", 3, || {
        let (mut reader, mut again) = (CsvReader::new(), empty());
        for chunk in csv.chunks(CHUNK) {
            reader.feed(&mut again, chunk).unwrap();
        }
        let added = reader.finish(&mut again).unwrap();
        assert_eq!((added.added, added.refused), (count, 0));
        again
    });
    let total = |activity: &Activity| activity.summary(&Filter::all()).unwrap().total;
    assert_eq!(total(&again), total(&activity));
}

/// Writes the export, slice by slice, as a browser would take it.
fn write(activity: &Activity, view: &View, mut take: impl FnMut(&[u8])) {
    let (mut writer, mut slice) = (CsvWriter::new(), Vec::new());
    loop {
        slice.clear();
        let done = writer.next(activity, view, 10_000, &mut slice);
        if !slice.is_empty() {
            take(&slice);
        }
        if done {
            return;
        }
    }
}

fn filters(activity: &Activity) {
    let today = as_of().ms() / 86_400_000;
    let days = |length: i64| Filter::days(today - length + 1, today);
    let one = |filter: Filter| filter.with(Dimension::Agent, "chat");
    let two = |filter: Filter| one(filter).with(Dimension::Model, "standard");
    for (name, filter) in [
        ("7 days", days(7)),
        ("30 days", days(30)),
        ("180 days", days(180)),
        ("all", Filter::all()),
        ("30 days, one key", one(days(30))),
        ("180 days, one key", one(days(180))),
        ("all, one key", one(Filter::all())),
        ("all, two keys", two(Filter::all())),
        ("180 days, two keys", two(days(180))),
        ("365 days, a company", days(365).with(Dimension::Company, "Company 03")),
    ] {
        timed(name, 60, || activity.summary(&filter).unwrap().total);
    }
}
