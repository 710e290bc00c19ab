//! The account menu, in the pill's shadow root.

use wasm_bindgen::prelude::*;
use web_sys::{Element, ShadowRoot};

use crate::browser::app::balance::balance_from_js;
use crate::browser::app::dom::{Attribute, Text, part, show};
use crate::browser::app::locale::Locale;
use crate::browser::app::rows::{Row, Rows, paint_bar, write_static_texts};
use crate::core::{Balance, Credits, Instant, Level};
use crate::view::menu::{MenuView, menu_view};
use crate::view::pools::{Ends, PoolRow};

/// Paints the account menu.
#[wasm_bindgen]
pub struct Menu {
    locale: Locale,
    level: Attribute,
    state: Attribute,
    value: Text,
    runway: Text,
    bar: Rows,
    bar_label: Attribute,
    pools: Rows,
    note: Text,
    add: Element,
    retry: Element,
}

#[wasm_bindgen]
impl Menu {
    /// Finds the template's parts and writes their static texts.
    #[wasm_bindgen(constructor)]
    pub fn new(root: &ShadowRoot, locale: Locale) -> Menu {
        let menu = part(root, "menu");
        write_static_texts(root, &locale);
        let bar = Rows::new(root, "menu-bar", "menu-segment");
        Menu {
            locale,
            level: Attribute::of(menu.clone(), "data-level"),
            state: Attribute::of(menu, "data-state"),
            value: Text::new(root, "menu-value"),
            runway: Text::new(root, "menu-runway"),
            bar_label: Attribute::of(bar.list().clone(), "aria-label"),
            bar,
            pools: Rows::new(root, "menu-pools", "menu-pool"),
            note: Text::new(root, "menu-note"),
            add: part(root, "menu-add"),
            retry: part(root, "menu-retry"),
        }
    }

    /// Shows this balance; `lost` is empty, or the code of why it is not current. Without a
    /// balance only that.
    pub fn paint(&mut self, balance: JsValue, lost: &str, now_ms: f64) -> Result<(), JsValue> {
        let balance = if balance.is_null() { None } else { Some(balance_from_js(&balance)?) };
        let now = Instant::from_ms(now_ms as i64).map_err(crate::browser::errors::to_js)?;
        show(&self.retry, !lost.is_empty());
        show(&self.add, true);
        match balance {
            None => self.unknown(lost == "ledger_missing"),
            Some(balance) => self.known(&balance, !lost.is_empty(), now),
        }
        Ok(())
    }
}

impl Menu {
    fn text(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        self.locale.text(key, arguments, None)
    }

    fn unknown(&mut self, missing: bool) {
        self.state.set(if missing { "missing" } else { "unknown" });
        self.level.set("ok");
        self.value.set(self.text("menu.missing.value", &[]));
        self.runway.set(String::new());
        self.note.set(self.text(if missing { "menu.missing" } else { "menu.unknown" }, &[]));
        self.pools.take(0, &self.locale);
        self.paint_bar(&[]);
    }

    fn known(&mut self, balance: &Balance, lost: bool, now: Instant) {
        let view = menu_view(balance);
        self.state.set(if lost { "unknown" } else { "known" });
        self.level.set(balance.level.as_str());
        self.value.set(match view.available {
            Some(whole) => self.locale.number(&whole.to_string()),
            None => self.text("menu.unlimited", &[]),
        });
        let until = balance.unlimited_until.filter(|_| balance.level == Level::Unlimited);
        self.runway.set(match (lost, until) {
            (true, _) => {
                let time = self.locale.time(balance.as_of, now);
                self.text("menu.as-of", &[("time", &time)])
            }
            (false, Some(at)) => {
                self.text("menu.unlimited.until", &[("date", &self.locale.day(at, now))])
            }
            (false, None) => String::new(),
        });
        self.note.set(match (lost, balance.unlimited) {
            (true, _) => self.text("menu.unknown", &[]),
            (false, true) => self.text("menu.unlimited.text", &[]),
            (false, false) => String::new(),
        });
        self.paint_pools(&view, now);
        let mut bar: Vec<_> = view.bar.iter().map(|(name, share)| (name.word(), *share)).collect();
        if view.bar_held > 0 {
            bar.push(("held", view.bar_held));
        }
        self.paint_bar(&bar);
    }

    fn paint_pools(&mut self, view: &MenuView, now: Instant) {
        let extra = [("held", view.held), ("debt", view.debt)];
        let extra: Vec<_> = extra.into_iter().filter(|(_, amount)| amount.is_positive()).collect();
        let locale = &self.locale;
        let mut label = Vec::new();
        let rows = self.pools.take(view.pools.len() + extra.len(), locale);
        let (pools, others) = rows.split_at_mut(view.pools.len().min(rows.len()));
        for (row, pool) in pools.iter_mut().zip(&view.pools) {
            let name = locale.text(&["pool.", pool.name.word()].concat(), &[], None);
            let amount = locale.number(&pool.whole.to_string());
            label.push(locale.text("menu.bar.part", &[("name", &name), ("amount", &amount)], None));
            row.text("detail", detail(pool, view, locale, now));
            fill(row, pool.name.word(), name, amount);
        }
        for (row, (word, amount)) in others.iter_mut().zip(&extra) {
            let name = locale.text(&["pool.", word].concat(), &[], None);
            row.text("detail", locale.text(&["pool.", word, ".text"].concat(), &[], None));
            fill(row, word, name, locale.number(&amount.to_string()));
        }
        let joined = label.join(&locale.text("list.join", &[], None));
        self.bar_label.set(&joined);
    }

    fn paint_bar(&mut self, segments: &[(&str, u32)]) {
        show(self.bar.list(), !segments.is_empty());
        paint_bar(&mut self.bar, segments, &self.locale);
    }
}

fn fill(row: &mut Row, pool: &str, name: String, amount: String) {
    row.attribute("data-pool", pool);
    row.text("name", name);
    row.text("amount", amount);
}

/// When a pool ends: "of 1,500, renews Dec 15" for a plan's, a date or never for the others.
fn detail(pool: &PoolRow, view: &MenuView, locale: &Locale, now: Instant) -> String {
    if let (crate::view::pools::PoolName::Plan, Some((allowance, renews_at))) =
        (pool.name, view.plan)
    {
        let amount = locale.number(&whole(allowance));
        let arguments = [("amount", amount.as_str()), ("date", &locale.day(renews_at, now))];
        return locale.text("pool.plan.of", &arguments, None);
    }
    ends_text(pool.ends, locale, now)
}

fn whole(amount: Credits) -> String {
    amount.floor().to_string()
}

/// When the credits of a pool end, in words.
pub fn ends_text(ends: Ends, locale: &Locale, now: Instant) -> String {
    match ends {
        Ends::Never => locale.text("pool.never", &[], None),
        Ends::All(at) => locale.text("pool.expires", &[("date", &locale.day(at, now))], None),
        Ends::Part(amount, at) => {
            let count = amount.floor();
            let number = locale.number(&amount.to_string());
            let arguments = [("amount", number.as_str()), ("date", &locale.day(at, now))];
            locale.text("pool.expires.part", &arguments, Some(count))
        }
    }
}
