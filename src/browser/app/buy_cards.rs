//! The packages of the dialog, one radio card each.

use web_sys::ShadowRoot;

use crate::browser::app::buy_lasts::lasts_text;
use crate::browser::app::dom::Parts;
use crate::browser::app::locale::Locale;
use crate::browser::app::rows::Rows;
use crate::core::digits::digits;
use crate::core::{Instant, Package, Unavailable, prices_per_credit};
use crate::view::buy::BuyModel;

/// The list of cards.
pub struct BuyCards {
    rows: Rows,
}

impl BuyCards {
    /// Finds the list and the card's template.
    pub fn new(root: &ShadowRoot) -> BuyCards {
        BuyCards { rows: Rows::new(root, "buy-cards", "buy-card") }
    }

    /// Writes every card.
    pub fn paint(&mut self, model: &BuyModel, locale: &Locale, now: Option<Instant>) {
        let packages = model.packages();
        let per_credit = prices_per_credit(packages);
        let chosen = model.chosen();
        let rows = self.rows.take(packages.len(), locale);
        let cards = rows.iter_mut().zip(packages).zip(per_credit);
        for (place, ((row, package), per_credit)) in cards.enumerate() {
            let quantity = chosen.filter(|(p, _)| p.id == package.id).map(|(_, quantity)| quantity);
            let twins = packages.iter().filter(|other| other.credits == package.credits).count();
            let name = if twins > 1 { package.name.clone() } else { String::new() };
            paint_card(row, package, name, per_credit, locale);
            let lasts = model.ahead().with(place).filter(|_| package.buyable());
            row.text("lasts", lasts_text("buy.lasts", lasts, locale, now));
            paint_choice(row, package, quantity);
        }
    }
}

fn paint_card(
    row: &mut Parts,
    package: &Package,
    name: String,
    per_credit: Option<String>,
    locale: &Locale,
) {
    row.text("credits", locale.credits(package.credits));
    row.text("unit", locale.text("buy.unit", &[], Some(package.credits.floor())));
    let bonus = if package.bonus.is_zero() {
        String::new()
    } else {
        locale.with("buy.bonus", "amount", &locale.credits(package.bonus))
    };
    row.text("bonus", bonus);
    row.text("name", name);
    let reason = package.unavailable.map(|reason| ["buy.reason.", reason.word()].concat());
    row.text("reason", reason.map_or(String::new(), |key| locale.say(&key)));
    row.flag("data-unavailable", !package.buyable());
    let unpriced = package.unavailable == Some(Unavailable::NoPrice);
    row.text("price", if unpriced { String::new() } else { package.price.text() });
    row.show("per-credit-line", per_credit.is_some());
    row.text("per-credit", per_credit.unwrap_or_default());
}

fn paint_choice(row: &Parts, package: &Package, quantity: Option<u32>) {
    row.flag("data-chosen", quantity.is_some());
    let radio = row.input("radio");
    radio.set_value(&package.id);
    radio.set_disabled(!package.buyable());
    radio.set_checked(quantity.is_some());
    let many = quantity.is_some() && package.max_quantity > 1;
    row.flag("data-many", many);
    row.show("stepper", many);
    if let Some(quantity) = quantity {
        let (field, text) = (row.input("quantity"), digits(quantity.into()));
        // Writing what stands there would move the caret of someone who types.
        if field.value() != text {
            field.set_value(&text);
        }
        field.set_max(&digits(package.max_quantity.into()));
    }
}
