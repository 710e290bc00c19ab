//! The toast, and the result of a purchase.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::ShadowRoot;

use crate::browser::app::buy::{error_text, error_title};
use crate::browser::app::dom::Parts;
use crate::browser::app::locale::Locale;
use crate::browser::app::rows::write_static_texts;
use crate::browser::errors::to_js;
use crate::core::Credits;
use crate::view::notice::{Facts, Notice, Outcome, outcome};

/// Paints one notice into its shadow root.
#[wasm_bindgen]
pub struct NoticePainter {
    locale: Locale,
    parts: Parts,
}

/// The links of the template, the main one first.
const WAYS: [&str; 3] = ["notice-go", "notice-go-2", "notice-go-3"];

#[wasm_bindgen]
impl NoticePainter {
    /// Writes the template's static texts.
    #[wasm_bindgen(constructor)]
    pub fn new(root: &ShadowRoot, locale: Locale) -> NoticePainter {
        write_static_texts(root, &locale);
        NoticePainter { locale, parts: Parts::of(root) }
    }

    /// Shows a notice and says it once. `what` is its word; amounts are decimal strings; `order` is
    /// an order's number or an error's code; `ways` are pairs of a message key and an address;
    /// `used` and `repaid` are what the store booked beside the purchase, where it says so.
    #[allow(clippy::too_many_arguments)] // A flat call costs less than a parsed object.
    pub fn show(
        &mut self,
        kind: &str,
        what: &str,
        credits: Option<String>,
        available: Option<String>,
        projected: Option<String>,
        order: Option<String>,
        ways: Array,
        used: Option<String>,
        repaid: Option<String>,
    ) -> Result<(), JsValue> {
        let facts = Facts {
            credits: amount(credits)?,
            available: amount(available)?,
            projected: amount(projected)?,
            used: amount(used)?,
            repaid: amount(repaid)?,
        };
        let notice = Notice::parse(what);
        let (tone, icon) = notice.look();
        let (title, text) =
            self.words(notice, facts, order.as_deref().unwrap_or(""), kind == "toast");
        let said = [title.as_str(), ". ", &text].concat();
        let (locale, parts) = (&self.locale, &mut self.parts);
        parts.attribute("notice", "data-kind", kind);
        parts.attribute("notice", "data-tone", tone);
        parts.attribute("notice", "data-icon", icon);
        parts.text("notice-title", title);
        parts.text("notice-text", text);
        let toast = kind == "toast";
        let action = notice.action().map_or(String::new(), |key| locale.say(key));
        let has_action = !action.is_empty();
        parts.text("notice-do", action);
        let two = toast && has_action;
        let dismiss = if two { locale.say("action.dismiss") } else { String::new() };
        parts.text("notice-dismiss", dismiss);
        parts.show("notice-close", toast && !has_action);
        for (index, link) in WAYS.into_iter().enumerate() {
            // Fewer ways than links is usual; `Array.from(undefined)` would throw.
            let way = ways.get(index as u32).dyn_into::<Array>().unwrap_or_default();
            let key = way.get(0).as_string().unwrap_or_default();
            let address = way.get(1).as_string().unwrap_or_default();
            parts.attribute(link, "href", &address);
            parts.text(link, if key.is_empty() { key } else { locale.say(&key) });
        }
        parts.show("notice", true);
        parts.say("notice-status", &said);
        Ok(())
    }

    /// Takes the notice away.
    pub fn hide(&mut self) {
        self.parts.show("notice", false);
        self.parts.say("notice-status", "");
    }
}

impl NoticePainter {
    fn words(&self, notice: Notice, facts: Facts, order: &str, toast: bool) -> (String, String) {
        let text = |key: &str| self.locale.say(key);
        let amount = |key: &str, amount: Option<Credits>| {
            let amount = amount.unwrap_or(Credits::ZERO);
            self.whole(key, amount.floor())
        };
        match notice {
            Notice::Low => (text("toast.low.title"), amount("toast.left", facts.available)),
            Notice::Critical => {
                (text("toast.critical.title"), amount("toast.left", facts.available))
            }
            Notice::Depleted => (text("toast.depleted.title"), text("toast.depleted.text")),
            Notice::Visitor => (text("toast.visitor.title"), text("toast.visitor.text")),
            Notice::Added | Notice::Success => {
                let key = if toast { "toast.added.title" } else { "result.success.title" };
                let repaid = facts.repaid.filter(|repaid| repaid.is_positive());
                let repaid = repaid.map(|repaid| self.locale.amount("result.repaid", repaid));
                let text = self.outcome(facts, toast);
                let text = repaid.map_or(text.clone(), |repaid| [&text, " ", &repaid].concat());
                (amount(key, facts.credits), text)
            }
            Notice::Cancelled if facts.credits.is_some() => {
                let kept = amount("result.cancelled.text", facts.credits);
                (text("result.cancelled.title"), kept)
            }
            Notice::Cancelled => (text("result.cancelled.title"), text("result.cancelled.plain")),
            Notice::Pending => {
                let placed = self.locale.with("result.pending.text", "order", order);
                (text("result.pending.title"), placed)
            }
            Notice::Unpaid => {
                let named = self.locale.with("result.failed.order", "order", order);
                (text("result.failed.title"), named)
            }
            Notice::Failed => (text("result.failed.title"), text("result.failed.text")),
            Notice::Claim => {
                let named = self.locale.with("result.claim.text", "order", order);
                (text("result.claim.title"), named)
            }
            Notice::Waiting => (text("result.waiting.title"), text("result.waiting.text")),
            Notice::Error => (error_title(order, &self.locale), error_text(order, &self.locale)),
        }
    }

    #[inline(never)]
    fn whole(&self, key: &str, count: i64) -> String {
        self.locale.text(key, &[("amount", &self.locale.whole(count))], Some(count))
    }

    fn outcome(&self, facts: Facts, toast: bool) -> String {
        let number = |count: i64| self.locale.whole(count);
        let with = |key, count: i64| self.whole(key, count);
        match outcome(facts) {
            Outcome::AsProjected(now) | Outcome::Now(now) | Outcome::Used(now, _) if toast => {
                with("toast.added.text", now)
            }
            Outcome::AsProjected(now) => with("result.success.text", now),
            Outcome::Used(now, used) => {
                let arguments = [("amount", number(now)), ("used", number(used))];
                let arguments = arguments.each_ref().map(|(name, text)| (*name, text.as_str()));
                // The store's own figure counts up to now, a difference alone up to the payment.
                let since = facts.used.is_some();
                let key = if since { "result.success.since" } else { "result.success.used" };
                self.locale.text(key, &arguments, Some(used))
            }
            Outcome::Now(now) => with("result.success.plain", now),
            Outcome::Unknown => self.locale.say("result.waiting.text"),
        }
    }
}

#[inline(never)]
fn amount(text: Option<String>) -> Result<Option<Credits>, JsValue> {
    text.map(|text| Credits::parse(&text)).transpose().map_err(to_js)
}
