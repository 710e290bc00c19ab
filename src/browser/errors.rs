//! The one conversion of a refusal into a JavaScript `Error`.

use wasm_bindgen::prelude::*;

use crate::error::Error;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = Error)]
    type JsError;
    #[wasm_bindgen(constructor, js_class = "Error")]
    fn new(message: &str) -> JsError;
    #[wasm_bindgen(method, structural, indexing_setter)]
    fn put(this: &JsError, field: &str, value: &JsValue);

    #[wasm_bindgen(js_name = Object)]
    type Details;
    #[wasm_bindgen(constructor, js_class = "Object")]
    fn new() -> Details;
    #[wasm_bindgen(method, structural, indexing_setter)]
    fn put(this: &Details, name: &str, value: &str);
}

/// A real `Error` named `NivellaError`, with `code`, and `field` and `details` where there are
/// some.
pub fn to_js(error: Error) -> JsValue {
    let js = JsError::new(error.message);
    js.put("name", &JsValue::from_str("NivellaError"));
    js.put("code", &JsValue::from_str(error.code.as_str()));
    if let Some(field) = &error.field {
        js.put("field", &JsValue::from_str(field));
    }
    if !error.details.is_empty() {
        let details = Details::new();
        for (name, value) in &error.details {
            details.put(name, value);
        }
        js.put("details", &details);
    }
    js.into()
}
