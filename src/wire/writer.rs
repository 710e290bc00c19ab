//! Writing the fields of a value.

use std::borrow::Cow;

use crate::core::digits::digits;
use crate::core::{Credits, Instant};
use crate::wire::value::{Name, Value};

/// Writes the fields of one value, in their order.
#[derive(Default)]
pub(crate) struct Writer(Vec<(Name, Value)>);

impl Writer {
    /// A field; null where there is nothing.
    pub fn put(&mut self, name: &'static str, value: impl Into<Value>) -> &mut Writer {
        self.push(name, value.into());
        self
    }

    /// A field, left out where there is nothing.
    pub fn put_some(&mut self, name: &'static str, value: Option<impl Into<Value>>) -> &mut Writer {
        if let Some(value) = value {
            self.push(name, value.into());
        }
        self
    }

    /// An amount, left out where it is 0.
    pub fn put_amount(&mut self, name: &'static str, amount: Credits) -> &mut Writer {
        self.put_some(name, (!amount.is_zero()).then_some(amount))
    }

    #[inline(never)]
    fn push(&mut self, name: &'static str, value: Value) {
        self.0.push((Cow::Borrowed(name), value));
    }

    /// All that was put.
    pub fn done(&mut self) -> Value {
        Value::Fields(std::mem::take(&mut self.0))
    }
}

/// Writes every row of a list.
pub(crate) fn write_all<T>(rows: &[T], write: fn(&T) -> Value) -> Value {
    Value::List(rows.iter().map(write).collect())
}

/// An id as a text.
pub(crate) fn id_text(id: u64) -> Value {
    Value::Text(digits(id))
}

impl From<&str> for Value {
    #[inline(never)]
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

impl From<Credits> for Value {
    #[inline(never)]
    fn from(amount: Credits) -> Value {
        Value::Text(amount.text())
    }
}

impl From<Instant> for Value {
    #[inline(never)]
    fn from(at: Instant) -> Value {
        Value::Text(at.text())
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Value {
        Value::Flag(flag)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Null, Into::into)
    }
}

macro_rules! whole {
    ($($number:ty)+) => { $(
        impl From<$number> for Value {
            fn from(number: $number) -> Value {
                // No count of ours leaves 63 bits.
                Value::Whole(number as i64)
            }
        }
    )+ };
}

whole! { u8 u32 u64 i32 i64 }
