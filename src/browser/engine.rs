//! The ledger engine for the store that lives in a browser.

use wasm_bindgen::prelude::*;

use crate::browser::errors::to_js;
use crate::browser::shapes::{from_js, list_from_js, to_js_value};
use crate::core::ledger::Settings;
use crate::core::runway::Span;
use crate::core::statement::Head;
use crate::core::{Instant, Ledger};
use crate::error::Result;
use crate::view::lasts::runway_of;
use crate::wire::balance::BalanceShape;
use crate::wire::command::CommandShape;
use crate::wire::command_answer::answer;
use crate::wire::command_usage::{UsageShape, quote_shape};
use crate::wire::ledger::{StateShape, entries_since, load};
use crate::wire::ledger_entry::EntryShape;
use crate::wire::ledger_settings::{SettingsShape, ThresholdsShape};
use crate::wire::runway::{daily_use, runway_shape};
use crate::wire::statement::StatementText;
use crate::wire::value::Value;

type JsResult<T> = core::result::Result<T, JsValue>;

/// The ledger of one account.
#[wasm_bindgen]
pub struct Engine {
    ledger: Ledger,
    /// The statement that is being written.
    statement: Option<StatementText>,
}

#[wasm_bindgen]
impl Engine {
    /// Opens a stored account, or a new one from its settings. A stored one answers its balance at
    /// once, and books when all its entries are loaded.
    pub fn open(state: JsValue) -> JsResult<Engine> {
        let state = StateShape(from_js(&state)?);
        let ledger = if state.is_stored() {
            state.open()
        } else {
            SettingsShape(state.0).parse().and_then(Ledger::new)
        };
        Ok(Engine { ledger: ledger.map_err(to_js)?, statement: None })
    }

    /// Gives the next stored entries, in their order, at most 10,000 at once.
    pub fn load(&mut self, entries: JsValue) -> JsResult<()> {
        let entries = list_from_js(&entries, EntryShape)?;
        load(&mut self.ledger, &entries).map_err(to_js)
    }

    /// Applies a command; see `src/wire/command.rs` for its form and that of the answer.
    pub fn apply(&mut self, command: JsValue, now: &str) -> JsResult<JsValue> {
        let shape = CommandShape(from_js(&command)?);
        let answered = shape.parse().and_then(|command| {
            let now = Instant::parse(now)?;
            answer(&mut self.ledger, command, now)
        });
        Ok(to_js_value(&answered.map_err(to_js)?.0))
    }

    /// Has the levels begin elsewhere from now on; see `src/wire/ledger_settings.rs` for the form.
    pub fn set_thresholds(&mut self, thresholds: JsValue, now: &str) -> JsResult<()> {
        let shape = ThresholdsShape(from_js(&thresholds)?);
        let set = shape.parse().and_then(|thresholds| {
            let settings = Settings { thresholds, ..self.ledger.settings().clone() };
            self.ledger.configure(settings, Instant::parse(now)?)
        });
        set.map_err(to_js)
    }

    /// The balance at this time.
    pub fn balance(&self, now: &str) -> JsResult<JsValue> {
        let balance = Instant::parse(now).and_then(|now| self.ledger.balance(now));
        Ok(to_js_value(&BalanceShape::from(&balance.map_err(to_js)?).0))
    }

    /// When the balance of this time runs out: `{from, around, to}`, or null where there is too
    /// little to say, nothing left, or a plan that covers all use. `used` is what days used, as in
    /// `src/wire/runway.rs`.
    pub fn runway(&self, used: &str, now: &str) -> JsResult<JsValue> {
        let runway = self.foretold(used, now).map_err(to_js)?;
        Ok(to_js_value(&runway.map_or(Value::Null, |runway| runway_shape(&runway))))
    }

    /// What this usage would cost.
    pub fn quote(&self, usage: JsValue, now: &str) -> JsResult<JsValue> {
        let shape = UsageShape(from_js(&usage)?);
        self.quoted(&shape, now).map(|quote| to_js_value(&quote)).map_err(to_js)
    }

    /// The account without its entries, to be stored.
    pub fn state(&self) -> JsValue {
        to_js_value(&StateShape::from(&self.ledger).0)
    }

    /// Begins a statement of the whole account.
    pub fn begin_statement(&mut self, account: &str, as_of: &str) -> JsResult<()> {
        let as_of = Instant::parse(as_of).map_err(to_js)?;
        let zone = self.ledger.settings().zone.clone();
        let head = Head { account: account.to_owned(), as_of, zone };
        self.statement = Some(StatementText::new(head, 0));
        Ok(())
    }

    /// The next piece of its text, of about so many entries; none behind the last.
    pub fn next_statement(&mut self, most: u32) -> JsResult<Option<String>> {
        let Some(statement) = &mut self.statement else { return Ok(None) };
        statement.next(&self.ledger, most as usize).map_err(to_js)
    }

    /// The entries behind this sequence number, to be stored.
    pub fn entries_since(&self, seq: f64) -> JsValue {
        to_js_value(&entries_since(&self.ledger, seq as u64, usize::MAX).into())
    }
}

impl Engine {
    fn foretold(&self, used: &str, now: &str) -> Result<Option<Span>> {
        let used = daily_use(used)?;
        let balance = self.ledger.balance(Instant::parse(now)?)?;
        runway_of(&balance, &used, &self.ledger.settings().zone)
    }

    fn quoted(&self, usage: &UsageShape, now: &str) -> Result<Value> {
        let quote = self.ledger.quote(&usage.parse()?, Instant::parse(now)?)?;
        Ok(quote_shape(&quote))
    }
}
