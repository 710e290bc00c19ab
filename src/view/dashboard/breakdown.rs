//! Where the credits went, by one dimension after the other.

use crate::core::Credits;
use crate::core::activity::{Dimension, Filter, Part, Summary};
use crate::view::dashboard::share::permille;

/// The parts of one dimension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breakdown {
    /// The dimension.
    pub by: Dimension,
    /// Its largest keys.
    pub rows: Vec<BreakdownRow>,
    /// How many keys are not among them, and what they come to.
    pub others: Option<(usize, Credits, i64)>,
}

/// One key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BreakdownRow {
    /// The key; empty where rows have none.
    pub key: String,
    /// What its work cost.
    pub credits: Credits,
    /// In permille of all keys.
    pub share: i64,
    /// Whether it is the one that is filtered for.
    pub pressed: bool,
}

const ROWS: usize = 6;
const ORDER: [Dimension; 5] =
    [Dimension::Model, Dimension::Feature, Dimension::Site, Dimension::Company, Dimension::Type];

/// All breakdowns that tell something: those with more than one key, or with a key chosen.
pub fn breakdowns(summary: &Summary<'_>, filter: &Filter) -> Vec<Breakdown> {
    let tells = |by: &Dimension| summary.parts_of(*by).len() > 1 || filter.key(*by).is_some();
    ORDER.into_iter().filter(tells).map(|by| breakdown(by, summary, filter)).collect()
}

fn breakdown(by: Dimension, summary: &Summary<'_>, filter: &Filter) -> Breakdown {
    let parts = summary.parts_of(by);
    let credits = |part: &Part<'_>| part.sums.credits;
    let sum =
        |parts: &[Part<'_>]| parts.iter().map(credits).fold(Credits::ZERO, Credits::saturating_add);
    let all = sum(parts);
    let chosen = |part: &Part<'_>| filter.key(by) == Some(part.key);
    // The chosen one is always among the rows, else nobody could take it away again.
    let shown = |(place, part): &(usize, &Part<'_>)| *place < ROWS || chosen(part);
    let row = |part: &Part<'_>| BreakdownRow {
        key: part.key.to_owned(),
        credits: credits(part),
        share: permille(credits(part), all),
        pressed: chosen(part),
    };
    let places = || parts.iter().enumerate();
    let rows: Vec<BreakdownRow> = places().filter(shown).map(|(_, part)| row(part)).collect();
    let hidden = parts.len() - rows.len();
    let rest = places().filter(|pair| !shown(pair)).map(|(_, part)| credits(part));
    let rest = rest.fold(Credits::ZERO, Credits::saturating_add);
    let others = (hidden > 0).then(|| (hidden, rest, permille(rest, all)));
    Breakdown { by, rows, others }
}
