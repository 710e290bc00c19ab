//! Who may use whom.

use crate::Finding;
use crate::source::File;

/// A layer of the crate, and the modules that it may name beside itself.
const LAYERS: &[(&str, &[&str])] = &[
    ("error", &[]),
    ("core", &["error"]),
    ("view", &["core", "error"]),
    ("wire", &["core", "error"]),
    ("browser", &["core", "error", "view", "wire"]),
];

/// The layer that a source file belongs to; none for `lib.rs` and whatever lies elsewhere.
fn layer(file: &File) -> Option<&'static (&'static str, &'static [&'static str])> {
    let inside = file.path.strip_prefix("src/")?;
    let name = inside.split(['/', '.']).next()?;
    LAYERS.iter().find(|(layer, _)| *layer == name)
}

/// `core <- view <- browser`, `core <- wire <- browser`, and `error` is a leaf.
pub fn crate_modules(file: &File) -> Vec<Finding> {
    let Some((own, allowed)) = layer(file) else { return Vec::new() };
    let mut findings = Vec::new();
    for (line, module) in used_modules(&file.code) {
        // What the crate's root hands on of `error` is known by its capital letter.
        let type_of_error = module.starts_with(char::is_uppercase);
        if module != *own && !type_of_error && !allowed.contains(&module.as_str()) {
            let advice = format!("`{own}` must not use `{module}`; it may use {allowed:?}");
            findings.push(Finding::at(line, advice));
        }
    }
    findings
}

/// Every module that stands behind `crate::`, in groups too, with its line.
fn used_modules(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (start, marker) in code.match_indices("crate::") {
        let line = code[..start].matches('\n').count() + 1;
        let behind = &code[start + marker.len()..];
        match behind.strip_prefix('{') {
            Some(group) => found.extend(heads(group).into_iter().map(|head| (line, head))),
            None => found.push((line, head(behind))),
        }
    }
    found
}

/// The first names of a group's items: of `core::{a, b}, view}` they are `core` and `view`.
fn heads(group: &str) -> Vec<String> {
    let mut depth = 0;
    let mut begins = true;
    let mut found = Vec::new();
    for (index, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' => begins = depth == 0 || begins,
            _ if begins && depth == 0 && !c.is_whitespace() => {
                found.push(head(&group[index..]));
                begins = false;
            }
            _ => {}
        }
    }
    found
}

fn head(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// Outer worlds that a layer must not know.
const JAVASCRIPT: &[&str] = &["web_sys", "js_sys", "wasm_bindgen", "serde_wasm_bindgen", "JsValue"];
const MACHINE: &[&str] =
    &["std::time", "SystemTime", "std::fs", "std::net", "std::env", "std::thread", "std::process"];

/// Only `browser` names JavaScript, only the edges know serde, and nobody names JSON.
pub fn pure_layers(file: &File) -> Vec<Finding> {
    let Some((own, _)) = layer(file) else { return Vec::new() };
    let mut forbidden = MACHINE.to_vec();
    forbidden.push("serde_json");
    if *own != "browser" {
        forbidden.extend(JAVASCRIPT);
    }
    if !["wire", "browser"].contains(own) {
        forbidden.push("serde");
    }
    let mut findings = Vec::new();
    for (line, code) in file.lines() {
        for name in &forbidden {
            if names(code, name) {
                let advice = format!("`{own}` must not know `{name}`: hand it in as a value");
                findings.push(Finding::at(line, advice));
            }
        }
    }
    findings
}

/// Whether the code names this word, not as a part of a longer one.
pub fn names(code: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word).any(|(start, _)| {
        !code[..start].ends_with(part) && !code[start + word.len()..].starts_with(part)
    })
}

/// The generated glue is loaded in one place, which knows how to load and to replace it.
pub fn one_loader(file: &File) -> Vec<Finding> {
    if !file.below("www") || !file.is(&[".js", ".mjs"]) || file.path == "www/shim/boot.js" {
        return Vec::new();
    }
    let glue = |line: &str| line.contains("#pill-module") || line.contains("#app-module");
    let found = file.lines().filter(|(_, code)| glue(code));
    found.map(|(line, _)| Finding::at(line, "only boot.js imports the generated glue")).collect()
}

const MARKUP: &[&str] = &[
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "createContextualFragment",
    "setHTMLUnsafe",
    "DOMParser",
    "document.write",
    "new Function",
    "eval(",
];

/// No markup and no code is built from data. One line turns our own static templates into nodes.
pub fn no_markup(file: &File) -> Vec<Finding> {
    if !file.below("www") || !file.is(&[".js", ".mjs"]) {
        return Vec::new();
    }
    let own_template = |code: &str| {
        file.path == "www/shim/elements/element.js" && code.trim() == "template.innerHTML = html;"
    };
    let mut findings = Vec::new();
    for (line, code) in file.lines().filter(|(_, code)| !own_template(code)) {
        for word in MARKUP.iter().filter(|word| code.contains(**word)) {
            let advice =
                format!("`{word}`: write text with textContent, clone a <template> for rows");
            findings.push(Finding::at(line, advice));
        }
    }
    findings
}
