//! What the page hands over: filters, the agents' styles, labels, offers, plans.

use crate::core::activity::{Dimension, Filter};
use crate::core::advisor::PlanOffer;
use crate::core::{Package, Price};
use crate::error::{Code, Error, Result};
use crate::view::dashboard::{AgentStyle, Days, Family, QuantityUnit};
use crate::wire::activity::parse_day;
use crate::wire::fields::{Fields, invalid, read};
use crate::wire::ledger_settings::plan;
use crate::wire::package::{CreditsMap, Product, packages, price};
use crate::wire::value::Value;

/// What is looked at.
pub(super) struct Asked {
    pub days: Days,
    /// The keys alone; its days are still to be set.
    pub filter: Filter,
    pub search: String,
}

impl Asked {
    /// Reads `{days | from, to, agent, feature, model, type, site, company, search}`.
    ///
    /// # Errors
    /// `snapshot_invalid`, `time_invalid`, `period_invalid`, naming the field.
    pub fn read(value: &Value) -> Result<Asked> {
        let asked = read(value, |fields| {
            let day = |name| fields.optional_text(name).map(parse_day).transpose();
            let mut filter = Filter::all();
            for dimension in Dimension::ALL {
                if let Some(key) = fields.optional_text(dimension.as_str()) {
                    filter = filter.with(dimension, key);
                }
            }
            let between =
                (fields.accept_at("from", day("from")), fields.accept_at("to", day("to")));
            let days = match between {
                (Some(Some(from)), Some(Some(to))) => Days::Between(from, to),
                _ => last_days(fields),
            };
            let search = fields.optional_string("search").unwrap_or_default();
            Asked { days, filter, search }
        })?;
        match asked.days {
            Days::Between(from, to) if from > to => {
                Err(Error::new(Code::PeriodInvalid, "the last day lies before the first").at("to"))
            }
            _ => Ok(asked),
        }
    }
}

fn last_days(fields: Fields<'_>) -> Days {
    match fields.optional_text("days").unwrap_or("30") {
        "all" => Days::All,
        "7" => Days::Last(7),
        "30" => Days::Last(30),
        "90" => Days::Last(90),
        _ => {
            fields.refuse(invalid("is 7, 30, 90 or all", "days"));
            Days::All
        }
    }
}

/// What the page counts: its name, and how often on which day.
pub(super) struct Events {
    pub name: String,
    pub days: Vec<(i64, u64)>,
}

/// Reads the page's own events; none where there are none.
///
/// # Errors
/// `snapshot_invalid`, `time_invalid` or `quantity_invalid`, naming the field.
pub(super) fn events(value: &Value) -> Result<Option<Events>> {
    if *value == Value::Null {
        return Ok(None);
    }
    let day = |fields: Fields<'_>| {
        let day = fields.accept_at("day", parse_day(fields.text("day")));
        (day.unwrap_or(0), fields.whole("count"))
    };
    let found = read(value, |fields| Events {
        name: fields.string("name"),
        days: fields.list("events", day),
    })?;
    let counts: Vec<u64> = found.days.iter().map(|(_, count)| *count).collect();
    crate::core::advisor::value(&[], &counts)?;
    Ok(Some(found))
}

/// Reads the agents' styles.
pub(super) fn styles(value: &Value) -> Result<Vec<AgentStyle>> {
    let Value::List(rows) = value else { return Err(invalid("is no list", "agents")) };
    let style = |fields: Fields<'_>| {
        let family = fields.text("family");
        let unit = fields.text("unit");
        let known = Family::ALL.into_iter().find(|each| each.as_str() == family);
        let counted = QuantityUnit::ALL.into_iter().find(|each| each.as_str() == unit);
        AgentStyle {
            key: fields.string("key"),
            family: known.unwrap_or(Family::Other),
            unit: counted.unwrap_or(QuantityUnit::Use),
        }
    };
    rows.iter().map(|row| read(row, style)).collect()
}

/// Every label that is given for a key of a dimension.
pub(super) fn labels(value: &Value) -> Vec<(Dimension, &str, &str)> {
    let mut found = Vec::new();
    let Value::Fields(dimensions) = value else { return found };
    for dimension in Dimension::ALL {
        let given = dimensions.iter().find(|(name, _)| name == dimension.as_str());
        let Some((_, Value::Fields(labels))) = given else { continue };
        for (key, label) in labels {
            if let Value::Text(label) = label {
                found.push((dimension, &**key, label.as_str()));
            }
        }
    }
    found
}

pub(super) struct Offered {
    pub packages: Vec<Package>,
    pub plans: Vec<PlanOffer>,
    pub refused: u32,
}

/// Reads what is on offer.
pub(super) fn offers(mut value: Value) -> Result<Offered> {
    let products = match take(&mut value, "products") {
        Value::List(products) => products.into_iter().map(Product).collect(),
        _ => Vec::new(),
    };
    let map = CreditsMap(take(&mut value, "credits_map"));
    let (packages, refusals) = packages(&products, &map)?;
    let plans = match take(&mut value, "plans") {
        Value::List(rows) => {
            rows.iter().filter_map(|row| plan_offer(row, &packages).ok()).collect()
        }
        _ => Vec::new(),
    };
    Ok(Offered { packages, plans, refused: refusals.len() as u32 })
}

/// A plan with its price, which counts where it is in the packages' currency.
fn plan_offer(row: &Value, packages: &[Package]) -> Result<PlanOffer> {
    let (plan, price) =
        read(row, |fields| (plan(fields), fields.optional_nested("prices").map(price)))?;
    let same = |price: &Price| {
        let like = packages.first().map(|package| &package.price);
        like.is_some_and(|like| {
            (&like.currency, like.minor_unit) == (&price.currency, price.minor_unit)
        })
    };
    Ok(PlanOffer { plan, price: price.filter(same).map(|price| price.minor) })
}

fn take(value: &mut Value, name: &str) -> Value {
    let Value::Fields(fields) = value else { return Value::Null };
    let found = fields.iter_mut().find(|(own, _)| own == name);
    found.map(|(_, value)| std::mem::take(value)).unwrap_or_default()
}
