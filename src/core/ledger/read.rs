//! Reading an account: its balance, its entries.

use std::sync::Arc;

use crate::core::ledger::known::Requests;
use crate::core::ledger::spend::BASE_DAYS;
use crate::core::ledger::state::index;
use crate::core::ledger::{Booked, Ledger, Settings};
use crate::core::reversal::Item;
use crate::core::{
    Balance, Credits, Entry, Grant, Instant, Level, Part, Parts, PlanLine, Pool, cycle_at, level,
};
use crate::error::Result;

impl Ledger {
    /// The balance at this instant. What time has done since the last entry counts, though it is
    /// not booked yet.
    ///
    /// # Errors
    /// `amount_overflow` or `time_invalid` at the far ends of their ranges.
    pub fn balance(&self, now: Instant) -> Result<Balance> {
        let now = self.clock(now);
        if !self.is_due(now) {
            return self.read(now);
        }
        let mut draft = Ledger {
            settings: Arc::clone(&self.settings),
            state: self.state.clone(),
            grants: self.grants.clone(),
            entries: Vec::new(),
            requests: Requests::default(),
            loading: None,
        };
        draft.catch_up(now)?;
        draft.read(now)
    }

    fn read(&self, now: Instant) -> Result<Balance> {
        let state = &self.state;
        let (available, plan) = (state.spendable(), self.plan(now));
        let unlimited = plan.is_some_and(|plan| plan.unlimited);
        let (posted, base) = (state.posted()?, self.base(now)?);
        let level_of = |credits| {
            let of = || level(credits, base, self.settings.thresholds);
            if unlimited { Level::Unlimited } else { of() }
        };
        let subscribed = state.subscription.as_ref();
        let line = plan.zip(subscribed).and_then(|(plan, subscribed)| {
            Some(PlanLine {
                key: plan.key.clone(),
                name: plan.name.clone(),
                allowance: subscribed.allowance,
                cycle_ends_at: subscribed.cycle?.end_at(),
                started_at: Some(subscribed.subscription.started_at),
                paid_until: subscribed.subscription.paid_until,
            })
        });
        Ok(Balance {
            version: state.version,
            as_of: now,
            available,
            posted,
            held: state.held,
            debt: state.debt,
            unlimited,
            unlimited_until: if unlimited { self.unlimited_until()? } else { None },
            pools: self.pools()?,
            level: level_of(available),
            alert: level_of(posted),
            plan: line,
        })
    }

    fn pools(&self) -> Result<Vec<Pool>> {
        // Of several priorities each has its own pools, or the order would not be that of burning.
        let mut pools = Vec::<Pool>::new();
        for at in &self.state.live {
            let (Some(grant), Some(parts)) = (self.grants.get(*at), self.state.parts.get(*at))
            else {
                continue;
            };
            let (priority, kind, expires_at) = (grant.priority, grant.kind, grant.expires_at);
            let (available, held) = (parts.get(Part::Available), parts.get(Part::Held));
            // In burn order grants with one end mostly stand together, so this looks at few.
            let same = |pool: &&mut Pool| {
                (pool.priority, pool.kind, pool.expires_at) == (priority, kind, expires_at)
            };
            match pools.iter_mut().rev().find(same) {
                Some(pool) => {
                    pool.available = pool.available.checked_add(available)?;
                    pool.held = pool.held.checked_add(held)?;
                }
                None => pools.push(Pool { priority, kind, available, held, expires_at }),
            }
        }
        Ok(pools)
    }

    /// What a level compares with: the cycle's allowance, or the last days' use, or the last grant.
    fn base(&self, now: Instant) -> Result<Option<Credits>> {
        if self.plan(now).is_some() {
            let allowance = self.state.subscription.as_ref().map(|s| s.allowance);
            if allowance.is_some_and(Credits::is_positive) {
                return Ok(allowance);
            }
        }
        let oldest = self.zone_at(now).date_of(now).days() - BASE_DAYS;
        let days = self.state.days.iter().filter(|(day, _)| *day > oldest);
        let used = days.map(|(_, used)| *used).fold(Credits::ZERO, Credits::saturating_add);
        let last = self.grants.last().map(|grant| grant.amount);
        Ok(if used.is_positive() { Some(used) } else { last })
    }

    /// When the running unlimited plan ends: with the last cycle that is paid for, or with this one
    /// when another plan follows.
    fn unlimited_until(&self) -> Result<Option<Instant>> {
        let Some(subscribed) = &self.state.subscription else { return Ok(None) };
        let Some(cycle) = subscribed.cycle else { return Ok(None) };
        let next = subscribed.next_plan.as_deref().map(|key| self.settings.plan(key));
        if next.transpose()?.is_some_and(|plan| !plan.unlimited) {
            return Ok(Some(cycle.end_at()));
        }
        let Some(paid) = subscribed.subscription.paid_until else { return Ok(None) };
        if paid <= cycle.end_at() {
            return Ok(Some(cycle.end_at()));
        }
        let last = cycle_at(subscribed.subscription.started_at, &self.settings.zone, paid)?;
        let Some(last) = last.map(|cycle| cycle.period) else { return Ok(Some(paid)) };
        Ok(Some(if last.start_at() == paid { paid } else { last.end_at() }))
    }

    /// The settings in force.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Every grant, by id.
    pub fn grants(&self) -> &[Grant] {
        &self.grants
    }

    /// The parts of a grant as booked; all 0 for an unknown one.
    pub fn parts_of(&self, grant: u64) -> Parts {
        self.state.parts_of(grant)
    }

    /// What is booked of an order item.
    pub fn item(&self, order_item: &str) -> Option<&Item> {
        self.state.item(order_item)
    }

    /// Every entry, the first first.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entries behind this sequence number.
    pub fn entries_since(&self, seq: u64) -> &[Entry] {
        let from = usize::try_from(seq).unwrap_or(usize::MAX).min(self.entries.len());
        self.entries.get(from..).unwrap_or_default()
    }

    /// The entries that an answer speaks of.
    pub fn entries_of(&self, booked: &Booked) -> &[Entry] {
        let rest = self.entries_since(booked.first.saturating_sub(1));
        rest.get(..booked.count as usize).unwrap_or_default()
    }

    pub(super) fn entry(&self, seq: u64) -> Option<&Entry> {
        self.entries.get(index(seq)?)
    }

    pub(super) fn grant_by_id(&self, id: u64) -> Option<&Grant> {
        self.grants.get(index(id)?)
    }
}
