//! The words of how long credits last.

use crate::browser::app::locale::Locale;
use crate::core::{Credits, Instant};
use crate::view::lasts::{Ahead, Lasts};

/// "Until about Dec 14", by the key of that message; its own keys say less than a day, and more
/// than a year. Empty where there is nothing to say.
pub fn lasts_text(
    key: &str,
    lasts: Option<Lasts>,
    locale: &Locale,
    now: Option<Instant>,
) -> String {
    match (lasts, now) {
        (Some(Lasts::Until(at)), Some(now)) => locale.with(key, "date", &locale.day(at, now)),
        (Some(Lasts::UnderADay), _) => locale.say(&[key, ".day"].concat()),
        (Some(Lasts::OverAYear), _) => locale.say(&[key, ".year"].concat()),
        _ => String::new(),
    }
}

/// Why it lasts so long: instead of when, at which pace, and with which allowance.
pub fn reason_text(ahead: &Ahead, locale: &Locale, now: Option<Instant>) -> String {
    let Some(per_day) = ahead.per_day() else { return String::new() };
    let pace = match ahead.allowance() {
        Some(allowance) => about("buy.runway.pace.plan", per_day, Some(allowance), locale),
        None => about("buy.runway.pace", per_day, None, locale),
    };
    let instead = match ahead.now() {
        Some(Lasts::Until(_)) => lasts_text("buy.runway.instead", ahead.now(), locale, now),
        _ => return pace,
    };
    [&instead, " ", &pace].concat()
}

/// A message about the credits of a day.
pub fn about(key: &str, per_day: Credits, allowance: Option<Credits>, locale: &Locale) -> String {
    let amount = locale.credits(per_day);
    let allowance = allowance.map_or(String::new(), |allowance| locale.credits(allowance));
    let arguments = [("amount", amount.as_str()), ("allowance", &allowance)];
    locale.text_of(key, &arguments, &per_day.text())
}
