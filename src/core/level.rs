//! Levels: how close an account is to running out.

use crate::core::Credits;
use crate::error::{Code, Error, Result};

/// How much is left, compared with a base.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Above both thresholds.
    Ok,
    /// At or below the first threshold, 20 % of the base.
    Low,
    /// At or below the second threshold, 5 % of the base.
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
}

/// At which share of the base a level begins, in whole percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    low_percent: u8,
    critical_percent: u8,
}

impl Thresholds {
    /// From two shares in percent.
    ///
    /// # Errors
    /// `field_invalid` unless 0 <= critical <= low <= 100.
    pub fn new(low_percent: u8, critical_percent: u8) -> Result<Thresholds> {
        if critical_percent <= low_percent && low_percent <= 100 {
            Ok(Thresholds { low_percent, critical_percent })
        } else {
            let message = "thresholds are percents: 0 <= critical <= low <= 100";
            Err(Error::new(Code::FieldInvalid, message).at("thresholds"))
        }
    }

    /// Where `low` begins, in percent of the base.
    pub const fn low_percent(self) -> u8 {
        self.low_percent
    }

    /// Where `critical` begins, in percent of the base.
    pub const fn critical_percent(self) -> u8 {
        self.critical_percent
    }
}

/// Low at 20 %, critical at 5 %.
impl Default for Thresholds {
    fn default() -> Thresholds {
        Thresholds { low_percent: 20, critical_percent: 5 }
    }
}

/// The level of what is available over all pools. The base is the cycle's allowance; without a plan
/// the last 30 days' use; without that the last grant; without any of them only 0 is worth saying.
///
/// ```
/// use nivella_credits::core::{Credits, Level, Thresholds, level};
/// let (base, at) = (Some(Credits::parse("1500")?), Thresholds::default());
/// assert_eq!(level(Credits::parse("300.000001")?, base, at), Level::Ok);
/// assert_eq!(level(Credits::parse("300")?, base, at), Level::Low);
/// assert_eq!(level(Credits::parse("75")?, base, at), Level::Critical);
/// assert_eq!(level(Credits::ZERO, base, at), Level::Depleted);
/// assert_eq!(level(Credits::ONE, None, at), Level::Ok);
/// # Ok::<(), nivella_credits::Error>(())
/// ```
pub fn level(available: Credits, base: Option<Credits>, thresholds: Thresholds) -> Level {
    if !available.is_positive() {
        return Level::Depleted;
    }
    let base = i128::from(base.unwrap_or(Credits::ZERO).micro());
    let within = |percent: u8| i128::from(available.micro()) * 100 <= base * i128::from(percent);
    if within(thresholds.critical_percent) {
        Level::Critical
    } else if within(thresholds.low_percent) {
        Level::Low
    } else {
        Level::Ok
    }
}
