//! The usage dashboard's data and everything that is computed of it, for one account.
//!
//! Rows, rollups and bytes go in; what comes out is what `www/shim/elements/dashboard-view.d.ts`
//! describes, ready to be painted.

mod asked;
mod campaign;
mod export;
mod log;
mod painted;
mod standing;

use wasm_bindgen::prelude::*;

use crate::browser::errors::to_js;
use crate::browser::shapes::{from_js, list_from_js, to_js_value};
use crate::core::activity::{Activity, Dimension, View};
use crate::core::{Balance, Instant};
use crate::error::{Code, Error, Result};
use crate::view::dashboard::{AgentStyle, Labels, Offers, coming};
use crate::wire::activity::{Added, add_rollups, add_rows};
use crate::wire::activity_csv::CsvReader;
use crate::wire::activity_export::CsvWriter;
use crate::wire::balance::BalanceShape;
use crate::wire::ledger_settings::SettingsShape;
use crate::wire::value::Value;
use asked::{Asked, Events};
use standing::Standing;

type JsResult<T> = core::result::Result<T, JsValue>;

/// What is known of one account's use, and the log that is looked at.
#[wasm_bindgen]
pub struct Usage {
    activity: Activity,
    balance: Option<Balance>,
    offers: Offers,
    styles: Vec<AgentStyle>,
    labels: Labels,
    events: Option<Events>,
    log: View,
    reader: Option<CsvReader>,
    writer: CsvWriter,
    /// Until more is known.
    standing: Option<Standing>,
}

#[wasm_bindgen]
impl Usage {
    /// Nothing known yet. `settings` has the account's `zone` and its `rate_cards`; `agents` are
    /// `{key, family, unit}`, in the order in which they are shown.
    pub fn open(settings: JsValue, agents: JsValue, as_of: &str) -> JsResult<Usage> {
        let settings = SettingsShape(from_js(&settings)?);
        let (zone, cards) = settings.zone_and_rates().map_err(to_js)?;
        let styles = asked::styles(&from_js(&agents)?).map_err(to_js)?;
        let as_of = Instant::parse(as_of).map_err(to_js)?;
        Ok(Usage {
            activity: Activity::new(zone, as_of),
            balance: None,
            offers: Offers { cards, ..Offers::default() },
            styles,
            labels: Labels::default(),
            events: None,
            log: View::default(),
            reader: None,
            writer: CsvWriter::new(),
            standing: None,
        })
    }

    /// The newest balance, as the ledger answers it; its time is the dashboard's.
    pub fn set_balance(&mut self, balance: JsValue) -> JsResult<()> {
        let balance = BalanceShape(from_js(&balance)?).parse().map_err(to_js)?;
        self.standing = None;
        self.activity.set_as_of(balance.as_of);
        self.offers.coming = coming(&balance, self.activity.zone()).map_err(to_js)?;
        self.balance = Some(balance);
        Ok(())
    }

    /// What is on offer: `products` of the store, a `credits_map` for a store without the plugin,
    /// and the `plans` with their `prices`, of which those that can't be read are left out. Says
    /// how many of the products are no packages.
    pub fn set_offers(&mut self, offers: JsValue) -> JsResult<u32> {
        let offers = asked::offers(from_js(&offers)?).map_err(to_js)?;
        self.standing = None;
        self.offers.packages = offers.packages;
        self.offers.plans = offers.plans;
        Ok(offers.refused)
    }

    /// Labels of keys, by dimension: `{agent: {chat: "Chat"}, site: {...}}`.
    pub fn set_labels(&mut self, labels: JsValue) -> JsResult<()> {
        let labels = from_js(&labels)?;
        self.standing = None;
        for (dimension, key, label) in asked::labels(&labels) {
            self.labels.set(dimension, key, label);
            self.activity.set_label(dimension, key, label).map_err(to_js)?;
        }
        Ok(())
    }

    /// Events of the page's own that the use is set against: `{name, events: [{day, count}]}`, or
    /// null for none.
    pub fn set_value(&mut self, value: JsValue) -> JsResult<()> {
        self.events = None;
        self.events = asked::events(&from_js(&value)?).map_err(to_js)?;
        Ok(())
    }

    /// Takes in an answer of `GET usage`; says how many of its rows were refused.
    pub fn add_rollups(&mut self, answer: JsValue) -> JsResult<u32> {
        self.standing = None;
        let added = add_rollups(&mut self.activity, &from_js(&answer)?);
        added.map(refused).map_err(to_js)
    }

    /// Takes in rows of `GET activity`; says how many were refused.
    pub fn add_rows(&mut self, rows: JsValue) -> JsResult<u32> {
        let rows = list_from_js(&rows, |row| row)?;
        self.standing = None;
        Ok(refused(add_rows(&mut self.activity, &rows)))
    }

    /// Takes in the next bytes of a CSV export; says how many of its rows were refused so far.
    pub fn read_csv(&mut self, bytes: &[u8]) -> JsResult<u32> {
        self.standing = None;
        let reader = self.reader.get_or_insert_with(CsvReader::new);
        reader.feed(&mut self.activity, bytes).map(refused).map_err(to_js)
    }

    /// Ends the file that was read.
    pub fn end_csv(&mut self) -> JsResult<u32> {
        let Some(mut reader) = self.reader.take() else { return Ok(0) };
        self.standing = None;
        reader.finish(&mut self.activity).map(refused).map_err(to_js)
    }

    /// The clock on the wall of the account's zone.
    pub fn clock(&self, at: &str) -> JsResult<String> {
        Instant::parse(at).map(|at| self.moment(at)).map_err(to_js)
    }

    /// How many rows of the log are here.
    pub fn rows_known(&self) -> f64 {
        self.activity.len() as f64
    }

    /// Everything but the log's rows, under a filter.
    pub fn view(&mut self, filter: JsValue) -> JsResult<JsValue> {
        let asked = Asked::read(&from_js(&filter)?).map_err(to_js)?;
        let standing = match self.standing.take() {
            Some(standing) => standing,
            None => self.stand().map_err(to_js)?,
        };
        let view = self.paint(&asked, &standing);
        self.standing = Some(standing);
        view.map(|view| to_js_value(&view)).map_err(to_js)
    }
}

impl Usage {
    fn balance(&self) -> Result<&Balance> {
        let unknown = || Error::new(Code::SnapshotInvalid, "no balance was given").at("balance");
        self.balance.as_ref().ok_or_else(unknown)
    }

    fn day(&self, at: Instant) -> i64 {
        self.activity.zone().date_of(at).days()
    }

    fn named(&self, dimension: Dimension, key: &str) -> Value {
        painted::named(&self.labels, dimension, key)
    }
}

const fn refused(added: Added) -> u32 {
    added.refused as u32
}
