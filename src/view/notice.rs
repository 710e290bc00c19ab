//! What a toast or the result of a purchase says: tone, icon, and which messages.

use crate::core::Credits;

/// What there is to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The level is low.
    Low,
    /// The level is critical.
    Critical,
    /// Nothing is left.
    Depleted,
    /// To a visitor, when nothing is left: no word of credits.
    Visitor,
    /// Credits came in.
    Added,
    /// A purchase is booked.
    Success,
    /// The buyer left the checkout.
    Cancelled,
    /// The order waits for its payment.
    Pending,
    /// The payment was declined.
    Failed,
    /// An order was placed, and its payment did not go through.
    Unpaid,
    /// The order is a guest's and paid: its credits wait for whoever reads its mail.
    Claim,
    /// The order is paid; the balance could not be read yet.
    Waiting,
    /// Something else went wrong; its code says what.
    Error,
}

impl Notice {
    /// From its word in JavaScript; an unknown one is an error to the reader as well.
    pub fn parse(word: &str) -> Notice {
        match word {
            "low" => Notice::Low,
            "critical" => Notice::Critical,
            "depleted" => Notice::Depleted,
            "visitor" => Notice::Visitor,
            "added" => Notice::Added,
            "success" => Notice::Success,
            "cancelled" => Notice::Cancelled,
            "pending" => Notice::Pending,
            "failed" => Notice::Failed,
            "unpaid" => Notice::Unpaid,
            "claim" => Notice::Claim,
            "waiting" => Notice::Waiting,
            _ => Notice::Error,
        }
    }

    /// Tone and icon, as they stand in `data-tone` and `data-icon`.
    pub const fn look(self) -> (&'static str, &'static str) {
        match self {
            Notice::Low => ("low", "low"),
            Notice::Critical => ("critical", "critical"),
            Notice::Depleted => ("depleted", "depleted"),
            Notice::Visitor | Notice::Claim => ("plain", "mail"),
            Notice::Added | Notice::Success => ("success", "success"),
            Notice::Cancelled => ("plain", "back"),
            Notice::Pending | Notice::Waiting => ("low", "clock"),
            Notice::Failed | Notice::Unpaid | Notice::Error => ("critical", "alert"),
        }
    }

    /// The message of its main button, where it has one.
    pub const fn action(self) -> Option<&'static str> {
        match self {
            Notice::Low | Notice::Critical | Notice::Depleted => Some("action.add"),
            Notice::Error => Some("action.retry"),
            _ => None,
        }
    }
}

/// Figures that a notice may name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// What was bought or added.
    pub credits: Option<Credits>,
    /// What is available now.
    pub available: Option<Credits>,
    /// What was projected when the buyer went to the checkout.
    pub projected: Option<Credits>,
    /// What was used since the order was placed, where the store says so.
    pub used: Option<Credits>,
    /// What of the credits repaid debt, where the store says so.
    pub repaid: Option<Credits>,
}

/// How the booked balance compares with the projected one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Whole credits now, as projected.
    AsProjected(i64),
    /// Whole credits now; so many were used in the meantime.
    Used(i64, i64),
    /// Whole credits now; nothing to compare with.
    Now(i64),
    /// The balance is not known.
    Unknown,
}

/// Compares what is shown: whole credits, rounded down. A difference is called use only where the
/// store does not say otherwise.
pub fn outcome(facts: Facts) -> Outcome {
    let Some(available) = facts.available else { return Outcome::Unknown };
    let (now, projected) = (available.floor(), facts.projected);
    let whole = projected.map_or(now - 1, Credits::floor);
    let missing = projected.and_then(|projected| projected.checked_sub(available).ok());
    let told = facts.used.is_some() || facts.repaid.is_some();
    if whole == now {
        Outcome::AsProjected(now)
    } else if whole > now && (!told || facts.used == missing) {
        Outcome::Used(now, whole - now)
    } else {
        Outcome::Now(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_result_says_as_projected_only_when_it_is() {
        let credits = |text: &str| Credits::parse(text).ok();
        let table = [
            ("7341", Some("7341.9"), Outcome::AsProjected(7341)),
            ("7325", Some("7341"), Outcome::Used(7325, 16)),
            ("7400", Some("7341"), Outcome::Now(7400)),
            ("7400", None, Outcome::Now(7400)),
        ];
        for (now, projected, expected) in table {
            let projected = projected.and_then(credits);
            let facts = Facts { available: credits(now), projected, ..Facts::default() };
            assert_eq!(outcome(facts), expected);
        }
        assert_eq!(outcome(Facts::default()), Outcome::Unknown);
    }

    #[test]
    fn a_difference_is_called_use_only_where_the_store_booked_so_much() {
        let credits = |text: &str| Credits::parse(text).ok();
        let table = [
            ("7325", "16", Outcome::Used(7325, 16)),
            ("7325.5", "15.5", Outcome::Used(7325, 16)),
            ("7325", "0", Outcome::Now(7325)),
            ("7325", "20", Outcome::Now(7325)),
            ("7341", "20", Outcome::AsProjected(7341)),
        ];
        for (now, used, expected) in table {
            let (available, projected, used) = (credits(now), credits("7341"), credits(used));
            let facts = Facts { available, projected, used, ..Facts::default() };
            assert_eq!(outcome(facts), expected, "{now} {used:?}");
        }
        let (available, projected) = (credits("7325"), credits("7341"));
        let facts = Facts { available, projected, repaid: credits("0"), ..Facts::default() };
        assert_eq!(outcome(facts), Outcome::Now(7325), "it told the rest, and not what was used");
    }
}
