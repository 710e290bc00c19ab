//! The summary of the dialog: balance before and after, what is used first, what is to pay.

use web_sys::{Element, ShadowRoot};

use crate::browser::app::dom::{Attribute, Text, part, show};
use crate::browser::app::locale::Locale;
use crate::browser::app::rows::{Rows, paint_bar};
use crate::core::Instant;
use crate::view::buy::{BuyModel, Known, Step, Summary};

/// The parts beside the cards.
pub struct BuySummary {
    balance: Attribute,
    before: Text,
    after: Text,
    peek_before: Text,
    peek_after: Text,
    gain: Text,
    bars: Attribute,
    bars_part: Element,
    bar_before: Rows,
    bar_after: Rows,
    order_part: Element,
    order: Rows,
    payable: Text,
}

impl BuySummary {
    /// Finds the template's parts.
    pub fn new(root: &ShadowRoot) -> BuySummary {
        let bars_part = part(root, "buy-bars");
        BuySummary {
            balance: Attribute::of(part(root, "buy"), "data-balance"),
            before: Text::new(root, "buy-before"),
            after: Text::new(root, "buy-after"),
            peek_before: Text::new(root, "buy-peek-before"),
            peek_after: Text::new(root, "buy-peek-after"),
            gain: Text::new(root, "buy-gain"),
            bars: Attribute::of(bars_part.clone(), "aria-label"),
            bars_part,
            bar_before: Rows::new(root, "buy-bar-before", "buy-segment"),
            bar_after: Rows::new(root, "buy-bar-after", "buy-segment"),
            order_part: part(root, "buy-order-part"),
            order: Rows::new(root, "buy-order", "buy-step"),
            payable: Text::new(root, "buy-payable"),
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
        self.balance.set(if known.is_some() { "known" } else { word });
        self.payable.set(summary.map_or(String::new(), |summary| summary.payable.text()));
        let gain = summary.filter(|_| known.is_none()).map(|summary| {
            let amount = locale.number(&summary.credits.to_string());
            locale.text("buy.gain", &[("amount", &amount)], None)
        });
        self.gain.set(gain.unwrap_or_default());
        let number = |pick: fn(&Known) -> i64| {
            known.map_or(String::new(), |known| locale.number(&pick(known).to_string()))
        };
        let (before, after) = (number(|known| known.current), number(|known| known.projected));
        self.before.set(before.clone());
        self.peek_before.set(before);
        self.after.set(after.clone());
        self.peek_after.set(after);
        self.paint_bars(known, locale);
        self.paint_order(model, known, locale, now);
    }

    fn paint_bars(&mut self, known: Option<&Known>, locale: &Locale) {
        let (before, after) = known.map_or((&[][..], &[][..]), |k| (&k.before[..], &k.after[..]));
        show(&self.bars_part, !after.is_empty());
        paint_bar(&mut self.bar_before, before, locale);
        paint_bar(&mut self.bar_after, after, locale);
        if let Some(known) = known {
            let before = locale.number(&known.current.to_string());
            let parts: Vec<_> = known.steps.iter().map(|step| spoken(step, locale)).collect();
            let after = parts.join(&locale.text("list.join", &[], None));
            let arguments = [("before", before.as_str()), ("after", &after)];
            self.bars.set(&locale.text("buy.bars", &arguments, None));
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
        show(&self.order_part, !steps.is_empty() || owed > 0);
        let rows = self.order.take(steps.len() + owed, locale);
        let (first, rest) = rows.split_at_mut(owed.min(rows.len()));
        if let (Some(row), Some(repaid)) = (first.first_mut(), repaid) {
            row.attribute("data-pool", "debt");
            row.text("name", locale.text("pool.debt", &[], None));
            row.text("detail", locale.text("pool.debt.text", &[], None));
            row.text("amount", locale.number(&repaid.to_string()));
        }
        let quantity = model.chosen().map_or(1, |(_, quantity)| quantity);
        for (row, step) in rest.iter_mut().zip(steps) {
            let amount = locale.number(&step.whole.to_string());
            let added = step.pool.starts_with("new");
            row.attribute("data-pool", step.pool);
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
            let number = locale.number(&quantity.to_string());
            return locale.text("buy.step.new.many", &[("amount", &number)], Some(count));
        }
        "new" => "buy.step.new",
        "new-bonus" => "buy.step.bonus",
        "purchased" => "buy.step.purchased",
        other => return locale.text(&["pool.", other].concat(), &[], None),
    };
    locale.text(key, &[], None)
}

fn ends(step: &Step, locale: &Locale, now: Option<Instant>) -> String {
    let (Some(at), Some(now)) = (step.ends_at, now) else {
        return locale.text("pool.never", &[], None);
    };
    let key = if step.pool == "plan" { "buy.step.renews" } else { "buy.step.ends" };
    locale.text(key, &[("date", &locale.day(at, now))], None)
}

fn spoken(step: &Step, locale: &Locale) -> String {
    let amount = locale.number(&step.whole.to_string());
    let name = name(step, 1, locale);
    locale.text("menu.bar.part", &[("name", &name), ("amount", &amount)], None)
}
