//! The repo's rules as a failing test: who may use whom, sizes, words, and what must not be there.
//!
//! Every finding says where it is and what to do instead. A rule that could not fire would be worth
//! nothing, so each one also has samples: texts that it must refuse and texts that it must accept.

#[path = "tidy/direction.rs"]
mod direction;
#[path = "tidy/samples.rs"]
mod samples;
#[path = "tidy/shape.rs"]
mod shape;
#[path = "tidy/source.rs"]
mod source;
#[path = "tidy/words.rs"]
mod words;

use source::File;

/// What is wrong in one file: the line, and what to do about it.
pub struct Finding {
    /// Counted from 1; 0 where the whole file is meant.
    pub line: usize,
    /// What is wrong and what to do instead.
    pub advice: String,
}

impl Finding {
    fn at(line: usize, advice: impl Into<String>) -> Finding {
        Finding { line, advice: advice.into() }
    }
}

/// A rule: its name, and the check of one file.
pub type Rule = (&'static str, fn(&File) -> Vec<Finding>);

const RULES: &[Rule] = &[
    ("dependency direction", direction::crate_modules),
    ("pure layers", direction::pure_layers),
    ("one loader", direction::one_loader),
    ("no markup from data", direction::no_markup),
    ("file size", shape::file_size),
    ("function size", shape::function_size),
    ("line length", shape::line_length),
    ("folders", shape::folders),
    ("no panic", words::no_panic),
    ("no machine path", words::no_machine_path),
    ("no registry host", words::no_registry_host),
    ("nothing unfinished", words::nothing_unfinished),
    ("no test switched off", words::no_test_switched_off),
    ("calm texts", words::calm_texts),
];

#[test]
fn the_repo_keeps_every_rule() {
    let files = source::files_of_the_repo();
    assert!(files.len() > 40, "only {} files found: is this the repo's top?", files.len());
    let mut faults = Vec::new();
    for (name, check) in RULES {
        for file in &files {
            for finding in check(file) {
                let place = format!("{}:{}", file.path, finding.line);
                faults.push(format!("{place}: {name}: {}", finding.advice));
            }
        }
    }
    assert!(faults.is_empty(), "{} findings\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_rule_refuses_its_bad_samples_and_accepts_its_good_ones() {
    for (name, check) in RULES {
        let samples = samples::of(name);
        assert!(samples.iter().any(|sample| sample.bad), "{name}: no bad sample");
        assert!(samples.iter().any(|sample| !sample.bad), "{name}: no good sample");
        for sample in samples {
            let found = check(&File::new(&sample.path, &sample.text));
            let said: Vec<&str> = found.iter().map(|finding| finding.advice.as_str()).collect();
            let (path, text) = (&sample.path, &sample.text);
            assert_eq!(!found.is_empty(), sample.bad, "{name}: {path}: {text}: {said:?}");
        }
    }
}
