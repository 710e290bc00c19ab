//! Projection: the balance after a hypothetical purchase, pool by pool.
//!
//! It does what the ledger would do if the packages were paid for at this instant: each brings a
//! grant of promotional credits, where it has a bonus, and one of purchased credits; debt is repaid
//! first. A projection is never a fact.

use crate::core::{Balance, Credits, DAY_MS, DEFAULT_PRIORITY, GrantKind, Instant, Package};
use crate::error::{Code, Error, Result};

/// The balance after a purchase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Projection {
    /// What is available now.
    pub current: Credits,
    /// What the packages bring, bonus included.
    pub credits: Credits,
    /// What would be available then.
    pub projected: Credits,
    /// What would be available, in burn order; pools without any are left out.
    pub pools: Vec<ProjectedPool>,
    /// What of the new credits goes to repay debt.
    pub repaid: Credits,
}

/// Credits of one kind with one expiry and one priority, after the purchase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProjectedPool {
    /// Lower burns first.
    pub priority: u8,
    /// Why they were or would be granted.
    pub kind: GrantKind,
    /// What could be spent of them.
    pub available: Credits,
    /// When what is unused ends; none: never.
    pub expires_at: Option<Instant>,
    /// The purchase brings them.
    pub added: bool,
}

/// Projects the purchase of so many of each package.
///
/// With nothing in the cart it is the current balance.
///
/// # Errors
/// `amount_out_of_range` for more of a package than one order item may be; `amount_overflow` beyond
/// 64 bits; `time_invalid` for a validity beyond the year 9999.
pub fn project(balance: &Balance, cart: &[(&Package, u32)], as_of: Instant) -> Result<Projection> {
    let mut debt = balance.debt;
    let mut pools = Vec::with_capacity(balance.pools.len() + 2 * cart.len());
    for pool in &balance.pools {
        let over = pool.expires_at.is_some_and(|end| end <= as_of);
        let available = if over { Credits::ZERO } else { repay(&mut debt, pool.available)? };
        let (priority, kind, expires_at) = (pool.priority, pool.kind, pool.expires_at);
        pools.push(ProjectedPool { priority, kind, available, expires_at, added: false });
    }
    let current = sum(&pools)?;
    let (owed, mut credits) = (debt, Credits::ZERO);
    for (package, quantity) in cart {
        let lasts = package.validity_days.map(|days| as_of.plus_ms(i64::from(days) * DAY_MS));
        let expires_at = lasts.transpose()?;
        let item = package.credits.checked_add(package.bonus)?.checked_times(*quantity)?;
        if item > Credits::MAX_MOVEMENT {
            let message = "an order item is at most 10^12 credits, its bonus included";
            return Err(Error::new(Code::AmountOutOfRange, message).at("quantity"));
        }
        for (kind, each) in
            [(GrantKind::Bonus, package.bonus), (GrantKind::Purchase, package.credits)]
        {
            let amount = each.checked_times(*quantity)?;
            credits = credits.checked_add(amount)?;
            let available = repay(&mut debt, amount)?;
            let priority = DEFAULT_PRIORITY;
            let pool = ProjectedPool { priority, kind, available, expires_at, added: true };
            insert(&mut pools, pool)?;
        }
    }
    pools.retain(|pool| pool.available.is_positive());
    let (projected, repaid) = (sum(&pools)?, owed.checked_sub(debt)?);
    Ok(Projection { current, credits, projected, pools, repaid })
}

/// Pays debt from these credits; answers what is left of them.
fn repay(debt: &mut Credits, credits: Credits) -> Result<Credits> {
    let paid = credits.min(*debt);
    *debt = debt.checked_sub(paid)?;
    credits.checked_sub(paid)
}

fn sum(pools: &[ProjectedPool]) -> Result<Credits> {
    pools.iter().try_fold(Credits::ZERO, |sum, pool| sum.checked_add(pool.available))
}

/// New credits have the latest start: of their priority they burn after everything that expires
/// with them or earlier and is not less promotional.
fn insert(pools: &mut Vec<ProjectedPool>, new: ProjectedPool) -> Result<()> {
    let key = |pool: &ProjectedPool| {
        let end = (pool.expires_at.is_none(), pool.expires_at);
        (pool.priority, end, !pool.kind.is_promotional())
    };
    let same = |pool: &&mut ProjectedPool| {
        pool.added && (pool.kind, pool.expires_at) == (new.kind, new.expires_at)
    };
    if let Some(pool) = pools.iter_mut().find(same) {
        pool.available = pool.available.checked_add(new.available)?;
    } else {
        let before = pools.iter().rposition(|pool| key(pool) <= key(&new));
        pools.insert(before.map_or(0, |index| index + 1), new);
    }
    Ok(())
}
