//! The painter's references to the parts of a template: found once, written only when they change.

use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlInputElement, Node, NodeList, ShadowRoot};

#[wasm_bindgen]
extern "C" {
    /// A shadow root, or a row, whose template is ours: it has every part that is asked for.
    type Template;
    #[wasm_bindgen(method, js_name = querySelector)]
    fn part(this: &Template, selector: &str) -> Element;
    #[wasm_bindgen(method, js_name = querySelectorAll)]
    fn all(this: &Template, selector: &str) -> NodeList;

    /// The style of one element; a number is written as JavaScript writes it.
    type Style;
    #[wasm_bindgen(method, getter)]
    fn style(this: &Style) -> Style;
    #[wasm_bindgen(method, js_name = setProperty)]
    fn set_property(this: &Style, name: &str, value: f64);
}

/// The element with this id below a root. One that the template lacks, a fault of the build, throws
/// in JavaScript at its first use.
pub fn part(root: &ShadowRoot, id: &str) -> Element {
    root.unchecked_ref::<Template>().part(&["#", id].concat())
}

/// All elements below a root, or below an element, that this selector of ours finds.
pub fn all(root: &Node, selector: &str) -> NodeList {
    root.unchecked_ref::<Template>().all(selector)
}

/// Shows or hides an element.
pub fn show(element: &Element, visible: bool) {
    // Refused only for a name that is no attribute name.
    let _ = if visible {
        element.remove_attribute("hidden")
    } else {
        element.set_attribute("hidden", "")
    };
}

/// What is painted of one template: a whole shadow root or one row. Its parts are named by their
/// `id`, inside a row by `data-f`; the empty name is the row itself.
pub struct Parts {
    root: Node,
    written: Vec<Written>,
}

/// What stands in an attribute of a part, or in its text, which is the attribute without a name.
struct Written {
    part: &'static str,
    attribute: &'static str,
    element: Element,
    value: Option<String>,
}

impl Parts {
    /// The parts of a template that was just copied: nothing is written yet.
    pub fn of(root: &Node) -> Parts {
        Parts { root: root.clone(), written: Vec::new() }
    }

    /// The root itself.
    pub fn root(&self) -> &Element {
        self.root.unchecked_ref()
    }

    /// The part with this name, as [`part`].
    pub fn part(&self, name: &str) -> Element {
        if name.is_empty() {
            return self.root().clone();
        }
        let selector = ["#", name, ",[data-f=", name, "]"].concat();
        self.root.unchecked_ref::<Template>().part(&selector)
    }

    /// The field for input with this name.
    pub fn input(&self, name: &str) -> HtmlInputElement {
        self.part(name).unchecked_into()
    }

    /// Notes a value; gives the element that it is to be written to, unless it stands there.
    #[inline(never)]
    fn write(
        &mut self,
        part: &'static str,
        attribute: &'static str,
        value: &str,
    ) -> Option<&Element> {
        let same = |known: &Written| known.part == part && known.attribute == attribute;
        let at = self.written.iter().position(same).unwrap_or_else(|| {
            let element = self.part(part);
            self.written.push(Written { part, attribute, element, value: None });
            self.written.len() - 1
        });
        let known = self.written.get_mut(at)?;
        if known.value.as_deref() == Some(value) {
            return None;
        }
        known.value = Some(value.to_owned());
        Some(&known.element)
    }

    /// Writes an attribute of a part.
    pub fn attribute(&mut self, part: &'static str, name: &'static str, value: &str) {
        if let Some(element) = self.write(part, name, value) {
            // As in `show`; ours are constants.
            let _ = element.set_attribute(name, value);
        }
    }

    /// Writes the text of a part that stays in the page when it is empty, as a live region must.
    pub fn say(&mut self, part: &'static str, text: &str) {
        if let Some(element) = self.write(part, "", text) {
            element.set_text_content(Some(text));
        }
    }

    /// Writes the text of a part; an empty one hides it.
    #[inline(never)]
    pub fn text(&mut self, part: &'static str, text: String) {
        if let Some(element) = self.write(part, "", &text) {
            element.set_text_content(Some(&text));
            show(element, !text.is_empty());
        }
    }

    /// Shows or hides a part.
    #[inline(never)]
    pub fn show(&self, part: &str, visible: bool) {
        show(&self.part(part), visible);
    }

    /// Sets or removes an attribute of the row itself that is `true` or absent.
    pub fn flag(&self, name: &str, on: bool) {
        // As in `show`.
        let _ = if on {
            self.root().set_attribute(name, "true")
        } else {
            self.root().remove_attribute(name)
        };
    }

    /// Writes a number into a custom property of the row itself.
    pub fn number(&self, name: &str, value: f64) {
        self.root.unchecked_ref::<Style>().style().set_property(name, value);
    }
}
