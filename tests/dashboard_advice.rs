//! One piece of advice at a time: the most useful that has evidence, and true whenever it is given.

mod dashboard_support;

use dashboard_support::offers::{answers, arg, keys, packages, purchased, told, with_rates};
use dashboard_support::{activity, balance, cost, credits, daily, day, noon, one, plan, pool};
use nivella_credits::core::activity::{Activity, Dimension, Row};
use nivella_credits::core::{Balance, Credits, GrantKind, Zone};
use nivella_credits::view::dashboard::{Action, AdviceKind, Arg, Offers, advice, coming, pace};

#[test]
fn a_spike_comes_first_then_packages_then_a_model_then_nothing() {
    let all = || with_rates(packages(), "2026-01-01T00:00:00Z");
    let spiked = answers(Some(("2026-11-18", "nox", "400")));
    let usual = answers(None);
    let (poor, rich) = (purchased("300"), purchased("90000"));
    let cases: [(&str, &Balance, Offers, &Activity, AdviceKind); 6] = [
        ("all of it", &poor, all(), &spiked, AdviceKind::Spike),
        ("no spike", &poor, all(), &usual, AdviceKind::Package),
        ("none to buy", &poor, Offers { packages: vec![], ..all() }, &usual, AdviceKind::Model),
        ("enough", &rich, all(), &usual, AdviceKind::Model),
        ("enough, one model", &rich, packages(), &usual, AdviceKind::Nothing),
        ("enough, no packages", &rich, Offers::default(), &usual, AdviceKind::Nothing),
    ];
    for (name, balance, offers, activity, kind) in cases {
        assert_eq!(told(balance, &offers, activity).map(|one| one.kind), Some(kind), "{name}");
    }
    assert_eq!(told(&poor, &Offers::default(), &usual), None, "short, and nothing is on offer");
}

#[test]
fn a_spike_names_its_day_and_driver_and_a_click_shows_them() {
    let spiked = answers(Some(("2026-11-18", "nox", "400")));
    let spike = told(&purchased("90000"), &packages(), &spiked).unwrap();
    assert_eq!(spike.title.key, "usage.advice.spike.title");
    assert_eq!(*arg(&spike.title, "name"), Arg::Key(Dimension::Agent, "nox".to_owned()));
    assert_eq!(*arg(&spike.title, "date"), Arg::Day(day("2026-11-18")));
    assert_eq!(keys(&spike.text), ["usage.advice.spike.text", "usage.advice.spike.by"]);
    assert_eq!(*arg(&spike.text[0], "amount"), Arg::Amount(credits("442")));
    assert_eq!(*arg(&spike.text[0], "usual"), Arg::Amount(credits("42")));
    assert_eq!(*arg(&spike.text[1], "amount"), Arg::Amount(credits("400")));
    assert!(spike.evidence.iter().all(|say| say.key == "usage.advice.spike.by"));
    assert_eq!(spike.action, Some(Action::Show(day("2026-11-18"), Some("nox".to_owned()))));
}

#[test]
fn a_spike_is_news_for_two_weeks() {
    for (on, kind) in [
        ("2026-11-21", AdviceKind::Spike),
        ("2026-11-08", AdviceKind::Spike),
        ("2026-11-07", AdviceKind::Nothing),
    ] {
        let spiked = answers(Some((on, "nox", "400")));
        let found = told(&purchased("90000"), &packages(), &spiked).unwrap();
        assert_eq!(found.kind, kind, "{on}");
    }
}

#[test]
fn a_model_is_advised_where_it_saves_a_tenth_at_the_rates_of_its_time() {
    let usual = answers(None);
    let rich = purchased("90000");
    let kind = |offers: Offers| told(&rich, &offers, &usual).unwrap();
    let found = kind(with_rates(Offers::default(), "2026-01-01T00:00:00Z"));
    assert_eq!(found.kind, AdviceKind::Model);
    let small = Arg::Key(Dimension::Model, "small".to_owned());
    assert_eq!(*arg(&found.title, "name"), small);
    // 29 days before today with 40 answers that would have cost half.
    assert_eq!(*arg(&found.text[0], "amount"), Arg::Amount(credits("580")));
    assert_eq!(keys(&found.evidence), ["usage.evidence.model"]);
    assert_eq!(*arg(&found.evidence[0], "share"), Arg::Share(1_000));
    // Days before the card counts are not its.
    let found = kind(with_rates(Offers::default(), "2026-11-10T12:00:00Z"));
    assert_eq!(*arg(&found.text[0], "amount"), Arg::Amount(credits("200")));
    let today = kind(with_rates(Offers::default(), "2026-11-21T09:00:00Z"));
    assert_eq!(today.kind, AdviceKind::Nothing);
}

#[test]
fn what_a_plan_covered_is_no_saving() {
    let today = day("2026-11-21");
    let rows: Vec<Row<'_>> = ((today - 40)..today)
        .zip(1..)
        .map(|(on, seq)| Row {
            waived: credits("1"),
            keys: [
                "chat",
                "chat_reply",
                if seq % 4 > 0 { "swift" } else { "small" },
                "message",
                "",
                "",
            ],
            ..cost(one(seq, noon(on)), Credits::ZERO)
        })
        .collect();
    let offers = with_rates(Offers::default(), "2026-01-01T00:00:00Z");
    assert_eq!(told(&purchased("90000"), &offers, &activity(&rows)), None);
}

#[test]
fn buying_nothing_is_right_where_what_is_there_and_comes_is_enough() {
    let usual = answers(None);
    let ends = "2026-12-03T00:00:00Z";
    let unlimited = Balance { unlimited: true, ..purchased("5") };
    let allowance = pool(GrantKind::Allowance, "600", "0", Some(ends));
    let renewing =
        Balance { plan: Some(plan(Some("2026-09-03T09:00:00Z"), ends)), ..balance(&[allowance]) };
    let next = Offers { coming: coming(&renewing, &Zone::utc()).unwrap(), ..packages() };
    // Twelve days until the reset need 504, the 18 behind it 756 of the next 1,500.
    for (name, balance, offers, need, left) in [
        ("enough is there", purchased("2000"), packages(), "1260", "740"),
        ("exactly enough", purchased("1260"), packages(), "1260", "0"),
        ("the next allowance comes in time", renewing, next, "1260", "0"),
        ("a plan covers all use", unlimited, packages(), "0", "5"),
    ] {
        let found = told(&balance, &offers, &usual).unwrap();
        assert_eq!(found.kind, AdviceKind::Nothing, "{name}");
        assert_eq!(found.action, None);
        assert_eq!(keys(&found.evidence), ["usage.evidence.pace", "usage.evidence.enough"]);
        assert_eq!(*arg(&found.evidence[1], "amount"), Arg::Amount(credits(need)), "{name}");
        if left != "0" {
            assert_eq!(*arg(&found.evidence[1], "left"), Arg::Amount(credits(left)), "{name}");
        }
    }
}

#[test]
fn nothing_is_said_of_too_little_use() {
    let few = daily(&[credits("40"); 5]);
    assert_eq!(told(&purchased("1"), &packages(), &few), None);
    assert_eq!(told(&purchased("1"), &packages(), &activity(&[])), None);
}

/// The dashboard shows everything else then.
#[test]
fn packages_in_two_currencies_are_refused_with_a_code() {
    let mut offers = packages();
    offers.packages[0].price.currency = "EUR".to_owned();
    let (balance, activity, zone) = (purchased("1"), answers(None), Zone::utc());
    let pace = pace(&activity, balance.as_of, &zone).unwrap();
    let error = advice(&balance, &offers, &activity, &pace, &zone).unwrap_err();
    assert_eq!(error.code.as_str(), "field_invalid");
}
