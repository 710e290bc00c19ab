//! Answers to commands: what was booked, or why not, and the balance after it.

use serde::Serialize;

use crate::core::ledger::{Booked, Command, Outcome, Ticket};
use crate::core::{Instant, Ledger};
use crate::error::Result;
use crate::wire::balance::BalanceShape;
use crate::wire::ledger_entry::entry_shape;
use crate::wire::value::Value;
use crate::wire::writer::{Writer, id_text, write_all};

/// An answer on the wire.
///
/// `booked` with `entries` (those of this request, not what time did before it), the `hold` that
/// was opened, and `replayed` when this is the first answer again; or not booked, with `reason` and
/// `short_by`. The balance is always that of now.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct AnswerShape(pub Value);

/// Applies a command and answers it.
///
/// # Errors
/// What [`Ledger::apply`] refuses; the ledger is as it was.
pub fn answer(ledger: &mut Ledger, command: Command, now: Instant) -> Result<AnswerShape> {
    let outcome = ledger.apply(command, now)?;
    let mut out = Writer::default();
    match &outcome {
        Outcome::Booked(booked) => {
            out.put("booked", true);
            out.put("entries", entries(ledger, booked));
            out.put_some("hold", booked.hold.map(ticket));
            out.put("replayed", booked.replayed);
        }
        Outcome::Batch(items) => {
            let item = |booked| {
                let entries = entries(ledger, booked);
                Writer::default().put("entries", entries).put("replayed", booked.replayed).done()
            };
            out.put("booked", true);
            out.put("items", Value::List(items.iter().map(item).collect()));
        }
        Outcome::Refused(refused) => {
            out.put("booked", false);
            out.put("reason", refused.reason.as_str());
            out.put("short_by", refused.short_by);
        }
    }
    out.put("balance", BalanceShape::from(&ledger.balance(now)?).0);
    Ok(AnswerShape(out.done()))
}

fn ticket(hold: Ticket) -> Value {
    Writer::default()
        .put("id", id_text(hold.id))
        .put("amount", hold.amount)
        .put("lapses_at", hold.lapses_at)
        .done()
}

fn entries(ledger: &Ledger, booked: &Booked) -> Value {
    write_all(ledger.entries_of(booked), entry_shape)
}
