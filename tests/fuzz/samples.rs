//! True inputs that the fuzzer starts from, as a store, a page and a stored account have them.

use nivella_credits::core::Instant;
use nivella_credits::core::Ledger;
use nivella_credits::core::ledger::Settings;
use nivella_credits::wire::command::CommandShape;
use nivella_credits::wire::command_answer::answer;
use nivella_credits::wire::ledger::{StateShape, entries_since};
use nivella_credits::wire::ledger_settings::SettingsShape;
use serde_json::{Value, json};

/// The clock of all samples.
pub fn now() -> Instant {
    Instant::parse("2026-12-10T09:00:00Z").unwrap()
}

pub fn settings() -> Value {
    json!({
        "zone": {
            "base_offset_s": 3600,
            "transitions": [{ "at": "2027-03-28T01:00:00Z", "offset_s": 7200 }],
        },
        "plans": [
            { "key": "growth", "name": "Growth", "level": 2, "allowance": "1500",
              "rollover_cap": "300", "features": ["chat", "voice"] },
            { "key": "free", "name": "Free", "level": 0, "allowance": "100" },
            { "key": "all", "name": "All", "level": 9, "allowance": "0", "unlimited": true },
        ],
        "rate_cards": [{
            "version": 1,
            "effective_at": "2026-01-01T00:00:00Z",
            "quantum": "0.1",
            "rates": [
                { "feature": "chat", "unit": "message", "credits": "1" },
                { "feature": "chat", "model": "large", "unit": "output_tokens", "credits": "0.25" },
                { "feature": "voice", "unit": "call_minute", "increment_s": 60, "credits": "4" },
                { "feature": "image", "unit": "image", "credits": "5.5" },
            ],
        }],
        "thresholds": { "low": { "share": 200 }, "critical": { "amount": "50" } },
    })
}

/// One of each operation, in an order that all of them are booked.
pub fn commands() -> Vec<Value> {
    let usage = json!({ "feature": "chat", "agent": "support", "messages": 3 });
    vec![
        json!({ "op": "subscribe", "request_id": "s1", "plan": "growth", "open_ended": true }),
        json!({ "op": "grant", "request_id": "g1", "kind": "purchase", "amount": "2000",
                "bonus": "100", "order_item": "17", "expires_at": "2027-12-10T09:00:00Z" }),
        json!({ "op": "use", "request_id": "u1", "mode": "strict", "amount": "1.2",
                "reference": "chat 1", "site": "7" }),
        json!({ "op": "use", "request_id": "u2", "mode": "record", "usage": usage,
                "occurred_at": "2026-12-10T08:00:00Z" }),
        json!({ "op": "hold", "request_id": "h1", "amount": "40", "duration_ms": 60000,
                "mode": "strict" }),
        json!({ "op": "hold", "request_id": "h2", "amount": "10", "duration_ms": 60000,
                "mode": "strict" }),
        json!({ "op": "settle", "request_id": "t1", "hold": "1", "amount": "41",
                "mode": "record" }),
        json!({ "op": "release", "request_id": "r1", "hold": "2" }),
        json!({ "op": "reverse", "request_id": "v1", "order_item": "17", "refunded": "10.00",
                "of": "20.00" }),
        json!({ "op": "reinstate", "request_id": "i1", "order_item": "17" }),
        json!({ "op": "adjust", "request_id": "a1", "direction": "take", "amount": "5",
                "reason": "test" }),
        json!({ "op": "batch", "items": [
            { "request_id": "b1", "mode": "record", "amount": "1" },
            { "request_id": "b2", "mode": "record", "usage": usage },
        ]}),
        json!({ "op": "change_plan", "request_id": "c1", "plan": "all" }),
        json!({ "op": "cancel", "request_id": "x1" }),
        json!({ "op": "touch" }),
    ]
}

/// A new account with the samples' settings.
pub fn new_ledger() -> Ledger {
    Ledger::new(parsed_settings(&settings())).unwrap()
}

pub fn parsed_settings(value: &Value) -> Settings {
    serde_json::from_value::<SettingsShape>(value.clone()).unwrap().parse().unwrap()
}

/// The account after its commands; those that need another state are refused, and that is fine.
pub fn used_ledger() -> Ledger {
    let mut ledger = new_ledger();
    let mut booked = 0;
    for command in commands() {
        let shape: CommandShape = serde_json::from_value(command).unwrap();
        booked += usize::from(answer(&mut ledger, shape.parse().unwrap(), now()).is_ok());
    }
    assert!(booked > 8, "only {booked} sample commands are booked");
    ledger
}

/// The stored account, and its entries.
pub fn stored() -> (Value, Value) {
    let ledger = used_ledger();
    let state = serde_json::to_value(StateShape::from(&ledger)).unwrap();
    (state, serde_json::to_value(entries_since(&ledger, 0, 1_000)).unwrap())
}

pub fn products() -> Value {
    let product = |id: &str, price: &str, unit: u8, extension: Value| {
        json!({
            "id": id, "name": "2,000 credits", "sku": "NV-2000", "is_purchasable": true,
            "is_in_stock": true, "has_options": false, "maximum": 99, "extensions": extension,
            "prices": { "price": price, "minor_unit": unit, "currency": "EUR", "prefix": "",
                        "suffix": " €", "decimal_separator": ",", "thousand_separator": "." },
        })
    };
    json!([
        product(
            "10",
            "1900",
            2,
            json!({ "credits": "2000", "bonus": "100", "validity_days": 365 })
        ),
        product("11", "19", 0, json!({ "credits": "500", "bonus": null, "validity_days": null })),
        product("12", "19000", 3, Value::Null),
    ])
}
