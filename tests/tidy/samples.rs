//! Samples for every rule: the bad ones must be refused, the good ones accepted.

/// A file that could stand in the repo.
pub struct Sample {
    pub bad: bool,
    pub path: String,
    pub text: String,
}

fn bad(path: &str, text: &str) -> Sample {
    Sample { bad: true, path: path.to_owned(), text: text.to_owned() }
}

fn good(path: &str, text: &str) -> Sample {
    Sample { bad: false, ..bad(path, text) }
}

/// The samples of the rule with this name.
pub fn of(rule: &str) -> Vec<Sample> {
    match rule {
        "dependency direction" => direction(),
        "pure layers" => layers(),
        "one loader" => vec![
            bad("www/shim/pill.js", "import * as g from '#pill-module';"),
            bad("www/demo/page.js", "const g = await import('#app-module');"),
            good("www/shim/boot.js", "import * as g from '#pill-module';"),
            good("www/shim/pill.js", "/** @typedef {typeof import('#app-module')} App */"),
        ],
        "no markup from data" => vec![
            bad("www/shim/a.js", "node.innerHTML = name;"),
            bad("www/demo/a.js", "node.insertAdjacentHTML('afterend', name);"),
            bad("www/shim/elements/element.js", "    row.innerHTML = html;"),
            bad("www/shim/a.js", "const c = a / b; // x\nnew Function(c)"),
            good("www/shim/elements/element.js", "    template.innerHTML = html;"),
            good("www/shim/a.js", "// never innerHTML\nnode.textContent = name;"),
        ],
        "file size" | "function size" | "line length" | "folders" => shape(rule),
        _ => words(rule),
    }
}

fn direction() -> Vec<Sample> {
    vec![
        bad("src/core/a.rs", "use crate::view::Pill;"),
        bad("src/core/a.rs", "use crate::{\n    error::Code,\n    wire::{x, y},\n};"),
        bad("src/view/a.rs", "fn f() { crate::wire::parse() }"),
        bad("src/wire/a/b.rs", "use crate::browser::to_js;"),
        bad("src/error.rs", "use crate::core::Credits;"),
        good("src/core/a.rs", "use crate::core::{Credits, view};\nuse crate::error::Error;"),
        good("src/core/a.rs", "//! see crate::view\nconst T: &str = \"crate::view\";"),
        good("src/browser/a.rs", "use crate::{core::{a, b}, view, wire};"),
        good("src/wire/a.rs", "use crate::{Error, Result, core};"),
        good("src/lib.rs", "use crate::browser::x;"),
    ]
}

fn layers() -> Vec<Sample> {
    vec![
        bad("src/core/a.rs", "use serde::Serialize;"),
        bad("src/core/a.rs", "let now = std::time::Instant::now();"),
        bad("src/view/a.rs", "fn f(x: &JsValue) {}"),
        bad("src/wire/a.rs", "use wasm_bindgen::prelude::*;"),
        bad("src/wire/a.rs", "serde_json::from_str(text)"),
        bad("src/browser/a.rs", "serde_json::from_str(text)"),
        good("src/wire/a.rs", "use serde::Deserialize;"),
        good("src/browser/a.rs", "use wasm_bindgen::JsValue;\nuse serde::Serialize;"),
        good("src/core/a.rs", "/* serde */ fn serde_like(lifetime: &'static str) {}"),
    ]
}

fn shape(rule: &str) -> Vec<Sample> {
    let lines = |count: usize| "a\n".repeat(count);
    let element = "class Pill extends NivellaElement {}\n";
    let function = |count: usize| format!("    pub fn f() {{\n{}    }}\n", lines(count));
    match rule {
        "file size" => vec![
            bad("src/core/a.rs", &lines(301)),
            bad("www/shim/a.js", &lines(301)),
            bad("www/shim/elements/a.js", &(element.to_owned() + &lines(90))),
            bad("tests/vectors/a.json", &"a".repeat(600_001)),
            good("src/core/a.rs", &lines(300)),
            good("www/shim/elements/a.js", &(element.to_owned() + &lines(89))),
            good("www/shim/elements/painter.js", &lines(300)),
            good("tests/storeapi/a.json", &lines(5_000)),
        ],
        "function size" => vec![
            bad("src/core/a.rs", &function(59)),
            good("src/core/a.rs", &function(58)),
            good("tests/a.rs", &function(90)),
        ],
        "line length" => vec![
            bad("www/shim/a.css", &"a".repeat(101)),
            bad("Makefile", &"a".repeat(101)),
            good("www/shim/a.css", &"ä".repeat(100)),
            good("README.md", &"a".repeat(300)),
            good("www/a.html", &format!("<path d=\"{}\"/>", "1 ".repeat(99))),
        ],
        _ => vec![
            bad("scripts/a.sh", ""),
            bad("docs/a.md", ""),
            good("tests/a.rs", ""),
            good(".ci/run", ""),
            good("Makefile", ""),
        ],
    }
}

fn words(rule: &str) -> Vec<Sample> {
    match rule {
        "no panic" => vec![
            bad("src/core/a.rs", "let x = y.unwrap();"),
            bad("src/wire/a.rs", "y.expect(\"text\")"),
            bad("src/view/a.rs", "match x { _ => unreachable!() }"),
            good("src/core/a.rs", "/// x.unwrap()\nlet x = y.unwrap_or(0);"),
            good("src/core/a.rs", "fn f() {}\n#[cfg(test)]\nmod tests { x.unwrap() }"),
            good("tests/a.rs", "x.unwrap()"),
        ],
        "no machine path" => vec![
            bad("Makefile", concat!("include /ro", "ot/x")),
            bad("README.md", concat!("see /ho", "me/ann/x")),
            bad("tests/a.mjs", concat!("'/t", "mp/x'")),
            good("www/demo/a.js", concat!("fetch('https://shop.test/ho", "me/')")),
            good("tests/a.mjs", concat!("`${base}/wo", "rk/x`")),
        ],
        "no registry host" => vec![
            bad("package-lock.json", concat!("\"reso", "lved\": \"x\"")),
            bad("README.md", concat!("from crates", ".io")),
            good("README.md", "npm install nivella-credits"),
            good("Cargo.lock", concat!("registry+crates", ".io")),
        ],
        "nothing unfinished" => vec![
            bad("www/shim/a.js", concat!("// TO", "DO: later")),
            bad("src/a.rs", concat!("/// FIX", "ME")),
            good("src/a.rs", concat!("fn to", "do_list() {} // TO", "DOS")),
        ],
        "no test switched off" => vec![
            bad("tests/a.rs", concat!("#[ig", "nore]\n#[test]")),
            bad("tests/a.mjs", concat!("test.sk", "ip('x')")),
            good("tests/a.mjs", "test('skips nothing')"),
        ],
        _ => vec![
            bad("www/messages.json", "\"en\": \"Done!\""),
            bad("www/demo/index.html", "<p>Hurry!</p>"),
            good("www/messages.json", "\"en\": \"Done.\""),
            good("www/demo/index.html", "<!doctype html>\n<!-- c -->"),
        ],
    }
}
