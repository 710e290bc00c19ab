//! Lists of rows cloned from a template: as many as there are things to show, written only where
//! something changed.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlTemplateElement, Node, ShadowRoot};

use crate::browser::app::dom::{Parts, all, part};
use crate::browser::app::locale::Locale;

/// Writes every static text below a root: `data-t` names the message of an element's text,
/// `data-t-label` that of its accessible name.
pub fn write_static_texts(root: &Node, locale: &Locale) {
    let found = all(root, "[data-t],[data-t-label]");
    for element in (0..found.length()).filter_map(|index| found.get(index)) {
        let element: Element = element.unchecked_into();
        if let Some(key) = element.get_attribute("data-t") {
            element.set_text_content(Some(&locale.say(&key)));
        }
        if let Some(key) = element.get_attribute("data-t-label") {
            // An element of the template takes every attribute.
            let _ = element.set_attribute("aria-label", &locale.say(&key));
        }
    }
}

/// A list and the template of its rows.
pub struct Rows {
    list: Element,
    template: HtmlTemplateElement,
    rows: Vec<Parts>,
}

impl Rows {
    /// The list and the template with these ids.
    pub fn new(root: &ShadowRoot, list: &str, template: &str) -> Rows {
        let template = part(root, template).unchecked_into();
        Rows { list: part(root, list), template, rows: Vec::new() }
    }

    /// Makes exactly this many rows and gives them out to be filled.
    #[inline(never)]
    pub fn take(&mut self, count: usize, locale: &Locale) -> &mut [Parts] {
        while self.rows.len() > count {
            self.rows.pop().into_iter().for_each(|row| row.root().remove());
        }
        while self.rows.len() < count {
            let Some(row) = self.add(locale) else { break };
            self.rows.push(row);
        }
        &mut self.rows
    }

    fn add(&self, locale: &Locale) -> Option<Parts> {
        let copy =
            self.template.content().first_element_child()?.clone_node_with_deep(true).ok()?;
        let row = self.list.append_child(&copy).ok()?;
        write_static_texts(&row, locale);
        Some(Parts::of(&row))
    }

    /// The list itself.
    pub fn list(&self) -> &Element {
        &self.list
    }
}

/// One segment of a bar: which pool, and how much of the scale in millionths.
#[inline(never)]
#[allow(clippy::float_arithmetic)] // A width on screen, not an amount.
pub fn paint_bar(rows: &mut Rows, segments: &[(&str, u32)], locale: &Locale) {
    for (row, (pool, share)) in rows.take(segments.len(), locale).iter_mut().zip(segments) {
        row.attribute("", "data-pool", pool);
        row.number("--share", f64::from(*share) / 1e6);
    }
}
