//! The log: newest first, filtered and searched, any row of it at once.

use crate::core::activity::Activity;
use crate::core::activity::block::{BLOCK, Block, parts};
use crate::core::activity::filter::Filter;
use crate::core::activity::row::{DIMENSIONS, Dimension, Row};
use crate::core::activity::search::Needle;

/// The rows of a filter and a search, newest first.
///
/// Looking through a million rows takes a moment, so it is done in slices ([`View::advance`]); what
/// was found is there at once. It is dropped to cancel it. Rows that come in later are looked
/// through by the next slices.
#[derive(Clone, Debug, Default)]
pub struct View {
    filter: Filter,
    needle: Needle,
    /// The newest block first.
    found: Vec<Found>,
}

/// What was found in one block.
#[derive(Clone, Debug)]
struct Found {
    block: u32,
    /// How many rows it had; they only become more.
    seen: usize,
    count: usize,
    /// A bit for each row, by its place in the columns.
    bits: [u64; BLOCK / 64],
}

/// What of a shape decides about all its rows.
struct Passing {
    /// By shape: none where a row does not pass; else whether the search is satisfied.
    shapes: Vec<Option<bool>>,
    days: (i64, i64),
}

impl View {
    /// A view of what passes the filter (its days too) and holds the searched text in its
    /// details, reason, site or company, or in what people read of its other keys, whatever its
    /// case.
    pub fn new(filter: Filter, search: &str) -> View {
        View { filter, needle: Needle::new(search), found: Vec::new() }
    }

    /// Looks through about this many more rows, at least one block of them; true when it is
    /// through. 50,000 rows take a few milliseconds.
    pub fn advance(&mut self, activity: &Activity, rows: usize) -> bool {
        self.align(activity);
        let blocks = activity.log.blocks().iter().rev();
        let mut behind = self.found.iter_mut().zip(blocks).filter(|(own, b)| own.seen != b.len());
        let mut left = rows.max(1);
        let Some(first) = behind.next() else { return true };
        let passing = activity.passing(&self.filter, &self.needle);
        for (own, block) in std::iter::once(first).chain(&mut behind) {
            own.look(block, &passing, &self.needle, activity);
            left = left.saturating_sub(block.len());
            if left == 0 {
                break;
            }
        }
        self.seen() == activity.len()
    }

    /// Puts what was found beside the blocks that there are now.
    fn align(&mut self, activity: &Activity) {
        let blocks = activity.log.blocks();
        let ids = blocks.iter().rev().map(|block| block.id);
        if self.found.len() == blocks.len() && self.found.iter().map(|own| own.block).eq(ids) {
            return;
        }
        let mut old = std::mem::take(&mut self.found).into_iter().peekable();
        for block in blocks.iter().rev() {
            // Blocks keep their order: what is not there any more was split.
            let kept = old.peek().is_some_and(|own| own.block == block.id);
            let gone = |own: &Found| !blocks.iter().any(|block| block.id == own.block);
            if !kept {
                while old.next_if(gone).is_some() {}
            }
            let own = old.next_if(|own| own.block == block.id);
            let new = Found { block: block.id, seen: 0, count: 0, bits: [0; BLOCK / 64] };
            self.found.push(own.unwrap_or(new));
        }
    }

    /// How many rows were found so far.
    pub fn len(&self) -> usize {
        self.found.iter().map(|own| own.count).sum()
    }

    /// Whether nothing was found so far.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many rows were looked through so far.
    pub fn seen(&self) -> usize {
        self.found.iter().map(|own| own.seen).sum()
    }

    /// The n-th row found, the newest being 0.
    pub fn row<'a>(&self, activity: &'a Activity, n: usize) -> Option<Row<'a>> {
        let mut left = n;
        for (index, own) in self.found.iter().enumerate() {
            if left < own.count {
                let block = own.block(activity, index)?;
                let at = own.newest_first(block).nth(left)?;
                return block.row(at, &activity.shapes, &activity.keys);
            }
            left -= own.count;
        }
        None
    }

    /// Hands over the rows found in the newest block that has rows below this sequence number,
    /// newest first; false when there is no such block. For whatever goes through all rows. The
    /// number beside a row stands for its kind and keys: rows with the same number have the same.
    pub fn next_rows<'a>(
        &self,
        activity: &'a Activity,
        below: u64,
        mut take: impl FnMut(u32, &Row<'a>),
    ) -> bool {
        for (index, own) in self.found.iter().enumerate() {
            let Some(block) = own.block(activity, index) else { continue };
            if own.count == 0 || u64::from(block.seq_span.0) >= below {
                continue;
            }
            let mut any = false;
            for at in own.newest_first(block) {
                let seq = block.seqs.get(at).is_some_and(|seq| u64::from(*seq) < below);
                let shape = block.shapes.get(at).filter(|_| seq);
                let Some(shape) = shape else { continue };
                if let Some(row) = block.row(at, &activity.shapes, &activity.keys) {
                    any = true;
                    take(*shape, &row);
                }
            }
            if any {
                return true;
            }
        }
        false
    }
}

impl Found {
    /// The block that this belongs to, most likely the one at its own place.
    fn block<'a>(&self, activity: &'a Activity, index: usize) -> Option<&'a Block> {
        let blocks = activity.log.blocks();
        let there = blocks.iter().rev().nth(index).filter(|block| block.id == self.block);
        there.or_else(|| blocks.iter().find(|block| block.id == self.block))
    }

    fn has(&self, at: usize) -> bool {
        self.bits.get(at / 64).is_some_and(|bits| bits >> (at % 64) & 1 == 1)
    }

    /// The places of the rows found, the newest first.
    fn newest_first<'a>(&'a self, block: &'a Block) -> impl Iterator<Item = usize> + 'a {
        block.order.iter().rev().map(|at| usize::from(*at)).filter(|at| self.has(*at))
    }

    /// Looks through the rows that are new in the block.
    fn look(&mut self, block: &Block, passing: &Passing, needle: &Needle, activity: &Activity) {
        let (first, last) = (i64::from(block.span.0), i64::from(block.span.1));
        let (from, to) = passing.days;
        let none = last < from || first > to;
        let rows = block.shapes.iter().zip(&block.days).enumerate().skip(self.seen);
        for (at, (shape, day)) in rows.filter(|_| !none) {
            let day = i64::from(*day);
            if day < from || day > to {
                continue;
            }
            let passes = match passing.shapes.get(*shape as usize).copied().flatten() {
                Some(true) => true,
                Some(false) => {
                    let reason = activity.shapes.get(*shape).is_some_and(|shape| shape.reason);
                    let (reason, details) = parts(block.text(at), reason);
                    needle.is_in(details) || (!reason.is_empty() && needle.is_in(reason))
                }
                None => false,
            };
            if let Some(bits) = self.bits.get_mut(at / 64).filter(|_| passes) {
                *bits |= 1 << (at % 64);
                self.count += 1;
            }
        }
        self.seen = block.len();
    }
}

impl Activity {
    /// What of each shape decides about all its rows.
    fn passing(&self, filter: &Filter, needle: &Needle) -> Passing {
        let mut in_keys = [const { Vec::new() }; DIMENSIONS];
        for ((held, keys), dimension) in in_keys.iter_mut().zip(&self.keys).zip(Dimension::ALL) {
            let both = matches!(dimension, Dimension::Site | Dimension::Company);
            *held = keys.holding(needle, both);
        }
        let masks = self.masks(filter);
        let shapes = self.shapes.all().iter().zip(masks).map(|(shape, mask)| {
            let held = |(code, held): (u16, &Vec<bool>)| held.get(usize::from(code)) == Some(&true);
            let satisfied = needle.is_empty() || shape.codes.into_iter().zip(&in_keys).any(held);
            (mask == 0).then_some(satisfied)
        });
        let days = (filter.from_day.unwrap_or(i64::MIN), filter.to_day.unwrap_or(i64::MAX));
        Passing { shapes: shapes.collect(), days }
    }
}
