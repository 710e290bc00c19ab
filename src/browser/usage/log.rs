//! The log's rows and a row's receipt.

use wasm_bindgen::prelude::*;

use crate::browser::errors::to_js;
use crate::browser::shapes::{from_js, to_js_value};
use crate::browser::usage::asked::Asked;
use crate::browser::usage::painted::{day_text, say};
use crate::browser::usage::{JsResult, Usage};
use crate::core::activity::{Dimension, Row, View};
use crate::core::digits::{digits, push_digits};
use crate::core::{Credits, GrantKind, Instant};
use crate::error::Result;
use crate::view::dashboard::{Arg, entry_tone, entry_words, family_of, range};
use crate::view::pools::PoolName;
use crate::wire::balance::grant_kind;
use crate::wire::fields::{Fields, read};
use crate::wire::value::Value;
use crate::wire::writer::Writer;

const DAY_S: i64 = 86_400;

#[wasm_bindgen]
impl Usage {
    /// Looks for the rows of a filter from now on; [`Usage::find`] does the work.
    pub fn look(&mut self, filter: JsValue) -> JsResult<()> {
        let asked = Asked::read(&from_js(&filter)?).map_err(to_js)?;
        let today = self.day(self.activity.as_of());
        let mut filter = asked.filter;
        range(&self.activity, asked.days, today, &mut filter);
        self.log = View::new(filter, &asked.search);
        Ok(())
    }

    /// Looks through about so many more rows; true when it is through.
    pub fn find(&mut self, rows: u32) -> bool {
        self.log.advance(&self.activity, rows as usize)
    }

    /// How many rows were found so far.
    pub fn found(&self) -> f64 {
        self.log.len() as f64
    }

    /// Rows of what was found, newest first.
    pub fn rows(&self, from: u32, count: u32) -> JsValue {
        let places = from as usize..(from as usize).saturating_add(count as usize);
        let rows = places.map_while(|place| self.log.row(&self.activity, place));
        to_js_value(&Value::List(rows.map(|row| self.row_value(&row)).collect()))
    }

    /// The receipt of one entry, from the ledger's answer.
    pub fn receipt(&self, answer: JsValue) -> JsResult<JsValue> {
        let receipt = from_js(&answer).map(|answer| self.receipt_value(&answer))?;
        receipt.map(|receipt| to_js_value(&receipt)).map_err(to_js)
    }
}

/// What one grant gave.
struct Drawn {
    kind: GrantKind,
    since: Instant,
    expires: Option<Instant>,
    amounts: [Credits; 3],
}

fn drawn(fields: Fields<'_>) -> Drawn {
    Drawn {
        kind: grant_kind(fields),
        since: fields.instant("effective_at"),
        expires: fields.optional_instant("expires_at"),
        amounts: ["amount", "before", "after"].map(|name| fields.sum(name)),
    }
}

/// A line of the rate card, in units of business.
fn rate_line(fields: Fields<'_>) -> Value {
    let unit = match fields.text("unit") {
        "message" => "reply",
        "call_minute" => "minute",
        other => other,
    };
    let quantity = fields.optional_whole::<u64>("quantity").map(digits);
    Writer::default()
        .put("unit", unit)
        .put_some("quantity", quantity)
        .put_some("rate", fields.optional_text("rate"))
        .put("product", fields.text("product"))
        .done()
}

impl Usage {
    fn receipt_value(&self, answer: &Value) -> Result<Value> {
        read(answer, |fields| {
            let rate = fields.optional_nested("rate").map(|fields| {
                Writer::default()
                    .put("version", digits(fields.whole("version")))
                    .put("since", self.day_of(fields.instant("effective_at")))
                    .put("lines", Value::List(fields.optional_list("lines", rate_line)))
                    .done()
            });
            let draws = fields.optional_list("draws", drawn);
            let draws = draws.iter().map(|draw| self.draw_value(draw)).collect();
            let hold = fields.optional_nested("hold").map(|fields| {
                Writer::default()
                    .put("amount", fields.sum("amount"))
                    .put("at", self.moment(fields.instant("booked_at")))
                    .done()
            });
            let purchase =
                fields.optional_nested("purchase").map(|fields| self.purchase_value(fields));
            let row = self.activity.row(fields.nested("row").whole("seq"));
            Writer::default()
                .put("row", row.map(|row| self.row_value(&row)))
                .put("rate", rate)
                .put("draws", Value::List(draws))
                .put("hold", hold)
                .put("purchase", purchase)
                .done()
        })
    }

    /// The order behind a grant, as its receipt says it.
    fn purchase_value(&self, fields: Fields<'_>) -> Value {
        let line = |fields: Fields<'_>| {
            Writer::default()
                .put("name", fields.text("name"))
                .put("text", fields.text("text"))
                .done()
        };
        Writer::default()
            .put("store", fields.text("store"))
            .put("order", fields.text("order"))
            .put("at", self.moment(fields.instant("at")))
            .put("package", fields.text("package"))
            .put("credits", fields.sum("credits"))
            .put("bonus", fields.sum("bonus"))
            .put("expires", fields.optional_instant("expires_at").map(|at| self.day_of(at)))
            .put("price", fields.text("price"))
            .put("lines", Value::List(fields.optional_list("lines", line)))
            .done()
    }

    fn draw_value(&self, draw: &Drawn) -> Value {
        let [amount, before, after] = draw.amounts;
        Writer::default()
            .put("pool", PoolName::of(draw.kind).word())
            .put("since", self.day_of(draw.since))
            .put("expires", draw.expires.map(|end| self.day_of(end)))
            .put("amount", amount)
            .put("before", before)
            .put("after", after)
            .done()
    }

    fn row_value(&self, row: &Row<'_>) -> Value {
        let [agent, _, model, _, site, company] = row.keys;
        let some = |dimension, key: &str| (!key.is_empty()).then(|| self.named(dimension, key));
        let label = |dimension, key| match self.labels.get(dimension, key) {
            "" => key.to_owned(),
            label => label.to_owned(),
        };
        let family = (!agent.is_empty()).then(|| family_of(&self.styles, agent).as_str());
        let words = entry_words(row);
        let named = |(_, arg): &(_, Arg)| matches!(arg, Arg::Text(text) if text == row.details);
        let details = if words.args.iter().any(named) { "" } else { row.details };
        Writer::default()
            .put("seq", row.seq)
            .put("at", self.moment(row.occurred_at))
            .put("kind", entry_tone(row).as_str())
            .put("what", say(&self.labels, &words))
            .put("agent", some(Dimension::Agent, agent))
            .put("family", family)
            .put("model", some(Dimension::Model, model))
            .put("site", label(Dimension::Site, site))
            .put("company", label(Dimension::Company, company))
            .put("details", if row.reason.is_empty() { details } else { row.reason })
            .put("amount", row.amount)
            .done()
    }

    fn day_of(&self, at: Instant) -> String {
        day_text(self.day(at))
    }

    /// The clock on the wall of the account's zone, to the second.
    pub(super) fn moment(&self, at: Instant) -> String {
        let offset_s = i64::from(self.activity.zone().offset_at(at));
        let seconds = at.ms().div_euclid(1_000).saturating_add(offset_s);
        let mut text = day_text(seconds.div_euclid(DAY_S));
        let clock = seconds.rem_euclid(DAY_S);
        for (mark, part) in [('T', clock / 3_600), (':', clock / 60 % 60), (':', clock % 60)] {
            text.push(mark);
            push_digits(&mut text, part.unsigned_abs(), 2);
        }
        text
    }
}
