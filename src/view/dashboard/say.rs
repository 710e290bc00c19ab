//! Sentences of the catalogue, with what stands in them.

use crate::core::Credits;
use crate::core::activity::Dimension;

/// A message of the catalogue, by its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Say {
    /// The key.
    pub key: &'static str,
    /// Name and value of each placeholder; `amount` chooses the plural form.
    pub args: Vec<(&'static str, Arg)>,
}

/// What stands in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg {
    /// Credits, exact.
    Amount(Credits),
    /// A count.
    Count(i64),
    /// Days since 1970-01-01.
    Day(i64),
    /// A share in permille.
    Share(i64),
    /// A text that is shown as it is.
    Text(String),
    /// A key of a dimension, shown by its label.
    Key(Dimension, String),
}

impl Say {
    /// A sentence without placeholders.
    pub const fn plain(key: &'static str) -> Say {
        Say { key, args: Vec::new() }
    }

    /// The same with one more placeholder filled.
    #[must_use]
    pub fn with(mut self, name: &'static str, arg: Arg) -> Say {
        self.args.push((name, arg));
        self
    }
}

/// The labels that people read instead of keys, as the store gave them.
#[derive(Clone, Debug, Default)]
pub struct Labels(Vec<(Dimension, String, String)>);

impl Labels {
    /// Sets the label of a key.
    pub fn set(&mut self, dimension: Dimension, key: &str, label: &str) {
        let known = self.0.iter_mut().find(|(of, own, _)| *of == dimension && own == key);
        match known {
            Some((_, _, old)) => label.clone_into(old),
            None => self.0.push((dimension, key.to_owned(), label.to_owned())),
        }
    }

    /// The label of a key; empty where there is none.
    pub fn get(&self, dimension: Dimension, key: &str) -> &str {
        let known = self.0.iter().find(|(of, own, _)| *of == dimension && own == key);
        known.map_or("", |(_, _, label)| label)
    }
}
