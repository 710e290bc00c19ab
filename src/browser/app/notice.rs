//! The toast, and the result of a purchase.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{Element, ShadowRoot};

use crate::browser::app::buy::{error_text, error_title};
use crate::browser::app::dom::{Attribute, Text, part, show};
use crate::browser::app::locale::Locale;
use crate::browser::app::rows::write_static_texts;
use crate::browser::errors::to_js;
use crate::core::Credits;
use crate::view::notice::{Facts, Notice, Outcome, outcome};

/// Paints one notice into its shadow root.
#[wasm_bindgen]
pub struct NoticePainter {
    locale: Locale,
    notice: Element,
    kind: Attribute,
    tone: Attribute,
    icon: Attribute,
    title: Text,
    text: Text,
    action: Text,
    dismiss: Text,
    close: Element,
    ways: Vec<(Text, Attribute)>,
    status: Text,
}

#[wasm_bindgen]
impl NoticePainter {
    /// Finds the template's parts and writes their static texts.
    #[wasm_bindgen(constructor)]
    pub fn new(root: &ShadowRoot, locale: Locale) -> NoticePainter {
        write_static_texts(root, &locale);
        let notice = part(root, "notice");
        let way = |id| {
            let link = part(root, id);
            (Text::of(link.clone()), Attribute::of(link, "href"))
        };
        NoticePainter {
            locale,
            kind: Attribute::of(notice.clone(), "data-kind"),
            tone: Attribute::of(notice.clone(), "data-tone"),
            icon: Attribute::of(notice.clone(), "data-icon"),
            notice,
            title: Text::new(root, "notice-title"),
            text: Text::new(root, "notice-text"),
            action: Text::new(root, "notice-do"),
            dismiss: Text::new(root, "notice-dismiss"),
            close: part(root, "notice-close"),
            ways: vec![way("notice-go"), way("notice-go-2"), way("notice-go-3")],
            status: Text::new(root, "notice-status").always_there(),
        }
    }

    /// Shows a notice and says it once. `what` is its word; amounts are decimal strings; `order` is
    /// an order's number or an error's code; `ways` are pairs of a message key and an address.
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
    ) -> Result<(), JsValue> {
        let read = |text: Option<String>| text.map(|text| Credits::parse(&text)).transpose();
        let facts = Facts {
            credits: read(credits).map_err(to_js)?,
            available: read(available).map_err(to_js)?,
            projected: read(projected).map_err(to_js)?,
        };
        let notice = Notice::parse(what);
        let (tone, icon) = notice.look();
        let (title, text) =
            self.words(notice, facts, order.as_deref().unwrap_or(""), kind == "toast");
        let said = [title.as_str(), ". ", &text].concat();
        self.kind.set(kind);
        self.tone.set(tone);
        self.icon.set(icon);
        self.title.set(title);
        self.text.set(text);
        let toast = kind == "toast";
        let action = notice.action().map(|key| self.locale.text(key, &[], None));
        let has_action = action.is_some();
        self.action.set(action.unwrap_or_default());
        let dismiss = self.locale.text("action.dismiss", &[], None);
        self.dismiss.set(if toast && has_action { dismiss } else { String::new() });
        show(&self.close, toast && !has_action);
        for (index, (text, href)) in self.ways.iter_mut().enumerate() {
            // Fewer ways than links is usual; `Array.from(undefined)` would throw.
            let way = ways.get(index as u32).dyn_into::<Array>().unwrap_or_default();
            let key = way.get(0).as_string().unwrap_or_default();
            href.set(&way.get(1).as_string().unwrap_or_default());
            text.set(if key.is_empty() { key } else { self.locale.text(&key, &[], None) });
        }
        show(&self.notice, true);
        self.status.set(said);
        Ok(())
    }

    /// Takes the notice away.
    pub fn hide(&mut self) {
        show(&self.notice, false);
        self.status.set(String::new());
    }
}

impl NoticePainter {
    fn words(&self, notice: Notice, facts: Facts, order: &str, toast: bool) -> (String, String) {
        let text = |key: &str| self.locale.text(key, &[], None);
        let amount = |key: &str, amount: Option<Credits>| {
            let amount = amount.unwrap_or(Credits::ZERO);
            let number = self.locale.number(&amount.floor().to_string());
            self.locale.text(key, &[("amount", &number)], Some(amount.floor()))
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
                (amount(key, facts.credits), self.outcome(facts, toast))
            }
            Notice::Cancelled if facts.credits.is_some() => {
                let kept = amount("result.cancelled.text", facts.credits);
                (text("result.cancelled.title"), kept)
            }
            Notice::Cancelled => (text("result.cancelled.title"), text("result.cancelled.plain")),
            Notice::Pending => {
                let placed = self.locale.text("result.pending.text", &[("order", order)], None);
                (text("result.pending.title"), placed)
            }
            Notice::Failed => (text("result.failed.title"), text("result.failed.text")),
            Notice::Waiting => (text("result.waiting.title"), text("result.waiting.text")),
            Notice::Error => (error_title(order, &self.locale), error_text(order, &self.locale)),
        }
    }

    fn outcome(&self, facts: Facts, toast: bool) -> String {
        let number = |count: i64| self.locale.number(&count.to_string());
        let with =
            |key, count: i64| self.locale.text(key, &[("amount", &number(count))], Some(count));
        match outcome(facts) {
            Outcome::AsProjected(now) | Outcome::Now(now) | Outcome::Used(now, _) if toast => {
                with("toast.added.text", now)
            }
            Outcome::AsProjected(now) => with("result.success.text", now),
            Outcome::Used(now, used) => {
                let arguments = [("amount", number(now)), ("used", number(used))];
                let arguments = arguments.each_ref().map(|(name, text)| (*name, text.as_str()));
                self.locale.text("result.success.used", &arguments, Some(used))
            }
            Outcome::Now(now) => with("result.success.plain", now),
            Outcome::Unknown => self.locale.text("result.waiting.text", &[], None),
        }
    }
}
