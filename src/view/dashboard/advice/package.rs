//! The cheapest packages that cover the days ahead.

use crate::core::advisor::{Answer, Item, cheapest};
use crate::core::digits::digits;
use crate::core::runway::{Runway, Silence, Supply, supplies_of};
use crate::core::{Balance, Credits, DAY_MS, Package, Price, Zone};
use crate::error::Result;
use crate::view::dashboard::advice::{AHEAD_DAYS, Action, Advice, AdviceKind, Offers, need};
use crate::view::dashboard::runway::PaceRead;
use crate::view::dashboard::say::{Arg, Say};
use crate::view::dashboard::share::about;

/// What to buy, where what is there does not last.
pub(super) fn package_advice(
    balance: &Balance,
    offers: &Offers,
    read: &PaceRead,
    zone: &Zone,
) -> Result<Option<Advice>> {
    let Ok(pace) = &read.read else { return Ok(None) };
    if balance.unlimited || !offers.packages.iter().any(Package::buyable) {
        return Ok(None);
    }
    let need = need(balance, offers, zone, pace);
    let found = cheapest(&need, &offers.packages)?;
    let (Answer::Buy, [item, ..]) = (found.answer, found.items.as_slice()) else {
        return Ok(None);
    };
    let Some(package) = offers.packages.get(item.package) else { return Ok(None) };
    let mut supplies = supplies_of(balance);
    supplies.extend_from_slice(&offers.coming);
    for item in &found.items {
        let ends = item.until_day.map(|day| balance.as_of.plus_ms(i64::from(day) * DAY_MS));
        bought(&mut supplies, Supply::now(item.credits, ends.transpose()?));
    }
    let name = names(&found.items, &offers.packages);
    let price = Price { minor: found.price, ..package.price.clone() };
    let title = match read.outlook(&supplies, balance.debt, zone)? {
        Ok(Runway { around, .. }) => Say::plain("usage.advice.package.title")
            .with("date", Arg::Day(zone.date_of(around).days())),
        Err(Silence::OverAYear) => Say::plain("usage.advice.package.year"),
        // The need is covered, but when it runs out is not worth saying.
        Err(_) => {
            Say::plain("usage.advice.package.days").with("days", Arg::Count(AHEAD_DAYS as i64))
        }
    };
    let title = title.with("name", Arg::Text(name));
    let lapses = found.items.iter().map(|item| item.lapses);
    let lapses = lapses.fold(Credits::ZERO, Credits::saturating_add);
    let mut evidence = vec![
        Say::plain("usage.evidence.pace").with("amount", Arg::Amount(about(pace.per_day()))),
        Say::plain("usage.evidence.need")
            .with("amount", Arg::Amount(about(found.need)))
            .with("days", Arg::Count(AHEAD_DAYS as i64))
            .with("missing", Arg::Amount(about(found.missing))),
        Say::plain("usage.evidence.compared"),
    ];
    if lapses.is_positive() {
        evidence
            .push(Say::plain("usage.evidence.lapse").with("amount", Arg::Amount(about(lapses))));
    }
    let text = Say::plain("usage.advice.package.text").with("price", Arg::Text(price.text()));
    let (kind, action) = (AdviceKind::Package, Some(Action::Buy));
    Ok(Some(Advice { kind, title, text: vec![text], evidence, action }))
}

/// Puts what is bought where it burns: behind all that has its priority and ends no later.
fn bought(supplies: &mut Vec<Supply>, new: Supply) {
    let rank = |supply: &Supply| (supply.priority, supply.expires_at.is_none(), supply.expires_at);
    let later = |supply: &Supply| rank(supply) > rank(&new);
    let place = supplies.iter().position(later).unwrap_or(supplies.len());
    supplies.insert(place, new);
}

/// "5,000 AI Credits", or "2 × 5,000 AI Credits + 2,000 AI Credits".
fn names(items: &[Item], packages: &[Package]) -> String {
    let mut names = String::new();
    for item in items {
        let Some(package) = packages.get(item.package) else { continue };
        if !names.is_empty() {
            names.push_str(" + ");
        }
        if item.quantity > 1 {
            names.push_str(&digits(item.quantity.into()));
            names.push_str(" × ");
        }
        names.push_str(&package.name);
    }
    names
}
