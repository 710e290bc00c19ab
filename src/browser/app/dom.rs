//! The painter's references to parts of a shadow root: found once, written only when they change.

use wasm_bindgen::prelude::*;
use web_sys::{Element, Node, NodeList, ShadowRoot};

#[wasm_bindgen]
extern "C" {
    /// A shadow root whose template is ours: it has every part that is asked for.
    type Template;
    #[wasm_bindgen(method, js_name = getElementById)]
    fn part(this: &Template, id: &str) -> Element;
    #[wasm_bindgen(method, js_name = querySelectorAll)]
    fn all(this: &Template, selector: &str) -> NodeList;

    /// The style of one element; a number is written as JavaScript writes it.
    type Style;
    #[wasm_bindgen(method, getter)]
    fn style(this: &Style) -> Style;
    #[wasm_bindgen(method, js_name = setProperty)]
    fn set_property(this: &Style, name: &str, value: f64);
}

/// The element with this id in the shadow root. One that the template lacks, a fault of the build,
/// throws in JavaScript at its first use.
pub fn part(root: &ShadowRoot, id: &str) -> Element {
    root.unchecked_ref::<Template>().part(id)
}

/// All elements below a root, or below an element, that this selector of ours finds.
pub fn all(root: &Node, selector: &str) -> NodeList {
    root.unchecked_ref::<Template>().all(selector)
}

/// Writes a number into a custom property.
pub fn set_number(element: &Element, name: &str, value: f64) {
    element.unchecked_ref::<Style>().style().set_property(name, value);
}

/// The text of one element.
pub struct Text {
    element: Element,
    shown: String,
    hides: bool,
}

impl Text {
    /// The element with this id, whose template text is empty.
    pub fn new(root: &ShadowRoot, id: &str) -> Text {
        Text::of(part(root, id))
    }

    /// This element, whose template text is empty.
    pub const fn of(element: Element) -> Text {
        Text { element, shown: String::new(), hides: true }
    }

    /// Stays in the page when it is empty, as a live region must.
    pub fn always_there(mut self) -> Text {
        self.hides = false;
        self
    }

    /// Shows this text; an empty one hides the element. Says whether anything changed.
    pub fn set(&mut self, text: String) -> bool {
        if self.shown == text {
            return false;
        }
        self.element.set_text_content(Some(&text));
        if self.hides && self.shown.is_empty() != text.is_empty() {
            show(&self.element, !text.is_empty());
        }
        self.shown = text;
        true
    }
}

/// One attribute of one element.
pub struct Attribute {
    element: Element,
    name: &'static str,
    shown: Option<String>,
}

impl Attribute {
    /// The attribute of this element, not yet written.
    pub const fn of(element: Element, name: &'static str) -> Attribute {
        Attribute { element, name, shown: None }
    }

    /// Whether it has this name.
    pub fn is(&self, name: &str) -> bool {
        self.name == name
    }

    /// Writes the value unless it stands there.
    pub fn set(&mut self, value: &str) {
        if self.shown.as_deref() == Some(value) {
            return;
        }
        // Refused only for a name that is no attribute name; ours are constants.
        let _ = self.element.set_attribute(self.name, value);
        self.shown = Some(value.to_owned());
    }
}

/// Shows or hides an element.
pub fn show(element: &Element, visible: bool) {
    // As in `Attribute::set`, neither can fail.
    let _ = if visible {
        element.remove_attribute("hidden")
    } else {
        element.set_attribute("hidden", "")
    };
}
