//! The naive ledger's order items: each is brought to where its grants and its target say.

use nivella_credits::Code;
use nivella_credits::core::{Credits, EntryKind, GrantKind, Share};

use crate::account::{NaiveGrant, NaiveItem};
use crate::naive::{Act, Naive, Said, check};

const KINDS: [GrantKind; 2] = [GrantKind::Purchase, GrantKind::Bonus];

impl Naive {
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
        let item = &mut self.items[place];
        let target = [part(share, item.purchase), part(share, item.bonus)];
        let change: i128 = target.iter().sum::<i128>() - item.target.iter().sum::<i128>();
        check(change <= 0 || !only_back, Code::ReversalInvalid)?;
        let kind = match change < 0 || only_back {
            true => EntryKind::Reinstatement,
            false => EntryKind::Reversal,
        };
        if target == item.target {
            self.rows.push((kind, 0, 0, 0));
            return Ok(());
        }
        item.target = target;
        let (due, has) = (self.due(place), self.has(place));
        if due > has && !only_back {
            self.take_back(place, due - has, now);
        } else if due < has {
            self.give_again(place, has - due, false, now);
        } else {
            self.rows.push((kind, 0, 0, 0));
            self.spare(place);
        }
        self.even_out(now);
        Ok(())
    }

    /// The item's purchase and bonus, by number.
    fn own(&self, item: usize) -> [Option<usize>; 2] {
        let id = Some(&self.items[item].id);
        KINDS.map(|kind| self.grants.iter().position(|g| g.kind == kind && g.item.as_ref() == id))
    }

    /// What the targets ask for, without what has expired or was taken by hand.
    fn due(&self, item: usize) -> i128 {
        let of = |(n, own): (usize, Option<usize>)| {
            let NaiveItem { target, own: taken, .. } = &self.items[item];
            let left = own.map_or(0, |own| {
                let grant = &self.grants[own];
                grant.available + grant.held + grant.consumed + taken[n]
            });
            target[n].min(left)
        };
        self.own(item).into_iter().enumerate().map(of).sum()
    }

    fn has(&self, item: usize) -> i128 {
        let item = &self.items[item];
        item.own.iter().sum::<i128>() + item.covered()
    }

    /// The rest of the targets is spared.
    fn spare(&mut self, item: usize) {
        let has = self.has(item);
        let item = &mut self.items[item];
        item.spared = item.target.iter().sum::<i128>() - has;
    }

    /// The item's grants in burn order, each with its place among purchase and bonus.
    fn in_order(&self, item: usize) -> Vec<(usize, usize)> {
        let own = self.own(item);
        let place = |grant| own.iter().position(|own| *own == Some(grant));
        self.order().into_iter().filter_map(|grant| Some((place(grant)?, grant))).collect()
    }

    /// Takes available credits of the item's grants: first what each owes itself.
    fn take_own(&mut self, item: usize, mut need: i128) -> i128 {
        for round in 0..2 {
            for (n, grant) in self.in_order(item) {
                let NaiveItem { target, own, .. } = &mut self.items[item];
                let limit = if round == 0 { (target[n] - own[n]).max(0) } else { need };
                let takes = limit.min(need).min(self.grants[grant].available);
                self.grants[grant].available -= takes;
                self.grants[grant].reversed += takes;
                own[n] += takes;
                need -= takes;
            }
        }
        need
    }

    /// Takes from each of the item's grants what it owes itself and another one stood in for.
    fn turn(&mut self, item: usize) -> i128 {
        let above = |n: usize| (self.items[item].own[n] - self.items[item].target[n]).max(0);
        let mut rest = above(0) + above(1);
        let all = rest;
        for (n, grant) in self.in_order(item) {
            let NaiveItem { target, own, .. } = &mut self.items[item];
            let takes = (target[n] - own[n]).max(0).min(rest).min(self.grants[grant].available);
            self.grants[grant].available -= takes;
            self.grants[grant].reversed += takes;
            own[n] += takes;
            rest -= takes;
        }
        all - rest
    }

    fn take_back(&mut self, item: usize, need: i128, now: i64) {
        let own = self.own(item);
        let mut rest = self.take_own(item, need);
        for (grant, gives) in self.draw(rest, |n| !own.contains(&Some(n))) {
            self.grants[grant].available -= gives;
            self.grants[grant].consumed += gives;
            self.items[item].lent.push((grant, gives));
            rest -= gives;
        }
        let lasts = |grant: &NaiveGrant| grant.until.is_none_or(|end| end > now);
        let own = own.into_iter().flatten().map(|grant| &self.grants[grant]);
        let held: i128 = own.filter(|grant| lasts(grant)).map(|grant| grant.held).sum();
        let debt = if self.forgive { rest.min((held - self.debt).max(0)) } else { rest };
        self.items[item].forgiven += rest - debt;
        self.items[item].owed += debt;
        self.debt += debt;
        self.spare(item);
        self.rows.push((EntryKind::Reversal, rest - debt - need, debt, 0));
    }

    /// Gives so much back, or what is taken of the item's own once more. By time debt goes before
    /// what was forgiven.
    fn give_again(&mut self, item: usize, back: i128, by_time: bool, now: i64) {
        let (before, debt) = (self.posted(), self.debt);
        let mut rest = back;
        if by_time {
            let left = self.items[item].covered() - rest;
            rest += left.max(0) - self.take_own(item, left.max(0));
            rest += self.turn(item);
        }
        let mut fresh = 0;
        for what in if by_time { ["owed", "forgiven"] } else { ["forgiven", "owed"] } {
            let item = &mut self.items[item];
            let sum = if what == "owed" { &mut item.owed } else { &mut item.forgiven };
            let gives = rest.min(*sum);
            *sum -= gives;
            rest -= gives;
            if what == "owed" {
                fresh = gives - self.repaid(gives);
            }
        }
        let mut ended = Vec::new();
        while let Some((grant, lent)) = self.items[item].lent.pop() {
            let gives = rest.min(lent);
            self.items[item].lent.push((grant, lent - gives));
            rest -= gives;
            let back = gives - self.repaid(gives);
            self.grants[grant].consumed -= back;
            self.grants[grant].available += back;
            ended.extend((back > 0).then_some(grant));
            if gives < lent {
                break;
            }
            self.items[item].lent.pop();
        }
        for round in 0..2 {
            for (n, grant) in self.in_order(item).into_iter().rev() {
                let NaiveItem { target, own, .. } = &mut self.items[item];
                let limit = if round == 0 { (own[n] - target[n]).max(0) } else { own[n] };
                let gives = limit.min(rest);
                own[n] -= gives;
                rest -= gives;
                let back = gives - self.repaid(gives);
                self.grants[grant].reversed -= gives;
                self.grants[grant].consumed += gives - back;
                self.grants[grant].available += back;
                ended.extend((back > 0).then_some(grant));
            }
        }
        self.finish(item, fresh, before, debt, now);
        ended.into_iter().for_each(|grant| {
            self.expire(grant, now);
        });
    }

    /// Repays debt; answers how much.
    fn repaid(&mut self, amount: i128) -> i128 {
        let repaid = amount.min(self.debt);
        self.debt -= repaid;
        repaid
    }

    /// Books what was given back. Debt that others repaid since comes back as a new grant.
    fn finish(&mut self, item: usize, fresh: i128, posted: i128, debt: i128, now: i64) {
        self.spare(item);
        let own = self.own(item);
        let like = own[0].or(own[1]).map(|n| self.grants[n].clone()).expect("an item has a grant");
        if fresh > 0 {
            let until = like.until.filter(|until| *until > now);
            let grant = self.fresh(GrantKind::Refund, fresh, like.from, until);
            self.grants.push(NaiveGrant { priority: like.priority, ..grant });
        }
        let row = (EntryKind::Reinstatement, self.posted() - posted, self.debt - debt, 0);
        self.rows.push(row);
    }

    /// After credits came back or expired: whatever is covered for expired credits, or while the
    /// item itself has some, is given back.
    pub fn even_out(&mut self, now: i64) {
        loop {
            let uneven = (0..self.items.len()).filter(|item| {
                let own = self.own(*item).into_iter().flatten();
                let available: i128 = own.map(|n| self.grants[n].available).sum();
                let covered = self.items[*item].covered();
                self.due(*item) < self.has(*item)
                    || covered.min(available) > 0
                    || self.clone().turn(*item) > 0
            });
            let uneven = uneven.min_by_key(|item| &self.items[*item].id);
            let Some(item) = uneven else { return };
            self.evened += 1;
            self.give_again(item, self.has(item) - self.due(item), true, now);
        }
    }
}

/// The share of what was granted. How it is rounded has vectors of its own.
fn part(share: Share, granted: i128) -> i128 {
    let granted = i64::try_from(granted).expect("a grant fits");
    i128::from(share.of(Credits::from_micro(granted)).micro())
}
