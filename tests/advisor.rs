//! The advisor: the vectors, and that what it advises is right in the ledger.

// A test fails by stopping.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod advisor_support;

use advisor_support::package;
use nivella_credits::core::advisor::{
    Advice, Campaign, Need, PlanCost, PlanOffer, Supply, campaign, cheapest, plans,
};
use nivella_credits::core::{Credits, Package, Plan};
use serde_json::{Value, json};

fn rows<'a>(all: &'a Value, key: &str) -> &'a [Value] {
    all[key].as_array().filter(|rows| !rows.is_empty()).unwrap()
}

fn credits(value: &Value) -> Credits {
    Credits::parse(value.as_str().unwrap()).unwrap()
}

fn day(value: &Value) -> u32 {
    value.as_u64().unwrap() as u32
}

fn list<'a>(row: &'a Value, key: &str) -> &'a [Value] {
    row[key].as_array().unwrap()
}

fn read_need(row: &Value) -> Need {
    let run = |run: &Value| vec![credits(&run[1]); run[0].as_u64().unwrap() as usize];
    let supply = |supply: &Value| Supply {
        amount: credits(&supply[0]),
        from_day: day(&supply[1]),
        until_day: supply[2].as_u64().map(|day| day as u32),
    };
    Need {
        daily: list(row, "daily").iter().flat_map(run).collect(),
        supplies: list(row, "supplies").iter().map(supply).collect(),
        debt: credits(&row["debt"]),
        buy_day: row["buy_day"].as_u64().unwrap_or(0) as u32,
    }
}

fn read_packages(row: &Value) -> Vec<Package> {
    let read = |p: &Value| {
        let days = p[4].as_u64().map(|days| days as u32);
        let (minor, most) = (p[3].as_i64().unwrap(), day(&p[5]));
        let mut one = package(p[0].as_str().unwrap(), credits(&p[1]), minor, most, days);
        one.bonus = credits(&p[2]);
        one
    };
    list(row, "packages").iter().map(read).collect()
}

fn shape(advice: &Advice, packages: &[Package]) -> Value {
    let item = |item: &nivella_credits::core::advisor::Item| {
        let (credits, lapses) = (item.credits.to_string(), item.lapses.to_string());
        let id = &packages[item.package].id;
        json!([id, item.quantity, credits, item.until_day, lapses, item.left.to_string()])
    };
    json!({
        "answer": advice.answer.as_str(),
        "items": advice.items.iter().map(item).collect::<Vec<_>>(),
        "price": advice.price,
        "need": advice.need.to_string(),
        "missing": advice.missing.to_string(),
        "runs_out": advice.runs_out,
        "bought": advice.bought.to_string(),
        "supply_lapses": advice.supply_lapses.to_string(),
        "supply_left": advice.supply_left.to_string(),
    })
}

/// Every field that the vector names.
fn check(found: &Value, expected: &Value, rule: &Value) {
    for (name, value) in expected.as_object().filter(|fields| !fields.is_empty()).unwrap() {
        assert_eq!(&found[name], value, "{rule}: {name}");
    }
}

fn vectors() -> Value {
    serde_json::from_str(include_str!("vectors/advisor.json")).unwrap()
}

#[test]
fn packages_are_chosen_as_the_vectors_say() {
    for row in rows(&vectors(), "cheapest") {
        let packages = read_packages(row);
        let advice = cheapest(&read_need(row), &packages).unwrap();
        check(&shape(&advice, &packages), &row["advice"], &row["rule"]);
    }
}

#[test]
fn campaigns_are_planned_as_the_vectors_say() {
    for row in rows(&vectors(), "campaign") {
        let (packages, given) = (read_packages(row), &row["campaign"]);
        let planned = Campaign {
            visitors: given["visitors"].as_u64().unwrap(),
            per_visitor: given["per_visitor"].as_str().unwrap().parse().unwrap(),
            from_day: day(&given["from_day"]),
            to_day: day(&given["to_day"]),
            cost: credits(&given["cost"]),
        };
        let plan = campaign(&read_need(row), &planned, &packages).unwrap();
        let extra: Vec<_> = plan.extra.iter().map(|credits| credits.to_string()).collect();
        let found = json!({
            "conversations": plan.conversations,
            "credits": plan.credits.to_string(),
            "extra": extra,
            "runs_out_before": plan.runs_out_before,
            "buy_day": plan.buy_day,
        });
        check(&found, &row["plan"], &row["rule"]);
        check(&shape(&plan.advice, &packages), &row["advice"], &row["rule"]);
    }
}

fn read_plan(p: &Value) -> PlanOffer {
    let key = p[0].as_str().unwrap().to_owned();
    let features = p[5].as_array().unwrap().iter().map(|f| f.as_str().unwrap().to_owned());
    let plan = Plan {
        name: key.clone(),
        key,
        level: day(&p[1]),
        allowance: credits(&p[2]),
        unlimited: p[3].as_bool().unwrap(),
        rollover_cap: credits(&p[4]),
        features: features.collect(),
    };
    PlanOffer { plan, price: p[6].as_i64() }
}

fn cost(cost: &PlanCost) -> Value {
    let lapsed: Vec<_> = cost.lapsed.iter().map(|credits| credits.to_string()).collect();
    json!({
        "lapsed": lapsed,
        "excess": cost.excess.to_string(),
        "plan_price": cost.plan_price,
        "packs_price": cost.packs_price,
    })
}

#[test]
fn plans_are_compared_as_the_vectors_say() {
    for row in rows(&vectors(), "plans") {
        let used: Vec<_> = list(row, "used").iter().map(credits).collect();
        let features: Vec<_> = list(row, "features").iter().map(|f| f.as_str().unwrap()).collect();
        let offers: Vec<_> = list(row, "plans").iter().map(read_plan).collect();
        let current = row["current"].as_u64().map(|index| index as usize);
        let advice = plans(&used, &features, &offers, current, &read_packages(row)).unwrap();
        let (rule, expected) = (&row["rule"], &row["advice"]);
        let better = advice.better.as_ref();
        let key = better.and_then(|better| better.plan).map(|index| &offers[index].plan.key);
        assert_eq!(json!(key), expected["better"], "{rule}");
        let found = json!({"upgrade": advice.upgrade, "idle_cycles": advice.idle_cycles});
        let mut plain = expected.clone();
        let fields = plain.as_object_mut().unwrap();
        for name in ["current", "better", "better_cost"] {
            fields.remove(name);
        }
        if !fields.is_empty() {
            check(&found, &plain, rule);
        }
        if expected["current"].is_object() {
            check(&cost(&advice.current), &expected["current"], rule);
        }
        if expected["better_cost"].is_object() {
            check(&cost(better.unwrap()), &expected["better_cost"], rule);
        }
    }
}
