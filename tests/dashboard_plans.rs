//! Whether another plan is advised, from what the running one's cycles used.

mod dashboard_support;

use dashboard_support::offers::{arg, keys, packages, told};
use dashboard_support::{activity, balance, cost, credits, day, noon, one, plan, pool};
use nivella_credits::core::activity::Activity;
use nivella_credits::core::advisor::PlanOffer;
use nivella_credits::core::{Balance, Credits, GrantKind, Plan};
use nivella_credits::view::dashboard::{Action, AdviceKind, Arg, Offers};

fn offer(key: &str, level: u32, allowance: &str, price: Option<i64>) -> PlanOffer {
    PlanOffer {
        plan: Plan {
            key: key.to_owned(),
            name: key.to_uppercase(),
            level,
            allowance: credits(allowance),
            unlimited: false,
            rollover_cap: Credits::ZERO,
            features: Vec::new(),
        },
        price,
    }
}

/// Growth with 1,500 credits for 9.00, Scale with 5,000 for `scale`; 5,000 credits cost 45.00.
fn offers(scale: Option<i64>) -> Offers {
    let plans = vec![
        offer("starter", 1, "100", Some(4_00)),
        offer("growth", 2, "1500", Some(9_00)),
        offer("scale", 3, "5000", scale),
    ];
    Offers { plans, ..packages() }
}

/// On the Growth plan since August 1, in its fourth cycle.
fn on_growth() -> Balance {
    let ends = "2026-12-01T00:00:00Z";
    let mut line = plan(Some("2026-08-01T00:00:00Z"), ends);
    "growth".clone_into(&mut line.key);
    Balance { plan: Some(line), ..balance(&[pool(GrantKind::Purchase, "90000", "0", None)]) }
}

/// So many credits on each day since then.
fn each_day(since: &str, amount: &str) -> Activity {
    let days = day(since)..day("2026-11-21");
    let rows = days.zip(1..).map(|(on, seq)| cost(one(seq, noon(on)), credits(amount)));
    activity(&rows.collect::<Vec<_>>())
}

#[test]
fn a_plan_is_advised_where_it_is_sure_to_have_cost_less() {
    let long = "2026-08-01";
    // 92 days of 150 credits are 13,800; 9,300 of them beyond the plan need two packages.
    type Told = Option<(&'static str, &'static str, &'static str)>;
    let cases: [(&str, &str, &str, Option<i64>, Told); 7] = [
        (
            "an upgrade beats packages",
            long,
            "150",
            Some(25_00),
            Some(("SCALE", "$75.00", "$117.00")),
        ),
        ("it costs more than they do", long, "150", Some(60_00), None),
        ("its price is not known", long, "150", None, None),
        ("a smaller plan is enough", long, "3", Some(25_00), Some(("STARTER", "$12.00", "$27.00"))),
        ("the running plan is right", long, "40", Some(25_00), None),
        ("two whole cycles say too little", "2026-09-01", "150", Some(25_00), None),
        ("a cycle that is known in part does not count", "2026-08-02", "150", Some(25_00), None),
    ];
    for (name, since, amount, scale, expected) in cases {
        let found = told(&on_growth(), &offers(scale), &each_day(since, amount)).unwrap();
        let Some((plan, price, other)) = expected else {
            assert_ne!(found.kind, AdviceKind::Upgrade, "{name}");
            continue;
        };
        assert_eq!(
            (found.kind, found.action),
            (AdviceKind::Upgrade, Some(Action::Plans)),
            "{name}"
        );
        let text = |said: &str| Arg::Text(said.to_owned());
        assert_eq!(*arg(&found.title, "name"), text(plan), "{name}");
        assert_eq!(*arg(&found.text[0], "count"), Arg::Count(3), "{name}");
        assert_eq!(*arg(&found.text[0], "price"), text(price), "{name}");
        assert_eq!(*arg(&found.text[0], "other"), text(other), "{name}");
    }
}

#[test]
fn it_says_what_went_beyond_the_plan_and_that_packages_are_counted_at_their_least() {
    let found = told(&on_growth(), &offers(Some(25_00)), &each_day("2026-08-01", "150")).unwrap();
    let evidence = ["usage.evidence.excess", "usage.evidence.least", "usage.evidence.compared"];
    assert_eq!(keys(&found.evidence), evidence);
    assert_eq!(*arg(&found.evidence[0], "amount"), Arg::Amount(credits("9300")));
    assert_eq!(found.title.key, "usage.advice.upgrade.title");
    let less = told(&on_growth(), &offers(Some(25_00)), &each_day("2026-08-01", "3")).unwrap();
    assert_eq!(less.title.key, "usage.advice.plan.title");
}

#[test]
fn without_a_plan_or_its_offer_nothing_is_compared() {
    let used = each_day("2026-08-01", "150");
    let none = Balance { plan: None, ..on_growth() };
    let unknown = Offers { plans: vec![offer("scale", 3, "5000", Some(1_00))], ..packages() };
    for (name, balance, offers) in [
        ("no plan", none, offers(Some(1_00))),
        ("its plan is not offered", on_growth(), unknown),
        ("no packages", on_growth(), Offers { packages: Vec::new(), ..offers(Some(1_00)) }),
    ] {
        let found = told(&balance, &offers, &used).unwrap();
        assert_ne!(found.kind, AdviceKind::Upgrade, "{name}");
    }
}
