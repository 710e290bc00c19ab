//! The advisor's limits: what it refuses with a code, and what it answers at the edges.

// A test fails by stopping.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod advisor_support;

use advisor_support::{micro, need, package, whole};
use nivella_credits::Code;
use nivella_credits::core::advisor::{
    Answer, Campaign, Need, PlanOffer, Supply, campaign, cheapest, plans, typical, value,
};
use nivella_credits::core::{Credits, Package, Plan, Unavailable};
use rust_decimal::Decimal;

fn code<T>(result: nivella_credits::Result<T>) -> Option<Code> {
    result.err().map(|error| error.code)
}

#[test]
fn a_need_out_of_range_is_refused() {
    let one = || need(&[whole(1)], &[], 0);
    let supply = |amount| Supply { amount, from_day: 0, until_day: None };
    let refused = |need: Need| code(cheapest(&need, &[]));
    assert_eq!(refused(one()), None);
    let cases = [
        (need(&[], &[], 0), Code::PeriodInvalid),
        (need(&[whole(1); 1_101], &[], 0), Code::PeriodInvalid),
        (need(&[whole(1)], &[], 1), Code::PeriodInvalid),
        (need(&[whole(1)], &[supply(whole(1)); 1_001], 0), Code::QuantityInvalid),
        (need(&[micro(-1)], &[], 0), Code::AmountOutOfRange),
        (need(&[whole(1)], &[supply(micro(-1))], 0), Code::AmountOutOfRange),
        (Need { debt: micro(-1), ..one() }, Code::AmountOutOfRange),
        (need(&[Credits::MAX, micro(1)], &[], 0), Code::AmountOverflow),
        (need(&[whole(1)], &[supply(Credits::MAX); 2], 0), Code::AmountOverflow),
    ];
    for (need, expected) in cases {
        assert_eq!(refused(need), Some(expected));
    }
}

#[test]
fn packages_that_cannot_be_compared_are_refused() {
    let good = package("a", whole(10), 100, 9, None);
    let with = |change: fn(&mut Package)| {
        let mut other = good.clone();
        change(&mut other);
        code(cheapest(&need(&[whole(1)], &[], 0), &[good.clone(), other]))
    };
    assert_eq!(with(|p| p.price.currency = "EUR".to_owned()), Some(Code::FieldInvalid));
    assert_eq!(with(|p| p.price.minor_unit = 0), Some(Code::FieldInvalid));
    assert_eq!(with(|p| p.credits = Credits::ZERO), Some(Code::PackageWithoutCredits));
    assert_eq!(with(|p| p.price.minor = -1), Some(Code::DecimalInvalid));
    let dear = package("a", whole(1), i64::MAX, 9, None);
    let two = need(&[whole(2)], &[], 0);
    assert_eq!(code(cheapest(&two, &[dear])), Some(Code::AmountOverflow));
}

#[test]
fn what_cannot_be_bought_is_not_advised() {
    let mut sold_out = package("a", whole(10), 1, 9, None);
    sold_out.unavailable = Some(Unavailable::SoldOut);
    sold_out.price.currency = String::new();
    let none_left = package("b", whole(10), 2, 0, None);
    let beyond = package("c", whole(1_000_000_000_000), 3, 9, None);
    let beyond = Package { bonus: micro(1), ..beyond };
    let list = [sold_out, none_left, beyond, package("d", whole(10), 999, 9, None)];
    let advice = cheapest(&need(&[whole(1)], &[], 0), &list).unwrap();
    assert_eq!((advice.items.len(), advice.items[0].package), (1, 3));
}

/// Sizes without a common measure at one price per credit: nothing tells them apart early.
#[test]
fn what_is_too_much_to_compare_is_said() {
    let list: Vec<Package> = (0..60_i64)
        .map(|n| {
            let size = 1_000_003 + n * n * 7_919 + n * 104_729;
            package(&n.to_string(), micro(size * 1_000), size, 999, None)
        })
        .collect();
    let advice = cheapest(&need(&[micro(987_654_321_012)], &[], 0), &list).unwrap();
    assert_eq!((advice.answer, advice.items.len(), advice.price), (Answer::TooMany, 0, 0));
    assert_eq!(advice.missing, micro(987_654_321_012));
    let many: Vec<Package> =
        (0..201).map(|n| package(&n.to_string(), whole(1), 1, 9, None)).collect();
    let answer = |list: &[Package]| cheapest(&need(&[whole(1)], &[], 0), list).unwrap().answer;
    assert_eq!(answer(&many), Answer::TooMany);
    assert_eq!(answer(&many[..200]), Answer::Buy);
}

#[test]
fn a_campaign_out_of_range_is_refused() {
    let good = Campaign {
        visitors: 1_000_000_000,
        per_visitor: Decimal::new(1_000, 0),
        from_day: 0,
        to_day: 1,
        cost: micro(1),
    };
    let refused = |change: fn(&mut Campaign)| {
        let mut plan = good;
        change(&mut plan);
        code(campaign(&need(&[whole(1)], &[], 0), &plan, &[]))
    };
    assert_eq!(refused(|_| ()), None);
    assert_eq!(refused(|c| c.to_day = 2), Some(Code::PeriodInvalid));
    assert_eq!(refused(|c| c.to_day = 0), Some(Code::PeriodInvalid));
    assert_eq!(refused(|c| c.visitors += 1), Some(Code::QuantityInvalid));
    assert_eq!(refused(|c| c.visitors = u64::MAX), Some(Code::QuantityInvalid));
    assert_eq!(refused(|c| c.per_visitor = Decimal::MAX), Some(Code::QuantityInvalid));
    assert_eq!(refused(|c| c.per_visitor = Decimal::new(-1, 0)), Some(Code::QuantityInvalid));
    assert_eq!(refused(|c| c.per_visitor = Decimal::new(1, 10)), Some(Code::QuantityInvalid));
    assert_eq!(refused(|c| c.cost = micro(-1)), Some(Code::AmountOutOfRange));
    assert_eq!(refused(|c| c.cost = Credits::MAX), Some(Code::AmountOverflow));
}

#[test]
fn plans_out_of_range_are_refused() {
    let plan = |allowance| PlanOffer {
        plan: Plan {
            key: "start".to_owned(),
            name: "Start".to_owned(),
            level: 1,
            allowance,
            unlimited: false,
            rollover_cap: Credits::ZERO,
            features: Vec::new(),
        },
        price: Some(100),
    };
    let refused = |used: &[Credits], offer: PlanOffer, current| {
        code(plans(used, &[], &[offer], current, &[]))
    };
    let used = [whole(1); 3];
    assert_eq!(refused(&used, plan(whole(1)), Some(0)), None);
    assert_eq!(refused(&[], plan(whole(1)), Some(0)), None);
    assert_eq!(refused(&used, plan(whole(1)), Some(1)), Some(Code::PlanUnknown));
    assert_eq!(refused(&used, plan(micro(-1)), None), Some(Code::PlanInvalid));
    assert_eq!(refused(&[whole(1); 37], plan(whole(1)), None), Some(Code::QuantityInvalid));
    assert_eq!(refused(&[micro(-1)], plan(whole(1)), None), Some(Code::AmountOutOfRange));
    let negative = PlanOffer { price: Some(-1), ..plan(whole(1)) };
    assert_eq!(refused(&used, negative, None), Some(Code::DecimalInvalid));
}

#[test]
fn a_typical_conversation_is_told_from_all_of_them() {
    let told = |costs: &[i64]| {
        let costs: Vec<Credits> = costs.iter().map(|cost| micro(*cost)).collect();
        let told = typical(&costs).unwrap();
        told.map(|t| (t.count, t.median.micro(), t.mean.micro()))
    };
    assert_eq!(told(&[]), None);
    assert_eq!(told(&[7]), Some((1, 7, 7)));
    assert_eq!(told(&[9, 1, 2]), Some((3, 2, 4)));
    assert_eq!(told(&[10, 1, 2, 3]), Some((4, 3, 4)));
    assert_eq!(told(&[1, 1, 2]), Some((3, 1, 2)), "rounded up");
    assert_eq!(code(typical(&[micro(-1)])), Some(Code::AmountOutOfRange));
}

#[test]
fn an_event_has_its_cost() {
    let cost = |credits: &[i64], events: &[u64]| {
        let credits: Vec<Credits> = credits.iter().map(|c| micro(*c)).collect();
        value(&credits, events)
            .map(|v| (v.credits.micro(), v.events, v.per_event.map(Credits::micro)))
    };
    assert_eq!(cost(&[10, 10], &[3]), Ok((20, 3, Some(7))), "rounded up");
    assert_eq!(cost(&[], &[3]), Ok((0, 3, Some(0))));
    assert_eq!(cost(&[10], &[0, 0]), Ok((10, 0, None)));
    assert_eq!(code(cost(&[-1], &[1])), Some(Code::AmountOutOfRange));
    assert_eq!(code(cost(&[i64::MAX, 1], &[1])), Some(Code::AmountOverflow));
    assert_eq!(code(cost(&[1], &[u64::MAX])), Some(Code::QuantityInvalid));
}
