//! The seal of a statement: the digest of all its values.

use crate::core::digest::Hasher;
use crate::wire::json_text::write;
use crate::wire::value::Value;

/// Takes in a line; a line feed stands behind each.
pub(super) fn seal_line(seal: &mut Hasher, line: &str) {
    seal.add(line.as_bytes());
    seal.add(b"\n");
}

/// Takes in a value: the line is its JSON.
pub(super) fn seal_value(seal: &mut Hasher, value: &Value) {
    let mut text = String::new();
    write(&mut text, value);
    seal_line(seal, &text);
}
