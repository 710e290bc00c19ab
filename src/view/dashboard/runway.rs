//! How long the credits last, as a date, a line and a band around it.

use crate::core::activity::{Activity, Dimension, Filter};
use crate::core::runway::{Outlook, Pace, Runway, Silence, Supply, allowances, supplies_of};
use crate::core::{Balance, Credits, DAY_MS, Instant, Zone};
use crate::error::Result;
use crate::view::dashboard::share::about;

/// What is said of the runway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunwayState {
    /// A date, with its uncertainty.
    Known,
    /// Too little use to say.
    None,
    /// It ends within a day.
    Day,
    /// It is longer than a year.
    Year,
    /// A plan covers all use.
    Unlimited,
    /// Nothing is left.
    Depleted,
}

impl RunwayState {
    /// Its name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            RunwayState::Known => "known",
            RunwayState::None => "none",
            RunwayState::Day => "day",
            RunwayState::Year => "year",
            RunwayState::Unlimited => "unlimited",
            RunwayState::Depleted => "depleted",
        }
    }
}

/// The runway's card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunwayLine {
    /// What is said.
    pub state: RunwayState,
    /// The expected day, and the first and last likely one.
    pub until: Option<i64>,
    /// See `until`.
    pub from: Option<i64>,
    /// None where the slowest likely pace does not run out within two years.
    pub to: Option<i64>,
    /// What can be spent.
    pub available: Credits,
    /// Expected use of a day.
    pub per_day: Option<Credits>,
    /// x and y in turn, in a box of 1000 by 1000, y down.
    pub line: Vec<i64>,
    /// The band's outline in the same way.
    pub band: Vec<i64>,
}

/// The pace of an account by all of its activity: what its runway and the advice are told from.
///
/// # Errors
/// As [`Activity::trend`].
pub fn pace(activity: &Activity, as_of: Instant, zone: &Zone) -> Result<PaceRead> {
    let trend = activity.trend(&Filter::all(), Dimension::Agent)?;
    let width = trend.columns.len().max(1);
    let days = trend.credits.chunks(width).zip(trend.first_day..);
    let sum = |row: &[Credits]| row.iter().copied().fold(Credits::ZERO, Credits::saturating_add);
    let used: Vec<(i64, Credits)> = days.map(|(row, day)| (day, sum(row))).collect();
    let read = Pace::read(&used, as_of, zone);
    Ok(PaceRead { read, used })
}

/// The allowances that are known to come: those of the plan's next cycles.
///
/// # Errors
/// `time_invalid` close to the year 9999.
pub fn coming(balance: &Balance, zone: &Zone) -> Result<Vec<Supply>> {
    let plan = balance.plan.as_ref().filter(|_| !balance.unlimited);
    let Some((plan, started_at)) = plan.and_then(|plan| Some((plan, plan.started_at?))) else {
        return Ok(Vec::new());
    };
    allowances(started_at, plan.paid_until, plan.allowance, balance.as_of, zone)
}

/// A pace, or why there is none, and the days that it was read from.
pub struct PaceRead {
    pub(super) read: std::result::Result<Pace, Silence>,
    pub(super) used: Vec<(i64, Credits)>,
}

impl PaceRead {
    /// The expected use of a day; none where there is too little to say.
    pub fn per_day(&self) -> Option<Credits> {
        self.read.as_ref().ok().map(Pace::per_day)
    }

    /// How long supplies last at this pace.
    pub(super) fn outlook(
        &self,
        supplies: &[Supply],
        debt: Credits,
        zone: &Zone,
    ) -> Result<Outlook> {
        match &self.read {
            Ok(pace) => pace.runway(supplies, debt, zone),
            Err(silence) => Ok(Err(*silence)),
        }
    }
}

/// The runway's card; `coming` are the allowances that are known to come.
///
/// # Errors
/// `time_invalid` close to the year 9999.
pub fn runway_line(
    balance: &Balance,
    coming: &[Supply],
    read: &PaceRead,
    zone: &Zone,
) -> Result<RunwayLine> {
    let mut supplies = supplies_of(balance);
    supplies.extend_from_slice(coming);
    let mut card = RunwayLine {
        state: RunwayState::Unlimited,
        until: None,
        from: None,
        to: None,
        available: balance.available,
        per_day: read.per_day().map(about),
        line: Vec::new(),
        band: Vec::new(),
    };
    if balance.unlimited {
        return Ok(card);
    }
    match read.outlook(&supplies, balance.debt, zone)? {
        _ if balance.available.is_zero() => card.state = RunwayState::Depleted,
        Ok(runway) => card.draw(&runway, balance.as_of, zone),
        Err(Silence::OverAYear) => card.state = RunwayState::Year,
        Err(Silence::Depleted) => card.state = RunwayState::Depleted,
        Err(_) => card.state = RunwayState::None,
    }
    Ok(card)
}

const BOX: i64 = 1_000;
/// More points than that are not seen on a small chart.
const POINTS: usize = 60;

impl RunwayLine {
    fn draw(&mut self, runway: &Runway, as_of: Instant, zone: &Zone) {
        let day = |at: Instant| zone.date_of(at).days();
        let under = runway.around.ms_since(as_of) < DAY_MS;
        self.state = if under { RunwayState::Day } else { RunwayState::Known };
        self.until = Some(day(runway.around));
        self.from = Some(day(runway.from));
        self.to = runway.to.map(day);
        let first = runway.line.iter().map(|point| point.available).max().unwrap_or_default();
        let width = runway.to.unwrap_or(runway.around).max(runway.around).ms_since(as_of).max(1);
        let x = |at: Instant| (at.ms_since(as_of).clamp(0, width) * BOX) / width;
        let y = |credits: Credits| {
            let whole = i128::from(first.micro().max(1));
            let up = i128::from(credits.micro().max(0)) * i128::from(BOX) / whole;
            BOX - up as i64
        };
        let step = runway.line.len().div_ceil(POINTS).max(1);
        let last = runway.line.len().saturating_sub(1);
        for (place, point) in runway.line.iter().enumerate() {
            if place % step == 0 || place == last {
                self.line.extend([x(point.at), y(point.available)]);
            }
        }
        let start = runway.line.first().map_or(0, |point| y(point.available));
        let end = runway.to.map_or(BOX, x);
        self.band = vec![0, start, x(runway.from), BOX, end, BOX];
    }
}
