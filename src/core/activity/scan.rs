//! The loops over columns.
//!
//! They are short on purpose: each row adds to what its shape has, and what the shape means is
//! asked once for all its rows. A range is summed from the rows inside it, or as the sum of
//! everything less the rows outside, whichever are fewer: never more than half of them.

use crate::core::activity::Activity;
use crate::core::activity::block::Block;
use crate::core::activity::filter::Filter;
use crate::core::activity::row::{DIMENSIONS, Sums};
use crate::core::activity::shape::{Narrow, Shape, Value};

/// Credits by day and column, one more column for what is not looked at.
///
/// Neighbouring rows mostly add to the same place. So that no addition waits for the one before,
/// each place has four cells, and rows take turns.
pub(super) struct Grid {
    pub first: u16,
    pub columns: usize,
    cells: Vec<[u64; LANES]>,
}

const LANES: usize = 4;

impl Grid {
    pub fn new((first, last): (u16, u16), columns: usize) -> Grid {
        let days = usize::from(last.saturating_sub(first)) + 1;
        Grid { first, columns, cells: vec![[0; LANES]; days * (columns + 1)] }
    }

    /// Adds to a day and column; a day outside the grid is left out.
    #[inline(always)]
    pub fn add(&mut self, turn: usize, day: u16, column: u8, value: u64) {
        let row = usize::from(day).wrapping_sub(self.first.into());
        let at = row.wrapping_mul(self.columns + 1).wrapping_add(column.into());
        if let Some(cell) = self.cells.get_mut(at).and_then(|cell| cell.get_mut(turn % LANES)) {
            *cell = cell.wrapping_add(value);
        }
    }

    /// The columns of one day; none outside the grid.
    pub fn day(&self, day: i64) -> impl Iterator<Item = u64> {
        let width = self.columns + 1;
        let row = usize::try_from(day - i64::from(self.first)).ok();
        let start = row.and_then(|row| row.checked_mul(width));
        let cells = start.and_then(|start| self.cells.get(start..start + self.columns));
        let sum = |cell: &[u64; LANES]| cell.iter().fold(0, |sum: u64, own| sum.wrapping_add(*own));
        cells.unwrap_or(&[]).iter().map(sum)
    }

    fn days(&self) -> usize {
        self.cells.len() / (self.columns + 1)
    }
}

impl Activity {
    /// For each shape, a bit for each dimension whose filter it fails.
    pub(super) fn masks(&self, filter: &Filter) -> Vec<u8> {
        let mut masks = vec![0; self.shapes.all().len()];
        for (dimension, (key, keys)) in filter.keys.iter().zip(&self.keys).enumerate() {
            let Some(key) = key else { continue };
            let wanted = keys.find(key);
            for (mask, shape) in masks.iter_mut().zip(self.shapes.all()) {
                let fails = shape.codes.get(dimension).copied() != wanted;
                *mask |= u8::from(fails) << dimension;
            }
        }
        masks
    }

    /// Blocks that have rows which are added up.
    fn counted(&self) -> impl Iterator<Item = &Block> {
        self.log.blocks().iter().rev().take_while(|block| block.seq_span.1 > self.through)
    }

    /// What each shape has in a range of days.
    pub(super) fn sums_of_range(&self, range: (u16, u16)) -> Vec<Sums> {
        let inside = self.days.uses(range) * 2 <= self.days.all.total.uses;
        let sums = self.scan(range, inside);
        if inside {
            return sums;
        }
        let mut all = self.shapes.totals.clone();
        let taken = all.iter_mut().zip(&sums).filter(|(_, outside)| !outside.is_empty());
        taken.for_each(|(all, outside)| all.take(outside));
        all
    }

    /// What each shape has on the days inside a range, or on all others.
    fn scan(&self, range: (u16, u16), inside: bool) -> Vec<Sums> {
        let shapes = self.shapes.all();
        let mut narrow = vec![Narrow::default(); shapes.len()];
        let mut sums = vec![Sums::default(); shapes.len()];
        let wanted = |day: u16| ((range.0..=range.1).contains(&day)) == inside;
        for block in self.counted() {
            let (first, last) = block.span;
            let apart = last < range.0 || first > range.1;
            let within = range.0 <= first && last <= range.1;
            if if inside { apart } else { within } {
                continue;
            }
            let whole = if inside { within } else { apart };
            add_rows(block, &mut narrow, self.through, |day| whole || wanted(day));
            for wide in &block.wide {
                let at = usize::from(wide.at);
                let counted = block.seqs.get(at).is_some_and(|seq| *seq > self.through);
                let day = block.days.get(at).is_some_and(|day| wanted(*day));
                let usage = |shape: &&u32| self.shapes.get(**shape).is_some_and(Shape::is_usage);
                if let Some(shape) = block.shapes.get(at).filter(|_| counted && day).filter(usage)
                    && let Some(own) = sums.get_mut(*shape as usize)
                {
                    own.add(&wide.sums());
                }
            }
        }
        for cell in self.rollups.cells().iter().filter(|cell| wanted(cell.day)) {
            if let Some(own) = sums.get_mut(cell.shape as usize) {
                own.add(&cell.sums);
            }
        }
        for ((own, narrow), shape) in sums.iter_mut().zip(&narrow).zip(shapes) {
            if narrow.uses > 0 && shape.is_usage() {
                own.add(&shape.sums(narrow));
            }
        }
        sums
    }

    /// Adds what passes all filters to the grid. `columns` has a column for each key.
    pub(super) fn scan_days(&self, grid: &mut Grid, masks: &[u8], dimension: usize, keys: &[u8]) {
        let none = grid.columns as u8;
        let column = |shape: &Shape| {
            let code = shape.codes.get(dimension).copied().unwrap_or(0);
            keys.get(usize::from(code)).copied().unwrap_or(none)
        };
        let passing = self.shapes.all().iter().zip(masks);
        let wide: Vec<u8> = passing
            .map(|(shape, mask)| if *mask == 0 && shape.is_usage() { column(shape) } else { none })
            .collect();
        let only_costs = wide.iter().zip(self.shapes.all());
        let narrow: Vec<u8> = only_costs
            .map(|(column, shape)| if shape.value == Value::Cost { *column } else { none })
            .collect();
        let last = grid.first.saturating_add(grid.days() as u16);
        for block in self.counted() {
            if block.span.1 < grid.first || block.span.0 > last {
                continue;
            }
            let seqs = (block.seq_span.0 <= self.through).then_some(&block.seqs);
            add_days(block, grid, &narrow, seqs, self.through);
            for wider in &block.wide {
                let at = usize::from(wider.at);
                let counted = block.seqs.get(at).is_some_and(|seq| *seq > self.through);
                let place = block.days.get(at).zip(block.shapes.get(at)).filter(|_| counted);
                let Some((day, shape)) = place else { continue };
                let column = wide.get(*shape as usize).copied().unwrap_or(none);
                grid.add(0, *day, column, wider.credits.micro() as u64);
            }
        }
        for cell in self.rollups.cells() {
            let column = wide.get(cell.shape as usize).copied().unwrap_or(none);
            grid.add(0, cell.day, column, cell.sums.credits.micro() as u64);
        }
    }

    /// Sums up what each shape has: by a dimension's keys what fails no filter but its own.
    pub(super) fn by_key(&self, sums: &[Sums], masks: &[u8]) -> (Sums, [Vec<Sums>; DIMENSIONS]) {
        let mut total = Sums::default();
        let mut parts = self.keys.each_ref().map(|keys| vec![Sums::default(); keys.len()]);
        for ((shape, sums), mask) in self.shapes.all().iter().zip(sums).zip(masks) {
            if sums.is_empty() || mask.count_ones() > 1 {
                continue;
            }
            if *mask == 0 {
                total.add(sums);
            }
            for (dimension, (part, code)) in parts.iter_mut().zip(shape.codes).enumerate() {
                if mask & !(1 << dimension) == 0
                    && let Some(own) = part.get_mut(usize::from(code))
                {
                    own.add(sums);
                }
            }
        }
        (total, parts)
    }
}

/// Adds a block's rows to what their shapes have; those of wide ones mean nothing.
#[inline]
fn add_rows(block: &Block, narrow: &mut [Narrow], through: u32, wanted: impl Fn(u16) -> bool) {
    let all = block.seq_span.0 > through;
    let keys = block.days.iter().zip(&block.shapes);
    let rows = keys.zip(&block.values).zip(&block.quantities).zip(&block.seqs);
    for ((((day, shape), value), quantity), seq) in rows {
        if wanted(*day)
            && (all || *seq > through)
            && let Some(own) = narrow.get_mut(*shape as usize)
        {
            own.value = own.value.wrapping_add((*value).into());
            own.quantity = own.quantity.wrapping_add((*quantity).into());
            own.uses = own.uses.wrapping_add(1);
            own.zeros = own.zeros.wrapping_add(u32::from(*value == 0));
        }
    }
}

fn add_days(block: &Block, grid: &mut Grid, columns: &[u8], seqs: Option<&Vec<u32>>, through: u32) {
    let none = grid.columns as u8;
    let rows = block.days.iter().zip(&block.shapes).zip(&block.values);
    let column = |shape: &u32| columns.get(*shape as usize).copied().unwrap_or(none);
    match seqs {
        None => {
            for (turn, ((day, shape), value)) in rows.enumerate() {
                grid.add(turn, *day, column(shape), (*value).into());
            }
        }
        Some(seqs) => {
            for (((day, shape), value), _) in rows.zip(seqs).filter(|(_, seq)| **seq > through) {
                grid.add(0, *day, column(shape), (*value).into());
            }
        }
    }
}
