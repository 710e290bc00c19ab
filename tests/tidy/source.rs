//! The files of the repo, and their code without comments.

use std::path::Path;
use std::process::Command;

/// One text file.
pub struct File {
    /// From the repo's top, with forward slashes.
    pub path: String,
    pub text: String,
    /// The text with comments blanked (in Rust also what strings hold), line for line.
    pub code: String,
}

impl File {
    pub fn new(path: &str, text: &str) -> File {
        let code = match path.rsplit('.').next() {
            Some("rs") => blanked(text, true),
            Some("js" | "mjs" | "ts") => blanked(text, false),
            _ => text.to_owned(),
        };
        File { path: path.to_owned(), text: text.to_owned(), code }
    }

    /// Whether the name ends in one of these.
    pub fn is(&self, endings: &[&str]) -> bool {
        endings.iter().any(|ending| self.path.ends_with(ending))
    }

    /// Whether it lies below this folder.
    pub fn below(&self, folder: &str) -> bool {
        self.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    }

    /// Lines of code, counted from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.lines().enumerate().map(|(index, line)| (index + 1, line))
    }
}

/// Every text file that is committed or about to be.
pub fn files_of_the_repo() -> Vec<File> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let listed = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(top)
        .output()
        .expect("git lists the files");
    let paths = String::from_utf8(listed.stdout).expect("file names are UTF-8");
    paths
        .split('\0')
        .filter(|path| !path.is_empty())
        // A file that is deleted but not yet committed, or one that is no text, has no lines.
        .filter_map(|path| Some(File::new(path, &std::fs::read_to_string(top.join(path)).ok()?)))
        .collect()
}

/// Replaces comments by spaces, and with `strings` what stands between double quotes too.
fn blanked(text: &str, strings: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let (taken, kept) = token(rest, strings, out.trim_end().chars().last());
        let (piece, after) = rest.split_at(taken);
        if kept {
            out.push_str(piece);
        } else {
            out.extend(piece.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        }
        rest = after;
    }
    out
}

/// The length of the next token, and whether it is code.
fn token(rest: &str, rust: bool, before: Option<char>) -> (usize, bool) {
    let first = rest.chars().next().map_or(1, char::len_utf8);
    let up_to = |end: &str, from: usize| {
        rest[from..].find(end).map_or(rest.len(), |found| from + found + end.len())
    };
    if rest.starts_with("//") {
        return (rest.find('\n').unwrap_or(rest.len()), false);
    }
    if rest.starts_with("/*") {
        return (up_to("*/", 2), false);
    }
    if rust && (rest.starts_with("r#\"") || rest.starts_with("r\"")) {
        let end = if rest.starts_with("r#") { "\"#" } else { "\"" };
        return (up_to(end, 3), false);
    }
    match rest.as_bytes()[0] {
        b'"' => (quoted(rest, '"'), !rust),
        b'\'' if rust => (character(rest), true),
        b'\'' | b'`' if !rust => (quoted(rest, char::from(rest.as_bytes()[0])), true),
        // In JavaScript a slash where a value must begin is a regular expression.
        b'/' if !rust && before.is_none_or(|c| "(,=:[!&|?{};+>".contains(c)) => {
            (quoted(rest, '/'), true)
        }
        _ => (first, true),
    }
}

/// The length of a quoted text with its quotes; a backslash takes the next character along.
fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (index, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' if quote == '/' => return 1,
            _ if c == quote => return index + c.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}

/// A character literal, or the quote alone where it begins a lifetime.
fn character(rest: &str) -> usize {
    let mut characters = rest.char_indices().skip(1);
    match (characters.next(), characters.next()) {
        (Some((_, '\\')), _) => quoted(rest, '\''),
        (Some(_), Some((index, '\''))) => index + 1,
        _ => 1,
    }
}
