//! The JSON text of a value.

use crate::core::digits::push_digits;
use crate::wire::value::Value;

/// Appends a value, as `JSON.stringify` writes it.
pub fn write(text: &mut String, value: &Value) {
    match value {
        Value::Null | Value::Other => text.push_str("null"),
        Value::Flag(flag) => text.push_str(if *flag { "true" } else { "false" }),
        Value::Whole(number) => {
            text.push_str(if *number < 0 { "-" } else { "" });
            push_digits(text, number.unsigned_abs(), 1);
        }
        Value::Text(own) => write_text(text, own),
        Value::List(values) => {
            text.push('[');
            for (n, value) in values.iter().enumerate() {
                text.push_str(if n > 0 { "," } else { "" });
                write(text, value);
            }
            text.push(']');
        }
        Value::Fields(fields) => {
            text.push('{');
            for (n, (name, value)) in fields.iter().enumerate() {
                text.push_str(if n > 0 { "," } else { "" });
                write_text(text, name);
                text.push(':');
                write(text, value);
            }
            text.push('}');
        }
    }
}

fn write_text(text: &mut String, own: &str) {
    text.push('"');
    for c in own.chars() {
        match c {
            '"' | '\\' => text.extend(['\\', c]),
            '\u{8}' => text.push_str("\\b"),
            '\t' => text.push_str("\\t"),
            '\n' => text.push_str("\\n"),
            '\u{c}' => text.push_str("\\f"),
            '\r' => text.push_str("\\r"),
            ' '.. => text.push(c),
            _ => {
                let digit = |value: u32| char::from_digit(value & 15, 16).unwrap_or('0');
                text.push_str("\\u00");
                text.extend([digit(u32::from(c) >> 4), digit(u32::from(c))]);
            }
        }
    }
    text.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::statement_json::parse;

    #[test]
    fn what_is_written_is_read_again() {
        let texts = [
            r#"{"a":[1,-20,0,9223372036854775807,null,true,false,[],{}],"":"x\"\\é"}"#,
            r#""\u0000\u001f\b\t\n\f\r/ 😀""#,
            "-9223372036854775808",
        ];
        for text in texts {
            let mut again = String::new();
            write(&mut again, &parse(text.as_bytes()).unwrap());
            assert_eq!(again, text);
        }
    }
}
