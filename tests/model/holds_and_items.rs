//! The naive ledger's holds and order items.

use nivella_credits::Code;
use nivella_credits::core::ledger::Charge;
use nivella_credits::core::{Credits, EntryKind, GrantKind, Mode, Share};

use crate::account::{HoldState, NaiveGrant, NaiveHold, NaiveItem};
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

    pub fn note_item(&mut self, item: &Option<String>, kind: GrantKind, amount: i128) -> Act {
        let Some(id) = item else { return Ok(()) };
        if !self.items.iter().any(|item| item.id == *id) {
            self.items.push(NaiveItem { id: id.clone(), ..NaiveItem::default() });
        }
        let item = self.items.iter_mut().find(|item| item.id == *id).expect("it was just added");
        let sum = if kind == GrantKind::Bonus { &mut item.bonus } else { &mut item.purchase };
        check(*sum == 0, Code::ReversalInvalid)?;
        *sum = amount;
        Ok(())
    }

    pub fn reverse(&mut self, id: &str, share: Share, only_back: bool, now: i64) -> Act {
        let place = self.items.iter().position(|item| item.id == id);
        let place = place.ok_or(Said::Error(Code::NotFound))?;
        let mut item = self.items[place].clone();
        let (purchase, bonus) = (part(share, item.purchase), part(share, item.bonus));
        let change = purchase + bonus - item.target - item.bonus_target;
        check(change <= 0 || !only_back, Code::ReversalInvalid)?;
        if change == 0 {
            let kind = if only_back { EntryKind::Reinstatement } else { EntryKind::Reversal };
            self.rows.push((kind, 0, 0, 0));
            let item = &mut self.items[place];
            (item.target, item.bonus_target) = (purchase, bonus);
            return Ok(());
        }
        let wanted = (purchase - item.target, bonus - item.bonus_target);
        (item.target, item.bonus_target) = (purchase, bonus);
        if change > 0 {
            self.take_back(&mut item, wanted, change, now);
        } else {
            self.give_again(&mut item, -change, now);
        }
        self.items[place] = item;
        Ok(())
    }

    fn take_back(&mut self, item: &mut NaiveItem, wanted: (i128, i128), change: i128, now: i64) {
        let own = |grant: &NaiveGrant| grant.item.as_ref() == Some(&item.id);
        let mut need = change;
        let mut taken = 0;
        // First from each grant what it owes itself, then from any of the item's.
        for round in 0..2 {
            for n in self.order() {
                let grant = &mut self.grants[n];
                let limit = match (round, grant.kind) {
                    (0, GrantKind::Purchase) => wanted.0.max(0),
                    (0, GrantKind::Bonus) => wanted.1.max(0),
                    (0, _) => 0,
                    _ => need,
                };
                if own(grant) {
                    let takes = limit.min(need).min(grant.available);
                    grant.available -= takes;
                    grant.reversed += takes;
                    need -= takes;
                    taken += takes;
                }
            }
        }
        let used: i128 = self.grants.iter().filter(|g| own(g)).map(|g| g.held + g.consumed).sum();
        let owed = need.min((used - item.covered).max(0));
        item.spared += need - owed;
        item.covered += owed;
        let mut rest = owed;
        for (grant, gives) in self.draw(owed, |n| !own(&self.grants[n])) {
            self.grants[grant].available -= gives;
            self.grants[grant].consumed += gives;
            rest -= gives;
            taken += gives;
        }
        let lasts = |grant: &&NaiveGrant| own(grant) && grant.until.is_none_or(|end| end > now);
        let held: i128 = self.grants.iter().filter(lasts).map(|grant| grant.held).sum();
        let debt = if self.forgive { rest.min((held - self.debt).max(0)) } else { rest };
        item.forgiven += rest - debt;
        item.lent += owed - rest + debt;
        self.debt += debt;
        self.rows.push((EntryKind::Reversal, -taken - debt, debt, 0));
    }

    fn give_again(&mut self, item: &mut NaiveItem, change: i128, now: i64) {
        let spared = change.min(item.spared);
        let forgiven = (change - spared).min(item.forgiven);
        item.spared -= spared;
        item.forgiven -= forgiven;
        item.covered -= forgiven;
        let amount = change - spared - forgiven;
        if amount == 0 {
            self.rows.push((EntryKind::Reinstatement, 0, 0, 0));
            return;
        }
        let own = || self.grants.iter().filter(|grant| grant.item.as_ref() == Some(&item.id));
        let bought = own().find(|grant| grant.kind == GrantKind::Purchase);
        let like = bought.or(own().next_back()).expect("an item has a grant").clone();
        let lent = amount.min(item.lent);
        item.lent -= lent;
        let over = like.until.is_some_and(|until| until <= now);
        let parts = match over && lent > 0 {
            true => vec![(lent, None), (amount - lent, like.until)],
            false => vec![(amount, like.until)],
        };
        for (amount, until) in parts.into_iter().filter(|(amount, _)| *amount > 0) {
            let grant = self.fresh(GrantKind::Refund, amount, like.from, until);
            let grant = NaiveGrant { priority: like.priority, item: like.item.clone(), ..grant };
            self.add(grant, EntryKind::Reinstatement, now);
        }
    }
}

/// The share of what was granted. How it is rounded has vectors of its own.
fn part(share: Share, granted: i128) -> i128 {
    let granted = i64::try_from(granted).expect("a grant fits");
    i128::from(share.of(Credits::from_micro(granted)).micro())
}
