//! One piece of advice at a time: the most useful that has evidence.

mod model;
mod package;
mod plan;
mod spike;

use crate::core::activity::Activity;
use crate::core::advisor::{Answer, Need, PlanOffer, cheapest};
use crate::core::runway::{Pace, Supply};
use crate::core::{Balance, Package, RateCards, Zone};
use crate::error::Result;
use crate::view::dashboard::runway::PaceRead;
use crate::view::dashboard::say::{Arg, Say};
use crate::view::dashboard::share::about;
use model::model_advice;
use package::package_advice;
use plan::plan_advice;
use spike::spike_advice;

/// What the advice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AdviceKind {
    /// A day that stood out.
    Spike,
    /// What to buy.
    Package,
    /// A plan that would have cost less.
    Upgrade,
    /// A model that does the same for less.
    Model,
    /// That nothing has to be bought.
    Nothing,
}

impl AdviceKind {
    /// Its name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            AdviceKind::Spike => "spike",
            AdviceKind::Package => "package",
            AdviceKind::Upgrade => "upgrade",
            AdviceKind::Model => "model",
            AdviceKind::Nothing => "nothing",
        }
    }
}

/// What a click does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Opens the dialog with the packages.
    Buy,
    /// Goes to where plans are changed.
    Plans,
    /// Filters for this day, and for this agent where one drove it.
    Show(i64, Option<String>),
}

/// A piece of advice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// What it is about.
    pub kind: AdviceKind,
    /// Its title.
    pub title: Say,
    /// What it says.
    pub text: Vec<Say>,
    /// What it rests on.
    pub evidence: Vec<Say>,
    /// What a click does.
    pub action: Option<Action>,
}

/// What is on offer, as far as it is known.
#[derive(Clone, Debug, Default)]
pub struct Offers {
    /// The packages of the store.
    pub packages: Vec<Package>,
    /// The plans that can be had, with prices in the packages' currency.
    pub plans: Vec<PlanOffer>,
    /// The rates, and the keys of the models that can be chosen.
    pub cards: Option<RateCards>,
    /// Allowances that are known to come.
    pub coming: Vec<Supply>,
}

/// What is there should last at least so many days, or else something is worth buying.
const AHEAD_DAYS: usize = 30;

/// The most useful advice; none where there is too little to say anything.
///
/// # Errors
/// As the engines that it asks.
pub fn advice(
    balance: &Balance,
    offers: &Offers,
    activity: &Activity,
    read: &PaceRead,
    zone: &Zone,
) -> Result<Option<Advice>> {
    let today = zone.date_of(balance.as_of).days();
    if let Some(spike) = spike_advice(activity, read, today)? {
        return Ok(Some(spike));
    }
    // Plans that can't be compared, as one of another store, take nothing along.
    if let Ok(Some(plan)) = plan_advice(balance, offers, activity, zone) {
        return Ok(Some(plan));
    }
    if let Some(package) = package_advice(balance, offers, read, zone)? {
        return Ok(Some(package));
    }
    if let Some(model) = model_advice(offers, activity, balance.as_of, today)? {
        return Ok(Some(model));
    }
    nothing_advice(balance, offers, read, zone)
}

/// What the days ahead will use, each by its weekday, and what there is for them.
fn need(balance: &Balance, offers: &Offers, zone: &Zone, pace: &Pace) -> Need {
    let daily = (0..AHEAD_DAYS as i64).map(|ahead| pace.on_day(ahead)).collect();
    let mut need = Need::of(balance, &offers.coming, zone, daily);
    need.supplies.retain(|supply| (supply.from_day as usize) < AHEAD_DAYS);
    need
}

fn nothing_advice(
    balance: &Balance,
    offers: &Offers,
    read: &PaceRead,
    zone: &Zone,
) -> Result<Option<Advice>> {
    let Ok(pace) = &read.read else { return Ok(None) };
    let need = need(balance, offers, zone, pace);
    let found = cheapest(&need, &[])?;
    if found.answer != Answer::Nothing {
        return Ok(None);
    }
    let need = Say::plain("usage.evidence.enough")
        .with("amount", Arg::Amount(about(found.need)))
        .with("days", Arg::Count(AHEAD_DAYS as i64))
        .with("left", Arg::Amount(about(found.supply_left)));
    let pace = Say::plain("usage.evidence.pace").with("amount", Arg::Amount(about(pace.per_day())));
    Ok(Some(Advice {
        kind: AdviceKind::Nothing,
        title: Say::plain("usage.advice.nothing.title"),
        text: vec![Say::plain("usage.advice.nothing.text")],
        evidence: vec![pace, need],
        action: None,
    }))
}
