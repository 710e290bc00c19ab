//! Writing the text of a statement, in pieces.

use crate::core::Ledger;
use crate::core::statement::{Head, Maker, Opened};
use crate::error::{Code, Error, Result};
use crate::wire::ledger::hold_shape;
use crate::wire::ledger_grant::grant_shape;
use crate::wire::statement::SECTIONS;
use crate::wire::statement_json_text::write;
use crate::wire::statement_shape as shape;
use crate::wire::value::Value;

/// The text of a statement in the making.
///
/// Each call of [`StatementText::next`] writes a piece, so that a page may pause in between. The
/// ledger must not book in the meantime; entries that it books are not in the statement, which ends
/// where it was when the first piece was written.
#[derive(Clone, Debug)]
pub struct StatementText {
    from: u64,
    /// The last entry of the statement.
    to: Option<u64>,
    /// The entry that was written last, or skipped.
    seq: u64,
    head: Head,
    maker: Maker,
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
        let (maker, step) = (Maker::new(head.clone()), Step::Before);
        StatementText { from, to: None, seq: 0, head, maker, step, filled: false }
    }

    /// The next piece, of at most about so many entries; none behind the last.
    ///
    /// # Errors
    /// `snapshot_invalid` for a ledger whose entries do not add up, or that is not whole.
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
        let opened = self.maker.open()?;
        write_opening(text, &self.head, &opened);
        self.step = Step::Entries;
        Ok(())
    }

    fn entries(&mut self, ledger: &Ledger, to: u64, most: usize, text: &mut String) -> Result<()> {
        let entries = ledger.entries_since(self.seq).iter().take(most);
        for entry in entries.take_while(|entry| entry.seq <= to) {
            let row = self.maker.row(entry, ledger.grants())?;
            element(text, &mut self.filled, &shape::row_shape(&row));
            self.seq = entry.seq;
        }
        if self.seq >= to {
            end_list(text);
            list(text, 7);
            (self.step, self.filled) = (Step::Grants, false);
        }
        Ok(())
    }

    fn grants(&mut self, most: usize, text: &mut String) -> Result<()> {
        for _ in 0..most {
            if let Some(parts) = self.maker.parts() {
                element(text, &mut self.filled, &shape::closed_grant_shape(&parts));
                continue;
            }
            let (closing, seal) = self.maker.close()?;
            end_list(text);
            section(text, 8);
            write(text, &shape::closing_shape(&closing));
            text.push(',');
            section(text, 9);
            write(text, &Value::Text(seal.text()));
            text.push_str("\n}\n");
            self.step = Step::Done;
            break;
        }
        Ok(())
    }
}

fn write_opening(text: &mut String, head: &Head, opened: &Opened) {
    text.push('{');
    section(text, 0);
    write(text, &shape::head_shape(head));
    text.push(',');
    section(text, 1);
    write(text, &shape::opening_shape(&opened.opening));
    text.push(',');
    rows(text, 2, &opened.grants, grant_shape);
    rows(text, 3, &opened.holds, hold_shape);
    rows(text, 4, &opened.items, shape::item_shape);
    section(text, 5);
    write(text, &Value::Text(opened.seal.text()));
    text.push(',');
    list(text, 6);
}

fn section(text: &mut String, number: usize) {
    text.push('\n');
    let name = SECTIONS.get(number).map_or("", |(name, _)| name);
    write(text, &Value::Text(name.to_owned()));
    text.push_str(": ");
}

fn list(text: &mut String, number: usize) {
    section(text, number);
    text.push('[');
}

fn end_list(text: &mut String) {
    text.push_str("],");
}

fn rows<T>(text: &mut String, number: usize, rows: &[T], shape: fn(&T) -> Value) {
    list(text, number);
    let mut filled = false;
    rows.iter().for_each(|row| element(text, &mut filled, &shape(row)));
    end_list(text);
}

fn element(text: &mut String, filled: &mut bool, value: &Value) {
    text.push_str(if *filled { ",\n" } else { "\n" });
    *filled = true;
    write(text, value);
}
