//! The reader's language: numbers, dates and messages, written by the shim's `Locale`.
//!
//! `Intl` and the catalogue live in JavaScript, where the same lines cost a tenth of what they cost
//! in a module. Numbers go over as exact decimal strings, or as whole numbers.

use wasm_bindgen::prelude::*;

use crate::core::{Credits, Instant};

#[wasm_bindgen]
extern "C" {
    /// `www/shim/locale.js`.
    #[wasm_bindgen(typescript_type = "Locale")]
    pub type Locale;

    #[wasm_bindgen(method, js_name = whole)]
    fn write_whole(this: &Locale, count: f64) -> String;

    /// A decimal string in the reader's digits and grouping; every digit is kept.
    #[wasm_bindgen(method)]
    pub fn number(this: &Locale, decimal: &str) -> String;

    #[wasm_bindgen(method, js_name = day)]
    fn write_day(this: &Locale, at: f64, seen_at: f64) -> String;

    #[wasm_bindgen(method, js_name = time)]
    fn write_time(this: &Locale, at: f64, now: f64) -> String;

    #[wasm_bindgen(method, js_name = text)]
    fn write(this: &Locale, key: &str, arguments: &str, count: f64) -> String;

    /// A plain message, where the catalogue has it.
    #[wasm_bindgen(method)]
    pub fn known(this: &Locale, key: &str) -> Option<String>;
}

/// Stands between the names and values of a message's arguments; no text of ours holds it.
const SEPARATOR: &str = "\u{1f}";

impl Locale {
    /// The message with this key, each `{name}` replaced by its argument. A message with plural
    /// forms takes the form of `count`. An unknown key shows as itself, so that a fault is seen.
    pub fn text(&self, key: &str, arguments: &[(&str, &str)], count: Option<i64>) -> String {
        self.write(key, &joined(arguments), count.map_or(f64::NAN, |count| count as f64))
    }

    /// A message without arguments.
    #[inline(never)]
    pub fn say(&self, key: &str) -> String {
        self.write(key, "", f64::NAN)
    }

    /// A message with one argument and one form.
    #[inline(never)]
    pub fn with(&self, key: &str, name: &str, value: &str) -> String {
        self.text(key, &[(name, value)], None)
    }

    /// A message about an amount: `{amount}`, in the plural form of its whole credits.
    #[inline(never)]
    pub fn amount(&self, key: &str, amount: Credits) -> String {
        self.text(key, &[("amount", &self.credits(amount))], Some(amount.floor()))
    }

    /// An amount in the reader's digits and grouping, exact.
    #[inline(never)]
    pub fn credits(&self, amount: Credits) -> String {
        self.number(&amount.text())
    }

    /// A list in one sentence.
    pub fn list(&self, parts: &[String]) -> String {
        let (mut list, between) = (String::new(), self.say("list.join"));
        for part in parts {
            if !list.is_empty() {
                list.push_str(&between);
            }
            list.push_str(part);
        }
        list
    }

    /// The same in the form of a decimal string: languages have one for "1.5", too.
    pub fn text_of(&self, key: &str, arguments: &[(&str, &str)], decimal: &str) -> String {
        self.write(key, &joined(arguments), js_sys::parse_float(decimal))
    }

    /// Whole credits in the reader's digits and grouping. Exact: a sum of credits stays far below
    /// the largest whole number that JavaScript counts by.
    #[inline(never)]
    pub fn whole(&self, count: i64) -> String {
        self.write_whole(count as f64)
    }

    /// A day as "Dec 14"; with its year when it is far from `seen_at`.
    pub fn day(&self, at: Instant, seen_at: Instant) -> String {
        self.write_day(at.ms() as f64, seen_at.ms() as f64)
    }

    /// The time of day, with its day when that is not the last 20 hours.
    pub fn time(&self, at: Instant, now: Instant) -> String {
        self.write_time(at.ms() as f64, now.ms() as f64)
    }
}

#[inline(never)]
fn joined(arguments: &[(&str, &str)]) -> String {
    let mut joined = String::new();
    for (name, value) in arguments {
        for text in [*name, SEPARATOR, *value, SEPARATOR] {
            joined.push_str(text);
        }
    }
    joined
}
