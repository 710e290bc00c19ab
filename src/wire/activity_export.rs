//! The activity as CSV: RFC 4180, UTF-8, safe to open in a spreadsheet, exact on the way back.
//!
//! Times have the zone's offset and no fraction where there is none; amounts and call seconds are
//! exact decimals in their shortest form.

use crate::core::activity::{Activity, Row, View};
use crate::core::civil::Date;
use crate::core::{Credits, DAY_MS, Instant, Zone};
use crate::wire::activity_columns::{HEADER, needs_guard};

/// Writes the rows of a view, newest first, in slices.
#[derive(Clone, Debug, Default)]
pub struct CsvWriter {
    /// The sequence number of the last row written.
    last: Option<u64>,
    date: DateText,
}

/// The text of the last date written: rows lie beside their like.
#[derive(Clone, Debug, Default)]
struct DateText {
    day: i64,
    text: Vec<u8>,
}

impl CsvWriter {
    /// Nothing written yet.
    pub fn new() -> CsvWriter {
        CsvWriter::default()
    }

    /// Appends the next rows (the header before the first), about so many, at least a block of
    /// them; true when all are written. The view must be through ([`View::advance`]); rows that are
    /// newer than those written come no more. 10,000 rows take a few milliseconds.
    pub fn next(
        &mut self,
        activity: &Activity,
        view: &View,
        rows: usize,
        out: &mut Vec<u8>,
    ) -> bool {
        if self.last.is_none() {
            out.extend_from_slice(HEADER.as_bytes());
            out.extend_from_slice(b"\r\n");
        }
        let mut left = rows.max(1);
        while left > 0 {
            let below = *self.last.get_or_insert(u64::MAX);
            let Some(found) = view.next_rows(activity, below) else { return true };
            for row in &found {
                self.write(row, activity.zone(), out);
                self.last = Some(row.seq);
            }
            left = left.saturating_sub(found.len());
        }
        false
    }

    fn write(&mut self, row: &Row<'_>, zone: &Zone, out: &mut Vec<u8>) {
        let [agent, feature, model, usage, site, company] = row.keys;
        whole(out, row.seq);
        out.push(b',');
        self.time(out, zone, row.occurred_at);
        out.push(b',');
        self.time(out, zone, row.booked_at);
        for key in [row.kind.as_str(), usage, agent, feature, model, site, company] {
            out.push(b',');
            text(out, key);
        }
        for amount in [row.credits, row.amount, row.waived] {
            out.push(b',');
            credits(out, amount);
        }
        out.push(b',');
        whole(out, row.messages.into());
        out.push(b',');
        decimal(out, row.call_ms.into(), 1_000);
        out.push(b',');
        whole(out, row.images.into());
        out.push(b',');
        if let Some(version) = row.rate_version {
            whole(out, version.into());
        }
        out.push(b',');
        text(out, row.reason);
        out.push(b',');
        text(out, row.details);
        out.extend_from_slice(b"\r\n");
    }

    /// ISO 8601 with the zone's offset; in UTC where that offset has seconds, as before 1900.
    fn time(&mut self, out: &mut Vec<u8>, zone: &Zone, at: Instant) {
        let offset_s = Some(zone.offset_at(at)).filter(|offset_s| offset_s % 60 == 0).unwrap_or(0);
        let local_ms = at.ms() + i64::from(offset_s) * 1_000;
        let (day, ms) = (local_ms.div_euclid(DAY_MS), local_ms.rem_euclid(DAY_MS));
        if day != self.date.day || self.date.text.is_empty() {
            self.date = DateText::of(day);
        }
        out.extend_from_slice(&self.date.text);
        let seconds = (ms / 1_000) as u32;
        out.extend_from_slice(&two(seconds / 3_600));
        out.push(b':');
        out.extend_from_slice(&two(seconds / 60 % 60));
        out.push(b':');
        out.extend_from_slice(&two(seconds % 60));
        let ms = (ms % 1_000) as u32;
        if ms > 0 {
            let [tens, ones] = two(ms % 100);
            out.extend_from_slice(&[b'.', b'0' + (ms / 100) as u8, tens, ones]);
        }
        let minutes = offset_s.unsigned_abs() / 60;
        out.push(if offset_s < 0 { b'-' } else { b'+' });
        out.extend_from_slice(&two(minutes / 60));
        out.push(b':');
        out.extend_from_slice(&two(minutes % 60));
    }
}

impl DateText {
    fn of(day: i64) -> DateText {
        let Date { year, month, day: of_month } = Date::from_days(day);
        let mut text = Vec::with_capacity(11);
        let year = year.unsigned_abs() as u32;
        text.extend_from_slice(&two(year / 100));
        text.extend_from_slice(&two(year % 100));
        text.push(b'-');
        text.extend_from_slice(&two(month.into()));
        text.push(b'-');
        text.extend_from_slice(&two(of_month.into()));
        text.push(b'T');
        DateText { day, text }
    }
}

/// Two digits of a number below 100.
fn two(number: u32) -> [u8; 2] {
    [b'0' + (number / 10 % 10) as u8, b'0' + (number % 10) as u8]
}

fn whole(out: &mut Vec<u8>, number: u64) {
    if number < 10 {
        out.push(b'0' + number as u8);
        return;
    }
    let mut digits = [0; 20];
    let (mut rest, mut count) = (number, 0);
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
        count += 1;
        if rest == 0 {
            break;
        }
    }
    out.extend_from_slice(digits.get(20 - count..).unwrap_or(&[]));
}

fn credits(out: &mut Vec<u8>, amount: Credits) {
    if amount < Credits::ZERO {
        out.push(b'-');
    }
    decimal(out, amount.micro().unsigned_abs(), 1_000_000);
}

/// A number of parts of which `scale` (a power of ten) make one.
fn decimal(out: &mut Vec<u8>, parts: u64, scale: u64) {
    whole(out, parts / scale);
    let (mut rest, mut place) = (parts % scale, scale / 10);
    if rest > 0 {
        out.push(b'.');
    }
    while rest > 0 {
        out.push(b'0' + (rest / place) as u8);
        rest %= place;
        place /= 10;
    }
}

/// A text cell: guarded, and quoted where it must be.
fn text(out: &mut Vec<u8>, cell: &str) {
    let guard = needs_guard(cell);
    let special = |byte: &u8| matches!(byte, b'"' | b',' | b'\r' | b'\n');
    if !cell.as_bytes().iter().any(special) {
        if guard {
            out.push(b'\'');
        }
        return out.extend_from_slice(cell.as_bytes());
    }
    out.push(b'"');
    if guard {
        out.push(b'\'');
    }
    for (index, part) in cell.split('"').enumerate() {
        if index > 0 {
            out.extend_from_slice(b"\"\"");
        }
        out.extend_from_slice(part.as_bytes());
    }
    out.push(b'"');
}
