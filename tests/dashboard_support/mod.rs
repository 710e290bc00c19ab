//! Accounts to paint: what they used on which day, what they have, what is sold to them.

// Not every test program uses every part.
#![allow(dead_code)]

pub mod offers;

use nivella_credits::core::activity::{Activity, Row};
use nivella_credits::core::civil::Date;
use nivella_credits::core::{
    Balance, Credits, DEFAULT_PRIORITY, EntryKind, GrantKind, Instant, Level, Package, PlanLine,
    Pool, Price, Zone,
};
use nivella_credits::view::dashboard::{AgentStyle, Family, QuantityUnit};

pub fn credits(text: &str) -> Credits {
    Credits::parse_signed(text).unwrap()
}

pub fn at(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

/// Noon of the day on which everything is read: a Saturday.
pub fn now() -> Instant {
    at("2026-11-21T12:00:00Z")
}

/// Days since 1970 of a civil day.
pub fn day(text: &str) -> i64 {
    Zone::utc().date_of(at(&format!("{text}T00:00:00Z"))).days()
}

/// Noon of a day in UTC.
pub fn noon(day: i64) -> Instant {
    Instant::from_ms(day * 86_400_000 + 43_200_000).unwrap()
}

pub fn text(day: i64) -> String {
    let Date { year, month, day } = Date::from_days(day);
    format!("{year:04}-{month:02}-{day:02}")
}

/// A use of one credit by the chat.
pub fn one(seq: u64, occurred_at: Instant) -> Row<'static> {
    Row {
        seq,
        kind: EntryKind::Use,
        keys: ["chat", "chat_reply", "swift", "message", "shop", ""],
        occurred_at,
        booked_at: occurred_at,
        amount: credits("-1"),
        credits: credits("1"),
        waived: Credits::ZERO,
        messages: 1,
        call_ms: 0,
        images: 0,
        rate_version: Some(1),
        reason: "",
        details: "",
    }
}

pub fn cost(row: Row<'static>, amount: Credits) -> Row<'static> {
    Row { credits: amount, amount: Credits::from_micro(-amount.micro()), ..row }
}

/// An activity of these rows, in UTC.
pub fn activity(rows: &[Row<'_>]) -> Activity {
    let mut activity = Activity::new(Zone::utc(), now());
    for row in rows {
        activity.add_row(row).unwrap();
    }
    activity
}

/// One use a day by the chat: the first amount was used on the day before today less the others.
pub fn daily(amounts: &[Credits]) -> Activity {
    let today = day("2026-11-21");
    let days = (today - amounts.len() as i64)..today;
    let rows =
        days.zip(amounts).zip(1..).map(|((day, amount), seq)| cost(one(seq, noon(day)), *amount));
    activity(&rows.collect::<Vec<_>>())
}

pub fn pool(kind: GrantKind, available: &str, held: &str, expires: Option<&str>) -> Pool {
    Pool {
        priority: DEFAULT_PRIORITY,
        kind,
        available: credits(available),
        held: credits(held),
        expires_at: expires.map(at),
    }
}

/// A balance of these pools.
pub fn balance(pools: &[Pool]) -> Balance {
    let sum = |take: fn(&Pool) -> Credits| {
        pools.iter().map(take).fold(Credits::ZERO, Credits::saturating_add)
    };
    let (available, held) = (sum(|pool| pool.available), sum(|pool| pool.held));
    Balance {
        version: 1,
        as_of: now(),
        available,
        posted: available.saturating_add(held),
        held,
        debt: Credits::ZERO,
        unlimited: false,
        unlimited_until: None,
        pools: pools.to_vec(),
        level: Level::Ok,
        alert: Level::Ok,
        plan: None,
    }
}

/// A plan of 1,500 credits whose cycle ends then.
pub fn plan(started: Option<&str>, ends: &str) -> PlanLine {
    PlanLine {
        key: "growth".to_owned(),
        name: "Growth".to_owned(),
        allowance: credits("1500"),
        cycle_ends_at: at(ends),
        started_at: started.map(at),
        paid_until: None,
    }
}

pub fn package(id: &str, amount: &str, minor: i64, validity_days: Option<u32>) -> Package {
    let price = Price {
        minor,
        minor_unit: 2,
        currency: "USD".to_owned(),
        prefix: "$".to_owned(),
        suffix: String::new(),
        decimal_separator: ".".to_owned(),
        thousand_separator: ",".to_owned(),
    };
    Package {
        id: id.to_owned(),
        name: format!("{amount} AI Credits"),
        credits: credits(amount),
        bonus: Credits::ZERO,
        validity_days,
        price,
        unavailable: None,
        max_quantity: 99,
    }
}

pub fn styles() -> Vec<AgentStyle> {
    let style = |key: &str, family, unit| AgentStyle { key: key.to_owned(), family, unit };
    vec![
        style("chat", Family::Chat, QuantityUnit::Reply),
        style("voice_inbound", Family::Voice, QuantityUnit::Minute),
        style("auto_trigger", Family::Auto, QuantityUnit::Run),
        style("nox", Family::Auto, QuantityUnit::Image),
    ]
}
