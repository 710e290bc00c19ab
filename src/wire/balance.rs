//! The balance as `GET /balance` answers it.

use serde::{Deserialize, Serialize};

use crate::core::{Balance, Credits, DEFAULT_PRIORITY, GrantKind, Level, PlanLine, Pool};
use crate::error::Result;
use crate::wire::fields::{Fields, invalid, read};
use crate::wire::value::Value;
use crate::wire::writer::{Writer, write_all};

/// More pools than any account shows: pools of one kind and one end are one.
const MAX_POOLS: usize = 10_000;

/// A balance on the wire: `version`, `as_of`, `available`, `posted`, `held`, `debt`, `unlimited`,
/// `unlimited_until`, `pools` of `{kind, available, held, expires_at}` and, where it is not 50,
/// `priority`; `level`, `alert` (the level of what is posted; without it as
/// `level`), and `plan` of `{key, name, allowance, cycle_ends_at}` or null. Amounts are
/// decimal strings: a JavaScript number is refused.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BalanceShape(pub Value);

impl BalanceShape {
    /// Reads every field, and that the figures fit each other.
    ///
    /// # Errors
    /// `amount_invalid`, `time_invalid`, `snapshot_invalid` or `snapshot_too_large`, naming the
    /// field.
    pub fn parse(&self) -> Result<Balance> {
        let balance = read(&self.0, balance)?;
        let free = balance.posted.checked_sub(balance.held)?.max(Credits::ZERO);
        if balance.available != free {
            return Err(invalid("available is not posted minus held", "available"));
        }
        Ok(balance)
    }
}

fn balance(fields: Fields<'_>) -> Balance {
    fields.check_length("pools", MAX_POOLS);
    let level = |name| fields.accept_at(name, Level::parse(fields.text(name)));
    let available = level("level").unwrap_or(Level::Depleted);
    let alert = if fields.has("alert") { level("alert") } else { None };
    Balance {
        version: fields.whole("version"),
        as_of: fields.instant("as_of"),
        available: fields.sum("available"),
        posted: fields.signed("posted"),
        held: fields.sum("held"),
        debt: fields.sum("debt"),
        unlimited: fields.flag("unlimited"),
        unlimited_until: fields.optional_instant("unlimited_until"),
        pools: fields.list("pools", pool),
        level: available,
        alert: alert.unwrap_or(available),
        plan: fields.optional_nested("plan").map(plan),
    }
}

fn pool(fields: Fields<'_>) -> Pool {
    Pool {
        priority: fields.optional_whole("priority").unwrap_or(DEFAULT_PRIORITY),
        kind: grant_kind(fields),
        available: fields.sum("available"),
        held: fields.sum("held"),
        expires_at: fields.optional_instant("expires_at"),
    }
}

pub(crate) fn grant_kind(fields: Fields<'_>) -> GrantKind {
    let kind = GrantKind::parse(fields.text("kind"));
    fields.accept_at("kind", kind).unwrap_or(GrantKind::Adjustment)
}

fn plan(fields: Fields<'_>) -> PlanLine {
    PlanLine {
        key: fields.string("key"),
        name: fields.string("name"),
        allowance: fields.sum("allowance"),
        cycle_ends_at: fields.instant("cycle_ends_at"),
        started_at: fields.optional_instant("started_at"),
        paid_until: fields.optional_instant("paid_until"),
    }
}

impl From<&Balance> for BalanceShape {
    fn from(balance: &Balance) -> BalanceShape {
        let shape = Writer::default()
            .put("version", balance.version)
            .put("as_of", balance.as_of)
            .put("available", balance.available)
            .put("posted", balance.posted)
            .put("held", balance.held)
            .put("debt", balance.debt)
            .put("unlimited", balance.unlimited)
            .put("unlimited_until", balance.unlimited_until)
            .put("pools", write_all(&balance.pools, pool_shape))
            .put("level", balance.level.as_str())
            .put("alert", balance.alert.as_str())
            .put("plan", balance.plan.as_ref().map(plan_shape))
            .done();
        BalanceShape(shape)
    }
}

fn pool_shape(pool: &Pool) -> Value {
    let priority = Some(pool.priority).filter(|priority| *priority != DEFAULT_PRIORITY);
    Writer::default()
        .put_some("priority", priority)
        .put("kind", pool.kind.as_str())
        .put("available", pool.available)
        .put("held", pool.held)
        .put("expires_at", pool.expires_at)
        .done()
}

fn plan_shape(plan: &PlanLine) -> Value {
    Writer::default()
        .put("key", &*plan.key)
        .put("name", &*plan.name)
        .put("allowance", plan.allowance)
        .put("cycle_ends_at", plan.cycle_ends_at)
        .put_some("started_at", plan.started_at)
        .put_some("paid_until", plan.paid_until)
        .done()
}
