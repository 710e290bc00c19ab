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
//!   that one books, its chained `digest`, and last the `details` digest;
//! - `grants`: `id` and the five parts of each grant at the end, by id;
//! - `closing`: `seq`, `digest`, `posted`, `available`, `held`, `debt`, `pools` by kind of grant,
//!   `totals` by kind of entry;
//! - `seal`: the seal of all.
//!
//! What the chained digests leave out, the texts and quantities beside the figures, two others
//! prove. They are taken of compact JSON, as `JSON.stringify` writes it (PHP: `json_encode` with
//! unescaped slashes, Unicode and line terminators), with all fields in their order:
//!
//! - `details` is the SHA-256 of the entry's own value without this field. It is not chained, so a
//!   store may erase a text for good and the proof of all figures stays;
//! - the seal is the SHA-256 of lines, each with a line feed behind it: the values of the sections
//!   before it, one line for each element of a list, and for an entry its `details` alone.
//!
//! Whitespace between values means nothing; [`StatementText`] writes each element of a list on a
//! line of its own.

use serde::{Deserialize, Serialize};

use crate::core::Digest;
use crate::core::digest::Hasher;
use crate::core::statement::{Closing, Difference, Place, Row, Verdict, Verifier, What};
use crate::error::{Error, Result};
use crate::wire::ledger::hold;
use crate::wire::ledger_grant::grant;
use crate::wire::statement_json::invalid;
use crate::wire::statement_pieces::Pieces;
use crate::wire::statement_seal::{seal_line, seal_value};
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
    /// `snapshot_invalid`, naming the field.
    pub fn parse(&self) -> Result<Row> {
        shape::parse(&self.0, shape::row)
    }

    /// The digest of all its fields but the last, `details`, which says what it is.
    pub fn details(&self) -> Option<Digest> {
        let (due, found) = shape::details(self.0.clone())?;
        Some(due).filter(|due| due.text() == found)
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
    seal: Hasher,
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
        let so_far = self.seal.digest();
        if !matches!(name, "entries" | "opening_seal" | "seal") {
            seal_value(&mut self.seal, value);
        }
        if name == "head" {
            return shape::check_version(value);
        }
        if name == "opening" {
            self.verifier = Some(Verifier::new(&shape::parse(value, shape::opening)?));
            return Ok(());
        }
        let verifier = self.verifier.as_mut().ok_or_else(invalid)?;
        match name {
            "opening_grants" => {
                let (grant, parts) = shape::parse(value, grant)?;
                verifier.open_grant(grant, parts)
            }
            "opening_holds" => verifier.open_hold(shape::parse(value, hold)?),
            "opening_items" => verifier.open_item(shape::parse(value, shape::item)?),
            "opening_seal" => {
                let found = text(value)?;
                verifier.compare(Place::Opening, What::Seal, so_far.text(), found);
                if verifier.difference().is_some() { Ok(()) } else { verifier.opened() }
            }
            "entries" => {
                let row = shape::parse(value, shape::row)?;
                let place = verifier.next_place();
                verifier.feed(&[row]);
                let (due, found) = shape::details(value.clone()).ok_or_else(invalid)?;
                seal_line(&mut self.seal, &found);
                verifier.compare(place, What::Details, due.text(), found);
                Ok(())
            }
            "grants" => {
                let (grant, parts) = shape::parse(value, shape::closed_grant)?;
                verifier.close_grant(grant, &parts);
                Ok(())
            }
            "closing" => {
                self.closing = Some(shape::parse(value, shape::closing)?);
                Ok(())
            }
            _ => {
                let closing = self.closing.as_ref().ok_or_else(invalid)?;
                verifier.close(closing);
                verifier.compare(Place::Closing, What::Seal, so_far.text(), text(value)?);
                self.verdict = Some(verifier.verdict());
                Ok(())
            }
        }
    }
}

fn text(value: &Value) -> Result<String> {
    match value {
        Value::Text(text) => Ok(text.clone()),
        _ => Err(invalid()),
    }
}
