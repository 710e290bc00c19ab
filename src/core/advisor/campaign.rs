//! A campaign: what extra visitors will use, and what to buy before it.

use rust_decimal::Decimal;

use crate::core::advisor::need::sum;
use crate::core::advisor::{Advice, Need, cheapest};
use crate::core::{Credits, Package};
use crate::error::{Code, Error, Result};

/// What conversations of the account cost so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Typical {
    /// How many there are to tell from.
    pub count: u64,
    /// The cost in the middle; of an even number the higher of the two.
    pub median: Credits,
    /// All of them by their number, rounded up to a micro-credit: what many will cost each.
    pub mean: Credits,
}

/// What a conversation typically costs, from the costs of the account's own; none without any.
///
/// # Errors
/// `amount_out_of_range` for a cost below 0; `amount_overflow` for a sum beyond 64 bits.
pub fn typical(costs: &[Credits]) -> Result<Option<Typical>> {
    let total = sum(&mut costs.iter().copied())?;
    let (count, mut low) = (costs.len(), 0);
    let mut high = costs.iter().max().map_or(0, |most| most.micro());
    // Halving the range of costs takes less code than a sort, and no memory.
    while low < high {
        let middle = low + (high - low) / 2;
        if costs.iter().filter(|cost| cost.micro() <= middle).count() > count / 2 {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    let count = count as u64;
    let mean = total.micro().unsigned_abs().div_ceil(count.max(1)) as i64;
    let (median, mean) = (Credits::from_micro(low), Credits::from_micro(mean));
    Ok((count > 0).then_some(Typical { count, median, mean }))
}

/// What is planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Campaign {
    /// Visitors on top of the usual ones, in all: at most 10^9.
    pub visitors: u64,
    /// How many conversations each of them begins, on average: 0 to 1,000, at most 9
    /// decimals.
    pub per_visitor: Decimal,
    /// Its first day.
    pub from_day: u32,
    /// The day behind its last.
    pub to_day: u32,
    /// What one conversation costs.
    pub cost: Credits,
}

/// What a campaign uses, and what to buy before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampaignPlan {
    /// Conversations on top of the usual ones, rounded up.
    pub conversations: u64,
    /// What they cost.
    pub credits: Credits,
    /// What they cost on each of the campaign's days.
    pub extra: Vec<Credits>,
    /// When credits run out without the campaign; none: not within the need's days.
    pub runs_out_before: Option<u32>,
    /// The latest day on which to buy: before the campaign, and before credits run out.
    pub buy_day: u32,
    /// What to buy then for the need with the campaign; its `runs_out` counts the campaign too.
    pub advice: Advice,
}

const MAX_VISITORS: u64 = 1_000_000_000;
const MAX_PER_VISITOR: u128 = 1_000;
const MAX_DECIMALS: u32 = 9;

impl Campaign {
    /// Visitors times conversations, rounded up; none out of range.
    fn conversations(&self) -> Option<u64> {
        let scale = self.per_visitor.scale();
        let each = u128::try_from(self.per_visitor.mantissa()).ok()?;
        let one = 10_u128.pow(scale.min(MAX_DECIMALS));
        let sane =
            scale <= MAX_DECIMALS && self.visitors <= MAX_VISITORS && each <= one * MAX_PER_VISITOR;
        let all = each.checked_mul(u128::from(self.visitors))?.div_ceil(one);
        u64::try_from(all).ok().filter(|_| sane)
    }
}

/// Plans a campaign on top of a need, whose day of purchase is set anew.
///
/// The extra conversations are spread evenly over the campaign's days.
///
/// # Errors
/// `period_invalid` for a campaign without days, or with days that are not among the need's;
/// `quantity_invalid` for too many visitors or conversations; `amount_out_of_range` for a cost
/// below 0; and what [`cheapest`] refuses.
pub fn campaign(need: &Need, plan: &Campaign, packages: &[Package]) -> Result<CampaignPlan> {
    let (from, to) = (plan.from_day as usize, plan.to_day as usize);
    if from >= to || to > need.daily.len() {
        let message = "a campaign has days, all of them among the need's";
        return Err(Error::new(Code::PeriodInvalid, message).at("to_day"));
    }
    let invalid = "at most 10^9 visitors, and at most 1,000 conversations of each";
    let invalid = || Error::new(Code::QuantityInvalid, invalid).at("visitors");
    let conversations = plan.conversations().ok_or_else(invalid)?;
    let cost = sum(&mut [plan.cost].into_iter())?.micro();
    let overflow = || Error::new(Code::AmountOverflow, "the campaign does not fit 64 bits");
    let credits = i64::try_from(conversations).ok().and_then(|all| all.checked_mul(cost));
    let credits = credits.ok_or_else(overflow)?;
    let days = i64::from(plan.to_day - plan.from_day);
    // Sums of days are rounded up, so that no part of the campaign begins too late.
    let (each, rest) = (credits / days, credits % days);
    let until = |day: i64| (rest * day + days - 1) / days;
    let extra = (0..days).map(|day| Credits::from_micro(each + until(day + 1) - until(day)));
    let extra: Vec<Credits> = extra.collect();
    let mut with = Need { buy_day: 0, ..need.clone() };
    let runs_out_before = cheapest(&with, &[])?.runs_out;
    for (day, more) in with.daily.iter_mut().skip(from).zip(&extra) {
        *day = day.checked_add(*more)?;
    }
    let runs_out = cheapest(&with, &[])?.runs_out;
    with.buy_day = runs_out.unwrap_or(plan.from_day).min(plan.from_day);
    let advice = cheapest(&with, packages)?;
    let credits = Credits::from_micro(credits);
    let buy_day = with.buy_day;
    Ok(CampaignPlan { conversations, credits, extra, runs_out_before, buy_day, advice })
}
