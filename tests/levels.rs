//! Levels: by shares and by amounts, and what is said when one is crossed.

use nivella_credits::core::ledger::{Outcome, Settings};
use nivella_credits::core::level::Crossing;
use nivella_credits::core::{Credits, Instant, Ledger, Level, Thresholds, level};
use nivella_credits::wire::command::CommandShape;
use nivella_credits::wire::ledger::StateShape;
use nivella_credits::wire::ledger_settings::{SettingsShape, ThresholdsShape};
use serde_json::{Value, json};

fn vectors() -> Value {
    serde_json::from_str(include_str!("vectors/levels.json")).unwrap()
}

fn amount(value: &Value) -> Credits {
    Credits::parse_signed(value.as_str().unwrap()).unwrap()
}

fn thresholds(row: &Value) -> nivella_credits::Result<Thresholds> {
    serde_json::from_value::<ThresholdsShape>(row.clone()).unwrap().parse()
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
        let refused = thresholds(row).unwrap_err();
        let why = (refused.code.as_str(), refused.field);
        assert_eq!(why, (row["error"].as_str().unwrap(), row["field"].as_str()), "{}", row["name"]);
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
    for wire in [
        json!({"low": {"share": 255}, "critical": {"share": 50}}),
        json!({"low": {"amount": "500"}, "critical": {"share": 3}}),
        json!({"low": {"share": 200}, "critical": {"amount": "0.5"}}),
    ] {
        let settings = settings(&wire).unwrap();
        let read = settings.thresholds;
        assert_eq!(serde_json::to_value(ThresholdsShape::from(read)).unwrap(), wire);
        let stored = StateShape::from(&Ledger::new(settings).unwrap());
        assert_eq!(stored.open().unwrap().settings().thresholds, read, "{wire}");
    }
    let refused = settings(&json!({"low": {"amount": "1"}, "critical": {"amount": "2"}}));
    assert_eq!(refused.map_err(|error| error.code.as_str()), Err("field_invalid"));
    // As accounts were stored before anybody could choose.
    let former = settings(&json!({"low_percent": 20, "critical_percent": 5})).unwrap();
    assert_eq!(former.thresholds, Thresholds::default());
}

fn settings(thresholds: &Value) -> nivella_credits::Result<Settings> {
    let shape = json!({"thresholds": thresholds});
    serde_json::from_value::<SettingsShape>(shape).unwrap().parse()
}

/// 1,000 credits, of which the levels are read as the ledger is written to.
struct Account(Ledger, u32);

impl Account {
    fn new() -> Account {
        let mut account = Account(Ledger::new(Settings::default()).unwrap(), 0);
        account.apply(json!({"op": "grant", "kind": "purchase", "amount": "1000"}));
        account
    }

    /// `level` and `alert` after this.
    fn apply(&mut self, mut command: Value) -> (&'static str, &'static str) {
        self.1 += 1;
        command["request_id"] = json!(self.1.to_string());
        let command = serde_json::from_value::<CommandShape>(command).unwrap().parse().unwrap();
        assert!(matches!(self.0.apply(command, now()).unwrap(), Outcome::Booked(_)));
        self.levels()
    }

    fn choose(&mut self, thresholds: &Value) -> (&'static str, &'static str) {
        let chosen = Settings {
            thresholds: settings(thresholds).unwrap().thresholds,
            ..self.0.settings().clone()
        };
        self.0.configure(chosen, now()).unwrap();
        self.levels()
    }

    fn levels(&self) -> (&'static str, &'static str) {
        let balance = self.0.balance(now()).unwrap();
        (balance.level.as_str(), balance.alert.as_str())
    }
}

fn now() -> Instant {
    Instant::parse("2026-11-21T10:00:00Z").unwrap()
}

#[test]
fn a_hold_lowers_the_level_and_only_what_is_spent_alerts() {
    let mut account = Account::new();
    account.choose(&json!({"low": {"amount": "300"}, "critical": {"amount": "50"}}));
    account.apply(json!({"op": "use", "mode": "strict", "amount": "690"}));
    for hold in ["1", "2"] {
        let hold_of = json!({"op": "hold", "amount": "20", "duration_ms": 60_000});
        assert_eq!(account.apply(hold_of), ("low", "ok"));
        assert_eq!(account.apply(json!({"op": "release", "hold": hold})), ("ok", "ok"));
    }
    account.apply(json!({"op": "hold", "amount": "310", "duration_ms": 60_000}));
    assert_eq!(account.levels(), ("depleted", "ok"), "all is reserved, nothing is spent");
    let settled = json!({"op": "settle", "hold": "3", "mode": "strict", "amount": "10"});
    assert_eq!(account.apply(settled), ("low", "low"));
    let owed = json!({"op": "use", "mode": "record", "amount": "301"});
    assert_eq!(account.apply(owed), ("depleted", "depleted"), "debt is nothing left");
}

#[test]
fn other_thresholds_count_at_once_and_make_a_newer_balance() {
    let mut account = Account::new();
    account.apply(json!({"op": "use", "mode": "strict", "amount": "600"}));
    // Without a plan the base is what was used.
    assert_eq!(account.levels(), ("ok", "ok"));
    let before = account.0.balance(now()).unwrap();
    let chosen = json!({"low": {"share": 1000}, "critical": {"amount": "399.999999"}});
    assert_eq!(account.choose(&chosen), ("low", "low"));
    let after = account.0.balance(now()).unwrap();
    assert!(after.version > before.version);
    assert_eq!(after.available, before.available);
    assert_eq!(account.0.entries().len(), 2, "no entry of the ledger");
    let lowered = json!({"low": {"amount": "399.999999"}, "critical": {"amount": "1"}});
    assert_eq!(account.choose(&lowered), ("ok", "ok"));
}
