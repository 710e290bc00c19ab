//! The ledger's vectors: commands and what they must answer, the same for every implementation.

use nivella_credits::Error;
use nivella_credits::core::{Instant, Ledger};
use nivella_credits::wire::balance::BalanceShape;
use nivella_credits::wire::command::CommandShape;
use nivella_credits::wire::command_answer::answer;
use nivella_credits::wire::ledger::{StateShape, entries_since, load};
use nivella_credits::wire::ledger_settings::SettingsShape;
use serde_json::{Value, from_value, json, to_value};

/// Says where a value lacks what is expected of it. Lists must have the same length.
fn lacks(expected: &Value, actual: &Value) -> Option<String> {
    match (expected, actual) {
        (Value::Object(fields), Value::Object(_)) => fields.iter().find_map(|(name, expected)| {
            lacks(expected, &actual[name]).map(|what| format!(".{name}{what}"))
        }),
        (Value::Array(expected), Value::Array(actual)) if expected.len() == actual.len() => {
            let pairs = expected.iter().zip(actual).enumerate();
            pairs.filter_map(|(n, (e, a))| lacks(e, a).map(|what| format!("[{n}]{what}"))).next()
        }
        _ if expected == actual => None,
        _ => Some(format!(": expected {expected}, found {actual}")),
    }
}

fn error_of(error: &Error) -> Value {
    json!({ "code": error.code.as_str(), "field": error.field })
}

fn send(ledger: &mut Ledger, command: &Value, at: Instant) -> Result<Value, Value> {
    let shape: CommandShape = from_value(command.clone()).expect("the command is an object");
    let done = shape.parse().and_then(|command| answer(ledger, command, at));
    done.map(|shape| to_value(&shape).unwrap()).map_err(|error| error_of(&error))
}

fn settings(value: &Value) -> SettingsShape {
    from_value(value.clone()).expect("settings")
}

/// Takes one step, and says what is not as expected.
fn step(ledger: &mut Ledger, step: &Value) -> Option<String> {
    let at = Instant::parse(step["at"].as_str()?).unwrap();
    if let Some(configure) = step.get("configure") {
        ledger.configure(settings(configure).parse().unwrap(), at).unwrap();
    }
    if let Some(command) = step.get("do") {
        let stored = ledger.snapshot();
        return match (send(ledger, command, at), step.get("error")) {
            (Ok(answer), None) => lacks(&step["answer"], &answer),
            (Err(error), Some(expected)) if stored == ledger.snapshot() => lacks(expected, &error),
            (Ok(answer), Some(_)) => Some(format!(" was not refused: {answer}")),
            (Err(error), _) => Some(format!(" was refused, or changed something: {error}")),
        };
    }
    let balance = to_value(BalanceShape::from(&ledger.balance(at).unwrap())).unwrap();
    let state = to_value(StateShape::from(&*ledger)).unwrap();
    let expected = |name| step.get(name).unwrap_or(&Value::Null);
    let rows = step.get("grants").and_then(|grants| lacks(grants, &state["grants"]));
    rows.or_else(|| step.get("balance").and_then(|_| lacks(expected("balance"), &balance)))
}

/// Stores the account and opens it again.
fn reopen(ledger: &Ledger) -> Ledger {
    let stored = to_value(StateShape::from(ledger)).unwrap();
    let mut opened = from_value::<StateShape>(stored).unwrap().open().unwrap();
    let entries = to_value(entries_since(ledger, 0, usize::MAX)).unwrap();
    load(&mut opened, &from_value::<Vec<_>>(entries).unwrap()).unwrap();
    opened
}

/// Runs every case twice: as it is, and stored and opened again before each step.
fn run(name: &str, text: &str) {
    let all: Value = serde_json::from_str(text).unwrap();
    let cases = all["cases"].as_array().filter(|cases| !cases.is_empty()).unwrap();
    let mut faults = Vec::new();
    for (case, stored) in cases.iter().flat_map(|case| [(case, false), (case, true)]) {
        let own = case.get("settings").map_or_else(|| json!({}), Value::clone);
        let mut ledger = Ledger::new(settings(&own).parse().unwrap()).unwrap();
        for (n, row) in case["steps"].as_array().unwrap().iter().enumerate() {
            if stored {
                ledger = reopen(&ledger);
            }
            if let Some(fault) = step(&mut ledger, row) {
                faults.push(format!("{name}: {}: step {}{fault}\n  {row}", case["name"], n + 1));
                break;
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn burn_down() {
    run("burn", include_str!("vectors/burn.json"));
}

#[test]
fn holds() {
    run("holds", include_str!("vectors/holds.json"));
}

#[test]
fn reversal() {
    run("reversal", include_str!("vectors/reversal.json"));
}

#[test]
fn allowance() {
    run("allowance", include_str!("vectors/allowance.json"));
}

#[test]
fn commands() {
    run("commands", include_str!("vectors/commands.json"));
}

#[test]
fn commands_that_cannot_be_are_refused_and_change_nothing() {
    let all: Value = serde_json::from_str(include_str!("vectors/commands.json")).unwrap();
    let own = settings(&all["cases"][0]["settings"]).parse().unwrap();
    let at = Instant::parse("2026-11-01T00:00:00.000Z").unwrap();
    for row in all["refused"].as_array().filter(|rows| rows.len() > 20).unwrap() {
        let mut ledger = Ledger::new(own.clone()).unwrap();
        let stored = ledger.snapshot();
        match send(&mut ledger, &row["do"], at) {
            Ok(answer) => panic!("not refused: {row}: {answer}"),
            Err(error) => assert_eq!(lacks(&row["error"], &error), None, "{row}"),
        }
        assert!(stored == ledger.snapshot(), "{row}");
    }
}

#[test]
fn amounts_and_ids_that_are_numbers_are_refused_by_their_type() {
    let wrong = [
        json!({ "op": "use", "request_id": "r", "mode": "strict", "amount": 1 }),
        json!({ "op": "use", "request_id": 7, "mode": "strict", "amount": "1" }),
        json!({ "op": "use", "request_id": "r", "mode": "strict", "amount": ["1"] }),
        json!({ "op": "hold", "request_id": "r", "amount": "1", "duration_ms": 1.5 }),
        json!({ "op": "hold", "request_id": "r", "amount": "1", "duration_ms": -1 }),
        json!({ "op": "batch", "items": "all" }),
        json!([]),
        json!(null),
    ];
    for command in wrong {
        let refused = from_value::<CommandShape>(command.clone()).map(|shape| shape.parse());
        assert!(!matches!(refused, Ok(Ok(_))), "{command}");
    }
}
