//! The naive ledger's holds.

use nivella_credits::Code;
use nivella_credits::core::ledger::Charge;
use nivella_credits::core::{EntryKind, Mode};

use crate::account::{HoldState, NaiveHold};
use crate::naive::{Act, Naive, Said, check};

impl Naive {
    pub fn open_hold(&mut self, cost: i128, mode: Mode, lapses: i64, now: i64) -> Act {
        let mut draws = Vec::new();
        if !self.unlimited(now) {
            if mode == Mode::Strict {
                self.fund(cost)?;
            }
            draws = self.draw(cost, |_| true);
        }
        for (grant, gives) in &draws {
            self.grants[*grant].available -= gives;
            self.grants[*grant].held += gives;
        }
        self.holds.push(NaiveHold { state: HoldState::Open, lapses, draws });
        self.rows.push((EntryKind::Hold, 0, 0, 0));
        Ok(())
    }

    fn find(&self, hold: u64) -> Result<usize, Said> {
        let place = hold.wrapping_sub(1) as usize;
        let known = self.holds.get(place).ok_or(Said::Error(Code::NotFound))?;
        check(known.state != HoldState::Done, Code::HoldResolved)?;
        Ok(place)
    }

    pub fn settle(
        &mut self,
        hold: u64,
        mode: Mode,
        charge: &Charge,
        reason: bool,
        occurred: Option<i64>,
        now: i64,
    ) -> Act {
        let hold = self.find(hold)?;
        let lapsed = self.holds[hold].state == HoldState::Lapsed;
        check(!lapsed || mode == Mode::Record, Code::HoldLapsed)?;
        let at = self.occurred(occurred, now)?;
        let price = self.price(charge, mode, reason, at, now)?;
        let waived = if self.unlimited(now) { price } else { 0 };
        let cost = price - waived;
        let draws = if lapsed { Vec::new() } else { self.holds[hold].draws.clone() };
        let reserved: i128 = draws.iter().map(|(_, amount)| amount).sum();
        if cost > reserved && mode == Mode::Strict {
            self.fund(cost - reserved)?;
        }
        let mut left = cost;
        let mut back = Vec::new();
        for (grant, amount) in draws {
            let charged = amount.min(left);
            left -= charged;
            self.grants[grant].held -= charged;
            self.grants[grant].consumed += charged;
            back.push((grant, amount - charged));
        }
        let (repaid, expired) = self.give_back(&back, now);
        let owed = self.consume(left);
        self.holds[hold].state = HoldState::Done;
        self.rows.push((EntryKind::Settle, -cost, owed - repaid, waived));
        self.used.push((at, cost));
        self.note_expired(expired, &back, now);
        self.even_out(now);
        Ok(())
    }

    pub fn release(&mut self, hold: u64, now: i64) -> Act {
        let hold = self.find(hold)?;
        check(self.holds[hold].state == HoldState::Open, Code::HoldLapsed)?;
        self.return_all(hold, EntryKind::Release, now);
        self.holds[hold].state = HoldState::Done;
        Ok(())
    }

    pub fn return_all(&mut self, hold: usize, kind: EntryKind, at: i64) {
        let draws = self.holds[hold].draws.clone();
        let (repaid, expired) = self.give_back(&draws, at);
        self.rows.push((kind, 0, -repaid, 0));
        self.note_expired(expired, &draws, at);
        self.even_out(at);
        self.holds[hold].state = HoldState::Lapsed;
    }

    /// Answers what repaid debt and what expired.
    fn give_back(&mut self, draws: &[(usize, i128)], at: i64) -> (i128, i128) {
        let (mut repaid, mut expired) = (0, 0);
        for (grant, amount) in draws {
            let grant = &mut self.grants[*grant];
            grant.held -= amount;
            if grant.until.is_some_and(|until| until <= at) {
                grant.expired += amount;
                expired += amount;
            } else {
                let pays = self.debt.min(*amount);
                self.debt -= pays;
                repaid += pays;
                grant.consumed += pays;
                grant.available += amount - pays;
            }
        }
        (repaid, expired)
    }

    fn note_expired(&mut self, expired: i128, draws: &[(usize, i128)], _at: i64) {
        if draws.iter().any(|(_, amount)| *amount > 0) && expired > 0 {
            self.rows.push((EntryKind::Expiry, -expired, 0, 0));
        }
    }
}
