//! A small random source that is the same on every machine: xorshift over a mixed seed.

/// Numbers that follow from the seed alone.
pub struct Random(u64);

impl Random {
    /// The source of one input: the run's seed and the input's number.
    pub fn new(seed: u64, input: u64) -> Random {
        // splitmix64, so that neighbouring inputs have nothing in common.
        let mut mixed = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ input;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Random((mixed ^ (mixed >> 31)) | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// Below `end`; 0 where there is nothing below it.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % (end.max(1) as u64)) as usize
    }

    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    pub fn one_in(&mut self, odds: usize) -> bool {
        self.below(odds) == 0
    }
}
