//! Lists of rows cloned from a template: as many as there are things to show, written only where
//! something changed.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlTemplateElement, Node, ShadowRoot};

use crate::browser::app::dom::{Attribute, Text, all, part, set_number, show};
use crate::browser::app::locale::Locale;

/// Writes every static text below a root: `data-t` names the message of an element's text,
/// `data-t-label` that of its accessible name.
pub fn write_static_texts(root: &Node, locale: &Locale) {
    let found = all(root, "[data-t],[data-t-label]");
    for element in (0..found.length()).filter_map(|index| found.get(index)) {
        let element: Element = element.unchecked_into();
        if let Some(key) = element.get_attribute("data-t") {
            element.set_text_content(Some(&locale.text(&key, &[], None)));
        }
        if let Some(key) = element.get_attribute("data-t-label") {
            // An element of the template takes every attribute.
            let _ = element.set_attribute("aria-label", &locale.text(&key, &[], None));
        }
    }
}

/// A list and the template of its rows.
pub struct Rows {
    list: Element,
    template: HtmlTemplateElement,
    rows: Vec<Row>,
}

impl Rows {
    /// The list and the template with these ids.
    pub fn new(root: &ShadowRoot, list: &str, template: &str) -> Rows {
        let template = part(root, template).unchecked_into();
        Rows { list: part(root, list), template, rows: Vec::new() }
    }

    /// Makes exactly this many rows and gives them out to be filled.
    pub fn take(&mut self, count: usize, locale: &Locale) -> &mut [Row] {
        for row in self.rows.drain(count.min(self.rows.len())..) {
            row.element.remove();
        }
        while self.rows.len() < count {
            let Some(row) = self.add(locale) else { break };
            self.rows.push(row);
        }
        &mut self.rows
    }

    fn add(&self, locale: &Locale) -> Option<Row> {
        let copy =
            self.template.content().first_element_child()?.clone_node_with_deep(true).ok()?;
        let element = self.list.append_child(&copy).ok()?.dyn_into::<Element>().ok()?;
        write_static_texts(&element, locale);
        Some(Row { element, texts: Vec::new(), attributes: Vec::new() })
    }

    /// The list itself.
    pub fn list(&self) -> &Element {
        &self.list
    }
}

/// One row, and the fields of it that were written so far.
pub struct Row {
    element: Element,
    texts: Vec<(&'static str, Text)>,
    attributes: Vec<Attribute>,
}

impl Row {
    /// The field with this name; the row itself has one too.
    pub fn field(&self, name: &str) -> Option<Element> {
        if self.element.get_attribute("data-f").as_deref() == Some(name) {
            return Some(self.element.clone());
        }
        self.element.query_selector(&["[data-f=", name, "]"].concat()).ok().flatten()
    }

    /// Writes the text of a field; an empty one hides it.
    pub fn text(&mut self, name: &'static str, text: String) {
        if let Some((_, field)) = self.texts.iter_mut().find(|(known, _)| *known == name) {
            field.set(text);
        } else if let Some(element) = self.field(name) {
            show(&element, !text.is_empty());
            let mut field = Text::of(element);
            field.set(text);
            self.texts.push((name, field));
        }
    }

    /// Writes an attribute of the row itself.
    pub fn attribute(&mut self, name: &'static str, value: &str) {
        if let Some(known) = self.attributes.iter_mut().find(|a| a.is(name)) {
            return known.set(value);
        }
        let mut attribute = Attribute::of(self.element.clone(), name);
        attribute.set(value);
        self.attributes.push(attribute);
    }

    /// Sets or removes an attribute that is `true` or absent.
    pub fn flag(&mut self, name: &'static str, on: bool) {
        // As in `write_static_texts`.
        let _ = if on {
            self.element.set_attribute(name, "true")
        } else {
            self.element.remove_attribute(name)
        };
    }

    /// Shows or hides a field.
    pub fn visible(&self, name: &str, on: bool) {
        if let Some(field) = self.field(name) {
            show(&field, on);
        }
    }
}

/// One segment of a bar: which pool, and how much of the scale in millionths.
#[allow(clippy::float_arithmetic)] // A width on screen, not an amount.
pub fn paint_bar(rows: &mut Rows, segments: &[(&str, u32)], locale: &Locale) {
    for (row, (pool, share)) in rows.take(segments.len(), locale).iter_mut().zip(segments) {
        row.attribute("data-pool", pool);
        set_number(&row.element, "--share", f64::from(*share) / 1e6);
    }
}
