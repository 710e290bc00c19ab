//! A projection as a page sees it.

use crate::core::runway::Span;
use crate::core::{Credits, Package, Price, ProjectedPool, Projection};
use crate::wire::package::price_shape;
use crate::wire::runway::runway_shape;
use crate::wire::value::Value;
use crate::wire::writer::{Writer, write_all};

/// The balance after a purchase, from the choice's price and credits, and its projection where the
/// balance is known. What needs a balance is null while it is unknown, and the runway where there
/// is too little to say.
pub fn projection_shape(
    payable: &Price,
    credits: Credits,
    projection: Option<&Projection>,
    runway: Option<&Span>,
) -> Value {
    Writer::default()
        .put("current", projection.map(|p| p.current))
        .put("credits", credits)
        .put("projected", projection.map(|p| p.projected))
        .put("repaid", projection.map(|p| p.repaid))
        .put("payable", price_shape(payable))
        .put("pools", projection.map(|p| write_all(&p.pools, pool_shape)))
        .put("runway", runway.map(runway_shape))
        .done()
}

fn pool_shape(pool: &ProjectedPool) -> Value {
    Writer::default()
        .put("kind", pool.kind.as_str())
        .put("available", pool.available)
        .put("expires_at", pool.expires_at)
        .put("added", pool.added)
        .done()
}

/// The choice as the element's script needs it: the credits and bonus of all of it. Null where
/// nothing is chosen.
pub fn chosen_shape(chosen: Option<(&Package, u32)>, credits: Credits) -> Value {
    let Some((package, quantity)) = chosen else { return Value::Null };
    Writer::default()
        .put("id", &*package.id)
        .put("quantity", quantity)
        .put("credits", credits)
        .done()
}
