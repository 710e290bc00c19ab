//! The activity as CSV, in chunks.

use wasm_bindgen::prelude::*;

use crate::browser::usage::Usage;
use crate::wire::activity_export::CsvWriter;

#[wasm_bindgen]
impl Usage {
    /// Begins a file of what was found; [`Usage::find`] must have come through.
    pub fn begin_csv(&mut self) {
        self.writer = CsvWriter::new();
    }

    /// The bytes of about so many more rows; none at all when the file is written.
    pub fn next_csv(&mut self, rows: u32) -> Vec<u8> {
        let mut out = Vec::new();
        while out.is_empty() {
            if self.writer.next(&self.activity, &self.log, rows as usize, &mut out) {
                break;
            }
        }
        out
    }
}
