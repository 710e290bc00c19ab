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
