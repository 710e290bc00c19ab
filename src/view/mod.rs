//! From the domain to what is shown: tones, parts and message keys, never texts of a language.
//!
//! Everything here is pure. Numbers stay exact until `browser` hands them to `Intl`.

pub mod buy;
pub mod dashboard;
pub mod lasts;
pub mod menu;
pub mod notice;
pub mod order;
pub mod pill;
pub mod pools;
pub mod rates;
