//! Measured quantities and their price.

use serde::{Deserialize, Serialize};

use crate::core::digits::decimal_text;
use crate::core::{Quote, QuoteLine, Usage};
use crate::error::Result;
use crate::wire::fields::{Fields, read};
use crate::wire::value::Value;
use crate::wire::writer::{Writer, write_all};

/// What was measured: `feature`, \[`agent`, `model`, and the quantities `messages`, `call_ms`,
/// `input_tokens`, `output_tokens`, `images`\]. Quantities that are left out are 0.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UsageShape(pub Value);

impl UsageShape {
    /// Reads every field.
    ///
    /// # Errors
    /// `snapshot_invalid`, naming the field.
    pub fn parse(&self) -> Result<Usage> {
        read(&self.0, usage)
    }
}

pub(super) fn usage(fields: Fields<'_>) -> Usage {
    let quantity = |name| fields.optional_whole(name).unwrap_or(0);
    Usage {
        feature: fields.string("feature"),
        agent: fields.optional_string("agent").unwrap_or_default(),
        model: fields.optional_string("model"),
        messages: quantity("messages"),
        call_ms: quantity("call_ms"),
        input_tokens: quantity("input_tokens"),
        output_tokens: quantity("output_tokens"),
        images: quantity("images"),
    }
}

pub(super) fn usage_shape(usage: &Usage) -> Value {
    let mut out = Writer::default();
    out.put("feature", &*usage.feature);
    out.put_some("agent", Some(&*usage.agent).filter(|agent| !agent.is_empty()));
    out.put_some("model", usage.model.as_deref());
    let quantities = [
        ("messages", usage.messages),
        ("call_ms", usage.call_ms),
        ("input_tokens", usage.input_tokens),
        ("output_tokens", usage.output_tokens),
        ("images", usage.images),
    ];
    for (name, quantity) in quantities {
        out.put_some(name, Some(quantity).filter(|quantity| *quantity > 0));
    }
    out.done()
}

/// A quote as `POST /quote` answers it.
pub fn quote_shape(quote: &Quote) -> Value {
    Writer::default()
        .put("cost", quote.cost)
        .put("rate_version", quote.rate_version)
        .put("lines", write_all(&quote.lines, line_shape))
        .done()
}

fn line_shape(line: &QuoteLine) -> Value {
    Writer::default()
        .put("unit", line.unit.as_str())
        .put("quantity", line.quantity)
        .put("rate", decimal_text(line.rate))
        .put("product", decimal_text(line.product))
        .done()
}
