//! Statements as text: what an account exports, and what is read to be verified.
//!
//! The text is one JSON value. Its fields are the sections, always all of them and in this order:
//!
//! - `head`: `format`, `version`, `account`, `as_of`, `zone`;
//! - `opening`: `seq`, `digest`, `last_at`, `debt`, `last_grant`, `last_hold`, `lapsed`;
//! - `opening_grants`: as they are stored, by id, those with something left or to come back;
//! - `opening_holds`: as they are stored, by id, those that were open then;
//! - `opening_items`: what was booked of each order item, by id;
//! - `opening_seal`: the seal so far;
//! - `entries`: as they are stored, without request and model tokens; with the `terms` of the grant
//!   that one books, its `digest`, and the `details` digest;
//! - `grants`: `id` and the five parts of each grant at the end, by id;
//! - `closing`: `seq`, `digest`, `posted`, `available`, `held`, `debt`, `pools` by kind of grant,
//!   `totals` by kind of entry;
//! - `seal`: the seal of all.
//!
//! Each value has its fields in their order and nothing else. Whitespace between values means
//! nothing; [`StatementText`] writes each element of a list on a line of its own.

use serde::{Deserialize, Serialize};

use crate::core::Digest;
use crate::core::statement::{Closing, Difference, Head, Row, Verdict, Verifier};
use crate::error::{Code, Error, Result};
use crate::wire::ledger::{hold, hold_shape};
use crate::wire::ledger_grant::{grant, grant_shape};
use crate::wire::statement_json::invalid;
use crate::wire::statement_pieces::Pieces;
use crate::wire::statement_shape as shape;
use crate::wire::value::Value;

pub use crate::wire::statement_text::StatementText;
pub use crate::wire::statement_verdict::verdict_shape;

/// The sections, and which of them are lists.
pub(super) const SECTIONS: &[(&str, bool)] = &[
    ("head", false),
    ("opening", false),
    ("opening_grants", true),
    ("opening_holds", true),
    ("opening_items", true),
    ("opening_seal", false),
    ("entries", true),
    ("grants", true),
    ("closing", false),
    ("seal", false),
];

/// One entry of a statement on the wire.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RowShape(pub Value);

impl RowShape {
    /// Reads every field. Whether the entry follows from those before it, a [`Verifier`] knows.
    ///
    /// # Errors
    /// `snapshot_invalid`, naming the field; also for a field that no entry of a statement has.
    pub fn parse(&self) -> Result<Row> {
        shape::exact(&self.0, shape::row, shape::row_shape)
    }
}

/// Reads the text of a statement in pieces of any size, and verifies it on the way. It keeps what
/// later entries depend on, never the text; a page may pause between any two pieces.
///
/// ```
/// use nivella_credits::core::statement::{Head, Verdict};
/// use nivella_credits::core::{Instant, Ledger, Zone, ledger::Settings};
/// use nivella_credits::wire::statement::{StatementReader, StatementText};
/// let ledger = Ledger::new(Settings::default())?;
/// let as_of = Instant::parse("2026-11-21T10:00:00Z")?;
/// let head = Head { account: "7".to_owned(), as_of, zone: Zone::utc() };
/// let mut text = StatementText::new(head, 0);
/// let mut reader = StatementReader::default();
/// while let Some(piece) = text.next(&ledger, 1_000)? {
///     reader.push(piece.as_bytes());
/// }
/// assert!(matches!(reader.finish(), Verdict::Matches(_)));
/// # Ok::<(), nivella_credits::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct StatementReader {
    pieces: Pieces,
    parts: Parts,
    refused: Option<Error>,
}

/// What was read of the statement.
#[derive(Clone, Debug, Default)]
struct Parts {
    head: Option<Head>,
    verifier: Option<Verifier>,
    verdict: Option<Verdict>,
    closing: Option<Closing>,
}

impl Default for StatementReader {
    fn default() -> StatementReader {
        StatementReader { pieces: Pieces::new(SECTIONS), parts: Parts::default(), refused: None }
    }
}

impl StatementReader {
    /// Takes in the next bytes of the text. What comes behind a refusal is not looked at.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.refused.is_none() {
            let parts = &mut self.parts;
            let pushed = self.pieces.push(bytes, &mut |section, value| parts.take(section, value));
            self.refused = pushed.err();
        }
    }

    /// How many entries were recomputed so far.
    pub fn entries(&self) -> u64 {
        self.parts.verifier.as_ref().map_or(0, Verifier::entries)
    }

    /// Whether the verdict is known, whatever follows.
    pub fn is_decided(&self) -> bool {
        self.refused.is_some() || self.difference().is_some()
    }

    fn difference(&self) -> Option<&Difference> {
        self.parts.verifier.as_ref().and_then(Verifier::difference)
    }

    /// The verdict, with all of the text behind it.
    ///
    /// A difference that was found before the text broke off or could not be read any further is
    /// what is said of it.
    pub fn finish(self) -> Verdict {
        if let Some(difference) = self.difference() {
            return Verdict::Differs(difference.clone());
        }
        let whole = self.pieces.is_whole();
        let verdict = self.parts.verdict.filter(|_| whole);
        match (self.refused, verdict) {
            (Some(error), _) => Verdict::Refused(error),
            (None, Some(verdict)) => verdict,
            (None, None) => Verdict::Refused(invalid()),
        }
    }
}

impl Parts {
    fn take(&mut self, section: usize, value: &Value) -> Result<()> {
        let name = SECTIONS.get(section).map_or("", |(name, _)| name);
        self.take_named(name, value).map_err(|error| {
            // The entry that is refused has a number that the person can look for.
            let seq = crate::wire::fields::read(value, |own| own.whole::<u64>("seq")).ok();
            let error = if error.field.is_none() { error.at(name) } else { error };
            match seq.filter(|_| name == "entries") {
                Some(seq) => error.with("seq", crate::core::digits::digits(seq)),
                None => error,
            }
        })
    }

    fn take_named(&mut self, name: &'static str, value: &Value) -> Result<()> {
        if name == "head" {
            shape::check_version(value)?;
            self.head = Some(shape::exact(value, shape::head, shape::head_shape)?);
            return Ok(());
        }
        if name == "opening" {
            let opening = shape::exact(value, shape::opening, shape::opening_shape)?;
            self.verifier = self.head.as_ref().map(|head| Verifier::new(head, &opening));
            return Ok(());
        }
        let verifier = self.verifier.as_mut().ok_or_else(invalid)?;
        match name {
            "opening_grants" => {
                let (grant, parts) = shape::exact(value, grant, grant_shape)?;
                verifier.open_grant(grant, parts)
            }
            "opening_holds" => verifier.open_hold(shape::exact(value, hold, hold_shape)?),
            "opening_items" => {
                verifier.open_item(shape::exact(value, shape::item, shape::item_shape)?)
            }
            "opening_seal" => verifier.opened(seal(value)?),
            "entries" => {
                verifier.feed(&[shape::exact(value, shape::row, shape::row_shape)?]);
                Ok(())
            }
            "grants" => {
                let read = shape::closed_grant;
                let (grant, parts) = shape::exact(value, read, shape::closed_grant_shape)?;
                verifier.close_grant(grant, &parts);
                Ok(())
            }
            "closing" => {
                self.closing = Some(shape::exact(value, shape::closing, shape::closing_shape)?);
                Ok(())
            }
            _ => {
                let closing = self.closing.as_ref().ok_or_else(invalid)?;
                self.verdict = Some(verifier.finish(closing, seal(value)?));
                Ok(())
            }
        }
    }
}

fn seal(value: &Value) -> Result<Digest> {
    match value {
        Value::Text(text) => Digest::parse(text).map_err(|e| e.recoded(Code::SnapshotInvalid)),
        _ => Err(invalid()),
    }
}
