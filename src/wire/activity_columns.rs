//! The columns of our CSV, and how a text is kept from being read as a formula.
//!
//! A spreadsheet runs a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return. Where
//! a comma is the sign of decimals it splits lines at semicolons, others do at tabs, so a part of a
//! text may become a cell. What would be run gets an apostrophe ahead, and so does what has
//! apostrophes ahead of such a sign: then the way back is to take one away, and every text comes
//! back as it was.

use std::borrow::Cow;

/// The header line, without its line break.
pub const HEADER: &str = "seq,occurred_at,booked_at,kind,type,agent,feature,model,site,company,\
    credits,amount,waived,messages,call_seconds,images,rate_version,reason,details";

/// How many columns there are.
pub(super) const COLUMNS: usize = 19;

/// What a sheet may split a cell behind.
pub(super) const BREAKS: [char; 4] = [';', '\t', '\r', '\n'];

/// Whether a part of a text, counted from 0, needs one more apostrophe ahead.
pub(super) fn needs_guard(part: &str, place: usize) -> bool {
    let signs: &[u8] = if place == 0 { b"=+-@\t\r" } else { b"=+-@" };
    let first = part.bytes().find(|byte| *byte != b'\'');
    first.is_some_and(|byte| signs.contains(&byte))
}

/// The text that a cell holds.
pub(super) fn unguarded(cell: &str) -> Cow<'_, str> {
    if !cell.contains('\'') {
        return Cow::Borrowed(cell);
    }
    let plain = |(place, part): (usize, _)| match str::strip_prefix(part, '\'') {
        Some(text) if needs_guard(text, place) => text,
        _ => part,
    };
    cell.split_inclusive(BREAKS).enumerate().map(plain).collect()
}
