//! The advisor: replays an account's own use against every package, plan and model.
//!
//! Every answer is data with its evidence, never a text, and none of it is a fact: only the ledger
//! books. Days are counted from the civil day of the balance, which is day 0.

mod burn;
mod buy;
mod campaign;
mod cover;
mod models;
mod need;
mod plans;
mod search;
mod value;

pub use buy::{Advice, Answer, Item, cheapest};
pub use campaign::{Campaign, CampaignPlan, Typical, campaign, typical};
pub use models::{ModelLine, Work, with_model};
pub use need::{Need, Supply};
pub use plans::{PlanAdvice, PlanCost, PlanOffer, plans};
pub use value::{Value, value};

/// The places of so many things in their order; equals stay as they are. One sort for all lists of
/// a few hundred: each sort of the library is thousands of bytes more.
fn sorted(count: usize, before: &dyn Fn(usize, usize) -> bool) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::with_capacity(count);
    for index in 0..count {
        let place = order.partition_point(|other| !before(index, *other));
        order.insert(place, index);
    }
    order
}
