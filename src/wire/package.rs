//! Products of the store as the shim hands them over, and packages as a page sees them.

use serde::{Deserialize, Serialize};

use crate::core::{Credits, Package, Price, Unavailable, prices_per_credit};
use crate::error::{Code, Error, Result};
use crate::wire::fields::{Fields, read};
use crate::wire::value::{Value, at_most};
use crate::wire::writer::Writer;

/// A product of the Store API, read by the shim: `id`, `name`, `sku`, `is_purchasable`,
/// `is_in_stock`, `has_options`, `maximum`; `prices` in minor units; and in `extensions`, or null,
/// what the plugin says of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Product(pub Value);

/// What a page says of a store without the plugin: `sku:NV-2000` or `id:10`, and the credits.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CreditsMap(pub Value);

/// More products than any store offers as packages.
const MAX_PRODUCTS: usize = 2_000;

/// Reads the offer. A product that is no package, or whose fields are wrong, is left out and its
/// refusal, naming the product, is given beside the packages.
///
/// # Errors
/// `snapshot_too_large` for more than 2,000 products.
pub fn packages(products: &[Product], map: &CreditsMap) -> Result<(Vec<Package>, Vec<Error>)> {
    at_most(products.len(), MAX_PRODUCTS)?;
    let (mut packages, mut refusals) = (Vec::new(), Vec::new());
    for product in products {
        let package = read(&product.0, |fields| package(fields, &map.0));
        match package.and_then(|package| package.validate().map(|()| package)) {
            Ok(package) => packages.push(package),
            Err(error) => {
                let id = read(&product.0, |fields| fields.string("id"))?;
                refusals.push(error.with("product", id));
            }
        }
    }
    Ok((packages, refusals))
}

fn package<'a>(fields: Fields<'a>, map: &'a Value) -> Package {
    let prices = fields.nested("prices");
    // What a store's field holds need not be a number: all that the plugin says is text.
    let extension = fields.optional_nested("extensions");
    let said = |name| extension?.optional_text(name).filter(|text| !text.is_empty());
    Package {
        id: fields.string("id"),
        name: fields.string("name"),
        credits: credits(fields, said("credits"), map),
        bonus: parsed(fields, "bonus", said("bonus").unwrap_or("0")),
        validity_days: validity(fields, said("validity_days")),
        price: price(prices),
        unavailable: unavailable(fields, prices),
        max_quantity: fields.whole::<u32>("maximum").max(1),
    }
}

fn credits<'a>(fields: Fields<'a>, said: Option<&'a str>, map: &'a Value) -> Credits {
    let mapped = |kind: &str, name| {
        let key = [kind, fields.text(name)].concat();
        // A page that maps nothing gives no map.
        if map == &Value::Null { None } else { fields.of(map).text_of(&key, "credits") }
    };
    match said.or_else(|| mapped("sku:", "sku")).or_else(|| mapped("id:", "id")) {
        Some(text) => parsed(fields, "credits", text),
        None => {
            let message = "nothing says how many credits it holds";
            fields.refuse(Error::new(Code::PackageWithoutCredits, message));
            Credits::ZERO
        }
    }
}

fn parsed(fields: Fields<'_>, name: &'static str, text: &str) -> Credits {
    fields.accept_at(name, Credits::parse(text)).unwrap_or_default()
}

/// A sold-out product says that it is purchasable, and one without a price does not
/// (`woocommerce.md` 1.1 of the design notes): all three are looked at.
fn unavailable(fields: Fields<'_>, prices: Fields<'_>) -> Option<Unavailable> {
    let [in_stock, options, purchasable] =
        ["is_in_stock", "has_options", "is_purchasable"].map(|name| fields.flag(name));
    if !in_stock {
        Some(Unavailable::SoldOut)
    } else if options {
        Some(Unavailable::HasOptions)
    } else if !purchasable {
        let priced = prices.text("price").bytes().any(|digit| digit != b'0');
        Some(if priced { Unavailable::NotSold } else { Unavailable::NoPrice })
    } else {
        None
    }
}

/// Nothing written is for ever.
fn validity(fields: Fields<'_>, text: Option<&str>) -> Option<u32> {
    let invalid = |_| Error::new(Code::FieldInvalid, "a validity is whole days");
    let written = text.filter(|text| *text != "0")?;
    fields.accept_at("validity_days", written.parse().map_err(invalid))
}

pub(crate) fn price(fields: Fields<'_>) -> Price {
    let invalid = |_| Error::new(Code::DecimalInvalid, "a price is a count of minor units");
    let minor = fields.text("price").parse().map_err(invalid);
    Price {
        minor: fields.accept_at("price", minor).unwrap_or(0),
        minor_unit: fields.whole("minor_unit"),
        currency: fields.string("currency"),
        prefix: fields.string("prefix"),
        suffix: fields.string("suffix"),
        decimal_separator: fields.string("decimal_separator"),
        thousand_separator: fields.string("thousand_separator"),
    }
}

/// A price as a page sees it.
pub fn price_shape(price: &Price) -> Value {
    Writer::default()
        .put("amount", price.amount())
        .put("currency", &*price.currency)
        .put("text", price.text())
        .done()
}

/// The packages as a page sees them.
pub fn package_shapes(packages: &[Package]) -> Value {
    let shape = |(package, per_credit): (&Package, Option<String>)| {
        Writer::default()
            .put("id", &*package.id)
            .put("name", &*package.name)
            .put("credits", package.credits)
            .put("bonus", package.bonus)
            .put("buyable", package.buyable())
            .put("reason", package.unavailable.map(Unavailable::word))
            .put("price", price_shape(&package.price))
            .put("per_credit", per_credit)
            .done()
    };
    Value::List(packages.iter().zip(prices_per_credit(packages)).map(shape).collect())
}
