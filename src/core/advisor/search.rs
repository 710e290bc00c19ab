//! The search for the cheapest choice, and what it need not look at.

use std::cmp::Reverse;

use crate::core::advisor::cover::Offer;

/// About a tenth of a second in a browser.
const MOST_WORK: u32 = 4_000_000;
const MOST_NODES: usize = 400_000;
/// Bits behind the point of a bound.
const FRACTION: u32 = 32;

/// A partial choice.
#[derive(Clone, Copy, Default)]
struct Label {
    cover: u64,
    price: u64,
    items: u64,
    node: usize,
}

/// So many of one offer, on top of another node; the first node is the empty choice.
#[derive(Clone, Copy, Default)]
struct Node {
    before: usize,
    offer: usize,
    quantity: u32,
}

/// Lower is better.
pub(super) type Rank = (u64, u64, u64, Reverse<Vec<u32>>);

/// A search: what is given, and how far it is.
pub(super) struct Search {
    /// By class, then the cheapest credits first: as they are decided.
    offers: Vec<Offer>,
    /// The same, the cheapest credits of all first.
    cheap: Vec<Offer>,
    /// The largest amount of the offers from each place on.
    largest: Vec<u64>,
    floors: Vec<u64>,
    goal: u64,
    nodes: Vec<Node>,
    /// The best complete choice.
    pub best: Option<Rank>,
    work: u32,
    /// What a bound has taken of each offer of `cheap`.
    taken: Vec<u64>,
}

impl Search {
    /// Of offers in the order in which they are decided, and in that of their credits' price.
    pub fn new(offers: Vec<Offer>, cheap: Vec<Offer>, floors: Vec<u64>) -> Search {
        let mut largest: Vec<u64> = offers.iter().map(|offer| offer.amount).collect();
        let mut most = 1;
        for amount in largest.iter_mut().rev() {
            most = most.max(*amount);
            *amount = most;
        }
        let goal = floors.last().copied().unwrap_or(0);
        let nodes = vec![Node::default()];
        Search {
            offers,
            cheap,
            largest,
            floors,
            goal,
            nodes,
            best: None,
            work: 0,
            taken: Vec::new(),
        }
    }

    /// A first good choice, so that much can be dropped early: floor after floor the cheapest
    /// credits, and for what is then missing whatever costs least for it.
    pub fn guess(&mut self) {
        let mut counts = vec![0_u32; self.offers.len()];
        let (mut cover, mut price, mut items) = (0_u64, 0_u64, 0_u64);
        for (class, floor) in self.floors.iter().enumerate() {
            let mut whole = self.cheap.iter();
            while cover < *floor {
                let missing = *floor - cover;
                let there = |offer: &&Offer| {
                    let taken = counts.get(offer.index).copied().unwrap_or(u32::MAX);
                    offer.class <= class && taken < offer.most
                };
                let cost =
                    |offer: &&Offer| missing.div_ceil(offer.amount).saturating_mul(offer.price);
                // As many whole ones as fit of each, then what finishes it for the least.
                let (offer, most) = match whole.by_ref().find(there) {
                    Some(offer) => (offer, missing / offer.amount),
                    None => match self.cheap.iter().filter(there).min_by_key(cost) {
                        Some(offer) => (offer, missing.div_ceil(offer.amount)),
                        None => return,
                    },
                };
                let Some(count) = counts.get_mut(offer.index) else { return };
                let more = most.min(u64::from(offer.most - *count));
                *count += more as u32;
                cover = cover.saturating_add(more.saturating_mul(offer.amount));
                price = price.saturating_add(more.saturating_mul(offer.price));
                items += more;
            }
        }
        if price < u64::MAX {
            self.best = Some((price, items, cover, Reverse(counts)));
        }
    }

    /// Decides offer after offer; none when there is too much to compare.
    pub fn run(&mut self) -> Option<()> {
        let mut front = vec![Label::default()];
        for (place, offer) in self.offers.clone().iter().enumerate() {
            // Quantities are put together from bundles of halves, so that each is a yes or no.
            let needed = self.goal.div_ceil(offer.amount).min(offer.most.into());
            let mut left = needed as u32;
            while left > 0 {
                let bundle = left.div_ceil(2);
                left -= bundle;
                self.decide(place, offer, (bundle, left), &mut front)?;
            }
            if self.offers.get(place + 1).is_none_or(|next| next.class > offer.class) {
                let floor = self.floors.get(offer.class).copied().unwrap_or(0);
                front.retain(|label| label.cover >= floor);
            }
        }
        Some(())
    }

    fn spend(&mut self, work: usize) -> Option<()> {
        self.work = self.work.saturating_add(u32::try_from(work).unwrap_or(u32::MAX));
        (self.work <= MOST_WORK && self.nodes.len() <= MOST_NODES).then_some(())
    }

    /// Every choice with and without a bundle of an offer that can still win, `left` of the offer
    /// being still to be decided.
    fn decide(
        &mut self,
        place: usize,
        offer: &Offer,
        (bundle, left): (u32, u32),
        front: &mut Vec<Label>,
    ) -> Option<()> {
        let mut lists = [Vec::new(), Vec::new()];
        for (quantity, next) in [bundle, 0].into_iter().zip(&mut lists) {
            for label in front.iter() {
                let Some(mut more) = label.plus(offer, quantity) else { continue };
                let Some((price, items)) = self.least(place, left, more.cover)? else { continue };
                let least = (more.price.saturating_add(price), more.items + items);
                if self.best.as_ref().is_some_and(|best| least > (best.0, best.1)) {
                    continue;
                }
                if quantity > 0 {
                    more.node = self.nodes.len();
                    self.nodes.push(Node { before: label.node, offer: offer.index, quantity });
                }
                if more.cover >= self.goal {
                    self.complete(&more);
                } else {
                    next.push(more);
                }
            }
        }
        let [with, without] = &lists;
        *front = self.merge(with, without)?;
        Some(())
    }

    /// What so many of the offer at this place and all behind it must cost and count at least to
    /// reach every floor that is left; none where they can't.
    ///
    /// Fractions of offers may be taken here. Floor after floor the cheapest credits that last long
    /// enough are then best: whatever reaches a floor can be exchanged for them, and they count for
    /// every later floor as well.
    fn least(&mut self, place: usize, left: u32, cover: u64) -> Option<Option<(u64, u64)>> {
        let (mut reached, mut price, mut steps) = (cover, 0_u128, 1 + self.cheap.len() / 16);
        let first = self.offers.get(place).map_or(0, |offer| offer.class);
        let mut taken = std::mem::take(&mut self.taken);
        taken.clear();
        taken.resize(self.cheap.len(), 0);
        for (class, floor) in self.floors.iter().enumerate().skip(first) {
            for (offer, taken) in self.cheap.iter().zip(&mut taken) {
                if reached >= *floor {
                    break;
                }
                steps += 1;
                if offer.place < place || offer.class > class {
                    continue;
                }
                let most = u64::from(if offer.place == place { left } else { offer.most });
                let there = offer.amount.saturating_mul(most);
                let part = there.saturating_sub(*taken).min(*floor - reached);
                // Whole offers need no division, which is slow where 128 bits are put together.
                price = price.saturating_add(if part == there {
                    (u128::from(offer.price) * u128::from(most)) << FRACTION
                } else {
                    // Rounded down, so that it stays a bound.
                    let amount = u128::from(offer.amount);
                    let cost = u128::from(offer.price) * u128::from(part);
                    ((cost / amount) << FRACTION) + ((cost % amount) << FRACTION) / amount
                });
                *taken += part;
                reached += part;
            }
        }
        self.taken = taken;
        self.spend(steps)?;
        let price = price.saturating_add((1 << FRACTION) - 1) >> FRACTION;
        let price = u64::try_from(price).unwrap_or(u64::MAX);
        let largest = self.largest.get(place).copied().unwrap_or(1);
        let items = self.goal.saturating_sub(cover).div_ceil(largest);
        Some((reached >= self.goal).then_some((price, items)))
    }

    fn complete(&mut self, label: &Label) {
        let counts = Reverse(self.counts(label.node));
        let rank = (label.price, label.items, label.cover, counts);
        if self.best.as_ref().is_none_or(|best| rank < *best) {
            self.best = Some(rank);
        }
    }

    fn counts(&self, mut node: usize) -> Vec<u32> {
        let mut counts = vec![0; self.offers.len()];
        while let Some(one) = self.nodes.get(node).filter(|_| node > 0) {
            if let Some(count) = counts.get_mut(one.offer) {
                *count += one.quantity;
            }
            node = one.before;
        }
        counts
    }

    /// Both lists in one, in the order that both are in: what covers most first, then the lowest
    /// price, then the fewest items. What another choice beats, whatever follows, is dropped.
    fn merge(&mut self, with: &[Label], without: &[Label]) -> Option<Vec<Label>> {
        let mut kept: Vec<Label> = Vec::with_capacity(with.len().max(without.len()));
        let (mut a, mut b) = (with.iter().peekable(), without.iter().peekable());
        let mut least = (u64::MAX, u64::MAX);
        let rank = |label: &Label| (Reverse(label.cover), label.price, label.items);
        loop {
            let first = match (a.peek(), b.peek()) {
                (Some(x), Some(y)) if rank(y) < rank(x) => b.next(),
                (None, _) => b.next(),
                _ => a.next(),
            };
            let Some(label) = first else { return Some(kept) };
            let key = (label.price, label.items);
            match kept.last_mut() {
                _ if key > least => {}
                Some(last) if last.cover == label.cover && key == least => {
                    self.spend(self.offers.len())?;
                    if self.counts(label.node) > self.counts(last.node) {
                        *last = *label;
                    }
                }
                _ => {
                    least = key;
                    kept.push(*label);
                }
            }
        }
    }
}

impl Label {
    /// With so many of this offer; none where a sum leaves 64 bits.
    fn plus(&self, offer: &Offer, quantity: u32) -> Option<Label> {
        let times = u64::from(quantity);
        Some(Label {
            cover: offer.amount.checked_mul(times)?.checked_add(self.cover)?,
            price: offer.price.checked_mul(times)?.checked_add(self.price)?,
            items: self.items + times,
            node: self.node,
        })
    }
}
