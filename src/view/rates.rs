//! A rate card in business words: what each kind of work costs.

/// One rate as it is published: what for, how it is counted, and its credits as a decimal string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedRate {
    /// The feature's key.
    pub feature: String,
    /// The model's label, where the feature has a price for each model.
    pub model: Option<String>,
    /// The unit's word, as in the rate card.
    pub unit: String,
    /// Credits for one unit.
    pub credits: String,
}

/// One line of the price list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateRow {
    /// The feature's key.
    pub feature: String,
    /// The model's label, where the feature has a price for each model.
    pub model: Option<String>,
    /// The message that says how it is counted.
    pub key: &'static str,
    /// Credits as an exact decimal; nothing where the length alone decides.
    pub credits: Option<String>,
}

/// The price list in the card's order: one line for each feature and model. Work that is also
/// counted by length shows what it costs at least; nobody is shown the models' own measure.
pub fn rate_rows(rates: Vec<PublishedRate>) -> Vec<RateRow> {
    let mut rows: Vec<RateRow> = Vec::new();
    for PublishedRate { feature, model, unit, credits } in rates {
        let by_length = unit == "input_tokens" || unit == "output_tokens";
        let key = key_of(&unit);
        let credits = (!by_length).then_some(credits);
        let known = rows.iter_mut().find(|row| row.feature == feature && row.model == model);
        match (known, credits) {
            (None, credits) => rows.push(RateRow { feature, model, key, credits }),
            (Some(row), None) if row.credits.is_some() => row.key = "rate.from",
            (Some(row), Some(credits)) if row.credits.is_none() => {
                row.key = "rate.from";
                row.credits = Some(credits);
            }
            (Some(_), _) => {}
        }
    }
    rows
}

fn key_of(unit: &str) -> &'static str {
    match unit {
        "message" => "rate.message",
        "call_minute" => "rate.call_minute",
        "image" => "rate.image",
        "use" => "rate.use",
        _ => "rate.length",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_is_counted_by_length_shows_what_it_costs_at_least() {
        let rate = |feature: &str, unit: &str, credits: &str| PublishedRate {
            feature: feature.to_owned(),
            model: None,
            unit: unit.to_owned(),
            credits: credits.to_owned(),
        };
        let rows = rate_rows(vec![
            rate("chat_reply", "message", "1"),
            rate("chat_reply", "input_tokens", "0.05"),
            rate("chat_reply", "output_tokens", "0.4"),
            rate("voice", "call_minute", "8"),
            rate("workflow", "output_tokens", "0.2"),
            rate("workflow", "use", "2"),
            rate("summary", "input_tokens", "0.1"),
        ]);
        let shown: Vec<_> =
            rows.iter().map(|row| (&*row.feature, row.key, row.credits.as_deref())).collect();
        let expected = [
            ("chat_reply", "rate.from", Some("1")),
            ("voice", "rate.call_minute", Some("8")),
            ("workflow", "rate.from", Some("2")),
            ("summary", "rate.length", None),
        ];
        assert_eq!(shown, expected);
    }
}
