//! Random histories: what is sent to both ledgers, and when.

use nivella_credits::core::ledger::{Charge, Note, Op, Request, Term};
use nivella_credits::core::{Credits, GrantKind, Instant, Mode, Share, Usage};

/// SplitMix64: a history is its seed.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    pub fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u64) as usize]
    }
}

pub const MINUTE: i64 = 60_000;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

/// How far the clock moves before a step: mostly a little, at times weeks, at times back.
pub fn clock_step(random: &mut Random) -> i64 {
    let most = match random.below(20) {
        0..4 => return 0,
        4..9 => MINUTE,
        9..13 => HOUR,
        13..16 => 3 * DAY,
        16..18 => 40 * DAY,
        18 => return -(random.below(2 * DAY as u64) as i64),
        _ => return random.below(3) as i64 * DAY,
    };
    random.below(most as u64) as i64
}

fn amount(random: &mut Random) -> Credits {
    let micro = match random.below(6) {
        0 => 1 + random.below(2_000_000),
        1 => 1,
        2 => random.pick(&[10, 50, 100, 250]) * 1_000_000,
        _ => 1 + random.below(120_000_000),
    };
    Credits::from_micro(micro as i64)
}

fn charge(random: &mut Random) -> Charge {
    match random.below(10) {
        0 => Charge::Amount(Credits::ZERO),
        1..4 => {
            let feature = random.pick(&["chat", "voice"]).to_owned();
            let messages = random.below(60);
            Charge::Usage(Box::new(Usage { feature, messages, ..Usage::default() }))
        }
        _ => Charge::Amount(amount(random)),
    }
}

fn mode(random: &mut Random) -> Mode {
    if random.one_in(3) { Mode::Record } else { Mode::Strict }
}

fn instant(ms: i64) -> Instant {
    Instant::from_ms(ms).expect("a time of a history")
}

/// An instant at which something happens anyway: exact coincidences are where rules differ.
pub fn coincidence(random: &mut Random, now: i64, marks: &[i64]) -> Option<i64> {
    let ahead: Vec<i64> = marks.iter().copied().filter(|at| *at > now).collect();
    (!ahead.is_empty()).then(|| random.pick(&ahead))
}

fn expiry(random: &mut Random, now: i64, marks: &[i64]) -> Option<Instant> {
    match random.below(6) {
        0 | 1 => None,
        5 => coincidence(random, now, marks).map(instant),
        2 => Some(instant(now + random.below(2 * HOUR as u64) as i64 + 1)),
        // Days that several grants share.
        3 => Some(instant((now / DAY + 1 + random.below(40) as i64) * DAY)),
        _ => Some(instant(now - DAY + random.below(3 * DAY as u64) as i64)),
    }
}

fn item(random: &mut Random) -> Box<str> {
    // Few, so that most are granted, reversed and reinstated again and again.
    let mut id = String::from("item-");
    id.push(char::from(b'a' + random.below(6) as u8));
    id.into()
}

fn share(random: &mut Random) -> Share {
    let whole = random.pick(&[1, 3, 7, 1_000_000, 9_990_000]);
    let refunded = match random.below(4) {
        0 => 0,
        1 => whole,
        _ => random.below(whole + 1),
    };
    let credits = |n: u64| Credits::from_micro(n as i64);
    Share::new(credits(refunded), credits(whole)).expect("at most the whole")
}

fn term(random: &mut Random, now: i64) -> Term {
    match random.below(8) {
        0 => Term::Open,
        1 => Term::Until(instant(now + random.below(80 * DAY as u64) as i64)),
        _ => Term::Months(random.below(4) as u32),
    }
}

fn plan(random: &mut Random) -> Box<str> {
    random.pick(&["free", "basic", "plus", "pro", "unlimited", "unknown"]).into()
}

fn grant(random: &mut Random, now: i64, marks: &[i64]) -> Op {
    let kind = match random.below(8) {
        0 => GrantKind::Refund,
        1 | 2 => GrantKind::Bonus,
        _ => GrantKind::Purchase,
    };
    let bought = kind == GrantKind::Purchase;
    let of_item = kind != GrantKind::Refund && !random.one_in(5);
    let effective_at = random.one_in(4).then(|| instant(now - random.below(HOUR as u64) as i64));
    Op::Grant {
        kind,
        amount: amount(random),
        bonus: if bought && random.one_in(3) { amount(random) } else { Credits::ZERO },
        order_item: of_item.then(|| item(random)),
        priority: random.pick(&[50, 50, 50, 10, 90]),
        effective_at,
        expires_at: expiry(random, now, marks),
    }
}

/// A request; `holds` is how many were opened, `marks` when things will happen.
pub fn request(random: &mut Random, step: usize, now: i64, holds: u64, marks: &[i64]) -> Request {
    let hold = |random: &mut Random| match random.below(12) {
        0 => random.below(holds + 3),
        _ => holds.saturating_sub(random.below(3)).max(1),
    };
    let occurred = |random: &mut Random| {
        let ago = random.below(36 * DAY as u64) as i64 - 6 * MINUTE;
        random.one_in(6).then(|| instant(now - ago))
    };
    let op = match random.below(40) {
        0..6 => grant(random, now, marks),
        6..14 => {
            Op::Use { mode: mode(random), charge: charge(random), occurred_at: occurred(random) }
        }
        14..20 => {
            let longest = random.pick(&[HOUR, 7 * DAY]);
            Op::Hold {
                mode: mode(random),
                charge: charge(random),
                duration_ms: match coincidence(random, now, marks) {
                    Some(at) if at - now <= 7 * DAY && random.one_in(2) => at - now,
                    _ => 1 + random.below(longest as u64) as i64,
                },
            }
        }
        20..25 => Op::Settle {
            hold: hold(random),
            mode: mode(random),
            charge: charge(random),
            occurred_at: occurred(random),
        },
        25..27 => Op::Release { hold: hold(random) },
        27..32 => Op::Reverse { order_item: item(random), share: share(random) },
        32 => Op::Reinstate { order_item: item(random), share: share(random) },
        33 => Op::Add { amount: amount(random), expires_at: expiry(random, now, marks) },
        34 => Op::Take { amount: amount(random) },
        35 | 36 => Op::Subscribe {
            plan: plan(random),
            term: term(random, now),
            started_at: random
                .one_in(3)
                .then(|| instant(now - random.below(70 * DAY as u64) as i64)),
        },
        37 => Op::Renew { term: term(random, now) },
        38 => Op::ChangePlan { plan: plan(random) },
        _ if random.one_in(3) => Op::Cancel,
        _ => Op::ChangePlan { plan: plan(random) },
    };
    let reason = (!random.one_in(3)).then(|| "no reply".into());
    Request { id: format!("request-{step}"), note: Note { reason, ..Note::default() }, op }
}
