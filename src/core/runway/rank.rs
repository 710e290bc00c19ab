//! Ranks of small lists without sorting them: less code than one more sort.

/// The value that stands at this place (0 is the smallest) when the values are sorted; 0 for none.
/// Values are 0 or more.
pub(super) fn at_rank(values: &[i64], place: usize) -> i64 {
    let (mut low, mut high) = (0, values.iter().copied().max().unwrap_or(0));
    while low < high {
        let middle = low + (high - low) / 2;
        if values.iter().filter(|value| **value <= middle).count() > place {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// The median; of an even number the lower of the two in the middle; 0 for none.
pub(super) fn median(values: &[i64]) -> i64 {
    at_rank(values, values.len().saturating_sub(1) / 2)
}
