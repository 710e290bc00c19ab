//! What the tests of the ledger's rules share: short ways to ask and to look.

// Each test uses what it needs.
#![allow(dead_code)]

use nivella_credits::core::ledger::{Charge, Command, Note, Op, Outcome, Request, Settings};
use nivella_credits::core::{
    Credits, DEFAULT_PRIORITY, GrantKind, Instant, Ledger, Mode, Part, Plan, Share,
};
use nivella_credits::{Code, Error};

pub const HOUR: i64 = 3_600_000;
pub const DAY: i64 = 24 * HOUR;

/// So many milliseconds after the start of every test's time.
pub fn at(ms: i64) -> Instant {
    Instant::parse("2026-11-01T00:00:00Z").unwrap().plus_ms(ms).unwrap()
}

pub fn micro(micro: i64) -> Credits {
    Credits::from_micro(micro)
}

pub fn plan(key: &str, level: u32, allowance: i64) -> Plan {
    Plan {
        key: key.to_owned(),
        name: key.to_owned(),
        level,
        allowance: micro(allowance),
        unlimited: false,
        rollover_cap: Credits::ZERO,
        features: Vec::new(),
    }
}

/// A ledger that makes its own request ids.
#[derive(Clone)]
pub struct Account {
    pub ledger: Ledger,
    pub sent: u32,
}

impl Account {
    pub fn new(settings: Settings) -> Account {
        Account { ledger: Ledger::new(settings).unwrap(), sent: 0 }
    }

    pub fn request(&mut self, op: Op) -> Request {
        self.sent += 1;
        let id = format!("request-{}", self.sent);
        Request { id, note: Note { reason: Some("test".into()), ..Note::default() }, op }
    }

    pub fn send(&mut self, op: Op, ms: i64) -> Result<Outcome, Error> {
        let request = self.request(op);
        self.ledger.apply(Command::One(request), at(ms))
    }

    /// Sends what must be booked.
    pub fn book(&mut self, op: Op, ms: i64) {
        let outcome = self.send(op, ms);
        assert!(matches!(outcome, Ok(Outcome::Booked(_))), "{outcome:?}");
    }

    pub fn code(&mut self, op: Op, ms: i64) -> Option<Code> {
        self.send(op, ms).err().map(|error| error.code)
    }

    pub fn touch(&mut self, ms: i64) {
        self.ledger.apply(Command::Touch, at(ms)).unwrap();
    }

    pub fn available(&self, ms: i64) -> i64 {
        self.ledger.balance(at(ms)).unwrap().available.micro()
    }

    pub fn debt(&self, ms: i64) -> i64 {
        self.ledger.balance(at(ms)).unwrap().debt.micro()
    }

    /// The parts of every grant, by id.
    pub fn parts(&self) -> Vec<[i64; 5]> {
        let parts = |id| Part::ALL.map(|part| self.ledger.parts_of(id).get(part).micro());
        self.ledger.grants().iter().map(|grant| parts(grant.id)).collect()
    }

    /// Checks what must hold of any account at any time.
    pub fn check(&self) {
        let entries = self.ledger.entries();
        for (n, entry) in entries.iter().enumerate() {
            assert_eq!(entry.seq, n as u64 + 1, "the sequence has no gap");
        }
        let mut sums = [0_i64; 5];
        for (grant, parts) in self.ledger.grants().iter().zip(self.parts()) {
            assert!(parts.iter().all(|part| *part >= 0), "no part is below 0: {parts:?}");
            assert_eq!(parts.iter().sum::<i64>(), grant.amount.micro(), "parts add up");
            sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
        }
        let snapshot = self.ledger.snapshot();
        let [available, held, ..] = sums;
        let debt = snapshot.debt.micro();
        let booked: i64 = entries.iter().map(|entry| entry.amount.micro()).sum();
        assert_eq!(booked, available + held - debt, "posted is the sum of entries");
        assert!(debt >= 0 && (debt == 0 || available == 0), "nothing is available beside debt");
        let reserved: i64 = snapshot.holds.iter().map(|hold| hold.amount().micro()).sum();
        assert_eq!(reserved, held, "open holds reserve what is held");
    }
}

pub fn purchase(amount: i64, expires: Option<i64>) -> Op {
    grant(GrantKind::Purchase, amount, expires, None)
}

pub fn grant(kind: GrantKind, amount: i64, expires: Option<i64>, item: Option<&str>) -> Op {
    Op::Grant {
        kind,
        amount: micro(amount),
        bonus: Credits::ZERO,
        order_item: item.map(Box::from),
        priority: DEFAULT_PRIORITY,
        effective_at: None,
        expires_at: expires.map(at),
    }
}

pub fn spend(amount: i64, mode: Mode) -> Op {
    Op::Use { mode, charge: Charge::Amount(micro(amount)), occurred_at: None }
}

pub fn hold(amount: i64, duration_ms: i64) -> Op {
    Op::Hold { mode: Mode::Strict, charge: Charge::Amount(micro(amount)), duration_ms }
}

pub fn settle(hold: u64, amount: i64, mode: Mode) -> Op {
    Op::Settle { hold, mode, charge: Charge::Amount(micro(amount)), occurred_at: None }
}

pub fn reverse(item: &str, refunded: i64, whole: i64) -> Op {
    let share = Share::new(micro(refunded), micro(whole)).unwrap();
    Op::Reverse { order_item: item.into(), share }
}
