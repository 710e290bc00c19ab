//! Packages: products of the store that bring credits, and what one credit of them costs.

use crate::core::digits::digits;
use crate::core::plan::is_key;
use crate::core::{Credits, Price};
use crate::error::{Code, Error, Result};

/// Why a package can't be bought now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unavailable {
    /// None is left.
    SoldOut,
    /// It has options that an id alone does not choose.
    HasOptions,
    /// The store gave it no price.
    NoPrice,
    /// The store does not sell it at present.
    NotSold,
}

impl Unavailable {
    /// The stable word of a reason.
    pub const fn word(self) -> &'static str {
        match self {
            Unavailable::SoldOut => "sold-out",
            Unavailable::HasOptions => "options",
            Unavailable::NoPrice => "no-price",
            Unavailable::NotSold => "unavailable",
        }
    }
}

/// A product of the store that brings credits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// The product's or variation's id in the store.
    pub id: String,
    /// Its name as plain text.
    pub name: String,
    /// The credits that one of it brings, above 0.
    pub credits: Credits,
    /// Promotional credits on top, 0 or more.
    pub bonus: Credits,
    /// How many days its credits last; none for ever.
    pub validity_days: Option<u32>,
    /// The price of one.
    pub price: Price,
    /// Why it can't be bought now; nothing where it can.
    pub unavailable: Option<Unavailable>,
    /// The most of it that one order may have.
    pub max_quantity: u32,
}

const MAX_VALIDITY_DAYS: u32 = 36_500;
/// A price per credit has no more decimals than this, however cheap a credit is.
const MAX_DECIMALS: u8 = 6;
/// The cheapest price per credit keeps two significant digits: at least this many last places.
const LEAST_DIGITS: u128 = 10;
const MICRO_PER_CREDIT: u128 = 1_000_000;

impl Package {
    /// Checks the fields against their ranges.
    ///
    /// # Errors
    /// `field_invalid` for an id that cannot be one or a validity of 0 or more than 36,500 days;
    /// `package_without_credits` for no credits; `amount_out_of_range` for credits or a bonus that
    /// is negative or above 10^12; and what [`Price::validate`] refuses.
    pub fn validate(&self) -> Result<()> {
        let invalid = |code, field, message| Err(Error::new(code, message).at(field));
        if !is_key(&self.id) {
            let message = "an id is 1 to 191 bytes without control characters";
            return invalid(Code::FieldInvalid, "id", message);
        }
        if self.credits.is_zero() {
            return invalid(Code::PackageWithoutCredits, "credits", "a package has credits");
        }
        let range = Credits::ZERO..=Credits::MAX_MOVEMENT;
        for (field, amount) in [("credits", self.credits), ("bonus", self.bonus)] {
            if !range.contains(&amount) {
                let message = "a package has at most 10^12 credits";
                return invalid(Code::AmountOutOfRange, field, message);
            }
        }
        if self.validity_days.is_some_and(|days| !(1..=MAX_VALIDITY_DAYS).contains(&days)) {
            let message = "credits last 1 to 36,500 days, or for ever";
            return invalid(Code::FieldInvalid, "validity_days", message);
        }
        self.price.validate()
    }

    /// Whether it can be bought now.
    pub const fn buyable(&self) -> bool {
        self.unavailable.is_none()
    }

    /// Whether so many can be bought in one order.
    ///
    /// # Errors
    /// `package_unavailable` when it can't be bought now; `quantity_invalid` for 0;
    /// `quantity_limited` for more than one order may have.
    pub fn check(&self, quantity: u32) -> Result<()> {
        if let Some(reason) = self.unavailable {
            let error = Error::new(Code::PackageUnavailable, "the package can't be bought now");
            return Err(error.at("id").with("reason", reason.word().to_owned()));
        }
        if quantity == 0 {
            return Err(Error::new(Code::QuantityInvalid, "a quantity is 1 or more").at("quantity"));
        }
        if quantity > self.max_quantity {
            let limited = Error::new(Code::QuantityLimited, "one order may not have so many");
            return Err(limited.at("quantity").with("maximum", digits(self.max_quantity.into())));
        }
        Ok(())
    }

    /// The price of one credit, bonus included, in places of 10^-`decimals`: a fraction, not yet
    /// rounded. None without credits or without a price.
    fn per_credit(&self, decimals: u8) -> Option<(u128, u128)> {
        let credits = u128::try_from(self.credits.micro()).ok().filter(|credits| *credits > 0)?;
        let credits = credits + u128::try_from(self.bonus.micro()).ok()?;
        let minor = u128::try_from(self.price.minor).ok().filter(|minor| *minor > 0)?;
        let ten = |power: u8| 10_u128.checked_pow(u32::from(power));
        let above = minor.checked_mul(MICRO_PER_CREDIT)?.checked_mul(ten(decimals)?)?;
        Some((above, credits.checked_mul(ten(self.price.minor_unit)?)?))
    }
}

/// The price of one credit of each package, as the store would write it; none where a package has
/// no credits or no price.
///
/// All have one number of decimals, so that they compare at a glance: enough for two significant
/// digits of the cheapest, no fewer than the store's prices have, at most 6. They are rounded up,
/// so that no credit is dearer than it says. Bonus credits count.
pub fn prices_per_credit(packages: &[Package]) -> Vec<Option<String>> {
    let shows = |package: &Package, decimals| {
        let fraction = package.per_credit(decimals);
        fraction.is_none_or(|(above, below)| above / below >= LEAST_DIGITS)
    };
    let fewest = packages.iter().map(|package| package.price.minor_unit).max().unwrap_or(0);
    let decimals = (fewest..MAX_DECIMALS)
        .find(|decimals| packages.iter().all(|package| shows(package, *decimals)))
        .unwrap_or(MAX_DECIMALS);
    let text = |package: &Package| {
        let (above, below) = package.per_credit(decimals)?;
        let digits = u64::try_from(above.div_ceil(below)).ok()?;
        Some(package.price.written("", digits, decimals))
    };
    packages.iter().map(text).collect()
}
