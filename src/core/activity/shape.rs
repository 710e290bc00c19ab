//! Shapes: what rows have in common, so that a row itself is a few numbers.

use crate::core::Credits;
use crate::core::EntryKind;
use crate::core::activity::dictionary::{Index, mix};
use crate::core::activity::row::{DIMENSIONS, Sums};

/// What a row's one value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// What the work cost, and with the other sign the change of the posted sum.
    Cost,
    /// What an unlimited plan waived; the posted sum stays.
    Waived,
    /// Nothing: no usage, and the posted sum stays.
    Still,
    /// Whatever does not fit these, kept apart.
    Wide,
    /// A rollup; no row has it.
    Rollup,
}

/// What a row's one quantity counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quantity {
    Nothing,
    Messages,
    CallMs,
    Images,
}

/// What many rows have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    pub codes: [u16; DIMENSIONS],
    pub kind: EntryKind,
    pub value: Value,
    pub quantity: Quantity,
    /// Whether the row's text begins with a reason.
    pub reason: bool,
    pub rate_version: Option<u32>,
}

impl Shape {
    pub const fn is_usage(&self) -> bool {
        matches!(self.kind, EntryKind::Use | EntryKind::Settle)
    }

    fn hash(&self) -> u64 {
        let forms = (self.kind as u64) << 16
            | (self.value as u64) << 8
            | (self.quantity as u64) << 1
            | u64::from(self.reason);
        let version = self.rate_version.map_or(u64::MAX, u64::from);
        let fold = |hash, code: &u16| mix(hash, u64::from(*code));
        self.codes.iter().fold(mix(forms, version), fold)
    }

    /// What so many rows of this shape add up to.
    pub fn sums(&self, narrow: &Narrow) -> Sums {
        let mut sums = Sums { uses: narrow.uses.into(), ..Sums::default() };
        let value = Credits::from_micro(narrow.value as i64);
        match self.value {
            Value::Cost => {
                sums.credits = value;
                sums.failed = narrow.zeros.into();
            }
            Value::Waived => sums.waived = value,
            Value::Still | Value::Wide | Value::Rollup => return Sums::default(),
        }
        match self.quantity {
            Quantity::Nothing => {}
            Quantity::Messages => sums.messages = narrow.quantity,
            Quantity::CallMs => sums.call_ms = narrow.quantity,
            Quantity::Images => sums.images = narrow.quantity,
        }
        sums
    }
}

/// Sums of rows of one shape, before it is asked what they mean.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Narrow {
    pub value: u64,
    pub quantity: u64,
    pub uses: u32,
    pub zeros: u32,
}

/// All shapes, numbered as they come up, with the sums of all that is counted of each.
#[derive(Clone, Debug, Default)]
pub(super) struct Shapes {
    all: Vec<Shape>,
    pub totals: Vec<Sums>,
    index: Index,
}

impl Shapes {
    pub fn number(&mut self, shape: &Shape) -> usize {
        let all = &self.all;
        let known = self.index.find(shape.hash(), |number| all.get(number) == Some(shape));
        known.unwrap_or_else(|| self.push(shape))
    }

    #[cold]
    fn push(&mut self, shape: &Shape) -> usize {
        self.all.push(*shape);
        self.totals.push(Sums::default());
        let all = &self.all;
        self.index.push(|number| all.get(number).map_or(0, Shape::hash));
        self.all.len() - 1
    }

    pub fn get(&self, number: u32) -> Option<&Shape> {
        self.all.get(number as usize)
    }

    pub fn all(&self) -> &[Shape] {
        &self.all
    }

    pub fn bytes(&self) -> usize {
        self.all.capacity() * (size_of::<Shape>() + size_of::<Sums>()) + self.index.bytes()
    }
}
