//! Request ids: what makes a write happen once, however often it is sent.

use crate::core::digest::{Digest, Hasher};
use crate::core::ledger::command::{Charge, Op, Request, Term};
use crate::core::{Credits, Instant, Mode, Share, Usage};
use crate::error::{Code, Error, Result};

const MAX_KEY_BYTES: usize = 191;
const MAX_REASON_BYTES: usize = 1_024;

/// A text that others made: at most so long, without control characters.
pub(crate) fn check_text(text: &str, field: &'static str, most: usize) -> Result<()> {
    if text.len() <= most && !text.is_empty() && !text.chars().any(char::is_control) {
        Ok(())
    } else {
        let message = "a text is empty, too long, or has control characters";
        Err(Error::new(Code::FieldInvalid, message).at(field))
    }
}

/// An id of something outside the ledger, such as an order item.
pub(crate) fn check_key(text: &str, field: &'static str) -> Result<()> {
    check_text(text, field, MAX_KEY_BYTES)
}

pub(crate) fn check_request_id(id: &str) -> Result<()> {
    let printable = id.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    if printable && (1..=MAX_KEY_BYTES).contains(&id.len()) {
        Ok(())
    } else {
        let message = "a request id is 1 to 191 bytes of printable ASCII";
        Err(Error::new(Code::RequestIdInvalid, message).at("request_id"))
    }
}

/// The texts that stand beside the figures.
pub(crate) fn check_note(
    reference: Option<&str>,
    site: Option<&str>,
    reason: Option<&str>,
) -> Result<()> {
    let fields = [
        (reference, "reference", MAX_KEY_BYTES),
        (site, "site", MAX_KEY_BYTES),
        (reason, "reason", MAX_REASON_BYTES),
    ];
    for (text, field, most) in fields {
        text.map_or(Ok(()), |text| check_text(text, field, most))?;
    }
    Ok(())
}

impl Request {
    /// The digest of the body: equal for equal meaning, however it was written (`1.20` is `1.2`).
    ///
    /// Who chooses bodies must not find two that are taken for one, or the second would be answered
    /// as booked and never be.
    pub(crate) fn hash(&self) -> Digest {
        let mut hash = Canonical::default();
        hash.op(&self.op);
        for text in [&self.note.reference, &self.note.site, &self.note.reason] {
            hash.optional_text(text.as_deref());
        }
        hash.0.digest()
    }
}

/// FNV-1a of a text: where to look for it, never whether it is the same.
pub(super) fn text_hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// SHA-256 over a form in which every field has a fixed place and texts carry their length.
#[derive(Default)]
struct Canonical(Hasher);

impl Canonical {
    fn number(&mut self, number: i64) {
        self.0.add(&number.to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as i64);
        self.0.add(text.as_bytes());
    }

    fn optional_text(&mut self, text: Option<&str>) {
        self.number(i64::from(text.is_some()));
        self.text(text.unwrap_or_default());
    }

    fn optional_time(&mut self, at: Option<Instant>) {
        self.number(i64::from(at.is_some()));
        self.number(at.map_or(0, Instant::ms));
    }

    fn mode(&mut self, mode: Mode) {
        self.number(i64::from(mode == Mode::Record));
    }

    fn charge(&mut self, charge: &Charge) {
        match charge {
            Charge::Amount(amount) => self.amount(0, *amount),
            Charge::Usage(usage) => {
                self.number(1);
                self.usage(usage);
            }
        }
    }

    fn amount(&mut self, tag: i64, amount: Credits) {
        self.number(tag);
        self.number(amount.micro());
    }

    fn usage(&mut self, usage: &Usage) {
        self.text(&usage.feature);
        self.text(&usage.agent);
        self.optional_text(usage.model.as_deref());
        let quantities =
            [usage.messages, usage.call_ms, usage.input_tokens, usage.output_tokens, usage.images];
        for quantity in quantities {
            self.number(quantity as i64);
        }
    }

    fn term(&mut self, term: Term) {
        let (tag, value) = match term {
            Term::Months(months) => (0, i64::from(months)),
            Term::Until(at) => (1, at.ms()),
            Term::Open => (2, 0),
        };
        self.number(tag);
        self.number(value);
    }

    fn item(&mut self, tag: i64, item: &str, share: Share) {
        let (refunded, whole) = share.lowest_terms();
        self.number(tag);
        self.text(item);
        self.number(refunded);
        self.number(whole);
    }

    fn op(&mut self, op: &Op) {
        match op {
            Op::Grant { kind, amount, bonus, order_item, priority, effective_at, expires_at } => {
                self.amount(0, *amount);
                self.text(kind.as_str());
                self.number(bonus.micro());
                self.optional_text(order_item.as_deref());
                self.number(i64::from(*priority));
                self.optional_time(*effective_at);
                self.optional_time(*expires_at);
            }
            Op::Use { mode, charge, occurred_at } => {
                self.number(1);
                self.mode(*mode);
                self.charge(charge);
                self.optional_time(*occurred_at);
            }
            Op::Hold { mode, charge, duration_ms } => {
                self.number(2);
                self.mode(*mode);
                self.charge(charge);
                self.number(*duration_ms);
            }
            Op::Settle { hold, mode, charge, occurred_at } => {
                self.number(3);
                self.number(*hold as i64);
                self.mode(*mode);
                self.charge(charge);
                self.optional_time(*occurred_at);
            }
            Op::Release { hold } => self.amount(4, Credits::from_micro(*hold as i64)),
            Op::Reverse { order_item, share } => self.item(5, order_item, *share),
            Op::Reinstate { order_item, share } => self.item(6, order_item, *share),
            Op::Add { amount, expires_at } => {
                self.amount(7, *amount);
                self.optional_time(*expires_at);
            }
            Op::Take { amount } => self.amount(8, *amount),
            Op::Subscribe { plan, term, started_at } => {
                self.number(9);
                self.text(plan);
                self.term(*term);
                self.optional_time(*started_at);
            }
            Op::Renew { term } => {
                self.number(10);
                self.term(*term);
            }
            Op::ChangePlan { plan } => {
                self.number(11);
                self.text(plan);
            }
            Op::Cancel => self.number(12),
        }
    }
}
