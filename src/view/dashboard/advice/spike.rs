//! A day that stood out, and what drove it.

use crate::core::Credits;
use crate::core::activity::{Activity, Dimension, Filter};
use crate::core::runway::{self, Slice, Spike, spikes};
use crate::error::Result;
use crate::view::dashboard::advice::{Action, Advice, AdviceKind};
use crate::view::dashboard::runway::PaceRead;
use crate::view::dashboard::say::{Arg, Say};
use crate::view::dashboard::share::about;

/// A spike is news for so many days.
const NEWS_DAYS: i64 = 14;

/// The days of one key.
struct Column {
    dimension: Dimension,
    key: String,
    days: Vec<(i64, Credits)>,
}

impl Column {
    fn slice(&self) -> Slice<'_> {
        let dimension = match self.dimension {
            Dimension::Model => runway::Dimension::Model,
            Dimension::Site => runway::Dimension::Site,
            _ => runway::Dimension::Agent,
        };
        Slice { dimension, days: &self.days }
    }
}

/// The last spike, while it is news.
pub(super) fn spike_advice(
    activity: &Activity,
    read: &PaceRead,
    today: i64,
) -> Result<Option<Advice>> {
    let mut columns = Vec::new();
    for dimension in [Dimension::Agent, Dimension::Model, Dimension::Site] {
        let trend = activity.trend(&Filter::all(), dimension)?;
        let width = trend.columns.len().max(1);
        for (place, key) in trend.columns.iter().enumerate() {
            let Some(key) = key else { continue };
            let days = trend.credits.iter().skip(place).step_by(width).copied();
            let days = (trend.first_day..).zip(days).collect();
            columns.push(Column { dimension, key: (*key).to_owned(), days });
        }
    }
    let slices: Vec<Slice<'_>> = columns.iter().map(Column::slice).collect();
    let found = spikes(&read.used, today, &slices);
    let news = found.into_iter().rev().find(|spike| spike.day > today - NEWS_DAYS);
    Ok(news.map(|spike| tell_spike(&spike, &columns)))
}

fn tell_spike(spike: &Spike, columns: &[Column]) -> Advice {
    let named = |slice: usize| {
        let column = columns.get(slice)?;
        Some((column.dimension, column.key.clone()))
    };
    let mut drivers =
        spike.drivers.iter().filter_map(|driver| Some((driver, named(driver.slice)?)));
    let first = drivers.next();
    let mut text = vec![
        Say::plain("usage.advice.spike.text")
            .with("amount", Arg::Amount(spike.credits))
            .with("usual", Arg::Amount(about(spike.usual))),
    ];
    let by = |credits, usual, (dimension, key)| {
        Say::plain("usage.advice.spike.by")
            .with("name", Arg::Key(dimension, key))
            .with("amount", Arg::Amount(credits))
            .with("usual", Arg::Amount(about(usual)))
    };
    let mut agent = None;
    let mut title = Say::plain("usage.advice.spike.day").with("date", Arg::Day(spike.day));
    if let Some((driver, (dimension, key))) = first {
        title = Say::plain("usage.advice.spike.title")
            .with("name", Arg::Key(dimension, key.clone()))
            .with("date", Arg::Day(spike.day));
        agent = (dimension == Dimension::Agent).then(|| key.clone());
        text.push(by(driver.credits, driver.usual, (dimension, key)));
    }
    let evidence = drivers.map(|(driver, name)| by(driver.credits, driver.usual, name)).collect();
    let action = Some(Action::Show(spike.day, agent));
    Advice { kind: AdviceKind::Spike, title, text, evidence, action }
}
