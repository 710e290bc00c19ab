//! Reading the fields of a value, each by its name and type.
//!
//! A shape is read line by line, and whether it fits is asked once, behind the last line: the first
//! field that is wrong is noted, and reading goes on with an empty value in its place.

use std::cell::Cell;

use crate::core::{Credits, Instant};
use crate::error::{Code, Error, Result};
use crate::wire::value::{Name, Value, at_most};

/// Reads a shape from the fields of a value.
///
/// # Errors
/// What is missing or of another type is `snapshot_invalid`; every refusal names its field.
pub(crate) fn read<T>(value: &Value, shape: impl FnOnce(Fields<'_>) -> T) -> Result<T> {
    let refused = Cell::new(None);
    let read = shape(Fields { fields: &[], refused: &refused }.of(value));
    refused.into_inner().map_or(Ok(read), Err)
}

/// The fields of one value. Those that nobody asks for are not looked at.
#[derive(Clone, Copy)]
pub(crate) struct Fields<'a> {
    fields: &'a [(Name, Value)],
    refused: &'a Cell<Option<Error>>,
}

impl<'a> Fields<'a> {
    /// Notes a refusal, unless there is an earlier one.
    #[cold]
    #[inline(never)]
    pub fn refuse(self, error: Error) {
        let first = self.refused.take().unwrap_or(error);
        self.refused.set(Some(first));
    }

    /// What was read by others, or nothing where they refused it.
    pub fn accept<T>(self, read: Result<T>) -> Option<T> {
        read.map_err(|error| self.refuse(error)).ok()
    }

    /// As [`Fields::accept`], naming the field.
    pub fn accept_at<T>(self, name: &'static str, read: Result<T>) -> Option<T> {
        read.map_err(|error| self.refuse(error.at(name))).ok()
    }

    #[cold]
    #[inline(never)]
    fn wrong(self, name: &'static str) {
        self.refuse(invalid("is missing, or of another type", name));
    }

    /// The fields of another value, read together with these.
    #[inline(never)]
    pub fn of(self, value: &'a Value) -> Fields<'a> {
        match value {
            Value::Fields(fields) => Fields { fields, ..self },
            _ => {
                self.refuse(Error::new(Code::SnapshotInvalid, "has no fields"));
                self
            }
        }
    }

    /// The value of a field; null counts as missing.
    #[inline(never)]
    fn get(self, name: &str) -> Option<&'a Value> {
        let found = self.fields.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value).filter(|value| **value != Value::Null)
    }

    /// Whether there is such a field.
    pub fn has(self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The value of a field that must be there; null where it is not.
    #[inline(never)]
    fn must(self, name: &'static str) -> &'a Value {
        self.get(name).unwrap_or_else(|| {
            self.wrong(name);
            &Value::Null
        })
    }

    #[inline(never)]
    pub fn text(self, name: &'static str) -> &'a str {
        match self.must(name) {
            Value::Text(text) => text,
            _ => {
                self.wrong(name);
                ""
            }
        }
    }

    pub fn optional_text(self, name: &'static str) -> Option<&'a str> {
        self.has(name).then(|| self.text(name))
    }

    /// The text of a field whose name is no constant; a refusal names another field.
    pub fn text_of(self, name: &str, field: &'static str) -> Option<&'a str> {
        match self.get(name)? {
            Value::Text(text) => Some(text),
            _ => {
                self.wrong(field);
                None
            }
        }
    }

    #[inline(never)]
    pub fn string(self, name: &'static str) -> String {
        self.text(name).to_owned()
    }

    #[inline(never)]
    pub fn optional_string(self, name: &'static str) -> Option<String> {
        self.optional_text(name).map(str::to_owned)
    }

    #[inline(never)]
    pub fn boxed(self, name: &'static str) -> Option<Box<str>> {
        self.optional_text(name).map(Box::from)
    }

    /// A whole number that fits the type.
    pub fn whole<T: TryFrom<i64> + Default>(self, name: &'static str) -> T {
        self.whole_of(name, name)
    }

    /// As [`Fields::whole`]; a refusal names another field.
    #[inline(never)]
    pub fn whole_of<T: TryFrom<i64> + Default>(self, name: &str, field: &'static str) -> T {
        if let Some(Value::Whole(number)) = self.get(name)
            && let Ok(number) = T::try_from(*number)
        {
            return number;
        }
        self.wrong(field);
        T::default()
    }

    pub fn optional_whole<T: TryFrom<i64> + Default>(self, name: &'static str) -> Option<T> {
        self.has(name).then(|| self.whole(name))
    }

    #[inline(never)]
    pub fn flag(self, name: &'static str) -> bool {
        match self.must(name) {
            Value::Flag(flag) => *flag,
            _ => {
                self.wrong(name);
                false
            }
        }
    }

    /// Yes or no; no where it is missing.
    pub fn optional_flag(self, name: &'static str) -> bool {
        self.has(name) && self.flag(name)
    }

    #[inline(never)]
    pub fn nested(self, name: &'static str) -> Fields<'a> {
        match self.must(name) {
            Value::Fields(fields) => Fields { fields, ..self },
            _ => {
                self.wrong(name);
                Fields { fields: &[], ..self }
            }
        }
    }

    pub fn optional_nested(self, name: &'static str) -> Option<Fields<'a>> {
        self.has(name).then(|| self.nested(name))
    }

    #[inline(never)]
    fn values(self, name: &'static str) -> &'a [Value] {
        match self.must(name) {
            Value::List(values) => values,
            _ => {
                self.wrong(name);
                &[]
            }
        }
    }

    /// A list of values that have fields.
    pub fn list<T>(self, name: &'static str, row: fn(Fields<'a>) -> T) -> Vec<T> {
        let values = self.values(name);
        let mut rows = Vec::with_capacity(values.len());
        for value in values {
            rows.push(row(self.of(value)));
        }
        rows
    }

    /// As [`Fields::list`]; none where it is missing.
    pub fn optional_list<T>(self, name: &'static str, row: fn(Fields<'a>) -> T) -> Vec<T> {
        if self.has(name) { self.list(name, row) } else { Vec::new() }
    }

    /// A list of texts; none where it is missing.
    pub fn optional_texts(self, name: &'static str) -> Vec<String> {
        let mut texts = Vec::new();
        for value in if self.has(name) { self.values(name) } else { &[] } {
            match value {
                Value::Text(text) => texts.push(text.clone()),
                _ => self.wrong(name),
            }
        }
        texts
    }

    /// Refuses a list that is longer than any true one.
    pub fn check_length(self, name: &'static str, most: usize) {
        self.accept_at(name, at_most(self.values(name).len(), most));
    }

    #[inline(never)]
    pub fn instant(self, name: &'static str) -> Instant {
        self.accept_at(name, Instant::parse(self.text(name))).unwrap_or(Instant::EPOCH)
    }

    #[inline(never)]
    pub fn optional_instant(self, name: &'static str) -> Option<Instant> {
        self.has(name).then(|| self.instant(name))
    }

    /// An amount of one movement, as callers send it.
    #[inline(never)]
    pub fn amount(self, name: &'static str) -> Credits {
        self.accept_at(name, Credits::parse(self.text(name))).unwrap_or_default()
    }

    /// An amount; 0 where it is missing.
    pub fn optional_amount(self, name: &'static str) -> Credits {
        if self.has(name) { self.amount(name) } else { Credits::ZERO }
    }

    /// A sum that may be below zero.
    #[inline(never)]
    pub fn signed(self, name: &'static str) -> Credits {
        self.accept_at(name, Credits::parse_signed(self.text(name))).unwrap_or_default()
    }

    /// A signed sum; 0 where it is missing.
    pub fn optional_signed(self, name: &'static str) -> Credits {
        if self.has(name) { self.signed(name) } else { Credits::ZERO }
    }

    /// A sum that is never below zero.
    #[inline(never)]
    pub fn sum(self, name: &'static str) -> Credits {
        let sum = self.signed(name);
        if sum < Credits::ZERO {
            self.refuse(invalid("is never below zero", name));
        }
        sum
    }

    /// An id: digits of a 64-bit number, as a text.
    #[inline(never)]
    pub fn id(self, name: &'static str) -> u64 {
        let text = self.text(name);
        let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|_| plain).unwrap_or_else(|| {
            self.refuse(Error::new(Code::FieldInvalid, "an id is a text of digits").at(name));
            0
        })
    }

    #[inline(never)]
    pub fn optional_id(self, name: &'static str) -> Option<u64> {
        self.has(name).then(|| self.id(name))
    }
}

/// Refuses a field of a snapshot.
#[cold]
#[inline(never)]
pub(crate) fn invalid(message: &'static str, name: &'static str) -> Error {
    Error::new(Code::SnapshotInvalid, message).at(name)
}
