//! Where credits come from, as rows and bars: amounts that add up to the number above them.

use crate::core::{Credits, GrantKind, Instant, Pool};

/// The pools that are told apart on screen, in their fixed order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PoolName {
    /// The plan's allowance of this cycle.
    Plan,
    /// Bought.
    Purchased,
    /// Given on top of a purchase.
    Bonus,
    /// Given back or corrected by hand.
    Other,
}

impl PoolName {
    /// The pool that a grant of this kind counts to.
    pub const fn of(kind: GrantKind) -> PoolName {
        match kind {
            GrantKind::Allowance => PoolName::Plan,
            GrantKind::Purchase => PoolName::Purchased,
            GrantKind::Bonus => PoolName::Bonus,
            GrantKind::Refund | GrantKind::Adjustment => PoolName::Other,
        }
    }

    /// As it stands in `data-pool` and, behind `pool.`, in the catalogue.
    pub const fn word(self) -> &'static str {
        match self {
            PoolName::Plan => "plan",
            PoolName::Purchased => "purchased",
            PoolName::Bonus => "bonus",
            PoolName::Other => "other",
        }
    }
}

/// When the credits of a pool end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// Never.
    Never,
    /// All at this time.
    All(Instant),
    /// This much of it at this time, the rest later or never.
    Part(Credits, Instant),
}

/// One pool on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolRow {
    /// Which one.
    pub name: PoolName,
    /// What is available of it, exact.
    pub available: Credits,
    /// The same in whole credits, such that all rows add up to the total above them.
    pub whole: i64,
    /// When it ends.
    pub ends: Ends,
}

/// Pools gathered by name, in their fixed order; a pool with nothing available is left out.
pub fn pool_rows(pools: &[Pool]) -> Vec<PoolRow> {
    let names = [PoolName::Plan, PoolName::Purchased, PoolName::Bonus, PoolName::Other];
    let mut rows: Vec<PoolRow> = names.iter().filter_map(|&name| gather(name, pools)).collect();
    let amounts: Vec<Credits> = rows.iter().map(|row| row.available).collect();
    for (row, whole) in rows.iter_mut().zip(whole_parts(&amounts)) {
        row.whole = whole;
    }
    rows
}

fn gather(name: PoolName, pools: &[Pool]) -> Option<PoolRow> {
    let mine = |pool: &&Pool| PoolName::of(pool.kind) == name && pool.available.is_positive();
    let available = sum(pools.iter().filter(mine).map(|pool| pool.available));
    let first = pools.iter().filter(mine).filter_map(|pool| pool.expires_at).min();
    let ends = match first {
        None => Ends::Never,
        Some(at) => {
            let then = |pool: &&Pool| mine(pool) && pool.expires_at == Some(at);
            let part = sum(pools.iter().filter(then).map(|pool| pool.available));
            if part == available { Ends::All(at) } else { Ends::Part(part, at) }
        }
    };
    available.is_positive().then_some(PoolRow { name, available, whole: 0, ends })
}

/// The sum. What a reader passed on is bounded by the posted sum, so it never saturates.
fn sum(amounts: impl Iterator<Item = Credits>) -> Credits {
    Credits::from_micro(amounts.fold(0_i64, |total, amount| total.saturating_add(amount.micro())))
}

/// Whole credits for amounts that stand beside their floored total: the differences of the floored
/// running sums, so that they add up to it exactly.
///
/// ```
/// use nivella_credits::{core::Credits, view::pools::whole_parts};
/// let parts = ["0.6", "0.6", "0.9"].map(|text| Credits::parse(text).unwrap());
/// assert_eq!(whole_parts(&parts), [0, 1, 1]); // 2.1 in all
/// ```
pub fn whole_parts(amounts: &[Credits]) -> Vec<i64> {
    let mut running = 0_i64;
    let parts = amounts.iter().map(|amount| {
        let before = Credits::from_micro(running).floor();
        running = running.saturating_add(amount.micro());
        Credits::from_micro(running).floor() - before
    });
    parts.collect()
}

/// How much of `scale` an amount is, in millionths: the width of its segment.
pub fn share(amount: Credits, scale: Credits) -> u32 {
    if !scale.is_positive() {
        return 0;
    }
    let millionths = i128::from(amount.micro()) * 1_000_000 / i128::from(scale.micro());
    millionths.clamp(0, 1_000_000) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pool(kind: GrantKind, available: &str, days: Option<i64>) -> Pool {
        let expires_at = days.map(|d| Instant::from_ms(d * crate::core::DAY_MS).unwrap());
        let available = Credits::parse(available).unwrap();
        let priority = crate::core::DEFAULT_PRIORITY;
        Pool { priority, kind, available, held: Credits::ZERO, expires_at }
    }

    #[test]
    fn rows_add_up_to_the_floored_total() {
        let pools = [
            pool(GrantKind::Allowance, "0.6", Some(10)),
            pool(GrantKind::Bonus, "0.6", None),
            pool(GrantKind::Purchase, "0.9", None),
        ];
        let rows = pool_rows(&pools);
        let names: Vec<_> = rows.iter().map(|row| (row.name.word(), row.whole)).collect();
        assert_eq!(names, [("plan", 0), ("purchased", 1), ("bonus", 1)]);
    }

    #[test]
    fn a_pool_says_when_its_first_part_ends() {
        let day = |d| Instant::from_ms(d * crate::core::DAY_MS).unwrap();
        let part = Credits::parse("500").unwrap();
        let table = [
            (vec![pool(GrantKind::Purchase, "5", None)], Ends::Never),
            (vec![pool(GrantKind::Purchase, "5", Some(3))], Ends::All(day(3))),
            (
                vec![
                    pool(GrantKind::Purchase, "1", None),
                    pool(GrantKind::Purchase, "500", Some(9)),
                ],
                Ends::Part(part, day(9)),
            ),
        ];
        for (pools, ends) in table {
            assert_eq!(pool_rows(&pools).first().map(|row| row.ends), Some(ends));
        }
    }

    #[test]
    fn shares_are_of_one_scale() {
        let credits = |text| Credits::parse(text).unwrap();
        assert_eq!(share(credits("841"), credits("2341")), 359_248);
        assert_eq!(share(credits("1000000000000"), credits("1000000000000")), 1_000_000);
        assert_eq!(share(credits("5"), Credits::ZERO), 0);
    }
}
