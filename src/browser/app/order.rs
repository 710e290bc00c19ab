//! The credits in an order and the balance after it, in the store's cart and checkout.

use wasm_bindgen::prelude::*;
use web_sys::ShadowRoot;

use crate::browser::app::balance::balance_from_js;
use crate::browser::app::dom::Parts;
use crate::browser::app::locale::Locale;
use crate::browser::app::rows::write_static_texts;
use crate::browser::errors::to_js;
use crate::core::Credits;
use crate::view::order::{After, order_view};

/// Paints what an order would do into its shadow root.
#[wasm_bindgen]
pub struct OrderPainter {
    locale: Locale,
    parts: Parts,
    /// All credits of the order, its bonus included.
    credits: Credits,
    /// What is said of it.
    says: String,
}

#[wasm_bindgen]
impl OrderPainter {
    /// Writes the template's static texts.
    #[wasm_bindgen(constructor)]
    pub fn new(root: &ShadowRoot, locale: Locale) -> OrderPainter {
        write_static_texts(root, &locale);
        OrderPainter { locale, parts: Parts::of(root), credits: Credits::ZERO, says: String::new() }
    }

    /// Writes everything that changed. Amounts are decimal strings; `balance` is as the ledger
    /// answers it, or null where it is unknown; a guest has none. Gives the projected balance,
    /// where there is one.
    pub fn paint(
        &mut self,
        credits: &str,
        bonus: &str,
        balance: JsValue,
        guest: bool,
    ) -> Result<Option<String>, JsValue> {
        let amount = |text| Credits::parse(text).map_err(to_js);
        let known = if balance.is_null() { None } else { Some(balance_from_js(&balance)?) };
        let (purchased, bonus) = (amount(credits)?, amount(bonus)?);
        let view = order_view(purchased, bonus, known.as_ref()).map_err(to_js)?;
        self.credits = view.credits;
        let (locale, parts) = (&self.locale, &mut self.parts);
        let (after, note) = match view.after {
            _ if guest => (String::new(), locale.say("order.guest")),
            After::Known(projected, repaid) if repaid.is_positive() => {
                (locale.whole(projected.floor()), locale.amount("order.repaid", repaid))
            }
            After::Known(projected, _) => (locale.whole(projected.floor()), String::new()),
            After::Unlimited => (locale.say("menu.unlimited"), String::new()),
            After::Unknown => {
                let gain = locale.credits(view.credits);
                (String::new(), locale.with("buy.gain", "amount", &gain))
            }
        };
        parts.text("order-credits", locale.credits(purchased));
        let extra = bonus.is_positive().then(|| locale.amount("buy.bonus", bonus));
        parts.text("order-bonus", extra.unwrap_or_default());
        parts.show("order-after-row", !after.is_empty());
        self.says = match after.is_empty() {
            true => note.clone(),
            false => locale.with("order.says", "amount", &after),
        };
        parts.text("order-after", after);
        parts.text("order-note", note);
        parts.show("order", true);
        parts.show("order-printed", false);
        Ok(match view.after {
            After::Known(projected, _) => Some(projected.text()),
            _ => None,
        })
    }

    /// All credits of what was painted, its bonus included.
    #[wasm_bindgen(getter)]
    pub fn credits(&self) -> String {
        self.credits.text()
    }

    /// Says what was painted; called a moment after the last change of the order.
    pub fn say(&mut self) {
        self.parts.say("order-says", &self.says);
    }
}
