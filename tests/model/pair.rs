//! An engine and a naive ledger with the same settings.

use nivella_credits::core::ledger::Settings;
use nivella_credits::core::rate_card::{Rate, RateCard, RateCards, Unit, parse_rate};
use nivella_credits::core::{Credits, Instant, Ledger, Plan, Zone};

use crate::account::NaivePlan;
use crate::history::HOUR;
use crate::naive::Naive;

pub const START: &str = "2026-10-20T08:00:00Z";

fn plans() -> Vec<Plan> {
    let plan = |key: &str, level, allowance, rollover_cap, features: &[&str]| Plan {
        key: key.to_owned(),
        name: key.to_owned(),
        level,
        allowance: Credits::from_whole(allowance).unwrap(),
        unlimited: key == "unlimited",
        rollover_cap: Credits::from_whole(rollover_cap).unwrap(),
        features: features.iter().map(|f| String::from(*f)).collect(),
    };
    vec![
        plan("free", 0, 0, 0, &[]),
        plan("basic", 1, 100, 0, &["chat"]),
        plan("plus", 2, 250, 40, &[]),
        plan("pro", 3, 200, 1_000, &["chat", "voice"]),
        plan("unlimited", 9, 0, 0, &[]),
    ]
}

/// Berlin over a winter: one hour, then two from 28 March 2027 to 31 October.
fn zone() -> Zone {
    let at = |text| Instant::parse(text).unwrap();
    let table = vec![
        (at("2026-10-25T01:00:00Z"), 3_600),
        (at("2027-03-28T01:00:00Z"), 7_200),
        (at("2027-10-31T01:00:00Z"), 3_600),
    ];
    Zone::new(7_200, table).unwrap()
}

fn rates(start: Instant) -> Vec<(Instant, &'static str)> {
    let later = |days: i64| start.plus_ms(days * 24 * HOUR).unwrap();
    vec![(later(-30), "0.35"), (later(40), "1.2"), (later(90), "0.000000001")]
}

pub fn pair(seed: u64) -> (Ledger, Naive) {
    let (forgive, start) = (seed.is_multiple_of(3), Instant::parse(START).unwrap());
    let card = |(n, (effective_at, rate)): (usize, (Instant, &str))| RateCard {
        version: n as u32 + 1,
        effective_at,
        quantum: Credits::parse("0.1").unwrap(),
        rates: ["chat", "voice"]
            .map(|feature| Rate {
                feature: feature.to_owned(),
                model: None,
                unit: Unit::Message,
                credits: parse_rate(rate).unwrap(),
            })
            .into(),
    };
    let cards = rates(start).into_iter().enumerate().map(card).collect();
    let settings = Settings {
        zone: zone(),
        plans: plans(),
        rates: Some(RateCards::new(cards).unwrap()),
        forgive_shortfall: forgive,
        ..Settings::default()
    };
    let naive_plan = |plan: &Plan| NaivePlan {
        key: plan.key.clone(),
        level: plan.level,
        allowance: i128::from(plan.allowance.micro()),
        unlimited: plan.unlimited,
        cap: i128::from(plan.rollover_cap.micro()),
        features: plan.features.clone(),
    };
    // The last rate is below a micro-credit: any message costs the quantum.
    let micro = [350_000, 1_200_000, 1];
    let naive = Naive {
        zone: zone(),
        plans: plans().iter().map(naive_plan).collect(),
        rates: rates(start).iter().zip(micro).map(|((at, _), rate)| (at.ms(), rate)).collect(),
        forgive,
        now: i64::MIN,
        debt: 0,
        grants: Vec::new(),
        holds: Vec::new(),
        items: Vec::new(),
        sub: None,
        subs: 0,
        used: Vec::new(),
        rows: Vec::new(),
        requests: Vec::new(),
        evened: 0,
    };
    (Ledger::new(settings).unwrap(), naive)
}
