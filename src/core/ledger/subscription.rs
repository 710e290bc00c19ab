//! Subscriptions: cycles, allowances, rollover, upgrade and downgrade.

use crate::core::digits::digits;
use crate::core::ledger::Ledger;
use crate::core::ledger::book::Stamp;
use crate::core::ledger::command::Term;
use crate::core::{
    Credits, CycleShare, DEFAULT_PRIORITY, Entry, EntryKind, Grant, GrantKind, Instant, Period,
    Source, Subscription, Zone, cycle, cycle_at,
};
use crate::error::{Code, Error, Result};

/// An account's subscription, and how far its cycles are booked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscribed {
    /// Counts from 1 within the account; also its id.
    pub number: u32,
    /// The plan that counts now, the start, and how long it is paid for.
    pub subscription: Subscription,
    /// The plan from the next cycle on, where it differs.
    pub next_plan: Option<String>,
    /// How many cycles are booked; the number of the next.
    pub cycles: u32,
    /// The last booked cycle.
    pub cycle: Option<Period>,
    /// The highest plan level that is booked in this cycle.
    pub level: u32,
    /// What plans brought in this cycle, upgrades included, rolled-over credits not.
    pub allowance: Credits,
    /// What was left of the cycle's credits when it ended.
    pub unused: Credits,
}

const MAX_MONTHS: u32 = 1_200;
fn none_runs() -> Error {
    Error::new(Code::NotFound, "no subscription is running")
}

impl Subscribed {
    /// When the next cycle begins; none when it is not paid for.
    pub(super) fn next_cycle_at(&self) -> Option<Instant> {
        let next = self.cycle.map_or(self.subscription.started_at, Period::end_at);
        self.subscription.covers(next).then_some(next)
    }
}

impl Ledger {
    pub(super) fn subscribe(
        &mut self,
        plan: &str,
        term: Term,
        started_at: Option<Instant>,
        stamp: &mut Stamp,
    ) -> Result<()> {
        let plan = self.settings.plan(plan)?.key.clone();
        let running = self.state.subscription.as_ref();
        if running.is_some_and(|subscribed| subscribed.subscription.covers(stamp.now)) {
            let message = "a subscription is running: change its plan, renew it or cancel it";
            return Err(Error::new(Code::FieldInvalid, message).at("plan"));
        }
        let started_at = started_at.unwrap_or(stamp.now);
        if started_at > stamp.now {
            let message = "a subscription starts now or earlier";
            return Err(Error::new(Code::FieldInvalid, message).at("started_at"));
        }
        // A new one may begin now; one that began before would grant booked cycles again.
        let booked = running.and_then(|subscribed| subscribed.cycle);
        if started_at < stamp.now && booked.is_some_and(|cycle| started_at < cycle.end_at()) {
            let message = "a subscription starts after the cycles that are booked, or now";
            return Err(Error::new(Code::FieldInvalid, message).at("started_at"));
        }
        let paid_until = paid_until(term, started_at, &self.settings.zone, 0)?;
        let number = self.state.subscriptions.saturating_add(1);
        let id = digits(number.into());
        let subscription = Subscription { id, plan, started_at, paid_until };
        subscription.validate()?;
        self.post_plan(&subscription.plan, stamp.now, stamp)?;
        self.state.subscriptions = number;
        self.state.subscription = Some(Subscribed {
            number,
            subscription,
            next_plan: None,
            cycles: 0,
            cycle: None,
            level: 0,
            allowance: Credits::ZERO,
            unused: Credits::ZERO,
        });
        self.pass_time(stamp)
    }

    pub(super) fn renew(&mut self, term: Term, stamp: &mut Stamp) -> Result<()> {
        let mut subscribed = self.state.subscription.clone().ok_or_else(none_runs)?;
        let (anchor, zone) = (subscribed.subscription.started_at, &self.settings.zone);
        let open = || {
            Error::new(Code::FieldInvalid, "an open-ended subscription needs no renewal").at("term")
        };
        let paid = subscribed.subscription.paid_until.ok_or_else(open)?;
        // The end of the booked cycle is a boundary of the zone that it began in.
        let booked = subscribed.cycle.is_some_and(|cycle| paid <= cycle.end_at());
        let first = if booked { subscribed.cycles } else { next_boundary(anchor, zone, paid)? };
        let until = paid_until(term, anchor, zone, first)?;
        if until.is_some_and(|until| until <= paid || until <= stamp.now) {
            let message = "a renewal pays for time to come";
            return Err(Error::new(Code::PeriodInvalid, message).at("term"));
        }
        subscribed.subscription.paid_until = until;
        self.post_plan(&subscribed.subscription.plan, stamp.now, stamp)?;
        self.state.subscription = Some(subscribed);
        self.pass_time(stamp)
    }

    pub(super) fn change_plan(&mut self, plan: &str, stamp: &mut Stamp) -> Result<()> {
        let new = self.settings.plan(plan)?.clone();
        let current = self.plan(stamp.now).cloned().ok_or_else(none_runs)?;
        let mut subscribed = self.state.subscription.clone().ok_or_else(none_runs)?;
        let cycle = subscribed.cycle.ok_or_else(none_runs)?;
        self.post_plan(&new.key, stamp.now, stamp)?;
        if new.level <= current.level {
            subscribed.next_plan = (new.key != current.key).then_some(new.key);
            self.state.subscription = Some(subscribed);
            return Ok(());
        }
        subscribed.next_plan = None;
        subscribed.subscription.plan.clone_from(&new.key);
        let more = new.allowance.checked_sub(subscribed.allowance)?;
        let first_time = new.level > subscribed.level;
        subscribed.level = subscribed.level.max(new.level);
        let number = subscribed.number;
        let index = subscribed.cycles.saturating_sub(1);
        let books = first_time && more.is_positive();
        if books {
            subscribed.allowance = new.allowance;
        }
        self.state.subscription = Some(subscribed);
        if !books {
            return Ok(());
        }
        let source =
            Source::Cycle { subscription: number, index, share: CycleShare::Upgrade(new.level) };
        let rest = Period::new(stamp.now, cycle.end_at())?;
        self.book_allowance(source, more, rest, &new.key, stamp)
    }

    pub(super) fn cancel(&mut self, stamp: &mut Stamp) -> Result<()> {
        let mut subscribed = self.state.subscription.clone().ok_or_else(none_runs)?;
        if !subscribed.subscription.covers(stamp.now) {
            return Err(none_runs());
        }
        subscribed.subscription.paid_until = Some(stamp.now);
        subscribed.next_plan = None;
        self.post_plan(&subscribed.subscription.plan, stamp.now, stamp)?;
        self.state.subscription = Some(subscribed);
        Ok(())
    }

    /// Books the cycle that begins at this instant: what rolls over, then the allowance.
    pub(super) fn begin_cycle(&mut self, at: Instant, stamp: &mut Stamp) -> Result<()> {
        let mut subscribed = self.state.subscription.clone().ok_or_else(none_runs)?;
        let ended = self.settings.plan(&subscribed.subscription.plan)?;
        let rolled = subscribed.unused.min(ended.rollover_cap);
        if let Some(next) = subscribed.next_plan.take() {
            subscribed.subscription.plan = next;
        }
        let plan = self.settings.plan(&subscribed.subscription.plan)?;
        let (key, allowance) = (plan.key.clone(), plan.allowance);
        let (number, index) = (subscribed.number, subscribed.cycles);
        let anchor = subscribed.subscription.started_at;
        let end_at = cycle(anchor, &self.settings.zone, index)?.period.end_at();
        let period = Period::new(at, end_at)?;
        (subscribed.level, subscribed.allowance) = (plan.level, allowance);
        (subscribed.cycles, subscribed.cycle) = (index.saturating_add(1), Some(period));
        subscribed.unused = Credits::ZERO;
        self.state.subscription = Some(subscribed);
        let shares = [(CycleShare::Rollover, rolled), (CycleShare::Allowance, allowance)];
        for (share, amount) in shares {
            if amount.is_positive() {
                let source = Source::Cycle { subscription: number, index, share };
                self.book_allowance(source, amount, period, &key, stamp)?;
            }
        }
        if rolled.is_zero() && allowance.is_zero() {
            self.post_plan(&key, at, stamp)
        } else {
            Ok(())
        }
    }

    /// Notes what a cycle's credits had left when they expired, for what rolls over.
    pub(super) fn count_unused(&mut self, grant: u64, at: Instant, amount: Credits) -> Result<()> {
        let source = self.grant_by_id(grant).map(|grant| grant.source.clone());
        let Some(subscribed) = &mut self.state.subscription else { return Ok(()) };
        let own = matches!(source, Some(Source::Cycle { subscription, .. })
            if subscription == subscribed.number);
        if own && subscribed.cycle.is_some_and(|cycle| cycle.end_at() == at) {
            subscribed.unused = subscribed.unused.checked_add(amount)?;
        }
        Ok(())
    }

    fn book_allowance(
        &mut self,
        source: Source,
        amount: Credits,
        period: Period,
        plan: &str,
        stamp: &mut Stamp,
    ) -> Result<()> {
        let mut entry = Entry::new(EntryKind::Grant, period.start_at());
        entry.reference = Some(Box::from(plan));
        // Nobody is there to refuse it to: an account that is full gets what fits, or it could
        // never be touched again.
        let posted = self.state.available.checked_add(self.state.held)?;
        let amount = match Credits::MAX.checked_sub(posted)? {
            room if room < amount => {
                entry.reason = Some(Box::from(Code::AmountOverflow.as_str()));
                room
            }
            _ => amount,
        };
        if amount.is_zero() {
            entry.kind = EntryKind::Plan;
            return self.post(entry, stamp);
        }
        let grant = Grant {
            id: 0,
            kind: GrantKind::Allowance,
            priority: DEFAULT_PRIORITY,
            effective_at: period.start_at(),
            expires_at: Some(period.end_at()),
            amount,
            source,
        };
        self.book_grant(entry, grant, stamp)
    }

    fn post_plan(&mut self, plan: &str, at: Instant, stamp: &mut Stamp) -> Result<()> {
        let mut entry = Entry::new(EntryKind::Plan, at);
        entry.reference = Some(Box::from(plan));
        self.post(entry, stamp)
    }
}

/// The end of a term that begins where the cycle with this number does.
fn paid_until(term: Term, anchor: Instant, zone: &Zone, first: u32) -> Result<Option<Instant>> {
    match term {
        Term::Open => Ok(None),
        Term::Until(at) => Ok(Some(at)),
        Term::Months(months) if (1..=MAX_MONTHS).contains(&months) => {
            let behind = first.saturating_add(months);
            cycle(anchor, zone, behind).map(|cycle| Some(cycle.period.start_at()))
        }
        Term::Months(_) => {
            Err(Error::new(Code::FieldInvalid, "a term is 1 to 1,200 months").at("months"))
        }
    }
}

/// The number of the first cycle that begins at this instant or later.
fn next_boundary(anchor: Instant, zone: &Zone, at: Instant) -> Result<u32> {
    let found = cycle_at(anchor, zone, at)?;
    Ok(found.map_or(0, |cycle| cycle.index + u32::from(cycle.period.start_at() < at)))
}

/// The same number of paid cycles in another zone. A change of zone counts from the next cycle.
pub(super) fn move_paid_until(subscribed: &mut Subscribed, from: &Zone, to: &Zone) -> Result<()> {
    let Some(paid) = subscribed.subscription.paid_until else { return Ok(()) };
    let anchor = subscribed.subscription.started_at;
    let number = next_boundary(anchor, from, paid)?;
    if number > subscribed.cycles && cycle(anchor, from, number)?.period.start_at() == paid {
        let moved = cycle(anchor, to, number)?.period.start_at();
        subscribed.subscription.paid_until = Some(moved);
    }
    Ok(())
}
