//! What the account menu shows of a balance.

use crate::core::{Balance, Credits, Instant};
use crate::view::pools::{PoolName, PoolRow, pool_rows, share};

/// What a plan brings in its running cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// The credits.
    pub amount: Credits,
    /// The end of the cycle.
    pub ends_at: Instant,
    /// Whether another cycle follows.
    pub renews: bool,
}

/// The account menu of a balance that was read at some time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuView {
    /// Whole credits, or nothing under an unlimited plan.
    pub available: Option<i64>,
    /// Plan, purchased, bonus, other: what is available of each.
    pub pools: Vec<PoolRow>,
    /// What the plan brings in its running cycle.
    pub plan: Option<Allowance>,
    /// Reserved for work in progress; not counted in `available`.
    pub held: Credits,
    /// Owed, and repaid first.
    pub debt: Credits,
    /// Segments of the bar, in millionths of its width; empty where there is nothing to divide.
    pub bar: Vec<(PoolName, u32)>,
    /// The held part at the bar's end.
    pub bar_held: u32,
}

/// Makes the view.
pub fn menu_view(balance: &Balance) -> MenuView {
    let pools = pool_rows(&balance.pools);
    let in_debt = balance.debt.is_positive();
    let scale = balance.available.checked_add(balance.held).unwrap_or(Credits::ZERO);
    let bar: Vec<_> = if balance.unlimited || in_debt {
        Vec::new()
    } else {
        pools.iter().map(|row| (row.name, share(row.available, scale))).collect()
    };
    MenuView {
        available: (!balance.unlimited).then(|| balance.available.floor()),
        plan: balance.plan.as_ref().map(|plan| Allowance {
            amount: plan.allowance,
            ends_at: plan.cycle_ends_at,
            renews: plan.renews(),
        }),
        held: balance.held,
        debt: balance.debt,
        bar_held: if bar.is_empty() { 0 } else { share(balance.held, scale) },
        bar,
        // While there is debt nothing is available, whatever the pools still hold.
        pools: if in_debt { Vec::new() } else { pools },
    }
}
