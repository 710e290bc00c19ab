//! Spikes: days that stand out, and what drove them.
//!
//! A usual day is robust: the median of the same weekday in the eight weeks before, or that of the
//! 28 days before, whichever is more; with it goes the greater of their median absolute deviations
//! (MAD). An account that rests on most days is compared with its days of use. A day stands out
//! when it is above the usual by at least as much again, by six MADs (about four standard
//! deviations of an even scatter) and by 25 credits, so that no small account is nagged. Days that
//! stand out for more than a week on end are no spike but a new pace.

use crate::core::Credits;
use crate::core::runway::days::{first_used, row};
use crate::core::runway::rank::median;

/// The least excess of a spike.
pub const LEAST_SPIKE: Credits = Credits::from_micro(25_000_000);
/// By how many median absolute deviations it stands out.
const DEVIATIONS: i64 = 6;
/// Days that must lie before it.
const LEAST_BEFORE: usize = 14;
/// Days before it that count as recent.
const RECENT: usize = 28;
/// Weeks of which the same weekday counts, and how many of them there must be.
const WEEKS: usize = 8;
const LEAST_WEEKS: usize = 4;
/// Days with use that there must be where most are without.
const LEAST_USED: usize = 4;
/// Days on end that can stand out.
const LONGEST_RUN: usize = 7;
/// Days that are looked at.
const MEMORY_DAYS: i64 = 731;

/// By what uses are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// Which agent worked.
    Agent,
    /// Which model it used.
    Model,
    /// For which site.
    Site,
}

impl Dimension {
    /// Every dimension; of equal drivers the earlier one's is named.
    pub const ALL: [Dimension; 3] = [Dimension::Agent, Dimension::Model, Dimension::Site];

    /// Its name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Dimension::Agent => "agent",
            Dimension::Model => "model",
            Dimension::Site => "site",
        }
    }
}

/// What one agent, model or site consumed on each day: (days since 1970, credits).
#[derive(Clone, Copy, Debug)]
pub struct Slice<'a> {
    /// Of what it is one value.
    pub dimension: Dimension,
    /// As [`spikes`] takes them.
    pub days: &'a [(i64, Credits)],
}

/// A day that stands out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spike {
    /// Days since 1970.
    pub day: i64,
    /// What it used.
    pub credits: Credits,
    /// What a usual day uses.
    pub usual: Credits,
    /// What drove it: of each dimension the slice with the largest excess over its own usual day,
    /// the largest first. A dimension with one slice alone tells nothing and comes last.
    pub drivers: Vec<Driver>,
}

/// What drove a spike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Driver {
    /// Place among the slices that were handed in.
    pub slice: usize,
    /// What it used on that day.
    pub credits: Credits,
    /// What it uses on a usual day.
    pub usual: Credits,
    /// Its excess as a part of the day's, in whole percent, 0 to 100, rounded down.
    pub share_percent: u8,
}

/// The days that stand out, the earliest first, among the last two years and today.
///
/// `used` is what each civil day consumed, (days since 1970, credits), in any order; days that are
/// not named used nothing. Today is as far as it has come: it can stand out already.
///
/// ```
/// use nivella_credits::core::{Credits, runway::spikes};
/// let mut used: Vec<_> = (0..40).map(|day| (day, Credits::from_micro(50_000_000))).collect();
/// used.push((40, Credits::from_micro(202_000_000)));
/// let found = spikes(&used, 40, &[]);
/// assert_eq!((found[0].day, found[0].usual.to_string()), (40, "50".to_owned()));
/// assert_eq!(found.len(), 1);
/// ```
pub fn spikes(used: &[(i64, Credits)], today: i64, slices: &[Slice<'_>]) -> Vec<Spike> {
    let end = today.saturating_add(1);
    let oldest = end.saturating_sub(MEMORY_DAYS);
    let Some(first) = first_used(used, oldest, end) else { return Vec::new() };
    let days = row(used, first, end);
    let outstanding: Vec<Option<i64>> = (0..days.len()).map(|at| stands_out(&days, at)).collect();
    let mut found = Vec::new();
    for run in outstanding.chunk_by(|a, b| a.is_some() == b.is_some()) {
        found.extend(run.iter().map(|usual| usual.filter(|_| run.len() <= LONGEST_RUN)));
    }
    let rows: Vec<Vec<i64>> = if found.iter().any(Option::is_some) {
        slices.iter().map(|slice| row(slice.days, first, end)).collect()
    } else {
        Vec::new()
    };
    let mut spikes = Vec::new();
    for ((at, usual), day) in found.iter().enumerate().zip(first..) {
        let Some(usual) = *usual else { continue };
        let used = days.get(at).copied().unwrap_or(0);
        let drivers = drivers(slices, &rows, at, used - usual);
        let (credits, usual) = (Credits::from_micro(used), Credits::from_micro(usual));
        spikes.push(Spike { day, credits, usual, drivers });
    }
    spikes
}

/// The usual day, where this one stands out from it.
fn stands_out(days: &[i64], at: usize) -> Option<i64> {
    let used = days.get(at).copied().filter(|used| *used >= LEAST_SPIKE.micro())?;
    let before = days.get(..at).filter(|before| before.len() >= LEAST_BEFORE)?;
    let (mut usual, mut deviation) = usual(before);
    if usual == 0 {
        let recent = before.iter().rev().take(RECENT * 2).copied();
        let worked: Vec<i64> = recent.filter(|used| *used > 0).collect();
        if worked.len() < LEAST_USED {
            return None;
        }
        (usual, deviation) = middle(&worked);
    }
    let least = LEAST_SPIKE.micro().max(usual).max(deviation.saturating_mul(DEVIATIONS));
    (used.saturating_sub(usual) >= least).then_some(usual)
}

/// What the day after these usually uses, and how far days are from it.
fn usual(before: &[i64]) -> (i64, i64) {
    let recent: Vec<i64> = before.iter().rev().take(RECENT).copied().collect();
    let weekday: Vec<i64> = before.iter().rev().skip(6).step_by(7).take(WEEKS).copied().collect();
    let (usual, deviation) = middle(&recent);
    if weekday.len() < LEAST_WEEKS {
        return (usual, deviation);
    }
    let (same, scatter) = middle(&weekday);
    (usual.max(same), deviation.max(scatter))
}

/// The median, and the median of the distances from it.
fn middle(values: &[i64]) -> (i64, i64) {
    let middle = median(values);
    let distances: Vec<i64> = values.iter().map(|value| (value - middle).abs()).collect();
    (middle, median(&distances))
}

/// Of each dimension the slice with the largest excess on this day.
fn drivers(slices: &[Slice<'_>], rows: &[Vec<i64>], at: usize, excess: i64) -> Vec<Driver> {
    // Whether it tells nothing, and its excess: by these they are ordered.
    let mut found: Vec<(bool, i64, Driver)> = Vec::new();
    for dimension in Dimension::ALL {
        let (mut most, mut known): (Option<(i64, Driver)>, usize) = (None, 0);
        for (slice, row) in rows.iter().enumerate() {
            if slices.get(slice).is_none_or(|slice| slice.dimension != dimension) {
                continue;
            }
            let (Some(used), Some(before)) = (row.get(at).copied(), row.get(..at)) else {
                continue;
            };
            known += usize::from(used > 0 || before.iter().any(|used| *used > 0));
            let (usual, _) = usual(before);
            let own = used - usual;
            if own > most.as_ref().map_or(0, |(most, _)| *most) {
                let share_percent = (own / (excess / 100).max(1)).min(100) as u8;
                let (credits, usual) = (Credits::from_micro(used), Credits::from_micro(usual));
                most = Some((own, Driver { slice, credits, usual, share_percent }));
            }
        }
        if let Some((own, driver)) = most {
            let key = (known < 2, -own);
            let place = found.iter().position(|other| key < (other.0, other.1));
            found.insert(place.unwrap_or(found.len()), (key.0, key.1, driver));
        }
    }
    found.into_iter().map(|(_, _, driver)| driver).collect()
}
