//! Burn-down: in which order grants are used.
//!
//! The order is total and published: lower priority number; earlier expiry, never-expiring last;
//! promotional before paid; earlier effective time; id. It does not depend on the order of input. A
//! plan's allowance ends with its cycle, so it burns before purchased credits do.

use std::cmp::Ordering;

use crate::core::{Credits, Draw, Grant, Instant, Part};

/// Which of two grants burns first.
pub fn compare(a: &Grant, b: &Grant) -> Ordering {
    let key = |grant: &Grant| {
        let promotional = grant.kind.is_promotional();
        let end = (grant.expires_at.is_none(), grant.expires_at);
        (grant.priority, end, !promotional, grant.effective_at, grant.id)
    };
    key(a).cmp(&key(b))
}

/// The grants that can be used at this instant, the first to burn first.
///
/// A grant counts from its effective time, included, to its expiry, excluded.
///
/// ```
/// use nivella_credits::core::{Credits, Grant, GrantKind, Instant, Source, burn_order};
/// let at = Instant::parse("2026-11-21T00:00:00Z")?;
/// let grant = |id, kind, expires_at| Grant {
///     id,
///     kind,
///     priority: 50,
///     effective_at: at,
///     expires_at,
///     amount: Credits::ONE,
///     source: Source::None,
/// };
/// let cycle_end = Instant::parse("2026-12-15T00:00:00Z")?;
/// let grants = [
///     grant(1, GrantKind::Purchase, None),
///     grant(2, GrantKind::Bonus, None),
///     grant(3, GrantKind::Allowance, Some(cycle_end)),
///     grant(4, GrantKind::Purchase, Some(at)),
/// ];
/// let order: Vec<u64> = burn_order(&grants, at).iter().map(|grant| grant.id).collect();
/// assert_eq!(order, [3, 2, 1]); // the fourth is expired from its expiry instant on
/// # Ok::<(), nivella_credits::Error>(())
/// ```
pub fn burn_order(grants: &[Grant], at: Instant) -> Vec<&Grant> {
    let usable = |grant: &&Grant| grant.effective_at <= at && !grant.is_expired(at);
    let mut order: Vec<&Grant> = grants.iter().filter(usable).collect();
    order.sort_by(|a, b| compare(a, b));
    order
}

/// Draws an amount from grants that come in burn order, each with what it has available.
///
/// Answers what each gives, and what none of them covers.
pub(crate) fn draw(
    grants: &mut dyn Iterator<Item = (u64, Credits)>,
    amount: Credits,
    to: Part,
) -> (Vec<Draw>, Credits) {
    let (mut draws, mut rest) = (Vec::new(), amount);
    while rest.is_positive() {
        let Some((grant, available)) = grants.next() else { break };
        let gives = available.min(rest);
        if gives.is_positive() {
            draws.push(Draw { grant, from: Part::Available, to, amount: gives });
            rest = Credits::from_micro(rest.micro() - gives.micro());
        }
    }
    (draws, rest)
}
