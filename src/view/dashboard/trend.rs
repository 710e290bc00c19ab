//! The chart of the days: stacked bars, with the period before behind them.

use crate::core::Credits;
use crate::core::activity::{Dimension, Filter, Summary};
use crate::core::civil::Date;
use crate::view::dashboard::agents::{AgentStyle, Family, style_of};
use crate::view::dashboard::share::permille;

/// What one bar stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BarUnit {
    /// A day.
    Day,
    /// Seven days.
    Week,
    /// A month of the calendar.
    Month,
}

impl BarUnit {
    /// Its name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            BarUnit::Day => "day",
            BarUnit::Week => "week",
            BarUnit::Month => "month",
        }
    }

    const fn of(days: i64) -> BarUnit {
        match days {
            ..=92 => BarUnit::Day,
            93..=400 => BarUnit::Week,
            _ => BarUnit::Month,
        }
    }

    /// The last day of the bar that begins with `from`.
    fn last(self, from: i64) -> i64 {
        match self {
            BarUnit::Day => from,
            BarUnit::Week => from + 6,
            BarUnit::Month => {
                let date = Date::from_days(from);
                from + i64::from(Date::days_in_month(date.year, date.month) - date.day)
            }
        }
    }
}

/// One bar; parts and heights in the order of the series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Its first day.
    pub from: i64,
    /// Its last day.
    pub to: i64,
    /// What the days cost.
    pub total: Credits,
    /// The same by family.
    pub parts: Vec<Credits>,
    /// Permille of the axis.
    pub heights: Vec<i64>,
    /// The same days of the period before.
    pub previous: Option<Credits>,
    /// Permille of the axis.
    pub previous_height: i64,
}

/// A line of the axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tick {
    /// What it stands for.
    pub amount: Credits,
    /// Its height in permille.
    pub at: i64,
}

/// The whole chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrendLine {
    /// What one bar stands for.
    pub unit: BarUnit,
    /// The families of the stack, from below.
    pub series: Vec<Family>,
    /// The bars, the earliest first.
    pub bars: Vec<Bar>,
    /// From 0 up.
    pub ticks: Vec<Tick>,
    /// Whether there is a period before.
    pub previous: bool,
    /// The highest bar; none where all are 0.
    pub top: Option<usize>,
}

/// Draws the trend of a summary.
pub fn trend(summary: &Summary<'_>, filter: &Filter, styles: &[AgentStyle]) -> TrendLine {
    let days = summary.to_day - summary.from_day + 1;
    let unit = BarUnit::of(days);
    let columns = &summary.trend.columns;
    let family =
        |column: &Option<&str>| column.map_or(Family::Other, |key| style_of(styles, key).0);
    let of: Vec<Family> = columns.iter().map(family).collect();
    let mut series: Vec<Family> =
        Family::ALL.into_iter().filter(|family| of.contains(family)).collect();
    if let (true, Some(key)) = (series.is_empty(), filter.key(Dimension::Agent)) {
        series.push(style_of(styles, key).0);
    }
    let mut bars = Vec::new();
    let mut from = summary.from_day;
    while from <= summary.to_day {
        let to = unit.last(from).min(summary.to_day);
        bars.push(bar(summary, &of, &series, from, to));
        from = to + 1;
    }
    let high = |bar: &Bar| bar.total.max(bar.previous.unwrap_or_default());
    let axis = bars.iter().map(high).max().unwrap_or_default();
    for bar in &mut bars {
        bar.heights = heights(&bar.parts, axis);
        bar.previous_height = permille(bar.previous.unwrap_or_default(), axis);
    }
    let top = bars.iter().enumerate().rev().max_by_key(|(_, bar)| bar.total);
    let top = top.filter(|(_, bar)| bar.total.is_positive()).map(|(place, _)| place);
    let previous = summary.previous.is_some();
    TrendLine { unit, series, bars, ticks: ticks(axis), previous, top }
}

fn bar(summary: &Summary<'_>, of: &[Family], series: &[Family], from: i64, to: i64) -> Bar {
    let offset = |day: i64| usize::try_from(day - summary.from_day).unwrap_or(usize::MAX);
    let mut parts = vec![Credits::ZERO; series.len()];
    let mut total = Credits::ZERO;
    let width = of.len().max(1);
    let rows = summary.trend.credits.chunks(width).skip(offset(from));
    for row in rows.take((to - from + 1) as usize) {
        for (credits, family) in row.iter().zip(of) {
            let place = series.iter().position(|own| own == family);
            if let Some(part) = place.and_then(|place| parts.get_mut(place)) {
                *part = part.saturating_add(*credits);
            }
            total = total.saturating_add(*credits);
        }
    }
    let previous = summary.previous.as_ref().map(|before| {
        let days = before.days.iter().skip(offset(from)).take((to - from + 1) as usize);
        days.copied().fold(Credits::ZERO, Credits::saturating_add)
    });
    Bar { from, to, total, parts, heights: Vec::new(), previous, previous_height: 0 }
}

/// Differences of rounded running sums, so that a stack is as high as its total.
fn heights(parts: &[Credits], axis: Credits) -> Vec<i64> {
    let (mut sum, mut below) = (Credits::ZERO, 0);
    let height = |part: &Credits| {
        sum = sum.saturating_add(*part);
        let top = permille(sum, axis);
        top - std::mem::replace(&mut below, top)
    };
    parts.iter().map(height).collect()
}

/// At most three lines above 0, at 1, 2 or 5 times a power of ten.
fn ticks(axis: Credits) -> Vec<Tick> {
    let mut ticks = vec![Tick { amount: Credits::ZERO, at: 0 }];
    // Rounded up, else small axes have more lines than three.
    let least = axis.micro() / 3 + i64::from(axis.micro() % 3 > 0);
    let mut ten = 1_i64;
    let step = loop {
        if let Some(step) =
            [1, 2, 5].into_iter().map(|n| ten.saturating_mul(n)).find(|step| *step >= least)
        {
            break step;
        }
        ten = ten.saturating_mul(10);
    };
    for at in (1..=3).filter_map(|line| step.checked_mul(line)) {
        if at <= axis.micro() {
            let amount = Credits::from_micro(at);
            ticks.push(Tick { amount, at: permille(amount, axis) });
        }
    }
    ticks
}
