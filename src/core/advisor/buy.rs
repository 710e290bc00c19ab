//! The cheapest packages that cover a need, or the evidence that none is needed.

use crate::core::advisor::burn::burn;
use crate::core::advisor::cover::{Cover, Offer, cover};
use crate::core::advisor::need::sum;
use crate::core::advisor::{Need, Supply};
use crate::core::order::sorted;
use crate::core::{Credits, Package};
use crate::error::{Code, Error, Result};

/// What is right to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Buy nothing: what is there and what comes covers the need.
    Nothing,
    /// Buy these items.
    Buy,
    /// All packages on offer together do not cover the need in time.
    NotEnough,
    /// The day of purchase is too late: use before it is not covered.
    TooLate,
    /// There are too many packages to compare exactly.
    TooMany,
}

impl Answer {
    /// Its stable word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Answer::Nothing => "nothing",
            Answer::Buy => "buy",
            Answer::NotEnough => "not_enough",
            Answer::TooLate => "too_late",
            Answer::TooMany => "too_many",
        }
    }
}

/// So many of one package, and what becomes of its credits within the need's days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// The package's place in the list that was given.
    pub package: usize,
    /// 1 or more.
    pub quantity: u32,
    /// What they bring, bonus included.
    pub credits: Credits,
    /// The first day on which their credits are gone; none: they never end.
    pub until_day: Option<u32>,
    /// What ends unused, on a day of the need or with its last.
    pub lapses: Credits,
    /// What can still be used after the need's last day.
    pub left: Credits,
}

/// What to buy, with its evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// What is right to do.
    pub answer: Answer,
    /// What to buy, in the order for the cart: what ends first is first, then by id.
    pub items: Vec<Item>,
    /// The price of all items in the smallest unit of the packages' currency.
    pub price: i64,
    /// What the days use, debt included.
    pub need: Credits,
    /// What of it nothing covers if nothing is bought.
    pub missing: Credits,
    /// The day on which credits run out if nothing is bought.
    pub runs_out: Option<u32>,
    /// What the items bring, bonus included.
    pub bought: Credits,
    /// What of the supplies that were there ends unused, the items being bought.
    pub supply_lapses: Credits,
    /// What of them can still be used after the last day: the surplus where nothing is bought.
    pub supply_left: Credits,
}

/// The cheapest packages, with quantities, that cover a need.
///
/// It is exact over every quantity of every package that can be bought. On equal prices fewer items
/// win, then fewer credits, then the first ids. A purchase is one order, on the need's day of
/// purchase; credits count only for days before they end, and a day in which they end does not
/// count. One order item has at most 10^12 credits.
///
/// # Errors
/// What [`Need::validate`] and [`Package::validate`] refuse; `field_invalid` for packages of two
/// currencies; `amount_overflow` for a price beyond 64 bits.
pub fn cheapest(need: &Need, packages: &[Package]) -> Result<Advice> {
    need.validate()?;
    let days = need.daily.len();
    let bought_on = need.buy_day as usize;
    let without = burn(need, &need.supplies, &(0..0));
    let mut advice = Advice {
        answer: Answer::Nothing,
        items: Vec::new(),
        price: 0,
        need: need.total()?,
        missing: without.short,
        runs_out: without.short_day,
        bought: Credits::ZERO,
        supply_lapses: Credits::ZERO,
        supply_left: Credits::ZERO,
    };
    let choices = choices(need, packages)?;
    if without.short.is_positive() {
        let before = burn(need, &need.supplies, &(bought_on..days)).short;
        advice.answer = if before.is_positive() {
            Answer::TooLate
        } else if choices.len() > MAX_CHOICES {
            Answer::TooMany
        } else {
            choose(need, &choices, &mut advice.items)
        };
    }
    for item in &mut advice.items {
        let Some(package) = packages.get(item.package) else { continue };
        let price = package.price.minor.checked_mul(item.quantity.into());
        let total = price.and_then(|price| advice.price.checked_add(price));
        let overflow = || Error::new(Code::AmountOverflow, "the price does not fit 64 bits");
        advice.price = total.ok_or_else(overflow)?;
        let each = package.credits.checked_add(package.bonus)?;
        item.credits = each.checked_times(item.quantity)?;
    }
    advice.bought = sum(&mut advice.items.iter().map(|item| item.credits))?;
    advice.settle(need)
}

const MAX_CHOICES: usize = 200;

/// A package that can be bought, and the day on which its credits end.
#[derive(Clone, Copy)]
struct Choice<'a> {
    id: &'a str,
    package: usize,
    amount: Credits,
    price: i64,
    most: u32,
    until_day: Option<u32>,
}

/// What can be bought and helps, in the order of ids.
fn choices<'a>(need: &Need, packages: &'a [Package]) -> Result<Vec<Choice<'a>>> {
    let mut choices = Vec::new();
    let currency = |package: &'a Package| (&package.price.currency, package.price.minor_unit);
    let first = packages.iter().find(|package| package.buyable()).map(currency);
    for (index, package) in packages.iter().enumerate() {
        package.validate()?;
        if !package.buyable() {
            continue;
        }
        if first != Some(currency(package)) {
            let message = "packages are compared in one currency";
            return Err(Error::new(Code::FieldInvalid, message).at("price"));
        }
        let amount = package.credits.checked_add(package.bonus)?;
        let most = Credits::MAX_MOVEMENT.micro() / amount.micro().max(1);
        let most = package.max_quantity.min(u32::try_from(most).unwrap_or(u32::MAX));
        if most > 0 {
            let until_day = package.validity_days.map(|days| need.buy_day.saturating_add(days));
            let (id, price) = (package.id.as_str(), package.price.minor);
            choices.push(Choice { id, package: index, amount, price, most, until_day });
        }
    }
    let id = |index: usize| choices.get(index).map(|choice: &Choice| choice.id);
    let order = sorted(choices.len(), &|a, b| id(a) < id(b));
    Ok(order.into_iter().filter_map(|index| choices.get(index).copied()).collect())
}

/// Chooses among them. What must last to a day must be covered by what lasts beyond it: that is
/// enough too, because all that is bought begins on one day.
fn choose(need: &Need, choices: &[Choice], items: &mut Vec<Item>) -> Answer {
    let days = need.daily.len();
    let end = |choice: &Choice| choice.until_day.map_or(days, |day| (day as usize).min(days));
    let mut ends: Vec<usize> = Vec::new();
    for end in choices.iter().map(end) {
        let place = ends.partition_point(|longer| *longer > end);
        if ends.get(place) != Some(&end) {
            ends.insert(place, end);
        }
    }
    // What supplies leave uncovered of the days from `from` on, at the least.
    let short = |from: usize| {
        let idle = need.buy_day as usize..from;
        burn(need, &need.supplies, &idle).short.micro().unsigned_abs()
    };
    if ends.first().is_none_or(|longest| short(*longest) > 0) {
        return Answer::NotEnough;
    }
    let behind = ends.iter().skip(1).copied().chain([need.buy_day as usize]);
    let floors: Vec<u64> = behind.map(short).collect();
    let offer = |(index, choice): (usize, &Choice)| Offer {
        index,
        place: 0,
        amount: choice.amount.micro().unsigned_abs(),
        price: choice.price.unsigned_abs(),
        most: choice.most,
        class: ends.partition_point(|longer| *longer > end(choice)),
    };
    let counts = match cover(choices.iter().enumerate().map(offer).collect(), floors) {
        Cover::Found(counts) => counts,
        Cover::Never => return Answer::NotEnough,
        Cover::TooMany => return Answer::TooMany,
    };
    for (choice, quantity) in choices.iter().zip(counts).filter(|(_, quantity)| *quantity > 0) {
        let last = |item: &Item| item.until_day.unwrap_or(u32::MAX);
        let place =
            items.partition_point(|item| last(item) <= choice.until_day.unwrap_or(u32::MAX));
        let (package, until_day) = (choice.package, choice.until_day);
        let (credits, lapses, left) = (Credits::ZERO, Credits::ZERO, Credits::ZERO);
        items.insert(place, Item { package, quantity, credits, until_day, lapses, left });
    }
    Answer::Buy
}

impl Advice {
    /// Says what becomes of all credits when the items are bought.
    fn settle(mut self, need: &Need) -> Result<Advice> {
        let bought = self.items.iter().map(|item| Supply {
            amount: item.credits,
            from_day: need.buy_day,
            until_day: item.until_day,
        });
        let supplies: Vec<Supply> = need.supplies.iter().copied().chain(bought).collect();
        let burnt = burn(need, &supplies, &(0..0));
        let lasts = |until: Option<u32>| until.is_none_or(|day| day as usize > need.daily.len());
        let had = need.supplies.len();
        for (supply, left) in need.supplies.iter().zip(&burnt.left) {
            let side = if lasts(supply.until_day) {
                &mut self.supply_left
            } else {
                &mut self.supply_lapses
            };
            *side = side.checked_add(*left)?;
        }
        for (item, left) in self.items.iter_mut().zip(burnt.left.iter().skip(had)) {
            let side = if lasts(item.until_day) { &mut item.left } else { &mut item.lapses };
            *side = *left;
        }
        Ok(self)
    }
}
