//! The answers by the letter of the rule: every row is asked, with sums of 128 bits.

use std::collections::BTreeMap;

use nivella_credits::core::Zone;
use nivella_credits::core::activity::{Dimension, Filter, Rollup, Row, Sums};

/// Credits, waived, uses, failed, messages, call milliseconds, images.
pub type Figures = [i128; 7];

pub fn figures(sums: &Sums) -> Figures {
    [
        sums.credits.micro().into(),
        sums.waived.micro().into(),
        sums.uses.into(),
        sums.failed.into(),
        sums.messages.into(),
        sums.call_ms.into(),
        sums.images.into(),
    ]
}

pub fn day(zone: &Zone, row: &Row<'_>) -> i64 {
    zone.date_of(row.occurred_at).days()
}

fn passes(filter: &Filter, row: &Row<'_>, but: Option<Dimension>) -> bool {
    row.is_usage()
        && Dimension::ALL.into_iter().all(|dimension| {
            let asked = filter.key(dimension).filter(|_| but != Some(dimension));
            asked.is_none_or(|key| row.keys[dimension as usize] == key)
        })
}

fn add(sums: &mut Figures, row: &Row<'_>) {
    sums.iter_mut().zip(figures(&row.sums())).for_each(|(own, other)| *own += other);
}

/// The total of these days.
pub fn total(rows: &[Row<'_>], zone: &Zone, filter: &Filter, days: (i64, i64)) -> Figures {
    let mut sums = Figures::default();
    let inside = |row: &&Row<'_>| (days.0..=days.1).contains(&day(zone, row));
    rows.iter()
        .filter(inside)
        .filter(|row| passes(filter, row, None))
        .for_each(|row| add(&mut sums, row));
    sums
}

/// By key of a dimension, its own filter left aside.
pub fn parts(
    rows: &[Row<'_>],
    zone: &Zone,
    filter: &Filter,
    days: (i64, i64),
    dimension: Dimension,
) -> BTreeMap<String, Figures> {
    let mut parts: BTreeMap<String, Figures> = BTreeMap::new();
    let inside = |row: &&Row<'_>| (days.0..=days.1).contains(&day(zone, row));
    for row in rows.iter().filter(inside).filter(|row| passes(filter, row, Some(dimension))) {
        add(parts.entry(row.keys[dimension as usize].to_owned()).or_default(), row);
    }
    parts
}

/// Credits by day and agent.
pub fn trend(rows: &[Row<'_>], zone: &Zone, filter: &Filter) -> BTreeMap<(i64, String), i128> {
    let mut trend = BTreeMap::new();
    for row in rows.iter().filter(|row| passes(filter, row, None)) {
        let key = (day(zone, row), row.keys[0].to_owned());
        *trend.entry(key).or_default() += i128::from(row.credits.micro());
    }
    trend
}

/// What a server would have summed up of the rows.
pub fn rollups<'a>(rows: &[Row<'a>], zone: &Zone) -> Vec<Rollup<'a>> {
    let mut sums: BTreeMap<(i64, [&'a str; 6]), Sums> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.is_usage()) {
        let own = sums.entry((day(zone, row), row.keys)).or_default();
        *own = own.checked_add(&row.sums()).unwrap();
    }
    let rollup = |((day, keys), sums)| Rollup { day, keys, sums };
    sums.into_iter().map(rollup).collect()
}
