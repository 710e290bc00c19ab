//! Rating: what holds for any rate card and use.

// A test fails by stopping.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use nivella_credits::Code;
use nivella_credits::core::rate_card::parse_rate;
use nivella_credits::core::{Credits, Instant, Quote, Rate, RateCard, Unit, Usage, quote};
use proptest::prelude::*;
use rust_decimal::Decimal;

const INCREMENTS: [u32; 8] = [1, 6, 7, 15, 30, 60, 90, 3_600];

/// A card with a rate for every unit of one feature, small enough that no cost is refused.
fn any_card() -> impl Strategy<Value = RateCard> {
    let quantum = prop_oneof![
        prop::sample::select(vec![1_i64, 10_000, 100_000, 700_000, 1_000_000]),
        1..50_000_000_i64
    ];
    let nano = || prop_oneof![0..1_000_i64, 0..100_000_000_000_i64];
    let rates = (nano(), nano(), nano(), nano(), nano(), nano());
    (quantum, rates, prop::sample::select(&INCREMENTS[..])).prop_map(|(quantum, r, increment_s)| {
        let call = Unit::CallMinute { increment_s };
        let rates = [
            (Unit::Message, r.0),
            (call, r.1),
            (Unit::InputTokens, r.2),
            (Unit::OutputTokens, r.3),
            (Unit::Image, r.4),
            (Unit::Use, r.5),
        ]
        .map(|(unit, nano)| Rate {
            feature: "any".into(),
            model: None,
            unit,
            credits: Decimal::new(nano, 9),
        });
        RateCard {
            version: 1,
            effective_at: Instant::parse("2026-11-01T00:00:00Z").unwrap(),
            quantum: Credits::from_micro(quantum),
            rates: rates.into(),
        }
    })
}

fn any_usage() -> impl Strategy<Value = Usage> {
    let some = || prop_oneof![0..100_u64, 0..1_000_000_u64];
    (some(), 0..500_000_000_u64, some(), some(), some()).prop_map(|q| Usage {
        feature: "any".into(),
        messages: q.0,
        call_ms: q.1,
        input_tokens: q.2,
        output_tokens: q.3,
        images: q.4,
        ..Usage::default()
    })
}

/// The exact cost by long hand, in 1/60,000 of 10^-9 credits: not the engine's denominator.
fn exact(card: &RateCard, usage: &Usage) -> i128 {
    let of = |rate: &Rate| {
        let nano = rate.credits.mantissa();
        let (quantity, divisor) = match rate.unit {
            Unit::Message => (usage.messages, 1),
            Unit::CallMinute { increment_s } => {
                let increment_ms = u64::from(increment_s) * 1_000;
                let started = usage.call_ms / increment_ms
                    + u64::from(!usage.call_ms.is_multiple_of(increment_ms));
                (started * u64::from(increment_s), 60)
            }
            Unit::InputTokens => (usage.input_tokens, 1_000),
            Unit::OutputTokens => (usage.output_tokens, 1_000),
            Unit::Image => (usage.images, 1),
            Unit::Use => (1, 1),
        };
        nano * i128::from(quantity) * (60_000 / divisor)
    };
    card.rates.iter().map(of).sum()
}

fn cost(quote: &Quote) -> i64 {
    quote.cost.micro()
}

proptest! {
    #[test]
    fn a_cost_is_the_first_quantum_at_or_above_the_exact_product(
        card in any_card(), usage in any_usage(),
    ) {
        let cost = cost(&quote(&card, &usage).unwrap());
        let parts = |micro: i64| i128::from(micro) * 1_000 * 60_000;
        let (charged, quantum) = (parts(cost), parts(card.quantum.micro()));
        let exact = exact(&card, &usage);
        prop_assert!(charged >= exact && charged < exact + quantum);
        prop_assert_eq!(cost % card.quantum.micro(), 0);
    }

    #[test]
    fn lines_add_up_to_the_cost_before_rounding(card in any_card(), usage in any_usage()) {
        let quoted = quote(&card, &usage).unwrap();
        let sum: Decimal = quoted.lines.iter().map(|line| line.product).sum();
        // One line at most, the call's, is shown rounded up, by less than its last decimal.
        let shown = sum - Decimal::new(1, 12);
        prop_assert!(Decimal::new(cost(&quoted), 6) > shown);
        prop_assert!(Decimal::new(cost(&quoted) - card.quantum.micro(), 6) < sum);
    }

    #[test]
    fn more_never_costs_less(card in any_card(), usage in any_usage(), more in any_usage()) {
        let both = together(&usage, &more);
        prop_assert!(cost(&quote(&card, &both).unwrap()) >= cost(&quote(&card, &usage).unwrap()));
    }

    #[test]
    fn a_use_in_two_parts_is_never_cheaper(
        card in any_card(), usage in any_usage(), more in any_usage(),
    ) {
        let parts = [&usage, &more].map(|part| cost(&quote(&card, part).unwrap()));
        let whole = cost(&quote(&card, &together(&usage, &more)).unwrap());
        prop_assert!(parts[0] + parts[1] >= whole);
    }

    #[test]
    fn the_order_of_rates_never_matters(
        card in any_card(), usage in any_usage(), turn in 0..6_usize,
    ) {
        let mut turned = card.clone();
        turned.rates.rotate_left(turn);
        prop_assert_eq!(quote(&turned, &usage), quote(&card, &usage));
    }

    #[test]
    fn no_use_traps(card in any_card(), quantity in any::<u64>(), call_ms in any::<u64>()) {
        let feature = "any".to_owned();
        let usage = Usage { feature, messages: quantity, call_ms, ..Usage::default() };
        let in_range = quantity <= 1_000_000_000 && call_ms <= 1_000_000_000_000;
        match quote(&card, &usage) {
            Ok(_) => prop_assert!(in_range),
            Err(error) if in_range => prop_assert_eq!(error.code, Code::AmountOutOfRange),
            Err(error) => prop_assert_eq!(error.code, Code::QuantityInvalid),
        }
    }

    #[test]
    fn every_rate_reads_as_it_is_written(
        digits in 0..=1_000_000_000_000_000_000_i64, scale in 0..=9_u32,
    ) {
        let rate = Decimal::new(digits, scale);
        let fits = rate <= Decimal::from(1_000_000_000);
        prop_assert_eq!(parse_rate(&rate.to_string()).ok(), fits.then_some(rate));
    }
}

fn together(one: &Usage, other: &Usage) -> Usage {
    Usage {
        messages: one.messages + other.messages,
        call_ms: one.call_ms + other.call_ms,
        input_tokens: one.input_tokens + other.input_tokens,
        output_tokens: one.output_tokens + other.output_tokens,
        images: one.images + other.images,
        ..one.clone()
    }
}
