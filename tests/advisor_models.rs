//! The same work with another model: never outside the range, and exact where that can be.

// A test fails by stopping.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use nivella_credits::core::advisor::{ModelLine, Work, with_model};
use nivella_credits::core::rate_card::parse_rate;
use nivella_credits::core::{Credits, Instant, Rate, RateCard, RateCards, Unit, Usage, quote};
use proptest::prelude::*;
use rust_decimal::Decimal;

const CALL: Unit = Unit::CallMinute { increment_s: 60 };

fn rate(feature: &str, model: Option<&str>, unit: Unit, credits: &str) -> Rate {
    let (feature, model) = (feature.to_owned(), model.map(str::to_owned));
    Rate { feature, model, unit, credits: parse_rate(credits).unwrap() }
}

fn card(quantum: &str, rates: Vec<Rate>) -> RateCard {
    let effective_at = Instant::parse("2026-11-01T00:00:00Z").unwrap();
    RateCard { version: 3, effective_at, quantum: Credits::parse(quantum).unwrap(), rates }
}

fn work(feature: &'static str, cost: &str, pieces: u64) -> Work<'static> {
    let cost = Credits::parse(cost).unwrap();
    let (messages, call_ms, images) = (0, 0, 0);
    Work { feature, model: "small", rate_version: 3, cost, pieces, messages, call_ms, images }
}

fn one(card: RateCard, work: Work) -> ModelLine {
    let mut lines = with_model(&RateCards::new(vec![card]).unwrap(), &[work], "large").unwrap();
    assert_eq!(lines.len(), 1);
    lines.remove(0)
}

fn range(line: &ModelLine) -> (String, String, u64) {
    (line.low.to_string(), line.high.to_string(), line.skipped)
}

fn said(low: &str, high: &str, skipped: u64) -> (String, String, u64) {
    (low.to_owned(), high.to_owned(), skipped)
}

#[test]
fn known_units_are_exact() {
    let both = |unit, small, large| {
        card(
            "0.1",
            vec![rate("f", Some("small"), unit, small), rate("f", Some("large"), unit, large)],
        )
    };
    let ten = Work { messages: 10, ..work("f", "10", 10) };
    assert_eq!(range(&one(both(Unit::Message, "1", "2.5"), ten)), said("25", "25", 0));
    let images = Work { images: 3, ..work("f", "6", 2) };
    assert_eq!(range(&one(both(Unit::Image, "2", "0.5"), images)), said("1.5", "1.5", 0));
    assert_eq!(range(&one(both(Unit::Use, "2", "3"), work("f", "14", 7))), said("21", "21", 0));
    // Five calls of 130 seconds in all: what was charged tells that they started 6 minutes.
    let calls = Work { call_ms: 130_000, ..work("f", "12", 5) };
    assert_eq!(range(&one(both(CALL, "2", "3"), calls)), said("18", "18", 0));
}

#[test]
fn other_increments_give_a_range() {
    let six = Unit::CallMinute { increment_s: 6 };
    let rates = vec![rate("f", Some("small"), CALL, "2"), rate("f", Some("large"), six, "1")];
    let calls = Work { call_ms: 130_000, ..work("f", "12", 5) };
    // At least 22 tenths of a minute were started, at most one more by each call but one.
    assert_eq!(range(&one(card("0.1", rates), calls)), said("2.2", "2.6", 0));
}

#[test]
fn work_by_length_has_the_range_of_the_rates() {
    let rates = |read: &str, written: &str| {
        vec![
            rate("f", Some("small"), Unit::InputTokens, "0.1"),
            rate("f", Some("small"), Unit::OutputTokens, "0.4"),
            rate("f", Some("large"), Unit::InputTokens, read),
            rate("f", Some("large"), Unit::OutputTokens, written),
        ]
    };
    let line = |read, written| one(card("0.1", rates(read, written)), work("f", "8", 1));
    // One ratio: exact, but for what a rounding up to 0.1 hid before it is doubled.
    assert_eq!(range(&line("0.05", "0.2")), said("4", "4", 0));
    assert_eq!(range(&line("0.1", "0.4")), said("8", "8", 0));
    assert_eq!(range(&line("0.2", "0.8")), said("15.9", "16", 0));
    assert_eq!(range(&line("0.05", "0.4")), said("4", "8", 0));
    assert_eq!(range(&line("0", "0.2")), said("0", "4", 0));
    // What a message costs by itself is known, and no part of the range.
    let mut with_messages = rates("0.2", "0.4");
    with_messages.push(rate("f", None, Unit::Message, "5"));
    let messages = Work { messages: 1, ..work("f", "8", 1) };
    assert_eq!(range(&one(card("0.1", with_messages), messages)), said("8", "11", 0));
}

#[test]
fn what_cannot_be_said_is_skipped() {
    let message = |model| rate("f", model, Unit::Message, "1");
    let skipped = |rates: Vec<Rate>, work: Work| {
        let line = one(card("1", rates), work);
        assert_eq!((line.low, line.high, line.cost), Default::default());
        assert_eq!(line.skipped_cost, work.cost);
        line.skipped
    };
    let two = Work { messages: 2, ..work("f", "2", 2) };
    let small = || message(Some("small"));
    assert_eq!(skipped(vec![small()], two), 2, "the model has no rate");
    let other = rate("f", Some("large"), Unit::Image, "1");
    assert_eq!(skipped(vec![small(), other], two), 2, "the model has no rate for messages");
    let both = || vec![small(), message(Some("large"))];
    assert_eq!(skipped(both(), Work { messages: 3, ..two }), 2, "units do not explain the cost");
    assert_eq!(skipped(both(), Work { messages: 1, ..two }), 2, "units do not explain the cost");
    assert_eq!(skipped(both(), Work { rate_version: 2, ..two }), 2, "no such card");
    let free = vec![
        rate("f", Some("small"), Unit::InputTokens, "0"),
        rate("f", Some("small"), Unit::OutputTokens, "1"),
        rate("f", Some("large"), Unit::InputTokens, "1"),
        rate("f", Some("large"), Unit::OutputTokens, "1"),
    ];
    assert_eq!(skipped(free, work("f", "2", 1)), 1, "what was read was free, and unknown");
}

#[test]
fn features_have_a_line_each() {
    let rates = ["f", "g"]
        .map(|f| [rate(f, Some("small"), Unit::Use, "1"), rate(f, Some("large"), Unit::Use, "2")]);
    let cards = RateCards::new(vec![card("1", rates.concat())]).unwrap();
    let works = [work("g", "1", 1), work("f", "3", 3), work("g", "2", 2)];
    let lines = with_model(&cards, &works, "large").unwrap();
    let said: Vec<_> =
        lines.iter().map(|l| (&*l.feature, l.pieces, l.cost.floor(), l.high.floor())).collect();
    assert_eq!(said, [("g", 3, 3, 6), ("f", 3, 3, 6)]);
}

type Piece = (u64, u64, u64, u64, u64);

fn any_piece() -> impl Strategy<Value = Piece> {
    (0_u64..3, 0_u64..200_000, 0_u64..9_000, 0_u64..9_000, 0_u64..3)
}

/// Rates for every unit of one feature, for both models.
fn any_card() -> impl Strategy<Value = RateCard> {
    let nano = || prop_oneof![Just(0_i64), 1..4_i64, 0..3_000_000_000_i64];
    let rates = prop::collection::vec((nano(), nano(), any::<bool>(), any::<bool>()), 6);
    let quantum = prop_oneof![Just(1_i64), Just(100_000), 1..5_000_000_i64];
    let increments = prop::sample::select(vec![1_u32, 6, 7, 60]);
    (rates, quantum, increments.clone(), increments).prop_map(|(rates, quantum, a, b)| {
        let units = |increment_s| {
            let call = Unit::CallMinute { increment_s };
            [Unit::Message, call, Unit::InputTokens, Unit::OutputTokens, Unit::Image, Unit::Use]
        };
        let mut list = Vec::new();
        for (n, (small, large, has_small, shared)) in rates.iter().enumerate() {
            let credits = |nano: i64| Decimal::new(nano, 9);
            let (feature, large_model) = ("f".to_owned(), Some("large".to_owned()));
            if *has_small {
                let model = (!shared).then(|| "small".to_owned());
                let (feature, credits) = (feature.clone(), credits(*small));
                list.push(Rate { feature, model, unit: units(a)[n], credits });
            }
            list.push(Rate {
                feature,
                model: large_model,
                unit: units(b)[n],
                credits: credits(*large),
            });
        }
        RateCard { quantum: Credits::from_micro(quantum), ..card("1", list) }
    })
}

proptest! {
    #[test]
    fn the_true_cost_is_never_outside_the_range(
        card in any_card(),
        pieces in prop::collection::vec(any_piece(), 1..4),
    ) {
        let usage = |model: &str, piece: &Piece| Usage {
            feature: "f".to_owned(),
            model: Some(model.to_owned()),
            messages: piece.0,
            call_ms: piece.1,
            input_tokens: piece.2,
            output_tokens: piece.3,
            images: piece.4,
            ..Usage::default()
        };
        let cost = |model: &str| {
            let cost = |piece| quote(&card, &usage(model, piece)).map(|q| q.cost.micro());
            let costs = pieces.iter().map(cost);
            costs.sum::<nivella_credits::Result<i64>>()
        };
        if let (Ok(own), Ok(other)) = (cost("small"), cost("large")) {
            let sum = |part: fn(&Piece) -> u64| pieces.iter().map(part).sum();
            let work = Work {
                cost: Credits::from_micro(own),
                messages: sum(|piece| piece.0),
                call_ms: sum(|piece| piece.1),
                images: sum(|piece| piece.4),
                ..work("f", "0", pieces.len() as u64)
            };
            let line = one(card.clone(), work);
            // Only tokens that were free are beyond what can be said.
            let free = card.rates.iter().any(|rate| {
                matches!(rate.unit, Unit::InputTokens | Unit::OutputTokens)
                    && rate.model.as_deref() != Some("large") && rate.credits.is_zero()
            });
            prop_assert!(free || line.skipped == 0);
            if line.skipped == 0 {
                let (low, high) = (line.low.micro(), line.high.micro());
                prop_assert!(low <= other && other <= high, "{} <= {} <= {}", low, other, high);
            }
        }
    }
}
