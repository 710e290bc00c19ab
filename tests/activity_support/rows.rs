//! A busy agency's year, row by row: six agents, eight features, four models, six sites, forty
//! companies, working days and nights, failures, waived work, grants and expiries in between.

use nivella_credits::core::activity::Row;
use nivella_credits::core::{Credits, EntryKind, Instant};

use super::as_of;

/// A row that owns its texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    pub row: Row<'static>,
    pub keys: [String; 6],
    pub reason: String,
    pub details: String,
}

impl Own {
    pub fn of(row: &Row<'_>) -> Own {
        Own {
            row: Row { keys: [""; 6], reason: "", details: "", ..*row },
            keys: row.keys.map(str::to_owned),
            reason: row.reason.to_owned(),
            details: row.details.to_owned(),
        }
    }

    pub fn row(&self) -> Row<'_> {
        Row {
            keys: self.keys.each_ref().map(String::as_str),
            reason: &self.reason,
            details: &self.details,
            ..self.row
        }
    }
}

/// Numbers that follow from the seed alone.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % end.max(1)
    }

    /// The small numbers more often than the large ones.
    fn rank(&mut self, end: u64) -> u64 {
        let (first, second) = (self.below(end), self.below(end));
        first.min(second).min(self.below(end))
    }
}

/// Agent, feature, type, unit price in micro-credits, how often of 100.
const WORK: [(&str, &str, &str, i64, u64); 8] = [
    ("chat", "chat_reply", "message", 1_000_000, 38),
    ("chat", "knowledge_answer", "message", 1_500_000, 20),
    ("voice_inbound", "voice_call", "call", 8_000_000, 12),
    ("voice_outbound", "voice_call", "call", 9_500_000, 6),
    ("voice_web", "voice_call", "call", 7_250_000, 7),
    ("auto_trigger", "workflow_run", "use", 2_000_000, 8),
    ("nox", "image", "image", 12_500_000, 4),
    ("nox", "summary", "use", 500_000, 5),
];
const MODELS: [&str; 4] = ["standard", "fast", "premium", "reasoning"];
const SUBJECTS: [&str; 10] = [
    "opening hours",
    "delivery of an order",
    "a refund, please",
    "booking for two",
    "price of a gift card",
    "Öffnungszeiten",
    "where is my parcel?",
    "a call back \"today\"",
    "appointment moved",
    "sizes and colours",
];
/// Rows lie on this many days.
pub const DAYS: u64 = 365;

/// Hands over `count` rows, from the oldest (sequence number 1) to the newest.
pub fn each(count: u64, seed: u64, mut take: impl FnMut(&Row<'_>)) {
    let mut random = Random::new(seed);
    let end_ms = as_of().ms() - 60_000;
    let mut details = String::new();
    for index in 0..count {
        // Evenly over the year, an hour up or down, nights emptier than days.
        let even_ms = (DAYS * 86_400_000) * (index + 1) / count;
        let mut ms = end_ms - (DAYS * 86_400_000) as i64 + even_ms as i64;
        ms -= random.below(3_600_000) as i64;
        if (ms / 3_600_000) % 24 < 5 && random.below(3) > 0 {
            ms -= 6 * 3_600_000;
        }
        let late_ms = if random.below(100) == 0 { 36 * 3_600_000 } else { 4_000 };
        let booked_ms = (ms + random.below(late_ms) as i64).min(end_ms);
        let company = format!("Company {:02}", random.rank(40));
        let site = format!("site-{}", random.rank(6));
        let model = MODELS[random.rank(4) as usize];
        let (agent, feature, usage, price, _) = pick(random.below(100));
        let amount = random.below(60) as i64 + 1;
        let mut row = Row {
            seq: index + 1,
            kind: if usage == "call" { EntryKind::Settle } else { EntryKind::Use },
            keys: [agent, feature, model, usage, &site, &company],
            occurred_at: Instant::from_ms(ms).unwrap(),
            booked_at: Instant::from_ms(booked_ms.max(ms)).unwrap(),
            amount: Credits::ZERO,
            credits: Credits::from_micro(price + amount * 10_000),
            waived: Credits::ZERO,
            messages: u32::from(usage == "message"),
            call_ms: if usage == "call" { 60_000 + amount as u32 * 1_250 } else { 0 },
            images: u32::from(usage == "image"),
            rate_version: Some(if index * 2 < count { 3 } else { 4 }),
            reason: "",
            details: "",
        };
        match random.below(100) {
            0 | 1 => (row.credits, row.reason) = (Credits::ZERO, "no answer from the model"),
            2 => (row.credits, row.waived) = (Credits::ZERO, row.credits),
            _ => {}
        }
        row.amount = Credits::from_micro(-row.credits.micro());
        details.clear();
        let subject = SUBJECTS[random.below(10) as usize];
        details.push_str(&format!("Conversation {}: {subject}", 100_000 + index / 3));
        row.details = &details;
        if index % 5_000 == 4_999 {
            row = Row { kind: EntryKind::Grant, keys: ["", "", "", "grant", "", ""], ..row };
            row.amount = Credits::from_micro(5_000_000_000);
            (row.credits, row.waived, row.rate_version) = (Credits::ZERO, Credits::ZERO, None);
            (row.messages, row.call_ms, row.images, row.reason) = (0, 0, 0, "");
        }
        take(&row);
    }
}

fn pick(mut percent: u64) -> (&'static str, &'static str, &'static str, i64, u64) {
    for work in WORK {
        if percent < work.4 {
            return work;
        }
        percent -= work.4;
    }
    WORK[0]
}

/// The rows, owned, the oldest first.
pub fn all(count: u64, seed: u64) -> Vec<Own> {
    let mut rows = Vec::new();
    each(count, seed, |row| rows.push(Own::of(row)));
    rows
}
