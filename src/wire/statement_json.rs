//! JSON of a statement: a value from its bytes.
//!
//! A statement is read byte by byte and not through the page's `JSON.parse`, so that each byte of
//! an export counts: a field that stands twice, `1.0` for `1`, a digit that nothing can hold are
//! refused and not lost on the way. It also comes in pieces, and a page parses only wholes.

use std::borrow::Cow;

use crate::error::{Code, Error, Result};
use crate::wire::value::{MAX_DEPTH, MAX_FIELDS, MAX_LENGTH, MAX_TEXT_BYTES, Name, Value, at_most};

#[cold]
#[inline(never)]
pub(super) fn invalid() -> Error {
    Error::new(Code::SnapshotInvalid, "is not the JSON of a statement")
}

/// Reads one value; nothing else may stand before or behind it but whitespace.
///
/// # Errors
/// `snapshot_invalid` for anything but JSON with whole numbers; `snapshot_too_large` for what is
/// longer or deeper than any true value.
pub(super) fn parse(bytes: &[u8]) -> Result<Value> {
    let mut parser = Parser { bytes, at: 0 };
    let value = parser.value(0)?;
    parser.space();
    if parser.at == bytes.len() { Ok(value) } else { Err(invalid()) }
}

struct Parser<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn space(&mut self) {
        while self.peek().is_some_and(is_space) {
            self.at += 1;
        }
    }

    /// Whether this is the next byte behind whitespace; it is taken then.
    fn takes(&mut self, byte: u8) -> bool {
        self.space();
        let is = self.peek() == Some(byte);
        self.at += usize::from(is);
        is
    }

    fn word(&mut self, word: &[u8], value: Value) -> Result<Value> {
        let end = self.at + word.len();
        if self.bytes.get(self.at..end) != Some(word) {
            return Err(invalid());
        }
        self.at = end;
        Ok(value)
    }

    fn value(&mut self, depth: usize) -> Result<Value> {
        at_most(depth, MAX_DEPTH)?;
        self.space();
        match self.peek() {
            Some(b'{') => self.fields(depth),
            Some(b'[') => self.list(depth),
            Some(b'"') => Ok(Value::Text(self.text()?)),
            Some(b'n') => self.word(b"null", Value::Null),
            Some(b't') => self.word(b"true", Value::Flag(true)),
            Some(b'f') => self.word(b"false", Value::Flag(false)),
            _ => self.whole(),
        }
    }

    fn fields(&mut self, depth: usize) -> Result<Value> {
        let mut fields: Vec<(Name, Value)> = Vec::new();
        self.at += 1;
        if self.takes(b'}') {
            return Ok(Value::Fields(fields));
        }
        loop {
            self.space();
            let name = self.text()?;
            let again = fields.iter().any(|(other, _)| *other == name);
            if again || !self.takes(b':') {
                return Err(invalid());
            }
            let value = self.value(depth + 1)?;
            fields.push((Cow::Owned(name), value));
            at_most(fields.len(), MAX_FIELDS)?;
            if self.takes(b'}') {
                return Ok(Value::Fields(fields));
            }
            if !self.takes(b',') {
                return Err(invalid());
            }
        }
    }

    fn list(&mut self, depth: usize) -> Result<Value> {
        let mut values = Vec::new();
        self.at += 1;
        if self.takes(b']') {
            return Ok(Value::List(values));
        }
        loop {
            values.push(self.value(depth + 1)?);
            at_most(values.len(), MAX_LENGTH)?;
            if self.takes(b']') {
                return Ok(Value::List(values));
            }
            if !self.takes(b',') {
                return Err(invalid());
            }
        }
    }

    /// A whole number of 64 bits in its one form.
    fn whole(&mut self) -> Result<Value> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let in_number = |byte: &&u8| matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9');
        let length = rest.iter().take_while(in_number).count();
        let text = rest.get(..length).and_then(|digits| std::str::from_utf8(digits).ok());
        let text = text.unwrap_or_default();
        let number: i64 = text.parse().map_err(|_| invalid())?;
        let digits = text.trim_start_matches('-');
        if text.starts_with('+') || (digits.starts_with('0') && text != "0") {
            return Err(invalid());
        }
        self.at += length;
        Ok(Value::Whole(number))
    }

    fn text(&mut self) -> Result<String> {
        if self.peek() != Some(b'"') {
            return Err(invalid());
        }
        self.at += 1;
        let mut text = String::new();
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            let plain = |byte: &&u8| **byte >= 0x20 && **byte != b'"' && **byte != b'\\';
            let length = rest.iter().take_while(plain).count();
            let piece = rest.get(..length).and_then(|piece| std::str::from_utf8(piece).ok());
            text.push_str(piece.ok_or_else(invalid)?);
            at_most(text.len(), MAX_TEXT_BYTES)?;
            self.at += length + 1;
            match rest.get(length) {
                Some(b'"') => return Ok(text),
                Some(b'\\') => text.push(self.escaped()?),
                _ => return Err(invalid()),
            }
        }
    }

    /// What stands behind a backslash.
    fn escaped(&mut self) -> Result<char> {
        let byte = self.peek().ok_or_else(invalid)?;
        self.at += 1;
        Ok(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.unit()?;
                if !(0xd800..0xdc00).contains(&first) {
                    return char::from_u32(first).ok_or_else(invalid);
                }
                self.word(b"\\u", Value::Null)?;
                let second = self.unit()?;
                let low = second.checked_sub(0xdc00).filter(|low| *low < 0x400);
                let low = low.ok_or_else(invalid)?;
                return char::from_u32(0x10000 + ((first - 0xd800) << 10) + low)
                    .ok_or_else(invalid);
            }
            _ => return Err(invalid()),
        })
    }

    fn unit(&mut self) -> Result<u32> {
        let digits = self.bytes.get(self.at..self.at + 4).ok_or_else(invalid)?;
        let digit = |byte: &u8| char::from(*byte).to_digit(16).ok_or_else(invalid);
        let unit = digits.iter().try_fold(0, |unit, byte| digit(byte).map(|d| unit << 4 | d));
        self.at += 4;
        unit
    }
}

pub(super) const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_they_stand() {
        let read = |text: &str| parse(text.as_bytes()).unwrap();
        let list = Value::List(vec![Value::Whole(1), Value::Whole(-20), Value::Null]);
        assert_eq!(read("[ 1 ,\n\t-20,null ]\r"), list);
        assert_eq!(read("9223372036854775807"), Value::Whole(i64::MAX));
        assert_eq!(read("-9223372036854775808"), Value::Whole(i64::MIN));
        let text = "\u{1f600}\u{e9}/\u{8}\u{c}\n\r\t\"\\é";
        let escaped = r#""\ud83d\ude00\u00e9\/\b\f\n\r\t\"\\é""#;
        assert_eq!(read(escaped), Value::Text(text.to_owned()));
        let fields = vec![(Cow::from("a"), Value::Flag(true)), (Cow::from(""), Value::Flag(false))];
        assert_eq!(read("{\"a\" : true,\"\":false}"), Value::Fields(fields));
    }

    #[test]
    fn everything_else_is_refused() {
        let texts = [
            "",
            " ",
            "{",
            "[1",
            "[1,]",
            "{\"a\":1,}",
            "{\"a\":1,\"a\":1}",
            "{a:1}",
            "01",
            "-0",
            "+1",
            "1.0",
            "1e3",
            "9223372036854775808",
            "nul",
            "nullx",
            "\"",
            "\"\\x\"",
            "\"\\ud800\"",
            "\"\\ud800\\u0041\"",
            "\"\\udc00\"",
            "\"\u{7}\"",
            "1 2",
            "\u{feff}1",
            "\"\\u00g0\"",
            "-",
        ];
        for text in texts {
            assert!(parse(text.as_bytes()).is_err(), "{text}");
        }
        assert!(parse(b"\"\xff\"").is_err(), "no UTF-8");
        let deep = "[".repeat(14) + &"]".repeat(14);
        assert_eq!(parse(deep.as_bytes()).unwrap_err().code, Code::SnapshotTooLarge);
    }
}
