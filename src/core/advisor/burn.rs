//! Use, day by day: what supplies cover of it, and what becomes of them.

use std::ops::Range;

use crate::core::Credits;
use crate::core::advisor::{Need, Supply};
use crate::core::order::sorted;

/// What became of a need.
pub(super) struct Burnt {
    /// What nothing covered.
    pub short: Credits,
    /// The first day on which something was not covered.
    pub short_day: Option<u32>,
    /// What is left of each supply, in the order given.
    pub left: Vec<Credits>,
}

/// Draws the use of every day but the idle ones, what ends first being used first.
///
/// No other order of drawing covers more: for supplies that can each be used on consecutive days,
/// the one that ends first is never the wrong one to take (Glover 1967, convex bipartite matching).
pub(super) fn burn(need: &Need, supplies: &[Supply], idle: &Range<usize>) -> Burnt {
    let ends: Vec<usize> =
        supplies.iter().map(|s| s.until_day.map_or(usize::MAX, |day| day as usize)).collect();
    let end = |index: usize| ends.get(index).copied().unwrap_or(0);
    let order = sorted(ends.len(), &|a, b| end(a) < end(b));
    let mut left: Vec<i64> = supplies.iter().map(|supply| supply.amount.micro()).collect();
    let (mut short, mut short_day) = (0, None);
    let mut first = 0;
    for (day, credits) in need.daily.iter().enumerate() {
        if idle.contains(&day) {
            continue;
        }
        let debt = if day == 0 { need.debt.micro() } else { 0 };
        // Both were checked to sum up within 64 bits.
        let mut rest = credits.micro() + debt;
        let gone =
            |index: &usize| end(*index) <= day || left.get(*index).is_none_or(|left| *left == 0);
        first += order.iter().skip(first).take_while(|index| gone(index)).count();
        for index in order.iter().skip(first) {
            let begun = supplies.get(*index).is_some_and(|s| s.from_day as usize <= day);
            if rest == 0 {
                break;
            }
            if let Some(left) = left.get_mut(*index).filter(|_| begun && end(*index) > day) {
                let drawn = rest.min(*left);
                *left -= drawn;
                rest -= drawn;
            }
        }
        if rest > 0 {
            short_day = short_day.or(u32::try_from(day).ok());
            short += rest;
        }
    }
    let left = left.into_iter().map(Credits::from_micro).collect();
    Burnt { short: Credits::from_micro(short), short_day, left }
}
