//! The balance that a page hands over.

use wasm_bindgen::JsValue;

use crate::browser::errors::to_js;
use crate::browser::shapes::from_js;
use crate::core::Balance;
use crate::wire::balance::BalanceShape;

/// Reads a balance as the ledger answers it.
pub fn balance_from_js(value: &JsValue) -> Result<Balance, JsValue> {
    BalanceShape(from_js(value)?).parse().map_err(to_js)
}
