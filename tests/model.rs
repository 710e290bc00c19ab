//! Random histories against a model that is too simple to be wrong in the same way.
//!
//! 200 seeds of 200 steps, or as many as `NIVELLA_SEEDS` says, from `NIVELLA_FIRST_SEED` on. The
//! clock jumps ahead by up to weeks and sometimes back. After each step everything that can be seen
//! of both ledgers is compared; now and then the engine is stored and opened again in between. The
//! seed and step of a difference are printed.

#[path = "model/account.rs"]
mod account;
#[path = "model/history.rs"]
mod history;
#[path = "model/holds.rs"]
mod holds;
#[path = "model/items.rs"]
mod items;
#[path = "model/naive.rs"]
mod naive;
#[path = "model/pair.rs"]
mod pair;
#[path = "model/subscriptions.rs"]
mod subscriptions;

use std::collections::BTreeSet;

use history::{Random, clock_step, coincidence, request};
use naive::{Naive, Said};
use nivella_credits::core::ledger::{Command, Outcome, Request};
use nivella_credits::core::{EntryKind, Instant, Ledger, Part};
use nivella_credits::wire::ledger::{StateShape, entries_since, load};
use pair::{START, pair};

const STEPS: usize = 200;

fn instant(ms: i64) -> Instant {
    Instant::from_ms(ms).unwrap()
}

fn say(outcome: nivella_credits::Result<Outcome>) -> Said {
    match outcome {
        Ok(Outcome::Booked(booked)) if booked.replayed => Said::Replayed,
        Ok(Outcome::Booked(_)) => Said::Booked,
        Ok(Outcome::Refused(no)) => Said::Refused { short_by: i128::from(no.short_by.micro()) },
        Ok(Outcome::Batch(_)) => panic!("no batch was sent"),
        Err(error) => Said::Error(error.code),
    }
}

/// Everything that both ledgers show must be the same.
fn compare(ledger: &Ledger, naive: &Naive, now: i64) {
    let rows: Vec<_> = ledger
        .entries()
        .iter()
        .map(|e| (e.kind, e.amount.micro().into(), e.debt.micro().into(), e.waived.micro().into()))
        .collect();
    assert_eq!(rows, naive.rows, "entries: kind, amount, debt, waived");
    assert_eq!(ledger.grants().len(), naive.grants.len(), "number of grants");
    for (grant, model) in ledger.grants().iter().zip(&naive.grants) {
        let parts = Part::ALL.map(|part| i128::from(ledger.parts_of(grant.id).get(part).micro()));
        let (available, held) = (model.available, model.held);
        let expected = [available, held, model.consumed, model.reversed, model.expired];
        assert_eq!(parts, expected, "parts of grant {}", grant.id);
        assert_eq!(expected.iter().sum::<i128>(), model.amount, "sum of grant {}", grant.id);
        let terms = (grant.kind, grant.priority, grant.effective_at.ms());
        assert_eq!(terms, (model.kind, model.priority, model.from), "terms of {}", grant.id);
        assert_eq!(grant.expires_at.map(Instant::ms), model.until, "end of grant {}", grant.id);
    }
    let mut later = naive.clone();
    later.pass(now.max(naive.now));
    let balance = ledger.balance(instant(now)).unwrap();
    let sums = [balance.available, balance.posted, balance.held, balance.debt];
    let expected = [later.spendable(), later.posted(), later.held(), later.debt];
    assert_eq!(sums.map(|sum| i128::from(sum.micro())), expected, "available posted held debt");
    let mut pools: Vec<(_, i128, i128)> = Vec::new();
    for n in later.order() {
        let grant = &later.grants[n];
        let key = (grant.priority, grant.kind, grant.until);
        match pools.iter_mut().find(|pool| pool.0 == key) {
            _ if grant.available + grant.held == 0 => {}
            Some(pool) => (pool.1, pool.2) = (pool.1 + grant.available, pool.2 + grant.held),
            None => pools.push((key, grant.available, grant.held)),
        }
    }
    let shown = balance.pools.iter().map(|pool| {
        let end = pool.expires_at.map(Instant::ms);
        (pool.priority, pool.kind, end, pool.available.micro().into(), pool.held.micro().into())
    });
    let pools =
        pools.into_iter().map(|((first, kind, end), left, held)| (first, kind, end, left, held));
    assert_eq!(shown.collect::<Vec<_>>(), pools.collect::<Vec<_>>(), "pools in burn order");
    let now = now.max(naive.now);
    assert_eq!(balance.unlimited, later.unlimited(now), "unlimited");
    let until = balance.unlimited_until.map(Instant::ms);
    let line = balance
        .plan
        .map(|plan| (plan.key, i128::from(plan.allowance.micro()), plan.cycle_ends_at.ms(), until));
    assert_eq!(line, later.plan_line(now), "plan, allowance, end of cycle, end of unlimited plan");
    assert_eq!(balance.level.as_str(), later.level(now), "level");
    let booked: i128 = naive.rows.iter().map(|row| row.1).sum();
    assert_eq!(booked, naive.posted(), "posted is the sum of all entries");
}

/// Stores the account and opens it again, its entries in slices.
fn reopen(ledger: &Ledger) -> Ledger {
    let stored = serde_json::to_string(&StateShape::from(ledger)).unwrap();
    let mut opened = serde_json::from_str::<StateShape>(&stored).unwrap().open().unwrap();
    while opened.missing() > 0 {
        let slice = entries_since(ledger, opened.entries().len() as u64, 37);
        let stored = serde_json::to_string(&slice).unwrap();
        load(&mut opened, &serde_json::from_str::<Vec<_>>(&stored).unwrap()).unwrap();
    }
    assert_eq!(serde_json::to_string(&StateShape::from(&opened)).unwrap(), stored);
    opened
}

/// What histories have reached, so that a generator that went silent is noticed.
type Reached = BTreeSet<String>;

/// Sends a request to both; nothing may have changed unless it was booked.
fn send(ledger: &mut Ledger, naive: &mut Naive, request: Option<Request>, now: i64) -> Said {
    let (before, entries) = (ledger.snapshot(), ledger.entries().len());
    let command = request.clone().map_or(Command::Touch, Command::One);
    let said = say(ledger.apply(command, instant(now)));
    assert_eq!(said, naive.send(request.as_ref(), now), "answer to {request:?}");
    if said != Said::Booked {
        assert!(ledger.snapshot() == before, "{said:?} changed something");
    }
    let wrote = ledger.entries().len() > entries;
    assert_eq!(ledger.snapshot().version, before.version + u64::from(wrote), "version");
    said
}

fn note_states(reached: &mut Reached, naive: &Naive) {
    let states = [
        ("debt", naive.debt > 0),
        ("forgiven", naive.items.iter().any(|item| item.forgiven > 0)),
        ("spared", naive.items.iter().any(|item| item.spared > 0)),
        ("covered", naive.items.iter().any(|item| item.covered() > 0)),
        ("lent", naive.items.iter().any(|item| item.lent() > 0)),
        ("several lenders", naive.items.iter().any(|item| item.lent.len() > 2)),
        ("reversed bonus", naive.items.iter().any(|item| item.target[1] > 0)),
        ("held and expired", naive.grants.iter().any(|g| g.held > 0 && g.expired > 0)),
        ("several draws", naive.holds.iter().any(|hold| hold.draws.len() > 2)),
        ("unused", naive.sub.as_ref().is_some_and(|sub| sub.unused > 0)),
        ("downgrade", naive.sub.as_ref().is_some_and(|sub| sub.next.is_some())),
        ("waived", naive.rows.iter().any(|row| row.3 > 0)),
        ("evened out", naive.evened > 0),
        ("repaid", naive.rows.iter().any(|row| row.2 < 0)),
    ];
    reached.extend(states.iter().filter(|(_, is)| *is).map(|(name, _)| String::from(*name)));
    reached.extend(naive.rows.iter().map(|row| row.0.as_str().to_owned()));
}

fn run(seed: u64, step: &mut usize, reached: &mut Reached) {
    let mut random = Random(seed);
    let (mut ledger, mut naive) = pair(seed);
    let mut now = Instant::parse(START).unwrap().ms();
    while *step < STEPS {
        now += clock_step(&mut random);
        let marks = naive.marks();
        if random.one_in(8) {
            now = coincidence(&mut random, now, &marks).unwrap_or(now);
        }
        let request = match random.below(12) {
            0 => None,
            1 if !naive.requests.is_empty() => {
                let known = random.below(naive.requests.len() as u64) as usize;
                let mut again = naive.requests[known].clone();
                if random.one_in(2) {
                    again.note.reference = Some("another body".into());
                }
                Some(again)
            }
            _ => Some(request(&mut random, *step, now, naive.holds.len() as u64, &marks)),
        };
        reached.insert(match send(&mut ledger, &mut naive, request, now) {
            Said::Error(code) => code.as_str().to_owned(),
            Said::Refused { .. } => "refused".to_owned(),
            said => format!("{said:?}"),
        });
        note_states(reached, &naive);
        compare(&ledger, &naive, now);
        if random.one_in(50) {
            ledger = reopen(&ledger);
        }
        *step += 1;
    }
    reopen(&ledger);
}

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |text| text.parse().expect("a number of seeds"))
}

const MUST_REACH: &[&str] = &[
    "Booked",
    "Replayed",
    "refused",
    "request_id_conflict",
    "not_found",
    "hold_resolved",
    "hold_lapsed",
    "feature_not_in_plan",
    "plan_unknown",
    "reversal_invalid",
    "amount_out_of_range",
    "field_invalid",
    "period_invalid",
    "occurred_at_out_of_range",
    "debt",
    "forgiven",
    "spared",
    "covered",
    "lent",
    "several lenders",
    "evened out",
    "reversed bonus",
    "held and expired",
    "several draws",
    "unused",
    "downgrade",
    "waived",
    "repaid",
];

#[test]
fn random_histories_agree_with_the_model() {
    let (first, seeds) = (number("NIVELLA_FIRST_SEED", 0), number("NIVELLA_SEEDS", 200));
    let mut reached = Reached::new();
    for seed in first..first + seeds {
        let mut step = 0;
        let run = std::panic::AssertUnwindSafe(|| run(seed, &mut step, &mut reached));
        if let Err(panic) = std::panic::catch_unwind(run) {
            eprintln!("seed {seed}, step {step}: NIVELLA_FIRST_SEED={seed} NIVELLA_SEEDS=1");
            std::panic::resume_unwind(panic);
        }
    }
    let kinds = EntryKind::ALL.iter().map(|kind| kind.as_str());
    let missing: Vec<_> = kinds.chain(MUST_REACH.iter().copied()).collect();
    let missing: Vec<_> = missing.iter().filter(|name| !reached.contains(**name)).collect();
    assert!(seeds < 100 || missing.is_empty(), "no history reached {missing:?}");
}
