//! The pure domain: credits, time, plans, grants, rates, holds, the ledger and its projections.
//!
//! Nothing here knows a clock, a locale, a browser or JSON. "Now" is always an argument.

pub mod activity;
pub mod advisor;
pub mod balance;
pub mod burn;
pub mod civil;
mod credits;
pub mod cycle;
pub mod digest;
pub(crate) mod digits;
pub mod entry;
pub mod grant;
pub mod hold;
pub mod ledger;
pub mod level;
pub mod order;
pub mod package;
pub mod plan;
pub mod price;
pub mod projection;
pub mod rate_card;
pub mod rating;
pub mod reversal;
pub mod runway;
pub mod statement;
mod time;
pub mod zone;

pub use balance::{Balance, PlanLine, Pool};
pub use burn::burn_order;
pub use credits::Credits;
pub use cycle::{Anchor, Cycle, cycle, cycle_at};
pub use digest::Digest;
pub use entry::{Entry, EntryKind, Movement};
pub use grant::{CycleShare, DEFAULT_PRIORITY, Draw, Grant, GrantKind, Part, Parts, Source};
pub use hold::{Hold, Mode};
pub use ledger::Ledger;
pub use level::{Level, Threshold, Thresholds, level};
pub use package::{Package, Unavailable, prices_per_credit};
pub use plan::{Plan, Subscription};
pub use price::Price;
pub use projection::{ProjectedPool, Projection, project};
pub use rate_card::{Rate, RateCard, RateCards, Unit};
pub use rating::{Quote, QuoteLine, Usage, quote};
pub use reversal::Share;
pub use time::{DAY_MS, Instant, Period};
pub use zone::Zone;
