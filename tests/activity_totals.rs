//! The dashboard's sums: the same as asking every row, however the rows came in.

mod activity_support;

use activity_support::naive::{self, figures};
use activity_support::rows::{Own, Random, all};
use activity_support::{berlin, empty};
use nivella_credits::core::activity::{Activity, Dimension, Filter, Row, Summary};
use nivella_credits::core::{Credits, EntryKind, Instant};
use proptest::prelude::*;

/// Compares everything that a filter answers with the naive answers.
fn check(activity: &Activity, rows: &[Row<'_>], filter: &Filter) {
    let zone = berlin();
    let summary = activity.summary(filter).unwrap();
    let days = (summary.from_day, summary.to_day);
    assert_eq!(figures(&summary.total), naive::total(rows, &zone, filter, days), "{filter:?}");
    for dimension in Dimension::ALL {
        let expected = naive::parts(rows, &zone, filter, days, dimension);
        let parts = summary.parts_of(dimension);
        let found = parts.iter().map(|part| (part.key.to_owned(), figures(&part.sums))).collect();
        assert_eq!(expected, found, "{dimension:?} of {filter:?}");
        let sorted = parts.is_sorted_by_key(|part| -part.sums.credits.micro());
        assert!(sorted, "the largest part stands first");
        if filter.key(dimension).is_none() {
            let sum: i128 = parts.iter().map(|part| figures(&part.sums)[0]).sum();
            assert_eq!(sum, figures(&summary.total)[0], "parts add up to the total");
        }
    }
    check_days(&summary, rows, filter);
}

fn check_days(summary: &Summary<'_>, rows: &[Row<'_>], filter: &Filter) {
    let zone = berlin();
    let by_day = naive::trend(rows, &zone, filter);
    let (trend, length) = (&summary.trend, summary.to_day - summary.from_day + 1);
    assert_eq!(trend.first_day, summary.from_day);
    assert_eq!(trend.credits.len(), trend.columns.len() * length as usize);
    let mut sum = 0_i128;
    let width = trend.columns.len().max(1);
    for (day, credits) in (trend.first_day..).zip(trend.credits.chunks(width)) {
        for (agent, credits) in trend.columns.iter().zip(credits) {
            let key = (day, agent.unwrap().to_owned());
            let expected = by_day.get(&key).copied().unwrap_or(0);
            assert_eq!(i128::from(credits.micro()), expected, "{key:?} of {filter:?}");
            sum += expected;
        }
    }
    assert_eq!(sum, figures(&summary.total)[0], "the days add up to the total");
    assert_eq!(summary.previous.is_some(), filter.from_day.is_some());
    let Some(previous) = &summary.previous else { return };
    let days = (previous.from_day, previous.to_day);
    assert_eq!(days, (summary.from_day - length, summary.from_day - 1), "of the same length");
    let expected = naive::total(rows, &zone, filter, days)[0];
    assert_eq!(i128::from(previous.credits.micro()), expected, "previous of {filter:?}");
    assert_eq!(previous.days.len() as i64, length);
    let sum: i128 = previous.days.iter().map(|day| i128::from(day.micro())).sum();
    assert_eq!(sum, expected, "its days add up");
}

/// A filter that something passes, most of the time.
fn any_filter(rows: &[Row<'_>], random: &mut Random) -> Filter {
    let last = activity_support::as_of().ms() / 86_400_000;
    let lengths = [1, 7, 30, 90, 200, 400];
    let to = last - random.below(100) as i64 + 1;
    let length = lengths[random.below(6) as usize];
    let mut filter = match random.below(5) {
        0 => Filter::all(),
        1 => Filter { to_day: Some(to), ..Filter::all() },
        _ => Filter::days(to - length + 1, to),
    };
    let like = &rows[random.below(rows.len() as u64) as usize];
    for dimension in Dimension::ALL {
        match random.below(6) {
            0 => filter = filter.with(dimension, like.keys[dimension as usize]),
            1 if random.below(5) == 0 => filter = filter.with(dimension, "nobody knows this"),
            _ => {}
        }
    }
    filter
}

/// Takes rows in as pages do: shuffled by pages, some of them twice.
fn feed(activity: &mut Activity, rows: &[Row<'_>], random: &mut Random) {
    let size = 1 + random.below(200) as usize;
    let mut pages: Vec<&[Row<'_>]> = rows.chunks(size).collect();
    match random.below(4) {
        0 => {}
        1 => pages.reverse(),
        _ => (0..pages.len()).for_each(|n| pages.swap(n, random.below(n as u64 + 1) as usize)),
    }
    for page in &pages {
        let newest_first = random.below(2) == 0;
        let repeated = random.below(4) == 0;
        let page: Vec<&Row<'_>> =
            if newest_first { page.iter().rev().collect() } else { page.iter().collect() };
        for row in page.iter().chain(page.iter().filter(|_| repeated)) {
            let new = activity.row(row.seq).is_none();
            assert_eq!(activity.add_row(row), Ok(new));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn rows_alone_rollups_alone_and_both_give_the_same_totals(
        seed in 0_u64..1 << 40, count in 1_u64..1_800, part in 0_u64..=10,
    ) {
        let owned = all(count, seed);
        let mut random = Random::new(seed ^ 77);
        let mut rows: Vec<Row<'_>> = owned.iter().map(Own::row).collect();
        odd_rows(&mut rows, &mut random);
        let through = count * part / 10;
        let in_rollups: Vec<Row<'_>> = rows.iter().filter(|r| r.seq <= through).copied().collect();
        let rollups = naive::rollups(&in_rollups, &berlin());

        let mut from_rows = empty();
        feed(&mut from_rows, &rows, &mut random);
        // Rollups first, or last: rows that they hold are then taken out of the sums.
        let mut from_both = empty();
        let first = random.below(2) == 0;
        for turn in [first, !first] {
            if turn {
                from_both.set_through(through).unwrap();
                for rollup in rollups.iter().rev().chain(&rollups) {
                    from_both.add_rollup(rollup).unwrap();
                }
            } else {
                feed(&mut from_both, &rows, &mut random);
            }
        }
        // The dashboard opens on rollups; of the rows only the newer ones are there.
        let mut from_rollups = empty();
        from_rollups.set_through(through).unwrap();
        rollups.iter().for_each(|rollup| assert_eq!(from_rollups.add_rollup(rollup), Ok(true)));
        rows.iter().filter(|r| r.seq > through).for_each(|row| {
            from_rollups.add_row(row).unwrap();
        });
        for _ in 0..4 {
            let filter = any_filter(&rows, &mut random);
            for activity in [&from_rows, &from_both, &from_rollups] {
                check(activity, &rows, &filter);
            }
        }
    }
}

/// Makes some rows what others are not: large, with several quantities, booked late or early.
fn odd_rows(rows: &mut [Row<'_>], random: &mut Random) {
    for row in rows.iter_mut().filter(|row| row.is_usage()) {
        match random.below(40) {
            0 => row.credits = Credits::from_micro(5_000_000_000_000),
            1 => (row.messages, row.images) = (3, 1_000_000_000),
            2 => row.amount = Credits::ZERO,
            3 => row.waived = Credits::ONE,
            4 => row.booked_at = Instant::parse("2021-01-01T00:00:00Z").unwrap(),
            5 => row.kind = EntryKind::Reversal,
            6 => row.keys[5] = "",
            7 => row.keys[0] = "an_agent_of_next_year",
            _ => {}
        }
    }
}

#[test]
fn many_companies_are_answered_from_the_rows() {
    let owned = all(3_000, 5);
    let names: Vec<String> = (0..900).map(|n| format!("Company no. {n}")).collect();
    let mut rows: Vec<Row<'_>> = owned.iter().map(Own::row).collect();
    rows.iter_mut().zip(names.iter().cycle()).for_each(|(row, name)| row.keys[5] = name);
    let mut activity = empty();
    rows.iter().for_each(|row| assert_eq!(activity.add_row(row), Ok(true)));
    check(&activity, &rows, &Filter::all());
    check(&activity, &rows, &Filter::all().with(Dimension::Company, "Company no. 17"));
    let trend = activity.trend(&Filter::all(), Dimension::Company).unwrap();
    assert_eq!((trend.columns.len(), trend.columns.last()), (64, Some(&None)), "the rest is one");
    let sum = trend.credits.iter().map(|own| own.micro()).sum::<i64>();
    assert_eq!(sum, activity.summary(&Filter::all()).unwrap().total.credits.micro());
}
