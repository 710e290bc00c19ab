//! The log: newest first, filtered and searched, while rows come in; and what is refused.

mod activity_support;

use activity_support::rows::{Own, Random, all};
use activity_support::{as_of, berlin, empty};
use nivella_credits::Code;
use nivella_credits::core::activity::{Activity, Dimension, Filter, Row, View};
use nivella_credits::core::{Credits, EntryKind, Instant, Zone};
use proptest::prelude::*;

fn seqs(view: &View, activity: &Activity) -> Vec<u64> {
    (0..view.len()).map(|n| view.row(activity, n).unwrap().seq).collect()
}

/// The rows that a person would expect.
fn expected(rows: &[Row<'_>], filter: &Filter, search: &str) -> Vec<u64> {
    let search = search.to_lowercase();
    let shown = |row: &Row<'_>| {
        let day = berlin().date_of(row.occurred_at).days();
        let inside = filter.from_day.is_none_or(|from| from <= day)
            && filter.to_day.is_none_or(|to| day <= to);
        let keys = Dimension::ALL
            .into_iter()
            .all(|own| filter.key(own).is_none_or(|key| key == row.keys[own as usize]));
        let texts = row.keys.iter().chain([&row.details, &row.reason]);
        let held = texts.clone().any(|text| text.to_lowercase().contains(&search));
        inside && keys && held
    };
    let mut seqs: Vec<u64> = rows.iter().filter(|row| shown(row)).map(|row| row.seq).collect();
    seqs.sort_unstable_by(|a, b| b.cmp(a));
    seqs
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_log_shows_what_is_asked_for_while_rows_come_in(
        seed in 0_u64..1 << 40, count in 1_u64..5_000, slice in 1_usize..3_000,
    ) {
        let owned = all(count, seed);
        let mut rows: Vec<Row<'_>> = owned.iter().map(Own::row).collect();
        let mut random = Random::new(seed + 1);
        for n in 1..rows.len() {
            let far = if seed % 3 == 0 { n as u64 } else { 40.min(n as u64) };
            rows.swap(n, n - random.below(far + 1) as usize);
        }
        let searches = ["", "ÖFFNUNGS", "company 0", "gift CARD", "no answer", "zzz"];
        let search = searches[random.below(6) as usize];
        let mut filter = Filter::all();
        if random.below(2) == 0 {
            filter = filter.with(Dimension::Agent, "chat");
        }
        if random.below(2) == 0 {
            filter.from_day = Some(20_600);
        }
        let mut view = View::new(filter.clone(), search);
        let mut activity = empty();
        for part in rows.chunks(1 + count as usize / 4) {
            part.iter().for_each(|row| assert_eq!(activity.add_row(row), Ok(true)));
            view.advance(&activity, slice);
        }
        let mut slices = 0;
        while !view.advance(&activity, slice) {
            slices += 1;
            prop_assert!(slices <= count, "every slice comes further");
        }
        prop_assert_eq!(view.seen(), rows.len());
        prop_assert_eq!(seqs(&view, &activity), expected(&rows, &filter, search));
        prop_assert_eq!(view.row(&activity, view.len()), None);
        for row in &rows {
            prop_assert_eq!(activity.row(row.seq), Some(*row), "as it came in");
        }
    }
}

#[test]
fn labels_are_searched_as_people_read_them() {
    let owned = all(300, 2);
    let mut activity = empty();
    owned.iter().for_each(|own| assert_eq!(activity.add_row(&own.row()), Ok(true)));
    activity.set_label(Dimension::Agent, "nox", "Night Owl").unwrap();
    let count = |search: &str| {
        let mut view = View::new(Filter::all(), search);
        while !view.advance(&activity, 100) {}
        view.len()
    };
    let nox = owned.iter().filter(|own| own.keys[0] == "nox").count();
    assert!(nox > 0);
    assert_eq!(count("night owl"), nox);
    assert_eq!(count("nox"), 0, "nobody reads the key of what has a label");
    assert!(count("auto_trigger") > 0, "an unknown key is shown as it is");
}

fn one() -> Own {
    all(1, 4).remove(0)
}

#[test]
fn what_no_ledger_would_write_is_refused_by_its_code() {
    let own = one();
    let row = own.row();
    let later = |ms| as_of().plus_ms(ms).unwrap();
    let long = "x".repeat(65_537);
    let mut activity = empty();
    let refused = [
        (Row { seq: 0, ..row }, Code::FieldInvalid),
        (Row { seq: 1 << 32, ..row }, Code::FieldInvalid),
        (Row { occurred_at: later(300_001), ..row }, Code::OccurredAtOutOfRange),
        (Row { booked_at: later(300_001), ..row }, Code::OccurredAtOutOfRange),
        (
            Row { occurred_at: Instant::parse("1969-12-31T20:00:00Z").unwrap(), ..row },
            Code::OccurredAtOutOfRange,
        ),
        (Row { credits: Credits::from_micro(-1), ..row }, Code::AmountOutOfRange),
        (Row { waived: Credits::MAX, ..row }, Code::AmountOutOfRange),
        (Row { messages: 1_000_000_001, ..row }, Code::QuantityInvalid),
        (Row { details: &long, ..row }, Code::SnapshotTooLarge),
        (Row { keys: [&long; 6], ..row }, Code::SnapshotTooLarge),
    ];
    for (row, code) in &refused {
        let error = activity.add_row(row).unwrap_err();
        assert_eq!(error.code, *code);
        activity.refuse(row.seq, error);
    }
    assert!(activity.is_empty());
    assert_eq!(activity.refused().total(), refused.len() as u64, "none is dropped silently");
    let just_inside = Row { occurred_at: later(300_000), booked_at: later(300_000), ..row };
    assert_eq!(activity.add_row(&just_inside), Ok(true));
    assert_eq!(activity.add_row(&just_inside), Ok(false), "the same again");
    let other = Row { details: "changed", ..just_inside };
    assert_eq!(activity.add_row(&other).unwrap_err().code, Code::FieldInvalid);
    assert_eq!(activity.len(), 1);
}

#[test]
fn sums_that_do_not_fit_are_refused_and_change_nothing() {
    let own = one();
    let (mut activity, mut sum) = (empty(), 0_i128);
    for seq in 1..=12 {
        let row = Row { seq, credits: Credits::MAX_MOVEMENT, kind: EntryKind::Use, ..own.row() };
        match activity.add_row(&row) {
            Ok(_) => sum += i128::from(row.credits.micro()),
            Err(error) => assert_eq!(error.code, Code::AmountOverflow),
        }
    }
    assert_eq!(activity.len(), 9, "9 x 10^18 fit 63 bits");
    let total = activity.summary(&Filter::all()).unwrap().total;
    assert_eq!(i128::from(total.credits.micro()), sum);
}

#[test]
fn days_of_23_and_25_hours_take_their_own_rows() {
    let own = one();
    for (day, first, last) in [
        (20_541, "2026-03-28T23:00:00Z", "2026-03-29T21:59:59.999Z"),
        (20_751, "2026-10-24T22:00:00Z", "2026-10-25T22:59:59.999Z"),
    ] {
        let mut activity = empty();
        for (seq, at) in (1..).zip([first, last]) {
            let at = Instant::parse(at).unwrap();
            for (seq, ms) in [(seq, 0), (seq + 2, if seq == 1 { -1 } else { 1 })] {
                let at = at.plus_ms(ms).unwrap();
                let row = Row { seq, occurred_at: at, booked_at: at, ..own.row() };
                assert_eq!(activity.add_row(&row), Ok(true));
            }
        }
        let uses = |day| activity.summary(&Filter::days(day, day)).unwrap().total.uses;
        assert_eq!([uses(day - 1), uses(day), uses(day + 1)], [1, 2, 1], "{first}");
    }
}

#[test]
fn ranges_of_any_kind_are_answered_or_refused() {
    let empty = Activity::new(Zone::utc(), as_of());
    assert!(empty.summary(&Filter::all()).unwrap().total.is_empty());
    let mut activity = empty.clone();
    activity.add_row(&one().row()).unwrap();
    let error = activity.summary(&Filter::days(5, 4)).unwrap_err();
    assert_eq!(error.code, Code::PeriodInvalid);
    for days in [(i64::MIN, i64::MAX), (i64::MIN, -1), (70_000, i64::MAX), (0, 0)] {
        let summary = activity.summary(&Filter::days(days.0, days.1)).unwrap();
        assert_eq!(summary.total.uses, u64::from(days.0 < 0 && days.1 > 0), "{days:?}");
    }
}

#[test]
fn rollups_of_another_time_or_content_are_refused() {
    let own = one();
    let row = own.row();
    let day = berlin().date_of(row.occurred_at).days();
    let rollup = nivella_credits::core::activity::Rollup { day, keys: row.keys, sums: row.sums() };
    let mut activity = empty();
    activity.set_through(10).unwrap();
    assert_eq!(activity.add_rollup(&rollup), Ok(true));
    assert_eq!(activity.add_rollup(&rollup), Ok(false), "the same again");
    let mut other = rollup;
    other.sums.uses += 1;
    assert_eq!(activity.add_rollup(&other).unwrap_err().code, Code::FieldInvalid);
    let ahead = nivella_credits::core::activity::Rollup { day: day + 3, ..rollup };
    assert_eq!(activity.add_rollup(&ahead).unwrap_err().code, Code::OccurredAtOutOfRange);
    assert_eq!(activity.set_through(11).unwrap_err().code, Code::SnapshotVersion);
    assert_eq!(activity.set_through(10), Ok(()));
    assert_eq!(activity.summary(&Filter::all()).unwrap().total, rollup.sums);
}
