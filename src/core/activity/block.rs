//! A block: about a thousand rows whose sequence numbers lie together, as columns.

use crate::core::activity::dictionary::Dictionary;
use crate::core::activity::row::{DIMENSIONS, Row, Sums};
use crate::core::activity::shape::{Quantity, Shapes, Value};
use crate::core::{Credits, DAY_MS, Instant};

/// The most rows of a block.
pub(super) const BLOCK: usize = 1_024;

/// A row as its columns have it.
#[derive(Clone, Debug)]
pub(super) struct Packed {
    pub seq: u32,
    /// The civil day of `occurred_at`, in days since 1970-01-01.
    pub day: u16,
    /// `occurred_at` after that day's midnight in UTC; below zero west of it.
    pub ms: i32,
    /// See [`booked_code`].
    pub booked: u32,
    pub shape: u32,
    /// Micro-credits, or for a wide row its place among those of the block.
    pub value: u32,
    pub quantity: u32,
}

/// What does not fit the columns.
#[derive(Clone, Debug)]
pub(super) struct Wide {
    /// The row's place in the columns.
    pub at: u16,
    pub amount: Credits,
    pub credits: Credits,
    pub waived: Credits,
    pub messages: u32,
    pub call_ms: u32,
    pub images: u32,
    pub booked_at: Instant,
}

/// Columns, in the order in which rows came in; `order` sorts them by sequence number.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// Another one for every block that there ever was.
    pub id: u32,
    pub order: Vec<u16>,
    pub seqs: Vec<u32>,
    pub days: Vec<u16>,
    ms: Vec<i32>,
    booked: Vec<u32>,
    pub shapes: Vec<u32>,
    pub values: Vec<u32>,
    pub quantities: Vec<u32>,
    /// Where each row's text ends.
    ends: Vec<u32>,
    text: String,
    pub wide: Vec<Wide>,
    /// The first and last day of its rows.
    pub span: (u16, u16),
    /// The first and last sequence number.
    pub seq_span: (u32, u32),
}

/// `booked_at` as milliseconds after `occurred_at`, from 10 minutes before it on.
pub(super) fn booked_code(occurred_at: Instant, booked_at: Instant) -> Option<u32> {
    u32::try_from(booked_at.ms_since(occurred_at) + BOOKED_BIAS_MS).ok()
}

const BOOKED_BIAS_MS: i64 = 600_000;

impl Block {
    pub fn new(id: u32) -> Block {
        Block {
            id,
            order: Vec::with_capacity(BLOCK),
            seqs: Vec::with_capacity(BLOCK),
            days: Vec::with_capacity(BLOCK),
            ms: Vec::with_capacity(BLOCK),
            booked: Vec::with_capacity(BLOCK),
            shapes: Vec::with_capacity(BLOCK),
            values: Vec::with_capacity(BLOCK),
            quantities: Vec::with_capacity(BLOCK),
            ends: Vec::with_capacity(BLOCK),
            text: String::new(),
            wide: Vec::new(),
            span: (u16::MAX, 0),
            seq_span: (u32::MAX, 0),
        }
    }

    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Where a row with this sequence number is in the order, or would be.
    pub fn search(&self, seq: u32) -> Result<usize, usize> {
        if seq > self.seq_span.1 {
            return Err(self.len());
        }
        if seq < self.seq_span.0 {
            return Err(0);
        }
        self.order.binary_search_by_key(&seq, |at| self.seq(usize::from(*at)))
    }

    fn seq(&self, at: usize) -> u32 {
        self.seqs.get(at).copied().unwrap_or(0)
    }

    /// Puts a row at a place of the order. Its text is the reason's, if any, and the details.
    pub fn insert(&mut self, place: usize, row: &Packed, wide: Option<Wide>, text: [&str; 3]) {
        let at = self.seqs.len() as u16;
        self.order.insert(place.min(self.order.len()), at);
        self.seqs.push(row.seq);
        self.days.push(row.day);
        self.ms.push(row.ms);
        self.booked.push(row.booked);
        self.shapes.push(row.shape);
        self.values.push(wide.as_ref().map_or(row.value, |_| self.wide.len() as u32));
        self.quantities.push(row.quantity);
        text.into_iter().for_each(|part| self.text.push_str(part));
        self.ends.push(self.text.len() as u32);
        self.wide.extend(wide.map(|wide| Wide { at, ..wide }));
        self.span = (self.span.0.min(row.day), self.span.1.max(row.day));
        self.seq_span = (self.seq_span.0.min(row.seq), self.seq_span.1.max(row.seq));
        if self.len() == BLOCK {
            self.text.shrink_to_fit();
            self.wide.shrink_to_fit();
        }
    }

    /// Two blocks of half its rows each.
    pub fn halves(&self, ids: [u32; 2]) -> [Block; 2] {
        let (low, high) = self.order.split_at(self.len() / 2);
        [(low, ids[0]), (high, ids[1])].map(|(order, id)| {
            let mut half = Block::new(id);
            for at in order {
                let at = usize::from(*at);
                if let Some((row, wide)) = self.packed(at) {
                    half.insert(half.len(), &row, wide.cloned(), [self.text(at), "", ""]);
                }
            }
            half
        })
    }

    /// A row's columns.
    pub fn packed(&self, at: usize) -> Option<(Packed, Option<&Wide>)> {
        let row = Packed {
            seq: *self.seqs.get(at)?,
            day: *self.days.get(at)?,
            ms: *self.ms.get(at)?,
            booked: *self.booked.get(at)?,
            shape: *self.shapes.get(at)?,
            value: *self.values.get(at)?,
            quantity: *self.quantities.get(at)?,
        };
        let wide = self.wide.get(row.value as usize).filter(|wide| usize::from(wide.at) == at);
        Some((row, wide))
    }

    /// A row's text: the reason with its length ahead, if it has one, and the details.
    pub fn text(&self, at: usize) -> &str {
        let end = |at: usize| self.ends.get(at).map_or(0, |end| *end as usize);
        let start = at.checked_sub(1).map_or(0, end);
        self.text.get(start..end(at)).unwrap_or("")
    }

    /// A row as it came in.
    pub fn row<'a>(
        &'a self,
        at: usize,
        shapes: &Shapes,
        keys: &'a [Dictionary; DIMENSIONS],
    ) -> Option<Row<'a>> {
        let (packed, wide) = self.packed(at)?;
        let shape = shapes.get(packed.shape)?;
        let (reason, details) = parts(self.text(at), shape.reason);
        let occurred_ms = i64::from(packed.day) * DAY_MS + i64::from(packed.ms);
        let booked_ms = occurred_ms + i64::from(packed.booked) - BOOKED_BIAS_MS;
        let value = Credits::from_micro(packed.value.into());
        let quantity = |kind| if shape.quantity == kind { packed.quantity } else { 0 };
        let mut row = Row {
            seq: packed.seq.into(),
            kind: shape.kind,
            keys: [""; DIMENSIONS],
            occurred_at: Instant::from_ms(occurred_ms).ok()?,
            booked_at: Instant::from_ms(booked_ms).ok()?,
            amount: Credits::ZERO,
            credits: Credits::ZERO,
            waived: Credits::ZERO,
            messages: quantity(Quantity::Messages),
            call_ms: quantity(Quantity::CallMs),
            images: quantity(Quantity::Images),
            rate_version: shape.rate_version,
            reason,
            details,
        };
        for ((key, code), dictionary) in row.keys.iter_mut().zip(shape.codes).zip(keys) {
            *key = dictionary.key(code);
        }
        match (shape.value, wide) {
            (Value::Wide, Some(wide)) => wide.fill(&mut row),
            (Value::Cost, _) => {
                row.credits = value;
                row.amount = Credits::from_micro(-value.micro());
            }
            (Value::Waived, _) => row.waived = value,
            _ => {}
        }
        Some(row)
    }

    pub fn bytes(&self) -> (usize, usize) {
        let columns = 7 * size_of::<u32>() + 2 * size_of::<u16>();
        let wide = self.wide.capacity() * size_of::<Wide>();
        (self.seqs.capacity() * columns + size_of::<Block>() + wide, self.text.capacity())
    }
}

impl Wide {
    /// What a use adds up to.
    pub fn sums(&self) -> Sums {
        let failed = self.credits.is_zero() && self.waived.is_zero();
        Sums {
            credits: self.credits,
            waived: self.waived,
            uses: 1,
            failed: failed.into(),
            messages: self.messages.into(),
            call_ms: self.call_ms.into(),
            images: self.images.into(),
        }
    }

    fn fill(&self, row: &mut Row<'_>) {
        row.amount = self.amount;
        row.credits = self.credits;
        row.waived = self.waived;
        row.messages = self.messages;
        row.call_ms = self.call_ms;
        row.images = self.images;
        row.booked_at = self.booked_at;
    }
}

/// Splits a row's text. A reason stands ahead as `length:reason`, its length in bytes.
pub(super) fn parts(text: &str, has_reason: bool) -> (&str, &str) {
    let split = || {
        let (length, rest) = text.split_once(':')?;
        rest.split_at_checked(length.parse().ok()?)
    };
    if has_reason { split().unwrap_or(("", text)) } else { ("", text) }
}
