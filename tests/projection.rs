//! Projections: the vectors, and that the ledger books what was projected.

use nivella_credits::core::ledger::{Charge, Command, Note, Op, Request, Settings};
use nivella_credits::core::{
    Balance, Credits, DAY_MS, DEFAULT_PRIORITY, GrantKind, Instant, Ledger, Mode, Package, Price,
    Projection, project,
};
use nivella_credits::wire::balance::BalanceShape;
use proptest::prelude::*;
use serde_json::{Value, json};

fn package(credits: Credits, bonus: Credits, validity_days: Option<u32>) -> Package {
    let price = Price {
        minor: 1_000,
        minor_unit: 2,
        currency: "USD".to_owned(),
        prefix: "$".to_owned(),
        suffix: String::new(),
        decimal_separator: ".".to_owned(),
        thousand_separator: ",".to_owned(),
    };
    Package {
        id: "10".to_owned(),
        name: "Package".to_owned(),
        credits,
        bonus,
        validity_days,
        price,
        unavailable: None,
        max_quantity: 9_999,
    }
}

fn credits(value: &Value) -> Credits {
    Credits::parse(value.as_str().unwrap()).unwrap()
}

fn read(row: &Value) -> nivella_credits::Result<Projection> {
    let balance: BalanceShape = serde_json::from_value(row["balance"].clone()).unwrap();
    let cart: Vec<(Package, u32)> = row["cart"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let days = row["validity_days"].as_u64().map(|days| days as u32);
            let quantity = row["quantity"].as_u64().unwrap() as u32;
            (package(credits(&row["credits"]), credits(&row["bonus"]), days), quantity)
        })
        .collect();
    let cart: Vec<_> = cart.iter().map(|(package, quantity)| (package, *quantity)).collect();
    let as_of = Instant::parse(row["as_of"].as_str().unwrap()).unwrap();
    project(&balance.parse().unwrap(), &cart, as_of)
}

fn shape(projection: &Projection) -> Value {
    let pools: Vec<_> = projection
        .pools
        .iter()
        .map(|pool| {
            json!({
                "kind": pool.kind.as_str(),
                "available": pool.available.to_string(),
                "expires_at": pool.expires_at.map(|at| at.to_string()),
                "added": pool.added,
            })
        })
        .collect();
    json!({
        "current": projection.current.to_string(),
        "credits": projection.credits.to_string(),
        "projected": projection.projected.to_string(),
        "repaid": projection.repaid.to_string(),
        "pools": pools,
    })
}

#[test]
fn projections_are_as_the_vectors_say() {
    let all: Value = serde_json::from_str(include_str!("vectors/projection.json")).unwrap();
    for row in all["cases"].as_array().filter(|rows| rows.len() > 10).unwrap() {
        let projected = shape(&read(row).unwrap());
        for (name, expected) in row["projection"].as_object().unwrap() {
            assert_eq!(&projected[name], expected, "{}: {name}", row["name"]);
        }
    }
    for row in all["refused"].as_array().filter(|rows| !rows.is_empty()).unwrap() {
        let refused = read(row).map(|p| shape(&p)).map_err(|error| error.code.as_str());
        assert_eq!(refused, Err(row["error"].as_str().unwrap()), "{}", row["name"]);
    }
}

const NOW: &str = "2026-11-21T12:00:00.000Z";

fn now() -> Instant {
    Instant::parse(NOW).unwrap()
}

fn book(ledger: &mut Ledger, id: String, op: Op) {
    let note = Note { reason: Some("test".into()), ..Note::default() };
    ledger.apply(Command::One(Request { id, note, op }), now()).unwrap();
}

fn grant(amount: i64, bonus: i64, days: Option<u32>) -> Op {
    Op::Grant {
        kind: GrantKind::Purchase,
        amount: Credits::from_micro(amount),
        bonus: Credits::from_micro(bonus),
        order_item: None,
        priority: DEFAULT_PRIORITY,
        effective_at: None,
        expires_at: days.map(|days| now().plus_ms(i64::from(days) * DAY_MS).unwrap()),
    }
}

/// Amount, bonus, days.
type Terms = (i64, i64, Option<u32>);

fn terms() -> impl Strategy<Value = Terms> {
    let days = prop_oneof![Just(None), (1_u32..5).prop_map(Some)];
    (1_i64..50_000_000, 0_i64..20_000_000, days)
}

fn account(grants: &[Terms], used: i64) -> Ledger {
    let mut ledger = Ledger::new(Settings::default()).unwrap();
    for (n, (amount, bonus, days)) in grants.iter().enumerate() {
        let mut op = grant(*amount, *bonus, *days);
        if let Op::Grant { priority, .. } = &mut op {
            *priority = [10, DEFAULT_PRIORITY, 90][(*amount % 3) as usize];
        }
        book(&mut ledger, format!("grant-{n}"), op);
    }
    let charge = Charge::Amount(Credits::from_micro(used));
    let op = Op::Use { mode: Mode::Record, charge, occurred_at: None };
    book(&mut ledger, "use".to_owned(), op);
    ledger
}

/// Priority, kind, end.
type Key = (u8, GrantKind, Option<Instant>);

/// Pools of one key as one, whether they were there or come with the purchase, in their order.
fn gathered(pools: impl Iterator<Item = (Key, Credits)>) -> Vec<(Key, i64)> {
    let mut rows: Vec<(Key, i64)> = Vec::new();
    for (key, available) in pools.filter(|pool| pool.1.is_positive()) {
        match rows.iter_mut().find(|row| row.0 == key) {
            Some(row) => row.1 += available.micro(),
            None => rows.push((key, available.micro())),
        }
    }
    rows
}

fn pools_of(balance: &Balance) -> Vec<(Key, i64)> {
    let pools = balance.pools.iter();
    gathered(pools.map(|pool| ((pool.priority, pool.kind, pool.expires_at), pool.available)))
}

fn projected(projection: &Projection) -> Vec<(Key, i64)> {
    let pools = projection.pools.iter();
    gathered(pools.map(|pool| ((pool.priority, pool.kind, pool.expires_at), pool.available)))
}

proptest! {
    #[test]
    fn an_empty_cart_is_the_current_balance(
        grants in prop::collection::vec(terms(), 0..6), used in 1_i64..200_000_000,
    ) {
        let balance = account(&grants, used).balance(now()).unwrap();
        let projection = project(&balance, &[], now()).unwrap();
        prop_assert_eq!(projection.current, balance.available);
        prop_assert_eq!(projection.projected, balance.available);
        prop_assert_eq!(projection.credits, Credits::ZERO);
        prop_assert_eq!(projected(&projection), pools_of(&balance));
    }

    #[test]
    fn what_is_projected_is_what_the_ledger_books(
        grants in prop::collection::vec(terms(), 0..6), used in 1_i64..200_000_000,
        cart in prop::collection::vec((terms(), 1_u32..4), 0..4),
    ) {
        let mut ledger = account(&grants, used);
        let before = ledger.balance(now()).unwrap();
        let packages: Vec<_> = cart.iter().map(|((amount, bonus, days), quantity)| {
            let micro = Credits::from_micro;
            (package(micro(*amount), micro(*bonus), *days), *quantity)
        }).collect();
        let chosen: Vec<_> = packages.iter().map(|(package, n)| (package, *n)).collect();
        let projection = project(&before, &chosen, now()).unwrap();
        for (n, ((amount, bonus, days), quantity)) in cart.iter().enumerate() {
            let times = i64::from(*quantity);
            book(&mut ledger, format!("item-{n}"), grant(amount * times, bonus * times, *days));
        }
        let after = ledger.balance(now()).unwrap();
        prop_assert_eq!(projection.current, before.available);
        prop_assert_eq!(projection.projected, after.available);
        prop_assert_eq!(
            projection.repaid, before.debt.checked_sub(after.debt).unwrap()
        );
        prop_assert_eq!(projected(&projection), pools_of(&after));
    }
}
