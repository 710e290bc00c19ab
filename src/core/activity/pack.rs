//! A row into its columns: what is checked, and what its shape is.

use crate::core::activity::block::{Packed, Wide, booked_code};
use crate::core::activity::dictionary::Dictionary;
use crate::core::activity::row::{DIMENSIONS, Dimension, Row, Sums};
use crate::core::activity::shape::{Quantity, Shape, Value};
use crate::core::{Credits, DAY_MS, Instant, Zone};
use crate::error::{Code, Error, Result};

/// A clock may be this much ahead of the server's.
const MAX_AHEAD_MS: i64 = 5 * 60_000;
/// The most of any quantity in one row.
const MAX_QUANTITY: u32 = 1_000_000_000;
/// The longest reason or details, in bytes.
const MAX_TEXT_BYTES: usize = 65_536;

/// The day number of an instant; days before 1970 and after 2149 have none.
pub(super) fn day_of(zone: &Zone, at: Instant) -> Result<u16> {
    let local_ms = at.ms() + i64::from(zone.offset_at(at)) * 1_000;
    day_number(local_ms.div_euclid(DAY_MS))
}

pub(super) fn day_number(day: i64) -> Result<u16> {
    u16::try_from(day).map_err(|_| out_of_range("a day of activity lies between 1970 and 2149"))
}

fn out_of_range(message: &'static str) -> Error {
    Error::new(Code::OccurredAtOutOfRange, message).at("occurred_at")
}

/// The codes of a row's keys.
pub(super) fn codes(
    keys: &mut [Dictionary; DIMENSIONS],
    texts: &[&str; DIMENSIONS],
) -> Result<[u16; DIMENSIONS]> {
    let mut codes = [0; DIMENSIONS];
    let dimensions = codes.iter_mut().zip(keys).zip(texts).zip(Dimension::ALL);
    for (((code, dictionary), text), dimension) in dimensions {
        *code = dictionary.code(text).map_err(|error| error.at(dimension.as_str()))?;
    }
    Ok(codes)
}

/// Refuses what no ledger would have written. Answers the row's sequence number.
pub(super) fn check(row: &Row<'_>, as_of: Instant) -> Result<u32> {
    let seq = u32::try_from(row.seq).ok().filter(|seq| *seq > 0);
    let seq = seq.ok_or_else(|| {
        Error::new(Code::FieldInvalid, "a sequence number is 1 to 4294967295").at("seq")
    })?;
    if row.occurred_at.max(row.booked_at).ms_since(as_of) > MAX_AHEAD_MS {
        return Err(out_of_range("more than 5 minutes in the future"));
    }
    check_amount(row.credits, Credits::MAX_MOVEMENT, "credits")?;
    check_amount(row.waived, Credits::MAX_MOVEMENT, "waived")?;
    let quantities = [(row.messages, "messages"), (row.call_ms, "call_ms"), (row.images, "images")];
    for (quantity, field) in quantities {
        if quantity > MAX_QUANTITY {
            return Err(Error::new(Code::QuantityInvalid, "a quantity is at most 10^9").at(field));
        }
    }
    for (text, field) in [(row.reason, "reason"), (row.details, "details")] {
        if text.len() > MAX_TEXT_BYTES {
            let message = "a text is at most 65,536 bytes";
            return Err(Error::new(Code::SnapshotTooLarge, message).at(field));
        }
    }
    Ok(seq)
}

fn check_amount(amount: Credits, most: Credits, field: &'static str) -> Result<()> {
    if (Credits::ZERO..=most).contains(&amount) {
        return Ok(());
    }
    Err(Error::new(Code::AmountOutOfRange, "is from 0 to 10^12 credits").at(field))
}

/// Refuses a rollup that cannot be a sum of rows.
pub(super) fn check_sums(sums: &Sums) -> Result<()> {
    check_amount(sums.credits, Credits::MAX, "credits")?;
    check_amount(sums.waived, Credits::MAX, "waived")?;
    if sums.uses == 0 || sums.failed > sums.uses {
        return Err(Error::new(Code::QuantityInvalid, "no rows, or more failed than there are"))
            .map_err(|error| error.at("uses"));
    }
    Ok(())
}

/// The row's shape and columns (but for its shape's number), and what does not fit them.
pub(super) fn pack(
    row: &Row<'_>,
    seq: u32,
    day: u16,
    codes: [u16; DIMENSIONS],
) -> (Shape, Packed, Option<Wide>) {
    let booked = booked_code(row.occurred_at, row.booked_at);
    let (value, micro) = value(row);
    let (quantity, count) = quantity(row);
    let micro = u32::try_from(micro).ok();
    let narrow = booked.is_some() && micro.is_some() && quantity.is_some();
    let value = if narrow { value } else { Value::Wide };
    let shape = Shape {
        codes,
        kind: row.kind,
        value,
        quantity: quantity.filter(|_| value != Value::Wide).unwrap_or(Quantity::Nothing),
        reason: !row.reason.is_empty(),
        rate_version: row.rate_version,
    };
    let ms = row.occurred_at.ms() - i64::from(day) * DAY_MS;
    let packed = Packed {
        seq,
        day,
        ms: ms as i32,
        booked: booked.unwrap_or(0),
        shape: 0,
        value: micro.unwrap_or(0),
        quantity: count,
    };
    (shape, packed, (value == Value::Wide).then(|| wide(row)))
}

/// What the row's one value would be, in micro-credits.
fn value(row: &Row<'_>) -> (Value, i64) {
    let (amount, credits, waived) = (row.amount.micro(), row.credits.micro(), row.waived.micro());
    match (row.is_usage(), amount, credits, waived) {
        (true, amount, cost, 0) if amount == -cost => (Value::Cost, cost),
        (true, 0, 0, waived) => (Value::Waived, waived),
        (false, 0, 0, 0) => (Value::Still, 0),
        _ => (Value::Wide, 0),
    }
}

/// What the row's one quantity counts, and how much; none where it has several.
fn quantity(row: &Row<'_>) -> (Option<Quantity>, u32) {
    match (row.messages, row.call_ms, row.images) {
        (0, 0, 0) => (Some(Quantity::Nothing), 0),
        (count, 0, 0) => (Some(Quantity::Messages), count),
        (0, ms, 0) => (Some(Quantity::CallMs), ms),
        (0, 0, count) => (Some(Quantity::Images), count),
        _ => (None, 0),
    }
}

fn wide(row: &Row<'_>) -> Wide {
    Wide {
        at: 0,
        amount: row.amount,
        credits: row.credits,
        waived: row.waived,
        messages: row.messages,
        call_ms: row.call_ms,
        images: row.images,
        booked_at: row.booked_at,
    }
}
