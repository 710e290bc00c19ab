//! Writing the text of a statement, in pieces.

use crate::core::Ledger;
use crate::core::digest::Hasher;
use crate::core::statement::{Head, Maker};
use crate::error::{Code, Error, Result};
use crate::wire::json_text::write;
use crate::wire::ledger::hold_shape;
use crate::wire::ledger_grant::grant_shape;
use crate::wire::statement::SECTIONS;
use crate::wire::statement_seal::{seal_line, seal_value};
use crate::wire::statement_shape as shape;
use crate::wire::value::Value;

/// The text of a statement in the making.
///
/// Each call of [`StatementText::next`] writes a piece, so that a page may pause in between. The
/// ledger may book in the meantime: the statement ends where the account did at the first piece.
#[derive(Clone, Debug)]
pub struct StatementText {
    from: u64,
    /// The last entry of the statement.
    to: Option<u64>,
    /// The entry that was written last, or skipped.
    seq: u64,
    head: Head,
    maker: Maker,
    seal: Hasher,
    step: Step,
    /// Whether an element of the list stands there already.
    filled: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Before,
    Entries,
    Grants,
    Done,
}

impl StatementText {
    /// A statement of all entries behind this sequence number; 0 for the whole account.
    ///
    /// Where that would be between what a hold gave back and its expiry, it begins behind both.
    pub fn new(head: Head, from: u64) -> StatementText {
        let (maker, seal, step) = (Maker::default(), Hasher::default(), Step::Before);
        StatementText { from, to: None, seq: 0, head, maker, seal, step, filled: false }
    }

    /// The next piece, of at most about so many entries; none behind the last.
    ///
    /// # Errors
    /// `snapshot_invalid` for a ledger whose entries do not add up, or that is not whole;
    /// `amount_overflow` where the entries of one kind add up to more than 64 bits.
    pub fn next(&mut self, ledger: &Ledger, most: usize) -> Result<Option<String>> {
        if ledger.missing() > 0 {
            let message = "not all entries of the account are loaded";
            return Err(Error::new(Code::SnapshotInvalid, message).at("entries"));
        }
        let (last, most) = (ledger.entries().len() as u64, most.max(1));
        let to = *self.to.get_or_insert(last);
        let mut text = String::new();
        match self.step {
            Step::Before => self.skip(ledger, to, most, &mut text)?,
            Step::Entries => self.entries(ledger, to, most, &mut text)?,
            Step::Grants => self.grants(most, &mut text)?,
            Step::Done => return Ok(None),
        }
        Ok(Some(text))
    }

    /// The entries before the statement, and its opening behind the last one.
    fn skip(&mut self, ledger: &Ledger, to: u64, most: usize, text: &mut String) -> Result<()> {
        let behind = self.from.min(to);
        let entries = ledger.entries_since(self.seq).iter().take(most);
        for entry in entries.take_while(|entry| entry.seq <= behind) {
            self.maker.skip(entry, ledger.grants())?;
            self.seq = entry.seq;
        }
        if self.seq < behind {
            return Ok(());
        }
        if self.seq < to && self.maker.is_between() {
            self.from = self.seq.saturating_add(1);
            return Ok(());
        }
        self.step = Step::Entries;
        self.open(text)
    }

    fn open(&mut self, text: &mut String) -> Result<()> {
        let opened = self.maker.open()?;
        text.push('{');
        self.value(text, 0, &shape::head_shape(&self.head));
        self.value(text, 1, &shape::opening_shape(&opened.opening));
        self.rows(text, 2, &opened.grants, grant_shape);
        self.rows(text, 3, &opened.holds, hold_shape);
        self.rows(text, 4, &opened.items, shape::item_shape);
        section(text, 5);
        write(text, &Value::Text(self.seal.digest().text()));
        text.push(',');
        section(text, 6);
        text.push('[');
        Ok(())
    }

    fn entries(&mut self, ledger: &Ledger, to: u64, most: usize, text: &mut String) -> Result<()> {
        let entries = ledger.entries_since(self.seq).iter().take(most);
        for entry in entries.take_while(|entry| entry.seq <= to) {
            let row = self.maker.row(entry, ledger.grants())?;
            let (value, details) = shape::row_shape(&row);
            self.element(text, &value);
            seal_line(&mut self.seal, &details.text());
            self.seq = entry.seq;
        }
        if self.seq >= to {
            end_list(text);
            section(text, 7);
            text.push('[');
            (self.step, self.filled) = (Step::Grants, false);
        }
        Ok(())
    }

    fn grants(&mut self, most: usize, text: &mut String) -> Result<()> {
        for _ in 0..most {
            if let Some(parts) = self.maker.parts() {
                let value = shape::closed_grant_shape(&parts);
                seal_value(&mut self.seal, &value);
                self.element(text, &value);
                continue;
            }
            let closing = self.maker.close()?;
            end_list(text);
            self.value(text, 8, &shape::closing_shape(&closing));
            section(text, 9);
            write(text, &Value::Text(self.seal.digest().text()));
            text.push_str("\n}\n");
            self.step = Step::Done;
            break;
        }
        Ok(())
    }

    /// A section that is one value.
    fn value(&mut self, text: &mut String, number: usize, value: &Value) {
        section(text, number);
        write(text, value);
        text.push(',');
        seal_value(&mut self.seal, value);
    }

    /// A section that is a list.
    fn rows<T>(&mut self, text: &mut String, number: usize, rows: &[T], shape: fn(&T) -> Value) {
        section(text, number);
        text.push('[');
        for row in rows {
            let value = shape(row);
            seal_value(&mut self.seal, &value);
            self.element(text, &value);
        }
        self.filled = false;
        end_list(text);
    }

    fn element(&mut self, text: &mut String, value: &Value) {
        text.push_str(if self.filled { ",\n" } else { "\n" });
        self.filled = true;
        write(text, value);
    }
}

fn section(text: &mut String, number: usize) {
    text.push('\n');
    let name = SECTIONS.get(number).map_or("", |(name, _)| name);
    write(text, &Value::Text(name.to_owned()));
    text.push_str(": ");
}

fn end_list(text: &mut String) {
    text.push_str("],");
}
