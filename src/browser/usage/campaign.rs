//! A campaign that is planned, and what to buy before it.

use rust_decimal::Decimal;
use wasm_bindgen::prelude::*;

use crate::browser::errors::to_js;
use crate::browser::shapes::{from_js, to_js_value};
use crate::browser::usage::painted::{day_text, list, say};
use crate::browser::usage::{JsResult, Usage};
use crate::core::activity::{Filter, View};
use crate::core::advisor::{
    Answer, Campaign, CampaignPlan, Item, Need, Typical, campaign, typical,
};
use crate::core::order::sorted;
use crate::core::rate_card::parse_rate;
use crate::core::{Credits, Price};
use crate::error::{Code, Error, Result};
use crate::view::dashboard::{Arg, Family, Say, about, family_of, pace};
use crate::wire::activity::parse_day;
use crate::wire::fields::read;
use crate::wire::value::Value;
use crate::wire::writer::Writer;

/// The account's own conversations of so many days tell what the next ones cost.
const TYPICAL_DAYS: i64 = 90;

struct Planned {
    visitors: u64,
    per_visitor: Decimal,
    from: i64,
    to: i64,
}

fn planned(value: &Value) -> Result<Planned> {
    read(value, |fields| {
        let per_visitor = parse_rate(fields.text("conversations"));
        let day = |name| fields.accept_at(name, parse_day(fields.text(name))).unwrap_or(0);
        Planned {
            visitors: fields.whole("visitors"),
            per_visitor: fields.accept_at("conversations", per_visitor).unwrap_or_default(),
            from: day("from"),
            to: day("to"),
        }
    })
}

#[wasm_bindgen]
impl Usage {
    /// Plans `{visitors, conversations, from, to}` on top of the usual use.
    pub fn campaign(&self, asked: JsValue) -> JsResult<JsValue> {
        let answer = planned(&from_js(&asked)?).and_then(|planned| self.plan(&planned));
        answer.map(|answer| to_js_value(&answer)).map_err(to_js)
    }
}

impl Usage {
    fn plan(&self, planned: &Planned) -> Result<Value> {
        let balance = self.balance()?;
        let zone = self.activity.zone();
        let today = self.day(balance.as_of);
        let invalid = |field| Error::new(Code::PeriodInvalid, "today or later, in order").at(field);
        let ahead = |day: i64, field| u32::try_from(day - today).map_err(|_| invalid(field));
        let from_day = ahead(planned.from, "from")?;
        let to_day = ahead(planned.to.saturating_add(1), "to")?;
        let typical = self.typical_conversation(today)?;
        let typical = typical.ok_or_else(|| {
            Error::new(Code::QuantityInvalid, "no conversation to tell from").at("conversations")
        })?;
        let usual = pace(&self.activity, balance.as_of, zone)?.per_day();
        let days = vec![usual.unwrap_or_default(); to_day as usize];
        let mut need = Need::of(balance, &self.offers.coming, zone, days);
        // What comes behind the campaign has no part in it.
        need.supplies.retain(|supply| supply.from_day < to_day);
        let (visitors, per_visitor) = (planned.visitors, planned.per_visitor);
        let cost = typical.mean;
        let asked = Campaign { visitors, per_visitor, from_day, to_day, cost };
        let plan = campaign(&need, &asked, &self.offers.packages)?;
        let have = need.supplies.iter().map(|supply| supply.amount);
        let have = have.fold(Credits::ZERO, Credits::saturating_add);
        Ok(self.campaign_value(&plan, today, have, &typical, usual))
    }

    /// What a conversation costs: rows of the chat that have the same words beside them are one.
    fn typical_conversation(&self, today: i64) -> Result<Option<Typical>> {
        let mut view = View::new(Filter::days(today - TYPICAL_DAYS, today), "");
        while !view.advance(&self.activity, usize::MAX) {}
        let mut costs: Vec<(&str, Credits)> = Vec::new();
        let mut below = u64::MAX;
        let styles = &self.styles;
        while view.next_rows(&self.activity, below, |_, row| {
            below = row.seq;
            let [agent, ..] = row.keys;
            if row.is_usage() && !row.has_failed() && family_of(styles, agent) == Family::Chat {
                costs.push((row.details, row.credits.saturating_add(row.waived)));
            }
        }) {}
        let words = |place: usize| costs.get(place).map_or("", |(details, _)| details);
        let mut each: Vec<Credits> = Vec::new();
        let mut before = "";
        for place in sorted(costs.len(), &|a, b| words(a) < words(b)) {
            let Some((details, cost)) = costs.get(place) else { continue };
            match each.last_mut().filter(|_| *details == before && !before.is_empty()) {
                Some(sum) => *sum = sum.saturating_add(*cost),
                None => each.push(*cost),
            }
            before = details;
        }
        typical(&each)
    }

    fn campaign_value(
        &self,
        plan: &CampaignPlan,
        today: i64,
        have: Credits,
        typical: &Typical,
        usual: Option<Credits>,
    ) -> Value {
        let advice = &plan.advice;
        let left = advice.items.iter().map(|item| item.left);
        let left = left.fold(advice.supply_left, Credits::saturating_add);
        let price = |minor| {
            let like = self.offers.packages.first().map(|package| package.price.clone());
            like.map(|like| Price { minor, ..like }.text())
        };
        let item = |item: &Item| {
            let package = self.offers.packages.get(item.package);
            let each = package.map_or(0, |package| package.price.minor);
            Writer::default()
                .put("id", package.map(|package| package.id.as_str()))
                .put("name", package.map(|package| package.name.as_str()))
                .put("quantity", item.quantity)
                .put("price", price(each.saturating_mul(item.quantity.into())))
                .done()
        };
        let talks = Say::plain("usage.evidence.talks")
            .with("amount", Arg::Amount(about(typical.mean)))
            .with("talks", Arg::Count(i64::try_from(plan.conversations).unwrap_or(i64::MAX)))
            .with("count", Arg::Count(i64::try_from(typical.count).unwrap_or(i64::MAX)));
        let pace = usual.map(|usual| {
            Say::plain("usage.evidence.pace").with("amount", Arg::Amount(about(usual)))
        });
        let mut evidence = vec![talks];
        evidence.extend(pace);
        evidence.push(match advice.answer {
            Answer::NotEnough => Say::plain("usage.evidence.not-enough"),
            Answer::TooLate => Say::plain("usage.evidence.too-late"),
            Answer::TooMany => Say::plain("usage.evidence.too-many"),
            Answer::Nothing | Answer::Buy => Say::plain("usage.evidence.compared"),
        });
        let by = (advice.answer == Answer::Buy).then(|| day_text(today + i64::from(plan.buy_day)));
        Writer::default()
            .put("answer", advice.answer.as_str())
            .put("need", about(advice.need))
            .put("have", about(have))
            .put("buy", list(&advice.items, item))
            .put("total", price(advice.price))
            .put("by", by)
            .put("left", about(left))
            .put("evidence", list(&evidence, |one| say(&self.labels, one)))
            .done()
    }
}
