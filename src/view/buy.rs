//! The buyer's choice, and what it would do to the balance.

use crate::core::Zone;
use crate::core::runway::{Pace, Span};
use crate::core::{
    Balance, Credits, GrantKind, Instant, Package, Price, ProjectedPool, Projection, project,
};
use crate::error::{Code, Error, Result};
use crate::view::lasts::{Ahead, Lasts};
use crate::view::pools::{PoolName, share, whole_parts};

/// Packages on offer, the balance as far as it is known, and what is chosen.
#[derive(Debug, Default)]
pub struct BuyModel {
    packages: Vec<Package>,
    balance: Option<Balance>,
    chosen: Option<(usize, u32)>,
    ahead: Ahead,
}

/// What stands beside the packages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Credits and bonus of the whole choice.
    pub credits: Credits,
    /// What is to pay, by the store's shown prices.
    pub payable: Price,
    /// Nothing while the balance is unknown.
    pub known: Option<Known>,
}

/// The part of the summary that needs a balance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Whole credits now.
    pub current: i64,
    /// Whole credits after the purchase.
    pub projected: i64,
    /// Segments now; both bars have one scale, in millionths of it.
    pub before: Vec<(&'static str, u32)>,
    /// Segments after the purchase.
    pub after: Vec<(&'static str, u32)>,
    /// What is used first, second and so on; whole credits that add up to `projected`.
    pub steps: Vec<Step>,
    /// How much of the purchase repays what is owed.
    pub repaid: Credits,
}

/// One pool in the order of use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// As it stands in `data-pool`.
    pub pool: &'static str,
    /// Whole credits.
    pub whole: i64,
    /// When what is unused ends.
    pub ends_at: Option<Instant>,
    /// Whether the plan brings as much again then.
    pub renews: bool,
}

impl BuyModel {
    /// Takes the packages of the store. A choice stays while it can still be bought; else the
    /// first package that can be is chosen. None is marked as better than the others.
    pub fn offer(&mut self, packages: Vec<Package>) {
        let before = self.chosen().map(|(package, quantity)| (package.id.clone(), quantity));
        self.packages = packages;
        self.ahead.forget();
        let first = self.packages.iter().position(|package| package.buyable());
        self.chosen = first.map(|index| (index, 1));
        if let Some((id, quantity)) = before {
            // Sold out since: then the first one stays chosen.
            let _ = self.choose(&id, quantity);
        }
    }

    /// The packages as they were offered.
    pub fn packages(&self) -> &[Package] {
        &self.packages
    }

    /// Takes a balance, or nothing where it is unknown.
    pub fn set_balance(&mut self, balance: Option<Balance>) {
        self.balance = balance;
        self.ahead.forget();
    }

    /// Takes the pace of the account and the zone of its days, or nothing where there is too
    /// little to say.
    pub fn set_pace(&mut self, pace: Option<(Pace, Zone)>) {
        self.ahead.set_pace(pace);
    }

    /// Works out how long the credits last, where something has changed since.
    pub fn look_ahead(&mut self) {
        self.ahead.look(self.balance.as_ref(), &self.packages, self.chosen);
    }

    /// How long the credits last, with each package and without, as last worked out.
    pub const fn ahead(&self) -> &Ahead {
        &self.ahead
    }

    /// The runway after the purchase; nothing while there is too little to say.
    pub fn runway(&mut self, projection: &Projection) -> Option<Span> {
        let limited = self.balance.as_ref().is_some_and(|balance| !balance.unlimited);
        self.look_ahead();
        self.ahead.runway(&projection.pools).filter(|_| limited)
    }

    /// The balance, where it is known.
    pub fn balance(&self) -> Option<&Balance> {
        self.balance.as_ref()
    }

    /// Chooses a package.
    ///
    /// # Errors
    /// `package_unknown`, `package_unavailable`, `quantity_invalid` below 1, `quantity_limited`
    /// above what the store sells at once. The choice before stays.
    pub fn choose(&mut self, id: &str, quantity: u32) -> Result<()> {
        let unknown = || Error::new(Code::PackageUnknown, "no package with this id is on offer");
        let position = self.packages.iter().position(|package| package.id == id);
        let found = position.and_then(|index| Some((index, self.packages.get(index)?)));
        let (index, package) = found.ok_or_else(unknown)?;
        package.check(quantity)?;
        self.chosen = Some((index, quantity));
        Ok(())
    }

    /// What is chosen, and how often.
    pub fn chosen(&self) -> Option<(&Package, u32)> {
        let (index, quantity) = self.chosen?;
        Some((self.packages.get(index)?, quantity))
    }

    /// What the choice costs.
    ///
    /// # Errors
    /// `amount_overflow` for a price beyond 64 bits.
    pub fn payable(&self) -> Result<Option<Price>> {
        self.chosen().map(|(package, quantity)| package.price.times(quantity)).transpose()
    }

    /// How long the credits last with what is chosen, as last worked out.
    pub fn lasts(&self) -> Option<Lasts> {
        self.ahead.with(self.chosen?.0)
    }

    /// The credits of the choice, its bonus included.
    ///
    /// # Errors
    /// `amount_overflow`.
    pub fn credits(&self) -> Result<Credits> {
        let Some((package, quantity)) = self.chosen() else { return Ok(Credits::ZERO) };
        package.credits.checked_add(package.bonus)?.checked_times(quantity)
    }

    /// The balance after the purchase; nothing while the balance is unknown.
    ///
    /// # Errors
    /// `amount_overflow`.
    pub fn projection(&self) -> Result<Option<Projection>> {
        let Some(balance) = &self.balance else { return Ok(None) };
        let cart: Vec<_> = self.chosen().into_iter().collect();
        project(balance, &cart, balance.as_of).map(Some)
    }

    /// All that the summary shows; nothing while nothing is chosen.
    ///
    /// # Errors
    /// `amount_overflow`.
    pub fn summary(&self) -> Result<Option<Summary>> {
        let Some(payable) = self.payable()? else { return Ok(None) };
        let limited = self.balance.as_ref().filter(|balance| !balance.unlimited);
        let known = match (self.projection()?, limited) {
            (Some(projection), Some(balance)) => Some(known(&projection, balance)),
            _ => None,
        };
        Ok(Some(Summary { credits: self.credits()?, payable, known }))
    }
}

fn known(projection: &Projection, balance: &Balance) -> Known {
    let scale = projection.current.max(projection.projected);
    let amounts: Vec<_> = projection.pools.iter().map(|pool| pool.available).collect();
    let wholes = whole_parts(&amounts);
    let steps =
        projection.pools.iter().zip(wholes).filter(|(pool, _)| pool.available.is_positive());
    // While there is debt nothing of the pools is available, so the first bar is empty.
    let now = balance
        .pools
        .iter()
        .filter(|pool| pool.available.is_positive() && !balance.debt.is_positive());
    Known {
        current: projection.current.floor(),
        projected: projection.projected.floor(),
        before: now.map(|p| (PoolName::of(p.kind).word(), share(p.available, scale))).collect(),
        after: projection
            .pools
            .iter()
            .filter(|pool| pool.available.is_positive())
            .map(|pool| (pool_word(pool), share(pool.available, scale)))
            .collect(),
        steps: steps.map(|(pool, whole)| step(pool, whole, balance)).collect(),
        repaid: projection.repaid,
    }
}

fn step(pool: &ProjectedPool, whole: i64, balance: &Balance) -> Step {
    let of_plan = !pool.added && PoolName::of(pool.kind) == PoolName::Plan;
    let plan = balance.plan.as_ref().filter(|_| of_plan);
    Step {
        pool: pool_word(pool),
        whole,
        ends_at: pool.expires_at,
        renews: plan.is_some_and(|plan| plan.renews()),
    }
}

fn pool_word(pool: &ProjectedPool) -> &'static str {
    match (pool.added, pool.kind) {
        (true, GrantKind::Bonus) => "new-bonus",
        (true, _) => "new",
        (false, kind) => PoolName::of(kind).word(),
    }
}
