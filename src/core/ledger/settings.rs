//! What the store owner sets for the accounts: plans, rates, the time zone, policies.

use crate::core::{Plan, RateCards, Thresholds, Zone};
use crate::error::{Code, Error, Result};

/// The settings under which a ledger books. Replaced as a whole, never in retrospect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The account's time zone. Days and cycles are civil days in it.
    pub zone: Zone,
    /// The plans that can be subscribed to; keys differ.
    pub plans: Vec<Plan>,
    /// All versions of the rates; none where callers only name amounts.
    pub rates: Option<RateCards>,
    /// Whether a reversal that finds nothing left to take forgives the rest, instead of booking it
    /// as debt.
    pub forgive_shortfall: bool,
    /// Where `low` and `critical` begin.
    pub thresholds: Thresholds,
}

const MAX_PLANS: usize = 1_000;

/// UTC, no plans, no rates, shortfalls are debt, 20 % and 5 %.
impl Default for Settings {
    fn default() -> Settings {
        Settings {
            zone: Zone::utc(),
            plans: Vec::new(),
            rates: None,
            forgive_shortfall: false,
            thresholds: Thresholds::default(),
        }
    }
}

impl Settings {
    /// Checks the plans against their ranges and each other.
    ///
    /// # Errors
    /// `plan_invalid` for more than 1,000 plans, two with one key, or what [`Plan::validate`]
    /// refuses.
    pub fn validate(&self) -> Result<()> {
        let invalid = |message| Err(Error::new(Code::PlanInvalid, message).at("plans"));
        if self.plans.len() > MAX_PLANS {
            return invalid("there are at most 1,000 plans");
        }
        for (n, plan) in self.plans.iter().enumerate() {
            plan.validate()?;
            if self.plans.iter().take(n).any(|other| other.key == plan.key) {
                return invalid("two plans have one key");
            }
        }
        Ok(())
    }

    /// The plan with this key.
    ///
    /// # Errors
    /// `plan_unknown`.
    pub fn plan(&self, key: &str) -> Result<&Plan> {
        let unknown = || Error::new(Code::PlanUnknown, "no plan with this key").at("plan");
        self.plans.iter().find(|plan| plan.key == key).ok_or_else(unknown)
    }
}
