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
            Notice::Visitor => ("plain", "mail"),
            Notice::Added | Notice::Success => ("success", "success"),
            Notice::Cancelled => ("plain", "back"),
            Notice::Pending | Notice::Waiting => ("low", "clock"),
            Notice::Failed | Notice::Error => ("critical", "alert"),
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

/// Compares what is shown: whole credits, rounded down.
pub fn outcome(facts: Facts) -> Outcome {
    let Some(now) = facts.available.map(Credits::floor) else { return Outcome::Unknown };
    match facts.projected.map(Credits::floor) {
        Some(projected) if projected == now => Outcome::AsProjected(now),
        Some(projected) if projected > now => Outcome::Used(now, projected - now),
        _ => Outcome::Now(now),
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
            let facts = Facts { credits: None, available: credits(now), projected };
            assert_eq!(outcome(facts), expected);
        }
        assert_eq!(outcome(Facts::default()), Outcome::Unknown);
    }
}
