//! Answering a filter.

use crate::core::Credits;
use crate::core::activity::Activity;
use crate::core::activity::days::DAY_KEYS;
use crate::core::activity::filter::Filter;
use crate::core::activity::pack::day_of;
use crate::core::activity::row::{DIMENSIONS, Dimension, Sums};
use crate::core::activity::scan::Grid;
use crate::core::activity::summary::{Part, Previous, Summary, Trend};
use crate::core::order::sorted;
use crate::error::Result;

/// The days that a filter looks at.
#[derive(Clone, Copy)]
pub(super) struct Range {
    pub from: i64,
    pub to: i64,
    /// The first day of the period before it, if it has one.
    pub before: Option<i64>,
}

impl Range {
    /// As 16-bit day numbers, which all days of activity have.
    fn days(self) -> (u16, u16) {
        (self.from as u16, self.to as u16)
    }
}

impl Activity {
    /// What a filter answers.
    ///
    /// # Errors
    /// `period_invalid` where the last day lies before the first.
    pub fn summary(&self, filter: &Filter) -> Result<Summary<'_>> {
        let range = self.range(filter)?;
        let masks = self.masks(filter);
        let unfiltered = filter.keys.iter().all(Option::is_none);
        let (total, parts) = if unfiltered && self.keys.iter().all(|k| k.len() <= DAY_KEYS) {
            let sides = self.days.range(range.days());
            (sides.total, sides.parts)
        } else {
            self.by_key(&self.sums_of_range(range.days()), &masks)
        };
        let (codes, grid) = self.grid(filter, &masks, range, Dimension::Agent);
        let mut named = [const { Vec::new() }; DIMENSIONS];
        for ((named, part), dimension) in named.iter_mut().zip(&parts).zip(Dimension::ALL) {
            *named = self.named(dimension, part);
        }
        let trend = self.shown(range, Dimension::Agent, &codes, &grid);
        let previous = range.before.map(|before| previous(range, before, &grid));
        let Range { from, to, .. } = range;
        Ok(Summary { from_day: from, to_day: to, total, previous, parts: named, trend })
    }

    /// Credits by day, split by the keys of any dimension: what passes all filters.
    ///
    /// # Errors
    /// As [`Activity::summary`].
    pub fn trend(&self, filter: &Filter, split: Dimension) -> Result<Trend<'_>> {
        let range = Range { before: None, ..self.range(filter)? };
        let (codes, grid) = self.grid(filter, &self.masks(filter), range, split);
        Ok(self.shown(range, split, &codes, &grid))
    }

    fn range(&self, filter: &Filter) -> Result<Range> {
        let today = day_of(&self.zone, self.as_of).unwrap_or(0);
        let (first, last) = self.days.span().unwrap_or((today, today));
        let (from, to) = filter.range(first.into(), last.max(today).into())?;
        let within = |day: i64| day.clamp(0, u16::MAX.into());
        let (from, to) = (within(from), within(to));
        let before = filter.from_day.map(|_| from - (to - from + 1));
        Ok(Range { from, to, before })
    }

    /// The parts that have uses, the largest first.
    fn named(&self, dimension: Dimension, sums: &[Sums]) -> Vec<Part<'_>> {
        let mut parts = Vec::with_capacity(sums.len());
        for place in by_credits(sums.len(), sums) {
            let Some(sums) = sums.get(place).filter(|sums| !sums.is_empty()) else { continue };
            let code = place as u16;
            parts.push(Part { code, key: self.key(dimension, code), sums: *sums });
        }
        parts
    }

    /// The columns' codes, and the grid of what passes all filters, from the period before on.
    fn grid(
        &self,
        filter: &Filter,
        masks: &[u8],
        range: Range,
        split: Dimension,
    ) -> (Vec<Option<u16>>, Grid) {
        let dimension = split as usize;
        let (codes, columns) = self.columns(dimension);
        let first = range.before.unwrap_or(range.from).max(0) as u16;
        let (seen_first, seen_last) = self.days.span().unwrap_or((first, first));
        let (first, last) = (first.max(seen_first), (range.to as u16).min(seen_last));
        let mut grid = Grid::new((first, last.max(first)), codes.len());
        let keys = self.keys.get(dimension).map_or(0, |keys| keys.len());
        if filter.keys.iter().any(Option::is_some) || keys > DAY_KEYS {
            self.scan_days(&mut grid, masks, dimension, &columns);
            return (codes, grid);
        }
        for (day, sides) in self.days.within((first, last)) {
            let parts = sides.parts.get(dimension).into_iter().flatten();
            for (sums, column) in parts.zip(&columns) {
                grid.add(0, day, *column, sums.credits.micro() as u64);
            }
        }
        (codes, grid)
    }

    /// A column for each of the 63 largest keys, one for all others; and the column of each key.
    fn columns(&self, dimension: usize) -> (Vec<Option<u16>>, Vec<u8>) {
        let all = self.days.all.parts.get(dimension).map_or(&[][..], Vec::as_slice);
        let keys = self.keys.get(dimension).map_or(0, |keys| keys.len());
        let order = by_credits(keys, all);
        let mut columns = vec![keys.min(MOST_COLUMNS) as u8; keys];
        let mut codes = Vec::with_capacity(MOST_COLUMNS + 1);
        for (column, code) in order.iter().take(MOST_COLUMNS).enumerate() {
            codes.push(Some(*code as u16));
            if let Some(own) = columns.get_mut(*code) {
                *own = column as u8;
            }
        }
        if keys > MOST_COLUMNS {
            codes.push(None);
        }
        (codes, columns)
    }

    /// The trend of the days looked at, without columns that are empty on all of them.
    fn shown(
        &self,
        range: Range,
        split: Dimension,
        codes: &[Option<u16>],
        grid: &Grid,
    ) -> Trend<'_> {
        let days = range.from..=range.to;
        let mut sums = vec![0_u64; codes.len()];
        for day in days.clone() {
            let pairs = sums.iter_mut().zip(grid.day(day));
            pairs.for_each(|(sum, own)| *sum = sum.wrapping_add(own));
        }
        let used = |column: &usize| sums.get(*column).is_some_and(|sum| *sum > 0);
        let used: Vec<usize> = (0..codes.len()).filter(used).collect();
        let mut shown = Vec::with_capacity(used.len() * (range.to - range.from + 1) as usize);
        for day in days {
            let own: Vec<u64> = grid.day(day).collect();
            let own = |column: &usize| credits(own.get(*column).copied().unwrap_or(0));
            shown.extend(used.iter().map(own));
        }
        let key = |column: &usize| {
            codes.get(*column).copied().flatten().map(|code| self.key(split, code))
        };
        Trend { first_day: range.from, columns: used.iter().map(key).collect(), credits: shown }
    }
}

/// The places of so many sums, the largest first; of equals the lower place. Those that are left
/// out are nothing.
fn by_credits(count: usize, sums: &[Sums]) -> Vec<usize> {
    let credits = |place: usize| sums.get(place).map_or(Credits::ZERO, |sums| sums.credits);
    sorted(count, &|a, b| credits(a) > credits(b))
}

/// The most keys that have a column of their own.
const MOST_COLUMNS: usize = 63;

fn credits(micro: u64) -> Credits {
    Credits::from_micro(micro as i64)
}

fn previous(range: Range, before: i64, grid: &Grid) -> Previous {
    let day = |day| credits(grid.day(day).fold(0, u64::wrapping_add));
    let days: Vec<Credits> = (before..range.from).map(day).collect();
    let total = days.iter().fold(Credits::ZERO, |sum, own| sum.saturating_add(*own));
    Previous { from_day: before, to_day: range.from - 1, credits: total, days }
}
