//! Packages and prices: the vectors, and what holds for any list.

// A test fails by stopping.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use nivella_credits::Code;
use nivella_credits::core::{Credits, Package, Price, Unavailable, prices_per_credit};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::Value;

fn vectors() -> Value {
    serde_json::from_str(include_str!("vectors/packages.json")).unwrap()
}

fn rows<'a>(all: &'a Value, key: &str) -> &'a [Value] {
    all[key].as_array().filter(|rows| !rows.is_empty()).unwrap()
}

fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row[key].as_str().unwrap_or_else(|| panic!("{key} in {row}"))
}

fn quantity(row: &Value) -> u32 {
    u32::try_from(row["quantity"].as_u64().unwrap()).unwrap()
}

fn price(format: &Value, minor: &str) -> Price {
    Price {
        minor: minor.parse().unwrap(),
        minor_unit: u8::try_from(format["minor_unit"].as_u64().unwrap()).unwrap(),
        currency: text(format, "currency").to_owned(),
        prefix: text(format, "prefix").to_owned(),
        suffix: text(format, "suffix").to_owned(),
        decimal_separator: text(format, "decimal_separator").to_owned(),
        thousand_separator: text(format, "thousand_separator").to_owned(),
    }
}

fn dollars(minor: i64) -> Price {
    Price {
        minor,
        minor_unit: 2,
        currency: "USD".to_owned(),
        prefix: "$".to_owned(),
        suffix: String::new(),
        decimal_separator: ".".to_owned(),
        thousand_separator: ",".to_owned(),
    }
}

fn package(credits: &str, bonus: &str, price: Price) -> Package {
    Package {
        id: "10".to_owned(),
        name: "AI Credits".to_owned(),
        credits: Credits::parse(credits).unwrap(),
        bonus: Credits::parse(bonus).unwrap(),
        validity_days: None,
        price,
        unavailable: None,
        max_quantity: 9_999,
    }
}

#[test]
fn prices_read_as_the_store_writes_them() {
    for row in rows(&vectors(), "prices") {
        let price = price(&row["price"], text(&row["price"], "minor"));
        let total = price.times(quantity(row)).unwrap();
        assert_eq!(total.text(), text(row, "text"), "{row}");
        assert_eq!(total.amount(), text(row, "amount"), "{row}");
    }
}

#[test]
fn a_total_beyond_64_bits_is_refused() {
    for row in rows(&vectors(), "overflow") {
        let price = price(&row["price"], text(&row["price"], "minor"));
        let refused = price.times(quantity(row)).map_err(|e| e.code.as_str().to_owned());
        assert_eq!(refused, Err(text(row, "code").to_owned()), "{row}");
    }
}

#[test]
fn prices_per_credit_compare_at_a_glance() {
    for row in rows(&vectors(), "lists") {
        let read = |one: &Value| {
            package(
                text(one, "credits"),
                text(one, "bonus"),
                price(&row["format"], text(one, "minor")),
            )
        };
        let packages: Vec<Package> = row["packages"].as_array().unwrap().iter().map(read).collect();
        let want: Vec<Option<&str>> =
            row["texts"].as_array().unwrap().iter().map(Value::as_str).collect();
        let found = prices_per_credit(&packages);
        let found: Vec<Option<&str>> = found.iter().map(Option::as_deref).collect();
        assert_eq!(found, want, "{}", row["rule"]);
    }
}

type Case = (fn(&mut Package), Code, &'static str);

#[test]
fn packages_out_of_range_are_refused() {
    let good = package("2000", "0", dollars(1_000));
    assert_eq!(good.validate(), Ok(()));
    let with = |change: fn(&mut Package)| {
        let mut package = good.clone();
        change(&mut package);
        package.validate().map_err(|error| (error.code, error.field))
    };
    let cases: [Case; 10] = [
        (|p| p.id.clear(), Code::FieldInvalid, "id"),
        (|p| p.credits = Credits::ZERO, Code::PackageWithoutCredits, "credits"),
        (|p| p.credits = Credits::from_micro(-1), Code::AmountOutOfRange, "credits"),
        (|p| p.credits = Credits::MAX, Code::AmountOutOfRange, "credits"),
        (|p| p.bonus = Credits::from_micro(-1), Code::AmountOutOfRange, "bonus"),
        (|p| p.validity_days = Some(0), Code::FieldInvalid, "validity_days"),
        (|p| p.validity_days = Some(36_501), Code::FieldInvalid, "validity_days"),
        (|p| p.price.minor = -1, Code::DecimalInvalid, "minor"),
        (|p| p.price.minor_unit = 7, Code::DecimalInvalid, "minor_unit"),
        (|p| p.price.suffix = "x".repeat(65), Code::FieldInvalid, "suffix"),
    ];
    for (change, code, field) in cases {
        assert_eq!(with(change), Err((code, Some(field))), "{field}");
    }
}

#[test]
fn what_cannot_be_bought_says_why() {
    let mut offer = package("2000", "0", dollars(1_000));
    offer.max_quantity = 3;
    let code = |package: &Package, quantity| package.check(quantity).map_err(|error| error.code);
    assert_eq!([code(&offer, 1), code(&offer, 3)], [Ok(()), Ok(())]);
    assert_eq!(code(&offer, 0), Err(Code::QuantityInvalid));
    assert_eq!(code(&offer, 4), Err(Code::QuantityLimited));
    offer.unavailable = Some(Unavailable::SoldOut);
    assert_eq!(code(&offer, 1), Err(Code::PackageUnavailable));
    assert!(!offer.buyable());
}

#[test]
fn a_price_that_was_not_checked_does_not_trap() {
    let mut absurd = package("0.000001", "0", dollars(i64::MAX));
    absurd.price.minor_unit = u8::MAX;
    assert_eq!(absurd.price.amount().len(), 257);
    assert_eq!(prices_per_credit(&[absurd]), vec![None]);
}

fn any_package() -> impl Strategy<Value = Package> {
    let credits = prop_oneof![1..1_000_000_i64, 1..1_000_000_000_000_000_000_i64];
    let minor = prop_oneof![1..100_000_i64, 1..i64::MAX / 1_000_000];
    (credits, 0..1_000_000_000_i64, minor, 0..=3_u8).prop_map(
        |(credits, bonus, minor, minor_unit)| {
            let mut package = package("1", "0", Price { minor_unit, ..dollars(minor) });
            package.credits = Credits::from_micro(credits);
            package.bonus = Credits::from_micro(bonus);
            package
        },
    )
}

/// The number in a text, and how many decimals it has.
fn read(text: &str) -> (Decimal, usize) {
    let number = text.replace(['$', ','], "");
    let decimals = number.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    (Decimal::from_str_exact(&number).unwrap(), decimals)
}

proptest! {
    #[test]
    fn no_credit_is_dearer_than_its_price_says(list in prop::collection::vec(any_package(), 1..8)) {
        let texts = prices_per_credit(&list);
        prop_assert_eq!(texts.len(), list.len());
        let shown = list.iter().zip(&texts).filter_map(|(p, t)| Some((p, read(t.as_deref()?))));
        let shown: Vec<_> = shown.collect();
        for (package, (per_credit, decimals)) in &shown {
            prop_assert_eq!(*decimals, shown[0].1.1, "one number of decimals down the list");
            prop_assert!(*decimals <= 6);
            // In 128-bit integers: what is shown, and one last place less, times the credits.
            let places = per_credit.mantissa() * 10_i128.pow(*decimals as u32 - per_credit.scale());
            let credits = i128::from(package.credits.micro() + package.bonus.micro());
            let unit = u32::from(package.price.minor_unit);
            let total = |places: i128| places.checked_mul(credits)?.checked_mul(10_i128.pow(unit));
            let paid = i128::from(package.price.minor)
                .checked_mul(1_000_000)
                .and_then(|n| n.checked_mul(10_i128.pow(*decimals as u32)));
            if let (Some(most), Some(less), Some(paid)) = (total(places), total(places - 1), paid) {
                prop_assert!(most >= paid && less < paid);
            }
        }
    }

    #[test]
    fn a_text_without_its_marks_is_the_amount(minor in any::<i64>(), minor_unit in 0..=6_u8) {
        let price = Price { minor_unit, ..dollars(minor) };
        prop_assert_eq!(price.text().replace(['$', ','], ""), price.amount());
        let exact = Decimal::new(minor, u32::from(minor_unit));
        prop_assert_eq!(price.amount(), exact.to_string());
    }
}
