//! The one place that knows the browser: exports to JavaScript, painting, `Intl`.
//!
//! Built four times, by feature: `pill` for every page, `app` when the menu or the dialog is
//! opened, `engine` where the store itself lives in the browser, `usage` for the dashboard.

#[cfg(feature = "app")]
mod app;
#[cfg(feature = "bench")]
mod bench;
#[cfg(feature = "engine")]
mod engine;
#[cfg(any(feature = "app", feature = "engine", feature = "usage"))]
mod errors;
#[cfg(feature = "pill")]
mod pill;
#[cfg(any(feature = "app", feature = "engine", feature = "usage"))]
mod shapes;

#[cfg(feature = "engine")]
mod statement;
#[cfg(feature = "usage")]
mod usage;

/// A third of the default allocator's size, and as fast.
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
