//! Spikes: the vectors, and what holds for any account.

use nivella_credits::core::runway::{Dimension, LEAST_SPIKE, Slice, Spike, spikes};
use nivella_credits::core::{Credits, DAY_MS, Instant};
use proptest::prelude::*;
use serde_json::{Value, json};

fn day(value: &Value) -> i64 {
    let midnight = format!("{}T00:00:00Z", value.as_str().unwrap());
    Instant::parse(&midnight).unwrap().ms() / DAY_MS
}

fn used(first: i64, row: &Value) -> Vec<(i64, Credits)> {
    let days = row["used"].as_array().unwrap().iter();
    let days = days.map(|text| Credits::parse(text.as_str().unwrap()).unwrap());
    (first..).zip(days).collect()
}

fn dimension(value: &Value) -> Dimension {
    let named = |dimension: &Dimension| value == dimension.as_str();
    Dimension::ALL.into_iter().find(named).unwrap()
}

fn shape(spike: &Spike) -> Value {
    let midnight = Instant::from_ms(spike.day * DAY_MS).unwrap().text();
    let drivers = spike.drivers.iter().map(|driver| {
        json!({
            "slice": driver.slice,
            "credits": driver.credits.text(),
            "usual": driver.usual.text(),
            "share_percent": driver.share_percent,
        })
    });
    json!({
        "day": midnight[..10],
        "credits": spike.credits.text(),
        "usual": spike.usual.text(),
        "drivers": drivers.collect::<Vec<_>>(),
    })
}

#[test]
fn spikes_are_as_the_vectors_say() {
    let all: Value = serde_json::from_str(include_str!("vectors/spikes.json")).unwrap();
    for row in all["cases"].as_array().filter(|rows| rows.len() > 25).unwrap() {
        let first = day(&row["first_day"]);
        let parts = row["slices"].as_array().unwrap();
        let days: Vec<_> = parts.iter().map(|part| used(first, part)).collect();
        let slices: Vec<_> = parts
            .iter()
            .zip(&days)
            .map(|(part, days)| Slice { dimension: dimension(&part["dimension"]), days })
            .collect();
        let found = spikes(&used(first, row), day(&row["today"]), &slices);
        let found: Vec<_> = found.iter().map(shape).collect();
        assert_eq!(row["spikes"], json!(found), "{}", row["name"]);
    }
}

#[test]
fn nothing_that_is_handed_in_traps() {
    let most = Credits::MAX;
    for today in [i64::MIN, -1, 0, 20_778, i64::MAX] {
        let mut used: Vec<_> = (0..90).map(|ago| (today.saturating_sub(ago), most)).collect();
        used.extend([(i64::MIN, most), (i64::MAX, most), (today, Credits::from_micro(i64::MIN))]);
        let slice = Slice { dimension: Dimension::Site, days: &used };
        assert!(spikes(&used, today, &[slice]).len() < 90);
    }
}

proptest! {
    #[test]
    fn a_spike_is_twice_the_usual_and_no_small_thing(
        days in prop::collection::vec(0_i64..400_000_000, 0..150),
    ) {
        let used: Vec<_> =
            (0..).zip(days.iter().map(|micro| Credits::from_micro(*micro))).collect();
        let today = days.len() as i64 - 1;
        let slice = Slice { dimension: Dimension::Agent, days: &used };
        let found = spikes(&used, today, &[slice]);
        for spike in &found {
            let excess = spike.credits.checked_sub(spike.usual).unwrap();
            prop_assert!(excess >= LEAST_SPIKE && excess >= spike.usual);
            // One slice that is all there is drove all of it.
            prop_assert_eq!(spike.drivers.len(), 1);
            prop_assert_eq!(spike.drivers[0].share_percent, 100);
        }
        let mut turned = used.clone();
        turned.reverse();
        prop_assert_eq!(found, spikes(&turned, today, &[slice]));
    }
}
