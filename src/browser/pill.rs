//! The `pill` module: what every page with a pill loads, so every byte of it is looked at.
//!
//! Its texts stay JavaScript's: whole numbers and times go to `Intl` as they are, messages come
//! back as references, and the only text that crosses into the module is the amount to be parsed.
//! The few parts of the page that it touches are bound by hand; the general bindings would double
//! it.

use wasm_bindgen::prelude::*;

use crate::core::{Credits, Instant, Level};
use crate::error::{Code, Error, Result};
use crate::view::pill::{Crossing, Hint, Lost, PillModel, PillView, Reading, Show, Value};

#[wasm_bindgen]
extern "C" {
    /// A shadow root.
    pub type Root;
    #[wasm_bindgen(method, js_name = getElementById)]
    fn part(this: &Root, id: &str) -> Option<Part>;

    /// An element of the template.
    #[derive(Clone)]
    pub type Part;
    #[wasm_bindgen(method, setter, js_name = textContent)]
    fn set_text(this: &Part, text: &JsValue);
    #[wasm_bindgen(method, setter)]
    fn set_hidden(this: &Part, hidden: bool);
    #[wasm_bindgen(method, js_name = setAttribute)]
    fn set_attribute(this: &Part, name: &str, value: &str);
    #[wasm_bindgen(method)]
    fn append(this: &Part, child: &Part);

    /// `www/shim/locale.js`: numbers, times and messages in the reader's language.
    #[wasm_bindgen(typescript_type = "import('../../../www/shim/locale.js').Locale")]
    pub type Locale;
    #[wasm_bindgen(method)]
    fn whole(this: &Locale, count: f64) -> JsValue;
    #[wasm_bindgen(method)]
    fn day(this: &Locale, at_ms: f64, now_ms: f64) -> JsValue;
    #[wasm_bindgen(method)]
    fn time(this: &Locale, at_ms: f64, now_ms: f64) -> JsValue;
    /// A message of the pill has at most two arguments.
    #[wasm_bindgen(method)]
    fn short(this: &Locale, key: &str, count: f64, first: &JsValue, second: &JsValue) -> JsValue;
}

/// The text of one part, and what stands there.
struct Slot {
    part: Part,
    /// An empty text is hidden; a live region never is.
    hides: bool,
    shown: JsValue,
}

impl Slot {
    /// Writes the text unless it stands there; says whether it was written.
    fn set(&mut self, text: JsValue) -> bool {
        if self.shown == text {
            return false;
        }
        self.part.set_text(&text);
        if self.hides {
            self.part.set_hidden(text.is_falsy());
        }
        self.shown = text;
        true
    }
}

/// Paints one pill into its shadow root.
#[wasm_bindgen]
pub struct Pill {
    model: PillModel,
    locale: Locale,
    /// A visitor's pill is plain text and leads nowhere.
    menu: bool,
    turned: bool,
    pill: Part,
    fallback: Part,
    status: Slot,
    value: Slot,
    /// Name, unit, hint: in the order of [`Pill::paint`].
    texts: [Slot; 3],
    /// The attributes of [`ATTRIBUTES`] as they stand.
    words: [&'static str; 4],
}

const ATTRIBUTES: [&str; 4] = ["data-level", "data-state", "data-hint", "data-turn"];

/// What a painting writes beside the number.
struct Words {
    value: JsValue,
    count: f64,
    unit: JsValue,
    hint: JsValue,
    name: JsValue,
}

#[wasm_bindgen]
impl Pill {
    /// Finds the template's parts; nothing where it has not all of them. `show` is the most that
    /// this page wants to show: 0 the level, 1 a rounded number, 2 the number.
    pub fn make(root: &Root, locale: Locale, show: u8, menu: bool) -> Option<Pill> {
        let pill = root.part(if menu { "pill" } else { "plain" })?;
        if !menu {
            let face = root.part("face")?;
            face.set_attribute("aria-hidden", "false");
            pill.append(&face);
        }
        let text = |id: &str, hides| Some(Slot { part: root.part(id)?, hides, shown: "".into() });
        Some(Pill {
            model: PillModel::new(show_of(show)),
            locale,
            menu,
            turned: false,
            fallback: root.part("fallback")?,
            status: text("status", false)?,
            value: text("value", false)?,
            texts: [text("name", false)?, text("unit", true)?, text("hint", true)?],
            words: [""; 4],
            pill,
        })
    }

    /// Takes a reading: `show` as in [`Pill::make`], the amount as a decimal string, `levels` the
    /// level and 16 times the alert, each from 0 (ok) to 4 (unlimited), times in milliseconds since
    /// 1970. Says 1 when it was taken, 0 when it is older than the one at hand, or why it is
    /// refused and the old one stays: 2 amount_invalid, 3 amount_out_of_range, 4 time_invalid,
    /// 5 snapshot_invalid.
    pub fn read(
        &mut self,
        version: f64,
        as_of_ms: f64,
        show: u8,
        available: Option<String>,
        levels: u8,
        lasts_until_ms: Option<f64>,
    ) -> u8 {
        match reading(version, as_of_ms, show, available, levels, lasts_until_ms) {
            Ok(reading) => u8::from(self.model.accept(reading)),
            Err(error) => match error.code {
                Code::AmountInvalid => 2,
                Code::AmountOutOfRange => 3,
                Code::TimeInvalid => 4,
                _ => 5,
            },
        }
    }

    /// The balance cannot be read now; `no_ledger` where the store keeps none at all.
    pub fn lose(&mut self, no_ledger: bool) {
        self.model.lose(if no_ledger { Lost::NoLedger } else { Lost::Unreachable });
    }

    /// Writes what changed, and says which level was crossed since the last painting: 1 low,
    /// 2 critical, 3 depleted, 4 recovered, 0 none.
    pub fn paint(&mut self, now_ms: f64) -> u8 {
        let Some(view) = self.model.view() else { return 0 };
        let words = self.words(view, now_ms);
        let (crossed, said) = crossing_words(self.model.crossing());
        if crossed > 0 {
            let value = &words.value;
            self.status.set(self.locale.short(said, words.count, value, &JsValue::UNDEFINED));
        }
        self.turned ^= self.value.set(words.value);
        for (slot, text) in self.texts.iter_mut().zip([words.name, words.unit, words.hint]) {
            slot.set(text);
        }
        let attributes = [
            view.level.as_str(),
            state_word(view),
            if view.hint == Hint::AddCredit { "add" } else { "" },
            if self.turned { "1" } else { "0" },
        ];
        for ((name, shown), word) in ATTRIBUTES.into_iter().zip(&mut self.words).zip(attributes) {
            if *shown != word {
                self.pill.set_attribute(name, word);
                *shown = word;
            }
        }
        self.fallback.set_hidden(true);
        self.pill.set_hidden(false);
        crossed
    }

    fn words(&self, view: PillView, now_ms: f64) -> Words {
        let none = JsValue::UNDEFINED;
        let text = |key, first: &JsValue| self.locale.short(key, 0.0, first, &none);
        let (mut value, mut unit, mut count) = (none.clone(), JsValue::from(""), 0.0);
        let balance = match view.value {
            Value::Whole(whole) | Value::AtLeast(whole) => {
                count = whole as f64;
                value = self.locale.whole(count);
                if let Value::AtLeast(_) = view.value {
                    value = text("pill.rounded", &value);
                }
                unit = self.locale.short("pill.unit", count, &none, &none);
                self.locale.short("pill.balance", count, &value, &none)
            }
            Value::Unlimited => text("pill.unlimited", &none),
            Value::Some => text("pill.some", &none),
            Value::None => text("pill.none", &none),
            Value::Unknown => text("pill.unknown", &none),
        };
        if value.is_undefined() {
            value = balance.clone();
        }
        let mut spoken = none.clone();
        let hint = match view.hint {
            Hint::Until(at) => {
                let day = self.locale.day(at.ms() as f64, now_ms);
                spoken = text("pill.name.until", &day);
                text("pill.until", &day)
            }
            Hint::UnderADay => text("pill.under-a-day", &none),
            Hint::AsOf(at) => text("pill.as-of", &self.locale.time(at.ms() as f64, now_ms)),
            Hint::AddCredit if self.menu => text("pill.add", &none),
            Hint::Nothing | Hint::AddCredit => "".into(),
        };
        if spoken.is_undefined() {
            spoken = hint.clone();
        }
        let key = if spoken.is_falsy() { "pill.name.plain" } else { "pill.name" };
        let name = self.locale.short(key, 0.0, &balance, &spoken);
        Words { value, count, unit, hint, name }
    }
}

const fn state_word(view: PillView) -> &'static str {
    match (view.value, view.current) {
        (Value::Unknown, _) | (_, false) => "unknown",
        (Value::AtLeast(_), _) => "rounded",
        (Value::Some | Value::None, _) => "level",
        _ => "known",
    }
}

const fn crossing_words(crossing: Option<Crossing>) -> (u8, &'static str) {
    match crossing {
        None => (0, ""),
        Some(Crossing::Low) => (1, "status.low"),
        Some(Crossing::Critical) => (2, "status.critical"),
        Some(Crossing::Depleted) => (3, "status.depleted"),
        Some(Crossing::Recovered) => (4, "status.recovered"),
    }
}

fn reading(
    version: f64,
    as_of_ms: f64,
    show: u8,
    available: Option<String>,
    levels: u8,
    lasts_until_ms: Option<f64>,
) -> Result<Reading> {
    let all = [Level::Ok, Level::Low, Level::Critical, Level::Depleted, Level::Unlimited];
    let [Some(level), Some(alert)] =
        [levels & 15, levels >> 4].map(|level| all.get(usize::from(level)))
    else {
        return Err(Error::new(Code::SnapshotInvalid, ""));
    };
    Ok(Reading {
        version: whole(version, Code::SnapshotInvalid)? as u64,
        as_of: instant(as_of_ms)?,
        show: show_of(show),
        available: available.as_deref().map(Credits::parse).transpose()?,
        level: *level,
        alert: *alert,
        lasts_until: lasts_until_ms.map(instant).transpose()?,
    })
}

/// The largest whole number that JavaScript counts exactly.
const MAX_EXACT: f64 = 9_007_199_254_740_991.0;

fn whole(number: f64, code: Code) -> Result<i64> {
    if number.abs() <= MAX_EXACT { Ok(number as i64) } else { Err(Error::new(code, "")) }
}

fn instant(ms: f64) -> Result<Instant> {
    Instant::from_ms(whole(ms, Code::TimeInvalid)?)
}

const fn show_of(show: u8) -> Show {
    match show {
        0 => Show::Level,
        1 => Show::Rounded,
        _ => Show::Exact,
    }
}
