//! One record of our CSV as a row.

use std::borrow::Cow;

use crate::core::activity::Row;
use crate::core::{Credits, EntryKind, Instant};
use crate::error::{Code, Error, Result};
use crate::wire::activity_columns::{COLUMNS, unguarded};

/// How many columns hold texts that a person or another program made.
pub(super) const TEXTS: usize = 8;

/// These texts, without their guards: the keys in the order of `Dimension::ALL`, and the last two.
pub(super) fn texts<'a>(fields: &[&'a str; COLUMNS]) -> [Cow<'a, str>; TEXTS] {
    let [_, _, _, _, usage, agent, feature, model, site, company, .., reason, details] = *fields;
    [agent, feature, model, usage, site, company, reason, details].map(unguarded)
}

/// Reads records; remembers of the last one what the next most likely shares.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    occurred: Midnight,
    booked: Midnight,
}

/// A date and an offset that were read before, and the instant of midnight there.
#[derive(Clone, Debug, Default)]
struct Midnight {
    date: Box<[u8]>,
    offset: Box<[u8]>,
    ms: i64,
}

impl Record {
    /// Reads every field, and the texts of [`texts`].
    ///
    /// # Errors
    /// `field_invalid`, `time_invalid`, `amount_invalid`, `amount_out_of_range` or
    /// `quantity_invalid`, naming the column.
    pub fn read<'a>(
        &mut self,
        fields: &[&'a str; COLUMNS],
        texts: &'a [Cow<'a, str>; TEXTS],
    ) -> Result<Row<'a>> {
        let [
            seq,
            occurred_at,
            booked_at,
            kind,
            _,
            _,
            _,
            _,
            _,
            _,
            credits,
            amount,
            waived,
            messages,
            call_seconds,
            images,
            rate_version,
            _,
            _,
        ] = *fields;
        let [agent, feature, model, usage, site, company, reason, details] =
            texts.each_ref().map(AsRef::as_ref);
        let kind = EntryKind::parse(kind).map_err(|error| error.at("kind"))?;
        Ok(Row {
            seq: whole(seq).ok_or_else(|| invalid(Code::FieldInvalid, "seq"))?,
            kind,
            keys: [agent, feature, model, usage, site, company],
            occurred_at: self.occurred.read(occurred_at).map_err(|e| e.at("occurred_at"))?,
            booked_at: self.booked.read(booked_at).map_err(|e| e.at("booked_at"))?,
            amount: Credits::parse_signed(amount).map_err(|e| e.at("amount"))?,
            credits: Credits::parse(credits).map_err(|e| e.at("credits"))?,
            waived: Credits::parse(waived).map_err(|e| e.at("waived"))?,
            messages: quantity(messages, "messages")?,
            call_ms: call_ms(call_seconds)
                .ok_or_else(|| invalid(Code::QuantityInvalid, "call_seconds"))?,
            images: quantity(images, "images")?,
            rate_version: if rate_version.is_empty() {
                None
            } else {
                Some(quantity(rate_version, "rate_version")?)
            },
            reason,
            details,
        })
    }
}

impl Midnight {
    /// As [`Instant::parse`], faster for a date and offset that were there before.
    fn read(&mut self, text: &str) -> Result<Instant> {
        let bytes = text.as_bytes();
        let parts = bytes.split_at_checked(10).and_then(|(date, rest)| {
            let (time, offset) = rest.split_at_checked(rest.len().checked_sub(6)?)?;
            Some((date, time, offset))
        });
        let Some((date, time, offset)) = parts else { return Instant::parse(text) };
        let known = *date == *self.date && *offset == *self.offset;
        if let Some(ms) = time_ms(time).filter(|_| known) {
            return Instant::from_ms(self.ms + ms);
        }
        let at = Instant::parse(text)?;
        if let Some(ms) = time_ms(time) {
            *self = Midnight { date: date.into(), offset: offset.into(), ms: at.ms() - ms };
        }
        Ok(at)
    }
}

/// Milliseconds after midnight: `T15:34:00`, or `T15:34:00.120` with three decimals.
fn time_ms(time: &[u8]) -> Option<i64> {
    let (hours, minutes, seconds, ms) = match *time {
        [b'T', a, b, b':', c, d, b':', e, f] => ([a, b], [c, d], [e, f], [b'0'; 3]),
        [b'T', a, b, b':', c, d, b':', e, f, b'.', g, h, i] => ([a, b], [c, d], [e, f], [g, h, i]),
        _ => return None,
    };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_i64, |number, byte| {
            let digit = byte.wrapping_sub(b'0');
            (digit < 10).then(|| number * 10 + i64::from(digit))
        })
    };
    let (hours, minutes, seconds) = (number(&hours)?, number(&minutes)?, number(&seconds)?);
    let exists = hours < 24 && minutes < 60 && seconds < 60;
    let ms = number(&ms)?;
    exists.then_some(((hours * 60 + minutes) * 60 + seconds) * 1_000 + ms)
}

/// A number of digits alone, below 10^18.
fn whole(text: &str) -> Option<u64> {
    if text.is_empty() || text.len() > 18 {
        return None;
    }
    text.bytes().try_fold(0, |number, byte| {
        let digit = byte.wrapping_sub(b'0');
        (digit < 10).then(|| number * 10 + u64::from(digit))
    })
}

fn quantity(text: &str, column: &'static str) -> Result<u32> {
    let number = whole(text).and_then(|number| u32::try_from(number).ok());
    number.ok_or_else(|| invalid(Code::QuantityInvalid, column))
}

/// Seconds with at most 3 decimals, in milliseconds.
fn call_ms(text: &str) -> Option<u32> {
    let (seconds, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let scale = [100, 10, 1].get(decimals.len().checked_sub(1)?)?;
    let ms = whole(seconds)?.checked_mul(1_000)?.checked_add(whole(decimals)? * scale)?;
    u32::try_from(ms).ok()
}

#[cold]
fn invalid(code: Code, column: &'static str) -> Error {
    Error::new(code, "is no such number as our export writes").at(column)
}
