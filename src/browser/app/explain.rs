//! "How credits work": the account's own plan and rate card in business words.

use wasm_bindgen::prelude::*;
use web_sys::ShadowRoot;

use crate::browser::app::balance::balance_from_js;
use crate::browser::app::dom::Parts;
use crate::browser::app::locale::Locale;
use crate::browser::app::rate_card::published_rates;
use crate::browser::app::rows::{Rows, write_static_texts};
use crate::browser::errors::to_js;
use crate::browser::shapes::from_js;
use crate::core::Instant;
use crate::view::rates::rate_rows;
use crate::wire::value::Value;

/// Paints the explanation.
#[wasm_bindgen]
pub struct ExplainPainter {
    locale: Locale,
    parts: Parts,
    rates: Rows,
}

#[wasm_bindgen]
impl ExplainPainter {
    /// Finds the template's list and writes its static texts.
    #[wasm_bindgen(constructor)]
    pub fn new(root: &ShadowRoot, locale: Locale) -> ExplainPainter {
        write_static_texts(root, &locale);
        let rates = Rows::new(root, "explain-rates", "explain-rate");
        ExplainPainter { locale, parts: Parts::of(root), rates }
    }

    /// Shows what is known: the balance and the rate card may be null, the shop's own words on
    /// refunds may be empty.
    pub fn paint(
        &mut self,
        balance: JsValue,
        rate_card: JsValue,
        refunds: String,
        now_ms: f64,
    ) -> Result<(), JsValue> {
        let now = Instant::from_ms(now_ms as i64).map_err(to_js)?;
        let plan = if balance.is_null() { None } else { balance_from_js(&balance)?.plan };
        let month = plan.filter(|plan| plan.renews()).map_or(String::new(), |plan| {
            let amount = self.locale.credits(plan.allowance);
            let date = self.locale.day(plan.cycle_ends_at, now);
            let arguments = [("amount", amount.as_str()), ("date", &date)];
            self.locale.text("explain.month", &arguments, Some(plan.allowance.floor()))
        });
        self.parts.text("explain-month", month);
        let own = !refunds.is_empty();
        let refunds = if own { refunds } else { self.locale.say("explain.refund.text") };
        self.parts.text("explain-refund", refunds);
        self.parts.show("explain-rates-part", !rate_card.is_null());
        if rate_card.is_null() {
            return Ok(());
        }
        self.paint_rates(&from_js(&rate_card)?, now).map_err(to_js)
    }

    fn paint_rates(&mut self, card: &Value, now: Instant) -> crate::Result<()> {
        let (rates, effective_at) = published_rates(card)?;
        let lines = rate_rows(rates);
        let locale = &self.locale;
        for (row, line) in self.rates.take(lines.len(), locale).iter_mut().zip(&lines) {
            let name = locale.known(&["feature.", &line.feature].concat());
            row.text("name", name.unwrap_or_else(|| line.feature.clone()));
            row.text("model", line.model.clone().unwrap_or_default());
            let credits = line.credits.as_deref().unwrap_or("0");
            let amount = locale.number(credits);
            row.text("cost", locale.text_of(line.key, &[("amount", &amount)], credits));
        }
        let since = locale.day(effective_at, now);
        let since = locale.with("explain.rates.since", "date", &since);
        self.parts.text("explain-rates-note", since);
        Ok(())
    }
}
