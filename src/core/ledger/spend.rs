//! Uses: pricing, the unlimited plan, and what the last days used.

use crate::core::ledger::book::Stamp;
use crate::core::ledger::command::Charge;
use crate::core::ledger::{Ledger, Refused};
use crate::core::{
    Credits, DAY_MS, Entry, EntryKind, Instant, Mode, Part, Plan, Quote, Usage, quote,
};
use crate::error::{Code, Error, Result};

const MAX_AGE_MS: i64 = 35 * DAY_MS;
const MAX_AHEAD_MS: i64 = 5 * 60_000;
/// The days over which use is a base for the level: today and the 29 before.
pub(super) const BASE_DAYS: i64 = 30;

impl Ledger {
    /// What a use would cost at this instant.
    ///
    /// # Errors
    /// `feature_not_in_plan`; `rate_not_found` without a rate; and what [`quote`] refuses.
    pub fn quote(&self, usage: &Usage, at: Instant) -> Result<Quote> {
        self.check_feature(usage, self.clock(at))?;
        self.rate(usage, at)
    }

    fn rate(&self, usage: &Usage, at: Instant) -> Result<Quote> {
        let none = || Error::new(Code::RateNotFound, "there are no rates");
        quote(self.settings.rates.as_ref().ok_or_else(none)?.at(at)?, usage)
    }

    fn check_feature(&self, usage: &Usage, now: Instant) -> Result<()> {
        if self.plan(now).is_none_or(|plan| plan.allows(&usage.feature)) {
            return Ok(());
        }
        let message = "the plan does not include this feature";
        Err(Error::new(Code::FeatureNotInPlan, message).at("feature"))
    }

    /// The running plan.
    pub(super) fn plan(&self, now: Instant) -> Option<&Plan> {
        let subscribed = self.state.subscription.as_ref()?;
        subscribed.cycle.filter(|cycle| cycle.contains(now))?;
        self.settings.plan(&subscribed.subscription.plan).ok()
    }

    pub(super) fn is_unlimited(&self, now: Instant) -> bool {
        self.plan(now).is_some_and(|plan| plan.unlimited)
    }

    /// Writes the price of a charge into an entry, with what it was made from.
    ///
    /// Work that is done is recorded whatever the plan says; work that is asked for is not done
    /// outside the plan.
    pub(super) fn price(
        &self,
        entry: &mut Entry,
        charge: Charge,
        mode: Mode,
        stamp: &Stamp,
    ) -> Result<Credits> {
        match charge {
            Charge::Amount(amount) => {
                let free = amount.is_zero()
                    && stamp.note.reason.is_some()
                    && entry.kind != EntryKind::Hold;
                if !free {
                    check_amount(amount, "amount")?;
                }
                Ok(amount)
            }
            Charge::Usage(usage) => {
                if mode == Mode::Strict {
                    self.check_feature(&usage, stamp.now)?;
                }
                let quoted = self.rate(&usage, entry.occurred_at)?;
                entry.rate_version = Some(quoted.rate_version);
                entry.usage = Some(usage);
                Ok(quoted.cost)
            }
        }
    }

    pub(super) fn use_credits(
        &mut self,
        mode: Mode,
        charge: Charge,
        occurred_at: Option<Instant>,
        stamp: &mut Stamp,
    ) -> Result<Option<Refused>> {
        let mut entry = Entry::new(EntryKind::Use, occurrence(occurred_at, stamp.now)?);
        let cost = self.price(&mut entry, charge, mode, stamp)?;
        if self.is_unlimited(stamp.now) {
            entry.waived = cost;
            return self.post(entry, stamp).map(|()| None);
        }
        if let Some(refused) = self.cover(&mut entry, cost, mode, Part::Consumed)? {
            return Ok(Some(refused));
        }
        self.post_cost(entry, cost, stamp).map(|()| None)
    }

    /// Appends an entry that costs so much, and counts it on its civil day.
    pub(super) fn post_cost(
        &mut self,
        entry: Entry,
        cost: Credits,
        stamp: &mut Stamp,
    ) -> Result<()> {
        let day = self.zone_at(entry.occurred_at).date_of(entry.occurred_at).days();
        let oldest = self.zone_at(stamp.now).date_of(stamp.now).days() - BASE_DAYS;
        let place = self.state.days.binary_search_by_key(&day, |(day, _)| *day);
        let before = place.ok().and_then(|at| self.state.days.get(at)).map(|(_, used)| *used);
        // Only a base for the level: it must not refuse what there are credits for.
        let used = before.unwrap_or_default().saturating_add(cost);
        self.post(entry, stamp)?;
        match place {
            Ok(at) => self.state.days.get_mut(at).into_iter().for_each(|row| row.1 = used),
            Err(at) if day > oldest && cost.is_positive() => {
                self.state.days.insert(at, (day, used));
                self.state.days.retain(|(day, _)| *day > oldest);
            }
            Err(_) => {}
        }
        Ok(())
    }
}

/// When work was done: now, or at a time within the window.
pub(super) fn occurrence(occurred_at: Option<Instant>, now: Instant) -> Result<Instant> {
    let Some(at) = occurred_at else { return Ok(now) };
    if (-MAX_AHEAD_MS..=MAX_AGE_MS).contains(&now.ms_since(at)) {
        return Ok(at);
    }
    let message = "a usage time is at most 35 days old and 5 minutes ahead";
    Err(Error::new(Code::OccurredAtOutOfRange, message).at("occurred_at"))
}

/// An amount that a caller named: above 0, at most 10^12.
pub(super) fn check_amount(amount: Credits, field: &'static str) -> Result<()> {
    if amount.is_positive() && amount <= Credits::MAX_MOVEMENT {
        return Ok(());
    }
    let message = "an amount is above 0 and at most 10^12 credits";
    Err(Error::new(Code::AmountOutOfRange, message).at(field))
}
