//! Rating: the vectors, and what is refused.

// A test fails by stopping.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
use nivella_credits::Result;
use nivella_credits::core::rate_card::parse_rate;
use nivella_credits::core::{Credits, Instant, Rate, RateCard, RateCards, Unit, Usage, quote};
use rust_decimal::Decimal;
use serde_json::Value;

fn vectors() -> Value {
    serde_json::from_str(include_str!("vectors/rating.json")).unwrap()
}

fn rows<'a>(all: &'a Value, key: &str) -> &'a [Value] {
    all[key].as_array().filter(|rows| !rows.is_empty()).unwrap()
}

fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row[key].as_str().unwrap_or_else(|| panic!("{key} in {row}"))
}

fn optional(row: &Value, key: &str) -> Option<String> {
    row[key].as_str().map(str::to_owned)
}

fn integer(row: &Value, key: &str) -> u64 {
    if row[key].is_null() { 0 } else { row[key].as_u64().unwrap() }
}

fn unit(row: &Value) -> Unit {
    let increment_s = integer(row, "increment_s") as u32;
    let units = [
        Unit::Message,
        Unit::CallMinute { increment_s },
        Unit::InputTokens,
        Unit::OutputTokens,
        Unit::Image,
        Unit::Use,
    ];
    *units.iter().find(|unit| unit.as_str() == text(row, "unit")).unwrap()
}

/// Rates are read by rust_decimal itself here, so that what no rate can be gets as far as the card.
fn rate(row: &Value) -> Rate {
    let credits = Decimal::from_str_exact(text(row, "credits")).unwrap();
    let feature = text(row, "feature").to_owned();
    Rate { feature, model: optional(row, "model"), unit: unit(row), credits }
}

fn card(row: &Value) -> RateCard {
    RateCard {
        version: integer(row, "version") as u32,
        effective_at: Instant::parse(text(row, "effective_at")).unwrap(),
        quantum: Credits::parse(text(row, "quantum")).unwrap(),
        rates: row["rates"].as_array().unwrap().iter().map(rate).collect(),
    }
}

fn usage(row: &Value) -> Usage {
    Usage {
        feature: text(row, "feature").to_owned(),
        agent: optional(row, "agent").unwrap_or_default(),
        model: optional(row, "model"),
        messages: integer(row, "messages"),
        call_ms: integer(row, "call_ms"),
        input_tokens: integer(row, "input_tokens"),
        output_tokens: integer(row, "output_tokens"),
        images: integer(row, "images"),
    }
}

fn code<T>(result: Result<T>) -> Option<&'static str> {
    result.err().map(|error| error.code.as_str())
}

#[test]
fn uses_cost_what_the_rate_card_says() {
    let all = vectors();
    for row in rows(&all, "quotes") {
        let card = card(&all["cards"][text(row, "card")]);
        assert_eq!(card.validate(), Ok(()));
        let quoted = quote(&card, &usage(&row["usage"])).unwrap_or_else(|e| panic!("{row}: {e}"));
        assert_eq!(quoted.cost.to_string(), text(row, "cost"), "{row}");
        assert_eq!(u64::from(quoted.rate_version), integer(row, "rate_version"), "{row}");
        let lines = row["lines"].as_array().unwrap();
        assert_eq!(quoted.lines.len(), lines.len(), "{row}");
        for (line, want) in quoted.lines.iter().zip(lines) {
            assert_eq!(line.unit.as_str(), text(want, "unit"), "{row}");
            assert_eq!(line.quantity, integer(want, "quantity"), "{row}");
            assert_eq!(line.rate.to_string(), text(want, "rate"), "{row}");
            assert_eq!(line.product.to_string(), text(want, "product"), "{row}");
        }
    }
}

#[test]
fn what_has_no_price_is_refused_and_never_free() {
    let all = vectors();
    for row in rows(&all, "refused") {
        let refused = quote(&card(&all["cards"][text(row, "card")]), &usage(&row["usage"]));
        let error = refused.expect_err(text(row, "rule"));
        assert_eq!(error.code.as_str(), text(row, "code"), "{row}");
        assert_eq!(error.field, row["field"].as_str(), "{row}");
    }
}

#[test]
fn cards_out_of_range_are_refused() {
    for row in rows(&vectors(), "invalid_cards") {
        let card = card(&row["card"]);
        let error = card.validate().expect_err(text(row, "rule"));
        assert_eq!(error.code.as_str(), text(row, "code"), "{row}");
        assert_eq!(error.field, row["field"].as_str(), "{row}");
        assert_eq!(code(RateCards::new(vec![card])), Some("rate_card_invalid"), "{row}");
    }
}

#[test]
fn a_card_that_was_not_checked_is_refused_where_it_matters() {
    let one = |credits, unit| RateCard {
        version: 1,
        effective_at: Instant::parse("2026-11-01T00:00:00Z").unwrap(),
        quantum: Credits::ONE,
        rates: vec![Rate { feature: "voice".into(), model: None, unit, credits }],
    };
    let usage = Usage { feature: "voice".into(), messages: 1, call_ms: 1, ..Usage::default() };
    let no_quantum = RateCard { quantum: Credits::ZERO, ..one(Decimal::ONE, Unit::Message) };
    for card in [
        one(-Decimal::ONE, Unit::Message),
        one(Decimal::MAX, Unit::Message),
        one(Decimal::new(1, 28), Unit::Message),
        one(Decimal::ONE, Unit::CallMinute { increment_s: 0 }),
        no_quantum,
    ] {
        assert!(card.validate().is_err());
        assert_eq!(code(quote(&card, &usage)), Some("rate_card_invalid"), "{card:?}");
    }
    let longest = one(Decimal::ONE, Unit::CallMinute { increment_s: u32::MAX });
    assert!(longest.validate().is_err() && quote(&longest, &usage).is_ok(), "no trap");
}

#[test]
fn each_version_counts_from_its_instant() {
    let all = &vectors()["versions"];
    let version = |row: &Value| RateCard {
        version: integer(row, "version") as u32,
        effective_at: Instant::parse(text(row, "effective_at")).unwrap(),
        quantum: Credits::ONE,
        rates: vec![Rate {
            feature: "chat".into(),
            model: None,
            unit: Unit::Message,
            credits: Decimal::ONE,
        }],
    };
    let cards = RateCards::new(rows(all, "cards").iter().map(version).collect()).unwrap();
    for row in rows(all, "at") {
        let found = cards.at(Instant::parse(text(row, "at")).unwrap());
        assert_eq!(code(found.clone()), row["version"].is_null().then_some("rate_not_found"));
        assert_eq!(found.ok().map(|c| u64::from(c.version)), row["version"].as_u64(), "{row}");
    }
    for row in rows(all, "refused") {
        let refused =
            RateCards::new(row["cards"].as_array().unwrap().iter().map(version).collect());
        assert_eq!(code(refused), Some("rate_card_invalid"), "{row}");
    }
    assert_eq!(cards.version(2).map(|card| card.version), Some(2));
    assert_eq!(cards.version(4), None);
    assert_eq!(cards.all().len(), 3);
}

#[test]
fn rates_are_read_strictly() {
    let all = &vectors()["rates"];
    for row in rows(all, "read") {
        let (written, value) = (row[0].as_str().unwrap(), row[1].as_str().unwrap());
        assert_eq!(parse_rate(written), Ok(Decimal::from_str_exact(value).unwrap()), "{row}");
    }
    for row in rows(all, "refused") {
        assert_eq!(code(parse_rate(row.as_str().unwrap())), Some("decimal_invalid"), "{row}");
    }
}

#[test]
fn charges_round_up_and_displays_round_down() {
    let all: Value = serde_json::from_str(include_str!("vectors/rounding.json")).unwrap();
    for row in rows(&all, "charges") {
        let rate = Rate {
            feature: "chat".into(),
            model: None,
            unit: Unit::Use,
            credits: parse_rate(text(row, "exact")).unwrap(),
        };
        let card = RateCard {
            version: 1,
            effective_at: Instant::parse("2026-11-01T00:00:00Z").unwrap(),
            quantum: Credits::parse(text(row, "quantum")).unwrap(),
            rates: vec![rate],
        };
        let usage = Usage { feature: "chat".into(), ..Usage::default() };
        assert_eq!(quote(&card, &usage).unwrap().cost.to_string(), text(row, "cost"), "{row}");
    }
    for row in rows(&all, "displays") {
        let amount = Credits::parse_signed(text(row, "amount")).unwrap();
        assert_eq!(amount.floor().to_string(), text(row, "shown"), "{row}");
    }
}
