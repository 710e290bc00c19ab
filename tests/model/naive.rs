//! A ledger as simple as it can be written: every question is answered by looking at everything.
//!
//! It shares no rule with the engine: only the words of commands, and the calendar.

use nivella_credits::Code;
use nivella_credits::core::ledger::{Charge, Op, Request};
use nivella_credits::core::{EntryKind, GrantKind, Mode, Zone};

use crate::account::{NaiveGrant, NaiveHold, NaiveItem, NaivePlan, Sub};

/// What a request is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    Booked,
    Replayed,
    Refused { short_by: i128 },
    Error(Code),
}

pub type Act = Result<(), Said>;

#[derive(Clone)]
pub struct Naive {
    pub zone: Zone,
    pub plans: Vec<NaivePlan>,
    /// From when, credits per message in micro, rounded up to 100,000 micro.
    pub rates: Vec<(i64, i128)>,
    pub forgive: bool,
    pub now: i64,
    pub debt: i128,
    pub grants: Vec<NaiveGrant>,
    pub holds: Vec<NaiveHold>,
    pub items: Vec<NaiveItem>,
    pub sub: Option<Sub>,
    pub subs: u32,
    /// When, and what it cost.
    pub used: Vec<(i64, i128)>,
    /// Kind, change of posted, change of debt, waived.
    pub rows: Vec<(EntryKind, i128, i128, i128)>,
    pub requests: Vec<Request>,
    /// How often an item was compared with its target by time, and something was given back.
    pub evened: u32,
}

impl Naive {
    /// A touch, or one request. A refusal puts everything back.
    pub fn send(&mut self, request: Option<&Request>, clock: i64) -> Said {
        if let Some(request) = request
            && let Some(known) = self.requests.iter().find(|known| known.id == request.id)
        {
            let same = known.op == request.op && known.note == request.note;
            return if same { Said::Replayed } else { Said::Error(Code::RequestIdConflict) };
        }
        let before = self.clone();
        let now = clock.max(self.now);
        self.pass(now);
        let rows = self.rows.len();
        if let Some(request) = request {
            if let Err(said) = self.act(request, now) {
                *self = before;
                return said;
            }
            if self.rows.len() > rows {
                self.requests.push(request.clone());
            }
        }
        if self.rows.len() > before.rows.len() {
            self.now = now;
        }
        Said::Booked
    }

    fn act(&mut self, request: &Request, now: i64) -> Act {
        let reason = request.note.reason.is_some();
        match &request.op {
            Op::Grant { kind, amount, bonus, order_item, priority, effective_at, expires_at } => {
                let from = effective_at.map_or(now, |at| at.ms());
                let until = expires_at.map(|at| at.ms());
                check(amount.micro() > 0, Code::AmountOutOfRange)?;
                check(from <= now, Code::FieldInvalid)?;
                check(until.is_none_or(|until| until > from), Code::PeriodInvalid)?;
                let both = [(GrantKind::Bonus, bonus.micro()), (*kind, amount.micro())];
                for (kind, amount) in both.into_iter().filter(|(_, amount)| *amount > 0) {
                    let item = order_item.as_deref().map(str::to_owned);
                    self.note_item(&item, kind, i128::from(amount))?;
                    let grant = self.fresh(kind, i128::from(amount), from, until);
                    let grant = NaiveGrant { priority: *priority, item, ..grant };
                    self.add(grant, EntryKind::Grant, now);
                }
                self.even_out(now);
                Ok(())
            }
            Op::Use { mode, charge, occurred_at } => {
                let at = self.occurred(occurred_at.map(|at| at.ms()), now)?;
                let cost = self.price(charge, *mode, reason, at, now)?;
                self.charge(cost, *mode, at, now)
            }
            Op::Hold { mode, charge, duration_ms } => {
                let cost = self.price(charge, *mode, false, now, now)?;
                self.open_hold(cost, *mode, now + duration_ms, now)
            }
            Op::Settle { hold, mode, charge, occurred_at } => {
                self.settle(*hold, *mode, charge, reason, occurred_at.map(|at| at.ms()), now)
            }
            Op::Release { hold } => self.release(*hold, now),
            Op::Reverse { order_item, share } => self.reverse(order_item, *share, false, now),
            Op::Reinstate { order_item, share } => self.reverse(order_item, *share, true, now),
            Op::Add { amount, expires_at } => {
                check(reason, Code::FieldInvalid)?;
                let until = expires_at.map(|at| at.ms());
                check(until.is_none_or(|until| until > now), Code::PeriodInvalid)?;
                let amount = i128::from(amount.micro());
                let grant = self.fresh(GrantKind::Adjustment, amount, now, until);
                self.add(grant, EntryKind::Adjustment, now);
                Ok(())
            }
            Op::Take { amount } => {
                check(reason, Code::FieldInvalid)?;
                let amount = i128::from(amount.micro());
                self.fund(amount)?;
                for (grant, gives) in self.draw(amount, |_| true) {
                    self.grants[grant].available -= gives;
                    self.grants[grant].reversed += gives;
                }
                self.rows.push((EntryKind::Adjustment, -amount, 0, 0));
                self.even_out(now);
                Ok(())
            }
            Op::Subscribe { plan, term, started_at } => {
                self.subscribe(plan, *term, started_at.map_or(now, |at| at.ms()), now)
            }
            Op::Renew { term } => self.renew(*term, now),
            Op::ChangePlan { plan } => self.change_plan(plan, now),
            Op::Cancel => self.cancel(now),
        }
    }

    /// Grants in burn order, at the time that the account is at.
    pub fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.grants.len()).collect();
        order.sort_by_key(|n| {
            let grant = &self.grants[*n];
            let promotional = grant.kind == GrantKind::Bonus;
            (grant.priority, grant.until.unwrap_or(i64::MAX), !promotional, grant.from, *n)
        });
        order
    }

    pub fn available(&self) -> i128 {
        self.grants.iter().map(|grant| grant.available).sum()
    }

    pub fn held(&self) -> i128 {
        self.grants.iter().map(|grant| grant.held).sum()
    }

    pub fn posted(&self) -> i128 {
        self.available() + self.held() - self.debt
    }

    pub fn spendable(&self) -> i128 {
        (self.posted() - self.held()).max(0)
    }

    /// Who gives how much of an amount, among some grants, in burn order.
    pub fn draw(&self, amount: i128, among: impl Fn(usize) -> bool) -> Vec<(usize, i128)> {
        let mut rest = amount;
        let mut draws = Vec::new();
        for grant in self.order().into_iter().filter(|grant| among(*grant)) {
            let gives = self.grants[grant].available.min(rest);
            rest -= gives;
            draws.push((grant, gives));
        }
        draws
    }

    /// Refuses what is not covered.
    pub fn fund(&self, amount: i128) -> Act {
        let free = self.posted() - self.held();
        if amount > free.max(0) {
            return Err(Said::Refused { short_by: amount - free });
        }
        Ok(())
    }

    /// Books a cost, by mode, or waives it.
    fn charge(&mut self, cost: i128, mode: Mode, at: i64, now: i64) -> Act {
        if self.unlimited(now) {
            self.rows.push((EntryKind::Use, 0, 0, cost));
            return Ok(());
        }
        if mode == Mode::Strict {
            self.fund(cost)?;
        }
        let owed = self.consume(cost);
        self.rows.push((EntryKind::Use, -cost, owed, 0));
        self.used.push((at, cost));
        Ok(())
    }

    /// Draws a cost; what is not covered becomes debt.
    pub fn consume(&mut self, cost: i128) -> i128 {
        let draws = self.draw(cost, |_| true);
        let covered: i128 = draws.iter().map(|(_, gives)| gives).sum();
        for (grant, gives) in draws {
            self.grants[grant].available -= gives;
            self.grants[grant].consumed += gives;
        }
        self.debt += cost - covered;
        cost - covered
    }

    pub fn fresh(
        &self,
        kind: GrantKind,
        amount: i128,
        from: i64,
        until: Option<i64>,
    ) -> NaiveGrant {
        NaiveGrant {
            kind,
            priority: 50,
            from,
            until,
            amount,
            available: amount,
            held: 0,
            consumed: 0,
            reversed: 0,
            expired: 0,
            item: None,
            cycle_of: None,
        }
    }

    /// Adds a grant: debt first, and what is over at once expires.
    pub fn add(&mut self, mut grant: NaiveGrant, kind: EntryKind, at: i64) {
        let repaid = self.debt.min(grant.amount);
        grant.available -= repaid;
        grant.consumed += repaid;
        self.debt -= repaid;
        self.rows.push((kind, grant.amount, -repaid, 0));
        self.grants.push(grant);
        self.expire(self.grants.len() - 1, at);
    }

    /// Expires what is available of a grant whose time is over.
    pub fn expire(&mut self, grant: usize, at: i64) -> i128 {
        let grant = &mut self.grants[grant];
        if grant.until.is_none_or(|until| until > at) || grant.available == 0 {
            return 0;
        }
        let gone = grant.available;
        grant.expired += gone;
        grant.available = 0;
        self.rows.push((EntryKind::Expiry, -gone, 0, 0));
        gone
    }

    pub fn price(
        &self,
        charge: &Charge,
        mode: Mode,
        may_be_free: bool,
        at: i64,
        now: i64,
    ) -> Result<i128, Said> {
        match charge {
            Charge::Amount(amount) => {
                let amount = i128::from(amount.micro());
                check(amount > 0 || may_be_free, Code::AmountOutOfRange)?;
                Ok(amount)
            }
            Charge::Usage(usage) => {
                let outside = self.plan(now).is_some_and(|plan| !plan.allows(&usage.feature));
                check(mode == Mode::Record || !outside, Code::FeatureNotInPlan)?;
                let rate = self.rates.iter().rev().find(|(from, _)| *from <= at);
                let (_, rate) = rate.ok_or(Said::Error(Code::RateNotFound))?;
                let exact = rate * i128::from(usage.messages);
                Ok((exact + 99_999) / 100_000 * 100_000)
            }
        }
    }

    pub fn occurred(&self, at: Option<i64>, now: i64) -> Result<i64, Said> {
        let at = at.unwrap_or(now);
        let day = 24 * 3_600_000;
        check(at >= now - 35 * day && at <= now + 300_000, Code::OccurredAtOutOfRange)?;
        Ok(at)
    }
}

pub fn check(holds: bool, code: Code) -> Act {
    if holds { Ok(()) } else { Err(Said::Error(code)) }
}
