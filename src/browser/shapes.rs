//! JavaScript values to [`Value`] and back.
//!
//! Only plain data comes in: of an object its own fields that can be listed, never those of its
//! prototype.

use js_sys::{Array, JSON, Object};
use wasm_bindgen::prelude::*;

use crate::browser::errors::to_js;
use crate::error::{Code, Error, Result};
use crate::wire::json_text;
use crate::wire::value::{MAX_DEPTH, MAX_FIELDS, MAX_LENGTH, MAX_TEXT_BYTES, Value, at_most};

type JsResult<T> = core::result::Result<T, JsValue>;

/// Every whole number up to here is exact in JavaScript.
const MAX_EXACT: f64 = 9_007_199_254_740_991.0;

#[wasm_bindgen]
extern "C" {
    /// What a page hands over. Getters and proxies may throw: caught here, because an exception
    /// that passes through the module would leave its objects borrowed for ever.
    type Given;
    #[wasm_bindgen(catch, js_namespace = Object)]
    fn entries(given: &JsValue) -> JsResult<Array>;
    #[wasm_bindgen(catch, method, structural, getter)]
    fn length(this: &Given) -> JsResult<f64>;
    #[wasm_bindgen(catch, method, structural, indexing_getter)]
    fn at(this: &Given, index: u32) -> JsResult<JsValue>;
}

/// What threw is no data.
fn unreadable(_: JsValue) -> Error {
    Error::new(Code::SnapshotInvalid, "a getter or a proxy threw")
}

/// Reads plain data.
pub fn from_js(value: &JsValue) -> JsResult<Value> {
    read(value, 0).map_err(to_js)
}

fn read(value: &JsValue, depth: usize) -> Result<Value> {
    at_most(depth, MAX_DEPTH)?;
    if let Some(text) = value.as_string() {
        at_most(text.len(), MAX_TEXT_BYTES)?;
        return Ok(Value::Text(text));
    }
    if let Some(number) = value.as_f64() {
        let whole = number.abs() <= MAX_EXACT && number as i64 as f64 == number;
        return Ok(if whole { Value::Whole(number as i64) } else { Value::Other });
    }
    if let Some(flag) = value.as_bool() {
        return Ok(Value::Flag(flag));
    }
    if Array::is_array(value) {
        return read_list(value.unchecked_ref(), depth);
    }
    match value.dyn_ref::<Object>() {
        Some(_) => read_fields(value, depth),
        None if value.is_null() || value.is_undefined() => Ok(Value::Null),
        None => Ok(Value::Other),
    }
}

fn read_list(list: &Given, depth: usize) -> Result<Value> {
    let length = list.length().map_err(unreadable)? as usize;
    at_most(length, MAX_LENGTH)?;
    let mut values = Vec::with_capacity(length);
    for index in 0..length as u32 {
        let value = list.at(index).map_err(unreadable)?;
        values.push(read(&value, depth + 1)?);
    }
    Ok(Value::List(values))
}

fn read_fields(object: &JsValue, depth: usize) -> Result<Value> {
    let entries = entries(object).map_err(unreadable)?;
    at_most(entries.length() as usize, MAX_FIELDS)?;
    let mut fields = Vec::with_capacity(entries.length() as usize);
    for index in 0..entries.length() {
        let entry: Array = entries.get(index).unchecked_into();
        let name = entry.get(0).as_string().unwrap_or_default();
        fields.push((name.into(), read(&entry.get(1), depth + 1)?));
    }
    Ok(Value::Fields(fields))
}

/// Reads a list of plain objects.
pub fn list_from_js<T>(value: &JsValue, shape: fn(Value) -> T) -> JsResult<Vec<T>> {
    match from_js(value)? {
        Value::List(values) => Ok(values.into_iter().map(shape).collect()),
        _ => Err(to_js(Error::new(Code::SnapshotInvalid, "is not a list"))),
    }
}

/// Plain data, with null for nothing.
///
/// It crosses over as one text: to put a view together call by call, with a text decoded for each
/// name, takes three times as long.
pub fn to_js_value(value: &Value) -> JsValue {
    let mut text = String::new();
    json_text::write(&mut text, value);
    // What is written here is read by every browser.
    JSON::parse(&text).unwrap_or(JsValue::NULL)
}
