//! Cards, bars and breakdowns: every number adds up to the total, every height fits the chart.

mod dashboard_support;

use dashboard_support::{activity, cost, credits, day, noon, one, styles, text};
use nivella_credits::core::activity::{Activity, Dimension, Filter, Rollup, Row, Sums};
use nivella_credits::core::{Credits, EntryKind, Zone};
use nivella_credits::view::dashboard::{
    BarUnit, Change, Family, agents, breakdowns, change, permille, trend,
};

fn sum<'a>(parts: impl IntoIterator<Item = &'a Credits>) -> Credits {
    parts.into_iter().fold(Credits::ZERO, |sum, part| sum.checked_add(*part).unwrap())
}

#[test]
fn shares_are_rounded_half_up_to_a_permille() {
    let cases = [
        ("0", "10", 0),
        ("0.0049", "10", 0),
        ("0.005", "10", 1),
        ("0.0149", "10", 1),
        ("5", "10", 500),
        ("9.995", "10", 1_000),
        ("10", "10", 1_000),
        ("25", "10", 2_500),
        ("1", "0", 0),
        ("1", "-3", 0),
    ];
    for (part, whole, share) in cases {
        assert_eq!(permille(credits(part), credits(whole)), share, "{part} of {whole}");
    }
    assert_eq!(permille(Credits::MAX, Credits::MAX), 1_000);
    assert_eq!(permille(Credits::MAX, Credits::from_micro(1)), i64::MAX);
}

#[test]
fn a_change_is_said_from_half_a_percent_on() {
    let cases = [
        ("0", "0", None),
        ("1", "0", Some(Change::New)),
        ("1000", "1000", Some(Change::Same)),
        ("1004", "1000", Some(Change::Same)),
        ("1005", "1000", Some(Change::More(5))),
        ("996", "1000", Some(Change::Same)),
        ("995", "1000", Some(Change::Less(5))),
        ("0", "1000", Some(Change::Less(1_000))),
        ("3000", "1000", Some(Change::More(2_000))),
    ];
    for (now, before, said) in cases {
        assert_eq!(change(credits(now), credits(before)), said, "{before} to {now}");
    }
}

#[test]
fn a_card_counts_what_its_agents_work_is_counted_in() {
    let on = noon(day("2026-11-20"));
    let row = |seq, agent, amount: &str| Row {
        keys: [agent, "", "", "use", "", ""],
        messages: 0,
        ..cost(one(seq, on), credits(amount))
    };
    let rows = [
        one(1, on),
        Row { messages: 4, ..one(2, on) },
        Row { call_ms: 60_001, ..row(3, "voice_inbound", "16") },
        row(4, "auto_trigger", "2"),
        row(5, "auto_trigger", "0"),
        Row { images: 3, ..row(6, "nox", "36") },
        row(7, "courier", "5"),
        row(8, "", "0.5"),
    ];
    let activity = activity(&rows);
    let filter = Filter::days(day("2026-11-15"), day("2026-11-21"));
    let summary = activity.summary(&filter).unwrap();
    let cards = agents(&summary, None, &filter, &styles());
    let said: Vec<_> = cards
        .iter()
        .map(|card| (card.key.as_str(), card.family, card.credits.text(), card.quantity))
        .collect();
    let expected = [
        ("chat", Family::Chat, "2".to_owned(), 5),
        ("voice_inbound", Family::Voice, "16".to_owned(), 2),
        ("auto_trigger", Family::Auto, "2".to_owned(), 1),
        ("nox", Family::Auto, "36".to_owned(), 3),
        ("courier", Family::Other, "5".to_owned(), 1),
        ("", Family::Other, "0.5".to_owned(), 1),
    ];
    assert_eq!(said, expected);
    assert_eq!(sum(cards.iter().map(|card| &card.credits)), summary.total.credits);
}

#[test]
fn a_chosen_card_stays_beside_its_peers_and_knows_its_change() {
    let before = cost(one(1, noon(day("2026-11-10"))), credits("10"));
    let now = cost(one(2, noon(day("2026-11-20"))), credits("15"));
    let nox = Row { keys: ["nox", "", "", "image", "", ""], ..one(3, noon(day("2026-11-20"))) };
    let activity = activity(&[before, now, nox]);
    let week =
        |from: &str, to: &str| Filter::days(day(from), day(to)).with(Dimension::Agent, "chat");
    let filter = week("2026-11-15", "2026-11-21");
    let summary = activity.summary(&filter).unwrap();
    let earlier = activity.summary(&week("2026-11-08", "2026-11-14")).unwrap();
    let cards = agents(&summary, Some(&earlier), &filter, &styles());
    let said: Vec<_> =
        cards.iter().map(|card| (card.key.as_str(), card.pressed, card.change)).collect();
    assert_eq!(
        said,
        [
            ("chat", true, Some(Change::More(500))),
            ("voice_inbound", false, None),
            ("auto_trigger", false, None),
            ("nox", false, Some(Change::New)),
        ]
    );
}

#[test]
fn an_agent_that_is_configured_twice_has_one_card() {
    let activity = activity(&[one(1, noon(day("2026-11-20")))]);
    let twice = [styles(), styles()].concat();
    let summary = activity.summary(&Filter::all()).unwrap();
    let cards = agents(&summary, None, &Filter::all(), &twice);
    assert_eq!(cards.len(), styles().len());
    assert_eq!(sum(cards.iter().map(|card| &card.credits)), summary.total.credits);
}

#[test]
fn bars_are_days_then_weeks_then_months() {
    let activity = activity(&[one(1, noon(day("2024-02-29"))), one(2, noon(day("2026-11-21")))]);
    for (from, unit, bars, second) in [
        ("2026-11-21", BarUnit::Day, 1, None),
        ("2026-11-20", BarUnit::Day, 2, Some(("2026-11-21", "2026-11-21"))),
        ("2026-08-22", BarUnit::Day, 92, Some(("2026-08-23", "2026-08-23"))),
        ("2026-08-21", BarUnit::Week, 14, Some(("2026-08-28", "2026-09-03"))),
        ("2025-10-18", BarUnit::Week, 58, Some(("2025-10-25", "2025-10-31"))),
        ("2025-10-17", BarUnit::Month, 14, Some(("2025-11-01", "2025-11-30"))),
        ("2024-01-31", BarUnit::Month, 35, Some(("2024-02-01", "2024-02-29"))),
    ] {
        let filter = Filter::days(day(from), day("2026-11-21"));
        let chart = trend(&activity.summary(&filter).unwrap(), &filter, &styles());
        assert_eq!((chart.unit, chart.bars.len()), (unit, bars), "from {from}");
        let found = chart.bars.get(1).map(|bar| (text(bar.from), text(bar.to)));
        assert_eq!(found, second.map(|(from, to)| (from.to_owned(), to.to_owned())), "from {from}");
    }
}

#[test]
fn the_axis_has_up_to_three_lines_at_round_amounts() {
    let cases = [
        ("0", vec![]),
        ("0.000001", vec![("0.000001", 1_000)]),
        ("0.000005", vec![("0.000002", 400), ("0.000004", 800)]),
        ("0.000008", vec![("0.000005", 625)]),
        ("7", vec![("5", 714)]),
        ("10", vec![("5", 500), ("10", 1_000)]),
        ("149", vec![("50", 336), ("100", 671)]),
        ("150", vec![("50", 333), ("100", 667), ("150", 1_000)]),
        ("9223372036854.775807", vec![("5000000000000", 542)]),
    ];
    for (most, lines) in cases {
        let mut activity = activity(&[]);
        let keys = ["chat", "", "", "use", "", ""];
        let sums = Sums { credits: credits(most), uses: 1, ..Sums::default() };
        activity.add_rollup(&Rollup { day: day("2026-11-20"), keys, sums }).unwrap();
        let filter = Filter::days(day("2026-11-19"), day("2026-11-21"));
        let chart = trend(&activity.summary(&filter).unwrap(), &filter, &styles());
        let ticks: Vec<_> = chart.ticks.iter().map(|tick| (tick.amount.text(), tick.at)).collect();
        let lines = lines.into_iter().map(|(amount, at)| (amount.to_owned(), at));
        let expected: Vec<_> = [("0".to_owned(), 0)].into_iter().chain(lines).collect();
        assert_eq!(ticks, expected, "a highest day of {most}");
        assert_eq!(chart.top, (most != "0").then_some(1));
    }
}

/// Each rounded for itself they would come to 1,002.
#[test]
fn a_stack_is_as_high_as_its_total() {
    let on = noon(day("2026-11-20"));
    let parts = [("chat", 501), ("voice_inbound", 501), ("nox", 501), ("courier", 497)];
    let row = |(seq, (agent, micro)): (u64, (&'static str, i64))| Row {
        keys: [agent, "", "", "use", "", ""],
        ..cost(one(seq, on), Credits::from_micro(micro))
    };
    let activity = activity(&(1..).zip(parts).map(row).collect::<Vec<_>>());
    let filter = Filter::days(day("2026-11-20"), day("2026-11-20"));
    let chart = trend(&activity.summary(&filter).unwrap(), &filter, &styles());
    assert_eq!(chart.bars[0].heights, [251, 250, 251, 248]);
}

#[test]
fn the_first_of_equal_bars_is_the_highest() {
    let activity = activity(&[one(1, noon(day("2026-11-16"))), one(2, noon(day("2026-11-18")))]);
    let filter = Filter::days(day("2026-11-15"), day("2026-11-21"));
    let chart = trend(&activity.summary(&filter).unwrap(), &filter, &styles());
    assert_eq!(chart.top, Some(1));
}

#[test]
fn a_chosen_agent_without_use_keeps_its_colour() {
    let activity = activity(&[one(1, noon(day("2026-11-20")))]);
    let filter = Filter::all().with(Dimension::Agent, "nox");
    let chart = trend(&activity.summary(&filter).unwrap(), &filter, &styles());
    assert_eq!(chart.series, [Family::Auto]);
    assert!(chart.bars.iter().all(|bar| bar.parts == [Credits::ZERO] && bar.heights == [0]));
    assert_eq!(chart.top, None);
}

#[test]
fn a_breakdown_that_tells_nothing_is_left_out_and_a_chosen_key_is_always_there() {
    let on = noon(day("2026-11-20"));
    let company = |seq: u64| Row {
        keys: ["chat", "chat_reply", "swift", "message", "shop", COMPANIES[seq as usize - 1]],
        ..cost(one(seq, on), Credits::from_whole(20 - seq as i64).unwrap())
    };
    let rows: Vec<_> = (1..=9).map(company).collect();
    let activity = activity(&rows);
    let told = |filter: &Filter| breakdowns(&activity.summary(filter).unwrap(), filter);
    let all = told(&Filter::all());
    assert_eq!(all.iter().map(|one| one.by).collect::<Vec<_>>(), [Dimension::Company]);
    assert_eq!(all[0].rows.len(), 6);
    assert_eq!(all[0].others, Some((3, credits("36"), 267)), "13, 12 and 11 of 135");
    let last = told(&Filter::all().with(Dimension::Company, "i"));
    let by: Vec<_> = last.iter().map(|one| one.by).collect();
    assert_eq!(by, [Dimension::Company]);
    assert_eq!(last[0].rows.last().map(|row| (row.key.as_str(), row.pressed)), Some(("i", true)));
    assert_eq!(last[0].others.map(|(count, ..)| count), Some(2));
}

const COMPANIES: [&str; 9] = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];

/// Neither holds nor grants are use, in whatever zone.
#[test]
fn only_use_is_painted() {
    let mut activity =
        Activity::new(Zone::new(-36_000, Vec::new()).unwrap(), noon(day("2026-11-21")));
    for (seq, kind) in (1..).zip(EntryKind::ALL) {
        activity.add_row(&Row { kind: *kind, ..one(seq, noon(day("2026-11-20"))) }).unwrap();
    }
    let filter = Filter::days(day("2026-11-19"), day("2026-11-21"));
    let chart = trend(&activity.summary(&filter).unwrap(), &filter, &styles());
    let totals: Vec<_> = chart.bars.iter().map(|bar| bar.total.text()).collect();
    assert_eq!(totals, ["0", "2", "0"]);
}
