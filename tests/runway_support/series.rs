//! Daily consumption of made-up accounts: the same numbers on every machine, whole numbers only.

use nivella_credits::core::Credits;

/// A small generator of numbers that look random: SplitMix64 (Steele, Lea and Flood, 2014).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// From 0 to below `end`.
    pub fn below(&mut self, end: i64) -> i64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % end.unsigned_abs()) as i64
    }

    /// Around 1,000, from 0 to 2,000: the sum of four even dice.
    pub fn noise(&mut self) -> i64 {
        (0..4).map(|_| self.below(501)).sum()
    }

    /// How many of so many chances came true, each with this chance in a thousand.
    pub fn hits(&mut self, chances: i64, permille: i64) -> i64 {
        (0..chances).filter(|_| self.below(1_000) < permille).count() as i64
    }
}

/// Days of a series.
pub const DAYS: i64 = 600;
/// Shapes that are made by one rule each.
pub const GENERATED: [&str; 11] = [
    "steady",
    "weekday",
    "weekend",
    "growth",
    "decline",
    "bursts",
    "silence",
    "campaign",
    "step",
    "seasonal",
    "intermittent",
];
/// Daily totals as typical traffic leaves them.
pub const RECORDED: [&str; 5] =
    ["store chat", "voice calls", "holiday shop", "agency of sites", "small site"];

const CREDIT: i64 = 1_000_000;

/// What each day used, in micro-credits.
pub fn series(shape: &str, seed: u64) -> Vec<Credits> {
    let name = shape.bytes().fold(seed, |sum, byte| sum.wrapping_mul(131) + u64::from(byte));
    let dice = &mut Dice::new(name);
    let place = Place {
        first: dice.below(90),
        second: dice.below(90),
        phase: dice.below(365),
        silent_until: -1,
    };
    let mut day_of = generator(shape, place);
    (0..DAYS).map(|day| Credits::from_micro(day_of(day, dice))).collect()
}

/// Where in time a series has its events.
struct Place {
    first: i64,
    second: i64,
    phase: i64,
    silent_until: i64,
}

type Generator = Box<dyn FnMut(i64, &mut Dice) -> i64>;

fn generator(shape: &str, place: Place) -> Generator {
    match shape {
        "store chat" | "voice calls" | "holiday shop" | "agency of sites" | "small site" => {
            recorded(shape, place)
        }
        _ => generated(shape, place),
    }
}

fn is_weekend(day: i64) -> bool {
    day.rem_euclid(7) >= 5
}

/// `mean` thousandths of a credit on average, scattered.
fn around(mean: i64, dice: &mut Dice) -> i64 {
    mean * dice.noise()
}

fn generated(shape: &str, mut place: Place) -> Generator {
    let (first, second) = (place.first, place.second);
    let mut level = if shape == "decline" { 400_000_i64 } else { 40_000 };
    match shape {
        "weekday" => {
            Box::new(|day, dice| around(if is_weekend(day) { 20_000 } else { 130_000 }, dice))
        }
        "weekend" => {
            Box::new(|day, dice| around(if is_weekend(day) { 180_000 } else { 70_000 }, dice))
        }
        "growth" => Box::new(move |_, dice| {
            level += level * 4 / 1_000;
            around(level, dice)
        }),
        "decline" => Box::new(move |_, dice| {
            level -= level * 4 / 1_000;
            around(level, dice)
        }),
        "bursts" => Box::new(|_, dice| {
            let times = if dice.below(100) < 8 { 5 } else { 1 };
            around(60_000 * times, dice)
        }),
        "silence" => Box::new(move |day, dice| {
            if day > place.silent_until && dice.below(1_000) < 25 {
                place.silent_until = day + 4 + dice.below(12);
            }
            if day <= place.silent_until { 0 } else { around(100_000, dice) }
        }),
        "campaign" => Box::new(move |day, dice| {
            let runs = (day + first) % (60 + second / 3) < 7;
            around(if runs { 320_000 } else { 80_000 }, dice)
        }),
        "step" => Box::new(move |day, dice| {
            let up = day >= 60 + first;
            let down = day >= 180 + second;
            around(
                if down {
                    75_000
                } else if up {
                    150_000
                } else {
                    60_000
                },
                dice,
            )
        }),
        "seasonal" => Box::new(move |day, dice| {
            let turn = (day + place.phase) % 365;
            around(60_000 + 120_000 * turn.min(365 - turn) / 182, dice)
        }),
        "intermittent" => {
            Box::new(|_, dice| if dice.below(100) < 35 { around(200_000, dice) } else { 0 })
        }
        _ => Box::new(|_, dice| around(100_000, dice)),
    }
}

/// Replies of a chat at 1.2 credits, with the busy hours of a store, Monday first.
fn replies(day: i64, permille: i64, dice: &mut Dice) -> i64 {
    const WEEK: [i64; 7] = [120, 112, 106, 102, 98, 78, 84];
    const HOURS: [i64; 6] = [2, 6, 16, 20, 24, 14];
    let of_day = WEEK[day.rem_euclid(7) as usize];
    let count: i64 =
        HOURS.iter().map(|hour| dice.hits(hour * 4, (of_day * permille / 400).min(1_000))).sum();
    count * CREDIT * 12 / 10
}

/// Calls on working days, each of 1 to 12 minutes at 2 credits, started minutes counting whole.
fn calls(day: i64, dice: &mut Dice) -> i64 {
    let count = if is_weekend(day) { dice.hits(4, 100) } else { dice.hits(40, 220) };
    (0..count).map(|_| (1 + dice.below(4) + dice.below(9)) * 2 * CREDIT).sum()
}

fn recorded(shape: &str, place: Place) -> Generator {
    let first = place.first;
    match shape {
        "voice calls" => Box::new(calls),
        "holiday shop" => Box::new(move |day, dice| {
            // The year's day: a peak of ten days late in November, a busy December.
            let of_year = (day + place.phase) % 365;
            let permille = match of_year {
                323..=332 => 1_500,
                333..=356 => 800,
                _ => 500,
            };
            replies(day, permille, dice)
        }),
        "agency of sites" => Box::new(move |day, dice| {
            let sites = 1 + (0..6).filter(|site| day > 25 + first / 2 + site * 47).count() as i64;
            (0..sites).map(|_| replies(day, 300, dice)).sum()
        }),
        "small site" => Box::new(|day, dice| {
            let permille = if is_weekend(day) { 60 } else { 130 };
            dice.hits(24, permille) * CREDIT * 12 / 10
        }),
        // Pay day brings visitors.
        _ => Box::new(move |day, dice| {
            let permille = if (day + first) % 30 < 4 { 750 } else { 560 };
            replies(day, permille, dice)
        }),
    }
}
