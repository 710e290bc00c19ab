//! Which requests are booked: found by their ids in one step, however many there are.

use std::sync::Arc;

use crate::core::digest::Digest;
use crate::core::ledger::request::text_hash;

/// What is remembered of a booked request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    /// The digest of its body.
    pub hash: Digest,
    /// Its first entry.
    pub first: u64,
    /// How many entries it booked.
    pub count: u32,
}

/// The booked requests, in their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Requests {
    rows: Vec<(Arc<str>, Known)>,
    /// Where a row is, counted from 1: at the slot that its id's hash names, or the next free one
    /// behind it; 0 is free. A power of two of them, at most half of them taken.
    slots: Vec<u32>,
}

const FEWEST_SLOTS: usize = 16;

impl Requests {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// What is known of a request.
    pub fn get(&self, id: &str) -> Option<&Known> {
        let row = *self.slots.get(self.slot(id))? as usize;
        self.rows.get(row.checked_sub(1)?).map(|(_, known)| known)
    }

    /// Notes one more entry of a request whose entries follow each other. Answers whether they do.
    pub fn count(&mut self, id: &Arc<str>, seq: u64, hash: Digest) -> bool {
        let row = self.slots.get(self.slot(id)).map_or(0, |row| *row as usize);
        match row.checked_sub(1).and_then(|row| self.rows.get_mut(row)) {
            Some((_, known)) => {
                let follows = known.first + u64::from(known.count) == seq;
                known.count += 1;
                follows && known.hash == hash
            }
            None => {
                self.push(Arc::clone(id), Known { hash, first: seq, count: 1 });
                true
            }
        }
    }

    /// Adds a request that is not known yet.
    pub fn push(&mut self, id: Arc<str>, known: Known) {
        self.rows.push((id, known));
        if self.rows.len() * 2 <= self.slots.len() {
            return self.place(self.rows.len());
        }
        let slots = (self.slots.len() * 2).max(FEWEST_SLOTS);
        self.slots.clear();
        self.slots.resize(slots, 0);
        (1..=self.rows.len()).for_each(|row| self.place(row));
    }

    /// Forgets the last ones, down to so many. Their slots were taken last, so no search for one
    /// that stays passes over them.
    pub fn truncate(&mut self, len: usize) {
        while self.rows.len() > len {
            let slot = self.rows.last().map_or(0, |(id, _)| self.slot(id));
            self.slots.get_mut(slot).into_iter().for_each(|row| *row = 0);
            self.rows.pop();
        }
    }

    fn place(&mut self, row: usize) {
        let slot = self.rows.get(row - 1).map_or(0, |(id, _)| self.slot(id));
        self.slots.get_mut(slot).into_iter().for_each(|at| *at = row as u32);
    }

    /// The slot of this id, or the free one where it would be.
    fn slot(&self, id: &str) -> usize {
        let mask = self.slots.len().wrapping_sub(1);
        let mut slot = text_hash(id) as usize & mask;
        let other = |slot: usize| {
            let row = (*self.slots.get(slot)? as usize).checked_sub(1)?;
            self.rows.get(row).filter(|(other, _)| **other != *id)
        };
        while other(slot).is_some() {
            slot = (slot + 1) & mask;
        }
        slot
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u64) -> Arc<str> {
        Arc::from(n.to_string())
    }

    fn body(n: u64) -> Digest {
        Digest::of(&n.to_le_bytes())
    }

    fn known(n: u64) -> Known {
        Known { hash: body(n), first: n, count: 1 }
    }

    #[test]
    fn every_request_is_found_until_it_is_forgotten() {
        let mut requests = Requests::default();
        assert_eq!(requests.get("0"), None);
        for n in 0..5_000 {
            requests.push(id(n), known(n));
        }
        requests.truncate(3_000);
        requests.push(id(9_000), known(9_000));
        for n in 0..5_000 {
            let expected = known(n);
            assert_eq!(requests.get(&id(n)), Some(&expected).filter(|_| n < 3_000), "{n}");
        }
        assert_eq!((requests.get("9000"), requests.len()), (Some(&known(9_000)), 3_001));
        requests.truncate(0);
        assert_eq!(requests.get("0"), None);
    }

    #[test]
    fn entries_of_one_request_follow_each_other() {
        let mut requests = Requests::default();
        assert!(requests.count(&id(1), 1, body(7)) && requests.count(&id(1), 2, body(7)));
        assert!(!requests.count(&id(1), 4, body(7)) && !requests.count(&id(1), 3, body(8)));
        assert!(requests.count(&id(2), 3, body(7)));
    }
}
