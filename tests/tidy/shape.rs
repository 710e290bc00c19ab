//! Sizes and places.

use crate::Finding;
use crate::source::File;

/// Lines that a file of its kind may have.
fn most_lines(file: &File) -> Option<usize> {
    match file {
        _ if file.is(&[".js"]) && file.code.contains(" extends NivellaElement") => Some(90),
        _ if file.is(&[".rs", ".js", ".mjs", ".ts"]) => Some(300),
        _ => None,
    }
}

pub fn file_size(file: &File) -> Vec<Finding> {
    let lines = file.text.lines().count();
    match most_lines(file) {
        Some(most) if lines > most => {
            let advice =
                format!("{lines} lines, {most} at most: split it by what its parts are for");
            vec![Finding::at(0, advice)]
        }
        _ if file.text.len() > 600_000 => {
            vec![Finding::at(0, "larger than 600 KB: is it generated? Then build it instead")]
        }
        _ => Vec::new(),
    }
}

/// A function of the crate has at most 60 lines. Formatted code ends it at its own indent.
pub fn function_size(file: &File) -> Vec<Finding> {
    const MOST: usize = 60;
    if !file.path.starts_with("src/") || !file.is(&[".rs"]) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (line, code) in file.lines() {
        if let Some((start, end)) = &open {
            if code.starts_with(end.as_str()) {
                let length = line + 1 - start;
                if length > MOST {
                    let advice = format!("a function of {length} lines, {MOST} at most");
                    findings.push(Finding::at(*start, advice));
                }
                open = None;
            }
        } else if is_function(code) && !code.trim_end().ends_with(['}', ';']) {
            let indent = code.len() - code.trim_start().len();
            open = Some((line, format!("{}}}", " ".repeat(indent))));
        }
    }
    findings
}

fn is_function(code: &str) -> bool {
    let mut words = code.split_whitespace().skip_while(|word| {
        word.starts_with("pub") || ["const", "async", "extern", "unsafe"].contains(word)
    });
    words.next() == Some("fn")
}

/// Code and texts are read beside each other: 100 columns. Prose and data are not code.
pub fn line_length(file: &File) -> Vec<Finding> {
    const MOST: usize = 100;
    let code = [".rs", ".js", ".mjs", ".ts", ".css", ".html", ".toml", ".sh", "Makefile", "run"];
    if !file.is(&code) {
        return Vec::new();
    }
    // The points of a drawing are data too.
    let drawing = |line: &str| file.is(&[".html"]) && line.contains(" d=\"");
    let numbered = file.text.lines().enumerate().filter(|(_, line)| !drawing(line));
    let long = numbered.map(|(index, line)| (index + 1, line.chars().count()));
    long.filter(|(_, length)| *length > MOST)
        .map(|(line, length)| Finding::at(line, format!("{length} columns, {MOST} at most")))
        .collect()
}

/// Four folders at the top, and those whose name begins with a dot.
pub fn folders(file: &File) -> Vec<Finding> {
    match file.path.split_once('/') {
        Some((top, _))
            if !["src", "pkg", "www", "tests"].contains(&top) && !top.starts_with('.') =>
        {
            vec![Finding::at(0, format!("`{top}/`: a file belongs to src, pkg, www or tests"))]
        }
        _ => Vec::new(),
    }
}
