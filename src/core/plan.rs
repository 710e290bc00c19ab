//! Plans and subscriptions: which features an account has, and what each cycle brings.

use crate::core::{Credits, Instant};
use crate::error::{Code, Error, Result};

/// What a subscription gives: features, and an allowance of credits in each cycle.
///
/// ```
/// use nivella_credits::core::{Credits, Plan};
/// let plan = Plan {
///     key: "growth".to_owned(),
///     name: "Growth".to_owned(),
///     level: 2,
///     allowance: Credits::parse("1500")?,
///     unlimited: false,
///     rollover_cap: Credits::ZERO,
///     features: vec!["chat".to_owned()],
/// };
/// plan.validate()?;
/// assert!(plan.allows("chat") && !plan.allows("voice"));
/// # Ok::<(), nivella_credits::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Its stable key, 1 to 191 bytes.
    pub key: String,
    /// Its name as shown, 1 to 191 bytes.
    pub name: String,
    /// Its place among plans: a change to a higher level is an upgrade, counted at once; to a lower
    /// one a downgrade, from the next cycle.
    pub level: u32,
    /// Credits granted at the start of each cycle, 0 to 10^12.
    pub allowance: Credits,
    /// Every use is recorded with its rated cost as waived, and draws nothing.
    pub unlimited: bool,
    /// The most of an unused allowance that the next cycle keeps, 0 (none) to 10^12.
    pub rollover_cap: Credits,
    /// The features it includes; empty means all of them.
    pub features: Vec<String>,
}

const MAX_KEY_BYTES: usize = 191;
const MAX_FEATURES: usize = 1_000;

/// Whether a text can be a key or name: 1 to 191 bytes, no control characters.
pub(crate) fn is_key(text: &str) -> bool {
    (1..=MAX_KEY_BYTES).contains(&text.len()) && !text.chars().any(char::is_control)
}

impl Plan {
    /// Checks every field against its range.
    ///
    /// # Errors
    /// `plan_invalid`, naming the field: a key, name or feature that is empty, too long or has
    /// control characters; an allowance or cap that is negative or above 10^12; a feature listed
    /// twice; more than 1,000 features.
    pub fn validate(&self) -> Result<()> {
        let invalid = |field, message| Err(Error::new(Code::PlanInvalid, message).at(field));
        if !is_key(&self.key) {
            return invalid("key", "a key is 1 to 191 bytes without control characters");
        }
        if !is_key(&self.name) {
            return invalid("name", "a name is 1 to 191 bytes without control characters");
        }
        let range = Credits::ZERO..=Credits::MAX_MOVEMENT;
        if !range.contains(&self.allowance) {
            return invalid("allowance", "an allowance is from 0 to 10^12 credits");
        }
        if !range.contains(&self.rollover_cap) {
            return invalid("rollover_cap", "a rollover cap is from 0 to 10^12 credits");
        }
        if self.features.len() > MAX_FEATURES || !self.features.iter().all(|f| is_key(f)) {
            return invalid("features", "features are at most 1,000 keys of 1 to 191 bytes");
        }
        let twice = |(n, feature)| self.features.iter().take(n).any(|other| other == feature);
        if self.features.iter().enumerate().any(twice) {
            return invalid("features", "a feature is listed once");
        }
        Ok(())
    }

    /// Whether the plan includes this feature.
    pub fn allows(&self, feature: &str) -> bool {
        self.features.is_empty() || self.features.iter().any(|included| included == feature)
    }
}

/// An account's subscription to a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// Its id, unique in the account.
    pub id: String,
    /// The key of its plan.
    pub plan: String,
    /// Its start, from which its cycles count.
    pub started_at: Instant,
    /// Paid up to here, this instant excluded. None: assigned by hand, open-ended.
    pub paid_until: Option<Instant>,
}

impl Subscription {
    /// Checks its keys and times.
    ///
    /// # Errors
    /// `plan_invalid` for an id or plan key that cannot be one; `period_invalid` when it is paid up
    /// to before its start.
    pub fn validate(&self) -> Result<()> {
        for (field, key) in [("id", &self.id), ("plan", &self.plan)] {
            if !is_key(key) {
                let message = "a key is 1 to 191 bytes without control characters";
                return Err(Error::new(Code::PlanInvalid, message).at(field));
            }
        }
        if self.paid_until.is_some_and(|until| until < self.started_at) {
            let message = "a subscription is paid up to its start or later";
            return Err(Error::new(Code::PeriodInvalid, message).at("paid_until"));
        }
        Ok(())
    }

    /// Whether it runs and is paid at this instant. A cycle is granted exactly when this holds for
    /// its first instant.
    pub fn covers(&self, at: Instant) -> bool {
        self.started_at <= at && self.paid_until.is_none_or(|until| at < until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(change: impl FnOnce(&mut Plan)) -> Plan {
        let mut plan = Plan {
            key: "growth".to_owned(),
            name: "Growth".to_owned(),
            level: 2,
            allowance: Credits::MAX_MOVEMENT,
            unlimited: false,
            rollover_cap: Credits::MAX_MOVEMENT,
            features: vec!["chat".to_owned(), "voice".to_owned()],
        };
        change(&mut plan);
        plan
    }

    #[test]
    fn plans_out_of_range_are_refused() {
        let beyond = Credits::from_micro(Credits::MAX_MOVEMENT.micro() + 1);
        assert_eq!(plan(|_| ()).validate(), Ok(()));
        let cases = [
            (plan(|p| p.key.clear()), "key"),
            (plan(|p| p.key = "a\nb".to_owned()), "key"),
            (plan(|p| p.name = "x".repeat(192)), "name"),
            (plan(|p| p.allowance = Credits::from_micro(-1)), "allowance"),
            (plan(|p| p.allowance = beyond), "allowance"),
            (plan(|p| p.rollover_cap = Credits::from_micro(-1)), "rollover_cap"),
            (plan(|p| p.rollover_cap = beyond), "rollover_cap"),
            (plan(|p| p.features.push("chat".to_owned())), "features"),
            (plan(|p| p.features.push(String::new())), "features"),
            (plan(|p| p.features = (0..1_001).map(|n| n.to_string()).collect()), "features"),
        ];
        for (plan, field) in cases {
            let refused = plan.validate().map_err(|error| (error.code, error.field));
            assert_eq!(refused, Err((Code::PlanInvalid, Some(field))), "{plan:?}");
        }
    }

    #[test]
    fn a_plan_without_features_has_all_of_them() {
        assert!(plan(|p| p.features.clear()).allows("fax"));
        assert!(!plan(|_| ()).allows("fax"));
        assert!(!plan(|_| ()).allows("Chat"));
    }

    #[test]
    fn a_subscription_covers_from_its_start_up_to_what_is_paid() -> Result<()> {
        let at = |ms: i64| Instant::from_ms(1_800_000_000_000 + ms);
        let paid_until = Some(at(1_000)?);
        let (id, plan) = ("1".to_owned(), "growth".to_owned());
        let subscription = Subscription { id, plan, started_at: at(0)?, paid_until };
        let by_hand = Subscription { paid_until: None, ..subscription.clone() };
        for (ms, paid, open_ended) in
            [(-1, false, false), (0, true, true), (999, true, true), (1_000, false, true)]
        {
            assert_eq!(subscription.covers(at(ms)?), paid, "{ms}");
            assert_eq!(by_hand.covers(at(ms)?), open_ended, "{ms}");
        }
        let before = Subscription { paid_until: Some(at(-1)?), ..subscription.clone() };
        assert_eq!(before.validate().map_err(|e| e.code), Err(Code::PeriodInvalid));
        let nameless = Subscription { id: String::new(), ..subscription.clone() };
        assert_eq!(nameless.validate().map_err(|e| e.code), Err(Code::PlanInvalid));
        subscription.validate()
    }
}
