//! Whether another plan would have cost less than the running one with its packages.

use crate::core::activity::{Activity, Dimension, Filter};
use crate::core::advisor::{PlanCost, plans};
use crate::core::{Balance, Credits, Instant, Price, Zone, cycle, cycle_at};
use crate::error::Result;
use crate::view::dashboard::advice::{Action, Advice, AdviceKind, Offers};
use crate::view::dashboard::say::{Arg, Say};

/// Older cycles say little of the next one.
const CYCLES: u32 = 12;

/// A plan that would have cost less for what the last cycles used, where one is sure to.
pub(super) fn plan_advice(
    balance: &Balance,
    offers: &Offers,
    activity: &Activity,
    zone: &Zone,
) -> Result<Option<Advice>> {
    let running = balance.plan.as_ref().and_then(|plan| Some((plan, plan.started_at?)));
    let (Some((plan, started_at)), Some((first_day, _)), Some(package)) =
        (running, activity.days(), offers.packages.first())
    else {
        return Ok(None);
    };
    let current = offers.plans.iter().position(|offer| offer.plan.key == plan.key);
    let (Some(current), Some(now)) = (current, cycle_at(started_at, zone, balance.as_of)?) else {
        return Ok(None);
    };
    let Some(known) = known_cycles(activity, zone, started_at, now.index, first_day)? else {
        return Ok(None);
    };
    let features: Vec<&str> = known.features.iter().map(String::as_str).collect();
    let found = plans(&known.used, &features, &offers.plans, Some(current), &offers.packages)?;
    let said = |cost: &PlanCost| {
        Some(Arg::Text(Price { minor: cost.total()?, ..package.price.clone() }.text()))
    };
    let Some(better) = &found.better else { return Ok(None) };
    let offer = better.plan.and_then(|place| offers.plans.get(place));
    let (Some(offer), Some(price), Some(other)) = (offer, said(better), said(&found.current))
    else {
        return Ok(None);
    };
    let title =
        if found.upgrade { "usage.advice.upgrade.title" } else { "usage.advice.plan.title" };
    let text = Say::plain("usage.advice.plan.text")
        .with("count", Arg::Count(found.cycles as i64))
        .with("price", price)
        .with("other", other);
    let mut evidence =
        vec![Say::plain("usage.evidence.least"), Say::plain("usage.evidence.compared")];
    if found.current.excess > Credits::ZERO {
        let excess = Arg::Amount(found.current.excess);
        evidence.insert(0, Say::plain("usage.evidence.excess").with("amount", excess));
    }
    Ok(Some(Advice {
        kind: AdviceKind::Upgrade,
        title: Say::plain(title).with("name", Arg::Text(offer.plan.name.clone())),
        text: vec![text],
        evidence,
        action: Some(Action::Plans),
    }))
}

/// Whole cycles of which everything is known.
struct Known {
    /// What each used, oldest first.
    used: Vec<Credits>,
    features: Vec<String>,
}

/// The last whole cycles before the one with this number; none where there are none.
fn known_cycles(
    activity: &Activity,
    zone: &Zone,
    started_at: Instant,
    now: u32,
    first_day: i64,
) -> Result<Option<Known>> {
    let mut used = Vec::new();
    let mut days: Option<(i64, i64)> = None;
    for index in now.saturating_sub(CYCLES)..now {
        let period = cycle(started_at, zone, index)?.period;
        let from = zone.date_of(period.start_at()).days();
        let to = zone.date_of(period.end_at()).days() - 1;
        // Of a cycle that is known in part the rest may have been used, too.
        if from < first_day {
            continue;
        }
        let total = activity.summary(&Filter::days(from, to))?.total;
        used.push(total.credits.saturating_add(total.waived));
        days = Some((days.map_or(from, |(first, _)| first), to));
    }
    let Some((from, to)) = days else { return Ok(None) };
    let summary = activity.summary(&Filter::days(from, to))?;
    let features = summary.parts_of(Dimension::Feature).iter().map(|part| part.key.to_owned());
    Ok(Some(Known { used, features: features.filter(|key| !key.is_empty()).collect() }))
}
