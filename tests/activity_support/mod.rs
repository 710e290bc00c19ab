//! Activity to test with: a business's rows, the same on every machine, and the naive answers.
#![allow(dead_code)] // Each test program uses a part of it.

pub mod naive;
pub mod rows;

use nivella_credits::core::activity::Activity;
use nivella_credits::core::{Instant, Zone};

/// The newest answer's time in all tests.
pub fn as_of() -> Instant {
    Instant::parse("2026-11-21T15:00:00Z").unwrap()
}

/// Berlin, from the clock change of spring 2025 to that of autumn 2027.
pub fn berlin() -> Zone {
    let changes = [
        ("2025-03-30T01:00:00Z", 7_200),
        ("2025-10-26T01:00:00Z", 3_600),
        ("2026-03-29T01:00:00Z", 7_200),
        ("2026-10-25T01:00:00Z", 3_600),
        ("2027-03-28T01:00:00Z", 7_200),
        ("2027-10-31T01:00:00Z", 3_600),
    ];
    let change = |(at, offset_s): (&str, i32)| (Instant::parse(at).unwrap(), offset_s);
    Zone::new(3_600, changes.into_iter().map(change).collect()).unwrap()
}

pub fn empty() -> Activity {
    Activity::new(berlin(), as_of())
}
