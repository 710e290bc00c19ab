//! Cycle, runway and advice: the part of the view that no filter changes.

use crate::browser::usage::Usage;
use crate::browser::usage::painted::{day_or_null, day_text, list, say};
use crate::error::Result;
use crate::view::dashboard::{
    Action, Advice, CycleLine, RunwayLine, Say, advice, cycle_line, pace, runway_line,
};
use crate::wire::value::Value;
use crate::wire::writer::Writer;

/// What no filter changes: it is worked out anew where more is known, not for each filter.
pub(super) struct Standing {
    pub cycle: Value,
    pub runway: Value,
    pub advice: Value,
}

impl Usage {
    /// Cycle, runway and advice, by all that is known.
    pub(super) fn stand(&self) -> Result<Standing> {
        let balance = self.balance()?;
        let zone = self.activity.zone();
        let pace = pace(&self.activity, balance.as_of, zone)?;
        let cycle = cycle_line(balance, &self.activity, zone)?;
        let runway = runway_line(balance, &self.offers.coming, &pace, zone)?;
        // Advice that can't be worked out, as of packages in two currencies, takes nothing along.
        let advice = advice(balance, &self.offers, &self.activity, &pace, zone).unwrap_or_default();
        Ok(Standing {
            cycle: cycle_value(&cycle),
            runway: runway_value(&runway),
            advice: advice.as_ref().map(|advice| self.advice_value(advice)).into(),
        })
    }

    fn advice_value(&self, advice: &Advice) -> Value {
        let sentences = |all: &[Say]| list(all, |one| say(&self.labels, one));
        let filter = match &advice.action {
            Some(Action::Show(day, agent)) => Writer::default()
                .put("from", day_text(*day))
                .put("to", day_text(*day))
                .put_some("agent", agent.as_deref())
                .done(),
            _ => Value::Null,
        };
        let action = advice.action.as_ref().map(|action| match action {
            Action::Buy => "buy",
            Action::Plans => "plans",
            Action::Show(..) => "show",
        });
        Writer::default()
            .put("kind", advice.kind.as_str())
            .put("title", say(&self.labels, &advice.title))
            .put("text", sentences(&advice.text))
            .put("evidence", sentences(&advice.evidence))
            .put("action", action)
            .put("filter", filter)
            .done()
    }
}

fn cycle_value(cycle: &CycleLine) -> Value {
    Writer::default()
        .put("state", cycle.state.as_str())
        .put("used", cycle.used)
        .put("held_arc", cycle.held_arc)
        .put("allowance", cycle.allowance)
        .put("consumed", cycle.consumed)
        .put("remaining", cycle.remaining)
        .put("purchased", cycle.purchased)
        .put("purchased_expires", day_or_null(cycle.purchased_expires))
        .put("held", cycle.held)
        .put("over", cycle.over)
        .put("waived", cycle.waived)
        .put("debt", cycle.debt)
        .put("available", cycle.available)
        .put("resets_at", day_or_null(cycle.resets))
        .put("renews", cycle.renews)
        .put("days_left", cycle.days_left)
        .done()
}

fn runway_value(runway: &RunwayLine) -> Value {
    let numbers = |all: &[i64]| list(all, |number| Value::from(*number));
    Writer::default()
        .put("state", runway.state.as_str())
        .put("until", day_or_null(runway.until))
        .put("from", day_or_null(runway.from))
        .put("to", day_or_null(runway.to))
        .put("available", runway.available)
        .put("per_day", runway.per_day)
        .put("line", numbers(&runway.line))
        .put("band", numbers(&runway.band))
        .done()
}
