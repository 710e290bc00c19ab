//! The log: all blocks, in the order of their sequence numbers.

use crate::core::activity::block::{BLOCK, Block, Packed, Wide};

/// Rows, sorted by sequence number, in blocks that do not overlap.
#[derive(Clone, Debug, Default)]
pub(super) struct Log {
    blocks: Vec<Block>,
    len: usize,
    ids: u32,
}

impl Log {
    pub fn len(&self) -> usize {
        self.len
    }

    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The block that has this sequence number or would take it in, and the place in its order.
    pub fn find(&self, seq: u32) -> (usize, Result<usize, usize>) {
        let index = match self.blocks.last() {
            // Where most new rows belong.
            Some(last) if seq >= last.seq_span.0 => self.blocks.len() - 1,
            _ => self.blocks.partition_point(|block| block.seq_span.0 <= seq).saturating_sub(1),
        };
        let place = self.blocks.get(index).map_or(Err(0), |block| block.search(seq));
        (index, place)
    }

    /// Puts a row where [`Log::find`] says that it belongs.
    pub fn insert(
        &mut self,
        (index, place): (usize, usize),
        row: &Packed,
        wide: Option<Wide>,
        text: [&str; 3],
    ) {
        self.len += 1;
        let room = self.blocks.get_mut(index).filter(|block| block.len() < BLOCK);
        if let Some(block) = room {
            return block.insert(place, row, wide, text);
        }
        let Some(full) = self.blocks.get(index) else {
            return self.insert_new(0, row, wide, text);
        };
        match place {
            0 => self.insert_new(index, row, wide, text),
            BLOCK => match self.blocks.get_mut(index + 1).filter(|next| next.len() < BLOCK) {
                Some(next) => next.insert(0, row, wide, text),
                None => self.insert_new(index + 1, row, wide, text),
            },
            _ => {
                let halves = full.halves([self.ids, self.ids + 1]);
                self.ids += 2;
                let [low, high] = &halves;
                let above = place.checked_sub(low.len()).filter(|_| row.seq > high.seq_span.0);
                let (half, place) = above.map_or((index, place), |place| (index + 1, place));
                self.blocks.splice(index..=index, halves);
                if let Some(block) = self.blocks.get_mut(half) {
                    block.insert(place, row, wide, text);
                }
            }
        }
    }

    #[cold]
    fn insert_new(&mut self, index: usize, row: &Packed, wide: Option<Wide>, text: [&str; 3]) {
        let mut block = Block::new(self.ids);
        self.ids += 1;
        block.insert(0, row, wide, text);
        self.blocks.insert(index, block);
    }

    /// Bytes of the columns, and of the texts.
    pub fn bytes(&self) -> (usize, usize) {
        self.blocks.iter().fold((0, 0), |(columns, texts), block| {
            let (own_columns, own_texts) = block.bytes();
            (columns + own_columns, texts + own_texts)
        })
    }
}
