//! The columns of our CSV, and how a text is kept from being read as a formula.
//!
//! A spreadsheet runs a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return. Such
//! a text gets an apostrophe ahead, and so does one that has apostrophes ahead of such a sign: then
//! the way back is to take one away, and every text comes back as it was.

/// The header line, without its line break.
pub const HEADER: &str = "seq,occurred_at,booked_at,kind,type,agent,feature,model,site,company,\
    credits,amount,waived,messages,call_seconds,images,rate_version,reason,details";

/// How many columns there are.
pub(super) const COLUMNS: usize = 19;

/// Whether a text needs one more apostrophe ahead.
pub(super) fn needs_guard(text: &str) -> bool {
    let first = text.bytes().find(|byte| *byte != b'\'');
    first.is_some_and(|byte| b"=+-@\t\r".contains(&byte))
}

/// The text that a cell holds.
pub(super) fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if needs_guard(text) => text,
        _ => cell,
    }
}
