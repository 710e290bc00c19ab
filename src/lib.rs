//! AI credits for WordPress and WooCommerce: the ledger engine, the projection of a purchase, and
//! what a pill, a dialog and a dashboard show of them.
//!
//! ```
//! use nivella_credits::core::Credits;
//! let balance = Credits::parse("2341")?;
//! let package = Credits::parse("5000")?;
//! assert_eq!(balance.checked_add(package)?.to_string(), "7341");
//! # Ok::<(), nivella_credits::Error>(())
//! ```
//!
//! | module | what it is | may use |
//! |---|---|---|
//! | [`core`] | the domain: amounts, time, plans, grants, rates, holds, the ledger | `error` |
//! | [`view`] | what is shown of it: tones, parts, message keys | `core` |
//! | [`wire`] | shapes shared with REST, parsed once into `core` | `core` |
//! | `browser` | the exports to JavaScript and the painting; wasm32 only | all |
//!
//! It does not read a clock, know a language, talk to a server, or decide for a store: the ledger
//! of the store's own plugin is the truth, and this engine is the whole ledger only of the demo
//! store that lives in a browser.

pub mod core;
mod error;
pub mod view;
pub mod wire;

#[cfg(target_arch = "wasm32")]
mod browser;

pub use error::{Code, Error, Result};
