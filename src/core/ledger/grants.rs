//! Grants and adjustments by request.

use crate::core::ledger::book::Stamp;
use crate::core::ledger::command::Op;
use crate::core::ledger::request::check_key;
use crate::core::ledger::spend::check_amount;
use crate::core::ledger::{Ledger, Refused};
use crate::core::{
    Credits, DEFAULT_PRIORITY, Entry, EntryKind, Grant, GrantKind, Instant, Mode, Part, Source,
};
use crate::error::{Code, Error, Result};

impl Ledger {
    /// The operations that no balance can refuse.
    pub(super) fn perform_always(&mut self, op: Op, stamp: &mut Stamp) -> Result<()> {
        match op {
            Op::Grant { kind, amount, bonus, order_item, priority, effective_at, expires_at } => {
                let source = order_item.map_or(Source::None, Source::OrderItem);
                let effective_at = effective_at.unwrap_or(stamp.now);
                let grant =
                    Grant { id: 0, kind, priority, effective_at, expires_at, amount, source };
                self.grant(grant, bonus, stamp)
            }
            Op::Release { hold } => self.release(hold, stamp),
            Op::Reverse { order_item, share } => self.reverse(&order_item, share, false, stamp),
            Op::Reinstate { order_item, share } => self.reverse(&order_item, share, true, stamp),
            Op::Add { amount, expires_at } => {
                check_reason(stamp)?;
                let grant = Grant {
                    id: 0,
                    kind: GrantKind::Adjustment,
                    priority: DEFAULT_PRIORITY,
                    effective_at: stamp.now,
                    expires_at,
                    amount,
                    source: Source::None,
                };
                check_grant(&grant, stamp.now)?;
                self.book_grant(Entry::new(EntryKind::Adjustment, stamp.now), grant, stamp)
            }
            Op::Subscribe { plan, term, started_at } => {
                self.subscribe(&plan, term, started_at, stamp)
            }
            Op::Renew { term } => self.renew(term, stamp),
            Op::ChangePlan { plan } => self.change_plan(&plan, stamp),
            Op::Cancel => self.cancel(stamp),
            // These can be refused; the caller has them.
            Op::Use { .. } | Op::Hold { .. } | Op::Settle { .. } | Op::Take { .. } => Ok(()),
        }
    }

    fn grant(&mut self, grant: Grant, bonus: Credits, stamp: &mut Stamp) -> Result<()> {
        let sold = matches!(grant.kind, GrantKind::Purchase | GrantKind::Bonus);
        if !sold && grant.kind != GrantKind::Refund {
            let message = "allowances and adjustments have operations of their own";
            return Err(Error::new(Code::FieldInvalid, message).at("kind"));
        }
        match &grant.source {
            Source::OrderItem(item) if sold => check_key(item, "order_item")?,
            Source::OrderItem(_) => {
                let message = "only a purchase and its bonus belong to an order item";
                return Err(Error::new(Code::FieldInvalid, message).at("order_item"));
            }
            _ => {}
        }
        check_grant(&grant, stamp.now)?;
        if !bonus.is_zero() {
            check_amount(bonus, "bonus")?;
            if grant.kind != GrantKind::Purchase {
                let message = "a bonus is booked with a purchase";
                return Err(Error::new(Code::FieldInvalid, message).at("bonus"));
            }
            // First, because it burns first: it is the bonus that repays debt.
            let bonus = Grant { kind: GrantKind::Bonus, amount: bonus, ..grant.clone() };
            self.book_grant(Entry::new(EntryKind::Grant, stamp.now), bonus, stamp)?;
        }
        self.book_grant(Entry::new(EntryKind::Grant, stamp.now), grant, stamp)?;
        // A bonus may come after the refund of what it was given for.
        self.even_out(vec![self.grants.len() as u64], stamp.now, stamp)
    }

    /// Takes credits by hand, in burn order.
    pub(super) fn take(&mut self, amount: Credits, stamp: &mut Stamp) -> Result<Option<Refused>> {
        check_reason(stamp)?;
        check_amount(amount, "amount")?;
        let mut entry = Entry::new(EntryKind::Adjustment, stamp.now);
        match self.cover(&mut entry, amount, Mode::Strict, Part::Reversed)? {
            Some(refused) => Ok(Some(refused)),
            None => {
                let grants = entry.draws.iter().map(|draw| draw.grant).collect();
                self.post(entry, stamp)?;
                self.even_out(grants, stamp.now, stamp).map(|()| None)
            }
        }
    }
}

fn check_reason(stamp: &Stamp) -> Result<()> {
    if stamp.note.reason.is_some() {
        return Ok(());
    }
    Err(Error::new(Code::FieldInvalid, "an adjustment needs a reason").at("reason"))
}

fn check_grant(grant: &Grant, now: Instant) -> Result<()> {
    check_amount(grant.amount, "amount")?;
    if grant.effective_at > now {
        let message = "a grant counts from now or earlier";
        return Err(Error::new(Code::FieldInvalid, message).at("effective_at"));
    }
    if grant.is_expired(grant.effective_at) {
        let message = "a grant ends after it began";
        return Err(Error::new(Code::PeriodInvalid, message).at("expires_at"));
    }
    Ok(())
}
