//! Daily consumption as a row of numbers.

use crate::core::Credits;

/// What each civil day from `first` to the one before `end` used, in micro-credits. Days that are
/// not named used nothing; one that is named twice used both; below 0 counts as 0.
pub(super) fn row(used: &[(i64, Credits)], first: i64, end: i64) -> Vec<i64> {
    let mut row = vec![0_i64; usize::try_from(end.saturating_sub(first)).unwrap_or(0)];
    for (day, credits) in used.iter().filter(|(day, _)| *day >= first) {
        let place = usize::try_from(day.saturating_sub(first)).unwrap_or(usize::MAX);
        if let Some(sum) = row.get_mut(place) {
            *sum = sum.saturating_add(credits.micro().max(0));
        }
    }
    row
}

/// The first day with use among those from `oldest` to the one before `end`.
pub(super) fn first_used(used: &[(i64, Credits)], oldest: i64, end: i64) -> Option<i64> {
    let inside = used.iter().filter(|(day, _)| (oldest..end).contains(day));
    inside.filter(|(_, credits)| credits.is_positive()).map(|(day, _)| *day).min()
}
