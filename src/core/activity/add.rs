//! Rows and rollups in: each is checked, compared with what is known, and added up once.

use crate::core::EntryKind;
use crate::core::activity::Activity;
use crate::core::activity::pack::{check, check_sums, codes, day_number, day_of, pack};
use crate::core::activity::row::{Rollup, Row, Sums};
use crate::core::activity::shape::{Quantity, Shape, Value};
use crate::core::digits::digits;
use crate::error::{Code, Error, Result};

impl Activity {
    /// Takes a row in: true if it is new, false if the same one is known.
    ///
    /// # Errors
    /// `field_invalid` (another row has this sequence number, or it does not fit 32 bits),
    /// `occurred_at_out_of_range` (in the future, or before 1970), `amount_out_of_range` (credits
    /// below zero or above 10^12), `quantity_invalid`, `snapshot_too_large` (a text that is too
    /// long, or more than 65,535 keys of a dimension), `amount_overflow` (the sum of all usage).
    /// The caller counts it with [`Activity::refuse`].
    pub fn add_row(&mut self, row: &Row<'_>) -> Result<bool> {
        let seq = check(row, self.as_of)?;
        let day = day_of(&self.zone, row.occurred_at)?;
        let (index, place) = self.log.find(seq);
        let place = match place {
            Ok(_) if self.row(row.seq).as_ref() == Some(row) => return Ok(false),
            Ok(_) => return Err(other("another row has this sequence number", "seq")),
            Err(place) => place,
        };
        let codes = codes(&mut self.keys, &row.keys)?;
        let (shape, mut packed, wide) = pack(row, seq, day, codes);
        let counted = row.is_usage() && seq > self.through;
        let sums = row.sums();
        if counted {
            self.check_total(&sums)?;
        }
        let number = self.shapes.number(&shape);
        packed.shape = number as u32;
        if counted {
            self.count(day, number, &shape, &sums);
        }
        let length =
            if shape.reason { digits(row.reason.len() as u64) + ":" } else { String::new() };
        self.log.insert((index, place), &packed, wide, [&length, row.reason, row.details]);
        Ok(true)
    }

    /// Takes in what a server has summed up of one day and one set of keys: true if it is new,
    /// false if the same is known.
    ///
    /// # Errors
    /// `field_invalid` (another one is known for this day and these keys), and as
    /// [`Activity::add_row`].
    pub fn add_rollup(&mut self, rollup: &Rollup<'_>) -> Result<bool> {
        check_sums(&rollup.sums)?;
        let day = day_number(rollup.day)?;
        if day > day_of(&self.zone, self.as_of)?.saturating_add(1) {
            let message = "a day in the future";
            return Err(Error::new(Code::OccurredAtOutOfRange, message).at("day"));
        }
        let shape = Shape {
            codes: codes(&mut self.keys, &rollup.keys)?,
            kind: EntryKind::Use,
            value: Value::Rollup,
            quantity: Quantity::Nothing,
            reason: false,
            rate_version: None,
        };
        let number = self.shapes.number(&shape);
        if let Some(known) = self.rollups.get(day, number as u32) {
            if *known == rollup.sums {
                return Ok(false);
            }
            return Err(other("another rollup is known for this day and keys", "day"));
        }
        self.check_total(&rollup.sums)?;
        self.count(day, number, &shape, &rollup.sums);
        self.rollups.push(day, number as u32, rollup.sums);
        Ok(true)
    }

    /// Rows up to this one are in the rollups: they are for the log alone, and not added up again.
    /// Such rows that are here already are taken out of the sums, 1,000,000 of them in about 20 ms.
    ///
    /// # Errors
    /// `snapshot_version` if there are rollups of another sequence number: start anew with those.
    pub fn set_through(&mut self, seq: u64) -> Result<()> {
        let seq = u32::try_from(seq)
            .map_err(|_| other("a sequence number is at most 4294967295", "through_seq"))?;
        if seq == self.through {
            return Ok(());
        }
        if !self.rollups.is_empty() {
            let message = "rollups of another sequence number are known";
            return Err(Error::new(Code::SnapshotVersion, message).at("through_seq"));
        }
        if seq < self.through {
            let message = "a sequence number that the rollups reach does not fall";
            return Err(Error::new(Code::SnapshotVersion, message).at("through_seq"));
        }
        let was = std::mem::replace(&mut self.through, seq);
        self.take_out(was);
        Ok(())
    }

    /// Takes the rows behind this one, up to what the rollups reach, out of the sums.
    fn take_out(&mut self, was: u32) {
        let Activity { log, shapes, days, keys, through, .. } = self;
        for block in log.blocks().iter().filter(|block| block.seq_span.0 <= *through) {
            for at in 0..block.len() {
                let Some(row) = block.row(at, shapes, keys) else { continue };
                let inside = row.seq > u64::from(was) && row.seq <= u64::from(*through);
                let columns = block.packed(at).filter(|_| inside && row.is_usage());
                let Some((packed, _)) = columns else { continue };
                let Some(shape) = shapes.get(packed.shape) else { continue };
                days.take(packed.day, &shape.codes, &row.sums());
                if let Some(total) = shapes.totals.get_mut(packed.shape as usize) {
                    total.take(&row.sums());
                }
            }
        }
    }

    /// Refuses what would make the sum of all usage too large. Since nothing in it is below zero,
    /// no part of it can be too large then either.
    fn check_total(&self, sums: &Sums) -> Result<()> {
        let fits = self.days.all.total.checked_add(sums).is_some();
        let message = "the sum of all usage does not fit 64 bits";
        if fits { Ok(()) } else { Err(Error::new(Code::AmountOverflow, message).at("credits")) }
    }

    fn count(&mut self, day: u16, number: usize, shape: &Shape, sums: &Sums) {
        self.days.add(day, &shape.codes, sums);
        if let Some(total) = self.shapes.totals.get_mut(number) {
            total.add(sums);
        }
    }
}

fn other(message: &'static str, field: &'static str) -> Error {
    Error::new(Code::FieldInvalid, message).at(field)
}
