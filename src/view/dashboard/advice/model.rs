//! What the same work would have cost with another model.

use crate::core::activity::{Activity, Dimension, Filter};
use crate::core::advisor::{ModelLine, Work, with_model};
use crate::core::{Credits, Instant, RateCard};
use crate::error::Result;
use crate::view::dashboard::advice::{Advice, AdviceKind, Offers};
use crate::view::dashboard::say::{Arg, Say};
use crate::view::dashboard::share::permille;

/// Another model is worth a word when it saves a tenth.
const WORTH_PERMILLE: i64 = 100;

/// The model that would have saved most in the last 30 days, where that is worth a word.
pub(super) fn model_advice(
    offers: &Offers,
    activity: &Activity,
    as_of: Instant,
    today: i64,
) -> Result<Option<Advice>> {
    let Some(cards) = &offers.cards else { return Ok(None) };
    let Ok(RateCard { version, .. }) = cards.at(as_of) else { return Ok(None) };
    let days = Filter::days(today - 29, today);
    let summary = activity.summary(&days)?;
    let mut works = Vec::new();
    let mut by_feature = Vec::new();
    for part in summary.parts_of(Dimension::Feature) {
        by_feature
            .push((part.key, activity.summary(&days.clone().with(Dimension::Feature, part.key))?));
    }
    for (feature, summary) in &by_feature {
        for part in summary.parts_of(Dimension::Model) {
            works.push(Work {
                feature,
                model: part.key,
                rate_version: *version,
                cost: part.sums.credits.saturating_add(part.sums.waived),
                pieces: part.sums.uses.saturating_sub(part.sums.failed),
                messages: part.sums.messages,
                call_ms: part.sums.call_ms,
                images: part.sums.images,
            });
        }
    }
    let mut best: Option<(Credits, Credits, &str)> = None;
    for part in summary.parts_of(Dimension::Model).iter().filter(|part| !part.key.is_empty()) {
        let lines = with_model(cards, &works, part.key)?;
        let sum = |take: fn(&ModelLine) -> Credits| {
            lines.iter().map(take).fold(Credits::ZERO, Credits::saturating_add)
        };
        let (cost, high) = (sum(|line| line.cost), sum(|line| line.high));
        let saved = cost.checked_sub(high).unwrap_or_default();
        if best.is_none_or(|(most, ..)| saved > most) {
            best = Some((saved, cost, part.key));
        }
    }
    let worth = |(saved, ..): &(Credits, Credits, &str)| {
        permille(*saved, summary.total.credits) >= WORTH_PERMILLE
    };
    Ok(best.filter(worth).map(|(saved, cost, model)| {
        let name = || Arg::Key(Dimension::Model, model.to_owned());
        let text = Say::plain("usage.advice.model.text")
            .with("name", name())
            .with("amount", Arg::Amount(saved));
        let share = Arg::Share(permille(cost, summary.total.credits));
        Advice {
            kind: AdviceKind::Model,
            title: Say::plain("usage.advice.model.title").with("name", name()),
            text: vec![text],
            evidence: vec![Say::plain("usage.evidence.model").with("share", share)],
            action: None,
        }
    }))
}
