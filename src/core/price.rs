//! Prices as the store writes them.

use crate::core::digits::digits as text_of;
use crate::error::{Code, Error, Result};

/// A price in the store's currency, with the way in which the store writes it.
///
/// ```
/// use nivella_credits::core::Price;
/// let price = Price {
///     minor: 123_450,
///     minor_unit: 2,
///     currency: "EUR".to_owned(),
///     prefix: String::new(),
///     suffix: " €".to_owned(),
///     decimal_separator: ",".to_owned(),
///     thousand_separator: ".".to_owned(),
/// };
/// assert_eq!(price.amount(), "1234.50");
/// assert_eq!(price.text(), "1.234,50 €");
/// assert_eq!(price.times(2)?.text(), "2.469,00 €");
/// # Ok::<(), nivella_credits::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Price {
    /// The amount as a count of the smallest unit that the store shows.
    pub minor: i64,
    /// How many decimals the store shows, 0 to 6: a setting of the store, not of the currency.
    pub minor_unit: u8,
    /// The currency's code, such as `USD`.
    pub currency: String,
    /// Written before the number, spaces included.
    pub prefix: String,
    /// Written behind the number, spaces included.
    pub suffix: String,
    /// Between whole and decimals; may be empty.
    pub decimal_separator: String,
    /// Between groups of three digits; may be empty.
    pub thousand_separator: String,
}

const MAX_MINOR_UNIT: u8 = 6;
const MAX_AFFIX_BYTES: usize = 64;

impl Price {
    /// Checks the fields against their ranges.
    ///
    /// # Errors
    /// `decimal_invalid` for a negative amount or more than 6 decimals; `field_invalid` for a code,
    /// affix or separator of more than 64 bytes. Both name the field.
    pub fn validate(&self) -> Result<()> {
        let invalid = |field, message| Err(Error::new(Code::DecimalInvalid, message).at(field));
        if self.minor < 0 {
            return invalid("minor", "a price is not negative");
        }
        if self.minor_unit > MAX_MINOR_UNIT {
            return invalid("minor_unit", "a price has at most 6 decimals");
        }
        let texts = [
            ("currency", &self.currency),
            ("prefix", &self.prefix),
            ("suffix", &self.suffix),
            ("decimal_separator", &self.decimal_separator),
            ("thousand_separator", &self.thousand_separator),
        ];
        for (field, text) in texts {
            if text.len() > MAX_AFFIX_BYTES {
                let message = "a part of a price's text is at most 64 bytes";
                return Err(Error::new(Code::FieldInvalid, message).at(field));
            }
        }
        Ok(())
    }

    /// The price of so many.
    ///
    /// # Errors
    /// `amount_overflow` beyond 64 bits.
    pub fn times(&self, quantity: u32) -> Result<Price> {
        let overflow = || Error::new(Code::AmountOverflow, "the price does not fit 64 bits");
        let minor = self.minor.checked_mul(i64::from(quantity)).ok_or_else(overflow)?;
        Ok(Price { minor, ..self.clone() })
    }

    /// A plain decimal string in the currency's own unit: `10.00`.
    pub fn amount(&self) -> String {
        let sign = if self.minor < 0 { "-" } else { "" };
        write_number(sign, self.minor.unsigned_abs(), self.minor_unit, ".", "")
    }

    /// As the store writes it, a minus first: `$10.00`, `1.234,50 €`, `-¥10`.
    pub fn text(&self) -> String {
        let lead = if self.minor < 0 { "-" } else { "" };
        self.written(lead, self.minor.unsigned_abs(), self.minor_unit)
    }

    /// So many places of 10^-`decimals`, as the store would write them behind this sign.
    pub(crate) fn written(&self, sign: &str, digits: u64, decimals: u8) -> String {
        let mut lead = String::from(sign);
        lead.push_str(&self.prefix);
        let (point, group) = (&self.decimal_separator, &self.thousand_separator);
        let mut text = write_number(&lead, digits, decimals, point, group);
        text.push_str(&self.suffix);
        text
    }
}

fn write_number(lead: &str, digits: u64, decimals: u8, point: &str, group: &str) -> String {
    let decimals = usize::from(decimals);
    let mut text = String::from(lead);
    let number = text_of(digits);
    let padding = (decimals + 1).saturating_sub(number.len());
    let length = padding + number.len();
    for (n, digit) in std::iter::repeat_n('0', padding).chain(number.chars()).enumerate() {
        let left = length - n;
        if left == decimals {
            text.push_str(point);
        } else if n > 0 && left > decimals && (left - decimals).is_multiple_of(3) {
            text.push_str(group);
        }
        text.push(digit);
    }
    text
}
