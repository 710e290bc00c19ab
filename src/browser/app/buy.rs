//! The Buy Credits dialog: what it offers, what is chosen, and what that would do.

use wasm_bindgen::prelude::*;
use web_sys::ShadowRoot;

use crate::browser::app::balance::balance_from_js;
use crate::browser::app::buy_cards::BuyCards;
use crate::browser::app::buy_lasts::about;
use crate::browser::app::buy_summary::BuySummary;
use crate::browser::app::dom::Parts;
use crate::browser::app::locale::Locale;
use crate::browser::app::rows::write_static_texts;
use crate::browser::errors::to_js;
use crate::browser::shapes::{from_js, list_from_js, to_js_value};
use crate::core::Instant;
use crate::core::runway::Pace;
use crate::view::buy::BuyModel;
use crate::view::lasts::Lasts;
use crate::wire::package::{CreditsMap, Product, package_shapes, packages};
use crate::wire::projection::{chosen_shape, projection_shape};
use crate::wire::runway::{daily_use, zone as zone_of};

type JsResult<T> = Result<T, JsValue>;

/// Paints the dialog. The element's script opens it, listens, and talks to the store.
#[wasm_bindgen]
pub struct BuyDialog {
    locale: Locale,
    model: BuyModel,
    now: Option<Instant>,
    parts: Parts,
    cards: BuyCards,
    summary: BuySummary,
}

#[wasm_bindgen]
impl BuyDialog {
    /// Finds the template's lists and writes its static texts.
    #[wasm_bindgen(constructor)]
    pub fn new(root: &ShadowRoot, locale: Locale) -> BuyDialog {
        write_static_texts(root, &locale);
        BuyDialog {
            locale,
            model: BuyModel::default(),
            now: None,
            parts: Parts::of(root),
            cards: BuyCards::new(root),
            summary: BuySummary::new(root),
        }
    }

    /// Takes the store's products, as the shim read them, and what the page says of their credits.
    /// Gives back the refusals of products that are no packages.
    pub fn offer(&mut self, products: JsValue, credits_map: JsValue) -> JsResult<JsValue> {
        let products = list_from_js(&products, Product)?;
        let map = CreditsMap(from_js(&credits_map)?);
        let (offered, refusals) = packages(&products, &map).map_err(to_js)?;
        self.model.offer(offered);
        Ok(refusals.into_iter().map(to_js).collect::<js_sys::Array>().into())
    }

    /// Takes the balance, or null where it is unknown, and the server's time.
    pub fn read(&mut self, balance: JsValue, now_ms: f64) -> JsResult<()> {
        let read = if balance.is_null() { None } else { Some(balance_from_js(&balance)?) };
        self.now = Instant::from_ms(now_ms as i64).ok();
        self.model.set_balance(read);
        Ok(())
    }

    /// Takes what days used (see `src/wire/runway.rs`), the zone of the account and the server's
    /// time, from which is told how long credits last. Says whether there is enough to tell.
    pub fn learn(&mut self, used: &str, zone: JsValue, as_of: &str) -> JsResult<bool> {
        self.model.set_pace(None);
        let used = daily_use(used).map_err(to_js)?;
        let zone = zone_of(&from_js(&zone)?).map_err(to_js)?;
        let as_of = Instant::parse(as_of).map_err(to_js)?;
        let pace = Pace::read(&used, as_of, &zone).ok();
        let told = pace.is_some();
        self.model.set_pace(pace.map(|pace| (pace, zone)));
        Ok(told)
    }

    /// Chooses a package, so many of it.
    pub fn choose(&mut self, id: &str, quantity: f64) -> JsResult<()> {
        // A fraction, a negative or a huge number becomes 0, which is refused as no quantity.
        let whole = quantity.fract() == 0.0 && (1.0..=f64::from(u32::MAX)).contains(&quantity);
        self.model.choose(id, if whole { quantity as u32 } else { 0 }).map_err(to_js)
    }

    /// What is on offer, for the page's own code.
    pub fn packages(&self) -> JsValue {
        to_js_value(&package_shapes(self.model.packages()))
    }

    /// What is chosen: `{id, quantity, credits}`, or null.
    pub fn chosen(&self) -> JsResult<JsValue> {
        let credits = self.model.credits().map_err(to_js)?;
        Ok(to_js_value(&chosen_shape(self.model.chosen(), credits)))
    }

    /// The balance after the purchase, for the page's own code; null while nothing is chosen.
    pub fn projection(&mut self) -> JsResult<JsValue> {
        let (Some(payable), credits) =
            (self.model.payable().map_err(to_js)?, self.model.credits().map_err(to_js)?)
        else {
            return Ok(JsValue::NULL);
        };
        let projection = self.model.projection().map_err(to_js)?;
        let runway = projection.as_ref().and_then(|projection| self.model.runway(projection));
        let shape = projection_shape(&payable, credits, projection.as_ref(), runway.as_ref());
        Ok(to_js_value(&shape))
    }

    /// Writes everything that changed. `state` is `loading`, `ready` or `working`; an offer without
    /// packages is shown as empty.
    pub fn paint(&mut self, state: &str) -> JsResult<()> {
        let vacant = state == "ready" && self.model.packages().is_empty();
        let working = state == "working";
        let off = working || self.model.chosen().is_none();
        let intro = self.intro_text();
        self.model.look_ahead();
        let per_day = self.model.ahead().per_day();
        let basis = per_day.map(|amount| about("buy.basis", amount, None, &self.locale));
        let (locale, parts) = (&self.locale, &mut self.parts);
        parts.attribute("buy", "data-state", if vacant { "empty" } else { state });
        parts.attribute("buy-confirm", "aria-disabled", if off { "true" } else { "false" });
        let key = if working { "buy.working" } else { "buy.confirm" };
        parts.text("buy-confirm-text", locale.say(key));
        parts.text("buy-note", locale.say("buy.note"));
        parts.text("buy-intro", intro);
        parts.text("buy-basis-text", basis.unwrap_or_default());
        self.cards.paint(&self.model, &self.locale, self.now);
        let summary = self.model.summary().map_err(to_js)?;
        self.summary.paint(&self.model, summary.as_ref(), &self.locale, self.now);
        Ok(())
    }

    /// The packages could not be read: shows why, by code.
    pub fn fail(&mut self, code: &str) {
        self.parts.attribute("buy", "data-state", "failed");
        self.parts.text("buy-failure-title", error_title(code, &self.locale));
        self.parts.text("buy-failure-text", error_text(code, &self.locale));
    }

    /// The purchase was refused: shows why, by code, and says it. An empty code takes it away.
    pub fn refuse(&mut self, code: &str) {
        self.parts.show("buy-error", !code.is_empty());
        if code.is_empty() {
            return;
        }
        let text = error_text(code, &self.locale);
        self.parts.text("buy-error-title", error_title(code, &self.locale));
        self.parts.say("buy-says", &text);
        self.parts.text("buy-error-text", text);
    }

    /// Says the choice in one sentence; called a moment after the last change.
    pub fn say(&mut self) -> JsResult<()> {
        let Some(summary) = self.model.summary().map_err(to_js)? else { return Ok(()) };
        let price = summary.payable.text();
        let text = match &summary.known {
            Some(known) => {
                let amount = self.locale.whole(known.projected);
                let mut arguments = vec![("amount", amount.as_str()), ("price", &price)];
                let date = match (self.model.lasts(), self.now) {
                    (Some(Lasts::Until(at)), Some(now)) => self.locale.day(at, now),
                    _ => String::new(),
                };
                if !date.is_empty() {
                    arguments.push(("date", &date));
                }
                let key = if date.is_empty() { "buy.says.plain" } else { "buy.says" };
                self.locale.text(key, &arguments, None)
            }
            None => {
                let amount = self.locale.credits(summary.credits);
                let arguments = [("amount", amount.as_str()), ("price", &price)];
                self.locale.text("buy.says.unknown", &arguments, Some(summary.credits.floor()))
            }
        };
        self.parts.say("buy-says", &text);
        Ok(())
    }
}

impl BuyDialog {
    /// "Never expires" is said only where the store's ledger is there to keep it, and no package on
    /// offer is dated.
    fn intro_text(&self) -> String {
        let packages = self.model.packages();
        if packages.is_empty() {
            return String::new();
        }
        let dated = packages.iter().any(|package| package.validity_days.is_some());
        let unsure = dated || self.model.balance().is_none();
        self.locale.say(if unsure { "buy.intro.dated" } else { "buy.intro" })
    }
}

/// The translated sentence of a code; a code without one has a general sentence.
pub fn error_text(code: &str, locale: &Locale) -> String {
    let key = ["error.", code].concat();
    locale.known(&key).unwrap_or_else(|| locale.say("error.default"))
}

/// The translated title of a code.
pub fn error_title(code: &str, locale: &Locale) -> String {
    let key = ["error.", code, ".title"].concat();
    locale.known(&key).unwrap_or_else(|| locale.say("error.title"))
}
