//! No input may trap the module: every parse entry, with inputs that are near to true ones.
//!
//! `NIVELLA_FUZZ_INPUTS` says how many, `NIVELLA_FUZZ_SEED` where they start. A failure prints the
//! seed and the input's number; `NIVELLA_FUZZ_AT` runs that one alone.

#[path = "fuzz/mutate.rs"]
mod mutate;
#[path = "fuzz/random.rs"]
mod random;
#[path = "fuzz/samples.rs"]
mod samples;
#[path = "fuzz/statement.rs"]
mod statement;
#[path = "fuzz/targets.rs"]
mod targets;

use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use random::Random;
use targets::{Samples, TARGETS};

const INPUTS: u64 = 60_000;

fn setting(name: &str) -> Option<u64> {
    env::var(name).ok().map(|text| text.parse().expect("a whole number"))
}

/// Makes and reads one input. The target turns with the number, so that all have their share.
fn run(samples: &Samples, seed: u64, number: u64) -> Result<(), String> {
    let target = &TARGETS[(number % TARGETS.len() as u64) as usize];
    let input = (target.make)(samples, &mut Random::new(seed, number));
    catch_unwind(AssertUnwindSafe(|| (target.read)(samples, &input))).map_err(|_| {
        let name = target.name;
        format!("{name}: NIVELLA_FUZZ_SEED={seed} NIVELLA_FUZZ_AT={number}\n{input}")
    })
}

/// A25: truncated, of another version, with lengths and numbers that cannot be.
#[test]
fn no_input_panics() {
    let seed = setting("NIVELLA_FUZZ_SEED").unwrap_or(1);
    let samples = Samples::new();
    if let Some(number) = setting("NIVELLA_FUZZ_AT") {
        run(&samples, seed, number).expect("this input panics");
        return;
    }
    let inputs = setting("NIVELLA_FUZZ_INPUTS").unwrap_or(INPUTS);
    let workers = thread::available_parallelism().map_or(1, |count| count.get() as u64);
    let failures: Vec<String> = thread::scope(|scope| {
        let work = |worker: u64| {
            let samples = &samples;
            let mine = (worker..inputs).step_by(workers as usize);
            move || mine.filter_map(|number| run(samples, seed, number).err()).next()
        };
        let running: Vec<_> = (0..workers).map(|worker| scope.spawn(work(worker))).collect();
        running.into_iter().filter_map(|thread| thread.join().expect("a worker ends")).collect()
    });
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
    println!("{inputs} inputs from seed {seed}, {} targets, no panic", TARGETS.len());
}

#[test]
fn the_samples_are_true_and_most_mutations_differ() {
    let samples = Samples::new();
    for target in TARGETS {
        let made: Vec<String> =
            (0..50).map(|n| (target.make)(&samples, &mut Random::new(7, n)).to_string()).collect();
        let mut different = made.clone();
        different.sort();
        different.dedup();
        assert!(different.len() > 25, "{}: {} of 50 differ", target.name, different.len());
    }
}
