//! What an account will need, day by day, and what it has for that already.

use crate::core::runway::{Supply as Coming, supplies_of};
use crate::core::{Balance, Credits, Instant, Zone};
use crate::error::{Code, Error, Result};

/// Credits that can be used on some days: a pool, a coming allowance, or a bought package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Supply {
    /// 0 or more.
    pub amount: Credits,
    /// The first day on which they can be used.
    pub from_day: u32,
    /// The first day on which they can't be used any more; none: they never end.
    pub until_day: Option<u32>,
}

/// The use that is expected, and what there is for it without buying anything.
///
/// Supplies are used in the order in which they end, as the ledger does by default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// The credits that each day will use, from day 0: at most 1,100 days.
    pub daily: Vec<Credits>,
    /// What is there and what is to come, in any order: at most 1,000.
    pub supplies: Vec<Supply>,
    /// What is owed. It is needed on day 0, because nothing is available before it is repaid.
    pub debt: Credits,
    /// The day on which packages would be paid for and their validity begins.
    pub buy_day: u32,
}

const MAX_DAYS: usize = 1_100;
const MAX_SUPPLIES: usize = 1_000;

impl Need {
    /// From a balance and what is to come beside it: pools without what holds reserve, and debt.
    /// On days that an unlimited plan covers wholly nothing is needed.
    ///
    /// A supply counts from the day in which it comes to the day before the one in which it ends.
    pub fn of(balance: &Balance, coming: &[Coming], zone: &Zone, daily: Vec<Credits>) -> Need {
        let today = zone.date_of(balance.as_of).days();
        let day = |at: Instant| u32::try_from(zone.date_of(at).days() - today).unwrap_or(0);
        let mut daily = daily;
        if balance.unlimited {
            let covered = balance.unlimited_until.map_or(daily.len(), |end| day(end) as usize);
            daily.iter_mut().take(covered).for_each(|credits| *credits = Credits::ZERO);
        }
        let supply = |supply: &Coming| Supply {
            amount: supply.amount,
            from_day: supply.from_at.map_or(0, day),
            until_day: supply.expires_at.map(day),
        };
        let supplies = supplies_of(balance).iter().chain(coming).map(supply).collect();
        Need { daily, supplies, debt: balance.debt, buy_day: 0 }
    }

    /// Checks every field against its range.
    ///
    /// # Errors
    /// `period_invalid` for no days or more than 1,100, or a purchase behind them;
    /// `quantity_invalid` for more than 1,000 supplies; `amount_out_of_range` for an amount below
    /// 0; `amount_overflow` where a sum leaves 64 bits.
    pub fn validate(&self) -> Result<()> {
        let days = self.daily.len();
        if days == 0 || days > MAX_DAYS || self.buy_day as usize >= days {
            let message = "a need has 1 to 1,100 days, and the purchase is on one of them";
            return Err(Error::new(Code::PeriodInvalid, message).at("daily"));
        }
        if self.supplies.len() > MAX_SUPPLIES {
            let message = "a need has at most 1,000 supplies";
            return Err(Error::new(Code::QuantityInvalid, message).at("supplies"));
        }
        self.total()?;
        sum(&mut self.supplies.iter().map(|supply| supply.amount)).map(|_| ())
    }

    /// All that is needed, debt included.
    pub(super) fn total(&self) -> Result<Credits> {
        sum(&mut self.daily.iter().copied().chain([self.debt]))
    }
}

/// The sum of amounts that are each 0 or more.
pub(super) fn sum(amounts: &mut dyn Iterator<Item = Credits>) -> Result<Credits> {
    let mut sum = Credits::ZERO;
    for amount in amounts {
        if amount < Credits::ZERO {
            return Err(Error::new(Code::AmountOutOfRange, "an amount is 0 or more"));
        }
        sum = sum.checked_add(amount)?;
    }
    Ok(sum)
}
