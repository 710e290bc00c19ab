//! What the advisor's tests share: packages, and an oracle that knows only the rules.

// Not every test uses every part.
#![allow(dead_code)]

use nivella_credits::core::advisor::{Need, Supply};
use nivella_credits::core::{Credits, Package, Price};

pub fn micro(amount: i64) -> Credits {
    Credits::from_micro(amount)
}

pub fn whole(amount: i64) -> Credits {
    Credits::from_whole(amount).unwrap()
}

pub fn package(id: &str, credits: Credits, minor: i64, most: u32, days: Option<u32>) -> Package {
    let price = Price {
        minor,
        minor_unit: 2,
        currency: "USD".to_owned(),
        prefix: "$".to_owned(),
        suffix: String::new(),
        decimal_separator: ".".to_owned(),
        thousand_separator: ",".to_owned(),
    };
    Package {
        id: id.to_owned(),
        name: format!("Package {id}"),
        credits,
        bonus: Credits::ZERO,
        validity_days: days,
        price,
        unavailable: None,
        max_quantity: most,
    }
}

pub fn need(daily: &[Credits], supplies: &[Supply], buy_day: u32) -> Need {
    Need { daily: daily.to_vec(), supplies: supplies.to_vec(), debt: Credits::ZERO, buy_day }
}

/// Credit by credit, each drawn from the supply that ends first: whether every day is covered.
/// Amounts are small whole numbers of micro-credits.
pub fn covers(need: &Need, bought: &[Supply]) -> bool {
    let all = need.supplies.iter().chain(bought);
    let mut units: Vec<(u32, u32)> = Vec::new();
    for supply in all {
        let until = supply.until_day.unwrap_or(u32::MAX);
        units.extend((0..supply.amount.micro()).map(|_| (until, supply.from_day)));
    }
    units.sort_unstable();
    for (day, credits) in need.daily.iter().enumerate() {
        let debt = if day == 0 { need.debt.micro() } else { 0 };
        for _ in 0..credits.micro() + debt {
            let usable = |(until, from): &(u32, u32)| *from <= day as u32 && *until > day as u32;
            let Some(index) = units.iter().position(usable) else { return false };
            units.remove(index);
        }
    }
    true
}

/// Price, items, credits, and the ids with the larger quantities first: the lesser wins.
pub type Rank = (i64, u32, i64, Vec<std::cmp::Reverse<u32>>);

/// Tries every quantity of every package; the quantities of the best choice, in the given order.
pub fn oracle(need: &Need, packages: &[Package]) -> Option<Vec<u32>> {
    let mut best: Option<(Rank, Vec<u32>)> = None;
    let mut counts = vec![0_u32; packages.len()];
    let mut by_id: Vec<usize> = (0..packages.len()).collect();
    by_id.sort_by_key(|index| (&packages[*index].id, *index));
    loop {
        let bought: Vec<Supply> =
            packages.iter().zip(&counts).map(|(p, n)| of(p, *n, need)).collect();
        let price = packages.iter().zip(&counts).map(|(p, n)| p.price.minor * i64::from(*n)).sum();
        let credits = bought.iter().map(|supply| supply.amount.micro()).sum();
        let ids = by_id.iter().map(|index| std::cmp::Reverse(counts[*index])).collect();
        let rank = (price, counts.iter().sum(), credits, ids);
        if best.as_ref().is_none_or(|(least, _)| rank < *least) && covers(need, &bought) {
            best = Some((rank, counts.clone()));
        }
        let Some(place) = (0..counts.len()).find(|n| {
            let package = &packages[*n];
            package.buyable() && counts[*n] < package.max_quantity
        }) else {
            return best.map(|(_, counts)| counts);
        };
        counts[place] += 1;
        counts[..place].fill(0);
    }
}

pub fn of(package: &Package, quantity: u32, need: &Need) -> Supply {
    let each = package.credits.micro() + package.bonus.micro();
    Supply {
        amount: micro(each * i64::from(quantity)),
        from_day: need.buy_day,
        until_day: package.validity_days.map(|days| need.buy_day + days),
    }
}
