//! Whatever was used and whatever is filtered: everything that is painted adds up to the total.

mod dashboard_support;

use dashboard_support::{activity, cost, credits, day, noon, one, styles};
use nivella_credits::core::Credits;
use nivella_credits::core::activity::{Activity, Dimension, Filter, Row, Summary};
use nivella_credits::view::dashboard::{Bar, Breakdown, TrendLine, agents, breakdowns, trend};
use proptest::prelude::*;

fn sum<'a>(parts: impl IntoIterator<Item = &'a Credits>) -> Credits {
    parts.into_iter().fold(Credits::ZERO, |sum, part| sum.checked_add(*part).unwrap())
}

const COMPANIES: [&str; 9] = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
const AGENTS: [&str; 6] = ["chat", "voice_inbound", "auto_trigger", "nox", "courier", ""];

/// A row of small numbers: (days ago, agent, key, micro-credits, kind).
fn rows() -> impl Strategy<Value = Vec<(i64, usize, usize, i64, bool)>> {
    let amount = prop_oneof![Just(0), 1_i64..4, 1_i64..900_000_000];
    prop::collection::vec((0_i64..900, 0_usize..6, 0_usize..9, amount, any::<bool>()), 0..60)
}

fn made(rows: &[(i64, usize, usize, i64, bool)]) -> Activity {
    let today = day("2026-11-21");
    let row = |(seq, row): (u64, &(i64, usize, usize, i64, bool))| {
        let (ago, agent, key, micro, waived) = *row;
        let keys = [AGENTS[agent], COMPANIES[key % 4], "swift", "use", "", COMPANIES[key]];
        let occurred_at = noon(today - ago).plus_ms(-3_600_000).unwrap();
        let row = Row { keys, ..cost(one(seq, occurred_at), Credits::from_micro(micro)) };
        if waived && micro == 0 { Row { waived: credits("1"), ..row } } else { row }
    };
    activity(&(1..).zip(rows).map(row).collect::<Vec<_>>())
}

fn check_chart(summary: &Summary<'_>, chart: &TrendLine) -> Result<(), TestCaseError> {
    prop_assert_eq!(sum(chart.bars.iter().map(|bar| &bar.total)), summary.total.credits);
    let mut next = summary.from_day;
    for bar in &chart.bars {
        prop_assert_eq!(bar.from, next, "bars follow each other without a gap");
        prop_assert!(bar.to >= bar.from);
        next = bar.to + 1;
        prop_assert_eq!(bar.parts.len(), chart.series.len());
        prop_assert_eq!(bar.heights.len(), chart.series.len());
        prop_assert_eq!(sum(&bar.parts), bar.total);
        let heights = bar.heights.iter().chain([&bar.previous_height]);
        prop_assert!(heights.clone().all(|height| (0..=1_000).contains(height)));
        prop_assert!(bar.heights.iter().sum::<i64>() <= 1_000, "a stack stays in the chart");
        let no_use =
            bar.parts.iter().zip(&bar.heights).all(|(part, at)| !part.is_zero() || *at == 0);
        prop_assert!(no_use, "what used nothing has no height");
    }
    prop_assert_eq!(next, summary.to_day + 1);
    if let Some(previous) = &summary.previous {
        let before: Vec<Credits> = chart.bars.iter().map(|bar| bar.previous.unwrap()).collect();
        prop_assert_eq!(sum(&before), previous.credits);
    }
    let height = |bar: &Bar| bar.heights.iter().sum::<i64>().max(bar.previous_height);
    let highest = chart.bars.iter().map(height);
    let most = |bar: &Bar| bar.total.max(bar.previous.unwrap_or_default());
    let any = chart.bars.iter().any(|bar| most(bar).is_positive());
    prop_assert_eq!(highest.max().unwrap_or(0), if any { 1_000 } else { 0 });
    let lines = chart.ticks.len();
    prop_assert!((1..=4).contains(&lines) && chart.ticks.iter().all(|tick| tick.at <= 1_000));
    prop_assert!(!any || lines > 1, "a chart with use has a line above 0");
    if let Some(top) = chart.top {
        prop_assert!(chart.bars.iter().all(|bar| bar.total <= chart.bars[top].total));
    }
    Ok(())
}

fn check_breakdown(
    of: &Breakdown,
    summary: &Summary<'_>,
    chosen: bool,
) -> Result<(), TestCaseError> {
    let parts = summary.parts_of(of.by);
    let shown = sum(of.rows.iter().map(|row| &row.credits));
    let (hidden, rest, _) = of.others.unwrap_or_default();
    prop_assert_eq!(of.rows.len() + hidden, parts.len());
    let all = shown.checked_add(rest).unwrap();
    prop_assert_eq!(all, sum(parts.iter().map(|part| &part.sums.credits)));
    if !chosen {
        prop_assert_eq!(all, summary.total.credits, "rows and others come to the total");
    }
    prop_assert!(of.rows.iter().all(|row| (0..=1_000).contains(&row.share)));
    Ok(())
}

proptest! {
    #[test]
    fn whatever_is_filtered_everything_adds_up(
        given in rows(),
        (from, length) in (0_i64..1_000, 0_i64..1_000),
        (agent, company) in (0_usize..8, 0_usize..20),
    ) {
        let activity = made(&given);
        let today = day("2026-11-21");
        let mut filter = Filter::days(today - from, today - from + length);
        if from > 900 {
            filter = Filter::all();
        }
        if let Some(agent) = AGENTS.get(agent) {
            filter = filter.with(Dimension::Agent, agent);
        }
        if let Some(company) = COMPANIES.get(company) {
            filter = filter.with(Dimension::Company, company);
        }
        let summary = activity.summary(&filter).unwrap();
        check_chart(&summary, &trend(&summary, &filter, &styles()))?;
        for one in breakdowns(&summary, &filter) {
            check_breakdown(&one, &summary, filter.key(one.by).is_some())?;
        }
        let cards = agents(&summary, None, &filter, &styles());
        let chosen = filter.key(Dimension::Agent);
        let counted = cards.iter().filter(|card| chosen.is_none_or(|key| key == card.key));
        let counted: Vec<Credits> = counted.map(|card| card.credits).collect();
        prop_assert_eq!(sum(&counted), summary.total.credits, "cards come to the total");
        let pressed = cards.iter().filter(|card| card.pressed).count();
        prop_assert!(pressed <= 1);
    }
}
