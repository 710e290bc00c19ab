//! The view as the painters take it; see `www/shim/elements/dashboard-view.d.ts`.

use crate::browser::usage::Usage;
use crate::browser::usage::asked::Asked;
use crate::browser::usage::standing::Standing;
use crate::core::activity::{Dimension, Filter, Summary};
use crate::core::civil::Date;
use crate::core::digits::push_digits;
use crate::error::Result;
use crate::view::dashboard::{
    AgentLine, Arg, Bar, Breakdown, Change, Labels, Range, Say, TrendLine, agents, breakdowns,
    change, range, trend, value_line,
};
use crate::wire::value::Value;
use crate::wire::writer::Writer;

/// A civil day: `2026-11-21`.
pub(super) fn day_text(days: i64) -> String {
    let Date { year, month, day } = Date::from_days(days);
    let mut text = String::new();
    push_digits(&mut text, year.unsigned_abs(), 4);
    for part in [month, day] {
        text.push('-');
        push_digits(&mut text, part.into(), 2);
    }
    text
}

pub(super) fn day_or_null(days: Option<i64>) -> Value {
    days.map(day_text).into()
}

/// A key of a dimension with its label.
pub(super) fn named(labels: &Labels, dimension: Dimension, key: &str) -> Value {
    Writer::default()
        .put("in", dimension.as_str())
        .put("key", key)
        .put("label", labels.get(dimension, key))
        .done()
}

/// A sentence with its placeholders.
pub(super) fn say(labels: &Labels, say: &Say) -> Value {
    let mut args = Writer::default();
    for (name, arg) in &say.args {
        let value = match arg {
            Arg::Amount(amount) => Value::from(*amount),
            Arg::Count(count) => Value::from(crate::core::digits::digits(count.unsigned_abs())),
            Arg::Day(day) => day_text(*day).into(),
            Arg::Share(share) => Value::from(*share),
            Arg::Text(text) => Writer::default().put("text", text.as_str()).done(),
            Arg::Key(dimension, key) => named(labels, *dimension, key),
        };
        args.put(name, value);
    }
    Writer::default().put("key", say.key).put("args", args.done()).done()
}

pub(super) fn list<T>(items: &[T], write: impl FnMut(&T) -> Value) -> Value {
    Value::List(items.iter().map(write).collect())
}

fn change_value(change: Option<Change>) -> Value {
    let (to, share) = match change {
        None => return Value::Null,
        Some(Change::More(share)) => ("more", share),
        Some(Change::Less(share)) => ("less", share),
        Some(Change::Same) => ("same", 0),
        Some(Change::New) => ("new", 0),
    };
    Writer::default().put("to", to).put("share", share).done()
}

impl Usage {
    /// Everything but the log's rows.
    pub(super) fn paint(&self, asked: &Asked, standing: &Standing) -> Result<Value> {
        let balance = self.balance()?;
        let today = self.day(balance.as_of);
        let mut filter = asked.filter.clone();
        let range = range(&self.activity, asked.days, today, &mut filter);
        let summary = self.activity.summary(&filter)?;
        let before = summary.previous.as_ref().map(|previous| {
            let days = (Some(previous.from_day), Some(previous.to_day));
            self.activity.summary(&Filter { from_day: days.0, to_day: days.1, ..filter.clone() })
        });
        let before = before.transpose()?;
        let cards = agents(&summary, before.as_ref(), &filter, &self.styles);
        let earlier = before.as_ref().map(|before| before.total.credits);
        let chart = trend(&summary, &filter, &self.styles);
        let mut out = Writer::default();
        out.put("as_of", self.moment(balance.as_of))
            .put("today", day_text(today))
            .put("yesterday", day_text(today - 1))
            .put("state", self.state(&summary))
            .put("partial", self.partial())
            .put("range", range_value(&range))
            .put("total", summary.total.credits)
            .put("change", change_value(earlier.and_then(|was| change(summary.total.credits, was))))
            .put("chips", self.chips(&filter))
            .put("cycle", standing.cycle.clone())
            .put("runway", standing.runway.clone())
            .put("advice", standing.advice.clone())
            .put("agents", list(&cards, |card| self.agent_value(card)))
            .put("trend", self.trend_value(&chart, &filter))
            .put("value", self.event_value(&summary)?)
            .put(
                "breakdowns",
                list(&breakdowns(&summary, &filter), |one| self.breakdown_value(one)),
            );
        Ok(out.done())
    }

    fn event_value(&self, summary: &Summary<'_>) -> Result<Option<Value>> {
        let Some(events) = &self.events else { return Ok(None) };
        let line = value_line(&events.days, summary)?;
        Ok(line.map(|line| {
            Writer::default()
                .put("name", &*events.name)
                .put("count", crate::core::digits::digits(line.count))
                .put("per", line.per)
                .put("change", change_value(line.change))
                .done()
        }))
    }

    fn state(&self, summary: &Summary<'_>) -> &'static str {
        match (self.activity.days(), summary.total.is_empty()) {
            (None, _) => "empty",
            (_, true) => "nothing",
            (_, false) => "ready",
        }
    }

    fn partial(&self) -> Value {
        let count = self.activity.refused().total();
        if count == 0 {
            return Value::Null;
        }
        let count = Arg::Count(i64::try_from(count).unwrap_or(i64::MAX));
        say(&self.labels, &Say::plain("usage.partial.refused").with("amount", count))
    }

    fn chips(&self, filter: &Filter) -> Value {
        let chosen = |dimension: Dimension| Some(self.named(dimension, filter.key(dimension)?));
        Value::List(Dimension::ALL.into_iter().filter_map(chosen).collect())
    }

    fn agent_value(&self, card: &AgentLine) -> Value {
        let amount = crate::core::digits::digits(card.quantity);
        let quantity =
            Writer::default().put("unit", card.unit.as_str()).put("amount", amount).done();
        Writer::default()
            .put("key", card.key.as_str())
            .put("label", self.labels.get(Dimension::Agent, &card.key))
            .put("family", card.family.as_str())
            .put("credits", card.credits)
            .put("quantity", quantity)
            .put("change", change_value(card.change))
            .put("pressed", card.pressed)
            .done()
    }

    fn trend_value(&self, chart: &TrendLine, filter: &Filter) -> Value {
        let chosen = filter.key(Dimension::Agent);
        let label = chosen.map_or("", |key| match self.labels.get(Dimension::Agent, key) {
            "" => key,
            label => label,
        });
        let series = list(&chart.series, |family| {
            Writer::default().put("family", family.as_str()).put("label", label).done()
        });
        let ticks = list(&chart.ticks, |tick| {
            Writer::default().put("amount", tick.amount).put("at", tick.at).done()
        });
        Writer::default()
            .put("unit", chart.unit.as_str())
            .put("series", series)
            .put("bars", list(&chart.bars, bar_value))
            .put("ticks", ticks)
            .put("previous", chart.previous)
            .put("top", chart.top.map(|place| place as u64))
            .done()
    }

    fn breakdown_value(&self, one: &Breakdown) -> Value {
        let rows = list(&one.rows, |row| {
            Writer::default()
                .put("key", row.key.as_str())
                .put("label", self.labels.get(one.by, &row.key))
                .put("credits", row.credits)
                .put("share", row.share)
                .put("pressed", row.pressed)
                .done()
        });
        let others = one.others.map(|(count, credits, share)| {
            Writer::default()
                .put("count", count as u64)
                .put("credits", credits)
                .put("share", share)
                .done()
        });
        Writer::default().put("by", one.by.as_str()).put("rows", rows).put("others", others).done()
    }
}

fn range_value(range: &Range) -> Value {
    Writer::default()
        .put("from", day_text(range.from))
        .put("to", day_text(range.to))
        .put("first", day_text(range.first))
        .done()
}

fn bar_value(bar: &Bar) -> Value {
    Writer::default()
        .put("from", day_text(bar.from))
        .put("to", day_text(bar.to))
        .put("total", bar.total)
        .put("parts", list(&bar.parts, |part| Value::from(*part)))
        .put("heights", list(&bar.heights, |height| Value::from(*height)))
        .put("previous", bar.previous)
        .put("previous_height", bar.previous_height)
        .done()
}
