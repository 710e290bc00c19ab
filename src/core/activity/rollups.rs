//! Rollups: what a server has summed up by day and keys.

use crate::core::activity::dictionary::{Index, mix};
use crate::core::activity::row::Sums;

/// One rollup.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub day: u16,
    pub shape: u32,
    pub sums: Sums,
}

/// All of them, found by day and shape.
#[derive(Clone, Debug, Default)]
pub(super) struct Rollups {
    cells: Vec<Cell>,
    index: Index,
}

fn hash(day: u16, shape: u32) -> u64 {
    mix(day.into(), shape.into())
}

impl Rollups {
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    pub fn get(&self, day: u16, shape: u32) -> Option<&Sums> {
        let same = |cell: &Cell| cell.day == day && cell.shape == shape;
        let number =
            self.index.find(hash(day, shape), |number| self.cells.get(number).is_some_and(same))?;
        self.cells.get(number).map(|cell| &cell.sums)
    }

    pub fn push(&mut self, day: u16, shape: u32, sums: Sums) {
        self.cells.push(Cell { day, shape, sums });
        let cells = &self.cells;
        self.index.push(|number| cells.get(number).map_or(0, |cell| hash(cell.day, cell.shape)));
    }

    pub fn bytes(&self) -> usize {
        self.cells.capacity() * size_of::<Cell>() + self.index.bytes()
    }
}
