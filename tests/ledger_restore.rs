//! Stored accounts: what is opened is what was stored, and whatever does not add up is refused.

mod ledger_support;

use ledger_support::{
    Account, DAY, HOUR, at, grant, hold, micro, plan, purchase, reverse, settle, spend,
};
use nivella_credits::core::ledger::{Charge, Command, Op, Settings, Term};
use nivella_credits::core::rate_card::{Rate, RateCard, RateCards, Unit, parse_rate};
use nivella_credits::core::{GrantKind, Ledger, Mode, Plan, Usage};
use nivella_credits::wire::ledger::{StateShape, entries_since, load};
use nivella_credits::{Code, Error};
use serde_json::{Value, from_value, json, to_value};

/// An account in which everything has happened.
fn eventful() -> Account {
    let card = RateCard {
        version: 1,
        effective_at: at(-DAY),
        quantum: micro(1),
        rates: vec![Rate {
            feature: "chat".to_owned(),
            model: None,
            unit: Unit::Message,
            credits: parse_rate("0.000002").unwrap(),
        }],
    };
    let plans =
        vec![Plan { rollover_cap: micro(30), ..plan("basic", 1, 100) }, plan("plus", 2, 250)];
    let rates = Some(RateCards::new(vec![card]).unwrap());
    let mut account = Account::new(Settings { plans, rates, ..Settings::default() });
    account.book(grant(GrantKind::Purchase, 500, Some(50 * DAY), Some("item")), 0);
    account.book(grant(GrantKind::Bonus, 50, None, Some("item")), 0);
    let term = Term::Months(3);
    account.book(Op::Subscribe { plan: "basic".into(), term, started_at: None }, 0);
    let usage = Usage { feature: "chat".into(), messages: 4, ..Usage::default() };
    let charge = Charge::Usage(Box::new(usage));
    account.book(Op::Use { mode: Mode::Strict, charge, occurred_at: None }, HOUR);
    account.book(hold(120, 6 * DAY), HOUR);
    account.book(settle(1, 90, Mode::Strict), 2 * HOUR);
    account.book(hold(20, HOUR), 2 * HOUR);
    account.book(Op::ChangePlan { plan: "plus".into() }, 2 * DAY);
    account.book(spend(200, Mode::Strict), 3 * DAY);
    account.book(reverse("item", 1, 3), 4 * DAY);
    account.book(reverse("item", 1, 5), 4 * DAY);
    account.book(hold(60, 7 * DAY), 45 * DAY);
    account.book(purchase(10, None), 45 * DAY);
    account.book(spend(2_000, Mode::Record), 46 * DAY);
    account.book(Op::Add { amount: micro(9), expires_at: None }, 46 * DAY);
    account.check();
    account
}

type Stored = (Value, Vec<Value>);

fn store(ledger: &Ledger) -> Stored {
    let entries = to_value(entries_since(ledger, 0, usize::MAX)).unwrap();
    (to_value(StateShape::from(ledger)).unwrap(), from_value(entries).unwrap())
}

fn open((state, entries): &Stored, slice: usize) -> Result<Ledger, Error> {
    let mut ledger = from_value::<StateShape>(state.clone()).unwrap().open()?;
    for slice in entries.chunks(slice) {
        let shapes: Vec<_> = slice.iter().map(|e| from_value(e.clone()).unwrap()).collect();
        load(&mut ledger, &shapes)?;
    }
    // All of it is there, or nothing can be booked.
    ledger.apply(Command::Touch, at(46 * DAY)).map(|_| ledger)
}

fn code(stored: &Stored) -> Option<Code> {
    open(stored, 1_000).err().map(|error| error.code)
}

#[test]
fn what_is_opened_is_what_was_stored_in_slices_of_any_size() {
    let account = eventful();
    let stored = store(&account.ledger);
    // Of a body that an attacker chose, 64 bits could be found twice.
    assert_eq!(stored.1[0]["request_hash"].as_str().map(str::len), Some(64));
    for slice in [1, 2, 7, 1_000] {
        let opened = open(&stored, slice).unwrap();
        assert!(opened.snapshot() == account.ledger.snapshot());
        assert_eq!(opened.entries(), account.ledger.entries());
        assert_eq!(store(&opened), stored);
        for days in [46, 53, 80, 200] {
            let balance = |ledger: &Ledger| ledger.balance(at(days * DAY)).unwrap();
            assert_eq!(balance(&opened), balance(&account.ledger), "after {days} days");
        }
    }
}

#[test]
fn an_opened_account_goes_on_as_if_it_had_never_been_stored() {
    let mut account = eventful();
    let known = account.request(purchase(10, None));
    let mut opened = account.clone();
    opened.ledger = open(&store(&account.ledger), 5).unwrap();
    for account in [&mut account, &mut opened] {
        // A lapsed hold is still known, and so are request ids and order items.
        account.book(settle(2, 15, Mode::Record), 47 * DAY);
        assert_eq!(account.code(settle(1, 1, Mode::Record), 47 * DAY), Some(Code::HoldResolved));
        let twice = grant(GrantKind::Purchase, 1, None, Some("item"));
        assert_eq!(account.code(twice, 47 * DAY), Some(Code::ReversalInvalid));
        account.book(reverse("item", 1, 1), 48 * DAY);
        let again = known.clone();
        account.ledger.apply(Command::One(again), at(48 * DAY)).unwrap();
        account.touch(100 * DAY);
        account.check();
    }
    assert_eq!(store(&opened.ledger), store(&account.ledger));
}

#[test]
fn nothing_is_booked_before_all_entries_are_there() {
    let account = eventful();
    let (state, entries) = store(&account.ledger);
    let mut ledger = from_value::<StateShape>(state).unwrap().open().unwrap();
    let now = at(46 * DAY);
    assert_eq!(ledger.balance(now), account.ledger.balance(now), "a balance is there at once");
    assert_eq!(ledger.missing(), entries.len() as u64);
    let refused = ledger.apply(Command::Touch, now).map_err(|error| error.code);
    assert_eq!(refused, Err(Code::SnapshotInvalid));
    let refused = ledger.configure(Settings::default(), now).map_err(|error| error.code);
    assert_eq!(refused, Err(Code::SnapshotInvalid));
}

#[test]
fn an_account_without_entries_has_nothing() {
    let empty = store(&Account::new(Settings::default()).ledger);
    assert!(open(&empty, 1).is_ok());
    let day = json!([{ "day": 20_000, "used": "1" }]);
    let forged = [("debt", json!("1")), ("subscriptions", json!(1)), ("days", day)];
    for (name, value) in forged {
        let mut state = empty.0.clone();
        state[name] = value;
        assert_eq!(code(&(state, Vec::new())), Some(Code::SnapshotInvalid), "{name}");
    }
}

/// Every place in a value, as a path for `pointer_mut`.
fn places(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| {
            places(value, &format!("{path}/{name}"), found);
        }),
        Value::Array(values) => values.iter().enumerate().for_each(|(n, value)| {
            places(value, &format!("{path}/{n}"), found);
        }),
        _ => found.push(path.to_owned()),
    }
}

/// An amount that is one micro-credit larger.
fn more(text: &str) -> Option<String> {
    let amount = nivella_credits::core::Credits::parse_signed(text).ok()?;
    Some(micro(amount.micro() + 1).to_string())
}

#[test]
fn no_amount_of_a_stored_account_can_be_changed_unnoticed() {
    let stored = store(&eventful().ledger);
    let amounts = ["amount", "debt", "available", "held", "consumed", "reversed", "expired"];
    let movement = ["target", "bonus_target", "forgiven", "spared"];
    let (mut tried, all) = (0, json!([stored.0, stored.1]));
    let mut found = Vec::new();
    places(&all, "", &mut found);
    for place in found {
        let name = place.rsplit('/').next().unwrap();
        let counts = amounts.contains(&name) || movement.contains(&name);
        if !counts || place.starts_with("/0/settings") {
            continue;
        }
        let mut forged = all.clone();
        let value = forged.pointer_mut(&place).unwrap();
        *value = json!(more(value.as_str().unwrap()).unwrap());
        let forged = (forged[0].clone(), forged[1].as_array().unwrap().clone());
        assert_eq!(code(&forged), Some(Code::SnapshotInvalid), "{place}");
        tried += 1;
    }
    assert!(tried > 90, "{tried} places");
}

#[test]
fn fields_of_another_type_are_refused_wherever_they_are() {
    let stored = store(&eventful().ledger);
    let all = json!([stored.0, stored.1]);
    let mut found = Vec::new();
    places(&all, "", &mut found);
    for (n, place) in found.iter().enumerate() {
        let strange = [json!(1.5), json!([]), json!({}), json!("\u{0}"), json!(-7)];
        let mut forged = all.clone();
        *forged.pointer_mut(place).unwrap() = strange[n % strange.len()].clone();
        let forged = (forged[0].clone(), forged[1].as_array().unwrap().clone());
        let refused = code(&forged);
        assert!(refused.is_some(), "{place} as {}", strange[n % strange.len()]);
        assert!(refused.unwrap().as_str().starts_with("snapshot_"), "{place}: {refused:?}");
    }
}

#[test]
fn missing_doubled_and_swapped_rows_are_refused() {
    let (state, entries) = store(&eventful().ledger);
    let refused = |state: &Value, entries: Vec<Value>, what: &str| {
        assert_eq!(code(&(state.clone(), entries)), Some(Code::SnapshotInvalid), "{what}");
    };
    for n in 0..entries.len() {
        let mut fewer = entries.clone();
        fewer.remove(n);
        refused(&state, fewer, "an entry is missing");
        let mut twice = entries.clone();
        twice.insert(n, entries[n].clone());
        refused(&state, twice, "an entry stands there twice");
        let mut swapped = entries.clone();
        swapped.swap(n, (n + 1) % entries.len());
        refused(&state, swapped, "two entries are swapped");
    }
    for list in ["grants", "holds"] {
        let mut forged = state.clone();
        let rows = forged[list].as_array_mut().unwrap();
        let row = rows.pop().unwrap();
        refused(&forged, entries.clone(), list);
        forged[list].as_array_mut().unwrap().extend([row.clone(), row]);
        refused(&forged, entries.clone(), list);
    }
    let mut same = entries.clone();
    let ids = |entry: &Value| (entry["request_id"].clone(), entry["request_hash"].clone());
    (same[3]["request_id"], same[3]["request_hash"]) = ids(&entries[0]);
    refused(&state, same, "two requests have one id");
}

#[test]
fn versions_and_absurd_lengths_are_named() {
    let (state, entries) = store(&eventful().ledger);
    for version in [json!(0), json!(1), json!(3), json!(4_294_967_295_u32)] {
        let mut later = state.clone();
        later["version"] = version;
        assert_eq!(code(&(later, entries.clone())), Some(Code::SnapshotVersion));
    }
    for version in [json!("1"), json!(null), json!(1.5), json!(4_294_967_296_u64)] {
        let mut strange = state.clone();
        strange["version"] = version;
        assert_eq!(code(&(strange, entries.clone())), Some(Code::SnapshotInvalid));
    }
    let many = vec![entries[0].clone(); 10_001];
    assert_eq!(code(&(state.clone(), many.clone())), Some(Code::SnapshotInvalid), "in slices");
    let opened = open(&(state.clone(), many), 10_001).map(|_| ()).map_err(|error| error.code);
    assert_eq!(opened, Err(Code::SnapshotTooLarge));
    for huge in [json!(u64::MAX), json!(i64::MAX)] {
        let mut long = state.clone();
        long["entries"] = huge;
        assert_eq!(code(&(long, entries.clone())), Some(Code::SnapshotInvalid));
    }
}
