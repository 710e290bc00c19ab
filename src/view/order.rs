//! The credits in an order, and the balance after it: what the store's cart and checkout say.

use crate::core::{Balance, Credits, Package, Price, project};
use crate::error::Result;

/// What an order would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderView {
    /// All credits of the order, its bonus included.
    pub credits: Credits,
    /// The balance after it.
    pub after: After,
}

/// The balance after an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum After {
    /// So much, of the order's credits so much having repaid debt.
    Known(Credits, Credits),
    /// A plan covers all use.
    Unlimited,
    /// The balance is not known now, so nothing is projected.
    Unknown,
}

/// Projects an order. What dates its credits does not change their sum, so it need not be told.
///
/// # Errors
/// What [`project`] refuses.
pub fn order_view(
    purchased: Credits,
    bonus: Credits,
    balance: Option<&Balance>,
) -> Result<OrderView> {
    let credits = purchased.checked_add(bonus)?;
    let after = match balance {
        None => After::Unknown,
        Some(balance) if balance.unlimited => After::Unlimited,
        Some(balance) => {
            let order = package(purchased, bonus);
            let projection = project(balance, &[(&order, 1)], balance.as_of)?;
            After::Known(projection.projected, projection.repaid)
        }
    };
    Ok(OrderView { credits, after })
}

/// All packages of an order as one.
fn package(credits: Credits, bonus: Credits) -> Package {
    Package {
        id: String::new(),
        name: String::new(),
        credits,
        bonus,
        validity_days: None,
        price: Price::default(),
        unavailable: None,
        max_quantity: 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::{DEFAULT_PRIORITY, GrantKind, Instant, Level, Pool};

    fn balance(available: &str, debt: &str, unlimited: bool) -> Balance {
        let amount = |text| Credits::parse(text).unwrap_or_default();
        let (available, debt) = (amount(available), amount(debt));
        let pool = Pool {
            priority: DEFAULT_PRIORITY,
            kind: GrantKind::Purchase,
            available,
            held: Credits::ZERO,
            expires_at: None,
        };
        Balance {
            version: 1,
            as_of: Instant::from_ms(1_800_000_000_000).unwrap(),
            available,
            posted: available,
            held: Credits::ZERO,
            debt,
            unlimited,
            unlimited_until: None,
            pools: vec![pool],
            level: Level::Ok,
            alert: Level::Ok,
            plan: None,
        }
    }

    #[test]
    fn an_order_is_projected_only_onto_a_known_balance() {
        let amount = |text| Credits::parse(text).unwrap_or_default();
        let known = |after, repaid| After::Known(amount(after), amount(repaid));
        let table = [
            ("credits on top", Some(balance("2341", "0", false)), "0", known("7341", "0")),
            ("and their bonus", Some(balance("2341.5", "0", false)), "500", known("7841.5", "0")),
            (
                "what is owed goes first",
                Some(balance("0", "120", false)),
                "0",
                known("4880", "120"),
            ),
            ("more is owed", Some(balance("0", "6000", false)), "500", known("0", "5500")),
            ("nothing to count", Some(balance("7", "0", true)), "0", After::Unlimited),
            ("nothing known", None, "0", After::Unknown),
        ];
        for (name, balance, bonus, after) in table {
            let view = order_view(amount("5000"), amount(bonus), balance.as_ref());
            assert_eq!(view.map(|view| view.after), Ok(after), "{name}");
        }
    }

    #[test]
    fn an_order_beyond_what_can_be_booked_is_refused() {
        let most = Credits::MAX_MOVEMENT;
        let balance = balance("1", "0", false);
        assert!(order_view(most, most, Some(&balance)).is_err());
    }
}
