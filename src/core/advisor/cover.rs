//! The cheapest packages that cover what is missing, exactly.
//!
//! A covering knapsack with floors: packages come in classes, the longest-lasting first, and those
//! of class 0 to k together must reach floor k. Packages are decided one after another, in bundles
//! of which any quantity can be put together. A partial choice is kept only while it can still win:
//!
//! - it is dropped where another of the same stage covers no less for a lower price, or for the
//!   same price with fewer items, because whatever completes it completes the other too;
//! - it is dropped where even fractions of the best packages left, which no whole packages beat,
//!   cost more than the best complete choice so far.
//!
//! Both keep every optimum of (price, items, surplus, ids), so the answer is exact. The work is
//! limited: a hostile list is answered with [`Cover::TooMany`], never with a guess.

use std::cmp::{Ordering, Reverse};

use crate::core::advisor::search::Search;
use crate::core::order::sorted;

/// A package as the search sees it.
#[derive(Clone, Copy)]
pub(super) struct Offer {
    /// Its place in the order of ids, from 0 without a gap.
    pub index: usize,
    /// Its place in the order in which offers are decided; set by the search.
    pub place: usize,
    /// Micro-credits of one, above 0.
    pub amount: u64,
    /// Its price in the smallest unit.
    pub price: u64,
    /// How many of it there may be.
    pub most: u32,
    /// 0 for what lasts longest.
    pub class: usize,
}

/// What the search found.
pub(super) enum Cover {
    /// How many of each offer.
    Found(Vec<u32>),
    /// All of them together do not cover it.
    Never,
    /// There is too much to compare.
    TooMany,
}

/// Finds the cheapest choice; on equal prices the one of fewer items, then of a smaller surplus,
/// then with more of the first ids. `floors` ascend, one for each class.
pub(super) fn cover(mut offers: Vec<Offer>, mut floors: Vec<u64>) -> Cover {
    // Smaller numbers, and prices that step together: a bound then rounds up to a whole step.
    let by_amount = divisor(&mut offers.iter().map(|offer| offer.amount));
    let by_price = divisor(&mut offers.iter().map(|offer| offer.price));
    for offer in &mut offers {
        offer.amount /= by_amount;
        offer.price /= by_price;
    }
    floors.iter_mut().for_each(|floor| *floor = floor.div_ceil(by_amount));
    offers = in_order(&offers, &|a, b| (a.class, dearer(a, b)) < (b.class, Ordering::Equal));
    for (place, offer) in offers.iter_mut().enumerate() {
        offer.place = place;
    }
    let cheap = in_order(&offers, &|a, b| dearer(a, b).is_lt());
    let mut search = Search::new(offers, cheap, floors);
    search.guess();
    match (search.run(), search.best) {
        (None, _) => Cover::TooMany,
        (_, None) => Cover::Never,
        (_, Some((.., Reverse(counts)))) => Cover::Found(counts),
    }
}

fn in_order(offers: &[Offer], before: &dyn Fn(&Offer, &Offer) -> bool) -> Vec<Offer> {
    let both = |a, b| Some((offers.get(a)?, offers.get(b)?));
    let order = sorted(offers.len(), &|a, b| both(a, b).is_some_and(|(a, b)| before(a, b)));
    order.into_iter().filter_map(|index| offers.get(index).copied()).collect()
}

/// The greatest number that divides all of them, 1 where they are all 0.
fn divisor(numbers: &mut dyn Iterator<Item = u64>) -> u64 {
    let common = |mut a: u64, mut b: u64| {
        while b > 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    numbers.fold(0, common).max(1)
}

/// By the price of a credit; of equals the larger offer is first.
fn dearer(a: &Offer, b: &Offer) -> Ordering {
    let across = |x: &Offer, y: &Offer| u128::from(x.price) * u128::from(y.amount);
    across(a, b).cmp(&across(b, a)).then(b.amount.cmp(&a.amount))
}
