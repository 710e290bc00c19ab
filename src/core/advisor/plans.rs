//! Plans: whether another one would have cost less for the same use.

use crate::core::advisor::need::sum;
use crate::core::advisor::{Answer, Need, cheapest};
use crate::core::{Credits, Package, Plan};
use crate::error::{Code, Error, Result};

/// A plan that can be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanOffer {
    /// The plan.
    pub plan: Plan,
    /// Its price for one cycle in the smallest unit of the packages' currency; none: not known, and
    /// then nothing is said about its cost.
    pub price: Option<i64>,
}

/// What the account's own cycles would have been under a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanCost {
    /// The plan's place in the list that was given; none: no plan.
    pub plan: Option<usize>,
    /// What ends unused of each cycle's credits, beside what rolls over; oldest first.
    pub lapsed: Vec<Credits>,
    /// What the plan does not cover, over all cycles.
    pub excess: Credits,
    /// The plan's price over all cycles; none: not known.
    pub plan_price: Option<i64>,
    /// The price of packages for the excess; none: not known.
    pub packs_price: Option<i64>,
}

impl PlanCost {
    /// Plan and packages together; none where one of them is not known.
    pub fn total(&self) -> Option<i64> {
        self.plan_price?.checked_add(self.packs_price?)
    }
}

/// The running plan, and a better one where there is one for certain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanAdvice {
    /// How many cycles were replayed.
    pub cycles: usize,
    /// The running plan. Its packages are counted at the least that they can have cost.
    pub current: PlanCost,
    /// The plan that would have cost least, if surely less than the running one. Its packages are
    /// counted at a price for which they can be had.
    pub better: Option<PlanCost>,
    /// The better plan's level is above the running one's.
    pub upgrade: bool,
    /// In how many of the last cycles without a break some of the allowance ended unused.
    pub idle_cycles: usize,
}

/// Fewer cycles say too little.
const LEAST_CYCLES: usize = 3;
const MAX_CYCLES: usize = 36;
const MAX_PLANS: usize = 100;
/// No cycle is longer, so credits that last so many days last to its end.
const CYCLE_DAYS: u32 = 31;

/// Compares the running plan with the others for the same use.
///
/// `used` is what each whole cycle used, oldest first, work that an unlimited plan waived included;
/// `features` are those that were used: a plan without one of them is not compared. With fewer
/// than 3 cycles, or where a price is not known, nothing is said to be better.
///
/// A better plan is one that would have cost less beyond doubt: the running plan's packages are
/// counted as if none of their credits could end, the other plan's as one order at the start, in
/// which credits end.
///
/// # Errors
/// `quantity_invalid` for more than 36 cycles or 100 plans; `plan_unknown` for a running plan that
/// is not in the list; `amount_out_of_range` for a use below 0; `amount_overflow` for a sum beyond
/// 64 bits; `decimal_invalid` for a price below 0; and what [`Plan::validate`] and
/// [`Package::validate`] refuse.
pub fn plans(
    used: &[Credits],
    features: &[&str],
    offers: &[PlanOffer],
    current: Option<usize>,
    packages: &[Package],
) -> Result<PlanAdvice> {
    if used.len() > MAX_CYCLES || offers.len() > MAX_PLANS {
        let message = "at most 36 cycles and 100 plans are compared";
        return Err(Error::new(Code::QuantityInvalid, message));
    }
    let missing = || Error::new(Code::PlanUnknown, "the running plan is not in the list");
    let running = current.map(|index| offers.get(index).ok_or_else(missing)).transpose()?;
    sum(&mut used.iter().copied())?;
    let level = running.map(|offer| offer.plan.level);
    let mut own = replay(used, running)?;
    own.cost.plan = current;
    own.cost.packs_price = packs(&own.short, packages, true)?;
    let (mut better, mut upgrade) = (None, false);
    let mut least = own.cost.total().filter(|_| used.len() >= LEAST_CYCLES);
    for (index, offer) in offers.iter().enumerate() {
        offer.plan.validate()?;
        if offer.price.is_some_and(|price| price < 0) {
            return Err(Error::new(Code::DecimalInvalid, "a price is not negative").at("price"));
        }
        let does = features.iter().all(|feature| offer.plan.allows(feature));
        let Some(most) = least.filter(|_| does && current != Some(index)) else { continue };
        let mut other = replay(used, Some(offer))?;
        // What can't win by its price alone needs no search for packages.
        if other.cost.plan_price.is_some_and(|price| price < most) {
            other.cost.plan = Some(index);
            other.cost.packs_price = packs(&other.short, packages, false)?;
            if let Some(total) = other.cost.total().filter(|total| *total < most) {
                least = Some(total);
                upgrade = level.is_none_or(|level| offer.plan.level > level);
                better = Some(other.cost);
            }
        }
    }
    let idle = own.cost.lapsed.iter().rev().take_while(|lapsed| lapsed.is_positive());
    let (cycles, idle_cycles) = (used.len(), idle.count());
    Ok(PlanAdvice { cycles, current: own.cost, better, upgrade, idle_cycles })
}

struct Replay {
    cost: PlanCost,
    /// What each cycle uses beyond the plan.
    short: Vec<Credits>,
}

/// Cycles under a plan, as the ledger books them: what is unused rolls over up to the cap.
fn replay(used: &[Credits], offer: Option<&PlanOffer>) -> Result<Replay> {
    let (mut lapsed, mut short) = (Vec::new(), Vec::new());
    let mut rolled = Credits::ZERO;
    for used in used {
        let (has, cap) = match offer {
            Some(offer) if offer.plan.unlimited => (*used, Credits::ZERO),
            Some(offer) => (rolled.checked_add(offer.plan.allowance)?, offer.plan.rollover_cap),
            None => (Credits::ZERO, Credits::ZERO),
        };
        let unused = has.checked_sub(has.min(*used))?;
        rolled = unused.min(cap);
        short.push(used.checked_sub(has.min(*used))?);
        lapsed.push(unused.checked_sub(rolled)?);
    }
    let cycles = used.len() as i64;
    let plan_price = match offer {
        Some(offer) => offer.price.and_then(|price| price.checked_mul(cycles)),
        None => Some(0),
    };
    let excess = sum(&mut short.iter().copied())?;
    Ok(Replay {
        cost: PlanCost { plan: None, lapsed, excess, plan_price, packs_price: None },
        short,
    })
}

/// What packages cost for these cycles; none where that is not known.
///
/// At the least: all at once, as many orders as cycles, and no credit ends. Else one order at the
/// start, of credits that last whole cycles; a day of the need is then a cycle.
fn packs(short: &[Credits], packages: &[Package], at_least: bool) -> Result<Option<i64>> {
    if !short.iter().any(|credits| credits.is_positive()) {
        return Ok(Some(0));
    }
    let mut packages = packages.to_vec();
    for package in &mut packages {
        if at_least {
            package.validity_days = None;
            package.max_quantity = package.max_quantity.saturating_mul(short.len() as u32);
        } else if let Some(days) = package.validity_days {
            package.validity_days = Some((days / CYCLE_DAYS).max(1));
            if days < CYCLE_DAYS {
                package.max_quantity = 0;
            }
        }
    }
    let need =
        Need { daily: short.to_vec(), supplies: Vec::new(), debt: Credits::ZERO, buy_day: 0 };
    let advice = cheapest(&need, &packages)?;
    Ok((advice.answer == Answer::Buy).then_some(advice.price))
}
