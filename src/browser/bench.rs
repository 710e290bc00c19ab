//! Loops for `make bench`, never shipped: the same work as its peers do in JavaScript.
//!
//! Every loop gives back what it computed, so that the peers can be held to the same result.

use std::hint::black_box;

use wasm_bindgen::prelude::*;

use crate::core::Credits;
use crate::error::Result;

/// How many amounts the loops go round; a power of two.
const AMOUNTS: usize = 64;

/// Amounts as accounts have them: of one to a thousand credits, with up to two decimals.
fn amounts() -> Vec<Credits> {
    let cents = |n: i64| 100 + n * 15_610_007 % 99_900;
    (0..AMOUNTS as i64).map(|n| Credits::from_micro(cents(n) * 10_000)).collect()
}

/// The amounts as texts, one space between two.
#[wasm_bindgen]
pub fn bench_amounts() -> String {
    let texts: Vec<String> = amounts().iter().map(Credits::to_string).collect();
    texts.join(" ")
}

/// Runs one operation so many times, on one amount after the other, and adds up the results.
fn run(times: u32, operation: impl Fn(usize, Credits) -> Result<Credits>) -> String {
    let amounts = amounts();
    let mut sum = Credits::ZERO;
    for round in 0..times as usize {
        let index = round % AMOUNTS;
        let Some(amount) = amounts.get(index) else { break };
        let result = operation(index, black_box(*amount));
        let Some(next) = result.ok().and_then(|result| sum.checked_add(result).ok()) else { break };
        sum = next;
    }
    sum.to_string()
}

/// Adds amounts, each sum checked.
#[wasm_bindgen]
pub fn bench_add(times: u32) -> String {
    run(times, |_, amount| Ok(amount))
}

/// Multiplies by a quantity of 1 to 64 and adds.
#[wasm_bindgen]
pub fn bench_multiply(times: u32) -> String {
    run(times, |index, amount| amount.checked_times(black_box(index as u32 + 1)))
}

/// Rounds down to whole credits and adds.
#[wasm_bindgen]
pub fn bench_round(times: u32) -> String {
    run(times, |_, amount| Credits::from_whole(amount.floor()))
}

/// Parses and adds.
#[wasm_bindgen]
pub fn bench_parse(times: u32) -> String {
    let texts: Vec<String> = amounts().iter().map(Credits::to_string).collect();
    run(times, |index, _| Credits::parse(black_box(texts.get(index).map_or("", String::as_str))))
}
