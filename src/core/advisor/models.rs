//! The same work with another model: what it would have cost by the rates of its own time.
//!
//! A customer's rows know messages, calls, images and uses, but no model tokens. What they were
//! charged beyond the known units is the tokens' part, and the ratio of the two models' rates says
//! between which amounts that part would have been: exactly, where input and output have one ratio,
//! but for what the rounding of each piece hid. The true cost is never outside the range.

use crate::core::advisor::need::sum;
use crate::core::rating::{Choice, NANO_PER_MICRO, PARTS, choose, product};
use crate::core::{Credits, Rate, RateCard, RateCards, Unit, Usage};
use crate::error::{Code, Error, Result};

/// Work of one feature by one model: a row of the activity, or several of them summed up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work<'a> {
    /// The feature's key.
    pub feature: &'a str,
    /// The model that did it; empty where none is known.
    pub model: &'a str,
    /// The version of the rate card that priced it.
    pub rate_version: u32,
    /// What it cost, waived credits included.
    pub cost: Credits,
    /// How many pieces of work these are that did not fail, each rounded on its own.
    pub pieces: u64,
    /// Messages of all pieces.
    pub messages: u64,
    /// Milliseconds of call of all pieces.
    pub call_ms: u64,
    /// Images of all pieces.
    pub images: u64,
}

/// What the work of one feature would have cost with another model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelLine {
    /// The feature's key.
    pub feature: String,
    /// How many pieces were replayed.
    pub pieces: u64,
    /// What they cost.
    pub cost: Credits,
    /// What they would have cost at the least.
    pub low: Credits,
    /// At the most; the same as `low` where the cost is known exactly.
    pub high: Credits,
    /// Pieces that can't be replayed: the model does not do the feature, or their units do not
    /// explain what they cost.
    pub skipped: u64,
    /// What those cost.
    pub skipped_cost: Credits,
}

const MAX_PIECES: u64 = 1_000_000_000;

/// Replays work with another model, feature by feature, in the order in which features come.
///
/// # Errors
/// `quantity_invalid` for more than 10^9 pieces in a work; `amount_out_of_range` for a cost below
/// 0; `amount_overflow` for a sum beyond 64 bits.
pub fn with_model(cards: &RateCards, works: &[Work], model: &str) -> Result<Vec<ModelLine>> {
    let mut lines: Vec<ModelLine> = Vec::new();
    for work in works {
        sum(&mut [work.cost].into_iter())?;
        if work.pieces > MAX_PIECES {
            let message = "a work has at most 10^9 pieces";
            return Err(Error::new(Code::QuantityInvalid, message).at("pieces"));
        }
        let replayed = cards.version(work.rate_version).and_then(|card| replay(card, work, model));
        let place = lines.iter().position(|line| line.feature == work.feature);
        let place = place.unwrap_or_else(|| {
            let (cost, low, high) = (Credits::ZERO, Credits::ZERO, Credits::ZERO);
            let (feature, skipped_cost) = (work.feature.to_owned(), Credits::ZERO);
            let (pieces, skipped) = (0, 0);
            lines.push(ModelLine { feature, pieces, cost, low, high, skipped, skipped_cost });
            lines.len() - 1
        });
        let Some(line) = lines.get_mut(place) else { continue };
        if let Some((low, high)) = replayed {
            line.pieces = line.pieces.saturating_add(work.pieces);
            line.cost = line.cost.checked_add(work.cost)?;
            line.low = line.low.checked_add(low)?;
            line.high = line.high.checked_add(high)?;
        } else {
            line.skipped = line.skipped.saturating_add(work.pieces);
            line.skipped_cost = line.skipped_cost.checked_add(work.cost)?;
        }
    }
    Ok(lines)
}

/// What a model charges for a work, in the parts of rating.
#[derive(Default)]
struct Charge {
    /// For messages, images and uses.
    fixed: u128,
    /// For one increment of a call, and its length in milliseconds.
    call: Option<(u128, u64)>,
    /// For 1,000 tokens read and written, where there is a rate.
    tokens: [Option<u128>; 2],
    /// Every product is a multiple of the quantum, so that rounding changes nothing.
    even: bool,
}

/// The charge of a model; none where it is not priced for what was measured.
fn charge(card: &RateCard, usage: &Usage, work: &Work, quantum: u128) -> Option<Charge> {
    let mut charge = Charge { even: true, ..Charge::default() };
    for place in 0..Unit::PLACES {
        let quantity = |unit| if unit == Unit::Use { work.pieces } else { usage.quantity(unit) };
        let rate = match choose(card, usage, place) {
            Choice::Rate(rate) => rate,
            Choice::OtherModelsOnly(unit) if quantity(unit) > 0 => return None,
            Choice::OtherModelsOnly(_) | Choice::None => continue,
        };
        let one = product(rate, 1)?;
        let mut even = one.is_multiple_of(quantum);
        match rate.unit {
            Unit::InputTokens | Unit::OutputTokens => {
                let [read, written] = &mut charge.tokens;
                let token = if rate.unit == Unit::InputTokens { read } else { written };
                *token = Some(one);
                even = one == 0;
            }
            Unit::CallMinute { increment_s } => {
                charge.call = Some((one, u64::from(increment_s) * 1_000));
            }
            Unit::Message | Unit::Image | Unit::Use => {
                let parts = times(one, u128::from(quantity(rate.unit)))?;
                charge.fixed = charge.fixed.checked_add(parts)?;
            }
        }
        charge.even &= even;
    }
    Some(charge)
}

impl Charge {
    /// How many increments calls of this length had: each piece may have started one more.
    fn increments(&self, work: &Work) -> (u128, u128) {
        let Some((_, length)) = self.call.filter(|_| work.call_ms > 0) else { return (0, 0) };
        let least = u128::from(work.call_ms.div_ceil(length.max(1)));
        (least, least + u128::from(work.pieces.saturating_sub(1)))
    }

    fn increment_ms(&self) -> Option<u64> {
        self.call.map(|(_, length)| length)
    }

    /// For everything but tokens, with so many increments of calls.
    fn known(&self, increments: u128) -> Option<u128> {
        let call = times(self.call.map_or(0, |(one, _)| one), increments)?;
        self.fixed.checked_add(call)
    }
}

/// Between which costs this work would have been with another model; none where that can't be said.
fn replay(card: &RateCard, work: &Work, model: &str) -> Option<(Credits, Credits)> {
    let does = |rate: &Rate| rate.feature == work.feature && rate.model.as_deref() == Some(model);
    if !card.rates.iter().any(does) {
        return None;
    }
    let one = NANO_PER_MICRO * PARTS;
    let quantum = u128::from(card.quantum.micro().unsigned_abs()) * one;
    let cost = u128::from(work.cost.micro().unsigned_abs()) * one;
    let mut usage = Usage {
        feature: work.feature.to_owned(),
        model: (!work.model.is_empty()).then(|| work.model.to_owned()),
        messages: work.messages,
        call_ms: work.call_ms,
        images: work.images,
        ..Usage::default()
    };
    let own = charge(card, &usage, work, quantum)?;
    usage.model = Some(model.to_owned());
    let other = charge(card, &usage, work, quantum)?;
    let pieces = u128::from(work.pieces);
    // Each piece was rounded up by less than the quantum.
    let rounded = if own.even { 0 } else { times(pieces, quantum.checked_sub(1)?)? };
    let has_tokens = own.tokens.iter().flatten().any(|rate| *rate > 0);
    let (mut least, mut most) = own.increments(work);
    if let Some((one, _)) = own.call.filter(|(one, _)| *one > 0 && !has_tokens && most > 0) {
        // What was charged tells how many increments there were.
        let paid = cost.checked_sub(own.fixed)?;
        least = least.max(paid.saturating_sub(rounded).div_ceil(one));
        most = most.min(paid / one);
    }
    let paid = cost.checked_sub(own.known(least)?)?;
    let surely = cost.saturating_sub(rounded).saturating_sub(own.known(most)?);
    if least > most || (!has_tokens && surely > 0) {
        return None;
    }
    let (slow, fast) = ratios(&own, &other)?;
    if other.increment_ms() != own.increment_ms() {
        (least, most) = other.increments(work);
    }
    let (mut low, mut high) = (other.known(least)?, other.known(most)?);
    if has_tokens {
        low = low.checked_add(times(surely, slow.0)?.div_ceil(slow.1))?;
        high = high.checked_add(times(paid, fast.0)? / fast.1)?;
    }
    let credits = |parts: u128, more: u128| {
        let micro = times(parts.div_ceil(quantum) + more, quantum)? / one;
        i64::try_from(micro).ok().map(Credits::from_micro)
    };
    let rounding = if other.even || high == 0 { 0 } else { pieces.saturating_sub(1) };
    Some((credits(low, 0)?, credits(high, rounding)?))
}

type Ratio = (u128, u128);

/// The least and the greatest ratio of the other model's token rates to the own ones; none where
/// the work was free of a charge that the other model has.
fn ratios(own: &Charge, other: &Charge) -> Option<(Ratio, Ratio)> {
    let mut range: Option<(Ratio, Ratio)> = None;
    for (own, other) in own.tokens.iter().zip(&other.tokens) {
        let (Some(own), Some(other)) = (own, other) else { continue };
        if *own == 0 && *other > 0 {
            return None;
        }
        if *own == 0 {
            continue;
        }
        let ratio = (*other, *own);
        let less = |a: Ratio, b: Ratio| Some(times(a.0, b.1)? < times(b.0, a.1)?);
        let (slow, fast) = range.unwrap_or((ratio, ratio));
        let slow = if less(ratio, slow)? { ratio } else { slow };
        let fast = if less(fast, ratio)? { ratio } else { fast };
        range = Some((slow, fast));
    }
    Some(range.unwrap_or(((1, 1), (1, 1))))
}

/// The product, where it fits. Kept apart: a module has no such numbers, and puts them together
/// wherever this stands.
#[inline(never)]
fn times(a: u128, b: u128) -> Option<u128> {
    a.checked_mul(b)
}
