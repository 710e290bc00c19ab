//! Values as JSON has them, before anything is known of their shape.
//!
//! Every shape is read from and written to this one type, field by field. So the boundary to
//! JavaScript is compiled once and not for each shape, and a field that does not fit is named.

use std::borrow::Cow;

use crate::error::{Code, Error, Result};

/// A value on the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Value {
    /// Nothing: the same as a field that is left out.
    #[default]
    Null,
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Whole(i64),
    /// A text.
    Text(String),
    /// Values in their order.
    List(Vec<Value>),
    /// Named values.
    Fields(Vec<(Name, Value)>),
    /// A fraction, NaN, a number beyond 64 bits: no shape has such a field.
    Other,
}

/// The name of a field.
pub type Name = Cow<'static, str>;

/// How deep values may be nested: twice as deep as any shape.
pub const MAX_DEPTH: usize = 12;
/// The most values of one list.
pub const MAX_LENGTH: usize = 100_000;
/// The most fields of one value. A page may map so many products to credits.
pub const MAX_FIELDS: usize = 2_000;
/// The longest text, in bytes.
pub const MAX_TEXT_BYTES: usize = 65_536;

/// Refuses what is longer or deeper than any true value.
///
/// # Errors
/// `snapshot_too_large`.
pub fn at_most(count: usize, most: usize) -> Result<()> {
    if count <= most {
        return Ok(());
    }
    Err(Error::new(Code::SnapshotTooLarge, "longer or deeper than any true value"))
}
