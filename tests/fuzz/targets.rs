//! Everything that reads what a server, a store, a page or a stored account says.

use nivella_credits::core::rate_card::parse_rate;
use nivella_credits::core::{Credits, Instant, Ledger};
use nivella_credits::view::buy::BuyModel;
use nivella_credits::wire::balance::BalanceShape;
use nivella_credits::wire::command::CommandShape;
use nivella_credits::wire::command_answer::answer;
use nivella_credits::wire::ledger::{StateShape, load};
use nivella_credits::wire::ledger_entry::EntryShape;
use nivella_credits::wire::ledger_settings::SettingsShape;
use nivella_credits::wire::package::{CreditsMap, Product, package_shapes, packages};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::mutate::{broken_text, changed_text, mutated};
use crate::random::Random;
use crate::samples;
use crate::statement;

/// What is read, and the making and reading of one input. The input is handed back as a text, for
/// the report of a panic.
pub struct Target {
    pub name: &'static str,
    pub make: fn(&Samples, &mut Random) -> Value,
    pub read: fn(&Samples, &Value),
}

/// True inputs, made once.
pub struct Samples {
    settings: Value,
    commands: Vec<Value>,
    state: Value,
    pub entries: Value,
    pub statements: [String; 2],
    balance: Value,
    products: Value,
    fresh: Ledger,
    pub used: Ledger,
}

impl Samples {
    pub fn new() -> Samples {
        let (state, entries) = samples::stored();
        let used = samples::used_ledger();
        let balance = BalanceShape::from(&used.balance(samples::now()).unwrap());
        Samples {
            settings: samples::settings(),
            commands: samples::commands(),
            state,
            entries,
            statements: [statement::text(0), statement::text(5)],
            balance: serde_json::to_value(balance).unwrap(),
            products: samples::products(),
            fresh: samples::new_ledger(),
            used,
        }
    }
}

/// The table: every parse entry of the crate stands here.
pub const TARGETS: &[Target] = &[
    Target { name: "amounts and times", make: any_text, read: read_text },
    Target { name: "balance and offer", make: balance_and_products, read: read_offer },
    Target { name: "settings", make: any_settings, read: read_settings },
    Target { name: "commands", make: any_commands, read: read_commands },
    Target { name: "stored account", make: any_stored, read: read_stored },
    Target { name: "statement", make: statement::make, read: statement::read },
    Target { name: "broken JSON", make: broken, read: read_broken },
];

fn any_text(_: &Samples, random: &mut Random) -> Value {
    let starts = ["2341.5", "999999999999.999999", "2026-12-15T00:00:00.000Z", "0.000001"];
    let mut text = (*random.pick(&starts)).to_owned();
    for _ in 0..random.below(4) {
        text = changed_text(&text, random);
    }
    Value::String(text)
}

fn read_text(_: &Samples, input: &Value) {
    let text = input.as_str().unwrap_or_default();
    if let Ok(amount) = Credits::parse(text) {
        assert_eq!(Credits::parse(&amount.to_string()), Ok(amount), "written and read again");
    }
    if let Ok(amount) = Credits::parse_signed(text) {
        assert_eq!(Credits::parse_signed(&amount.to_string()), Ok(amount));
    }
    if let Ok(instant) = Instant::parse(text) {
        assert_eq!(Instant::parse(&instant.to_string()), Ok(instant));
    }
    let _ = parse_rate(text);
}

fn balance_and_products(samples: &Samples, random: &mut Random) -> Value {
    json!([
        mutated(&samples.balance, random),
        mutated(&samples.products, random),
        mutated(&json!({ "sku:NV-2000": "2000", "id:10": "2000.5" }), random),
        random.below(4),
    ])
}

/// As the dialog does: packages, balance, a choice, and everything that it shows of them.
fn read_offer(_: &Samples, input: &Value) {
    let balance = shape::<BalanceShape>(&input[0]).and_then(|shape| shape.parse().ok());
    let map: CreditsMap = shape(&input[2]).unwrap_or_default();
    let mut model = BuyModel::default();
    if let Some(balance) = &balance {
        let again = BalanceShape::from(balance);
        assert_eq!(again.parse().as_ref(), Ok(balance), "written and read again");
    }
    model.set_balance(balance);
    let products: Vec<Product> = shape(&input[1]).unwrap_or_default();
    let Ok((offer, _)) = packages(&products, &map) else { return };
    let _ = package_shapes(&offer);
    let ids: Vec<String> = offer.iter().map(|package| package.id.clone()).collect();
    model.offer(offer);
    let quantity = u32::try_from(input[3].as_u64().unwrap_or(1)).unwrap_or(u32::MAX);
    for id in ids.iter().take(3) {
        let _ = model.choose(id, quantity);
        let _ = (model.payable(), model.credits(), model.projection(), model.summary());
    }
}

fn any_settings(samples: &Samples, random: &mut Random) -> Value {
    json!([mutated(&samples.settings, random), random.pick(&samples.commands)])
}

fn read_settings(_: &Samples, input: &Value) {
    let settings = shape::<SettingsShape>(&input[0]).and_then(|shape| shape.parse().ok());
    let Some(mut ledger) = settings.and_then(|settings| Ledger::new(settings).ok()) else { return };
    apply(&mut ledger, &input[1]);
}

fn any_commands(samples: &Samples, random: &mut Random) -> Value {
    let count = 1 + random.below(4);
    let one = |_| {
        let command = random.pick(&samples.commands).clone();
        if random.one_in(4) { command } else { mutated(&command, random) }
    };
    json!({ "fresh": count == 1, "commands": (0..count).map(one).collect::<Vec<_>>() })
}

fn read_commands(samples: &Samples, input: &Value) {
    let fresh = input["fresh"] == true;
    let mut ledger = if fresh { samples.fresh.clone() } else { samples.used.clone() };
    for command in input["commands"].as_array().into_iter().flatten() {
        apply(&mut ledger, command);
    }
}

fn apply(ledger: &mut Ledger, command: &Value) {
    let parsed = shape::<CommandShape>(command).and_then(|shape| shape.parse().ok());
    let Some(command) = parsed else { return };
    let answered = answer(ledger, command, samples::now());
    if answered.is_err() {
        return;
    }
    // What was booked can be stored and opened again.
    let state = StateShape::from(&*ledger).open().expect("what was booked opens again");
    assert_eq!(state.balance(samples::now()), ledger.balance(samples::now()));
}

fn any_stored(samples: &Samples, random: &mut Random) -> Value {
    let state =
        if random.one_in(3) { samples.state.clone() } else { mutated(&samples.state, random) };
    let entries =
        if random.one_in(3) { samples.entries.clone() } else { mutated(&samples.entries, random) };
    json!([state, entries, random.pick(&samples.commands)])
}

fn read_stored(_: &Samples, input: &Value) {
    let opened = shape::<StateShape>(&input[0]).and_then(|state| state.open().ok());
    let Some(mut ledger) = opened else { return };
    let _ = ledger.balance(samples::now());
    let entries: Vec<EntryShape> = shape(&input[1]).unwrap_or_default();
    if load(&mut ledger, &entries).is_ok() && ledger.missing() == 0 {
        apply(&mut ledger, &input[2]);
    }
}

/// Whole texts that are broken off: they must not even get as far as a shape, or be refused there.
fn broken(samples: &Samples, random: &mut Random) -> Value {
    let all = [&samples.state, &samples.balance, &samples.settings, &samples.products];
    let text = random.pick(&all).to_string();
    Value::String(String::from_utf8_lossy(&broken_text(&text, random)).into_owned())
}

fn read_broken(samples: &Samples, input: &Value) {
    let Ok(value) = serde_json::from_str::<Value>(input.as_str().unwrap_or_default()) else {
        return;
    };
    read_stored(samples, &json!([value, samples.entries, samples.commands[0]]));
    read_settings(samples, &json!([value, samples.commands[0]]));
    read_offer(samples, &json!([value, value, {}, 1]));
}

fn shape<T: DeserializeOwned>(value: &Value) -> Option<T> {
    serde_json::from_value(value.clone()).ok()
}
