//! Shares and changes, in whole permille.

use crate::core::Credits;

/// How a number changed against the period before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// By so many permille more.
    More(i64),
    /// By so many permille less.
    Less(i64),
    /// By less than half a percent.
    Same,
    /// There was nothing before.
    New,
}

/// The share of a part in a whole, rounded half up; 0 of nothing.
///
/// ```
/// use nivella_credits::{core::Credits, view::dashboard::permille};
/// let credits = |whole| Credits::from_whole(whole);
/// assert_eq!(permille(credits(619)?, credits(1_500)?), 413);
/// assert_eq!(permille(credits(1)?, Credits::ZERO), 0);
/// # Ok::<(), nivella_credits::Error>(())
/// ```
pub fn permille(part: Credits, whole: Credits) -> i64 {
    if !whole.is_positive() {
        return 0;
    }
    let (part, whole) = (i128::from(part.micro()), i128::from(whole.micro()));
    i64::try_from((part * 2_000 + whole).div_euclid(2 * whole)).unwrap_or(i64::MAX)
}

/// What became of a number; nothing where it is 0 now and before.
pub fn change(now: Credits, before: Credits) -> Option<Change> {
    if before.is_zero() {
        return now.is_positive().then_some(Change::New);
    }
    // Less than half a percent reads as 0 percent.
    Some(match permille(now, before).saturating_sub(1_000) {
        -4..=4 => Change::Same,
        more if more > 0 => Change::More(more),
        less => Change::Less(-less),
    })
}

/// An estimate as it is said: whole credits from 10 on, tenths below, rounded half up.
///
/// ```
/// use nivella_credits::{core::Credits, view::dashboard::about};
/// let said = |text| Credits::parse(text).map(|amount| about(amount).to_string());
/// assert_eq!(said("49.382539")?, "49");
/// assert_eq!(said("1.55")?, "1.6");
/// # Ok::<(), nivella_credits::Error>(())
/// ```
pub fn about(amount: Credits) -> Credits {
    let step = if amount.micro() >= 10_000_000 { 1_000_000 } else { 100_000 };
    Credits::from_micro(amount.micro().saturating_add(step / 2) / step * step)
}
