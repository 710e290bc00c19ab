//! What the same work would have cost with another model.

use crate::core::activity::{Activity, Dimension, Filter, Summary};
use crate::core::advisor::{ModelLine, Work, with_model};
use crate::core::{Credits, Instant, RateCard};
use crate::error::Result;
use crate::view::dashboard::advice::{Advice, AdviceKind, Offers};
use crate::view::dashboard::say::{Arg, Say};
use crate::view::dashboard::share::{about, permille};

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
    let Ok(RateCard { version, effective_at, .. }) = cards.at(as_of) else { return Ok(None) };
    // Days of another card would be replayed at rates that they were not charged at.
    let since = activity.zone().date_of(*effective_at).days() + 1;
    if since > today {
        return Ok(None);
    }
    let days = Filter::days(since.max(today - 29), today);
    let summary = activity.summary(&days)?;
    // What a plan waived would not have been saved.
    if summary.total.waived.is_positive() {
        return Ok(None);
    }
    let features = by_feature(activity, &summary, &days)?;
    let works = works(&features, *version);
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
            .with("amount", Arg::Amount(about(saved)));
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

type OfFeature<'a> = (&'a str, Summary<'a>);

fn by_feature<'a>(
    activity: &'a Activity,
    summary: &'a Summary<'a>,
    days: &Filter,
) -> Result<Vec<OfFeature<'a>>> {
    let own = |key| activity.summary(&days.clone().with(Dimension::Feature, key));
    let features = summary.parts_of(Dimension::Feature).iter();
    features.map(|part| Ok((part.key, own(part.key)?))).collect()
}

/// What each model did of each feature.
fn works<'a>(features: &'a [OfFeature<'a>], rate_version: u32) -> Vec<Work<'a>> {
    let mut works = Vec::new();
    for (feature, summary) in features {
        for part in summary.parts_of(Dimension::Model) {
            works.push(Work {
                feature,
                model: part.key,
                rate_version,
                cost: part.sums.credits,
                pieces: part.sums.uses.saturating_sub(part.sums.failed),
                messages: part.sums.messages,
                call_ms: part.sums.call_ms,
                images: part.sums.images,
            });
        }
    }
    works
}
