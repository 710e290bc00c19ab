//! Levels: by shares and by amounts, and what is said when one is crossed.

use nivella_credits::core::level::Crossing;
use nivella_credits::core::{Credits, Ledger, Level, Threshold, Thresholds, level};
use nivella_credits::wire::ledger::StateShape;
use nivella_credits::wire::ledger_settings::SettingsShape;
use serde_json::{Value, json};

fn vectors() -> Value {
    serde_json::from_str(include_str!("vectors/levels.json")).unwrap()
}

fn amount(value: &Value) -> Credits {
    Credits::parse(value.as_str().unwrap()).unwrap()
}

fn threshold(value: &Value) -> Threshold {
    match value["percent"].as_u64() {
        Some(percent) => Threshold::Percent(percent as u8),
        None => Threshold::Amount(amount(&value["credits"])),
    }
}

fn thresholds(row: &Value) -> nivella_credits::Result<Thresholds> {
    Thresholds::of(threshold(&row["low"]), threshold(&row["critical"]))
}

fn level_of(row: &Value, available: &Value) -> Level {
    let base = Some(&row["base"]).filter(|base| !base.is_null()).map(amount);
    level(amount(available), base, thresholds(row).unwrap())
}

#[test]
fn levels_are_as_the_vectors_say() {
    let all = vectors();
    for row in all["levels"].as_array().filter(|rows| rows.len() > 10).unwrap() {
        assert_eq!(row["level"], level_of(row, &row["available"]).as_str(), "{}", row["name"]);
    }
    for row in all["refused"].as_array().filter(|rows| !rows.is_empty()).unwrap() {
        let refused = thresholds(row).map_err(|error| error.code.as_str());
        assert_eq!(refused, Err(row["error"].as_str().unwrap()), "{}", row["name"]);
    }
}

#[test]
fn a_crossing_is_said_once() {
    let all = vectors();
    for row in all["crossings"].as_array().filter(|rows| rows.len() > 3).unwrap() {
        let mut before = None;
        let available = row["available"].as_array().unwrap().iter();
        let said: Vec<_> = available
            .map(|available| {
                let now = level_of(row, available);
                let crossed = before.replace(now).and_then(|before| now.crossed_from(before));
                crossed.map(Crossing::as_str)
            })
            .collect();
        assert_eq!(row["said"], json!(said), "{}", row["name"]);
    }
}

#[test]
fn chosen_thresholds_are_read_and_stored() {
    for (wire, low, critical) in [
        (json!({"low_percent": 25, "critical_percent": 5}), json!(25), json!(5)),
        (json!({"low_credits": "500", "critical_percent": 3}), json!("500"), json!(3)),
        (json!({"low_percent": 20, "critical_credits": "0.5"}), json!(20), json!("0.5")),
    ] {
        let shape: SettingsShape = serde_json::from_value(json!({"thresholds": wire})).unwrap();
        let settings = shape.parse().unwrap();
        let read = settings.thresholds;
        let stored = StateShape::from(&Ledger::new(settings).unwrap());
        assert_eq!(stored.open().unwrap().settings().thresholds, read, "{wire}");
        let shown = |threshold: Threshold| match threshold {
            Threshold::Percent(percent) => json!(percent),
            Threshold::Amount(amount) => json!(amount.text()),
        };
        assert_eq!((shown(read.low()), shown(read.critical())), (low, critical), "{wire}");
    }
    let refused = json!({"thresholds": {"low_credits": "1", "critical_credits": "2"}});
    let refused = serde_json::from_value::<SettingsShape>(refused).unwrap().parse();
    assert_eq!(refused.map_err(|error| error.code.as_str()), Err("field_invalid"));
}
