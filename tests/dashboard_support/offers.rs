//! What is advised to whom.

use nivella_credits::core::activity::{Activity, Row};
use nivella_credits::core::rate_card::parse_rate;
use nivella_credits::core::{Balance, GrantKind, Rate, RateCard, RateCards, Unit, Zone};
use nivella_credits::view::dashboard::{Advice, Arg, Offers, Say, advice, pace};

use super::{activity, at, balance, cost, credits, day, noon, one, package, pool};

pub fn told(balance: &Balance, offers: &Offers, activity: &Activity) -> Option<Advice> {
    let zone = Zone::utc();
    let pace = pace(activity, balance.as_of, &zone).unwrap();
    advice(balance, offers, activity, &pace, &zone).unwrap()
}

pub fn purchased(amount: &str) -> Balance {
    balance(&[pool(GrantKind::Purchase, amount, "0", None)])
}

pub fn packages() -> Offers {
    let packages = vec![
        package("20", "5000", 45_00, Some(365)),
        package("10", "2000", 20_00, Some(365)),
        package("30", "500", 7_50, None),
    ];
    Offers { packages, ..Offers::default() }
}

/// Messages of one feature cost 1 credit with swift and 0.5 with small, since then.
pub fn with_rates(offers: Offers, since: &str) -> Offers {
    let rate = |model: &str, rate| Rate {
        feature: "chat_reply".to_owned(),
        model: Some(model.to_owned()),
        unit: Unit::Message,
        credits: parse_rate(rate).unwrap(),
    };
    let card = RateCard {
        version: 1,
        effective_at: at(since),
        quantum: credits("0.1"),
        rates: vec![rate("swift", "1"), rate("small", "0.5")],
    };
    Offers { cards: Some(RateCards::new(vec![card]).unwrap()), ..offers }
}

/// Sixty days of 40 answers by swift and 4 by small; `more` come on top on one day.
pub fn answers(more: Option<(&str, &str, &str)>) -> Activity {
    let today = day("2026-11-21");
    let mut rows = Vec::new();
    for on in (today - 60)..today {
        let seq = 2 * (on - today + 61) as u64;
        let answers = Row { messages: 40, ..cost(one(seq, noon(on)), credits("40")) };
        let small = ["chat", "chat_reply", "small", "message", "shop", ""];
        let few = Row { keys: small, messages: 4, ..cost(one(seq + 1, noon(on)), credits("2")) };
        rows.extend([answers, few]);
    }
    if let Some((on, agent, amount)) = more {
        let keys = [leaked(agent), "", "", "use", "shop", ""];
        rows.push(Row { keys, messages: 0, ..cost(one(1, noon(day(on))), credits(amount)) });
    }
    activity(&rows)
}

fn leaked(text: &str) -> &'static str {
    String::leak(text.to_owned())
}

pub fn arg<'a>(say: &'a Say, name: &str) -> &'a Arg {
    &say.args.iter().find(|(own, _)| *own == name).unwrap().1
}

pub fn keys(says: &[Say]) -> Vec<&'static str> {
    says.iter().map(|say| say.key).collect()
}
