//! The runway's method put to the test: what it would have said of made-up accounts on several
//! days, beside what then happened, and beside two simpler methods.
//!
//! `cargo test --test runway_backtest -- --nocapture` prints the table.

#[path = "runway_support/series.rs"]
mod series;

use nivella_credits::core::runway::{COVERAGE_PERCENT, Pace, Supply};
use nivella_credits::core::{Credits, DAY_MS, Instant, Zone};
use series::{DAYS, GENERATED, RECORDED};

/// Days that were known, and the hour of the last one.
const CUT_OFFS: [i64; 6] = [15, 28, 50, 90, 140, 200];
const HOUR_MS: i64 = 10 * 3_600_000;
/// The balance: so many days of the last four weeks' average.
const LENGTHS: [i64; 5] = [4, 11, 28, 60, 120];
/// Histories of each shape. The constants of the method were chosen on seeds 0 to 4.
const SEEDS: std::ops::Range<u64> = 5..15;

/// One question to every method: errors in milliseconds.
struct Case {
    truth: i64,
    ours: Option<Answer>,
    naive: i64,
    week: i64,
    length: i64,
    cut: i64,
}

struct Answer {
    around: i64,
    from: i64,
    to: Option<i64>,
}

impl Answer {
    fn holds(&self, truth: i64) -> bool {
        self.from <= truth && self.to.is_none_or(|to| truth <= to)
    }
}

/// When the balance was used up in truth, each day evenly; none within the series or a year.
fn truth(days: &[Credits], cut: i64, balance: i64) -> Option<i64> {
    let mut rest = balance;
    for day in cut..DAYS.min(cut + 366) {
        let used = days[day as usize].micro();
        let (start, open) = if day == cut { (HOUR_MS, DAY_MS - HOUR_MS) } else { (0, DAY_MS) };
        let today = (i128::from(used) * i128::from(open) / i128::from(DAY_MS)) as i64;
        if today >= rest && today > 0 {
            let into = i128::from(rest) * i128::from(open) / i128::from(today);
            return Some((day - cut) * DAY_MS + start + into as i64 - HOUR_MS);
        }
        rest -= today;
    }
    None
}

fn straight(balance: i64, days: &[Credits]) -> i64 {
    let sum: i64 = days.iter().map(|day| day.micro()).sum();
    if sum == 0 {
        return 365 * DAY_MS;
    }
    let line = i128::from(balance) * days.len() as i128 * i128::from(DAY_MS) / i128::from(sum);
    line.min(i128::from(365 * DAY_MS)) as i64
}

fn case(days: &[Credits], cut: i64, length: i64) -> Option<Case> {
    let known = &days[..cut as usize];
    let recent: i64 = known.iter().rev().take(28).map(|day| day.micro()).sum();
    let balance = recent / 28.min(cut) * length;
    let truth = truth(days, cut, balance)?;
    let as_of = Instant::from_ms(cut * DAY_MS + HOUR_MS).unwrap();
    let used: Vec<_> = known.iter().enumerate().map(|(day, used)| (day as i64, *used)).collect();
    let supplies = [Supply::now(Credits::from_micro(balance), None)];
    let ours = Pace::read(&used, as_of, &Zone::utc())
        .and_then(|pace| pace.runway(&supplies, Credits::ZERO, &Zone::utc()).unwrap());
    let ours = ours.ok().map(|runway| Answer {
        around: runway.around.ms_since(as_of),
        from: runway.from.ms_since(as_of),
        to: runway.to.map(|to| to.ms_since(as_of)),
    });
    let week = straight(balance, &known[known.len().saturating_sub(7)..]);
    Some(Case { truth, ours, naive: straight(balance, known), week, length, cut })
}

fn cases(shape: &str) -> Vec<Case> {
    let mut cases = Vec::new();
    for seed in SEEDS {
        let days = series::series(shape, seed);
        for cut in CUT_OFFS {
            cases.extend(LENGTHS.iter().filter_map(|length| case(&days, cut, *length)));
        }
    }
    cases
}

/// Mean and median, in hundredths of a day.
fn mean_and_median(mut errors: Vec<i64>) -> (i64, i64) {
    errors.sort_unstable();
    let mean = errors.iter().sum::<i64>() / errors.len().max(1) as i64;
    let hundredths = |ms: i64| ms / (DAY_MS / 100);
    (hundredths(mean), hundredths(errors.get(errors.len() / 2).copied().unwrap_or(0)))
}

struct Figures {
    told: i64,
    silent: i64,
    ours: (i64, i64),
    naive: (i64, i64),
    week: (i64, i64),
    /// In percent: how often the interval held the truth.
    coverage: i64,
    /// In percent: how often it ran out before the interval.
    early: i64,
    /// In percent of the expected time: how wide the interval was on average.
    width: i64,
}

fn figures<'a>(cases: impl Iterator<Item = &'a Case>) -> Figures {
    let (mut ours, mut naive, mut week) = (Vec::new(), Vec::new(), Vec::new());
    let (mut silent, mut held, mut width, mut early) = (0, 0, 0, 0);
    for case in cases {
        let Some(answer) = &case.ours else {
            silent += 1;
            continue;
        };
        ours.push((answer.around - case.truth).abs());
        naive.push((case.naive - case.truth).abs());
        week.push((case.week - case.truth).abs());
        held += i64::from(answer.holds(case.truth));
        early += i64::from(case.truth < answer.from);
        let to = answer.to.unwrap_or(731 * DAY_MS);
        width += (to - answer.from) * 100 / answer.around.max(1);
    }
    let told = ours.len() as i64;
    let [ours, naive, week] = [ours, naive, week].map(mean_and_median);
    let (coverage, width) = (held * 100 / told.max(1), width / told.max(1));
    let early = early * 100 / told.max(1);
    Figures { told, silent, ours, naive, week, coverage, early, width }
}

fn heading() {
    let methods = ["this method", "all days so far", "last 7 days"];
    let methods = methods.map(|name| format!("{name:>15}")).join(" | ");
    println!("{:<16} {:>5} {:>6} | {methods} | held too early wide", "", "told", "silent");
}

fn print(name: &str, figures: &Figures) {
    let days = |hundredths: i64| format!("{}.{:02}", hundredths / 100, hundredths % 100);
    let pair = |(mean, median): (i64, i64)| format!("{:>7} {:>7}", days(mean), days(median));
    let Figures { told, silent, coverage, early, width, .. } = figures;
    let methods = [figures.ours, figures.naive, figures.week].map(pair).join(" | ");
    println!(
        "{name:<16} {told:>5} {silent:>6} | {methods} | {coverage:>3}% {early:>8}% {width:>3}%"
    );
}

fn better(ours: (i64, i64), theirs: (i64, i64)) -> bool {
    ours.0 < theirs.0 && ours.1 < theirs.1
}

#[test]
fn the_method_beats_the_straight_line_and_its_interval_holds_what_it_says() {
    println!("days of error: mean, median");
    heading();
    let mut all = Vec::new();
    for shapes in [&GENERATED[..], &RECORDED[..]] {
        let from = all.len();
        for shape in shapes {
            let cases = cases(shape);
            let of_shape = figures(cases.iter());
            print(shape, &of_shape);
            let (held, told) = (of_shape.coverage, of_shape.told);
            assert!((60..=98).contains(&held), "{shape}: the interval held in {held} of 100");
            assert!(told >= 100, "{shape}: only {told} answers");
            all.extend(cases);
        }
        let group = figures(all[from..].iter());
        print("together", &group);
        assert!(better(group.ours, group.naive), "the straight line is better: {shapes:?}");
    }
    for length in LENGTHS {
        let of_length = figures(all.iter().filter(|case| case.length == length));
        print(&format!("{length} days left"), &of_length);
        assert!(better(of_length.ours, of_length.naive), "{length} days left");
    }
    for cut in CUT_OFFS {
        print(&format!("{cut} days known"), &figures(all.iter().filter(|case| case.cut == cut)));
    }
    let overall = figures(all.iter());
    print("all", &overall);
    assert!(better(overall.ours, overall.naive), "the straight line is better");
    assert!(better(overall.ours, overall.week), "the last 7 days are better");
    // Not by a hair: a tenth and more.
    assert!(overall.ours.0 * 10 < overall.naive.0 * 9, "{:?}", overall.ours);
    let band = i64::from(COVERAGE_PERCENT) - 5..=i64::from(COVERAGE_PERCENT) + 5;
    let held = overall.coverage;
    assert!(band.contains(&held), "the interval held in {held} of 100, not in {band:?}");
    assert!(overall.told > 9 * overall.silent, "silent in {} cases", overall.silent);
}
