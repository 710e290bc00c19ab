//! Commands as JSON: one flat object whose `op` says which fields count.
//!
//! Beside `op` there are `request_id` and, where wanted, `reference`, `site` and `reason`. Fields
//! in brackets may be left out.
//!
//! - `touch` has no other field and no request id: it books what time has done.
//! - `grant`: `kind` (purchase, bonus or refund), `amount`, \[`bonus`, `order_item`, `priority`,
//!   `effective_at`, `expires_at`\].
//! - `use`: `mode` (strict or record), `amount` or `usage`, \[`occurred_at`\].
//! - `batch`: `items`, each with the fields of a `use` and a request id; it has none of its own.
//! - `hold`: `amount` or `usage`, `duration_ms`, \[`mode`, else strict\].
//! - `settle`: `hold`, `mode`, `amount` or `usage`, \[`occurred_at`\].
//! - `release`: `hold`.
//! - `reverse`, `reinstate`: `order_item`, \[`refunded` and `of`: money or pieces, cumulative;
//!   without them everything is reversed, or everything reinstated\].
//! - `adjust`: `direction` (add or take), `amount`, `reason`, \[`expires_at` of what is added\].
//! - `subscribe`: `plan`, \[`months`, `paid_until` or `open_ended`, else 1 month; `started_at`\].
//! - `renew`: \[`months`, `paid_until` or `open_ended`, else 1 month\].
//! - `change_plan`: `plan`.
//! - `cancel`: no other field.
//!
//! Amounts are plain decimal strings, ids are strings, instants are RFC 3339. An amount of `"0"` is
//! a use or settle that failed, and needs its `reason`. `tests/vectors/commands.json` has an
//! example of each.

use serde::{Deserialize, Serialize};

use crate::core::ledger::{Charge, Command, Note, Op, Request, Term};
use crate::core::{Credits, DEFAULT_PRIORITY, Mode, Share};
use crate::error::{Code, Error, Result};
use crate::wire::balance::grant_kind;
use crate::wire::command_usage::usage;
use crate::wire::fields::{Fields, read};
use crate::wire::value::Value;

/// A command on the wire.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CommandShape(pub Value);

impl CommandShape {
    /// Reads the fields that the operation has; the others are not looked at.
    ///
    /// # Errors
    /// `field_invalid` for an unknown operation or word and for a field that is missing;
    /// `snapshot_invalid` for one of another type; `amount_invalid`, `amount_out_of_range`,
    /// `time_invalid`, `reversal_invalid`. All name the field.
    pub fn parse(&self) -> Result<Command> {
        read(&self.0, command)
    }
}

fn command(fields: Fields<'_>) -> Command {
    match fields.optional_text("op").unwrap_or_default() {
        "touch" => Command::Touch,
        "batch" => Command::Batch(fields.optional_list("items", |item| request(item, use_op))),
        _ => Command::One(request(fields, op)),
    }
}

fn request(fields: Fields<'_>, op: fn(Fields<'_>) -> Op) -> Request {
    let op = op(fields);
    let note = Note {
        reference: fields.boxed("reference"),
        site: fields.boxed("site"),
        reason: fields.boxed("reason"),
    };
    // A missing one is refused like an empty one.
    Request { id: fields.optional_string("request_id").unwrap_or_default(), note, op }
}

fn op(fields: Fields<'_>) -> Op {
    match fields.optional_text("op").unwrap_or_default() {
        "grant" => grant(fields),
        "use" => use_op(fields),
        "hold" => Op::Hold {
            mode: if fields.has("mode") { mode(fields) } else { Mode::Strict },
            charge: charge(fields),
            duration_ms: fields.optional_whole::<u32>("duration_ms").unwrap_or(0).into(),
        },
        "settle" => Op::Settle {
            hold: hold(fields),
            mode: mode(fields),
            charge: charge(fields),
            occurred_at: fields.optional_instant("occurred_at"),
        },
        "release" => Op::Release { hold: hold(fields) },
        "reverse" => Op::Reverse {
            order_item: required(fields, "order_item").into(),
            share: share(fields, Share::ALL),
        },
        "reinstate" => Op::Reinstate {
            order_item: required(fields, "order_item").into(),
            share: share(fields, Share::NONE),
        },
        "adjust" => adjust(fields),
        "subscribe" => Op::Subscribe {
            plan: required(fields, "plan").into(),
            term: term(fields),
            started_at: fields.optional_instant("started_at"),
        },
        "renew" => Op::Renew { term: term(fields) },
        "change_plan" => Op::ChangePlan { plan: required(fields, "plan").into() },
        "cancel" => Op::Cancel,
        _ => {
            unknown(fields, "op");
            Op::Cancel
        }
    }
}

fn grant(fields: Fields<'_>) -> Op {
    required(fields, "kind");
    Op::Grant {
        kind: grant_kind(fields),
        amount: amount(fields, "amount"),
        bonus: fields.optional_amount("bonus"),
        order_item: fields.boxed("order_item"),
        priority: fields.optional_whole("priority").unwrap_or(DEFAULT_PRIORITY),
        effective_at: fields.optional_instant("effective_at"),
        expires_at: fields.optional_instant("expires_at"),
    }
}

fn use_op(fields: Fields<'_>) -> Op {
    let (mode, charge) = (mode(fields), charge(fields));
    Op::Use { mode, charge, occurred_at: fields.optional_instant("occurred_at") }
}

fn adjust(fields: Fields<'_>) -> Op {
    let amount = amount(fields, "amount");
    match required(fields, "direction") {
        "add" => return Op::Add { amount, expires_at: fields.optional_instant("expires_at") },
        "take" => {}
        _ => unknown(fields, "direction"),
    }
    Op::Take { amount }
}

fn hold(fields: Fields<'_>) -> u64 {
    let text = required(fields, "hold");
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    let id = text.parse().ok().filter(|_| plain);
    // An id that can't be one is answered like one that does not exist.
    let missing = || Error::new(Code::NotFound, "no such hold");
    fields.accept_at("hold", id.ok_or_else(missing)).unwrap_or(0)
}

fn share(fields: Fields<'_>, otherwise: Share) -> Share {
    if !fields.has("refunded") && !fields.has("of") {
        return otherwise;
    }
    let (refunded, of) = (amount(fields, "refunded"), amount(fields, "of"));
    fields.accept(Share::new(refunded, of)).unwrap_or(otherwise)
}

fn term(fields: Fields<'_>) -> Term {
    let open = fields.optional_flag("open_ended");
    match (fields.optional_whole("months"), fields.optional_instant("paid_until"), open) {
        (months, None, false) => Term::Months(months.unwrap_or(1)),
        (None, Some(until), false) => Term::Until(until),
        (None, None, true) => Term::Open,
        _ => {
            let message = "a term is months, paid_until or open_ended: one of them";
            fields.refuse(Error::new(Code::FieldInvalid, message).at("months"));
            Term::Open
        }
    }
}

/// A text that the operation has. Here a missing one is the caller's mistake, not a snapshot's.
fn required<'a>(fields: Fields<'a>, name: &'static str) -> &'a str {
    if !fields.has(name) {
        fields.refuse(Error::new(Code::FieldInvalid, "a required field is missing").at(name));
    }
    fields.text(name)
}

fn amount(fields: Fields<'_>, name: &'static str) -> Credits {
    required(fields, name);
    fields.amount(name)
}

fn unknown(fields: Fields<'_>, name: &'static str) {
    let message = "not one of the words that this field has";
    fields.refuse(Error::new(Code::FieldInvalid, message).at(name));
}

fn mode(fields: Fields<'_>) -> Mode {
    match required(fields, "mode") {
        "record" => return Mode::Record,
        "strict" => {}
        _ => unknown(fields, "mode"),
    }
    Mode::Strict
}

fn charge(fields: Fields<'_>) -> Charge {
    match (fields.has("amount"), fields.optional_nested("usage")) {
        (false, Some(measured)) => Charge::Usage(Box::new(usage(measured))),
        (true, None) => Charge::Amount(fields.amount("amount")),
        _ => {
            let message = "a charge is an amount or a usage, not both";
            fields.refuse(Error::new(Code::FieldInvalid, message).at("amount"));
            Charge::Amount(Credits::ZERO)
        }
    }
}
