//! Amounts of credits: exact, signed, in micro-credits.

use std::fmt;

use crate::core::digits::push_digits;
use crate::error::{Code, Error, Result};

/// An amount of credits, exact to a micro-credit (10^-6).
///
/// It is a signed 64-bit count of micro-credits, in Rust as in PHP and SQL, so that amounts only
/// add and compare. One movement is at most [`Credits::MAX_MOVEMENT`]; sums may go up to
/// [`Credits::MAX`] and every operation says when they would not fit.
///
/// ```
/// use nivella_credits::core::Credits;
/// let price = Credits::parse("1.2")?;
/// assert_eq!(price.micro(), 1_200_000);
/// assert_eq!(price.checked_add(price)?.to_string(), "2.4");
/// # Ok::<(), nivella_credits::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Credits(i64);

/// Micro-credits in one credit.
const SCALE: i64 = 1_000_000;
const DECIMALS: usize = 6;

impl Credits {
    /// No credits.
    pub const ZERO: Credits = Credits(0);
    /// One credit.
    pub const ONE: Credits = Credits(SCALE);
    /// The largest amount of one movement: 10^12 credits.
    pub const MAX_MOVEMENT: Credits = Credits(1_000_000_000_000 * SCALE);
    /// The largest sum that can be held.
    pub const MAX: Credits = Credits(i64::MAX);

    /// From a count of micro-credits.
    pub const fn from_micro(micro: i64) -> Credits {
        Credits(micro)
    }

    /// From whole credits.
    ///
    /// # Errors
    /// `amount_overflow` beyond 64 bits.
    pub fn from_whole(whole: i64) -> Result<Credits> {
        whole.checked_mul(SCALE).map(Credits).ok_or_else(overflow)
    }

    /// The count of micro-credits.
    pub const fn micro(self) -> i64 {
        self.0
    }

    /// Reads what a caller sends: plain digits with at most 6 decimals; no sign, exponent or space;
    /// at most 10^12.
    ///
    /// # Errors
    /// `amount_invalid` for any other text, `amount_out_of_range` above 10^12.
    pub fn parse(text: &str) -> Result<Credits> {
        let amount = match parse_usual(text.as_bytes()) {
            Some(micro) => Credits(micro),
            None => Credits(parse_micro(text.as_bytes())?),
        };
        if amount > Credits::MAX_MOVEMENT { Err(out_of_range()) } else { Ok(amount) }
    }

    /// Reads what a ledger answers: as [`Credits::parse`], and a leading minus where a value can be
    /// below zero; up to the largest sum.
    ///
    /// # Errors
    /// `amount_invalid`, or `amount_out_of_range` beyond 64 bits.
    pub fn parse_signed(text: &str) -> Result<Credits> {
        match text.strip_prefix('-') {
            Some(digits) => Ok(Credits(-parse_micro(digits.as_bytes())?)),
            None => Ok(Credits(parse_micro(text.as_bytes())?)),
        }
    }

    /// The sum.
    ///
    /// # Errors
    /// `amount_overflow` beyond 64 bits.
    pub fn checked_add(self, other: Credits) -> Result<Credits> {
        self.0.checked_add(other.0).map(Credits).ok_or_else(overflow)
    }

    /// Sum that stops at the ends of 64 bits, for what is only compared.
    pub const fn saturating_add(self, other: Credits) -> Credits {
        Credits(self.0.saturating_add(other.0))
    }

    /// The difference.
    ///
    /// # Errors
    /// `amount_overflow` beyond 64 bits.
    pub fn checked_sub(self, other: Credits) -> Result<Credits> {
        self.0.checked_sub(other.0).map(Credits).ok_or_else(overflow)
    }

    /// The amount a whole number of times, as for a quantity of packages.
    ///
    /// # Errors
    /// `amount_overflow` beyond 64 bits.
    pub fn checked_times(self, count: u32) -> Result<Credits> {
        self.0.checked_mul(i64::from(count)).map(Credits).ok_or_else(overflow)
    }

    /// The same amount with the other sign.
    ///
    /// # Errors
    /// `amount_overflow` for the one value that has no counterpart.
    pub fn checked_neg(self) -> Result<Credits> {
        self.0.checked_neg().map(Credits).ok_or_else(overflow)
    }

    /// The exact decimal, in its shortest form: `2341`, `1.2`, `-0.000001`.
    pub fn text(self) -> String {
        let mut text = String::new();
        if self.0 < 0 {
            text.push('-');
        }
        let micro = self.0.unsigned_abs();
        push_digits(&mut text, micro / SCALE.unsigned_abs(), 1);
        let rest = micro % SCALE.unsigned_abs();
        if rest > 0 {
            text.push('.');
            push_digits(&mut text, rest, DECIMALS as u32);
            while text.ends_with('0') {
                text.pop();
            }
        }
        text
    }

    /// Whole credits, rounded down: how a total is displayed.
    ///
    /// ```
    /// # use nivella_credits::core::Credits;
    /// assert_eq!(Credits::from_micro(2_341_900_000).floor(), 2341);
    /// assert_eq!(Credits::from_micro(-100_000).floor(), -1);
    /// ```
    pub const fn floor(self) -> i64 {
        self.0.div_euclid(SCALE)
    }

    /// Above zero.
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// Exactly zero.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }
}

fn overflow() -> Error {
    Error::new(Code::AmountOverflow, "the sum does not fit 64 bits")
}

fn out_of_range() -> Error {
    Error::new(Code::AmountOutOfRange, "an amount is at most 10^12 credits")
}

fn invalid() -> Error {
    Error::new(
        Code::AmountInvalid,
        "an amount is plain digits with at most 6 decimals, without sign, exponent or space",
    )
}

/// What almost every amount is: at most 18 characters, so that nothing can overflow on the way and
/// no digit needs a check. Nothing for whatever is longer or wrong; see [`parse_micro`].
fn parse_usual(text: &[u8]) -> Option<i64> {
    if text.len() > 18 {
        return None;
    }
    let (mut micro, mut index) = (0_i64, 0);
    let mut left = DECIMALS;
    let mut rest = text.iter();
    for &byte in rest.by_ref() {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            if byte != b'.' || index == 0 || index + 1 == text.len() {
                return None;
            }
            for &byte in rest {
                let digit = byte.wrapping_sub(b'0');
                left = left.checked_sub(1)?;
                if digit > 9 {
                    return None;
                }
                micro = micro * 10 + i64::from(digit);
            }
            break;
        }
        micro = micro * 10 + i64::from(digit);
        index += 1;
    }
    if text.is_empty() { None } else { micro.checked_mul(*POWERS.get(left)?) }
}

/// Powers of ten, up to a credit's micro-credits.
const POWERS: [i64; DECIMALS + 1] = [1, 10, 100, 1_000, 10_000, 100_000, SCALE];

/// Digits, and at most one point with one to six digits behind it.
#[cold]
#[inline(never)]
fn parse_micro(text: &[u8]) -> Result<i64> {
    let (mut micro, mut whole_digits, mut decimals) = (0_i64, 0_usize, None);
    for &byte in text {
        match byte {
            b'0'..=b'9' => {
                match &mut decimals {
                    None => whole_digits += 1,
                    Some(seen) if *seen < DECIMALS => *seen += 1,
                    Some(_) => return Err(invalid()),
                }
                let digit = i64::from(byte - b'0');
                micro = micro
                    .checked_mul(10)
                    .and_then(|m| m.checked_add(digit))
                    .ok_or_else(out_of_range)?;
            }
            b'.' if decimals.is_none() => decimals = Some(0),
            _ => return Err(invalid()),
        }
    }
    let seen = decimals.unwrap_or(0);
    if whole_digits == 0 || decimals == Some(0) {
        return Err(invalid());
    }
    for _ in seen..DECIMALS {
        micro = micro.checked_mul(10).ok_or_else(out_of_range)?;
    }
    Ok(micro)
}

/// As [`Credits::text`].
impl fmt::Display for Credits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}
