//! Numbers as decimal digits, without the formatting machinery of the standard library: it is
//! larger than all that it would write here.

use rust_decimal::Decimal;

/// Appends a number with at least so many digits.
pub(crate) fn push_digits(text: &mut String, number: u64, least: u32) {
    if number > 9 || least > 1 {
        push_digits(text, number / 10, least.saturating_sub(1));
    }
    text.push(char::from(b'0' + (number % 10) as u8));
}

/// A number that counts.
pub(crate) fn digits(number: u64) -> String {
    let mut text = String::new();
    push_digits(&mut text, number, 1);
    text
}

/// A decimal that is 0 or more, with all its decimals, as its own `to_string` writes it.
pub(crate) fn decimal_text(number: Decimal) -> String {
    let (mut rest, mut text) = (number.mantissa().unsigned_abs(), String::new());
    for place in 0.. {
        if place > number.scale() && rest == 0 {
            break;
        }
        if place > 0 && place == number.scale() {
            text.insert(0, '.');
        }
        text.insert(0, char::from(b'0' + (rest % 10) as u8));
        rest /= 10;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_digits_that_the_library_writes() {
        for number in [0, 7, 10, 42, 999, 1_000, u64::MAX] {
            assert_eq!(digits(number), number.to_string());
        }
        for text in ["0", "0.0", "0.10", "1.20", "12", "0.000000125", "1000000000", "10.5"] {
            let number: Decimal = text.parse().unwrap();
            assert_eq!(decimal_text(number), text);
        }
        for number in [Decimal::MAX, Decimal::new(1, 28), Decimal::new(i64::MAX, 12)] {
            assert_eq!(decimal_text(number), number.to_string());
        }
    }
}
