//! A statement's text in pieces of any size: each value of it as soon as it is whole.
//!
//! The text is one JSON value whose fields are the sections, in their order. The elements of a
//! section that is a list come one by one, so that nothing grows with the length of the statement.

use crate::error::Result;
use crate::wire::statement_json::{invalid, is_space, parse};
use crate::wire::value::{Value, at_most};

/// The longest single value, in bytes.
const MAX_BYTES: usize = 1 << 22;

/// What may come next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    Start,
    Name,
    Colon,
    Section,
    FirstElement,
    Element,
    BehindElement,
    BehindSection,
    End,
}

/// Splits a text into the values of its sections.
#[derive(Clone, Debug)]
pub(super) struct Pieces {
    sections: &'static [(&'static str, bool)],
    at: At,
    /// The section that is being read, counting from 1.
    section: usize,
    /// The bytes of the value that is not whole yet.
    value: Vec<u8>,
    depth: usize,
    in_text: bool,
    escaped: bool,
}

impl Pieces {
    /// The names of the sections, and which of them are lists.
    pub fn new(sections: &'static [(&'static str, bool)]) -> Pieces {
        Pieces {
            sections,
            at: At::Start,
            section: 0,
            value: Vec::new(),
            depth: 0,
            in_text: false,
            escaped: false,
        }
    }

    /// Takes in the next bytes, and hands on each value that is whole, with its section from 0.
    ///
    /// # Errors
    /// `snapshot_invalid` for anything but these sections in their order; `snapshot_too_large` for
    /// a value of more than 4 MB; and what is refused of a value.
    pub fn push(
        &mut self,
        bytes: &[u8],
        take: &mut dyn FnMut(usize, &Value) -> Result<()>,
    ) -> Result<()> {
        for byte in bytes {
            self.push_one(*byte, take)?;
        }
        Ok(())
    }

    /// Whether the text is whole.
    pub fn is_whole(&self) -> bool {
        self.at == At::End
    }

    fn push_one(
        &mut self,
        byte: u8,
        take: &mut dyn FnMut(usize, &Value) -> Result<()>,
    ) -> Result<()> {
        if !self.value.is_empty() {
            return self.push_inside(byte, take);
        }
        if is_space(byte) {
            return Ok(());
        }
        let is_list = self.sections.get(self.section.wrapping_sub(1)).is_some_and(|own| own.1);
        let last = self.section == self.sections.len();
        self.at = match (self.at, byte) {
            (At::Start, b'{') => At::Name,
            (At::Colon, b':') => At::Section,
            (At::Section, b'[') if is_list => At::FirstElement,
            (At::FirstElement | At::BehindElement, b']') => At::BehindSection,
            (At::BehindElement, b',') => At::Element,
            (At::BehindSection, b',') if !last => At::Name,
            (At::BehindSection, b'}') if last => At::End,
            (At::Name, b'"') => return self.push_inside(byte, take),
            (At::Section, _) if !is_list => return self.push_inside(byte, take),
            (At::FirstElement, _) => {
                self.at = At::Element;
                return self.push_inside(byte, take);
            }
            (At::Element, _) => return self.push_inside(byte, take),
            _ => return Err(invalid()),
        };
        Ok(())
    }

    /// One more byte of a value. Only texts, lists and fields have an end of their own, and no
    /// section has other values.
    fn push_inside(
        &mut self,
        byte: u8,
        take: &mut dyn FnMut(usize, &Value) -> Result<()>,
    ) -> Result<()> {
        at_most(self.value.len(), MAX_BYTES)?;
        self.value.push(byte);
        if self.in_text {
            self.in_text = self.escaped || byte != b'"';
            self.escaped = !self.escaped && byte == b'\\';
        } else {
            match byte {
                b'"' => self.in_text = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => self.depth = self.depth.checked_sub(1).ok_or_else(invalid)?,
                _ if self.depth == 0 => return Err(invalid()),
                _ => {}
            }
        }
        if self.in_text || self.depth > 0 {
            return Ok(());
        }
        let value = parse(&self.value)?;
        self.value.clear();
        self.at = match self.at {
            At::Name => {
                let due = self.sections.get(self.section).map(|(name, _)| *name);
                self.section += 1;
                match (&value, due) {
                    (Value::Text(name), Some(due)) if name == due => At::Colon,
                    _ => return Err(invalid()),
                }
            }
            at => {
                take(self.section.wrapping_sub(1), &value)?;
                if at == At::Element { At::BehindElement } else { At::BehindSection }
            }
        };
        Ok(())
    }
}
