//! Rate cards: what AI work costs in credits, versioned and dated.
//!
//! A rate is the price of one unit of one feature, for one model or for every model that is not
//! listed. A card is a set of rates with a version, the instant from which it counts, and a
//! quantum: the whole cost of a use is rounded up, once, to a multiple of it. Past usage keeps the
//! version that it was charged at.

use rust_decimal::Decimal;

use crate::core::plan::is_key;
use crate::core::{Credits, Instant};
use crate::error::{Code, Error, Result};

/// What a rate is the price of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// One message.
    Message,
    /// One minute of a call, charged by each started increment of 1 to 3,600 seconds.
    CallMinute {
        /// 60 charges whole started minutes; 6 charges tenths of a minute.
        increment_s: u32,
    },
    /// 1,000 tokens that the model read.
    InputTokens,
    /// 1,000 tokens that the model wrote.
    OutputTokens,
    /// One image.
    Image,
    /// One use of the feature, whatever its size.
    Use,
}

impl Unit {
    /// Its name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Unit::Message => "message",
            Unit::CallMinute { .. } => "call_minute",
            Unit::InputTokens => "input_tokens",
            Unit::OutputTokens => "output_tokens",
            Unit::Image => "image",
            Unit::Use => "use",
        }
    }

    /// Its place in a quote. Call minutes are one kind, whatever their increment.
    pub(crate) const fn place(self) -> u8 {
        match self {
            Unit::Message => 0,
            Unit::CallMinute { .. } => 1,
            Unit::InputTokens => 2,
            Unit::OutputTokens => 3,
            Unit::Image => 4,
            Unit::Use => 5,
        }
    }

    /// How many places there are.
    pub(crate) const PLACES: u8 = 6;
}

/// One line of a rate card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate {
    /// The feature that it prices, 1 to 191 bytes.
    pub feature: String,
    /// The model that it prices; none for every model that the feature does not list.
    pub model: Option<String>,
    /// What `credits` is the price of.
    pub unit: Unit,
    /// 0 to 10^9 credits, at most 9 decimals.
    pub credits: Decimal,
}

const DECIMALS: u32 = 9;
const NANO_PER_CREDIT: u64 = 1_000_000_000;
/// With 9 decimals a rate of 10^9 still fits 64 bits, here as in PHP.
const MAX_RATE_NANO: u64 = 1_000_000_000 * NANO_PER_CREDIT;
const MAX_INCREMENT_S: u32 = 3_600;
const MAX_RATES: usize = 1_000;

impl Rate {
    /// The rate as a count of 10^-9 credits; none out of range.
    pub(crate) fn nano(&self) -> Option<u64> {
        nano(self.credits)
    }

    fn same_thing(&self, other: &Rate) -> bool {
        self.unit.place() == other.unit.place()
            && self.feature == other.feature
            && self.model == other.model
    }
}

fn nano(rate: Decimal) -> Option<u64> {
    let scale = rate.scale();
    let mantissa = u128::try_from(rate.mantissa()).ok()?;
    let nano = if scale <= DECIMALS {
        mantissa.checked_mul(10_u128.pow(DECIMALS - scale))?
    } else {
        let cut = 10_u128.checked_pow(scale - DECIMALS)?;
        mantissa.is_multiple_of(cut).then_some(mantissa / cut)?
    };
    u64::try_from(nano).ok().filter(|nano| *nano <= MAX_RATE_NANO)
}

/// Reads a rate: plain digits with at most 9 decimals, up to 10^9; no sign, exponent or space.
///
/// ```
/// use nivella_credits::core::rate_card::parse_rate;
/// assert_eq!(parse_rate("0.000000125")?.to_string(), "0.000000125");
/// assert!(parse_rate("1e3").is_err() && parse_rate("0.0000000001").is_err());
/// # Ok::<(), nivella_credits::Error>(())
/// ```
///
/// # Errors
/// `decimal_invalid` for anything else.
pub fn parse_rate(text: &str) -> Result<Decimal> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let plain = !whole.is_empty()
        && text.contains('.') != decimals.is_empty()
        && decimals.len() <= DECIMALS as usize
        && whole.bytes().chain(decimals.bytes()).all(|byte| byte.is_ascii_digit());
    let digits =
        whole.bytes().chain(decimals.bytes()).map(|byte| i64::from(byte.wrapping_sub(b'0')));
    let append = |number: i64, digit| number.checked_mul(10)?.checked_add(digit);
    let rate = plain
        .then_some(0_i64)
        .and_then(|zero| digits.into_iter().try_fold(zero, append))
        .map(|number| Decimal::new(number, decimals.len() as u32))
        .filter(|rate| nano(*rate).is_some());
    rate.ok_or_else(|| Error::new(Code::DecimalInvalid, "a rate is at most 10^9, in plain digits"))
}

/// A version of the rates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateCard {
    /// Its number, from 1; later cards have higher ones.
    pub version: u32,
    /// From when it counts.
    pub effective_at: Instant,
    /// A cost is a multiple of this, rounded up.
    pub quantum: Credits,
    /// Its lines, in any order.
    pub rates: Vec<Rate>,
}

impl RateCard {
    /// Checks every field against its range.
    ///
    /// # Errors
    /// `rate_card_invalid`, naming the field: version 0; a quantum that is not above 0 and at most
    /// 10^12; no rates or more than 1,000; a key that cannot be one; an increment that is not 1 to
    /// 3,600 seconds; a rate out of range; two rates for one thing.
    pub fn validate(&self) -> Result<()> {
        let invalid = |field, message| Err(Error::new(Code::RateCardInvalid, message).at(field));
        if self.version == 0 {
            return invalid("version", "versions count from 1");
        }
        if !self.quantum.is_positive() || self.quantum > Credits::MAX_MOVEMENT {
            return invalid("quantum", "a quantum is above 0 and at most 10^12 credits");
        }
        if self.rates.is_empty() || self.rates.len() > MAX_RATES {
            return invalid("rates", "a rate card has 1 to 1,000 rates");
        }
        for (n, rate) in self.rates.iter().enumerate() {
            if !is_key(&rate.feature) || rate.model.as_deref().is_some_and(|m| !is_key(m)) {
                return invalid("rates", "features and models are keys of 1 to 191 bytes");
            }
            if let Unit::CallMinute { increment_s } = rate.unit
                && !(1..=MAX_INCREMENT_S).contains(&increment_s)
            {
                return invalid("rates", "an increment is 1 to 3,600 seconds");
            }
            if rate.nano().is_none() {
                return invalid("rates", "a rate is 0 to 10^9 credits with at most 9 decimals");
            }
            if self.rates.iter().take(n).any(|other| other.same_thing(rate)) {
                return invalid("rates", "two rates are for one thing");
            }
        }
        Ok(())
    }
}

/// All versions of the rates, each valid, in the order in which they count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateCards(Vec<RateCard>);

impl RateCards {
    /// From its versions, in any order.
    ///
    /// # Errors
    /// `rate_card_invalid` for a card that is not valid, for none at all, and unless a higher
    /// version counts from a later instant.
    pub fn new(given: Vec<RateCard>) -> Result<RateCards> {
        let mut cards = Vec::<RateCard>::with_capacity(given.len());
        for card in given {
            card.validate()?;
            let place = cards.partition_point(|other| other.version < card.version);
            cards.insert(place, card);
        }
        let ascends =
            |a: &RateCard, b: &RateCard| a.version < b.version && a.effective_at < b.effective_at;
        if cards.is_empty() || !cards.is_sorted_by(ascends) {
            let message =
                "there is at least one card, and each version counts from a later instant";
            return Err(Error::new(Code::RateCardInvalid, message).at("version"));
        }
        Ok(RateCards(cards))
    }

    /// The card that counts at this instant.
    ///
    /// # Errors
    /// `rate_not_found` before the first card counts.
    pub fn at(&self, at: Instant) -> Result<&RateCard> {
        let missing = || Error::new(Code::RateNotFound, "no rate card counts yet at this time");
        self.0.iter().rev().find(|card| card.effective_at <= at).ok_or_else(missing)
    }

    /// The card with this version: what past usage was charged at.
    pub fn version(&self, version: u32) -> Option<&RateCard> {
        self.0.iter().find(|card| card.version == version)
    }

    /// Every card, the earliest first.
    pub fn all(&self) -> &[RateCard] {
        &self.0
    }
}
