//! What time alone does: grants expire, holds lapse, cycles begin.
//!
//! Each happens at an instant of its own and is booked as of it, in order, however late. At one
//! instant what ends comes before what begins: expiry, lapse, new cycle.

use std::sync::Arc;

use crate::core::ledger::Ledger;
use crate::core::ledger::book::Stamp;
use crate::core::ledger::settings::Settings;
use crate::core::ledger::subscription::move_paid_until;
use crate::core::{Instant, Part, Period, Zone};
use crate::error::Result;

/// In the order in which they count at one instant.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Expiry(u64),
    Lapse(u64),
    Cycle,
}

impl Ledger {
    /// The ledger's time: a clock that was set back stands still.
    pub(super) fn clock(&self, now: Instant) -> Instant {
        self.state.last_at.map_or(now, |last| last.max(now))
    }

    /// Whether something may have happened that is not booked.
    pub(super) fn is_due(&self, now: Instant) -> bool {
        self.state.due_at.is_some_and(|due| due <= now)
    }

    /// Books what has happened up to now, this instant included.
    pub(super) fn catch_up(&mut self, now: Instant) -> Result<()> {
        if self.is_due(now) { self.pass_time(&mut Stamp::of_time(now)) } else { Ok(()) }
    }

    /// Books what has happened up to the stamp's time.
    pub(super) fn pass_time(&mut self, stamp: &mut Stamp) -> Result<()> {
        loop {
            let next = self.next_event();
            self.state.due_at = next.map(|(at, _)| at);
            match next.filter(|(at, _)| *at <= stamp.now) {
                Some((at, Event::Expiry(grant))) => {
                    let amount = self.state.parts_of(grant).get(Part::Available);
                    self.expire(grant, at, stamp)?;
                    self.count_unused(grant, at, amount)?;
                    self.even_out(vec![grant], at, stamp)?;
                }
                Some((at, Event::Lapse(hold))) => self.lapse(hold, at, stamp)?,
                Some((at, Event::Cycle)) => self.begin_cycle(at, stamp)?,
                None => return Ok(()),
            }
        }
    }

    /// Counts a write that began with this sequence number, if it wrote anything.
    pub(super) fn written(&mut self, first: u64) {
        if self.state.seq >= first {
            self.state.version = self.state.version.saturating_add(1);
            self.state.due_at = self.due();
        }
    }

    /// When time will next do something.
    pub(super) fn due(&self) -> Option<Instant> {
        self.next_event().map(|(at, _)| at)
    }

    /// Replaces the settings. What happened before is booked by the old ones; a new zone counts
    /// from the next cycle, and days that are booked do not move.
    ///
    /// # Errors
    /// What [`Settings::validate`] refuses; `plan_unknown` when the subscription's plan would be
    /// missing; `snapshot_invalid` before all entries are loaded. The ledger is as it was then.
    pub fn configure(&mut self, settings: Settings, now: Instant) -> Result<()> {
        self.check_complete()?;
        settings.validate()?;
        let mark = self.mark();
        let now = self.clock(now);
        let done = self.catch_up(now).and_then(|()| self.adopt(&settings, now));
        if done.is_err() {
            self.undo(mark);
            return done;
        }
        self.settings = settings.into();
        self.written(0);
        Ok(())
    }

    fn adopt(&mut self, settings: &Settings, now: Instant) -> Result<()> {
        self.keep_days(&settings.zone, now);
        let Some(subscribed) = &mut self.state.subscription else { return Ok(()) };
        settings.plan(&subscribed.subscription.plan)?;
        subscribed.next_plan.as_deref().map_or(Ok(()), |key| settings.plan(key).map(|_| ()))?;
        if settings.zone == self.settings.zone {
            return Ok(());
        }
        move_paid_until(subscribed, &self.settings.zone, &settings.zone)
    }

    /// A new zone counts from the next cycle, without one from now; days before then stay what they
    /// are, also for what is booked late.
    fn keep_days(&mut self, new: &Zone, now: Instant) {
        let waits = self.state.day_zone.as_ref().is_some_and(|(_, until)| now < *until);
        if waits || *new == self.settings.zone {
            return;
        }
        let cycle = self.state.subscription.as_ref().and_then(|subscribed| subscribed.cycle);
        let until = cycle.filter(|cycle| cycle.contains(now)).map_or(now, Period::end_at);
        self.state.day_zone = Some((Arc::new(self.settings.zone.clone()), until));
    }

    /// The zone whose civil days count for what happened at this instant.
    pub fn zone_at(&self, at: Instant) -> &Zone {
        match &self.state.day_zone {
            Some((zone, until)) if at < *until => zone,
            _ => &self.settings.zone,
        }
    }

    fn next_event(&self) -> Option<(Instant, Event)> {
        let expiries = self.state.live.iter().filter_map(|at| {
            let usable = self.state.parts.get(*at)?.get(Part::Available).is_positive();
            let grant = self.grants.get(*at).filter(|_| usable)?;
            grant.expires_at.map(|end| (end, Event::Expiry(grant.id)))
        });
        let holds = self.state.holds.iter();
        let lapses = holds.map(|hold| (hold.lapses_at, Event::Lapse(hold.id)));
        let subscribed = self.state.subscription.as_ref();
        let cycle = subscribed.and_then(|subscribed| subscribed.next_cycle_at());
        expiries.chain(lapses).chain(cycle.map(|at| (at, Event::Cycle))).min()
    }
}
