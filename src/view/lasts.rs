//! How long credits last, as it stands beside a balance and beside what may be bought.

use crate::core::runway::{Pace, Silence, Span, Supply, Told, supplies_after, supplies_of};
use crate::core::{Balance, Credits, DAY_MS, Instant, Package, ProjectedPool, Zone, project};
use crate::error::Result;
use crate::view::dashboard::coming;

/// How long credits last at the account's pace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lasts {
    /// Until about this time.
    Until(Instant),
    /// They are gone within a day.
    UnderADay,
    /// Longer than anything is foretold.
    OverAYear,
}

impl Lasts {
    /// Until this expected time, seen from another.
    pub const fn until(at: Instant, as_of: Instant) -> Lasts {
        if at.ms_since(as_of) < DAY_MS { Lasts::UnderADay } else { Lasts::Until(at) }
    }
}

/// The pace of an account, and how long what it has or may buy lasts: worked out once for each
/// change, because every painting asks for it.
///
/// Whatever can't be foretold is not told: too little use, an unlimited plan, an unknown balance,
/// times beyond the year 9999.
#[derive(Debug, Default)]
pub struct Ahead {
    pace: Option<(Pace, Zone)>,
    coming: Vec<Supply>,
    now: Option<Lasts>,
    /// By package: for how many of it, and what came out.
    packages: Vec<(u32, Option<Lasts>)>,
    known: bool,
}

impl Ahead {
    /// Takes the pace and the zone of the account's days, or nothing while they are unknown.
    pub fn set_pace(&mut self, pace: Option<(Pace, Zone)>) {
        self.pace = pace;
        self.known = false;
    }

    /// The balance or the packages have changed.
    pub fn forget(&mut self) {
        self.known = false;
    }

    /// Works out what is missing: the balance as it is, and each package once, the chosen one (its
    /// place among them) in its quantity.
    pub fn look(
        &mut self,
        balance: Option<&Balance>,
        packages: &[Package],
        chosen: Option<(usize, u32)>,
    ) {
        if !self.known {
            self.packages.clear();
            (self.coming, self.now) = (Vec::new(), None);
        }
        let Some(balance) = balance else { return };
        if !self.known {
            self.known = true;
            let zone = self.pace.as_ref().map(|(_, zone)| zone);
            // Where it fails there is nothing to foretell: the cycles leave the calendar.
            self.coming = zone.and_then(|zone| coming(balance, zone).ok()).unwrap_or_default();
            self.now = self.lasts(balance, &[]);
        }
        for (place, package) in packages.iter().enumerate() {
            let quantity = chosen.filter(|(at, _)| *at == place).map_or(1, |(_, many)| many);
            let told = self.packages.get(place).filter(|(many, _)| *many == quantity);
            if told.is_some() {
                continue;
            }
            let told = (quantity, self.lasts(balance, &[(package, quantity)]));
            match self.packages.get_mut(place) {
                Some(slot) => *slot = told,
                None => self.packages.push(told),
            }
        }
    }

    /// How long the balance lasts as it is.
    pub const fn now(&self) -> Option<Lasts> {
        self.now
    }

    /// How long it lasts with the package at this place.
    pub fn with(&self, place: usize) -> Option<Lasts> {
        self.packages.get(place).and_then(|(_, lasts)| *lasts)
    }

    /// About how much a day uses, as far as a number says it: whole credits, tenths below 10. None
    /// where nothing is told that follows from it.
    pub fn per_day(&self) -> Option<Credits> {
        let told = self.packages.iter().any(|(_, lasts)| lasts.is_some());
        let per_day = self.pace.as_ref().filter(|_| told)?.0.per_day().micro();
        let step = if per_day < 10_000_000 { 100_000 } else { 1_000_000 };
        let steps = per_day.saturating_add(step / 2) / step;
        Some(Credits::from_micro(steps.max(1).saturating_mul(step)))
    }

    /// What the plan is known to bring each cycle; none where none is to come.
    pub fn allowance(&self) -> Option<Credits> {
        self.coming.first().map(|supply| supply.amount)
    }

    /// The whole runway of these pools, as it is told to a page's own code.
    pub fn runway(&self, pools: &[ProjectedPool]) -> Option<Span> {
        let (pace, zone) = self.pace.as_ref()?;
        pace.span(&self.supplies(pools), Credits::ZERO, zone).ok()?.ok()
    }

    fn lasts(&self, balance: &Balance, cart: &[(&Package, u32)]) -> Option<Lasts> {
        let (pace, zone) = self.pace.as_ref().filter(|_| !balance.unlimited)?;
        let pools = project(balance, cart, balance.as_of).ok()?.pools;
        // Its debt is repaid already.
        let around = pace.around(&self.supplies(&pools), Credits::ZERO, zone);
        lasts(around, pace.as_of())
    }

    fn supplies(&self, pools: &[ProjectedPool]) -> Vec<Supply> {
        let mut supplies = supplies_after(pools);
        supplies.extend_from_slice(&self.coming);
        supplies
    }
}

fn lasts(around: Result<Told<Instant>>, as_of: Instant) -> Option<Lasts> {
    match around.ok()? {
        Ok(around) => Some(Lasts::until(around, as_of)),
        Err(Silence::OverAYear) => Some(Lasts::OverAYear),
        Err(_) => None,
    }
}

/// When a balance runs out at the pace of these days, (days since 1970, credits); none under an
/// unlimited plan, with nothing left, and where there is too little to say.
///
/// # Errors
/// `time_invalid` close to the year 9999.
pub fn runway_of(balance: &Balance, used: &[(i64, Credits)], zone: &Zone) -> Result<Option<Span>> {
    if balance.unlimited || !balance.available.is_positive() {
        return Ok(None);
    }
    let Ok(pace) = Pace::read(used, balance.as_of, zone) else { return Ok(None) };
    let mut supplies = supplies_of(balance);
    supplies.extend(coming(balance, zone)?);
    Ok(pace.span(&supplies, balance.debt, zone)?.ok())
}
