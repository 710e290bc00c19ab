//! The one place that knows the browser: exports to JavaScript, painting, `Intl`.
//!
//! Built three times, by feature: `pill` for every page, `app` when the menu or the dialog is
//! opened, `engine` where the store itself lives in the browser.

#[cfg(feature = "app")]
mod app;
#[cfg(feature = "bench")]
mod bench;
#[cfg(feature = "engine")]
mod engine;
#[cfg(any(feature = "app", feature = "engine"))]
mod errors;
#[cfg(feature = "pill")]
mod pill;
#[cfg(any(feature = "app", feature = "engine"))]
mod shapes;

/// A third of the default allocator's size, and as fast.
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
