//! The account menu, in the pill's shadow root.

use wasm_bindgen::prelude::*;
use web_sys::ShadowRoot;

use crate::browser::app::balance::balance_from_js;
use crate::browser::app::buy_lasts::lasts_text;
use crate::browser::app::dom::{Parts, show};
use crate::browser::app::locale::Locale;
use crate::browser::app::rows::{Rows, paint_bar, write_static_texts};
use crate::core::{Balance, Instant, Level};
use crate::view::lasts::Lasts;
use crate::view::menu::{MenuView, menu_view};
use crate::view::pools::{Ends, PoolRow};

/// Paints the account menu.
#[wasm_bindgen]
pub struct Menu {
    locale: Locale,
    parts: Parts,
    bar: Rows,
    pools: Rows,
}

#[wasm_bindgen]
impl Menu {
    /// Finds the template's lists and writes its static texts.
    #[wasm_bindgen(constructor)]
    pub fn new(root: &ShadowRoot, locale: Locale) -> Menu {
        write_static_texts(root, &locale);
        Menu {
            locale,
            parts: Parts::of(root),
            bar: Rows::new(root, "menu-bar", "menu-segment"),
            pools: Rows::new(root, "menu-pools", "menu-pool"),
        }
    }

    /// Shows this balance; `lost` is empty, or the code of why it is not current. Without a
    /// balance only that. `lasts_until_ms` is the expected end of its runway, where that is told.
    pub fn paint(
        &mut self,
        balance: JsValue,
        lost: &str,
        now_ms: f64,
        lasts_until_ms: Option<f64>,
    ) -> Result<(), JsValue> {
        let balance = if balance.is_null() { None } else { Some(balance_from_js(&balance)?) };
        let now = Instant::from_ms(now_ms as i64).map_err(crate::browser::errors::to_js)?;
        self.parts.show("menu-retry", !lost.is_empty());
        self.parts.show("menu-add", true);
        match balance {
            None => self.unknown(lost == "ledger_missing"),
            Some(balance) => {
                // A time beyond the calendar is none.
                let until = lasts_until_ms.and_then(|ms| Instant::from_ms(ms as i64).ok());
                let lasts = until.filter(|_| balance.available.is_positive());
                let lasts = lasts.map(|at| Lasts::until(at, balance.as_of));
                self.known(&balance, lasts, !lost.is_empty(), now);
            }
        }
        Ok(())
    }
}

impl Menu {
    fn unknown(&mut self, missing: bool) {
        let (locale, parts) = (&self.locale, &mut self.parts);
        parts.attribute("menu", "data-state", if missing { "missing" } else { "unknown" });
        parts.attribute("menu", "data-level", "ok");
        parts.text("menu-value", locale.say("menu.missing.value"));
        parts.text("menu-runway", String::new());
        parts.text("menu-note", locale.say(if missing { "menu.missing" } else { "menu.unknown" }));
        self.pools.take(0, locale);
        self.paint_bar(&[]);
    }

    fn known(&mut self, balance: &Balance, lasts: Option<Lasts>, lost: bool, now: Instant) {
        let view = menu_view(balance);
        let (locale, parts) = (&self.locale, &mut self.parts);
        parts.attribute("menu", "data-state", if lost { "unknown" } else { "known" });
        parts.attribute("menu", "data-level", balance.level.as_str());
        let value = match view.available {
            Some(whole) => locale.whole(whole),
            None => locale.say("menu.unlimited"),
        };
        parts.text("menu-value", value);
        let until = balance.unlimited_until.filter(|_| balance.level == Level::Unlimited);
        let runway = match (lost, until) {
            (true, _) => locale.with("menu.as-of", "time", &locale.time(balance.as_of, now)),
            (false, Some(at)) => locale.with("menu.unlimited.until", "date", &locale.day(at, now)),
            (false, None) if balance.unlimited => String::new(),
            (false, None) => lasts_text("menu.runway", lasts, locale, Some(now)),
        };
        parts.text("menu-runway", runway);
        let note = match (lost, balance.unlimited) {
            (true, _) => locale.say("menu.unknown"),
            (false, true) => locale.say("menu.unlimited.text"),
            (false, false) => String::new(),
        };
        parts.text("menu-note", note);
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
            let name = locale.say(&["pool.", pool.name.word()].concat());
            let amount = locale.whole(pool.whole);
            label.push(locale.text("menu.bar.part", &[("name", &name), ("amount", &amount)], None));
            row.text("detail", detail(pool, view, locale, now));
            fill(row, pool.name.word(), name, amount);
        }
        for (row, (word, amount)) in others.iter_mut().zip(&extra) {
            let name = locale.say(&["pool.", word].concat());
            row.text("detail", locale.say(&["pool.", word, ".text"].concat()));
            fill(row, word, name, locale.credits(*amount));
        }
        self.parts.attribute("menu-bar", "aria-label", &locale.list(&label));
    }

    fn paint_bar(&mut self, segments: &[(&str, u32)]) {
        show(self.bar.list(), !segments.is_empty());
        paint_bar(&mut self.bar, segments, &self.locale);
    }
}

fn fill(row: &mut Parts, pool: &str, name: String, amount: String) {
    row.attribute("", "data-pool", pool);
    row.text("name", name);
    row.text("amount", amount);
}

/// When a pool ends: "of 1,500, renews Dec 15" for a plan's that does, else a date or never.
fn detail(pool: &PoolRow, view: &MenuView, locale: &Locale, now: Instant) -> String {
    if let (crate::view::pools::PoolName::Plan, Some(plan)) = (pool.name, view.plan) {
        let key = if plan.renews { "pool.plan.of" } else { "pool.plan.until" };
        let amount = locale.whole(plan.amount.floor());
        let arguments = [("amount", amount.as_str()), ("date", &locale.day(plan.ends_at, now))];
        return locale.text(key, &arguments, None);
    }
    ends_text(pool.ends, locale, now)
}

/// When the credits of a pool end, in words.
pub fn ends_text(ends: Ends, locale: &Locale, now: Instant) -> String {
    match ends {
        Ends::Never => locale.say("pool.never"),
        Ends::All(at) => locale.with("pool.expires", "date", &locale.day(at, now)),
        Ends::Part(amount, at) => {
            let count = amount.floor();
            let number = locale.credits(amount);
            let arguments = [("amount", number.as_str()), ("date", &locale.day(at, now))];
            locale.text("pool.expires.part", &arguments, Some(count))
        }
    }
}
