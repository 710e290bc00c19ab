//! The gauge of the cycle and the four numbers beside it.

use crate::core::activity::{Activity, Filter};
use crate::core::civil::Date;
use crate::core::{Balance, Credits, GrantKind, PlanLine, Zone, cycle_at};
use crate::error::Result;
use crate::view::dashboard::share::permille;

/// What the gauge shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CycleState {
    /// A plan with an allowance.
    Plan,
    /// A plan without a limit.
    Unlimited,
    /// No plan.
    None,
    /// The allowance is used up and purchased credits are drawn.
    Over,
}

impl CycleState {
    /// Its name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            CycleState::Plan => "plan",
            CycleState::Unlimited => "unlimited",
            CycleState::None => "none",
            CycleState::Over => "over",
        }
    }
}

/// The cycle at a glance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CycleLine {
    /// What the gauge shows.
    pub state: CycleState,
    /// Consumed and held in permille of the allowance; together at most 1000.
    pub used: i64,
    /// See `used`.
    pub held_arc: i64,
    /// The cycle's allowance.
    pub allowance: Option<Credits>,
    /// Of the allowance in this cycle; without a plan all use of the last 30 days.
    pub consumed: Credits,
    /// Left of the allowance.
    pub remaining: Option<Credits>,
    /// Available from everything else.
    pub purchased: Credits,
    /// When the next of that ends, as a day.
    pub purchased_expires: Option<i64>,
    /// Reserved for work in progress.
    pub held: Credits,
    /// Drawn in this cycle beyond the allowance.
    pub over: Credits,
    /// What an unlimited plan covered in this cycle.
    pub waived: Credits,
    /// Owed.
    pub debt: Credits,
    /// What can be spent.
    pub available: Credits,
    /// The day behind the cycle's last.
    pub resets: Option<i64>,
    /// Whether another cycle begins on it.
    pub renews: bool,
    /// How many days until then.
    pub days_left: Option<i64>,
}

/// Reads the cycle from the balance and the activity.
///
/// # Errors
/// As [`Activity::summary`], and `time_invalid` close to the year 9999.
pub fn cycle_line(balance: &Balance, activity: &Activity, zone: &Zone) -> Result<CycleLine> {
    let today = zone.date_of(balance.as_of).days();
    let resets = balance.plan.as_ref().map(|plan| zone.date_of(plan.cycle_ends_at).days());
    let from = match &balance.plan {
        Some(plan) => first_day(plan, balance, zone)?,
        None => today - 29,
    };
    let used = activity.summary(&Filter::days(from.min(today), today))?.total;
    let sum = |take: &dyn Fn(&crate::core::Pool) -> Option<Credits>| {
        let parts = balance.pools.iter().filter_map(take);
        parts.fold(Credits::ZERO, Credits::saturating_add)
    };
    let of_plan = |kind: GrantKind| kind == GrantKind::Allowance;
    let left = sum(&|pool| of_plan(pool.kind).then_some(pool.available));
    let reserved = sum(&|pool| of_plan(pool.kind).then_some(pool.held));
    let purchased = sum(&|pool| (!of_plan(pool.kind)).then_some(pool.available));
    let ends = balance.pools.iter().filter(|pool| !of_plan(pool.kind));
    let ends = ends.filter(|pool| pool.available.is_positive());
    let plan = balance.plan.as_ref().filter(|_| !balance.unlimited);
    let allowance = plan.map(|plan| plan.allowance);
    let gone = |whole: Credits| {
        let consumed = whole.micro().saturating_sub(left.micro()).saturating_sub(reserved.micro());
        Credits::from_micro(consumed.max(0))
    };
    // Without a plan there is no allowance to be consumed of: all use counts.
    let consumed = allowance.map_or(used.credits, gone);
    let over = used.credits.micro().saturating_sub(consumed.micro()).max(0);
    let over = Credits::from_micro(if allowance.is_some() { over } else { 0 });
    let state = match allowance {
        _ if balance.unlimited => CycleState::Unlimited,
        None => CycleState::None,
        Some(_) if left.is_zero() && over.is_positive() => CycleState::Over,
        Some(_) => CycleState::Plan,
    };
    let whole = allowance.unwrap_or_default();
    let arc = permille(consumed, whole).clamp(0, 1_000);
    Ok(CycleLine {
        state,
        used: arc,
        held_arc: permille(reserved, whole).clamp(0, 1_000 - arc),
        allowance,
        consumed,
        remaining: allowance.map(|_| left),
        purchased,
        purchased_expires: ends
            .filter_map(|pool| pool.expires_at)
            .min()
            .map(|end| zone.date_of(end).days()),
        held: balance.held,
        over,
        waived: used.waived,
        debt: balance.debt,
        available: balance.available,
        resets,
        renews: balance.plan.as_ref().is_some_and(|plan| plan.renews()),
        days_left: resets.map(|day| (day - today).max(0)),
    })
}

/// The first day of the running cycle.
fn first_day(plan: &PlanLine, balance: &Balance, zone: &Zone) -> Result<i64> {
    let known = match plan.started_at {
        Some(started_at) => cycle_at(started_at, zone, balance.as_of)?,
        None => None,
    };
    let ends = || month_before(zone.date_of(plan.cycle_ends_at).days());
    Ok(known.map_or_else(ends, |cycle| zone.date_of(cycle.period.start_at()).days()))
}

/// The day one month earlier, clamped to that month's last. Where nobody tells when the plan began
/// it stands for the cycle's start; after a short month that may have been some days later.
fn month_before(day: i64) -> i64 {
    let date = Date::from_days(day);
    let (year, month) =
        if date.month == 1 { (date.year - 1, 12) } else { (date.year, date.month - 1) };
    let last = Date::days_in_month(year, month);
    Date { year, month, day: date.day.min(last) }.days()
}
