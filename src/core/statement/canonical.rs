//! The canonical form: the one text that a digest is taken of.
//!
//! It is written the same by every implementation, byte for byte, and has the same strings as the
//! statement itself, so that a few lines in any language can check it.
//!
//! - A line is fields in a fixed order, joined by `|`, in UTF-8, with nothing behind the last one.
//!   What is absent is an empty field.
//! - An amount is in credits, as everywhere on the wire: shortest decimal, `-` where negative, `0`.
//! - Whole numbers are decimal digits without leading zeros.
//! - A time is RFC 3339 in UTC with milliseconds: `2026-11-21T15:34:00.000Z`.
//! - A digest is 64 lower-case hexadecimal digits.
//! - A text is its length in bytes, `:`, and its bytes: `7:order 5`. So nothing needs escaping.
//! - Values within a field are joined by `,`, those of one draw by `:`.
//!
//! The digest of an entry is the SHA-256 of its line, in which the digest of the entry before it is
//! the first field. Ahead of the first entry stands [`genesis`].

use crate::core::digits::push_digits;
use crate::core::{Credits, CycleShare, Digest, Draw, Entry, Grant, Instant, Source};

/// The text whose digest stands ahead of the first entry. It names the version of the form.
pub const GENESIS: &str = "nivella-credits ledger 1";

/// The digest ahead of the first entry.
pub fn genesis() -> Digest {
    Digest::of(GENESIS.as_bytes())
}

/// A line in the making.
#[derive(Default)]
pub(super) struct Line(String);

impl Line {
    /// The next field, empty so far.
    pub fn field(&mut self) -> &mut Line {
        self.mark('|')
    }

    fn mark(&mut self, mark: char) -> &mut Line {
        self.0.push(mark);
        self
    }

    pub fn word(&mut self, word: &str) -> &mut Line {
        self.0.push_str(word);
        self
    }

    pub fn number(&mut self, number: u64) -> &mut Line {
        push_digits(&mut self.0, number, 1);
        self
    }

    pub fn amount(&mut self, amount: Credits) -> &mut Line {
        self.word(&amount.text())
    }

    pub fn instant(&mut self, at: Instant) -> &mut Line {
        self.word(&at.text())
    }

    pub fn digest(&mut self, digest: Digest) -> &mut Line {
        self.word(&digest.text())
    }

    /// A text of others, with its length.
    pub fn text(&mut self, text: &str) -> &mut Line {
        self.number(text.len() as u64).mark(':').word(text)
    }

    /// The amounts of further fields.
    pub fn amounts(&mut self, amounts: &[Credits]) -> &mut Line {
        for amount in amounts {
            self.field().amount(*amount);
        }
        self
    }

    pub fn draws(&mut self, draws: &[Draw]) -> &mut Line {
        for (n, draw) in draws.iter().enumerate() {
            if n > 0 {
                self.mark(',');
            }
            self.number(draw.grant).mark(':').word(draw.from.as_str());
            self.mark(':').word(draw.to.as_str()).mark(':').amount(draw.amount);
        }
        self
    }

    /// `id,kind,priority,effective_at,expires_at,amount,source`.
    fn grant(&mut self, grant: &Grant) -> &mut Line {
        self.number(grant.id).mark(',').word(grant.kind.as_str());
        self.mark(',').number(grant.priority.into());
        self.mark(',').instant(grant.effective_at).mark(',');
        if let Some(end) = grant.expires_at {
            self.instant(end);
        }
        self.mark(',').amount(grant.amount).mark(',');
        match &grant.source {
            Source::None => self,
            Source::OrderItem(item) => self.word("item,").text(item),
            Source::Cycle { subscription, index, share } => {
                self.word("cycle,").number((*subscription).into());
                self.mark(',').number((*index).into()).mark(',');
                match share {
                    CycleShare::Allowance => self.word("allowance"),
                    CycleShare::Rollover => self.word("rollover"),
                    CycleShare::Upgrade(level) => self.word("upgrade,").number((*level).into()),
                }
            }
        }
    }

    pub fn done(&mut self) -> String {
        std::mem::take(&mut self.0)
    }
}

/// The line of an entry: `previous|seq|kind|amount|debt|waived|draws|grant|hold|lapses_at|`
/// `rate_version|movement|occurred_at|booked_at`.
///
/// - `draws`: `grant:from:to:amount` of each, in their order.
/// - `grant`: the terms of the grant that it books, none otherwise.
/// - `movement`: `order item,number,target,bonus_target,forgiven,spared`.
///
/// What a person wrote (reference, site, reason) and what was measured is not part of it, so that
/// it can be erased and the proof stays.
pub fn entry_line(previous: Digest, entry: &Entry, grant: Option<&Grant>) -> String {
    let mut line = Line::default();
    line.digest(previous).field().number(entry.seq).field().word(entry.kind.as_str());
    line.amounts(&[entry.amount, entry.debt, entry.waived]);
    line.field().draws(&entry.draws).field();
    grant.map(|grant| line.grant(grant));
    line.field();
    entry.hold.map(|hold| line.number(hold));
    line.field();
    entry.lapses_at.map(|at| line.instant(at));
    line.field();
    entry.rate_version.map(|version| line.number(version.into()));
    line.field();
    if let Some(movement) = &entry.movement {
        line.text(&movement.item).mark(',').number(movement.number.into());
        let sums = [movement.target, movement.bonus_target, movement.forgiven, movement.spared];
        for amount in sums {
            line.mark(',').amount(amount);
        }
    }
    line.field().instant(entry.occurred_at).field().instant(entry.booked_at).done()
}

/// The digest of an entry, given that of the entry before it.
pub fn entry_digest(previous: Digest, entry: &Entry, grant: Option<&Grant>) -> Digest {
    Digest::of(entry_line(previous, entry, grant).as_bytes())
}
