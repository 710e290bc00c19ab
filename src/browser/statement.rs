//! Checking a statement, in the browser of whoever was given it.

use wasm_bindgen::prelude::*;

use crate::browser::shapes::to_js_value;
use crate::wire::statement::{StatementReader, verdict_shape};

/// The check of one statement.
#[wasm_bindgen]
#[derive(Default)]
pub struct StatementCheck {
    reader: StatementReader,
}

#[wasm_bindgen]
impl StatementCheck {
    /// Nothing read yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> StatementCheck {
        StatementCheck::default()
    }

    /// Takes in the next bytes of the text, and recomputes what they say.
    pub fn push(&mut self, bytes: &[u8]) {
        self.reader.push(bytes);
    }

    /// The verdict, with all of the text read; see `src/wire/statement_verdict.rs` for its form.
    pub fn finish(&mut self) -> JsValue {
        to_js_value(&verdict_shape(&std::mem::take(&mut self.reader).finish()))
    }
}
