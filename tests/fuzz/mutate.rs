//! Changes to true JSON that keep most of it: what a wrong store, an old module or a page in the
//! middle of a deployment would send.

use serde_json::{Map, Value, json};

use crate::random::Random;

/// Texts at the edges of what amounts, times and names may be.
const TEXTS: &[&str] = &[
    "",
    "0",
    "-0",
    "1",
    "-1",
    "+1",
    "00",
    "01",
    "1.",
    ".5",
    "0.000001",
    "0.0000001",
    "0.1234567",
    "1e5",
    "1E5",
    "NaN",
    "Infinity",
    "-Infinity",
    "0x10",
    " 1",
    "1 ",
    "1,000",
    "1_000",
    "½",
    "١٢",
    "999999999999.999999",
    "1000000000000",
    "1000000000000.000001",
    "9223372036854.775807",
    "9223372036854.775808",
    "-9223372036854.775808",
    "9223372036854775807",
    "99999999999999999999",
    "0001-01-01T00:00:00Z",
    "0000-12-31T23:59:59Z",
    "9999-12-31T23:59:59.999Z",
    "10000-01-01T00:00:00Z",
    "2026-02-29T00:00:00Z",
    "2026-02-30T00:00:00Z",
    "2026-06-30T23:59:60Z",
    "2026-12-15T24:00:00Z",
    "2026-12-15T00:00:00+18:00",
    "2026-12-15t00:00:00z",
    "2026-12-15T00:00:00.9999999999Z",
    "2026-12-15",
    "1970-01-01T00:00:00Z",
    "grant",
    "use",
    "hold",
    "settle",
    "release",
    "lapse",
    "reverse",
    "reinstate",
    "adjust",
    "subscribe",
    "renew",
    "change_plan",
    "cancel",
    "touch",
    "batch",
    "strict",
    "record",
    "add",
    "take",
    "allowance",
    "purchase",
    "bonus",
    "refund",
    "adjustment",
    "ok",
    "low",
    "depleted",
    "exact",
    "rounded",
    "level",
    "__proto__",
    "constructor",
    "<img src=x onerror=alert(1)>",
    "\u{202e}oops",
    "a\u{0}b",
    "\u{1f4a5}",
    "\u{fffd}",
];

/// Names that no shape has, and some that every object of JavaScript has.
const KEYS: &[&str] = &["__proto__", "constructor", "toString", "length", "", "amount", "version"];

/// A true sample, changed in one to four places.
pub fn mutated(sample: &Value, random: &mut Random) -> Value {
    let mut value = sample.clone();
    for _ in 0..=random.below(4) {
        let places = count(&value);
        let at = random.below(places);
        change_at(&mut value, at, random);
    }
    value
}

/// Values in a tree, the tree itself included.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(fields) => fields.values().map(count).sum::<usize>(),
        _ => 0,
    }
}

/// Changes the value that is the `at`-th in the order of the text.
fn change_at(value: &mut Value, at: usize, random: &mut Random) {
    if at == 0 {
        change(value, random);
        return;
    }
    let mut left = at - 1;
    let children: Vec<&mut Value> = match value {
        Value::Array(items) => items.iter_mut().collect(),
        Value::Object(fields) => fields.values_mut().collect(),
        _ => Vec::new(),
    };
    for child in children {
        let size = count(child);
        if left < size {
            return change_at(child, left, random);
        }
        left -= size;
    }
}

fn change(value: &mut Value, random: &mut Random) {
    match value {
        _ if random.one_in(6) => *value = anything(random),
        Value::Array(items) => change_list(items, random),
        Value::Object(fields) => change_object(fields, random),
        Value::String(text) => *text = changed_text(text, random),
        Value::Number(_) => *value = number(random),
        Value::Bool(bit) => *bit = !*bit,
        Value::Null => *value = anything(random),
    }
}

fn anything(random: &mut Random) -> Value {
    match random.below(9) {
        0 => Value::Null,
        1 => json!(random.one_in(2)),
        2 => json!([]),
        3 => json!({}),
        4 => nested(random),
        5 => json!("9".repeat(random.below(5_000))),
        6 | 7 => number(random),
        _ => json!(random.pick(TEXTS)),
    }
}

/// Deeper than any true answer.
fn nested(random: &mut Random) -> Value {
    let mut value = Value::Null;
    for _ in 0..random.below(100) {
        value = if random.one_in(2) { json!([value]) } else { json!({ "pools": value }) };
    }
    value
}

fn number(random: &mut Random) -> Value {
    let edges = [0_u64, 1, 2, 100, 255, 256, 65_536, 4_294_967_295, 4_294_967_296, 1_000_000_000];
    match random.below(8) {
        0 => json!(u64::MAX),
        1 => json!(i64::MIN),
        2 => json!(-1),
        3 => json!(1.5),
        4 => json!(1e308),
        5 => json!(9_007_199_254_740_993_u64),
        6 => json!(random.next()),
        _ => json!(random.pick(&edges)),
    }
}

fn change_list(items: &mut Vec<Value>, random: &mut Random) {
    let at = random.below(items.len());
    match random.below(5) {
        0 if !items.is_empty() => drop(items.remove(at)),
        1 if !items.is_empty() => items.swap(0, at),
        2 => items.truncate(at),
        3 if !items.is_empty() => {
            let copies = if random.one_in(200) { 20_000 } else { 1 + random.below(3) };
            let copy = items[at].clone();
            items.extend(std::iter::repeat_n(copy, copies));
        }
        _ => items.push(anything(random)),
    }
}

fn change_object(fields: &mut Map<String, Value>, random: &mut Random) {
    let names: Vec<String> = fields.keys().cloned().collect();
    if names.is_empty() || random.one_in(4) {
        fields.insert((*random.pick(KEYS)).to_owned(), anything(random));
        return;
    }
    let name = random.pick(&names).clone();
    match random.below(3) {
        0 => drop(fields.remove(&name)),
        1 => {
            // Two fields change places: each is of a plausible form, but not of its own.
            let other = random.pick(&names).clone();
            if let (Some(a), Some(b)) = (fields.get(&name).cloned(), fields.get(&other).cloned()) {
                fields.insert(name, b);
                fields.insert(other, a);
            }
        }
        _ => {
            fields.insert(name, anything(random));
        }
    }
}

/// A text near a true one, or one of the edges.
pub fn changed_text(text: &str, random: &mut Random) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let at = random.below(characters.len() + 1);
    match random.below(7) {
        0 => characters.truncate(at),
        1 if at < characters.len() => drop(characters.remove(at)),
        2 => {
            characters.insert(at, *random.pick(&['0', '9', '.', '-', ':', 'T', 'Z', 'e', '\u{0}']))
        }
        3 if at < characters.len() => characters[at] = *random.pick(&['0', '1', '9', '.', '/']),
        4 => characters.extend(characters.clone()),
        _ => return (*random.pick(TEXTS)).to_owned(),
    }
    characters.into_iter().collect()
}

/// JSON text that is broken off or has a wrong byte.
pub fn broken_text(text: &str, random: &mut Random) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=random.below(3) {
        let at = random.below(bytes.len());
        match random.below(3) {
            0 => bytes.truncate(at),
            1 if !bytes.is_empty() => bytes[at] = random.next() as u8,
            _ => bytes.insert(at.min(bytes.len()), *random.pick(b"{}[]\",:0-e")),
        }
    }
    bytes
}
