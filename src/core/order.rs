//! The one sort of the crate: each sort of the library is compiled for its own list again, and is
//! thousands of bytes every time.

/// The places of so many things in their order; equals stay as they are. Merges runs of 1, 2, 4...,
/// so a million things take twenty passes.
///
/// ```
/// use nivella_credits::core::order::sorted;
/// let words = ["pill", "app", "usage"];
/// assert_eq!(sorted(words.len(), &|a, b| words[a] < words[b]), [1, 0, 2]);
/// ```
pub fn sorted(count: usize, before: &dyn Fn(usize, usize) -> bool) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    let mut width = 1;
    while width < count {
        let mut merged = Vec::with_capacity(count);
        for pair in order.chunks(2 * width) {
            let (mut a, mut b) = pair.split_at(width.min(pair.len()));
            loop {
                let next = match (a, b) {
                    ([x, ..], [y, ..]) if before(*y, *x) => &mut b,
                    ([], _) => &mut b,
                    _ => &mut a,
                };
                let [first, rest @ ..] = *next else { break };
                merged.push(*first);
                *next = rest;
            }
        }
        order = merged;
        width *= 2;
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_the_stable_order(things in proptest::collection::vec(0_u8..9, 0..70)) {
            let mut expected: Vec<usize> = (0..things.len()).collect();
            expected.sort_by_key(|place| things[*place]);
            prop_assert_eq!(sorted(things.len(), &|a, b| things[a] < things[b]), expected);
        }
    }
}
