//! The activity as CSV: RFC 4180, UTF-8, safe to open in a spreadsheet, exact on the way back.
//!
//! Times have the zone's offset and no fraction where there is none; amounts and call seconds are
//! exact decimals in their shortest form.

use crate::core::activity::{Activity, Row, View};
use crate::core::civil::Date;
use crate::core::{Credits, DAY_MS, Instant, Zone};
use crate::wire::activity_columns::{BREAKS, HEADER, needs_guard};

/// Writes the rows of a view, newest first, in slices.
#[derive(Clone, Debug, Default)]
pub struct CsvWriter {
    /// The sequence number of the last row written.
    last: Option<u64>,
    clock: Clock,
    /// The cells of kind and keys, by what stands for them.
    keys: Vec<Box<[u8]>>,
}

/// The text of a time, most of which the next row shares.
#[derive(Clone, Debug)]
struct Clock {
    day: i64,
    offset_s: i32,
    text: [u8; 29],
}

impl Default for Clock {
    fn default() -> Clock {
        Clock { day: 0, offset_s: 0, text: *b"1970-01-01T00:00:00.000+00:00" }
    }
}

/// The most kinds and keys whose cells are kept.
const MOST_KEPT: usize = 100_000;

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
            let any = view.next_rows(activity, below, |keys, row| {
                self.write(row, keys as usize, activity.zone(), out);
                self.last = Some(row.seq);
                left = left.saturating_sub(1);
            });
            if !any {
                return true;
            }
        }
        false
    }

    fn write(&mut self, row: &Row<'_>, keys: usize, zone: &Zone, out: &mut Vec<u8>) {
        whole(out, row.seq);
        out.push(b',');
        self.clock.write(out, zone, row.occurred_at);
        out.push(b',');
        self.clock.write(out, zone, row.booked_at);
        self.keys(out, row, keys);
        credits(out, row.credits);
        out.push(b',');
        credits(out, row.amount);
        out.push(b',');
        credits(out, row.waived);
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

    /// The cells of kind and keys, with a comma before and behind.
    fn keys(&mut self, out: &mut Vec<u8>, row: &Row<'_>, number: usize) {
        if let Some(kept) = self.keys.get(number).filter(|kept| !kept.is_empty()) {
            return out.extend_from_slice(kept);
        }
        let [agent, feature, model, usage, site, company] = row.keys;
        let start = out.len();
        out.push(b',');
        for key in [row.kind.as_str(), usage, agent, feature, model, site, company] {
            text(out, key);
            out.push(b',');
        }
        if number < MOST_KEPT {
            self.keys.resize(self.keys.len().max(number + 1), Box::default());
            let (kept, own) = (self.keys.get_mut(number), out.get(start..));
            if let Some((kept, own)) = kept.zip(own) {
                *kept = own.into();
            }
        }
    }
}

impl Clock {
    /// ISO 8601 with the zone's offset; in UTC where that offset has seconds, as before 1900.
    fn write(&mut self, out: &mut Vec<u8>, zone: &Zone, at: Instant) {
        let offset_s = Some(zone.offset_at(at)).filter(|offset_s| offset_s % 60 == 0).unwrap_or(0);
        let local_ms = at.ms() + i64::from(offset_s) * 1_000;
        let (day, ms) = (local_ms.div_euclid(DAY_MS), local_ms.rem_euclid(DAY_MS) as u32);
        if day != self.day || offset_s != self.offset_s {
            self.set(day, offset_s);
        }
        let seconds = ms / 1_000;
        let ms = ms % 1_000;
        let text = &mut self.text;
        [text[11], text[12]] = two(seconds / 3_600);
        [text[14], text[15]] = two(seconds / 60 % 60);
        [text[17], text[18]] = two(seconds % 60);
        if ms > 0 {
            text[20] = b'0' + (ms / 100) as u8;
            [text[21], text[22]] = two(ms % 100);
            return out.extend_from_slice(text);
        }
        let (time, rest) = text.split_at(19);
        out.extend_from_slice(time);
        out.extend_from_slice(rest.get(4..).unwrap_or(&[]));
    }

    fn set(&mut self, day: i64, offset_s: i32) {
        (self.day, self.offset_s) = (day, offset_s);
        let date = Date::from_days(day);
        let (year, minutes) = (date.year.unsigned_abs() as u32, offset_s.unsigned_abs() / 60);
        let text = &mut self.text;
        [text[0], text[1]] = two(year / 100);
        [text[2], text[3]] = two(year);
        [text[5], text[6]] = two(date.month.into());
        [text[8], text[9]] = two(date.day.into());
        text[23] = if offset_s < 0 { b'-' } else { b'+' };
        [text[24], text[25]] = two(minutes / 60);
        [text[27], text[28]] = two(minutes % 60);
    }
}

/// The last two digits of a number.
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
    // Most texts are plain, and there may be a million rows.
    let plain = |byte: &u8| !matches!(byte, b'"' | b',' | b';' | b'\t' | b'\r' | b'\n');
    if cell.as_bytes().iter().all(plain) {
        if needs_guard(cell, 0) {
            out.push(b'\'');
        }
        return out.extend_from_slice(cell.as_bytes());
    }
    let quoted = cell.contains(['"', ',', '\r', '\n']);
    if quoted {
        out.push(b'"');
    }
    for (place, part) in cell.split_inclusive(BREAKS).enumerate() {
        if needs_guard(part, place) {
            out.push(b'\'');
        }
        for (index, piece) in part.split('"').enumerate() {
            if index > 0 {
                out.extend_from_slice(b"\"\"");
            }
            out.extend_from_slice(piece.as_bytes());
        }
    }
    if quoted {
        out.push(b'"');
    }
}
