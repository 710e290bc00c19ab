//! The cube's sides: for each day, what each key of each dimension sums up to.
//!
//! They answer any range of days at once, as long as nothing is filtered by key. A dimension with
//! many keys would cost more memory than it saves time: its keys beyond the first 128 are left out
//! here, and it is answered from the rows.

use crate::core::activity::row::{DIMENSIONS, Sums};

/// The most keys of a dimension that each day keeps.
pub(super) const DAY_KEYS: usize = 128;

/// Sums by key.
#[derive(Clone, Debug, Default)]
pub(super) struct Sides {
    pub total: Sums,
    pub parts: [Vec<Sums>; DIMENSIONS],
}

impl Sides {
    /// Adds sums to the total and to their keys, as far as there is room for so many keys.
    pub fn add(&mut self, codes: &[u16; DIMENSIONS], sums: &Sums, most: usize) {
        self.total.add(sums);
        for (part, code) in self.parts.iter_mut().zip(codes) {
            if let Some(own) = slot(part, *code, most) {
                own.add(sums);
            }
        }
    }

    /// Takes away what was added.
    pub fn take(&mut self, codes: &[u16; DIMENSIONS], sums: &Sums) {
        self.total.take(sums);
        for (part, code) in self.parts.iter_mut().zip(codes) {
            if let Some(own) = part.get_mut(usize::from(*code)) {
                own.take(sums);
            }
        }
    }

    /// Adds all of another day, or takes it away.
    fn merge(&mut self, other: &Sides, step: fn(&mut Sums, &Sums)) {
        step(&mut self.total, &other.total);
        for (part, others) in self.parts.iter_mut().zip(&other.parts) {
            if part.len() < others.len() {
                part.resize(others.len(), Sums::default());
            }
            part.iter_mut().zip(others).for_each(|(own, other)| step(own, other));
        }
    }
}

fn slot(part: &mut Vec<Sums>, code: u16, most: usize) -> Option<&mut Sums> {
    let code = usize::from(code);
    if code >= part.len() && code < most {
        part.reserve_exact(code + 1 - part.len());
        part.resize(code + 1, Sums::default());
    }
    part.get_mut(code)
}

/// The sides of every day and of all time.
#[derive(Clone, Debug, Default)]
pub(super) struct Days {
    days: Vec<Option<Box<Sides>>>,
    pub all: Sides,
    span: Option<(u16, u16)>,
}

impl Days {
    pub fn add(&mut self, day: u16, codes: &[u16; DIMENSIONS], sums: &Sums) {
        let index = usize::from(day);
        if index >= self.days.len() {
            self.days.resize(index + 1, None);
        }
        let (first, last) = self.span.unwrap_or((day, day));
        self.span = Some((first.min(day), last.max(day)));
        self.all.add(codes, sums, usize::MAX);
        if let Some(own) = self.days.get_mut(index) {
            own.get_or_insert_default().add(codes, sums, DAY_KEYS);
        }
    }

    pub fn take(&mut self, day: u16, codes: &[u16; DIMENSIONS], sums: &Sums) {
        self.all.take(codes, sums);
        if let Some(Some(own)) = self.days.get_mut(usize::from(day)) {
            own.take(codes, sums);
        }
    }

    /// The first and the last day that ever had usage.
    pub fn span(&self) -> Option<(u16, u16)> {
        self.span
    }

    /// Each day of the range that has usage.
    pub fn within(&self, (from, to): (u16, u16)) -> impl Iterator<Item = (u16, &Sides)> {
        let days = (from..=to).zip(self.days.get(usize::from(from)..).unwrap_or(&[]));
        days.filter_map(|(day, own)| Some((day, own.as_deref()?)))
    }

    /// How many uses the range has.
    pub fn uses(&self, range: (u16, u16)) -> u64 {
        self.within(range).fold(0, |sum, (_, day)| sum + day.total.uses)
    }

    /// The sums of a range: of its days, or of all time less the other days, whichever are fewer.
    pub fn range(&self, range: (u16, u16)) -> Sides {
        let Some((first, last)) = self.span else { return Sides::default() };
        let (from, to) = (range.0.max(first), range.1.min(last));
        let inside = to.checked_sub(from).map_or(0, usize::from);
        if inside * 2 <= usize::from(last - first) {
            let mut sides = Sides::default();
            self.within(range).for_each(|(_, day)| sides.merge(day, Sums::add));
            return sides;
        }
        let mut sides = self.all.clone();
        let before = from.checked_sub(1).map(|end| (first, end));
        let after = to.checked_add(1).map(|start| (start, last));
        for outside in before.into_iter().chain(after) {
            self.within(outside).for_each(|(_, day)| sides.merge(day, Sums::take));
        }
        sides
    }

    pub fn bytes(&self) -> usize {
        let sides = |sides: &Sides| {
            let sums: usize = sides.parts.iter().map(Vec::capacity).sum();
            sums * size_of::<Sums>() + size_of::<Sides>()
        };
        let days: usize = self.days.iter().flatten().map(|day| sides(day)).sum();
        days + sides(&self.all) + self.days.capacity() * size_of::<usize>()
    }
}
