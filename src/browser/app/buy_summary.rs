//! The summary of the dialog: balance before and after, what is used first, what is to pay.

use web_sys::ShadowRoot;

use crate::browser::app::buy_lasts::{lasts_text, reason_text};
use crate::browser::app::dom::Parts;
use crate::browser::app::locale::Locale;
use crate::browser::app::rows::{Rows, paint_bar};
use crate::core::Instant;
use crate::view::buy::{BuyModel, Known, Step, Summary};

/// The parts beside the cards.
pub struct BuySummary {
    parts: Parts,
    bar_before: Rows,
    bar_after: Rows,
    order: Rows,
}

impl BuySummary {
    /// Finds the template's lists.
    pub fn new(root: &ShadowRoot) -> BuySummary {
        BuySummary {
            parts: Parts::of(root),
            bar_before: Rows::new(root, "buy-bar-before", "buy-segment"),
            bar_after: Rows::new(root, "buy-bar-after", "buy-segment"),
            order: Rows::new(root, "buy-order", "buy-step"),
        }
    }

    /// Writes the summary of the choice.
    pub fn paint(
        &mut self,
        model: &BuyModel,
        summary: Option<&Summary>,
        locale: &Locale,
        now: Option<Instant>,
    ) {
        let unlimited = model.balance().is_some_and(|balance| balance.unlimited);
        let known = summary.and_then(|summary| summary.known.as_ref());
        let word = if unlimited { "unlimited" } else { "unknown" };
        let parts = &mut self.parts;
        parts.attribute("buy", "data-balance", if known.is_some() { "known" } else { word });
        let payable = summary.map_or(String::new(), |summary| summary.payable.text());
        parts.text("buy-payable", payable);
        let gain = summary
            .filter(|_| known.is_none())
            .map(|summary| locale.with("buy.gain", "amount", &locale.credits(summary.credits)));
        parts.text("buy-gain", gain.unwrap_or_default());
        let number = |whole: Option<i64>| whole.map_or(String::new(), |whole| locale.whole(whole));
        let (current, projected) =
            (known.map(|known| known.current), known.map(|known| known.projected));
        parts.text("buy-before", number(current));
        parts.text("buy-peek-before", number(current));
        parts.text("buy-after", number(projected));
        parts.text("buy-peek-after", number(projected));
        let lasts = lasts_text("buy.runway", known.and(model.lasts()), locale, now);
        let told = !lasts.is_empty();
        parts.show("buy-runway", told);
        parts.text("buy-runway-title", lasts);
        let reason = told.then(|| reason_text(model.ahead(), locale, now));
        parts.text("buy-runway-text", reason.unwrap_or_default());
        self.paint_bars(known, locale);
        self.paint_order(model, known, locale, now);
    }

    fn paint_bars(&mut self, known: Option<&Known>, locale: &Locale) {
        let (before, after) = known.map_or((&[][..], &[][..]), |k| (&k.before[..], &k.after[..]));
        self.parts.show("buy-bars", !after.is_empty());
        paint_bar(&mut self.bar_before, before, locale);
        paint_bar(&mut self.bar_after, after, locale);
        if let Some(known) = known {
            let before = locale.whole(known.current);
            let parts: Vec<_> = known.steps.iter().map(|step| spoken(step, locale)).collect();
            let after = locale.list(&parts);
            let arguments = [("before", before.as_str()), ("after", &after)];
            let label = locale.text("buy.bars", &arguments, None);
            self.parts.attribute("buy-bars", "aria-label", &label);
        }
    }

    fn paint_order(
        &mut self,
        model: &BuyModel,
        known: Option<&Known>,
        locale: &Locale,
        now: Option<Instant>,
    ) {
        let steps = known.map_or(&[][..], |known| &known.steps[..]);
        let repaid = known.map(|known| known.repaid).filter(|amount| amount.is_positive());
        let owed = usize::from(repaid.is_some());
        self.parts.show("buy-order-part", !steps.is_empty() || owed > 0);
        let rows = self.order.take(steps.len() + owed, locale);
        let (first, rest) = rows.split_at_mut(owed.min(rows.len()));
        if let (Some(row), Some(repaid)) = (first.first_mut(), repaid) {
            row.attribute("", "data-pool", "debt");
            row.text("name", locale.say("pool.debt"));
            row.text("detail", locale.say("pool.debt.text"));
            row.text("amount", locale.credits(repaid));
        }
        let quantity = model.chosen().map_or(1, |(_, quantity)| quantity);
        for (row, step) in rest.iter_mut().zip(steps) {
            let amount = locale.whole(step.whole);
            let added = step.pool.starts_with("new");
            row.attribute("", "data-pool", step.pool);
            row.text("name", name(step, quantity, locale));
            row.text("detail", ends(step, locale, now));
            row.text("amount", if added { ["+", &amount].concat() } else { amount });
        }
    }
}

fn name(step: &Step, quantity: u32, locale: &Locale) -> String {
    let key = match step.pool {
        "new" if quantity > 1 => {
            let count = i64::from(quantity);
            let number = locale.whole(count);
            return locale.text("buy.step.new.many", &[("amount", &number)], Some(count));
        }
        "new" => "buy.step.new",
        "new-bonus" => "buy.step.bonus",
        "purchased" => "buy.step.purchased",
        other => return locale.say(&["pool.", other].concat()),
    };
    locale.say(key)
}

fn ends(step: &Step, locale: &Locale, now: Option<Instant>) -> String {
    let (Some(at), Some(now)) = (step.ends_at, now) else {
        return locale.say("pool.never");
    };
    let key = if step.renews { "buy.step.renews" } else { "buy.step.ends" };
    locale.with(key, "date", &locale.day(at, now))
}

fn spoken(step: &Step, locale: &Locale) -> String {
    let amount = locale.whole(step.whole);
    let name = name(step, 1, locale);
    locale.text("menu.bar.part", &[("name", &name), ("amount", &amount)], None)
}
