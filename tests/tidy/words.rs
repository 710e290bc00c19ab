//! What must not stand anywhere. The words are put together here, so that this file has none.

use crate::Finding;
use crate::direction::names;
use crate::source::File;

fn findings<'a>(
    lines: impl Iterator<Item = (usize, &'a str)>,
    words: &[&str],
    holds: fn(&str, &str) -> bool,
    advice: &str,
) -> Vec<Finding> {
    lines
        .filter_map(|(line, text)| {
            let word = words.iter().find(|word| holds(text, word))?;
            Some(Finding::at(line, format!("`{word}`: {advice}")))
        })
        .collect()
}

fn text_lines(file: &File) -> impl Iterator<Item = (usize, &str)> {
    file.text.lines().enumerate().map(|(index, line)| (index + 1, line))
}

/// The files whose words other tools write.
fn locked(file: &File) -> bool {
    file.is(&["Cargo.lock", "package-lock.json"])
}

/// Nothing that a server or a page sends may trap the module.
pub fn no_panic(file: &File) -> Vec<Finding> {
    if !file.below("src") || !file.is(&[".rs"]) {
        return Vec::new();
    }
    let words = [
        ".unwrap()",
        ".expect(",
        "panic!",
        concat!("to", "do!"),
        "unimplemented!",
        "unreachable!",
        "assert!(",
        "assert_eq!(",
    ];
    let shipped = file.lines().take_while(|(_, code)| code.trim() != "#[cfg(test)]");
    findings(shipped, &words, str_contains, "return a coded error instead")
}

fn str_contains(text: &str, word: &str) -> bool {
    text.contains(word)
}

pub fn no_machine_path(file: &File) -> Vec<Finding> {
    let words = [
        concat!("/ro", "ot/"),
        concat!("/wo", "rk/"),
        concat!("/ho", "me/"),
        concat!("/Us", "ers/"),
        concat!("/t", "mp/"),
        concat!("C:", "\\"),
    ];
    // As a path's beginning: an address or a relative path may hold such a part.
    let begins = |text: &str, word: &str| {
        let inner = |c: char| c.is_alphanumeric() || "._-/)}".contains(c);
        text.match_indices(word).any(|(start, _)| !text[..start].ends_with(inner))
    };
    findings(text_lines(file), &words, begins, "a path of one machine; ask the system for it")
}

pub fn no_registry_host(file: &File) -> Vec<Finding> {
    if file.is(&["Cargo.lock"]) {
        return Vec::new();
    }
    let words = [
        concat!("registry.npm", "js"),
        concat!("npm", "js.com"),
        concat!("npm", "js.org"),
        concat!("crates", ".io"),
        concat!("py", "pi.org"),
        concat!("deb.", "debian.org"),
        concat!("\"reso", "lved\":"),
    ];
    let advice = "name the package, not the host that it comes from";
    findings(text_lines(file), &words, str_contains, advice)
}

pub fn nothing_unfinished(file: &File) -> Vec<Finding> {
    if locked(file) {
        return Vec::new();
    }
    let words = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("XX", "X"),
        concat!("HA", "CK"),
        concat!("coming ", "soon"),
    ];
    findings(text_lines(file), &words, names, "finish it, or make it an issue")
}

pub fn no_test_switched_off(file: &File) -> Vec<Finding> {
    if !file.is(&[".rs", ".js", ".mjs"]) {
        return Vec::new();
    }
    let words = [
        concat!("#[ig", "nore"),
        concat!("test.sk", "ip"),
        concat!("it.sk", "ip"),
        concat!("describe.sk", "ip"),
        concat!("test.on", "ly"),
        concat!("it.on", "ly"),
        concat!("describe.on", "ly"),
        concat!("test.to", "do"),
    ];
    let advice = "every test runs; what takes long belongs to `make stress`";
    findings(file.lines(), &words, str_contains, advice)
}

/// What people read on the screen is calm.
pub fn calm_texts(file: &File) -> Vec<Finding> {
    let texts = file.path == "www/messages.json" || (file.below("www") && file.is(&[".html"]));
    if !texts {
        return Vec::new();
    }
    let shouts = |text: &str, word: &str| {
        let bare = text.replace("<!--", "").replace("<!doctype", "").replace("<!DOCTYPE", "");
        bare.contains(word)
    };
    findings(text_lines(file), &["!", "\u{a1}"], shouts, "say it calmly")
}
