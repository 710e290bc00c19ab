//! Rating: what a measured use costs by a rate card.
//!
//! For each unit that was measured the feature's rate for the model counts, or else its rate for
//! any model. The products are added exactly and the sum is rounded up, once, to the card's
//! quantum. A unit for which the feature has no rate at all is not charged for; a unit that is
//! priced only for other models is refused, because work must not be free by a model's name.

use rust_decimal::Decimal;

use crate::core::Credits;
use crate::core::plan::is_key;
use crate::core::rate_card::{Rate, RateCard, Unit};
use crate::error::{Code, Error, Result};

/// What was measured of one piece of AI work, or is expected of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// The feature that was used: chat, voice, summary and so on.
    pub feature: String,
    /// Who used it, for breakdowns; it has no part in the cost. May be empty.
    pub agent: String,
    /// The model that did it, where known.
    pub model: Option<String>,
    /// Messages, at most 10^9.
    pub messages: u64,
    /// Milliseconds of call, at most 10^12.
    pub call_ms: u64,
    /// Model tokens read, at most 10^9.
    pub input_tokens: u64,
    /// Model tokens written, at most 10^9.
    pub output_tokens: u64,
    /// Images, at most 10^9.
    pub images: u64,
}

const MAX_QUANTITY: u64 = 1_000_000_000;
const MAX_CALL_MS: u64 = 1_000_000_000_000;

impl Usage {
    /// Checks every field against its range.
    ///
    /// # Errors
    /// `field_invalid` for a feature or model that is not a key of 1 to 191 bytes, or an agent that
    /// is longer; `quantity_invalid` for a quantity above its limit. Both name the field.
    pub fn validate(&self) -> Result<()> {
        let keys = [
            ("feature", is_key(&self.feature)),
            ("agent", self.agent.is_empty() || is_key(&self.agent)),
            ("model", self.model.as_deref().is_none_or(is_key)),
        ];
        for (field, valid) in keys {
            if !valid {
                let message = "a key is 1 to 191 bytes without control characters";
                return Err(Error::new(Code::FieldInvalid, message).at(field));
            }
        }
        let quantities = [
            ("messages", self.messages, MAX_QUANTITY),
            ("call_ms", self.call_ms, MAX_CALL_MS),
            ("input_tokens", self.input_tokens, MAX_QUANTITY),
            ("output_tokens", self.output_tokens, MAX_QUANTITY),
            ("images", self.images, MAX_QUANTITY),
        ];
        for (field, quantity, limit) in quantities {
            if quantity > limit {
                let message = "a quantity is at most 10^9, a call at most 10^12 ms";
                return Err(Error::new(Code::QuantityInvalid, message).at(field));
            }
        }
        Ok(())
    }

    /// How much of this unit was used; of calls, how many increments were started.
    pub fn quantity(&self, unit: Unit) -> u64 {
        match unit {
            Unit::Message => self.messages,
            Unit::CallMinute { increment_s } => {
                self.call_ms.div_ceil(u64::from(increment_s.max(1)) * 1_000)
            }
            Unit::InputTokens => self.input_tokens,
            Unit::OutputTokens => self.output_tokens,
            Unit::Image => self.images,
            Unit::Use => 1,
        }
    }

    fn is_nothing(&self) -> bool {
        self.messages | self.call_ms | self.input_tokens | self.output_tokens | self.images == 0
    }
}

/// What a use costs, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The version of the rate card.
    pub rate_version: u32,
    /// The cost: the sum of the products, rounded up to the card's quantum.
    pub cost: Credits,
    /// What it is made of, in the order of [`Unit`]'s variants.
    pub lines: Vec<QuoteLine>,
}

/// One product of a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteLine {
    /// What was counted.
    pub unit: Unit,
    /// How much: messages, started increments, model tokens, images; 1 for a use.
    pub quantity: u64,
    /// Credits for one message, minute, 1,000 model tokens, image or use.
    pub rate: Decimal,
    /// Credits for the quantity, before rounding. Exact, but for call increments that are no
    /// multiple of 3 seconds, where thirds may remain: shown rounded up at 12 decimals, charged
    /// exactly.
    pub product: Decimal,
}

/// A sum is kept in parts of 10^-9 credits that sixtieths (seconds of a minute) and thousandths
/// (of 1,000 tokens) both fit.
pub(crate) const PARTS: u128 = 3_000;
pub(crate) const NANO_PER_MICRO: u128 = 1_000;
const PRODUCT_DECIMALS: u32 = 12;
fn card_invalid() -> Error {
    Error::new(Code::RateCardInvalid, "the rate card has a rate or quantum out of range")
}

fn too_much() -> Error {
    Error::new(Code::AmountOutOfRange, "a cost is at most 10^12 credits")
}

/// What this use costs by this card.
///
/// ```
/// use nivella_credits::core::rate_card::{Rate, RateCard, Unit, parse_rate};
/// use nivella_credits::core::{Credits, Instant, Usage, quote};
/// let call = Unit::CallMinute { increment_s: 60 };
/// let card = RateCard {
///     version: 1,
///     effective_at: Instant::parse("2026-11-01T00:00:00Z")?,
///     quantum: Credits::parse("0.1")?,
///     rates: vec![Rate {
///         feature: "voice".to_owned(),
///         model: None,
///         unit: call,
///         credits: parse_rate("2.55")?,
///     }],
/// };
/// let usage = Usage { feature: "voice".to_owned(), call_ms: 61_000, ..Usage::default() };
/// let quoted = quote(&card, &usage)?;
/// assert_eq!(quoted.lines[0].quantity, 2); // started minutes
/// assert_eq!(quoted.lines[0].product.to_string(), "5.1");
/// assert_eq!(quoted.cost.to_string(), "5.1");
/// # Ok::<(), nivella_credits::Error>(())
/// ```
///
/// # Errors
/// `rate_not_found` when the card has no rate for the feature, for the model, or for anything that
/// was measured; `amount_out_of_range` above 10^12 credits; `rate_card_invalid` for a card that
/// [`RateCard::validate`] refuses; and what [`Usage::validate`] refuses.
pub fn quote(card: &RateCard, usage: &Usage) -> Result<Quote> {
    usage.validate()?;
    let not_found = |field, message| Error::new(Code::RateNotFound, message).at(field);
    if !card.rates.iter().any(|rate| rate.feature == usage.feature) {
        return Err(not_found("feature", "the rate card does not list this feature"));
    }
    let (mut lines, mut sum) = (Vec::new(), 0_u128);
    for place in 0..Unit::PLACES {
        match choose(card, usage, place) {
            Choice::Rate(rate) => {
                let quantity = usage.quantity(rate.unit);
                if quantity > 0 {
                    let parts = product(rate, quantity).ok_or_else(card_invalid)?;
                    sum = sum.checked_add(parts).ok_or_else(too_much)?;
                    lines.push(line(rate, quantity, parts)?);
                }
            }
            Choice::OtherModelsOnly(unit) if usage.quantity(unit) > 0 => {
                return Err(not_found("model", "the rate card does not list this model"));
            }
            Choice::OtherModelsOnly(_) | Choice::None => {}
        }
    }
    if lines.is_empty() && !usage.is_nothing() {
        return Err(not_found("feature", "the feature has no rate for what was measured"));
    }
    Ok(Quote { rate_version: card.version, cost: round_up(sum, card.quantum)?, lines })
}

/// Which rate of the feature prices the units at this place.
pub(crate) enum Choice<'a> {
    Rate(&'a Rate),
    OtherModelsOnly(Unit),
    None,
}

pub(crate) fn choose<'a>(card: &'a RateCard, usage: &Usage, place: u8) -> Choice<'a> {
    let mut choice = Choice::None;
    for rate in &card.rates {
        if rate.unit.place() != place || rate.feature != usage.feature {
            continue;
        }
        if rate.model == usage.model {
            return Choice::Rate(rate);
        }
        if rate.model.is_none() {
            choice = Choice::Rate(rate);
        } else if let Choice::None = choice {
            choice = Choice::OtherModelsOnly(rate.unit);
        }
    }
    choice
}

/// Rate times quantity, exactly, in parts; none for a rate out of range.
pub(crate) fn product(rate: &Rate, quantity: u64) -> Option<u128> {
    let parts_per_quantity = match rate.unit {
        Unit::Message | Unit::Image | Unit::Use => PARTS,
        Unit::InputTokens | Unit::OutputTokens => PARTS / 1_000,
        Unit::CallMinute { increment_s: 0 } => return None,
        Unit::CallMinute { increment_s } => PARTS / 60 * u128::from(increment_s),
    };
    let nano = u128::from(rate.nano()?);
    nano.checked_mul(u128::from(quantity))?.checked_mul(parts_per_quantity)
}

fn line(rate: &Rate, quantity: u64, parts: u128) -> Result<QuoteLine> {
    // A part is a third of the product's last decimal.
    let mut digits = parts.div_ceil(PARTS / NANO_PER_MICRO);
    let mut scale = PRODUCT_DECIMALS;
    while scale > 0 && digits.is_multiple_of(10) {
        digits /= 10;
        scale -= 1;
    }
    let product = i128::try_from(digits)
        .ok()
        .and_then(|digits| Decimal::try_from_i128_with_scale(digits, scale).ok())
        .ok_or_else(too_much)?;
    Ok(QuoteLine { unit: rate.unit, quantity, rate: rate.credits, product })
}

/// The one rounding: up to a multiple of the quantum.
fn round_up(parts: u128, quantum: Credits) -> Result<Credits> {
    let micro = u128::try_from(quantum.micro()).ok().filter(|micro| *micro > 0);
    let micro = micro.ok_or_else(card_invalid)?;
    let quanta = parts.div_ceil(micro * NANO_PER_MICRO * PARTS);
    let cost = quanta.checked_mul(micro).and_then(|cost| i64::try_from(cost).ok());
    let cost = Credits::from_micro(cost.ok_or_else(too_much)?);
    if cost > Credits::MAX_MOVEMENT { Err(too_much()) } else { Ok(cost) }
}
