//! The cheapest packages against an oracle that tries everything, and against the clock.

// A test fails by stopping.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod advisor_support;

use std::time::{Duration, Instant};

use advisor_support::{covers, micro, need, of, oracle, package, whole};
use nivella_credits::core::advisor::{Answer, Need, Supply, cheapest};
use nivella_credits::core::{Credits, Package};
use proptest::prelude::*;

fn packages() -> impl Strategy<Value = Vec<Package>> {
    let days = prop_oneof![2 => Just(None), 3 => (1_u32..8).prop_map(Some)];
    // Few different prices and sizes, so that ties are frequent.
    let sizes = prop_oneof![1_i64..12, (1_i64..4).prop_map(|n| n * 3)];
    let prices = prop_oneof![0_i64..20, (1_i64..4).prop_map(|n| n * 6)];
    let one = (sizes, 0_i64..3, prices, 0_u32..4, days, 0_u8..4);
    prop::collection::vec(one, 0..5).prop_map(|list| {
        let read = |(credits, bonus, minor, most, days, id): (i64, i64, i64, u32, _, u8)| {
            let mut one = package(&id.to_string(), micro(credits), minor, most, days);
            one.bonus = micro(bonus);
            one
        };
        list.into_iter().map(read).collect()
    })
}

fn needs() -> impl Strategy<Value = Need> {
    let ends = prop_oneof![Just(None), (1_u32..8).prop_map(Some)];
    let supply = (0_i64..8, 0_u32..5, ends).prop_map(|(amount, from_day, until_day)| Supply {
        amount: micro(amount),
        from_day,
        until_day,
    });
    let daily = prop::collection::vec((0_i64..6).prop_map(micro), 1..8);
    (daily, prop::collection::vec(supply, 0..4), 0_i64..4, 0_u32..4).prop_map(
        |(daily, supplies, debt, buy_day)| {
            let buy_day = buy_day.min(daily.len() as u32 - 1);
            Need { daily, supplies, debt: micro(debt), buy_day }
        },
    )
}

fn first_days(need: &Need) -> Need {
    let mut before = need.clone();
    before.daily.iter_mut().skip(need.buy_day as usize).for_each(|day| *day = Credits::ZERO);
    if need.buy_day == 0 {
        before.debt = Credits::ZERO;
    }
    before
}

proptest! {
    #[test]
    fn no_other_choice_is_better(need in needs(), packages in packages()) {
        let advice = cheapest(&need, &packages).unwrap();
        let mut counts = vec![0; packages.len()];
        advice.items.iter().for_each(|item| counts[item.package] = item.quantity);
        match oracle(&need, &packages) {
            Some(best) => {
                prop_assert_eq!(&counts, &best);
                let nothing = best.iter().all(|count| *count == 0);
                let free = covers(&need, &[]);
                prop_assert_eq!(nothing, free);
                let expected = if nothing { Answer::Nothing } else { Answer::Buy };
                prop_assert_eq!(advice.answer, expected);
            }
            None => {
                let late = !covers(&first_days(&need), &[]);
                let expected = if late { Answer::TooLate } else { Answer::NotEnough };
                prop_assert_eq!(advice.answer, expected);
                prop_assert!(advice.items.is_empty());
            }
        }
    }

    #[test]
    fn every_credit_is_accounted_for(need in needs(), packages in packages()) {
        let advice = cheapest(&need, &packages).unwrap();
        if advice.answer == Answer::Buy || advice.answer == Answer::Nothing {
            let there: i64 = need.supplies.iter().map(|supply| supply.amount.micro()).sum();
            let rest: i64 = advice.items.iter().map(|i| i.lapses.micro() + i.left.micro()).sum();
            let rest = rest + advice.supply_lapses.micro() + advice.supply_left.micro();
            let bought = advice.bought.micro();
            prop_assert_eq!(there + bought, advice.need.micro() + rest);
            // One item less, and the need is not covered.
            for (n, item) in advice.items.iter().enumerate() {
                let less = |(m, other): (usize, &nivella_credits::core::advisor::Item)| {
                    let quantity = other.quantity - u32::from(n == m);
                    of(&packages[other.package], quantity, &need)
                };
                let bought: Vec<Supply> = advice.items.iter().enumerate().map(less).collect();
                prop_assert!(!covers(&need, &bought), "item {}: {:?}", n, item);
            }
        }
    }
}

/// Numbers that look random and are the same everywhere.
fn random(seed: &mut u64, below: u64) -> i64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    ((*seed >> 33) % below) as i64
}

#[test]
fn two_hundred_packages_are_answered_in_time() {
    let mut seed = 7;
    let mut answers = Vec::new();
    for round in 0..12 {
        let list: Vec<Package> = (0..200)
            .map(|n| {
                let size = [1_000_000, 1_000_000_000_000, 40_000][round % 3];
                let credits = random(&mut seed, size) + 1;
                let fair =
                    if round % 2 == 0 { credits / 100 + 1 } else { random(&mut seed, 9_999) };
                let credits = if round < 6 { whole(credits) } else { micro(credits * 1_001 + 7) };
                let days = [None, Some(30), Some(90)][if round % 4 < 2 { 0 } else { n % 3 }];
                package(&n.to_string(), credits, fair + random(&mut seed, 3), 999, days)
            })
            .collect();
        let day = list.iter().map(|p| p.credits.micro()).max().unwrap() / 20;
        let started = Instant::now();
        let advice = cheapest(&need(&[micro(day); 100], &[], 0), &list).unwrap();
        let took = started.elapsed();
        assert!(took < Duration::from_secs(30), "round {round}: {took:?}");

        answers.push(advice.answer);
    }
    assert!(answers.contains(&Answer::Buy));
}

/// Sizes and prices as stores have them: each is answered, whatever is needed.
#[test]
fn the_packages_of_a_store_are_never_too_many() {
    let mut seed = 11;
    for round in 0..40 {
        let sizes = [500, 1_000, 2_000, 2_500, 5_000, 10_000, 20_000, 25_000, 40_000, 100_000];
        let list: Vec<Package> = (0_i64..)
            .zip(sizes)
            .map(|(n, size)| {
                let off = [0, 2 * n, 40 - n][round % 3];
                let price = size / 2 * (100 - off) / 100 - [0, 1, 5][round % 2 + round % 5 / 4];
                let days = [None, Some(90), Some(365)][random(&mut seed, 3) as usize];
                package(&n.to_string(), whole(size), price, 99, days)
            })
            .collect();
        let day = random(&mut seed, 30_000_000_000) + 1;
        let advice = cheapest(&need(&[micro(day); 120], &[], 0), &list).unwrap();
        assert_ne!(advice.answer, Answer::TooMany, "round {round}, {day}");
    }
}
