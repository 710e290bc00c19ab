//! Our own CSV export, read back: chunks of bytes in, rows out.

use csv_core::{ReadRecordResult, Reader};

use crate::core::activity::Activity;
use crate::error::{Code, Error, Result};
use crate::wire::activity::Added;
use crate::wire::activity_columns::{COLUMNS, HEADER};
use crate::wire::activity_record::{Record, texts};

/// Reads an export chunk by chunk. A chunk may end anywhere, in the middle of a letter too.
#[derive(Clone, Debug)]
pub struct CsvReader {
    parser: Reader,
    /// The record that is being read, its fields one behind the other.
    text: Vec<u8>,
    used: usize,
    /// Where its fields end.
    ends: [usize; COLUMNS + 1],
    fields: usize,
    /// Whether it is longer, or has more fields, than any of ours.
    too_long: bool,
    /// The record's number, the header being 1: as a spreadsheet numbers its rows.
    number: u64,
    header: Header,
    record: Record,
    so_far: Added,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Header {
    Awaited,
    Ours,
    Other,
}

/// The longest record, in bytes: two texts and six keys of the longest kind fit.
const MAX_RECORD_BYTES: usize = 1 << 18;
const FIRST_RECORD_BYTES: usize = 1 << 12;

impl Default for CsvReader {
    fn default() -> CsvReader {
        CsvReader {
            parser: Reader::new(),
            text: vec![0; FIRST_RECORD_BYTES],
            used: 0,
            ends: [0; COLUMNS + 1],
            fields: 0,
            too_long: false,
            number: 1,
            header: Header::Awaited,
            record: Record::default(),
            so_far: Added::default(),
        }
    }
}

impl CsvReader {
    /// Nothing read yet.
    pub fn new() -> CsvReader {
        CsvReader::default()
    }

    /// Reads the next chunk; a chunk of 256 KB takes a few milliseconds. Rows that are wrong are
    /// counted in [`Activity::refused`] with their number, as a
    /// spreadsheet numbers them. Answers what became of all rows so far.
    ///
    /// # Errors
    /// `snapshot_invalid` if the header is not that of our export; nothing of it is read then.
    pub fn feed(&mut self, activity: &mut Activity, chunk: &[u8]) -> Result<Added> {
        let mut rest = chunk;
        while !rest.is_empty() {
            let read = self.step(activity, rest)?;
            rest = rest.get(read..).unwrap_or(&[]);
        }
        Ok(self.so_far)
    }

    /// Reads what is left behind the last line break. Answers what became of all rows.
    ///
    /// # Errors
    /// As [`CsvReader::feed`], also where there was no header at all.
    pub fn finish(&mut self, activity: &mut Activity) -> Result<Added> {
        // Nothing more to come: an empty chunk ends the last record.
        self.step(activity, &[])?;
        if self.header == Header::Ours { Ok(self.so_far) } else { Err(not_ours()) }
    }

    /// Reads up to the end of a record or of the chunk; answers how many bytes that was.
    fn step(&mut self, activity: &mut Activity, chunk: &[u8]) -> Result<usize> {
        if self.header == Header::Other {
            return Err(not_ours());
        }
        let text = self.text.get_mut(self.used..).unwrap_or_default();
        let ends = self.ends.get_mut(self.fields..).unwrap_or_default();
        let (result, read, written, fields) = self.parser.read_record(chunk, text, ends);
        self.used += written;
        self.fields += fields;
        match result {
            ReadRecordResult::InputEmpty | ReadRecordResult::End => {}
            ReadRecordResult::OutputFull if self.text.len() < MAX_RECORD_BYTES => {
                self.text.resize(self.text.len() * 4, 0);
            }
            ReadRecordResult::OutputFull => {
                self.too_long = true;
                self.used = 0;
            }
            ReadRecordResult::OutputEndsFull => {
                self.too_long = true;
                self.fields = 0;
            }
            ReadRecordResult::Record => {
                let done = self.record(activity);
                (self.used, self.fields, self.too_long) = (0, 0, false);
                self.number += 1;
                done?;
            }
        }
        Ok(read)
    }

    fn record(&mut self, activity: &mut Activity) -> Result<()> {
        let text = self.text.get(..self.used).and_then(|text| str::from_utf8(text).ok());
        let fields = text.filter(|_| !self.too_long).and_then(|text| self.split(text));
        if self.header == Header::Awaited {
            let ours = fields.is_some_and(|fields| {
                let first = fields.iter().zip(HEADER.split(','));
                first.enumerate().all(|(column, (own, name))| {
                    own.strip_prefix('\u{feff}').filter(|_| column == 0).unwrap_or(own) == name
                })
            });
            self.header = if ours { Header::Ours } else { Header::Other };
            return if ours { Ok(()) } else { Err(not_ours()) };
        }
        let texts = fields.as_ref().map(texts);
        let taken = match fields.zip(texts.as_ref()) {
            Some((fields, texts)) => {
                self.record.read(&fields, texts).and_then(|row| activity.add_row(&row))
            }
            None if self.too_long => {
                Err(Error::new(Code::SnapshotTooLarge, "longer than any row of ours"))
            }
            None => Err(Error::new(Code::SnapshotInvalid, "is no row of ours in UTF-8")),
        };
        self.so_far.note(activity, self.number, taken);
        Ok(())
    }

    /// The fields of a record; none where they are not as many as ours.
    fn split<'a>(&self, text: &'a str) -> Option<[&'a str; COLUMNS]> {
        let mut fields = [""; COLUMNS];
        let mut start = 0;
        if self.fields != COLUMNS {
            return None;
        }
        for (field, end) in fields.iter_mut().zip(self.ends) {
            *field = text.get(start..end)?;
            start = end;
        }
        Some(fields)
    }
}

#[cold]
fn not_ours() -> Error {
    Error::new(Code::SnapshotInvalid, "is not the CSV of an activity").at("header")
}
