//! Levels: how close an account is to running out.

use crate::core::Credits;
use crate::error::{Code, Error, Result};

/// How much is left, compared with a base.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Above both thresholds.
    Ok,
    /// At or below the first threshold, by default 20 % of the base.
    Low,
    /// At or below the second threshold, by default 5 % of the base.
    Critical,
    /// Nothing is available.
    Depleted,
    /// An unlimited plan covers all use.
    Unlimited,
}

impl Level {
    /// Its name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Level::Ok => "ok",
            Level::Low => "low",
            Level::Critical => "critical",
            Level::Depleted => "depleted",
            Level::Unlimited => "unlimited",
        }
    }

    /// The level with this name.
    ///
    /// # Errors
    /// `field_invalid` for any other text.
    pub fn parse(text: &str) -> Result<Level> {
        let levels = [Level::Ok, Level::Low, Level::Critical, Level::Depleted, Level::Unlimited];
        let unknown = || Error::new(Code::FieldInvalid, "no such level");
        levels.into_iter().find(|level| level.as_str() == text).ok_or_else(unknown)
    }

    /// What is worth saying when this level follows another: once for each crossing, however many
    /// levels are passed at once, and nothing while it stays.
    ///
    /// ```
    /// use nivella_credits::core::{Level, level::Crossing};
    /// assert_eq!(Level::Depleted.crossed_from(Level::Ok), Some(Crossing::Depleted));
    /// assert_eq!(Level::Low.crossed_from(Level::Depleted), Some(Crossing::Recovered));
    /// assert_eq!(Level::Low.crossed_from(Level::Low), None);
    /// ```
    pub fn crossed_from(self, before: Level) -> Option<Crossing> {
        if self.rank() < before.rank() {
            return Some(Crossing::Recovered);
        }
        match self {
            _ if self.rank() == before.rank() => None,
            Level::Low => Some(Crossing::Low),
            Level::Critical => Some(Crossing::Critical),
            Level::Depleted => Some(Crossing::Depleted),
            Level::Ok | Level::Unlimited => None,
        }
    }

    /// Larger is worse. Unlimited and ok are equally good.
    const fn rank(self) -> u8 {
        match self {
            Level::Ok | Level::Unlimited => 0,
            Level::Low => 1,
            Level::Critical => 2,
            Level::Depleted => 3,
        }
    }
}

/// A level that was crossed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crossing {
    /// Down to low.
    Low,
    /// Down to critical.
    Critical,
    /// Nothing left.
    Depleted,
    /// Up to a better level.
    Recovered,
}

impl Crossing {
    /// Its name in events.
    pub const fn as_str(self) -> &'static str {
        match self {
            Crossing::Low => "low",
            Crossing::Critical => "critical",
            Crossing::Depleted => "depleted",
            Crossing::Recovered => "recovered",
        }
    }
}

/// Where a level begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Threshold {
    /// At this share of the base, in permille, 0 to 1,000.
    Share(u16),
    /// At so many credits, whatever the base.
    Amount(Credits),
}

impl Threshold {
    /// Whether so much available is at or below it.
    fn reaches(self, available: Credits, base: Credits) -> bool {
        match self {
            Threshold::Share(permille) => {
                let share = i128::from(base.micro()) * i128::from(permille);
                i128::from(available.micro()) * 1_000 <= share
            }
            Threshold::Amount(amount) => available <= amount,
        }
    }
}

/// Where the levels begin: by default low at 20 % of the base and critical at 5 %.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    low: Threshold,
    critical: Threshold,
}

impl Thresholds {
    /// From two thresholds. One may be a share and the other an amount; where both are reached, the
    /// level is critical.
    ///
    /// # Errors
    /// `field_invalid` unless shares are 0 to 1,000 permille, amounts 0 to 10^12, and of two that
    /// compare the critical one is not above the low one. Names `low` or `critical`.
    pub fn of(low: Threshold, critical: Threshold) -> Result<Thresholds> {
        let sane = |one: Threshold| match one {
            Threshold::Share(permille) => permille <= 1_000,
            Threshold::Amount(amount) => (Credits::ZERO..=Credits::MAX_MOVEMENT).contains(&amount),
        };
        let ordered = match (low, critical) {
            (Threshold::Share(low), Threshold::Share(critical)) => critical <= low,
            (Threshold::Amount(low), Threshold::Amount(critical)) => critical <= low,
            _ => true,
        };
        let field = match (sane(low), sane(critical) && ordered) {
            (true, true) => return Ok(Thresholds { low, critical }),
            (false, _) => "low",
            (true, false) => "critical",
        };
        let message = "thresholds are 0 to 100 percent or 0 to 10^12 credits, critical <= low";
        Err(Error::new(Code::FieldInvalid, message).at(field))
    }

    /// Where `low` begins.
    pub const fn low(self) -> Threshold {
        self.low
    }

    /// Where `critical` begins.
    pub const fn critical(self) -> Threshold {
        self.critical
    }
}

/// Low at 20 %, critical at 5 %.
impl Default for Thresholds {
    fn default() -> Thresholds {
        Thresholds { low: Threshold::Share(200), critical: Threshold::Share(50) }
    }
}

/// The level of so many credits over all pools: of what is available for what is shown, of what is
/// posted for what is said; see [`Balance`](crate::core::Balance). The base is the cycle's
/// allowance; without a plan the last 30 days' use; without that the last grant; without any of
/// them only 0 and thresholds that are amounts are reached.
///
/// ```
/// use nivella_credits::core::{Credits, Level, Threshold, Thresholds, level};
/// let (base, at) = (Some(Credits::parse("1500")?), Thresholds::default());
/// assert_eq!(level(Credits::parse("300.000001")?, base, at), Level::Ok);
/// assert_eq!(level(Credits::parse("300")?, base, at), Level::Low);
/// assert_eq!(level(Credits::parse("75")?, base, at), Level::Critical);
/// assert_eq!(level(Credits::ZERO, base, at), Level::Depleted);
/// assert_eq!(level(Credits::ONE, None, at), Level::Ok);
/// let chosen = Thresholds::of(Threshold::Amount(Credits::parse("500")?), at.critical())?;
/// assert_eq!(level(Credits::parse("500")?, base, chosen), Level::Low);
/// # Ok::<(), nivella_credits::Error>(())
/// ```
pub fn level(available: Credits, base: Option<Credits>, thresholds: Thresholds) -> Level {
    let base = base.unwrap_or(Credits::ZERO);
    if !available.is_positive() {
        Level::Depleted
    } else if thresholds.critical.reaches(available, base) {
        Level::Critical
    } else if thresholds.low.reaches(available, base) {
        Level::Low
    } else {
        Level::Ok
    }
}
