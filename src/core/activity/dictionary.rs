//! Texts and shapes as small numbers.

use crate::core::activity::search::Needle;
use crate::error::{Code, Error, Result};

/// Finds the number of something by its hash: open addressing, at most half full.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    slots: Vec<u32>,
    used: usize,
}

const FREE: u32 = u32::MAX;

impl Index {
    /// The number with this hash that is the same as what is looked for.
    pub fn find(&self, hash: u64, same: impl Fn(usize) -> bool) -> Option<usize> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = hash as usize & mask;
        loop {
            match *self.slots.get(at)? {
                FREE => return None,
                number if same(number as usize) => return Some(number as usize),
                _ => at = (at + 1) & mask,
            }
        }
    }

    /// Notes a new number, the next of all.
    pub fn push(&mut self, hash_of: impl Fn(usize) -> u64) {
        let number = self.used;
        self.used += 1;
        if self.used * 2 > self.slots.len() {
            let length = (self.slots.len() * 2).max(64);
            self.slots.clear();
            self.slots.resize(length, FREE);
            for earlier in 0..number {
                self.place(hash_of(earlier), earlier);
            }
        }
        self.place(hash_of(number), number);
    }

    fn place(&mut self, hash: u64, number: usize) {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        while let Some(slot) = self.slots.get_mut(at) {
            if *slot == FREE {
                *slot = number as u32;
                return;
            }
            at = (at + 1) & mask;
        }
    }

    pub fn bytes(&self) -> usize {
        self.slots.capacity() * size_of::<u32>()
    }
}

/// Mixes a word into a hash, so that the low bits depend on all others.
pub(super) fn mix(hash: u64, word: u64) -> u64 {
    let mixed = (hash ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed ^ (mixed >> 32)
}

fn hash_text(text: &str) -> u64 {
    text.as_bytes().chunks(8).fold(text.len() as u64, |hash, chunk| {
        mix(hash, chunk.iter().fold(0, |word, byte| (word << 8) | u64::from(*byte)))
    })
}

/// The keys of one dimension, numbered as they come up.
#[derive(Clone, Debug, Default)]
pub(super) struct Dictionary {
    keys: Vec<Box<str>>,
    labels: Vec<Option<Box<str>>>,
    index: Index,
    last: usize,
}

/// The most keys of a dimension.
const MAX_KEYS: usize = 65_535;
/// The longest key, in bytes.
const MAX_KEY_BYTES: usize = 1_000;

impl Dictionary {
    /// The number of a key, known or new.
    pub fn code(&mut self, key: &str) -> Result<u16> {
        // Rows lie beside their like.
        if self.keys.get(self.last).is_some_and(|last| **last == *key) {
            return Ok(self.last as u16);
        }
        self.last = match self.find(key) {
            Some(code) => code.into(),
            None => self.push(key)?,
        };
        Ok(self.last as u16)
    }

    /// The number of a known key.
    pub fn find(&self, key: &str) -> Option<u16> {
        let same = |number: usize| self.keys.get(number).is_some_and(|own| **own == *key);
        self.index.find(hash_text(key), same).map(|number| number as u16)
    }

    #[cold]
    fn push(&mut self, key: &str) -> Result<usize> {
        if key.len() > MAX_KEY_BYTES {
            return Err(Error::new(Code::SnapshotTooLarge, "a key is at most 1,000 bytes"));
        }
        if self.keys.len() >= MAX_KEYS {
            return Err(Error::new(Code::SnapshotTooLarge, "more than 65,535 different keys"));
        }
        self.keys.push(key.into());
        self.labels.push(None);
        let keys = &self.keys;
        self.index.push(|number| keys.get(number).map_or(0, |key| hash_text(key)));
        Ok(self.keys.len() - 1)
    }

    pub fn key(&self, code: u16) -> &str {
        self.keys.get(usize::from(code)).map_or("", |key| key)
    }

    pub fn set_label(&mut self, key: &str, label: &str) -> Result<()> {
        let code = self.code(key)?;
        if let Some(own) = self.labels.get_mut(usize::from(code)) {
            *own = Some(label.into());
        }
        Ok(())
    }

    /// For each key, whether what people read of it holds a searched text: its label, or without
    /// one the key itself. With `both`, either.
    pub fn holding(&self, needle: &Needle, both: bool) -> Vec<bool> {
        let keys = self.keys.iter().map(|key| &**key).zip(&self.labels);
        let held = |(key, label): (&str, &Option<Box<str>>)| match label {
            Some(label) => needle.is_in(label) || (both && needle.is_in(key)),
            None => needle.is_in(key),
        };
        keys.map(held).collect()
    }

    pub fn len(&self) -> usize {
        self.keys.len()
    }

    pub fn bytes(&self) -> usize {
        let texts: usize = self.keys.iter().map(|key| key.len()).sum();
        texts + self.keys.capacity() * 2 * size_of::<Box<str>>() + self.index.bytes()
    }
}
