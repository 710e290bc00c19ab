//! The usage dashboard: every number, share and height that it paints, out of the activity, the
//! balance and what is sold. Painters only place and format them.

mod advice;
mod agents;
mod breakdown;
mod cycle;
mod entry;
mod range;
mod runway;
mod say;
mod share;
mod trend;
mod value;

pub use advice::{Action, Advice, AdviceKind, Offers, advice};
pub use agents::{AgentLine, AgentStyle, Family, QuantityUnit, agents, family_of};
pub use breakdown::{Breakdown, BreakdownRow, breakdowns};
pub use cycle::{CycleLine, CycleState, cycle_line};
pub use entry::{EntryTone, entry_tone, entry_words};
pub use range::{Days, Range, range};
pub use runway::{PaceRead, RunwayLine, RunwayState, coming, pace, runway_line};
pub use say::{Arg, Labels, Say};
pub use share::{Change, about, change, permille};
pub use trend::{Bar, BarUnit, Tick, TrendLine, trend};
pub use value::{ValueLine, value_line};
