//! The ledger's settings: zone, plans, rate cards, policies.

use serde::{Deserialize, Serialize};

use crate::core::digits::decimal_text;
use crate::core::ledger::Settings;
use crate::core::rate_card::parse_rate;
use crate::core::{
    Credits, Instant, Plan, Rate, RateCard, RateCards, Threshold, Thresholds, Unit, Zone,
};
use crate::error::{Code, Error, Result};
use crate::wire::fields::{Fields, read};
use crate::wire::value::Value;
use crate::wire::writer::{Writer, write_all};

/// Settings on the wire: `zone`, `plans`, `rate_cards`, `forgive_shortfall`, `thresholds`. What is
/// left out is as in a new account: UTC, no plans, no rates, shortfalls are debt, levels at 20 %
/// and 5 %.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SettingsShape(pub Value);

/// Where the levels begin, on the wire: `low` and `critical`, each `{share}` in permille of the
/// base or `{amount}` in credits; the amount counts where both stand.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ThresholdsShape(pub Value);

/// A rate card on the wire: `version`, `effective_at`, `quantum`, and `rates` of `{feature, unit,
/// credits}`, \[`model`, `increment_s`\].
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RateCardShape(pub Value);

impl SettingsShape {
    /// Reads zone and rate cards alone: what a dashboard needs of them.
    ///
    /// # Errors
    /// `zone_invalid`, `rate_card_invalid`, `amount_invalid` and the like, naming the field.
    pub fn zone_and_rates(&self) -> Result<(Zone, Option<RateCards>)> {
        read(&self.0, zone_and_rates)
    }

    /// Reads every field, and what the parts of the settings themselves ask for.
    ///
    /// # Errors
    /// `zone_invalid`, `plan_invalid`, `rate_card_invalid`, `amount_invalid` and the like, naming
    /// the field.
    pub fn parse(&self) -> Result<Settings> {
        read(&self.0, settings)
    }
}

impl RateCardShape {
    /// Reads every field; the card as a whole is checked with the settings.
    ///
    /// # Errors
    /// `rate_card_invalid`, `amount_invalid` or `time_invalid`, naming the field.
    pub fn parse(&self) -> Result<RateCard> {
        read(&self.0, rate_card)
    }
}

impl ThresholdsShape {
    /// Reads both.
    ///
    /// # Errors
    /// `field_invalid`, `amount_invalid`, `amount_out_of_range` or `snapshot_invalid`, naming
    /// `low` or `critical`.
    pub fn parse(&self) -> Result<Thresholds> {
        read(&self.0, thresholds)?
    }
}

fn thresholds(fields: Fields<'_>) -> Result<Thresholds> {
    Thresholds::of(threshold(fields, "low")?, threshold(fields, "critical")?)
}

pub(super) fn settings(fields: Fields<'_>) -> Settings {
    // Accounts that were stored before a customer could choose have the usual ones in other words.
    let chosen = fields.optional_nested("thresholds").filter(|fields| fields.has("low"));
    let thresholds = chosen.map(thresholds);
    let (zone, rates) = zone_and_rates(fields);
    let settings = Settings {
        zone,
        plans: fields.optional_list("plans", plan),
        rates,
        forgive_shortfall: fields.optional_flag("forgive_shortfall"),
        thresholds: thresholds.and_then(|read| fields.accept(read)).unwrap_or_default(),
    };
    fields.accept(settings.validate());
    settings
}

fn zone_and_rates(fields: Fields<'_>) -> (Zone, Option<RateCards>) {
    let zone = fields.optional_nested("zone").map(zone);
    let cards = fields.optional_list("rate_cards", rate_card);
    let rates = (!cards.is_empty()).then(|| RateCards::new(cards));
    let zone = zone.and_then(|zone| fields.accept(zone)).unwrap_or(Zone::utc());
    (zone, rates.and_then(|rates| fields.accept(rates)))
}

/// Refusals name the level, whose field in a form it is.
fn threshold(fields: Fields<'_>, name: &'static str) -> Result<Threshold> {
    let one = fields.nested(name);
    if one.has("amount") {
        let amount = Credits::parse(one.text_of("amount", name).unwrap_or_default());
        amount.map(Threshold::Amount).map_err(|error| error.at(name))
    } else {
        Ok(Threshold::Share(one.whole_of("share", name)))
    }
}

/// Offsets in seconds east of UTC: before the first transition, and from each on.
pub(super) fn zone(fields: Fields<'_>) -> Result<Zone> {
    let transitions = fields.optional_list("transitions", |fields| {
        let at = fields.accept_at("zone", Instant::parse(fields.text("at")));
        (at.unwrap_or(Instant::EPOCH), fields.whole("offset_s"))
    });
    Zone::new(fields.whole("base_offset_s"), transitions)
}

pub(crate) fn plan(fields: Fields<'_>) -> Plan {
    Plan {
        key: fields.string("key"),
        name: fields.string("name"),
        level: fields.whole("level"),
        allowance: fields.amount("allowance"),
        unlimited: fields.optional_flag("unlimited"),
        rollover_cap: fields.optional_amount("rollover_cap"),
        features: fields.optional_texts("features"),
    }
}

fn rate_card(fields: Fields<'_>) -> RateCard {
    RateCard {
        version: fields.whole("version"),
        effective_at: fields.instant("effective_at"),
        quantum: fields.amount("quantum"),
        rates: fields.list("rates", rate),
    }
}

fn rate(fields: Fields<'_>) -> Rate {
    // A call minute is charged whole unless the card says otherwise.
    let increment_s = fields.optional_whole("increment_s").unwrap_or(60);
    let minute = Unit::CallMinute { increment_s };
    let units =
        [Unit::Message, minute, Unit::InputTokens, Unit::OutputTokens, Unit::Image, Unit::Use];
    let name = fields.text("unit");
    let unit = units.into_iter().find(|unit| unit.as_str() == name);
    let credits = fields.accept_at("credits", parse_rate(fields.text("credits")));
    Rate {
        feature: fields.string("feature"),
        model: fields.optional_string("model"),
        unit: unit.unwrap_or_else(|| {
            fields.refuse(Error::new(Code::RateCardInvalid, "no such unit").at("unit"));
            minute
        }),
        credits: credits.unwrap_or_default(),
    }
}

pub(super) fn settings_shape(settings: &Settings) -> Value {
    let rate_cards = settings.rates.as_ref().map_or(&[][..], RateCards::all);
    Writer::default()
        .put("zone", zone_shape(&settings.zone))
        .put("plans", write_all(&settings.plans, plan_shape))
        .put("rate_cards", write_all(rate_cards, rate_card_shape))
        .put("forgive_shortfall", settings.forgive_shortfall)
        .put("thresholds", ThresholdsShape::from(settings.thresholds).0)
        .done()
}

impl From<Thresholds> for ThresholdsShape {
    fn from(thresholds: Thresholds) -> ThresholdsShape {
        let one = |threshold| match threshold {
            Threshold::Share(permille) => {
                Writer::default().put("share", u32::from(permille)).done()
            }
            Threshold::Amount(amount) => Writer::default().put("amount", amount).done(),
        };
        let (low, critical) = (one(thresholds.low()), one(thresholds.critical()));
        ThresholdsShape(Writer::default().put("low", low).put("critical", critical).done())
    }
}

pub(super) fn zone_shape(zone: &Zone) -> Value {
    let transition = |(at, offset_s): &(Instant, i32)| {
        Writer::default().put("at", *at).put("offset_s", *offset_s).done()
    };
    Writer::default()
        .put("base_offset_s", zone.base_offset_s())
        .put("transitions", write_all(zone.transitions(), transition))
        .done()
}

fn plan_shape(plan: &Plan) -> Value {
    Writer::default()
        .put("key", &*plan.key)
        .put("name", &*plan.name)
        .put("level", plan.level)
        .put("allowance", plan.allowance)
        .put("unlimited", plan.unlimited)
        .put_amount("rollover_cap", plan.rollover_cap)
        .put("features", write_all(&plan.features, |feature| (&**feature).into()))
        .done()
}

fn rate_card_shape(card: &RateCard) -> Value {
    Writer::default()
        .put("version", card.version)
        .put("effective_at", card.effective_at)
        .put("quantum", card.quantum)
        .put("rates", write_all(&card.rates, rate_shape))
        .done()
}

fn rate_shape(rate: &Rate) -> Value {
    let increment_s = match rate.unit {
        Unit::CallMinute { increment_s } => Some(increment_s),
        _ => None,
    };
    Writer::default()
        .put("feature", &*rate.feature)
        .put_some("model", rate.model.as_deref())
        .put("unit", rate.unit.as_str())
        .put_some("increment_s", increment_s)
        .put("credits", decimal_text(rate.credits))
        .done()
}
