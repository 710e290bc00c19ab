//! Amounts: how they are read, refused and printed.

use nivella_credits::Code;
use nivella_credits::core::Credits;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

#[test]
fn amounts_print_as_they_are_read() {
    for text in ["0", "1", "1.2", "0.000001", "2341.5", "1000000000000", "10", "100.05"] {
        assert_eq!(Credits::parse(text).map(|c| c.to_string()), Ok(text.to_owned()));
    }
    assert_eq!(Credits::from_micro(i64::MIN).to_string(), "-9223372036854.775808");
    assert_eq!(Credits::parse("007.10").map(|c| c.to_string()), Ok("7.1".to_owned()));
}

/// An amount by the letter of the rule, with the decimals of another library.
fn by_the_rule(text: &str) -> Option<i64> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(decimals) || decimals.len() > 6 {
        return None;
    }
    let micro = text.parse::<Decimal>().ok()? * Decimal::from(1_000_000);
    let micro = micro.to_i64()?;
    (micro <= Credits::MAX_MOVEMENT.micro()).then_some(micro)
}

#[test]
fn every_short_text_is_read_by_the_rule() {
    let alphabet = ['0', '1', '9', '.', '5', '-', ' '];
    for number in 0..7_usize.pow(6) {
        let mut left = number;
        let mut text = String::new();
        while left > 0 {
            text.push(alphabet[left % 7]);
            left /= 7;
        }
        let read = Credits::parse(&text).ok().map(Credits::micro);
        assert_eq!(read, by_the_rule(&text), "{text:?}");
    }
}

#[test]
fn long_amounts_are_read_by_the_rule() {
    let texts = [
        "999999999999.999999",
        "99999999999.999999",
        "000000000000000000000001.5",
        "999999999999999999",
        "1000000000000.000000",
        "1000000000000.000001",
        "0.0000001",
    ];
    for text in texts {
        let read = Credits::parse(text).ok().map(Credits::micro);
        assert_eq!(read, by_the_rule(text), "{text:?}");
    }
}

#[test]
fn hostile_amounts_are_refused() {
    let invalid = [
        "",
        ".",
        "1.",
        ".5",
        "-1",
        "+1",
        " 1",
        "1 ",
        "1e3",
        "1,000",
        "NaN",
        "0x1",
        "1.1234567",
        "1.2.3",
        "١",
    ];
    for text in invalid {
        assert_eq!(Credits::parse(text).map_err(|e| e.code), Err(Code::AmountInvalid), "{text}");
    }
    for text in ["1000000000000.000001", "99999999999999999999999999"] {
        assert_eq!(Credits::parse(text).map_err(|e| e.code), Err(Code::AmountOutOfRange), "{text}");
    }
}
