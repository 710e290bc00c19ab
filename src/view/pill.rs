//! What the pill shows, and when a change is worth saying.

use crate::core::{Credits, DAY_MS, Instant, Level};

pub use crate::core::level::Crossing;

/// How much of the balance the reader may know. The server decides; a page can only reduce it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Show {
    /// The level alone.
    Level,
    /// A number that is rounded down, with a `+`.
    Rounded,
    /// The number.
    Exact,
}

/// One reading of the balance, as the server gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Counts the writes of the account.
    pub version: u64,
    /// The server's time of the reading.
    pub as_of: Instant,
    /// How exact the server was.
    pub show: Show,
    /// What is available; nothing where the server tells the level alone.
    pub available: Option<Credits>,
    /// The level over all pools.
    pub level: Level,
    /// The level that is worth saying, which what is only held does not change.
    pub alert: Level,
    /// When the credits are expected to run out at this pace; nothing where there is too little to
    /// say.
    pub lasts_until: Option<Instant>,
}

/// Why there is no current balance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// The store does not answer. The last known value stays, with its time.
    Unreachable,
    /// The store has no ledger: the balance cannot be known here.
    NoLedger,
}

/// The number in the pill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// This many whole credits, rounded down.
    Whole(i64),
    /// At least this many.
    AtLeast(i64),
    /// The plan covers all use.
    Unlimited,
    /// There are credits; how many is not told.
    Some,
    /// There are none.
    None,
    /// The balance cannot be known.
    Unknown,
}

/// The second half of the pill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// Nothing to say.
    Nothing,
    /// Lasts until about this day.
    Until(Instant),
    /// Lasts less than a day.
    UnderADay,
    /// The value was true at this time.
    AsOf(Instant),
    /// There is nothing left: the way to more.
    AddCredit,
}

/// All that the pill shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PillView {
    /// Which level glyph and tone.
    pub level: Level,
    /// False where the value is the last known one, or none.
    pub current: bool,
    /// The number.
    pub value: Value,
    /// What stands beside it.
    pub hint: Hint,
}

/// The pill's memory: the newest reading, and the level that was last shown.
///
/// An older version never replaces a newer one, and a lost store never turns a number into zero.
#[derive(Debug)]
pub struct PillModel {
    reduce: Show,
    reading: Option<Reading>,
    lost: Option<Lost>,
    shown: Option<Level>,
}

impl PillModel {
    /// Nothing read yet; shows at most as much as `reduce`.
    pub const fn new(reduce: Show) -> PillModel {
        PillModel { reduce, reading: None, lost: None, shown: None }
    }

    /// Shows at most this much from now on.
    pub fn reduce(&mut self, to: Show) {
        self.reduce = to;
    }

    /// Takes a reading unless it is older than the one at hand. Says whether it was taken.
    pub fn accept(&mut self, reading: Reading) -> bool {
        let newer = self
            .reading
            .is_none_or(|held| (held.version, held.as_of) <= (reading.version, reading.as_of));
        if newer {
            self.reading = Some(reading);
            self.lost = None;
        }
        newer
    }

    /// The balance cannot be read at present.
    pub fn lose(&mut self, lost: Lost) {
        self.lost = Some(lost);
    }

    /// What to show; nothing while nothing was ever read.
    pub fn view(&self) -> Option<PillView> {
        let Some(reading) = self.reading else {
            let unknown = PillView {
                level: Level::Ok,
                current: false,
                value: Value::Unknown,
                hint: Hint::Nothing,
            };
            return (self.lost == Some(Lost::NoLedger)).then_some(unknown);
        };
        let value = value(&reading, self.reduce.min(reading.show));
        let hint = match (self.lost, reading.level, reading.lasts_until) {
            (Some(_), _, _) => Hint::AsOf(reading.as_of),
            (None, Level::Depleted, _) => Hint::AddCredit,
            // Less than one credit is left: too little for most work.
            _ if value == Value::Whole(0) => Hint::AddCredit,
            (None, Level::Unlimited, _) | (None, _, None) => Hint::Nothing,
            _ if !matches!(value, Value::Whole(_)) => Hint::Nothing,
            (None, _, Some(until)) if until.ms_since(reading.as_of) < DAY_MS => Hint::UnderADay,
            (None, _, Some(until)) => Hint::Until(until),
        };
        Some(PillView { level: reading.level, current: self.lost.is_none(), value, hint })
    }

    /// Called once a painting: the level that was crossed since the last one. The first reading is
    /// no crossing, and any number of changes between two paintings is at most one.
    pub fn crossing(&mut self) -> Option<Crossing> {
        let now = self.reading?.alert;
        now.crossed_from(self.shown.replace(now)?)
    }
}

fn value(reading: &Reading, show: Show) -> Value {
    if reading.level == Level::Unlimited {
        return Value::Unlimited;
    }
    match (show, reading.available) {
        _ if reading.level == Level::Depleted && show != Show::Exact => Value::None,
        (Show::Level, _) | (_, None) => Value::Some,
        (Show::Exact, Some(available)) => Value::Whole(available.floor()),
        // What the server rounded is shown as it came; rounding again changes nothing.
        (Show::Rounded, Some(available)) => match round_down(available.floor()) {
            0 => Value::Some,
            rounded => Value::AtLeast(rounded),
        },
    }
}

/// Two significant digits, rounded down; below 100 whole tens.
fn round_down(whole: i64) -> i64 {
    let mut step = 10;
    while whole / step >= 100 {
        step *= 10;
    }
    whole / step * step
}
