//! Runway: when the credits run out at this pace; and spikes: days that stand out.

mod drain;
mod pace;
mod rank;
mod spikes;

pub use drain::{Point, Supply};
pub use pace::{COVERAGE_PERCENT, Pace, Silence};
pub use spikes::{Dimension, Driver, Slice, Spike, spikes};

use crate::core::{Balance, Credits, Instant, ProjectedPool, Zone};
use crate::error::Result;

/// When what an account has runs out at its pace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Runway {
    /// Not before this, with the stated coverage: the pace at its upper end.
    pub from: Instant,
    /// The expected time.
    pub around: Instant,
    /// Not after this, with the stated coverage; none where the pace at its lower end does not run
    /// out within two years (an allowance that nearly covers it).
    pub to: Option<Instant>,
    /// The expected use of an average day.
    pub per_day: Credits,
    /// What expires unused on the way.
    pub lost: Credits,
    /// The expected line: what is available now, at the start of each day, and 0 at `around`.
    pub line: Vec<Point>,
}

impl Pace {
    /// When these supplies run out at this pace. Supplies come in burn order, those that are still
    /// to come anywhere; debt is repaid from the first of them.
    ///
    /// # Errors
    /// `time_invalid` close to the year 9999.
    pub fn runway(
        &self,
        supplies: &[Supply],
        debt: Credits,
        zone: &Zone,
    ) -> Result<std::result::Result<Runway, Silence>> {
        let supplies = drain::ordered(supplies, debt, self);
        let expected = drain::drain(self, &supplies, zone, 1_000, true)?;
        if expected.line.first().is_none_or(|point| point.available.is_zero()) {
            return Ok(Err(Silence::Depleted));
        }
        let Some(around) = expected.out_at else { return Ok(Err(Silence::OverAYear)) };
        if expected.days > drain::YEAR_DAYS {
            return Ok(Err(Silence::OverAYear));
        }
        let Some((low, high)) = self.spread(expected.days) else {
            return Ok(Err(Silence::TooErratic));
        };
        let from = drain::drain(self, &supplies, zone, high, false)?.out_at.unwrap_or(around);
        let to = drain::drain(self, &supplies, zone, low, false)?.out_at;
        let (per_day, lost, line) = (self.per_day(), expected.lost, expected.line);
        Ok(Ok(Runway { from, around, to, per_day, lost, line }))
    }
}

/// The supplies of a balance: what is available of each pool.
pub fn supplies_of(balance: &Balance) -> Vec<Supply> {
    let pools = balance.pools.iter();
    pools.map(|pool| Supply::now(pool.available, pool.expires_at)).collect()
}

/// The supplies after a purchase; its debt is already repaid.
pub fn supplies_after(pools: &[ProjectedPool]) -> Vec<Supply> {
    pools.iter().map(|pool| Supply::now(pool.available, pool.expires_at)).collect()
}
