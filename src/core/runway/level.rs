//! The level of use: which memory has forecast best, and how far off it was.
//!
//! Whole numbers only; every division rounds down, and nothing that is divided is below 0.

use crate::core::runway::rank::at_rank;

/// Over how many days each memory takes its mean: what happens now, this month, and all that is
/// looked at.
const MEMORIES: [usize; 3] = [7, 28, 182];
/// What a memory must make good before it is believed: the error, in thousandths, that it starts
/// with. The longest is believed from the start.
const HANDICAPS: [i64; 3] = [2_000, 2_000, 0];
/// The most that one window can be off, in thousandths of what was forecast.
const WORST: i64 = 3_000;
/// Full days before the first window.
pub(super) const LEAST_DAYS: usize = 7;
/// The longest window.
const LONGEST: usize = 28;
/// Weeks that make the weekday pattern.
const PATTERN_WEEKS: usize = 8;
/// With how many weeks' weight a flat week counts beside them.
const FLAT_WEEKS: i64 = 2;
/// Ratios that are taken to have been seen before anything was: twice each.
const GIVEN_RATIOS: [i64; 4] = [800, 1_250, 800, 1_250];
/// Thousandths by which the interval grows on each side in 10 days.
const DRIFT: i64 = 15;
/// The least that the interval is wide, in thousandths: below and above.
const NARROWEST: (i64, i64) = (950, 1_052);
/// How many times as fast as slow a pace may be.
const MOST_APART: i64 = 4;

/// The level of use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Level {
    /// What the first 0, 1, 2... days used together.
    sums: Vec<i64>,
    /// How much each memory counts, 1 to 1,001.
    weights: [i64; 3],
}

impl Level {
    /// From what each full day used.
    pub(super) fn of(days: &[i64]) -> Level {
        let (mut sums, mut sum) = (vec![0], 0);
        for used in days {
            sum += used;
            sums.push(sum);
        }
        let mut level = Level { sums, weights: [1; 3] };
        level.weigh();
        level
    }

    /// The expected use of an average day to come.
    pub(super) fn now(&self) -> i64 {
        self.before(self.count())
    }

    /// Between how many thousandths of the level the next so many days are likely to be; none
    /// where that is too much apart.
    pub(super) fn spread(&self, days: i64) -> Option<(i64, i64)> {
        let window = usize::try_from(days).unwrap_or(0);
        let window = window.clamp(1, (self.count() / 3).clamp(2, LONGEST));
        let mut ratios = GIVEN_RATIOS.to_vec();
        for day in self.windows(window) {
            let told = self.before(day);
            if told > 0 {
                ratios.push((self.mean(day, day + window) * 1_000 / told).min(10_000));
            }
        }
        let tail = ratios.len() / 10;
        let low = at_rank(&ratios, tail).clamp(100, NARROWEST.0);
        let high = at_rank(&ratios, ratios.len() - 1 - tail).max(NARROWEST.1);
        // The further away, the more can change. Both ends move by as much time as pace.
        let drift = days * DRIFT / 10;
        let (low, high) = (1_000_000 / (1_000_000 / low + drift), high + drift);
        (high <= low * MOST_APART).then_some((low, high))
    }

    fn count(&self) -> usize {
        self.sums.len().saturating_sub(1)
    }

    /// The mean of these days, the last one not counted.
    fn mean(&self, from: usize, to: usize) -> i64 {
        let sum = |at: usize| self.sums.get(at).copied().unwrap_or(0);
        let days = i64::try_from(to.saturating_sub(from)).unwrap_or(0);
        (sum(to) - sum(from)) / days.max(1)
    }

    /// The days before which a forecast of so many days can be compared with what came.
    fn windows(&self, window: usize) -> std::ops::Range<usize> {
        LEAST_DAYS..(self.count() + 1).saturating_sub(window)
    }

    /// Compares what each memory would have said with what came, and weighs it by its error.
    fn weigh(&mut self) {
        let window = (self.count() / 6).clamp(LEAST_DAYS, LONGEST);
        let mut errors = HANDICAPS;
        for day in self.windows(window) {
            let came = self.mean(day, day + window);
            for (error, memory) in errors.iter_mut().zip(MEMORIES) {
                let told = self.mean(day.saturating_sub(memory), day).max(1);
                *error += ((told - came).abs() * 1_000 / told).min(WORST);
            }
        }
        let least = errors.iter().copied().min().unwrap_or(0);
        for (weight, error) in self.weights.iter_mut().zip(errors) {
            let mut ratio = if error > 0 { least * 1_000 / error } else { 1_000 };
            // To the 16th power: nearly the best alone, without a leap where two are as good.
            for _ in 0..4 {
                ratio = ratio * ratio / 1_000;
            }
            *weight = ratio + 1;
        }
    }

    /// The level as it would have been told on this day.
    fn before(&self, day: usize) -> i64 {
        let (mut sum, mut weights) = (0, 0);
        for (weight, memory) in self.weights.iter().zip(MEMORIES) {
            sum += weight * self.mean(day.saturating_sub(memory), day);
            weights += weight;
        }
        sum / weights.max(1)
    }
}

/// What each of the seven days after these is expected to use, at this level.
pub(super) fn week_after(days: &[i64], level: i64) -> [i64; 7] {
    let (mut sums, mut weeks) = ([0; 7], 0);
    for week in days.rchunks_exact(7).take(PATTERN_WEEKS) {
        weeks += 1;
        for (sum, used) in sums.iter_mut().zip(week) {
            *sum += used;
        }
    }
    let total: i64 = sums.iter().sum();
    sums.map(|sum| {
        let share = if total > 0 { sum * 7_000 / total } else { 1_000 };
        level * ((weeks * share + FLAT_WEEKS * 1_000) / (weeks + FLAT_WEEKS)) / 1_000
    })
}
