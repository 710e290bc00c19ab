//! The naive ledger's subscription, and what time does.

use nivella_credits::Code;
use nivella_credits::core::ledger::Term;
use nivella_credits::core::{EntryKind, GrantKind, Instant, cycle};

use crate::account::{HoldState, NaiveGrant, NaivePlan, Sub};
use crate::naive::{Act, Naive, Said, check};

impl Naive {
    fn boundary(&self, start: i64, n: u32) -> i64 {
        let anchor = Instant::from_ms(start).expect("a time of a history");
        cycle(anchor, &self.zone, n).expect("a cycle of a history").period.start_at().ms()
    }

    pub fn plan(&self, now: i64) -> Option<&NaivePlan> {
        let sub = self.sub.as_ref()?;
        let (start, end, _) = sub.cycles.last()?;
        (*start <= now && now < *end).then(|| &self.plans[sub.plan])
    }

    pub fn unlimited(&self, now: i64) -> bool {
        self.plan(now).is_some_and(|plan| plan.unlimited)
    }

    /// The level that a customer sees, at 20 % and 5 % of a base.
    pub fn level(&self, now: i64) -> &'static str {
        if self.unlimited(now) {
            return "unlimited";
        }
        let day = |ms| self.zone.date_of(Instant::from_ms(ms).expect("a time")).days();
        let recent = self.used.iter().filter(|(at, _)| day(*at) > day(now) - 30);
        let used: i128 = recent.map(|(_, cost)| cost).sum();
        let cycle = self.sub.as_ref().and_then(|sub| sub.cycles.last());
        let allowance = self.plan(now).and(cycle).map_or(0, |(_, _, allowance)| *allowance);
        let last = self.grants.last().map_or(0, |grant| grant.amount);
        let bases = [allowance, used, last];
        let base = bases.into_iter().find(|base| *base > 0).unwrap_or(0);
        match self.spendable() * 100 {
            0 => "depleted",
            left if left <= base * 5 => "critical",
            left if left <= base * 20 => "low",
            _ => "ok",
        }
    }

    /// Key, allowance and end of the running cycle, and when an unlimited plan ends: cycle by cycle
    /// as long as they are paid for and the plan stays unlimited.
    pub fn plan_line(&self, now: i64) -> Option<(String, i128, i64, Option<i64>)> {
        let (plan, sub) = (self.plan(now)?, self.sub.as_ref()?);
        let (_, cycle_end, allowance) = *sub.cycles.last()?;
        let follows = sub.next.is_none_or(|next| self.plans[next].unlimited);
        let (mut end, mut n) = (cycle_end, sub.cycles.len() as u32);
        while follows && end < sub.paid && sub.paid != i64::MAX {
            n += 1;
            end = self.boundary(sub.start, n);
        }
        let open = sub.paid == i64::MAX && follows;
        let until = (plan.unlimited && !open).then_some(end);
        Some((plan.key.clone(), allowance, cycle_end, until))
    }

    fn plan_index(&self, key: &str) -> Result<usize, Said> {
        let found = self.plans.iter().position(|plan| plan.key == key);
        found.ok_or(Said::Error(Code::PlanUnknown))
    }

    fn end_of_term(&self, term: Term, start: i64, from: u32) -> Result<i64, Said> {
        match term {
            Term::Open => Ok(i64::MAX),
            Term::Until(at) => Ok(at.ms()),
            Term::Months(0) => Err(Said::Error(Code::FieldInvalid)),
            Term::Months(months) => Ok(self.boundary(start, from + months)),
        }
    }

    pub fn subscribe(&mut self, plan: &str, term: Term, start: i64, now: i64) -> Act {
        let plan = self.plan_index(plan)?;
        let runs = self.sub.as_ref().is_some_and(|sub| sub.paid > now);
        check(!runs, Code::FieldInvalid)?;
        check(start <= now, Code::FieldInvalid)?;
        let booked = self.sub.as_ref().and_then(|sub| sub.cycles.last());
        let again = start < now && booked.is_some_and(|(_, end, _)| start < *end);
        check(!again, Code::FieldInvalid)?;
        let paid = self.end_of_term(term, start, 0)?;
        check(paid >= start, Code::PeriodInvalid)?;
        self.subs += 1;
        self.sub = Some(Sub { plan, next: None, start, paid, cycles: Vec::new(), unused: 0 });
        self.plan_row();
        self.pass(now);
        Ok(())
    }

    pub fn renew(&mut self, term: Term, now: i64) -> Act {
        let sub = self.sub.clone().ok_or(Said::Error(Code::NotFound))?;
        check(sub.paid != i64::MAX, Code::FieldInvalid)?;
        let mut first = sub.cycles.len() as u32;
        while self.boundary(sub.start, first) < sub.paid {
            first += 1;
        }
        let paid = self.end_of_term(term, sub.start, first)?;
        check(paid > sub.paid && paid > now, Code::PeriodInvalid)?;
        self.sub = Some(Sub { paid, ..sub });
        self.plan_row();
        self.pass(now);
        Ok(())
    }

    pub fn change_plan(&mut self, plan: &str, now: i64) -> Act {
        let new = self.plan_index(plan)?;
        check(self.plan(now).is_some(), Code::NotFound)?;
        let number = self.subs;
        let Some(sub) = &mut self.sub else { return Ok(()) };
        let up = self.plans[new].level > self.plans[sub.plan].level;
        self.rows.push((EntryKind::Plan, 0, 0, 0));
        if !up {
            sub.next = (new != sub.plan).then_some(new);
            return Ok(());
        }
        sub.next = None;
        sub.plan = new;
        let Some((_, end, allowance)) = sub.cycles.last_mut() else { return Ok(()) };
        let more = self.plans[new].allowance - *allowance;
        if more > 0 {
            *allowance += more;
            let end = *end;
            let grant = self.fresh(GrantKind::Allowance, more, now, Some(end));
            self.add(NaiveGrant { cycle_of: Some(number), ..grant }, EntryKind::Grant, now);
        }
        Ok(())
    }

    pub fn cancel(&mut self, now: i64) -> Act {
        let sub = self.sub.as_mut().filter(|sub| sub.paid > now);
        let sub = sub.ok_or(Said::Error(Code::NotFound))?;
        (sub.paid, sub.next) = (now, None);
        self.plan_row();
        Ok(())
    }

    fn plan_row(&mut self) {
        self.rows.push((EntryKind::Plan, 0, 0, 0));
    }

    /// When something will happen: ends of grants that have something left, of holds, of the cycle.
    pub fn marks(&self) -> Vec<i64> {
        let live = self.grants.iter().filter(|grant| grant.available + grant.held > 0);
        let open = self.holds.iter().filter(|hold| hold.state == HoldState::Open);
        let cycles = self.sub.iter().flat_map(|sub| sub.cycles.last());
        let ends = live.filter_map(|grant| grant.until).chain(open.map(|hold| hold.lapses));
        ends.chain(cycles.map(|(_, end, _)| *end)).collect()
    }

    /// Lets time pass: looks for the earliest thing that is due, does it, and looks again.
    pub fn pass(&mut self, now: i64) {
        loop {
            let mut due: Vec<(i64, u8, usize)> = Vec::new();
            for (n, grant) in self.grants.iter().enumerate() {
                if let (Some(until), true) = (grant.until, grant.available > 0) {
                    due.push((until, 0, n));
                }
            }
            for (n, hold) in self.holds.iter().enumerate() {
                if hold.state == HoldState::Open {
                    due.push((hold.lapses, 1, n));
                }
            }
            if let Some(sub) = &self.sub {
                let next = sub.cycles.last().map_or(sub.start, |(_, end, _)| *end);
                if next < sub.paid {
                    due.push((next, 2, 0));
                }
            }
            let Some((at, what, n)) = due.into_iter().min().filter(|(at, ..)| *at <= now) else {
                return;
            };
            match what {
                0 => self.expire_one(n, at),
                1 => self.return_all(n, EntryKind::Lapse, at),
                _ => self.begin_cycle(at),
            }
        }
    }

    fn expire_one(&mut self, grant: usize, at: i64) {
        let gone = self.expire(grant, at);
        let (subs, of) = (self.subs, self.grants[grant].cycle_of);
        if let Some(sub) = &mut self.sub
            && of == Some(subs)
            && sub.cycles.last().is_some_and(|(_, end, _)| *end == at)
        {
            sub.unused += gone;
        }
        self.even_out(at);
    }

    fn begin_cycle(&mut self, at: i64) {
        let Some(mut sub) = self.sub.clone() else { return };
        let rolled = sub.unused.min(self.plans[sub.plan].cap);
        sub.plan = sub.next.take().unwrap_or(sub.plan);
        let allowance = self.plans[sub.plan].allowance;
        let end = self.boundary(sub.start, sub.cycles.len() as u32 + 1);
        sub.cycles.push((at, end, allowance));
        sub.unused = 0;
        self.sub = Some(sub);
        for amount in [rolled, allowance] {
            if amount > 0 {
                let grant = self.fresh(GrantKind::Allowance, amount, at, Some(end));
                let grant = NaiveGrant { cycle_of: Some(self.subs), ..grant };
                self.add(grant, EntryKind::Grant, at);
            }
        }
        if rolled + allowance == 0 {
            self.plan_row();
        }
    }
}
